"""Who may take which step of a plan and of an audit, and what stops them."""

from datetime import date
from typing import Any

import pytest

from fcr_app.domain.audits.facts import PlanFacts, RunFacts
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.domain.workflow import Workflow
from fcr_app.errors import FcrError, PermissionRefused, StepNotAvailable, StepRefused
from fcr_app.workflows.audit_plan import AUDIT_PLAN, State as Plan
from fcr_app.workflows.audit_run import AUDIT_RUN, State as Run
from tests.facts_builders import (
    CHIEF,
    FCR,
    NOW,
    a_chief_officer,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    a_supervisor,
    an_administrator,
    an_auditor,
    an_officer,
)

WHY = "Because the frame was narrower than it had to be."
PEOPLE: dict[str, Actor] = {
    "officer": an_officer(),
    "supervisor": a_supervisor(),
    "DDM": a_ddm(),
    "FCR": a_registered_fcr(),
    "deputy": a_deputy_fcr(),
    "chief officer": a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
REGISTRARS = {"FCR", "deputy"}
EXAMINERS = {*REGISTRARS, "auditor"}
WHO_MAY: dict[tuple[Any, str], set[str]] = {
    (Plan.DRAFT, "approve_for_fcr"): REGISTRARS,
    (Plan.DRAFT, "withdraw"): REGISTRARS,
    (Plan.SUBMITTED, "approve"): {"chief officer"},
    (Plan.SUBMITTED, "send_back"): {*REGISTRARS, "chief officer"},
    (Plan.SUBMITTED, "withdraw"): REGISTRARS,
    (Plan.APPROVED, "replace"): {"chief officer", "the clock"},
    (Run.DRAWN, "begin"): EXAMINERS,
    (Run.DRAWN, "abandon"): REGISTRARS,
    (Run.REVIEWING, "finish_reviews"): {*EXAMINERS, "the clock"},
    (Run.REVIEWING, "abandon"): REGISTRARS,
    (Run.MODERATING, "examine_again"): {*EXAMINERS, "the clock"},
    (Run.MODERATING, "sign_off"): REGISTRARS,
    (Run.MODERATING, "abandon"): REGISTRARS,
    (Run.SIGNED_OFF, "reopen"): REGISTRARS,
}
SAID = {
    "why_returned": WHY,
    "why_withdrawn": WHY,
    "why_abandoned": WHY,
    "why_reopened": WHY,
    "conclusion": WHY,
}


def a_plan(actor: Actor, **change: Any) -> PlanFacts:
    """Make a plan that may be approved, by default approved for the FCR by its deputy."""
    usual: dict[str, Any] = {
        "now": NOW,
        "opened_by_id": FCR,
        "answers": SAID,
        "edition": 1,
        "line_count": 3,
        "fcr_approved_by_id": 99,
    }
    return PlanFacts(actor=actor, **usual | change)


def a_run(actor: Actor, **change: Any) -> RunFacts:
    """Make an audit of which everything is examined."""
    usual: dict[str, Any] = {
        "now": NOW,
        "opened_by_id": 0,
        "answers": SAID,
        "sample_size": 20,
        "first_to_do": 0,
        "second_to_do": 0,
        "differences_to_settle": 0,
        "period_ends_on": date(2026, 10, 31),
    }
    return RunFacts(actor=actor, **usual | change)


def policy(state: Any) -> Workflow[Any]:
    return AUDIT_PLAN if isinstance(state, Plan) else AUDIT_RUN


def may(state: Any, trigger: str, actor: Actor) -> bool:
    facts = a_plan(actor) if isinstance(state, Plan) else a_run(actor)
    try:
        policy(state).decide(trigger, state, facts)
    except PermissionRefused:
        return False
    return True


def test_the_table_has_every_step_of_both_policies() -> None:
    steps = {
        (state, step.trigger)
        for workflow in (AUDIT_PLAN, AUDIT_RUN)
        for step in workflow.steps
        for state in step.sources
    }

    assert steps == set(WHO_MAY)


@pytest.mark.parametrize(("state", "trigger"), WHO_MAY, ids=str)
def test_who_may_take_a_step(state: Any, trigger: str) -> None:
    assert {who for who, actor in PEOPLE.items() if may(state, trigger, actor)} == WHO_MAY[
        (state, trigger)
    ]


def refusal(state: Any, trigger: str, facts: Any) -> str:
    with pytest.raises(StepRefused) as refused:
        policy(state).decide(trigger, state, facts)
    return " ".join(one.reason for one in refused.value.refusals)


def test_an_empty_plan_is_not_approved() -> None:
    facts = a_plan(a_registered_fcr(), line_count=0)

    assert "Add an audit" in refusal(Plan.DRAFT, "approve_for_fcr", facts)


def test_each_audit_of_a_plan_needs_an_auditor() -> None:
    facts = a_plan(a_registered_fcr(), lines_without_auditors=("One", "Two", "Three", "Four"))

    said = refusal(Plan.DRAFT, "approve_for_fcr", facts)

    assert said == "Name an auditor for One, Two, Three and 1 more."


def test_one_person_is_not_both_who_approve() -> None:
    facts = a_plan(a_chief_officer(), fcr_approved_by_id=CHIEF)

    assert "somebody else" in refusal(Plan.SUBMITTED, "approve", facts)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ({"first_to_do": 1}, "1 review is not done yet."),
        ({"first_to_do": 1, "second_to_do": 2}, "3 reviews are not done yet."),
        ({"differences_to_settle": 2}, "2 records on which the two reviews differ"),
    ],
)
def test_an_audit_with_work_left_is_not_signed_off(left: dict[str, int], said: str) -> None:
    facts = a_run(a_registered_fcr(), **left)

    assert said in refusal(Run.MODERATING, "sign_off", facts)


def test_signing_off_takes_a_conclusion() -> None:
    facts = a_run(a_registered_fcr(), answers={})

    assert "what the audit shows" in refusal(Run.MODERATING, "sign_off", facts)


@pytest.mark.parametrize("state", [Run.SIGNED_OFF, Run.ABANDONED])
def test_an_audit_that_ended_is_not_examined(state: Run) -> None:
    with pytest.raises(StepNotAvailable):
        AUDIT_RUN.decide("begin", state, a_run(an_auditor()))


def test_nobody_leaves_an_end() -> None:
    for state in (Plan.REPLACED, Plan.WITHDRAWN, Run.ABANDONED):
        for trigger in {step.trigger for step in policy(state).steps}:
            with pytest.raises(FcrError):
                policy(state).decide(trigger, state, None)
