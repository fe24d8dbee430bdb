"""One action with its history, as people see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, aliased

from fcr_app.domain.audits.actions import MoveRule
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import AuditAction, AuditStep, Person
from fcr_app.services.audits.action_owners import KIND
from fcr_app.services.audits.action_rows import ActionRow, action_rows, row_of
from fcr_app.services.audits.action_sight import NOT_THERE, is_theirs_to_see
from fcr_app.services.audits.actions import moves_of
from fcr_app.services.audits.steps import steps_of
from fcr_app.services.log import Record, record_view


@dataclass(frozen=True, kw_only=True)
class ActionView:
    """One action with what happened to it, the oldest first.

    Attributes:
        measure: How it shows that it worked; may be empty.
        closed_by: Empty while it is not closed.
        moves: What the reader may do with it now.
        may_change: Whether the reader may give it another owner or day.
    """

    action: ActionRow
    measure: str
    evidence: str
    opened_at: datetime
    opened_by: str
    closed_by: str
    steps: Sequence[AuditStep]
    moves: tuple[MoveRule, ...]
    may_change: bool


def one_action(session: Session, actor: Actor, action_id: int, *, now: datetime) -> ActionView:
    """Return an action with its history, and log the look.

    Raises:
        NotFound: If there is no such action, or it is not theirs to see.
    """
    opener, closer = aliased(Person), aliased(Person)
    row = session.execute(
        action_rows()
        .add_columns(opener.name.label("opener"), closer.name.label("closer"))
        .outerjoin(opener, opener.id == AuditAction.opened_by_id)
        .outerjoin(closer, closer.id == AuditAction.closed_by_id)
        .where(AuditAction.id == action_id, is_theirs_to_see(actor))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    action: AuditAction = row[0]
    record_view(session, actor, "audit-action:read", Record.AUDIT, action.id, now=now)
    return ActionView(
        action=row_of(row, to_london(now).date()),
        measure=action.measure,
        evidence=action.evidence,
        opened_at=action.opened_at,
        opened_by=row.opener or "",
        closed_by=row.closer or "",
        steps=steps_of(session, KIND, action.id),
        moves=moves_of(action, actor),
        may_change=may(actor, Permission.RUN_AUDITS) and action.closed_at is None,
    )
