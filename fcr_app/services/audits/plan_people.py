"""Who examines, sees to and approves audits: people by what their roles let them do today."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fcr_app.domain.permissions import Permission
from fcr_app.domain.roles import Role
from fcr_app.models import Person, RoleGrant
from fcr_app.services.actors import in_force
from fcr_app.services.crime_choices import Choice

#: As many as a person can choose from by reading them; no force has more auditors.
MOST_EXAMINERS = 100


def people_with(session: Session, roles: Iterable[Role], today: date) -> list[int]:
    """Return the people in post who hold one of some roles on a day."""
    return list(
        session.scalars(
            select(Person.id).where(Person.active, Person.id.in_(_holders(roles, today)))
        )
    )


def examiners(session: Session, today: date) -> Sequence[Choice]:
    """Return whoever may examine the records of an audit, by name."""
    rows = session.execute(
        select(Person.id, Person.name, Person.staff_number)
        .where(Person.active, Person.id.in_(_holders(Permission.REVIEW_AUDITS.roles, today)))
        .order_by(Person.name_key, Person.id)
        .limit(MOST_EXAMINERS)
    ).all()
    return [Choice(id=row.id, label=f"{row.name} ({row.staff_number})") for row in rows]


def not_examiners(session: Session, people: Collection[int], today: date) -> set[int]:
    """Return those of some people who may not examine the records of an audit."""
    wanted = set(people)
    if not wanted:
        return set()
    found = session.scalars(
        select(Person.id).where(
            Person.active,
            Person.id.in_(wanted),
            Person.id.in_(_holders(Permission.REVIEW_AUDITS.roles, today)),
        )
    )
    return wanted - set(found)


def _holders(roles: Iterable[Role], today: date) -> Select[int]:
    named = sorted(role.value for role in roles)
    return select(RoleGrant.person_id).where(RoleGrant.role.in_(named), in_force(RoleGrant, today))
