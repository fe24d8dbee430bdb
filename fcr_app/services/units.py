"""The parts of the force, as a tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import Person, Unit
from fcr_app.services.log import Record, record_change

LONGEST_NAME = 120
LONGEST_PATH = 200


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit in its place in the tree.

    Attributes:
        depth: 0 for a unit that is part of no other.
        people_count: People who work in this very unit today.
    """

    id: int
    name: str
    parent_id: int | None
    depth: int
    people_count: int


def unit_tree(session: Session) -> list[UnitRow]:
    """Return the units, each followed by its parts, by name within each."""
    people = (
        select(Person.unit_id, func.count().label("people"))
        .where(Person.active)
        .group_by(Person.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.parent_id, Unit.path, func.coalesce(people.c.people, 0))
        .outerjoin(people, people.c.unit_id == Unit.id)
        .where(Unit.active)
    ).all()
    names = {row.id: row.name for row in rows}

    def place(path: str) -> list[str]:
        return [names.get(int(part), "").casefold() for part in path.split("/") if part]

    return [
        UnitRow(
            id=unit_id,
            name=name,
            parent_id=parent_id,
            depth=path.count("/") - 2,
            people_count=people_count,
        )
        for unit_id, name, parent_id, path, people_count in sorted(
            rows, key=lambda row: place(row.path)
        )
    ]


def add_unit(
    session: Session, actor: Actor, name: str, parent_id: int | None, *, now: datetime
) -> int:
    """Add a unit to the tree. Returns its id.

    Raises:
        InvalidValue: If the name can't be used.
        NotFound: If there is no such parent.
    """
    parent = get_unit(session, parent_id) if parent_id else None
    unit = Unit(name=_usable(session, name, but=None), parent_id=parent_id, path="")
    session.add(unit)
    session.flush()
    unit.path = _path(unit, parent)
    _log(session, actor, "unit:added", unit.id, now=now, detail=f"part of {parent_id}")
    return unit.id


def change_unit(  # noqa: PLR0913 - who changes what, to what, when
    session: Session,
    actor: Actor,
    unit_id: int,
    name: str,
    parent_id: int | None,
    *,
    now: datetime,
) -> None:
    """Rename a unit, or move it with all its parts.

    Raises:
        InvalidValue: If the name can't be used, or it would become part of itself.
        NotFound: If there is no such unit or parent.
    """
    unit = get_unit(session, unit_id, to_change=True)
    usable = _usable(session, name, but=unit_id)
    if unit.name != usable:
        unit.name = usable
        _log(session, actor, "unit:renamed", unit_id, now=now, detail="")
    if unit.parent_id == parent_id:
        return
    parent = get_unit(session, parent_id) if parent_id else None
    if parent and parent.path.startswith(unit.path):
        raise InvalidValue("A unit can’t become a part of itself.", field="parent_id")
    detail = f"from {unit.parent_id} to {parent_id}"
    _move(session, unit, parent)
    _log(session, actor, "unit:moved", unit_id, now=now, detail=detail)


def get_unit(session: Session, unit_id: int, *, to_change: bool = False) -> Unit:
    """Return a unit.

    Args:
        to_change: Keep others from changing it meanwhile.

    Raises:
        NotFound: If there is none.
    """
    unit = session.get(Unit, unit_id, with_for_update=to_change or None)
    if unit is None:
        raise NotFound("There is no such unit.")
    return unit


def _move(session: Session, unit: Unit, parent: Unit | None) -> None:
    old = unit.path
    below: Sequence[Unit] = session.scalars(select(Unit).where(Unit.path.startswith(old))).all()
    unit.parent_id = parent.id if parent else None
    new = _path(unit, parent)
    for part in below:
        part.path = new + part.path.removeprefix(old)
        if len(part.path) > LONGEST_PATH:
            raise InvalidValue("The tree would become too deep.", field="parent_id")


def _path(unit: Unit, parent: Unit | None) -> str:
    return f"{parent.path if parent else '/'}{unit.id}/"


def _usable(session: Session, name: str, *, but: int | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidValue("Enter the unit’s name.", field="name")
    if len(name) > LONGEST_NAME:
        raise InvalidValue(f"Use {LONGEST_NAME} characters or fewer.", field="name")
    same = session.scalar(select(Unit.id).where(func.lower(Unit.name) == name.lower()))
    if same is not None and same != but:
        raise InvalidValue("Another unit has this name. Names must differ.", field="name")
    return name


def _log(  # noqa: PLR0913 - a log entry has this many parts
    session: Session, actor: Actor, what: str, unit_id: int, *, now: datetime, detail: str
) -> None:
    verb = "collection" if what == "unit:added" else "alteration"
    record_change(
        session, actor, what, Record.REFERENCE, unit_id, now=now, verb=verb, detail=detail
    )
