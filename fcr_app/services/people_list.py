"""The staff list, a page at a time, by surname."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.numbers import name_key
from fcr_app.domain.roles import Role
from fcr_app.models import Person, RoleGrant, Unit
from fcr_app.services.actors import in_force

PAGE_SIZE = 25
#: Counting stops here: people need to know "many", not how many.
MOST_COUNTED = 1000


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What the list is narrowed to, and where in it to look.

    Attributes:
        words: The beginning of a name or e-mail address, or a staff number.
        left: List people who have left, and not those who are here.
        after: Id of the last person on the page before. An id, as a name has no place in an
            address.
        before: Id of the first person on the page after.
    """

    words: str = ""
    role: Role | None = None
    left: bool = False
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A person as the list shows them, with the roles in force today."""

    id: int
    name: str
    staff_number: str
    unit: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """One page of the list. ``count`` stops at a thousand."""

    rows: tuple[PersonRow, ...]
    count: int
    before: int | None
    after: int | None


def list_people(session: Session, sought: Sought, *, today: date) -> PeoplePage:
    """Return one page of people. Takes three statements."""
    wanted = _wanted(sought, today)
    counted = wanted.with_only_columns(Person.id).limit(MOST_COUNTED).subquery()
    count = session.scalar(select(func.count()).select_from(counted)) or 0
    backwards, place = sought.before is not None, sought.before or sought.after
    if place is not None:
        wanted = wanted.where(_beyond(place, backwards=backwards))
    keys: tuple[Any, ...] = (Person.name_key, Person.id)
    if backwards:
        keys = tuple(key.desc() for key in keys)
    found = session.execute(wanted.order_by(*keys).limit(PAGE_SIZE + 1)).all()
    more, rows = len(found) > PAGE_SIZE, list(found[:PAGE_SIZE])
    if backwards:
        rows.reverse()
    earlier, later = (more, True) if backwards else (place is not None, more)
    return PeoplePage(
        rows=_with_roles(session, rows, today),
        count=count,
        before=rows[0].id if rows and earlier else None,
        after=rows[-1].id if rows and later else None,
    )


def _wanted(sought: Sought, today: date) -> Select[*tuple[Any, ...]]:
    wanted = (
        select(Person.id, Person.name, Person.staff_number, Unit.name.label("unit"))
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(~Person.active if sought.left else Person.active)
    )
    if words := " ".join(sought.words.split()):
        wanted = wanted.where(_matches(words))
    if sought.role:
        holders = select(RoleGrant.person_id).where(
            RoleGrant.role == sought.role.value, in_force(RoleGrant, today)
        )
        wanted = wanted.where(Person.id.in_(holders))
    return wanted


def _matches(words: str) -> ColumnElement[bool]:
    return or_(
        Person.name_key.startswith(words.lower(), autoescape=True),
        Person.name_key.startswith(name_key(words), autoescape=True),
        Person.email.startswith(words.lower(), autoescape=True),
        func.upper(Person.staff_number) == words.upper(),
    )


def _beyond(place: int, *, backwards: bool) -> ColumnElement[bool]:
    """Return the condition that a person comes after (or before) another in the list."""
    there = aliased(Person)
    edge = select(there.name_key).where(there.id == place).scalar_subquery()
    here, other = tuple_(Person.name_key, Person.id), tuple_(edge, place)
    return here < other if backwards else here > other


def _with_roles(session: Session, rows: Sequence[Any], today: date) -> tuple[PersonRow, ...]:
    roles: dict[int, list[Role]] = {}
    grants = session.execute(
        select(RoleGrant.person_id, RoleGrant.role)
        .where(RoleGrant.person_id.in_([row.id for row in rows]), in_force(RoleGrant, today))
        .order_by(RoleGrant.role)
    )
    for person_id, role in grants:
        roles.setdefault(person_id, []).append(Role(role))
    return tuple(
        PersonRow(
            id=row.id,
            name=row.name,
            staff_number=row.staff_number,
            unit=row.unit or "",
            roles=tuple(roles.get(row.id, ())),
        )
        for row in rows
    )
