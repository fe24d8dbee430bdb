"""A sixth policy in one file: N300 lives the life of an N100, with eight codes of its own."""

from pathlib import Path
from typing import Any

import pytest

from fcr_app.domain.guards import Verdict
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.reported_incidents import State
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.errors import FcrError, StepRefused
from fcr_app.workflows import n300
from fcr_app.workflows.n100 import N100
from fcr_app.workflows.n300 import N300
from tests.builders import NOW
from tests.facts_builders import (
    SERGEANT,
    SOMEBODY,
    a_chief_officer,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    a_supervisor,
    an_administrator,
    an_auditor,
    an_officer,
)
from tests.recording_builders import CHECKED, MOMENT_AGO, WHY, a_report, reported_facts

DEATH = a_report(opening_code=OpeningCode.DEATH)
MADE = {
    "code": "300/01",
    "relationship": "The man in the flat",
    "reason": WHY,
    "safeguarding": "The family was told in person.",
}
MURDER = {
    "confirmed_at": MOMENT_AGO,
    "confirmed_by": "The pathologist, to the officer",
    "offence": "1 001/01",
}


OPENER, OTHER, SUPERVISOR = "who created it", "another officer", "supervisor"
DDM, FCR, DEPUTY = "DDM", "registered FCR", "deputy with a course"
PEOPLE: dict[str, Actor] = {
    OPENER: an_officer(),
    OTHER: an_officer(SOMEBODY),
    SUPERVISOR: a_supervisor(SERGEANT),
    DDM: a_ddm(),
    FCR: a_registered_fcr(),
    DEPUTY: a_deputy_fcr(),
    "chief officer": a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
OFFICERS = (OPENER, OTHER, SUPERVISOR, DDM, FCR, DEPUTY)
REGISTRARS = (FCR, DEPUTY)
#: What each step is told where everything is in order.
GOOD: dict[str, dict[str, str]] = {
    "create": MADE,
    "discard": {},
    "check": CHECKED,
    "add_event": {
        "event": "coroner",
        "event_what": "The coroner concluded that it was an accident.",
        "code": "300/06",
    },
    "confirm": {**MURDER, "offence": "4/4 004/04"},
    "agree": {"rationale": WHY},
    "recode": {"code": "300/06", "rationale": WHY},
    "record_crime": {"offence": "4/4 004/04", "rationale": WHY},
    "cancel": {"cancel_ground": "genuine_error", "rationale": WHY},
    "send_back": {"to_mend": "Say what the pathologist found (N100-12)."},
}


def everybody(people: tuple[str, ...], *triggers: str) -> dict[str, set[str]]:
    return {who: set(triggers) for who in people}


LIVES = ("add_event", "confirm")
#: There is no ground to override here, and no recorded crime is moved back to one.
WHO_MAY_DO_WHAT: dict[State, dict[str, set[str]]] = {
    State.DRAFT: {**everybody(OFFICERS, "create"), OPENER: {"create", "discard"}},
    State.OPEN: {
        **everybody((OPENER, OTHER, DDM), *LIVES),
        **everybody((SUPERVISOR, FCR, DEPUTY), *LIVES, "check"),
    },
    State.TO_REVIEW: {
        **everybody(OFFICERS, *LIVES),
        **everybody(REGISTRARS, *LIVES, "agree", "recode", "record_crime", "cancel", "send_back"),
    },
    State.AGREED: everybody(OFFICERS, *LIVES),
    State.CONVERTED: {},
    State.CANCELLED: {},
    State.DISCARDED: {},
}


def allowed(state: State, actor: Actor) -> set[str]:
    found = set()
    code = "" if state is State.DRAFT else "300/02"
    for step in N300.steps_from(state):
        try:
            decide(step.trigger, state, actor, says=GOOD[step.trigger], code=code)
        except FcrError:
            continue
        found.add(step.trigger)
    return found


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", State)
def test_who_may_do_what(state: State, who: str) -> None:
    assert allowed(state, PEOPLE[who]) == WHO_MAY_DO_WHAT[state].get(who, set())


def test_every_state_and_every_step_is_in_the_table() -> None:
    assert set(WHO_MAY_DO_WHAT) == set(State)
    assert set(GOOD) == {step.trigger for step in N300.steps}
    listed = {t for row in WHO_MAY_DO_WHAT.values() for may in row.values() for t in may}
    assert listed == set(GOOD)


@pytest.mark.parametrize("trigger", ["agree", "recode", "record_crime", "cancel", "send_back"])
def test_a_registrar_who_created_it_or_deals_with_it_does_not_review_it(trigger: str) -> None:
    me = a_registered_fcr()
    near: tuple[dict[str, Any], ...] = (
        {"opened_by_id": me.id},
        {"report": a_report(opening_code=OpeningCode.DEATH, involved=frozenset({me.id}))},
        {"holder_id": SOMEBODY, "holder_name": "Demo Deputy"},
    )
    for facts in near:
        with pytest.raises(StepRefused):
            decide(trigger, State.TO_REVIEW, me, says=GOOD[trigger], code="300/02", **facts)


def decide(trigger: str, state: State, actor: Any = None, **facts: Any) -> Any:
    usual: dict[str, Any] = {"report": DEATH, "code": "300/01"}
    return N300.decide(trigger, state, reported_facts(actor, **{**usual, **facts}))


def test_it_is_one_small_file() -> None:
    assert len(Path(n300.__file__).read_text(encoding="utf-8").splitlines()) < 100


def test_it_has_the_states_of_an_n100() -> None:
    assert N300.states is N100.states
    assert {s.trigger for s in N300.steps} <= {s.trigger for s in N100.steps}


def test_it_has_eight_codes_and_each_can_be_given() -> None:
    for number in range(1, 9):
        says = {**MADE, "code": f"300/{number:02}"}
        assert decide("create", State.DRAFT, says=says, code="").state is State.OPEN
    with pytest.raises(StepRefused, match="Select the code"):
        decide("create", State.DRAFT, says={**MADE, "code": "300/09"}, code="")


def test_an_unclear_death_rarely_keeps_that_code() -> None:
    fcr = a_registered_fcr()
    with pytest.raises(StepRefused, match="despite the warning"):
        decide("agree", State.TO_REVIEW, fcr, says={"rationale": WHY})

    despite = {"rationale": WHY, "warning_rationale": "The inquest closed with an open verdict."}
    outcome = decide("agree", State.TO_REVIEW, fcr, says=despite)
    assert [check.verdict for check in outcome.warnings] == [Verdict.WARNING]
    clear = decide("agree", State.TO_REVIEW, fcr, says={"rationale": WHY}, code="300/06")
    assert clear.state is State.AGREED


def test_a_senior_detective_is_asked_before_a_homicide_is_recorded() -> None:
    with pytest.raises(StepRefused) as refused:
        decide("confirm", State.OPEN, says=MURDER)
    assert [refusal.rule for refusal in refused.value.refusals] == ["CLS-06"]

    asked = {**MURDER, "warning_rationale": "The on-call detective was asked at nine and agrees."}
    assert decide("confirm", State.OPEN, says=asked).state is State.CONVERTED
    road = {**MURDER, "offence": "4/4 004/04"}
    assert decide("confirm", State.OPEN, says=road).state is State.CONVERTED


def test_it_suits_reports_of_a_death_only() -> None:
    assert N300.suits(DEATH)
    assert not N300.suits(a_report())
    assert N100.suits(a_report())
    assert not N100.suits(DEATH)
    assert NOW.tzinfo is not None
