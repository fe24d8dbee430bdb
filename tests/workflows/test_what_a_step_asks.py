"""What each step asks: for each reason code just what its rule needs (CANC-13, CANC-14, VIC-02)."""

import pytest

from fcr_app.domain.effects import RecordException
from fcr_app.domain.workflow import WARNING_RATIONALE
from fcr_app.workflows.cancellation import CANCELLATION
from tests.facts_builders import MODERN_SLAVERY, a_crime_facts, a_ddm, cancellation_facts

INFORMATION = "information available_on information_source verified_how effect victim_withdrew risk"
#: The request, code by code.
REQUEST = {
    "C1": "code location_basis location_evidence receiving_force",
    "C2": f"code {INFORMATION}",
    "C3": "code surviving_crime duplicate_kind duplicate_evidence",
    "C4": "code mistake victim_withdrew risk",
    "C5": f"code {INFORMATION}",
}
#: The decision: the tests of its code, the reasons, and a remark for the officer.
DECISION = {
    "C1": "is_elsewhere rationale remark",
    "C2": "is_additional is_verifiable is_information rationale remark",
    "C3": "is_same rationale remark",
    "C4": "is_mistake rationale remark",
    "C5": "is_self_defence rationale remark",
}
TOLD = "victim told_at told_how told_whom told_by told_what victim_reply"
#: The other steps, which ask the same whatever the code.
OTHERS = {
    "withdraw": "",
    "refuse": "rationale",
    "return": "to_mend",
    "advise": "advice",
    "record_reference": "receiving_reference reference_at",
    "propose_exception": "victim exception_ground exception_reason",
    "approve_exception": "victim exception_ground exception_reason",
    "remove": "satisfied_told",
    "set_aside": "rationale",
    "reinstate": "rationale",
}


def asked(trigger: str, code: str, **request: str) -> list[str]:
    (step,) = [step for step in CANCELLATION.steps if step.trigger == trigger]
    facts = cancellation_facts(a_ddm(), code, asked=request)
    return sorted(q.name for q in step.questions(facts) if q is not WARNING_RATIONALE)


@pytest.mark.parametrize("code", REQUEST)
def test_a_request_asks_what_the_rule_of_its_code_needs(code: str) -> None:
    assert asked("submit", code) == sorted(REQUEST[code].split())


@pytest.mark.parametrize("code", DECISION)
@pytest.mark.parametrize("trigger", ["approve", "approve_transfer", "approve_and_remove"])
def test_a_decision_asks_for_the_tests_of_its_code(trigger: str, code: str) -> None:
    assert asked(trigger, code) == sorted(DECISION[code].split())


@pytest.mark.parametrize("trigger", OTHERS)
def test_the_other_steps_ask_the_same_of_everybody(trigger: str) -> None:
    for code in REQUEST:
        assert asked(trigger, code) == sorted(OTHERS[trigger].split())


def test_telling_a_victim_of_a_transfer_asks_whether_they_have_the_number() -> None:
    assert asked("record_notice", "C2") == sorted(TOLD.split())
    assert asked("record_notice", "C1") == sorted([*TOLD.split(), "given_reference"])


@pytest.mark.parametrize("code", ["C2", "C4", "C5"])
def test_a_withdrawal_brings_the_questions_about_fear_and_pressure(code: str) -> None:
    assert "withdrawal_concern" in asked("submit", code, victim_withdrew="yes")
    assert "pressure" in asked("approve", code, victim_withdrew="yes")


def test_modern_slavery_brings_the_question_about_the_competent_authority() -> None:
    (step,) = [step for step in CANCELLATION.steps if step.trigger == "submit"]
    facts = cancellation_facts(crime=a_crime_facts(MODERN_SLAVERY))

    assert "grounds_decision" in [question.name for question in step.questions(facts)]


def test_only_the_remark_and_the_reply_may_be_left_empty() -> None:
    optional = {q.name for step in CANCELLATION.steps for q in step.asks if q.optional}

    assert optional == {"remark", "victim_reply"}


@pytest.mark.parametrize(
    ("trigger", "approved"), [("propose_exception", False), ("approve_exception", True)]
)
def test_an_exception_is_kept_as_asked_for_or_approved(trigger: str, approved: bool) -> None:
    (step,) = [step for step in CANCELLATION.steps if step.trigger == trigger]

    assert RecordException(approved=approved) in step.effects
