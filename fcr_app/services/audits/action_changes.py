"""Gives an action another owner or another day: with a reason that stays readable."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.actions import SHORTEST_TEXT, due_problems
from fcr_app.domain.audits.words import ActionState
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.domain.spoken_time import day
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import AuditAction, Person
from fcr_app.services.audits.action_owners import (
    KIND,
    action_to_change,
    owner_problems,
    require_registrar,
    tell_owner,
)
from fcr_app.services.audits.steps import write_step


def change_action(  # noqa: PLR0913 - who, which, to whom, by when, why, when, and what they saw
    session: Session,
    actor: Actor,
    action_id: int,
    *,
    owner_id: int | None,
    due_on: date | None,
    why: str,
    now: datetime,
    version: int | None = None,
) -> AuditAction:
    """Give an action another owner, or another day, with a reason that stays.

    Raises:
        NotFound: If there is no such action.
        PermissionRefused: If the person is no registrar.
        SomeoneElseChangedIt: If it changed since the person looked at it.
        InvalidValues: If it is closed, nothing changes, there is no reason, or it can't be so.
    """
    require_registrar(actor)
    action = action_to_change(session, actor, action_id, version)
    before = (action.owner_id, action.due_on)
    problems = _change_problems(
        session, action, owner_id=owner_id, due_on=due_on, why=why, today=to_london(now).date()
    )
    if problems:
        raise InvalidValues(problems)
    changed = _changed(session, action, owner_id, due_on)
    action.owner_id, action.due_on = owner_id, due_on or action.due_on
    write_step(
        session, actor, KIND, action.id, trigger="change", said="Changed who does it or by when",
        now=now, from_state=action.state, to_state=action.state, reason=why.strip(),
        changed=changed,
    )  # fmt: skip
    session.flush()
    if action.owner_id != before[0]:
        tell_owner(session, actor, action, "Something to do was handed over to you.", now)
    else:
        tell_owner(session, actor, action, "The day of something that you do was changed.", now)
    return action


def _change_problems(  # noqa: PLR0913 - the action, and all that was said about it
    session: Session,
    action: AuditAction,
    *,
    owner_id: int | None,
    due_on: date | None,
    why: str,
    today: date,
) -> list[InvalidValue]:
    if action.state == ActionState.CLOSED:
        return [InvalidValue("It is closed. Open it again first.", field="why")]
    if (owner_id, due_on) == (action.owner_id, action.due_on):
        return [InvalidValue("Nothing was changed. Choose another owner or day.", field="owner")]
    problems = []
    if owner_id != action.owner_id:
        problems += owner_problems(session, owner_id, today)
    if due_on != action.due_on:
        problems += list(due_problems(due_on, today))
    if len(why.strip()) < SHORTEST_TEXT:
        said = f"Say why, in at least {SHORTEST_TEXT} characters."
        problems.append(InvalidValue(said, field="why"))
    return problems


def _changed(
    session: Session, action: AuditAction, owner_id: int | None, due_on: date | None
) -> list[list[str]]:
    """Return title, before and after of what changes, in words."""
    changed = []
    if owner_id != action.owner_id:
        names = {
            one.id: one.name
            for one in session.scalars(
                select(Person).where(Person.id.in_([owner_id, action.owner_id]))
            )
        }
        before = names.get(action.owner_id or 0, "Nobody")
        changed.append(["Who does it", before, names.get(owner_id or 0, "Nobody")])
    if due_on is not None and due_on != action.due_on:
        changed.append(["By when", day(action.due_on), day(due_on)])
    return changed
