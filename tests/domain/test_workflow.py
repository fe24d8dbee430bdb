"""The engine: in what order it checks, what it says, and what it must never do."""

import gc
import weakref
from dataclasses import FrozenInstanceError
from enum import StrEnum
from typing import Any

import pytest
from transitions import Machine, MachineError

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.effects import Audience, Notify
from fcr_app.domain.facts import Facts
from fcr_app.domain.guards import Verdict, blocks, warns
from fcr_app.domain.questions import YES_NO, Kind, Question
from fcr_app.domain.roles import Role
from fcr_app.domain.workflow import WARNING_RATIONALE, Outcome, Step, Workflow, nothing
from fcr_app.errors import PermissionRefused, StepNotAvailable, StepRefused
from tests.facts_builders import NOW, a_ddm, a_supervisor, an_actor, an_officer


class State(StrEnum):
    """Where a kettle stands."""

    COLD = "cold"
    HOT = "hot"
    POURED = "poured"


REASON = Question(name="reason", label="Why?", thing="why", min_length=5)
CUPS = Question(
    name="cups",
    label="Cups?",
    thing="whether there are cups",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=lambda answers: answers.get("reason") != "for soup",
)


@blocks(crr26("REC-01", "6"))
def there_is_water(facts: Facts) -> str | None:
    """A kettle is boiled with water in it."""
    return None if facts.request.get("water") else "There is no water. Add some."


@blocks(crr26("REC-02", "7"))
def it_is_plugged_in(facts: Facts) -> str | None:
    """A kettle is plugged in."""
    return None if facts.request.get("plug") else "It is not plugged in."


@warns(force_policy("REC-03"))
def it_is_not_late(facts: Facts) -> str | None:
    """Nobody boils a kettle late at night."""
    return "It is late." if facts.request.get("late") else None


BOIL = Step[Facts](
    trigger="boil",
    label="Boil it",
    done="Boiled it",
    source=State.COLD,
    dest=State.HOT,
    by=frozenset({Role.OFFICER, Role.SUPERVISOR}),
    asks=(REASON, CUPS),
    guards=(there_is_water, it_is_plugged_in, it_is_not_late),
    effects=(Notify((Audience.REQUESTER,), "It boils."),),
    cite=crr26("REC-01", "6"),
    outcome="It boils.",
)
POUR = Step[Facts](
    trigger="pour",
    label="Pour it",
    done="Poured it",
    source=(State.HOT, State.COLD),
    dest=State.POURED,
    by=frozenset({Role.SUPERVISOR}),
    offered=lambda facts: bool(facts.request.get("water")),
    cite=crr26("REC-01", "6"),
    outcome="Poured.",
)
KETTLE = Workflow[Facts](
    key="kettle",
    title="Boil a kettle",
    summary="Somebody boils a kettle.",
    policy=crr26("REC-01", "6"),
    states=State,
    initial=State.COLD,
    final=frozenset({State.POURED}),
    settled=frozenset({State.POURED}),
    awaiting=frozenset(),
    labels={State.COLD: "Cold", State.HOT: "Hot", State.POURED: "Poured"},
    steps=(BOIL, POUR),
)

READY = {"water": "yes", "plug": "yes"}


def facts(actor: Any = None, request: dict[str, str] | None = None, **answers: str) -> Facts:
    return Facts(
        actor=actor or an_officer(),
        now=NOW,
        opened_by_id=1,
        request=READY if request is None else request,
        answers=answers,
    )


def boil(told: Facts) -> Outcome[Facts]:
    return KETTLE.decide("boil", State.COLD, told)


def test_a_step_that_is_allowed_says_what_would_happen() -> None:
    outcome = boil(facts(reason="for tea", cups="yes"))

    assert outcome.step is BOIL
    assert outcome.state is State.HOT
    assert outcome.effects == BOIL.effects
    assert [check.verdict for check in outcome.checks] == [Verdict.MET] * 3
    assert outcome.warnings == ()


def test_deciding_changes_nothing() -> None:
    told = facts(reason="for tea", cups="yes")

    assert boil(told) == boil(told)
    with pytest.raises(FrozenInstanceError):
        told.actor = a_ddm()  # type: ignore[misc]  # frozen on purpose


def test_a_refusal_gives_every_reason_at_once() -> None:
    with pytest.raises(StepRefused) as refused:
        boil(facts(request={"late": "yes"}, reason="tea"))

    assert [(r.rule, r.field) for r in refused.value.refusals] == [
        ("", "reason"),
        ("", "cups"),
        ("REC-03", "warning_rationale"),
        ("REC-01", ""),
        ("REC-02", ""),
    ]
    assert "There is no water. Add some." in str(refused.value)


def test_the_state_is_looked_at_before_the_role() -> None:
    with pytest.raises(StepNotAvailable, match="the case is “poured”"):
        KETTLE.decide("boil", State.POURED, facts(a_ddm()))


def test_whether_it_makes_sense_is_looked_at_before_the_role() -> None:
    with pytest.raises(StepNotAvailable, match="“Pour it” does not apply to this case"):
        KETTLE.decide("pour", State.HOT, facts(an_officer(), request={}))


def test_the_role_is_looked_at_before_the_rules() -> None:
    with pytest.raises(PermissionRefused, match="Your role may not “Boil it”"):
        boil(facts(a_ddm(), request={}))


def test_one_role_of_several_is_enough() -> None:
    both = an_actor(1, Role.DDM, Role.SUPERVISOR)

    assert boil(facts(both, reason="for tea", cups="yes")).state is State.HOT


def test_a_step_may_start_in_several_states() -> None:
    for state in (State.COLD, State.HOT):
        assert KETTLE.decide("pour", state, facts(a_supervisor())).state is State.POURED


def test_an_unknown_trigger_is_a_step_that_is_not_there() -> None:
    with pytest.raises(StepNotAvailable, match="Reload the page"):
        KETTLE.decide("freeze", State.COLD, facts())


def test_a_question_is_asked_only_where_it_applies() -> None:
    assert boil(facts(reason="for soup")).state is State.HOT
    assert BOIL.questions(facts(reason="for soup")) == (REASON, WARNING_RATIONALE)
    assert BOIL.questions(facts(reason="for tea")) == (REASON, CUPS, WARNING_RATIONALE)


def test_a_step_whose_rules_never_warn_asks_for_no_rationale() -> None:
    assert POUR.questions(facts()) == ()


LATE = {**READY, "late": "yes"}


@pytest.mark.parametrize("said", ["", "Because.", "   Because.             "])
def test_a_warning_is_not_passed_without_a_reason(said: str) -> None:
    with pytest.raises(StepRefused, match="Say why it is right to go on") as refused:
        boil(facts(request=LATE, reason="for soup", warning_rationale=said))

    (refusal,) = refused.value.refusals
    assert refusal.rule == "REC-03"
    assert refusal.field == "warning_rationale"


def test_a_warning_is_passed_with_a_reason() -> None:
    outcome = boil(
        facts(request=LATE, reason="for soup", warning_rationale="The night shift has to eat.")
    )

    assert [check.reason for check in outcome.warnings] == ["It is late."]


def test_a_reason_of_any_length_is_not_a_reason() -> None:
    with pytest.raises(StepRefused, match="4,000 characters or fewer"):
        boil(facts(request=LATE, reason="for soup", warning_rationale="x" * 4001))


def test_a_reason_is_not_looked_at_where_nothing_warns() -> None:
    assert boil(facts(reason="for soup", warning_rationale="No.")).state is State.HOT


def test_stored_states_are_read_by_their_value() -> None:
    assert KETTLE.state("hot") is State.HOT
    with pytest.raises(ValueError, match="lukewarm"):
        KETTLE.state("lukewarm")


def test_a_state_without_a_deadline_has_none() -> None:
    assert KETTLE.deadline(State.COLD) is None


def test_a_workflow_of_which_nothing_more_is_said_asks_for_nothing() -> None:
    assert KETTLE.needs(facts()) == KETTLE.asked(facts()) == nothing(facts()) == ""
    assert KETTLE.authority(facts(an_actor(1, Role.DDM, Role.OFFICER))) == (
        "Designated decision maker (DDM), Officer"
    )


def test_what_a_trigger_may_ask_is_known_before_the_case_is() -> None:
    assert KETTLE.may_be_asked("boil") == (REASON, CUPS, WARNING_RATIONALE)
    assert KETTLE.may_be_asked("freeze") == (WARNING_RATIONALE,)


# --- what this relies on in transitions 0.9.3, and keeps away from ------------------------


def machine() -> Machine:
    return KETTLE._machine  # noqa: SLF001 - the library behind the engine is what is tested


def test_there_is_no_back_door_to_a_state() -> None:
    assert set(machine().events) == {"boil", "pour"}


def test_no_model_is_kept_alive() -> None:
    told = facts(reason="for soup")
    gone = weakref.ref(told)

    boil(told)
    del told
    gc.collect()

    assert gone() is None
    assert machine().models == []


def test_the_machine_is_compiled_once() -> None:
    assert machine() is machine()


class Lamp:
    """A model for a machine of one's own."""

    state = "off"


def lamp_machine(**transition: Any) -> Machine:
    return Machine(
        model=None,
        states=["off", "on"],
        initial="off",
        auto_transitions=False,
        send_event=True,
        transitions=[{"trigger": "switch", "source": "off", "dest": "on", **transition}],
    )


def test_the_library_takes_false_for_a_silent_no_so_our_condition_raises() -> None:
    lamp = Lamp()

    assert lamp_machine(conditions=lambda _: False).events["switch"].trigger(lamp) is False
    assert lamp.state == "off"


def test_the_library_takes_a_mere_truthy_answer_for_a_no() -> None:
    lamp = Lamp()

    assert lamp_machine(conditions=lambda _: "yes").events["switch"].trigger(lamp) is False


def test_the_library_keeps_the_new_state_when_a_later_callback_fails_so_we_have_none() -> None:
    lamp = Lamp()

    def fail(_event: object) -> None:
        raise RuntimeError("too late")

    with pytest.raises(RuntimeError, match="too late"):
        lamp_machine(after=fail).events["switch"].trigger(lamp)
    assert lamp.state == "on"
    assert not any(
        transition.before or transition.after
        for event in machine().events.values()
        for transitions in event.transitions.values()
        for transition in transitions
    )


def test_the_library_raises_its_own_errors_so_we_look_the_step_up_first() -> None:
    lamp = Lamp()
    lamp.state = "on"

    with pytest.raises(MachineError, match="Can't trigger event switch from state on"):
        lamp_machine().events["switch"].trigger(lamp)
    with pytest.raises(KeyError):
        lamp_machine().events["explode"]
