"""The editions of the plans of every year, and which of them is meant where none is named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.year import year_label, year_of
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditPlan
from fcr_app.services.audits.plans import IN_FORCE
from fcr_app.workflows.audit_plan import AUDIT_PLAN, State

#: As many editions as a history shows at once.
MOST_EDITIONS = 20


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    """One edition of a plan in the history of plans."""

    plan: AuditPlan
    year: str
    state_label: str
    state_colour: str


def usual_plan(session: Session, actor: Actor, *, now: datetime) -> int | None:
    """Return the plan that somebody means who names none; None where there is none.

    This year's edition in force, else the one of this year that is being written, else the newest.
    """
    if not may(actor, Permission.SEE_AUDITS):
        return None
    year = year_of(to_london(now).date())
    standing = case(
        (AuditPlan.state == IN_FORCE, 0),
        (AuditPlan.state.in_((State.DRAFT.value, State.SUBMITTED.value)), 1),
        else_=2,
    )
    return session.scalar(
        select(AuditPlan.id)
        .order_by(
            case((AuditPlan.starts_on == year.starts_on, 0), else_=1),
            standing,
            AuditPlan.starts_on.desc(),
            AuditPlan.edition.desc(),
        )
        .limit(1)
    )


def editions(session: Session, actor: Actor, *, before_id: int | None = None) -> list[EditionRow]:
    """Return editions of plans of every year, the last begun first; one more than a page shows."""
    if not may(actor, Permission.SEE_AUDITS):
        return []
    found: Any = select(AuditPlan).options(
        joinedload(AuditPlan.fcr_approved_by), joinedload(AuditPlan.approved_by)
    )
    if before_id is not None:
        found = found.where(AuditPlan.id < before_id)
    rows = session.scalars(found.order_by(AuditPlan.id.desc()).limit(MOST_EDITIONS + 1)).all()
    return [
        EditionRow(
            plan=plan,
            year=year_label(Span(plan.starts_on, plan.ends_on)),
            state_label=AUDIT_PLAN.labels[AUDIT_PLAN.state(plan.state)],
            state_colour=AUDIT_PLAN.colours.get(AUDIT_PLAN.state(plan.state), "grey"),
        )
        for plan in rows
    ]
