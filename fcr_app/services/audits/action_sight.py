"""Who sees which action. Decided here alone, as SQL."""

from sqlalchemy import ColumnElement, false, true

from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditAction

NOT_THERE = "There is no such action, or it is not yours to see."


def is_theirs_to_see(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``AuditAction`` that somebody may see it.

    Registrars, auditors and the chief officer see all; everybody else what they are to do.
    """
    if may(actor, Permission.SEE_AUDITS):
        return true()
    return AuditAction.owner_id == actor.id if may(actor, Permission.ACT_ON_AUDITS) else false()
