"""How far actions were at the end of a period, read from their history."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audits.actions import is_late
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import ActionState
from fcr_app.models import AuditAction, AuditStep
from fcr_app.services.audits.action_owners import KIND


@dataclass(frozen=True, kw_only=True)
class ActionThen:
    """One action as it stood.

    Attributes:
        owner: For the annex; empty where it was nobody's.
        days_late: 0 where it was not overdue.
    """

    reference: str
    recommended: str
    source: str
    due_on: date
    state: ActionState
    owner: str
    days_late: int


@dataclass(frozen=True, kw_only=True)
class ActionsThen:
    """The actions there were, and what became of them in the period.

    Attributes:
        still_open: Not closed, what is due first at the top.
        new: Written down in the period.
        closed: Closed in it.
    """

    still_open: tuple[ActionThen, ...]
    new: int
    closed: int

    @property
    def overdue(self) -> tuple[ActionThen, ...]:
        """Those overdue."""
        return tuple(one for one in self.still_open if one.days_late)


def actions_then(session: Session, span: Span, begun: datetime, over: datetime) -> ActionsThen:
    """Return the actions as they stood when a period was over.

    Args:
        begun: The moment it began.
        over: The moment it was over.
    """
    newest = (
        select(func.max(AuditStep.id))
        .where(AuditStep.kind == KIND, AuditStep.at < over, AuditStep.to_state != "")
        .group_by(AuditStep.subject_id)
    )
    states = {
        row.subject_id: (ActionState(row.to_state), row.at)
        for row in session.execute(
            select(AuditStep.subject_id, AuditStep.to_state, AuditStep.at).where(
                AuditStep.id.in_(newest)
            )
        )
    }
    actions = session.scalars(
        select(AuditAction)
        .options(joinedload(AuditAction.owner))
        .where(AuditAction.opened_at < over)
        .order_by(AuditAction.due_on, AuditAction.id)
    ).all()
    closed = ActionState.CLOSED
    return ActionsThen(
        still_open=tuple(
            _then(one, states[one.id][0], span.ends_on)
            for one in actions
            if one.id in states and states[one.id][0] is not closed
        ),
        new=sum(one.opened_at >= begun for one in actions),
        closed=sum(state is closed and at >= begun for state, at in states.values()),
    )


def _then(action: AuditAction, state: ActionState, day: date) -> ActionThen:
    return ActionThen(
        reference=action.reference,
        recommended=action.recommended,
        source=action.source,
        due_on=action.due_on,
        state=state,
        owner=action.owner.name if action.owner else "",
        days_late=(day - action.due_on).days if is_late(action.due_on, state, day) else 0,
    )
