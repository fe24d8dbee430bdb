"""What the diary can be narrowed to: units and officers, read in one statement."""

from collections.abc import Sequence, Set as AbstractSet

from sqlalchemy import ColumnElement, literal, select, union_all
from sqlalchemy.orm import Session

from fcr_app.models import Person, Unit
from fcr_app.services.crime_choices import Choice, unit_choices

_UNIT, _OFFICER = "unit", "officer"


def choices(
    session: Session, people: AbstractSet[int], unit_id: int | None, most: int
) -> tuple[Sequence[Choice], Sequence[Choice]]:
    """Return the units in use, and officers: some people, and those of a unit and within it.

    Args:
        most: So many officers at most.
    """
    wanted: ColumnElement[bool] = Person.id.in_(people)
    if unit_id is not None:
        wanted |= Person.unit_id.in_(within(unit_id)) & Person.active
    some = (
        select(Person.id, Person.name, Person.name_key, Person.active)
        .where(wanted)
        .order_by(Person.name_key)
        .limit(most)
        .subquery()
    )
    # A unit's place in the tree and what an officer is sorted by share a column.
    units = select(literal(_UNIT).label("kind"), Unit.id, Unit.name, Unit.path, Unit.active)
    rows = session.execute(union_all(units, select(literal(_OFFICER), *some.c))).all()
    officers = sorted((row for row in rows if row.kind == _OFFICER), key=lambda row: row.path)
    return (
        unit_choices([row for row in rows if row.kind == _UNIT]),
        [Choice(id=row.id, label=row.name) for row in officers],
    )


def within(unit_id: int) -> ColumnElement[int]:
    """Return the ids of a unit and of all units within it."""
    path = select(Unit.path).where(Unit.id == unit_id).correlate(None).scalar_subquery()
    return select(Unit.id).where(Unit.path.startswith(path)).correlate(None).scalar_subquery()
