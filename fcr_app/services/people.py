"""Joiners, movers and leavers. An administrator's work; it shows no case."""

from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import name_key
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import Person
from fcr_app.services import api_tokens, sign_in
from fcr_app.services.administrators import require_another_administrator
from fcr_app.services.log import Record, record_change
from fcr_app.services.person_details import Details, by_staff_number, require_usable


def add_person(session: Session, actor: Actor, details: Details, *, now: datetime) -> int:
    """Add a person, who can't sign in until they get a password. Returns their id.

    Raises:
        InvalidValues: If anything can't be used; each with its field.
    """
    details = details.tidy()
    require_usable(session, details, person_id=None)
    person = Person(created_at=now)
    _fill(session, person, details)
    session.add(person)
    session.flush()
    record_change(
        session, actor, "person:added", Record.PERSON, person.id, now=now, verb="collection"
    )
    return person.id


def change_person(  # noqa: PLR0913 - who, whom, what, when, and what they saw
    session: Session,
    actor: Actor,
    person_id: int,
    details: Details,
    *,
    version: int,
    now: datetime,
) -> None:
    """Change a person's details.

    Args:
        version: Of the person when the page was opened.

    Raises:
        InvalidValues: If anything can't be used; each with its field.
        SomeoneElseChangedIt: If they were changed since the page was opened.
        NotFound: If there is no such person.
    """
    person = get_person(session, person_id)
    if person.version != version:
        raise SomeoneElseChangedIt(
            "Somebody else changed this person while you were writing. What you typed is below; "
            "compare it with what is there now before you save it."
        )
    details = details.tidy()
    require_usable(session, details, person_id=person_id)
    before = _facts(person)
    _fill(session, person, details)
    changed = sorted(fact for fact, value in _facts(person).items() if value != before[fact])
    if changed:
        record_change(
            session,
            actor,
            "person:changed",
            Record.PERSON,
            person_id,
            now=now,
            detail=", ".join(changed),
        )


def deactivate(session: Session, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Let a leaver in no more, from this moment. What they did stays theirs.

    Raises:
        PermissionRefused: If it is the last administrator, or oneself.
        NotFound: If there is no such person.
    """
    person = get_person(session, person_id)
    if actor.id == person_id:
        raise PermissionRefused("You may not deactivate yourself. Ask another administrator.")
    require_another_administrator(session, person_id, today=to_london(now).date())
    if not person.active:
        return
    person.active = False
    sign_in.end_all(session, person_id, now=now)
    api_tokens.revoke_all(session, person_id, now=now)
    record_change(session, actor, "person:deactivated", Record.PERSON, person_id, now=now)


def reactivate(session: Session, actor: Actor, person_id: int, *, now: datetime) -> None:
    """Take somebody back. They need a new password; their old one may be known by now.

    Raises:
        NotFound: If there is no such person.
    """
    person = get_person(session, person_id)
    if person.active:
        return
    person.active = True
    person.password_hash = None
    record_change(session, actor, "person:reactivated", Record.PERSON, person_id, now=now)


def get_person(session: Session, person_id: int) -> Person:
    """Return a person, active or not.

    Raises:
        NotFound: If there is no such person.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("There is no such person.")
    return person


def _fill(session: Session, person: Person, details: Details) -> None:
    person.name = details.name
    person.name_key = name_key(details.name)
    person.staff_number = details.staff_number
    person.email = details.email
    person.unit_id = details.unit_id
    person.supervisor_id = by_staff_number(session, details.supervisor)


def _facts(person: Person) -> dict[str, object]:
    """Return what may change, under names that the log may show."""
    return {
        "name": person.name,
        "staff number": person.staff_number,
        "e-mail address": person.email,
        "unit": person.unit_id,
        "supervisor": person.supervisor_id,
    }
