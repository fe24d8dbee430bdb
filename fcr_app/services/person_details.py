"""What an administrator types about a person, and whether it can be used."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import Person, Unit

LONGEST_NAME = 120
LONGEST_NUMBER = 40
LONGEST_EMAIL = 254
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
            supervisor="".join(self.supervisor.split()),
        )


def require_usable(session: Session, details: Details, *, person_id: int | None) -> None:
    """Refuse details that can't be used.

    Args:
        person_id: Whose they are; None for somebody new.

    Raises:
        InvalidValues: With every problem and its field.
    """
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
    elif len(details.staff_number) > LONGEST_NUMBER:
        yield InvalidValue(f"Use {LONGEST_NUMBER} characters or fewer.", field="staff_number")
    elif _taken(
        session, func.upper(Person.staff_number) == details.staff_number.upper(), person_id
    ):
        yield InvalidValue("Somebody else has this staff number.", field="staff_number")
    yield from _email_problems(session, details, person_id)
    if details.unit_id is not None and session.get(Unit, details.unit_id) is None:
        yield InvalidValue("Select a unit from the list.", field="unit_id")
    if details.supervisor:
        yield from _supervisor_problems(session, details, person_id)


def _email_problems(
    session: Session, details: Details, person_id: int | None
) -> Iterator[InvalidValue]:
    if not _EMAIL.fullmatch(details.email):
        yield InvalidValue("Enter an e-mail address in the form name@force.example.", field="email")
    elif len(details.email) > LONGEST_EMAIL:
        yield InvalidValue(f"Use {LONGEST_EMAIL} characters or fewer.", field="email")
    elif _taken(session, Person.email == details.email, person_id):
        yield InvalidValue("Somebody else has this e-mail address.", field="email")


def _supervisor_problems(
    session: Session, details: Details, person_id: int | None
) -> Iterator[InvalidValue]:
    supervisor_id = by_staff_number(session, details.supervisor)
    if supervisor_id is None:
        yield InvalidValue("Nobody here has this staff number.", field="supervisor")
    elif supervisor_id == person_id:
        yield InvalidValue("A person can’t supervise themselves.", field="supervisor")


def _taken(session: Session, condition: ColumnElement[bool], person_id: int | None) -> bool:
    found = session.scalar(select(Person.id).where(condition))
    return found is not None and found != person_id


def by_staff_number(session: Session, staff_number: str) -> int | None:
    """Return who has a staff number, or None if nobody here has it."""
    if not staff_number:
        return None
    return session.scalar(
        select(Person.id).where(
            func.upper(Person.staff_number) == staff_number.upper(), Person.active
        )
    )
