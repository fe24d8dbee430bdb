"""The steps of a plan that a person's role has now, each with what stands in its way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.questions import Question
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditPlan
from fcr_app.services.audits.steps import plan_facts
from fcr_app.workflows.audit_plan import AUDIT_PLAN


@dataclass(frozen=True, kw_only=True)
class StepOffered:
    """A step that the person's role has now.

    Attributes:
        reasons: Why it can't be taken yet; empty where it can.
    """

    trigger: str
    label: str
    questions: tuple[Question, ...]
    reasons: tuple[str, ...]
    outcome: str
    final_warning: str


def steps_offered(
    session: Session, actor: Actor, plan: AuditPlan, *, now: datetime
) -> tuple[StepOffered, ...]:
    """Return the steps that the person's role has now, each with what stands in its way."""
    facts = plan_facts(session, actor, plan, now=now, answers={})
    offered = []
    for step in AUDIT_PLAN.steps_from(AUDIT_PLAN.state(plan.state)):
        # An edition is replaced by the approval of the next, never by hand.
        if step.trigger == "replace" or not step.may_be_taken_by(actor):
            continue
        unanswered = {question.name for question in step.questions(facts)}
        refusals = [one for one in step.refusals(facts) if one.field not in unanswered]
        offered.append(
            StepOffered(
                trigger=step.trigger,
                label=step.label,
                questions=step.questions(facts),
                reasons=tuple(one.reason for one in refusals),
                outcome=step.outcome,
                final_warning=step.final_warning,
            )
        )
    return tuple(offered)
