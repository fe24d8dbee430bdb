"""How a person stands to a case: why it is theirs, and if it is not, why not.

Asked of the policy itself: whoever may take a step that only the holder may take may hold the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fcr_app.domain.guards import Verdict
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import REGISTRARS
from fcr_app.domain.shared_rules import nobody_else_holds_it
from fcr_app.domain.workflow import Step, Workflow
from fcr_app.services.loading import Loaded
from fcr_app.services.turns import OFFICERS_TURN, REQUESTERS_TURN


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the case page says and offers about holding a case.

    Attributes:
        why_mine: Why it is this person's, a sentence each; empty if it is not.
        why_not: Why they can't decide it, a sentence each; empty if they can.
    """

    why_mine: tuple[str, ...]
    why_not: tuple[str, ...]
    may_claim: bool
    may_release: bool
    may_reassign: bool


def standing(loaded: Loaded) -> Standing:
    """Return how the person the case was loaded for stands to it."""
    case, facts, workflow = loaded.case, loaded.facts, loaded.workflow
    mine = case.claimed_by_id in {facts.actor.id, *facts.actor.deputises_for}
    state = workflow.state(case.state)
    holdable = case.open and bool(steps_of_the_holder(workflow, state))
    against = reasons_against(workflow, case.state, facts) if holdable else ()
    return Standing(
        why_mine=tuple(_why_mine(loaded, could_decide=holdable and not against)),
        why_not=tuple(_why_not(loaded, against)) if holdable else (),
        may_claim=holdable and not against and case.claimed_by_id is None,
        may_release=mine and state in workflow.awaiting,
        may_reassign=holdable
        and may(facts.actor, Permission.REASSIGN)
        and facts.actor.has(*REGISTRARS),
    )


def steps_of_the_holder(workflow: Workflow[Any], state: StrEnum) -> list[Step[Any]]:
    """Return the steps from a state that nobody may take while somebody else holds the case."""
    return [
        step
        for step in workflow.steps_from(state)
        if any(guard.name == nobody_else_holds_it.name for guard in step.guards)
    ]


def reasons_against(workflow: Workflow[Any], stored_state: str, facts: Any) -> tuple[str, ...]:
    """Return why a person may not hold a case; nothing if they may take any step of its holder."""
    steps = steps_of_the_holder(workflow, workflow.state(stored_state))
    offered = [step for step in steps if step.offered(facts)]
    by_step = [_reasons(step, facts) for step in offered]
    return min(by_step, key=len, default=("Nobody has to hold this case.",))


def _reasons(step: Step[Any], facts: Any) -> tuple[str, ...]:
    reasons = tuple(
        check.reason
        for guard in step.guards
        if guard.who
        and (check := guard.check(facts)) is not None
        and check.verdict is Verdict.NOT_MET
    )
    if not reasons and not step.may_be_taken_by(facts.actor):
        return ("None of your roles may decide this.",)
    return reasons


def _why_mine(loaded: Loaded, *, could_decide: bool) -> Iterator[str]:
    case, facts = loaded.case, loaded.facts
    me, state = facts.actor.id, case.state
    if case.claimed_by_id == me:
        yield "You hold it: nobody else can decide it until you release it."
    elif case.claimed_by_id in facts.actor.deputises_for:
        yield f"You cover for {facts.holder_name}, who holds it."
    elif could_decide and case.claimed_by_id is None:
        authority = loaded.workflow.authority(facts)
        yield (
            f"You can decide it: {authority}. You are independent of the investigation, and "
            "nobody has claimed it."
        )
    if case.opened_by_id == me and state in REQUESTERS_TURN:
        yield "You made this request, and what comes next is yours to do."
    elif state in OFFICERS_TURN and me == loaded.officer_id:
        yield "You are the officer in the case, and what comes next is yours to do."


def _why_not(loaded: Loaded, against: tuple[str, ...]) -> Iterator[str]:
    yield from against
    facts = loaded.facts
    if not against and (check := nobody_else_holds_it.check(facts)) and check.reason:
        yield check.reason
