"""Joiners, movers and leavers. An administrator's work; it shows no case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import name_key
from fcr_app.domain.roles import Actor
from fcr_app.errors import (
    InvalidValue,
    InvalidValues,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
)
from fcr_app.models import Person, Unit
from fcr_app.services import sign_in
from fcr_app.services.administrators import require_another_administrator
from fcr_app.services.log import Record, record_change

LONGEST_NAME = 120
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, kw_only=True)
class Details:
    """What an administrator types about a person.

    Attributes:
        supervisor: The supervisor's staff number; empty for none.
    """

    name: str
    staff_number: str
    email: str
    unit_id: int | None = None
    supervisor: str = ""

    def tidy(self) -> "Details":
        """Return the same with stray spaces gone and the e-mail address in lower case."""
        return Details(
            name=" ".join(self.name.split()),
            staff_number="".join(self.staff_number.split()),
            email=self.email.strip().lower(),
            unit_id=self.unit_id,
            supervisor="".join(self.supervisor.split()).upper(),
        )


def add_person(session: Session, actor: Actor, details: Details, *, now: datetime) -> int:
    """Add a person, who can't sign in until they get a password. Returns their id.

    Raises:
        InvalidValues: If anything can't be used; each with its field.
    """
    details = details.tidy()
    _require_usable(session, details, person_id=None)
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
    _require_usable(session, details, person_id=person_id)
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
    person.supervisor_id = _by_staff_number(session, details.supervisor)


def _facts(person: Person) -> dict[str, object]:
    """Return what may change, under names that the log may show."""
    return {
        "name": person.name,
        "staff number": person.staff_number,
        "e-mail address": person.email,
        "unit": person.unit_id,
        "supervisor": person.supervisor_id,
    }


def _require_usable(session: Session, details: Details, *, person_id: int | None) -> None:
    problems = list(_problems(session, details, person_id))
    if problems:
        raise InvalidValues(problems)


def _problems(session: Session, details: Details, person_id: int | None) -> Iterator[InvalidValue]:
    if not details.name:
        yield InvalidValue("Enter the person’s full name.", field="name")
    elif len(details.name) > LONGEST_NAME:
        yield InvalidValue(f"Use {LONGEST_NAME} characters or fewer.", field="name")
    if not details.staff_number:
        yield InvalidValue("Enter the staff number.", field="staff_number")
    elif _taken(
        session, func.upper(Person.staff_number) == details.staff_number.upper(), person_id
    ):
        yield InvalidValue("Somebody else has this staff number.", field="staff_number")
    if not _EMAIL.fullmatch(details.email):
        yield InvalidValue("Enter an e-mail address in the form name@force.example.", field="email")
    elif _taken(session, Person.email == details.email, person_id):
        yield InvalidValue("Somebody else has this e-mail address.", field="email")
    if details.unit_id is not None and session.get(Unit, details.unit_id) is None:
        yield InvalidValue("Select a unit from the list.", field="unit_id")
    if details.supervisor:
        yield from _supervisor_problems(session, details, person_id)


def _supervisor_problems(
    session: Session, details: Details, person_id: int | None
) -> Iterator[InvalidValue]:
    supervisor_id = _by_staff_number(session, details.supervisor)
    if supervisor_id is None:
        yield InvalidValue("Nobody here has this staff number.", field="supervisor")
    elif supervisor_id == person_id:
        yield InvalidValue("A person can’t supervise themselves.", field="supervisor")


def _taken(session: Session, condition: ColumnElement[bool], person_id: int | None) -> bool:
    found = session.scalar(select(Person.id).where(condition))
    return found is not None and found != person_id


def _by_staff_number(session: Session, staff_number: str) -> int | None:
    if not staff_number:
        return None
    return session.scalar(
        select(Person.id).where(func.upper(Person.staff_number) == staff_number, Person.active)
    )
