"""Who may do what to an appointment: a table that a registrar could sign; and random lives of it.

Each is tried in a case where everything else is in order, so that only the person decides.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, seed, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from fcr_app.domain.diary import Became, Place
from fcr_app.domain.diary.days import Span
from fcr_app.domain.diary.facts import AppointmentFacts
from fcr_app.domain.effects import KeepSlot, RecordFromAppointment
from fcr_app.domain.roles import REGISTRARS, SYSTEM_ACTOR, Actor
from fcr_app.errors import FcrError, StepNotAvailable, StepRefused
from fcr_app.workflows.diary import DIARY, State
from tests.diary_builders import (
    ENOUGH,
    LIMIT,
    NOT_YET,
    REASONS,
    RECORD,
    REPORTED_AT,
    WHY,
    InMemoryAppointment,
    an_incident_facts,
    slot,
)
from tests.facts_builders import (
    DEPUTY,
    OFFICER,
    SOMEBODY,
    a_chief_officer,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    a_supervisor,
    an_actor,
    an_administrator,
    an_auditor,
    an_officer,
)

SOON = REPORTED_AT + timedelta(hours=3)
LATER = LIMIT + timedelta(hours=28)

PEOPLE: dict[str, Actor] = {
    "who deals with it": an_officer(),
    "another officer": an_officer(SOMEBODY),
    "a supervisor": a_supervisor(),
    "a DDM": a_ddm(),
    "the FCR": a_registered_fcr(),
    "a deputy": a_deputy_fcr(),
    "a deputy without training": an_actor(DEPUTY, *a_deputy_fcr().roles),
    "a deputy who dealt with it": replace(a_deputy_fcr(), id=OFFICER),
    "the chief officer": a_chief_officer(),
    "an auditor": an_auditor(),
    "an administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
NEVER = frozenset({"the chief officer", "an auditor", "an administrator", "the clock"})
#: Whoever may ask for a crime to be recorded may book; only two people may review.
ANYBODY = frozenset(PEOPLE) - NEVER
FCR = frozenset({"the FCR", "a deputy"})
NOBODY: frozenset[str] = frozenset()

#: In each state, what can be done at all, and by whom.
WHO_MAY_DO_WHAT: dict[State, dict[str, frozenset[str]]] = {
    State.TO_BOOK: {
        "book": ANYBODY, "book_late": ANYBODY, "drop": ANYBODY, "record_first": ANYBODY,
    },
    State.LATE_SLOT: {
        "let_stand": FCR, "require_record": FCR, "move": FCR,
        "attended": ANYBODY, "missed": ANYBODY, "cancel": ANYBODY,
        "rebook": ANYBODY, "rebook_late": ANYBODY, "record": ANYBODY,
    },
    State.RECORD_FIRST: {
        # The same steps, but only with the crime recorded: the test below says so.
        "attended": ANYBODY, "missed": ANYBODY, "cancel": ANYBODY, "record": ANYBODY,
    },
    State.BOOKED: {
        "attended": ANYBODY, "missed": ANYBODY, "cancel": ANYBODY,
        "rebook": ANYBODY, "rebook_late": ANYBODY, "record": ANYBODY,
    },
    State.ATTENDED: {
        "rebook": ANYBODY, "rebook_late": ANYBODY, "record_after": ANYBODY, "finish": NOBODY,
    },
    State.MISSED: {
        "rebook": ANYBODY, "rebook_late": ANYBODY, "record_after": ANYBODY, "finish": NOBODY,
    },
    State.CALLED_OFF: {
        "rebook": ANYBODY, "rebook_late": ANYBODY, "record_after": ANYBODY, "finish": NOBODY,
    },
    State.OVER: {},
    State.NOT_BOOKED: {},
}  # fmt: skip

BEGAN = REPORTED_AT + timedelta(minutes=10)


def answers(trigger: str, state: State) -> dict[str, str]:
    """Return answers with which a step is in order, before the limit."""
    if trigger in {"book", "move"}:
        return {**slot(SOON), **REASONS}
    if trigger == "rebook":
        return {**slot(SOON), **NOT_YET}
    if trigger in {"book_late", "rebook_late"}:
        return {**slot(LATER), "insufficient": WHY}
    if trigger.startswith("record"):
        return RECORD
    if state is State.RECORD_FIRST:
        return ENOUGH
    return {**NOT_YET, **REASONS}


def an_appointment(state: State) -> InMemoryAppointment:
    """Return an appointment in a state: one that has just begun, unless nothing is booked."""
    found = InMemoryAppointment(now=BEGAN, state=state)
    if state is not State.TO_BOOK:
        span = Span(BEGAN - timedelta(minutes=1), BEGAN + timedelta(hours=1))
        found.appointment = AppointmentFacts(span=span, place=Place.STATION, officer_id=OFFICER)
    return found


def may(who: str, trigger: str, state: State) -> bool:
    try:
        an_appointment(state).take(trigger, PEOPLE[who], answers(trigger, state))
    except FcrError:
        return False
    return True


@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what(state: State) -> None:
    triggers = {step.trigger for step in DIARY.steps}
    found = {
        trigger: frozenset(who for who in PEOPLE if may(who, trigger, state))
        for trigger in triggers
    }

    listed = WHO_MAY_DO_WHAT[state]
    assert {step.trigger for step in DIARY.steps_from(state)} == set(listed)
    assert {trigger: who for trigger, who in found.items() if who} == {
        trigger: who for trigger, who in listed.items() if who
    }


@pytest.mark.parametrize("trigger", ["attended", "missed", "cancel"])
def test_what_the_fcr_requires_can_not_be_left_undone(trigger: str) -> None:
    with pytest.raises(StepRefused, match="The FCR requires"):
        an_appointment(State.RECORD_FIRST).take(trigger, an_officer(), NOT_YET)


@pytest.mark.parametrize("trigger", ["attended", "missed"])
def test_what_came_of_it_is_not_known_before_it_begins(trigger: str) -> None:
    case = InMemoryAppointment()
    case.take("book", an_officer(), slot(SOON))

    with pytest.raises(StepNotAvailable):
        case.take(trigger, an_officer(), NOT_YET)


@pytest.mark.parametrize("state", [State.ATTENDED, State.MISSED, State.CALLED_OFF])
def test_it_is_over_only_once_the_report_is_settled(state: State) -> None:
    case = an_appointment(state)
    with pytest.raises(StepRefused, match="Nothing is recorded"):
        case.take("finish", an_officer())

    case.incident = replace(case.incident, settled_at=BEGAN)
    case.take("finish", an_officer())
    assert case.state is State.OVER


@pytest.mark.parametrize("trigger", ["attended", "missed", "cancel"])
def test_nothing_is_asked_about_recording_once_the_report_is_settled(trigger: str) -> None:
    case = an_appointment(State.BOOKED)
    case.incident = replace(case.incident, settled_at=BEGAN)

    outcome = case.take(trigger, an_officer())

    assert [q.name for q in outcome.step.questions(case.facts(an_officer(), {}))] == []


def test_by_the_rules_of_2014_a_slot_has_72_hours() -> None:
    reported_at = datetime.fromisoformat("2014-11-24T10:00:00+00:00")
    incident = an_incident_facts(first_reported_at=reported_at)
    in_time, late = reported_at + timedelta(hours=72), reported_at + timedelta(hours=72, minutes=1)

    for starts_at, allowed in ((in_time, True), (late, False)):
        case = InMemoryAppointment(incident=incident, now=reported_at + timedelta(minutes=5))
        if allowed:
            case.take("book", an_officer(), slot(starts_at))
        else:
            with pytest.raises(StepRefused, match="after the limit"):
                case.take("book", an_officer(), slot(starts_at))


def test_scenario_15_report_monday_10_slot_wednesday_14_no_crime() -> None:
    """Booking stopped or reasoned; the limit is broken on Tuesday at 10; the FCR's queue."""
    case = InMemoryAppointment()
    wednesday = slot(REPORTED_AT + timedelta(days=2, hours=4))
    assert f"{REPORTED_AT:%A %H:%M}" == "Monday 10:00"
    assert wednesday["starts_at"] == "2026-11-25T14:00:00+00:00"

    with pytest.raises(StepRefused) as refused:
        case.take("book", an_officer(), wednesday)
    assert [refusal.rule for refusal in refused.value.refusals] == ["DIA-02"]
    assert "Tuesday 24 November at 10:00" in str(refused.value)

    case.take("book_late", an_officer(), {**wednesday, "insufficient": WHY})
    assert case.state in DIARY.awaiting
    assert DIARY.needs(case.facts(an_officer(), {})) == "fcr"
    assert case.incident.late_by(REPORTED_AT + timedelta(hours=24)) is None
    assert case.incident.late_by(REPORTED_AT + timedelta(hours=24, seconds=1)) is not None


TRIGGERS = sorted({step.trigger for step in DIARY.steps})
#: Hours after the report; the limit is at 24.
HOURS = st.sampled_from([0.5, 3, 12, 23, 24, 24.02, 25, 40, 52, 80])
mischief = st.dictionaries(
    st.sampled_from(
        ["enough", "offence", "late_reason", "still_insufficient", "insufficient", "starts_at",
         "record_offence", "record_late_reason", "rationale", "length", "place"]
    ),
    st.sampled_from(["", "yes", "no", "60", "8N 008/06", "never", REPORTED_AT.isoformat()]),
    max_size=2,
)  # fmt: skip


class RandomAppointment(RuleBasedStateMachine):
    """One appointment, and people who try everything at any time."""

    #: How often each step was taken: a machine that never takes it proves nothing.
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(settled=st.sampled_from([False] * 6 + [True]))
    def a_report_is_made(self, settled: bool) -> None:
        """Begin with a report, mostly one that nobody has settled."""
        incident = an_incident_facts(settled_at=REPORTED_AT if settled else None)
        self.case = InMemoryAppointment(incident=incident)
        self.settled_at = incident.settled_at

    @rule(hours=st.sampled_from([0.25, 0.25, 1, 5, 13]))
    def time_passes(self, hours: float) -> None:
        """Let the clock run on, which nothing here can stop."""
        self.case.now += timedelta(hours=hours)

    @rule(
        actor=st.sampled_from(list(PEOPLE.values())),
        trigger=st.sampled_from(TRIGGERS),
        hours=HOURS,
        enough=st.booleans(),
        wrong=mischief,
    )
    def somebody_tries_something(
        self, actor: Actor, trigger: str, hours: float, enough: bool, wrong: dict[str, str]
    ) -> None:
        """Try any step in any state, with answers good or spoilt."""
        self.attempt(trigger, actor, hours, enough=enough, wrong=wrong)

    @rule(place=st.integers(0, 30), hours=HOURS, enough=st.sampled_from([False] * 4 + [True]))
    def somebody_does_what_can_come_next(self, place: int, hours: float, enough: bool) -> None:
        """Let the right person try a step that the state has, so that cases get far."""
        steps = list(DIARY.steps_from(self.case.state))
        if steps:
            step = steps[place % len(steps)]
            actor = a_registered_fcr() if step.decision else an_officer()
            self.attempt(step.trigger, actor, hours, enough=enough, wrong={})

    def attempt(
        self, trigger: str, actor: Actor, hours: float, *, enough: bool, wrong: dict[str, str]
    ) -> None:
        """Take a step if the policy lets it through, and look at what came of it."""
        wanted = max(self.case.now, REPORTED_AT) + timedelta(hours=hours)
        said = {**slot(wanted), **REASONS, **RECORD, **(ENOUGH if enough else NOT_YET)}
        said |= {"insufficient": WHY, **wrong}
        before = (self.case.state, self.case.incident, self.case.appointment)
        try:
            outcome = self.case.take(trigger, actor, said)
        except FcrError:
            assert (self.case.state, self.case.incident, self.case.appointment) == before
            return
        self.seen[trigger] += 1
        if KeepSlot() in outcome.effects:
            self.a_slot_was_kept()
        if outcome.step.decision:
            assert actor.has(*REGISTRARS)
            assert actor.accreditations
            assert actor.id not in self.case.incident.involved
        if before[1].settled_at is None and self.case.incident.settled_at is not None:
            # Only a record settles a report, and one is made by name (DIA-04).
            kinds = {type(effect) for effect in outcome.effects}
            assert RecordFromAppointment in kinds
            assert said.get("offence") or said.get("record_offence")
            self.settled_at = self.case.incident.settled_at
        if outcome.step.trigger in {"attended", "missed", "cancel", "rebook"}:
            asked = "enough" in {question.name for question in outcome.step.asks}
            assert asked
            open_before = before[1].settled_at is None
            if open_before and self.case.incident.settled_at is None:
                assert said["enough"] == "no"
                assert len(said["still_insufficient"]) >= 20

    @invariant()
    def no_path_closes_the_report(self) -> None:
        """The report is settled as it was when a crime was recorded, and by nothing else."""
        if hasattr(self, "case"):
            assert self.case.incident.settled_at == self.settled_at
            if self.case.state is State.OVER:
                assert self.case.incident.settled_at is not None

    def a_slot_was_kept(self) -> None:
        """Where nothing is recorded, a slot after the limit has its reason and is in the queue."""
        found = self.case.appointment
        assert found is not None
        if self.case.incident.settled_at is None and found.span.start > LIMIT:
            assert self.case.state is State.LATE_SLOT
            assert self.case.state in DIARY.awaiting
            assert found.past_limit
            assert len(found.insufficient) >= 20

    @invariant()
    def what_became_of_it_is_what_the_state_says(self) -> None:
        """The diary and the case agree."""
        if hasattr(self, "case") and self.case.appointment is not None:
            became = {
                State.ATTENDED: Became.ATTENDED,
                State.MISSED: Became.MISSED,
                State.CALLED_OFF: Became.CANCELLED,
            }.get(self.case.state)
            if became:
                assert self.case.appointment.became is became


def test_what_must_never_happen_never_does() -> None:
    RandomAppointment.seen.clear()

    for number in range(ROUNDS):
        run_state_machine_as_test(
            seed(number)(RandomAppointment),
            settings=settings(
                max_examples=150,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        if min(RandomAppointment.seen[trigger] for trigger in TRIGGERS) >= OFTEN:
            return
    assert {t: n for t in TRIGGERS if (n := RandomAppointment.seen[t]) < OFTEN} == {}


#: What random people try depends on the code that Hypothesis reads its ideas from, so a few rounds
#: may be needed before every step has been taken this often. Mostly one or two are.
ROUNDS, OFTEN = 12, 5
