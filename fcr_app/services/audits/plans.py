"""The audit plan of a year: who sees it, how it is approved twice, and replaced."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.year import year_label, year_of
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.domain.workflow import Outcome
from fcr_app.errors import NotFound, PermissionRefused
from fcr_app.models import AuditPlan
from fcr_app.services.audits.plan_people import people_with
from fcr_app.services.audits.plan_statuses import take_over_statuses
from fcr_app.services.audits.steps import take_plan_step
from fcr_app.services.tell import tell
from fcr_app.workflows.audit_plan import State

NOT_THERE = "There is no such audit plan, or it is not yours to see."
MOST_MONTHLY_HOURS = 10_000.0
IN_FORCE = State.APPROVED.value


def must_run_audits(actor: Actor) -> None:
    """Refuse whoever does not plan audits.

    Raises:
        PermissionRefused: If none of their roles lets them.
    """
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused("Only the FCR and deputies plan audits.")


def plan_of(session: Session, actor: Actor, plan_id: int) -> AuditPlan:
    """Return a plan that somebody may see.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
    """
    plan = session.get(AuditPlan, plan_id) if may(actor, Permission.SEE_AUDITS) else None
    if plan is None:
        raise NotFound(NOT_THERE)
    return plan


def plan_in_force(session: Session, day: date) -> AuditPlan | None:
    """Return the edition in force of the year that a day belongs to, if there is one."""
    return session.scalar(
        select(AuditPlan).where(
            AuditPlan.starts_on == year_of(day).starts_on, AuditPlan.state == IN_FORCE
        )
    )


def move_plan(  # noqa: PLR0913 - who, which, what, with what, when, and what they saw
    session: Session,
    actor: Actor,
    plan_id: int,
    trigger: str,
    answers: Mapping[str, str],
    *,
    now: datetime,
    version: int | None = None,
) -> Outcome[Any]:
    """Take a step of a plan, and do what follows from it.

    With the chief officer's approval the edition is in force and replaces the one before it.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
        SomeoneElseChangedIt: If it changed since the person looked at it.
        StepNotAvailable: If its state has no such step.
        PermissionRefused: If none of the person's roles may take it.
        StepRefused: With every rule that forbids it and every question unanswered.
    """
    plan = plan_of(session, actor, plan_id)
    # Only one edition of a year is in force, so the one before has to go first.
    older = _in_force_beside(session, plan) if trigger == "approve" else None
    if older and actor.has(Role.CHIEF_OFFICER):
        take_over_statuses(session, older, plan)
        take_plan_step(session, actor, older, "replace", {}, now=now)
    outcome = take_plan_step(session, actor, plan, trigger, answers, now=now, version=version)
    _follow(session, actor, plan, trigger, now)
    return outcome


def _follow(session: Session, actor: Actor, plan: AuditPlan, trigger: str, now: datetime) -> None:
    today = to_london(now).date()
    label = year_label(Span(plan.starts_on, plan.ends_on))
    topic = Topic(name=f"Audit plan {label}", path=f"/audits/plan/{plan.id}")
    whom: list[int] = []
    message = ""
    if trigger == "approve_for_fcr":
        plan.fcr_approved_at, plan.fcr_approved_by_id = now, actor.id
        whom = people_with(session, [Role.CHIEF_OFFICER], today)
        message = f"The audit plan for {label} waits for your approval."
    elif trigger == "approve":
        plan.approved_at, plan.approved_by_id = now, actor.id
        whom = people_with(session, [*REGISTRARS, Role.AUDITOR], today)
        message = (
            f"The chief officer approved edition {plan.edition} of the audit plan for {label}."
        )
    elif trigger == "send_back":
        plan.fcr_approved_at = plan.fcr_approved_by_id = None
        whom = people_with(session, REGISTRARS, today)
        message = f"The audit plan for {label} was sent back. Read what has to change."
    if whom := [person for person in whom if person != actor.id]:
        session.flush()
        tell(session, whom, message, topic, now=now)


def _in_force_beside(session: Session, plan: AuditPlan) -> AuditPlan | None:
    return session.scalar(
        select(AuditPlan).where(
            AuditPlan.starts_on == plan.starts_on,
            AuditPlan.state == IN_FORCE,
            AuditPlan.id != plan.id,
        )
    )
