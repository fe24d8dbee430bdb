"""The demonstration force: its units, its people and what they may do.

Nobody in it is real: people are named by what they are.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.numbers import name_key
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.errors import NotADemonstration
from fcr_app.models import Deputy, Force, Person, PersonAccreditation, RoleGrant, Unit
from fcr_app.services.bank_holidays import add_bank_holidays

FORCE_NAME = "Demonstration Constabulary"
#: No secret: it is printed by the command, and works only in a force marked as a demonstration.
DEMO_PASSWORD = "only-a-demonstration"  # noqa: S105 - meant to be known
DOMAIN = "demo.example"
#: How long ago people's roles and training began, so that older decisions have authority too.
HELD_FOR = timedelta(days=800)
REGISTER = AccreditationKind.REGISTER
COURSE = AccreditationKind.DDM_COURSE


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Who can sign in to the demonstration, and as what."""

    name: str
    roles: tuple[Role, ...]
    email: str
    remark: str = ""


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the demonstration's own data files."""
    text = (resources.files("fcr_app") / "data" / "demo" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def email_of(key: str) -> str:
    """Return the address a demonstration person signs in with."""
    return f"{key}@{DOMAIN}"


def sign_ins() -> list[SignIn]:
    """Return everybody who can sign in, in the order a visitor would try them."""
    return [
        SignIn(
            name=row["name"],
            roles=tuple(Role(role) for role in row["roles"].split()),
            email=email_of(row["key"]),
            remark=row["remark"],
        )
        for row in rows_of("people.csv")
    ]


def require_demonstration(session: Session) -> Force | None:
    """Return the demonstration force, or None on a database that holds no force yet.

    Raises:
        NotADemonstration: If the database holds a real force, or people but no force.
    """
    force = session.get(Force, 1)
    people = session.scalar(select(func.count()).select_from(Person)) or 0
    if (force and not force.demonstration) or (force is None and people):
        raise NotADemonstration(
            "This database holds a real force, so no demonstration data was added. "
            "Point DATABASE_URL at an empty database to try the demonstration."
        )
    return force


def add_force(session: Session, today: date) -> None:
    """Add the force and its calendar."""
    session.add(Force(id=1, name=FORCE_NAME, demonstration=True))
    add_bank_holidays(session, range(today.year - 2, today.year + 3))


def add_units(session: Session) -> dict[str, Unit]:
    """Add the units; return them by key."""
    units: dict[str, Unit] = {}
    for row in rows_of("units.csv"):
        parent = units.get(row["parent"])
        unit = Unit(name=row["name"], parent_id=parent.id if parent else None, path="")
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        units[row["key"]] = unit
    return units


def add_people(
    session: Session, units: Mapping[str, Unit], password_hash: str, *, now: datetime
) -> dict[str, Person]:
    """Add the people with their roles and training; return them by key."""
    people: dict[str, Person] = {}
    for number, row in enumerate(rows_of("people.csv"), start=1):
        supervisor = people.get(row["supervisor"])
        person = Person(
            staff_number=f"DEMO{number:03}",
            name=row["name"],
            name_key=name_key(row["name"]),
            email=email_of(row["key"]),
            unit_id=units[row["unit"]].id,
            supervisor_id=supervisor.id if supervisor else None,
            password_hash=password_hash,
            created_at=now - HELD_FOR,
        )
        session.add(person)
        session.flush()
        people[row["key"]] = person
        _add_authority(session, person, row, now.date())
    session.add(
        Deputy(
            person_id=people["fcr"].id,
            deputy_id=people["deputy"].id,
            starts_on=now.date() - timedelta(days=14),
            ends_on=now.date() + timedelta(days=90),
        )
    )
    session.flush()
    return people


def _add_authority(session: Session, person: Person, row: Mapping[str, str], today: date) -> None:
    """Add a person's roles, and the training and register entries that give authority."""
    since = today - HELD_FOR
    session.add_all(
        RoleGrant(person_id=person.id, role=role, starts_on=since) for role in row["roles"].split()
    )
    columns = ((REGISTER, "register_ends_in_days"), (COURSE, "course_ends_in_days"))
    session.add_all(
        PersonAccreditation(
            person_id=person.id,
            kind=kind.value,
            starts_on=since,
            ends_on=today + timedelta(days=int(row[column])),
            evidence=f"Demonstration {'register entry' if kind is REGISTER else 'certificate'} "
            f"{person.staff_number}",
        )
        for kind, column in columns
        if row[column]
    )
