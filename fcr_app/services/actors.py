"""Who is acting, with the roles and accreditations that are in force today."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import CompoundSelect

from fcr_app.domain.roles import Accreditation, AccreditationKind, Actor, Role
from fcr_app.errors import NotFound
from fcr_app.models import Deputy, Person, PersonAccreditation, RoleGrant, Unit


def in_force(
    table: type[RoleGrant] | type[PersonAccreditation] | type[Deputy],
    today: date | BindParameter[date],
) -> ColumnElement[bool]:
    """Return the condition that a dated row counts today; both days inclusive."""
    return and_(table.starts_on <= today, or_(table.ends_on.is_(None), table.ends_on >= today))


def load_actor(session: Session, person_id: int, *, today: date, address: str = "") -> Actor:
    """Return a person as somebody who acts. Takes three statements, whatever they hold.

    Raises:
        NotFound: If there is no such person, or they have left.
    """
    row = session.execute(_statements()[0], {"person_id": person_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such person.")
    return actor_of(session, row, today=today, address=address)


def actor_of(session: Session, row: Row[*tuple[Any, ...]], *, today: date, address: str) -> Actor:
    """Return a person as somebody who acts. Takes two statements.

    Args:
        row: With the person's ``id``, ``name``, ``unit_id`` and their unit's ``path``.
    """
    _, granted, held = _statements()
    values = {"person_id": row.id, "today": today}
    words = session.scalars(granted, values).all()
    accreditations = session.scalars(held, values).all()
    return Actor(
        id=row.id,
        name=row.name,
        roles=frozenset(Role(word) for word in words if not word.isdigit()),
        accreditations=tuple(as_accreditation(entry) for entry in accreditations),
        unit_id=row.unit_id,
        unit_path=row.path or "",
        deputises_for=frozenset(int(word) for word in words if word.isdigit()),
        address=address,
    )


@cache
def _statements() -> tuple[
    Select[int, str, int | None, str], CompoundSelect[str], Select[PersonAccreditation]
]:
    """Return what every page asks about its person, built once as case_statements are."""
    person_id, today = bindparam("person_id", type_=Integer), bindparam("today", type_=Date)
    person = (
        select(Person.id, Person.name, Person.unit_id, Unit.path)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.id == person_id, Person.active)
    )
    # Roles and the people covered for come in one statement: both are small sets of words.
    granted = (
        select(RoleGrant.role)
        .where(RoleGrant.person_id == person_id, in_force(RoleGrant, today))
        .union_all(
            select(Deputy.person_id.cast(RoleGrant.role.type)).where(
                Deputy.deputy_id == person_id, in_force(Deputy, today)
            )
        )
    )
    held = (
        select(PersonAccreditation)
        .where(PersonAccreditation.person_id == person_id, in_force(PersonAccreditation, today))
        .order_by(PersonAccreditation.id)
    )
    return person, granted, held


def as_accreditation(entry: PersonAccreditation) -> Accreditation:
    """Return a stored accreditation as the rules see it."""
    return Accreditation(
        kind=AccreditationKind(entry.kind),
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        evidence=entry.evidence,
    )
