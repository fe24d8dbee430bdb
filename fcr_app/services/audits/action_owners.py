"""Whose an action may be, how it is found, and how its owner is told."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.mail import Topic
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import AuditAction, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.action_sight import NOT_THERE, is_theirs_to_see
from fcr_app.services.audits.steps import CHANGED
from fcr_app.services.tell import tell

KIND = "action"


def action_to_change(
    session: Session, actor: Actor, action_id: int, version: int | None = None
) -> AuditAction:
    """Return an action that somebody may see.

    Raises:
        NotFound: If there is no such action, or it is not theirs to see.
        SomeoneElseChangedIt: If it is another version by now.
    """
    action = session.scalar(
        select(AuditAction).where(AuditAction.id == action_id, is_theirs_to_see(actor))
    )
    if action is None:
        raise NotFound(NOT_THERE)
    if version is not None and version != action.version:
        raise SomeoneElseChangedIt(CHANGED)
    return action


def topic_of(action: AuditAction) -> Topic:
    """Return an action as a message names it."""
    return Topic(name=f"Action {action.reference}", path=f"/audits/actions/{action.id}")


def require_registrar(actor: Actor) -> None:
    """Refuse whoever does not run audits.

    Raises:
        PermissionRefused: If the person is no registrar.
    """
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused("The FCR or a deputy does that.")


def owner_problems(session: Session, owner_id: int | None, today: date) -> list[InvalidValue]:
    """Return what is wrong with somebody as the owner of an action."""
    active = owner_id is not None and session.scalar(
        select(Person.active).where(Person.id == owner_id)
    )
    if owner_id is None or not active:
        return [InvalidValue("Enter a colleague who is still here.", field="owner")]
    if not may(load_actor(session, owner_id, today=today), Permission.ACT_ON_AUDITS):
        said = (
            "Their roles do not let them carry out an action: choose a supervisor, a DDM, an "
            "auditor, a registrar or the chief officer."
        )
        return [InvalidValue(said, field="owner")]
    return []


def tell_owner(
    session: Session, actor: Actor, action: AuditAction, message: str, now: datetime
) -> None:
    """Tell the owner something, unless they did it themselves."""
    if action.owner_id is not None and action.owner_id != actor.id:
        tell(session, [action.owner_id], message, topic_of(action), now=now)
