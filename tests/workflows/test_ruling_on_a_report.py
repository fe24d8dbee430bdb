"""Who may do what to a question to the FCR about a report of a crime."""

import pytest

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.errors import FcrError, StepRefused
from fcr_app.workflows.ruling_request import RULING_ON_A_REPORT, State
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
    an_unregistered_fcr,
)
from tests.recording_builders import a_report, recording_facts
from tests.services import recording_words as say

ASKER, DEPUTY, FCR = "who asked", "deputy", "registered FCR"
UNREGISTERED = "FCR not on the register"
PEOPLE: dict[str, Actor] = {
    ASKER: an_officer(),
    "another officer": an_officer(SOMEBODY),
    "supervisor": a_supervisor(SERGEANT),
    "DDM": a_ddm(),
    "DDM whose course has run out": a_ddm(20, trained=False),
    FCR: a_registered_fcr(),
    DEPUTY: a_deputy_fcr(),
    UNREGISTERED: an_unregistered_fcr(21),
    "chief officer": a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
#: What each step is told where everything is in order.
GOOD: dict[str, dict[str, str]] = {
    "ask": say.ASK,
    "withdraw": {},
    "rule": {**say.RULE},
    "apply_earlier": {"earlier_ruling": "R 2026/001", "rationale": say.REASONS},
    "decline": {"rationale": say.REASONS},
}
WHO_MAY_DO_WHAT: dict[State, dict[str, set[str]]] = {
    State.DRAFT: {ASKER: {"ask", "withdraw"}},
    State.ASKED: {
        ASKER: {"withdraw"},
        **{who: {"rule", "apply_earlier", "decline"} for who in (FCR, DEPUTY, UNREGISTERED)},
    },
    State.RULED: {},
    State.DECLINED: {},
    State.WITHDRAWN: {},
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", State)
def test_who_may_do_what(state: State, who: str) -> None:
    report = a_report(opening_code=OpeningCode.STALKING)
    found = set()
    for step in RULING_ON_A_REPORT.steps_from(state):
        facts = recording_facts(PEOPLE[who], report=report, says=GOOD[step.trigger])
        try:
            RULING_ON_A_REPORT.decide(step.trigger, state, facts)
        except FcrError:
            continue
        found.add(step.trigger)

    assert found == WHO_MAY_DO_WHAT[state].get(who, set())


def test_every_state_and_every_step_is_in_the_table() -> None:
    assert set(WHO_MAY_DO_WHAT) == set(State)
    assert set(GOOD) == {step.trigger for step in RULING_ON_A_REPORT.steps}
    listed = {t for row in WHO_MAY_DO_WHAT.values() for may in row.values() for t in may}
    assert listed == set(GOOD)


@pytest.mark.parametrize("trigger", ["rule", "apply_earlier", "decline"])
def test_nobody_rules_while_another_registrar_holds_the_question(trigger: str) -> None:
    facts = recording_facts(
        a_registered_fcr(), says=GOOD[trigger], holder_id=SOMEBODY, holder_name="Demo Deputy"
    )
    with pytest.raises(StepRefused):
        RULING_ON_A_REPORT.decide(trigger, State.ASKED, facts)


def test_a_question_can_be_asked_about_any_report() -> None:
    assert all(RULING_ON_A_REPORT.suits(a_report(opening_code=code)) for code in OpeningCode)
