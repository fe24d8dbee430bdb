"""Tells whoever has to know that an action is overdue: once for each day it was due on."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import ActionState
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import AuditAction, AuditStep
from fcr_app.services.audits.action_owners import KIND, topic_of
from fcr_app.services.audits.steps import write_step
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import tell

TRIGGER = "late"
#: As many as one run tells of; the next takes the rest.
AT_ONCE = 200
_NOT_DONE = (ActionState.OPEN.value, ActionState.IN_PROGRESS.value)


def tell_of_late_actions(session: Session, *, now: datetime) -> int:
    """Tell the owner and the registrars of each action that has become overdue. Says how many.

    That they were told stands in the action's history, so they are not told again, unless it is
    given a later day and misses that too.
    """
    today = to_london(now).date()
    told = (
        select(AuditStep.id)
        .where(
            AuditStep.kind == KIND,
            AuditStep.subject_id == AuditAction.id,
            AuditStep.trigger == TRIGGER,
            AuditStep.at > AuditAction.due_on,
        )
        .exists()
    )
    late = session.scalars(
        select(AuditAction)
        .where(AuditAction.state.in_(_NOT_DONE), AuditAction.due_on < today, ~told)
        .order_by(AuditAction.due_on, AuditAction.id)
        .limit(AT_ONCE)
    ).all()
    registrars = registrars_on(session, today)
    for action in late:
        people = {*registrars, *([action.owner_id] if action.owner_id else [])}
        write_step(
            session, SYSTEM_ACTOR, KIND, action.id, trigger=TRIGGER,
            said="Its day passed, and the owner and the registrars were told", now=now,
            from_state=action.state, to_state=action.state,
        )  # fmt: skip
        tell(session, people, "An action is overdue.", topic_of(action), now=now)
    return len(late)
