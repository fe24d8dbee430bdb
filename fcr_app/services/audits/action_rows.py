"""Actions as lists, pages and reports show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.audits.actions import is_late
from fcr_app.domain.audits.words import ActionState
from fcr_app.models import AuditAction, AuditRun, Person


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """One action in a list.

    Attributes:
        owner: Empty where it is nobody's.
        run_reference: Of the audit that recommended it; empty where it came from elsewhere.
        closed_at: None while it is not closed.
    """

    id: int
    reference: str
    recommended: str
    source: str
    run_reference: str
    owner_id: int | None
    owner: str
    due_on: date
    state: ActionState
    late: bool
    closed_at: datetime | None
    version: int


def action_rows() -> Select[AuditAction, str, str]:
    """Return a SELECT of actions with their owner and their audit."""
    owner = aliased(Person)
    return (
        select(AuditAction, owner.name.label("owner"), AuditRun.reference.label("run_reference"))
        .outerjoin(owner, owner.id == AuditAction.owner_id)
        .outerjoin(AuditRun, AuditRun.id == AuditAction.run_id)
    )


def row_of(row: Any, today: date) -> ActionRow:
    """Return one row of ``action_rows``, as people see it."""
    action: AuditAction = row[0]
    state = ActionState(action.state)
    return ActionRow(
        id=action.id,
        reference=action.reference,
        recommended=action.recommended,
        source=action.source,
        run_reference=row.run_reference or "",
        owner_id=action.owner_id,
        owner=row.owner or "",
        due_on=action.due_on,
        state=state,
        late=is_late(action.due_on, state, today),
        closed_at=action.closed_at,
        version=action.version,
    )


def actions_of_run(session: Session, run_id: int, *, today: date) -> tuple[ActionRow, ...]:
    """Return what became of the recommendations of an audit, in their order."""
    found = session.execute(
        action_rows().where(AuditAction.run_id == run_id).order_by(AuditAction.id)
    )
    return tuple(row_of(row, today) for row in found)
