"""What stands around a worklist: how many in each tab, and what can be filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    cast,
    func,
    literal,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from fcr_app.models import Case, Offence, Person, Unit
from fcr_app.services.paging import MOST_COUNTED, written
from fcr_app.services.visibility import Ways
from fcr_app.services.worklist_filters import Filters

Counts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be filtered by.

    Attributes:
        units: Id and name, the whole tree in order, each with how deep it lies.
        holder: The name of the person that is filtered by, if one is.
    """

    units: tuple[tuple[str, str, int], ...]
    groups: tuple[str, ...]
    holder: str = ""


def surroundings(
    session: Session, lists: Mapping[str, Ways], filters: Filters
) -> tuple[Counts, Choices]:
    """Return the counts of some lists and the choices, in one statement."""
    parts = [
        part("count", literal(name), literal(""), capped(ways, Case.id, Case.due_at, Case.id))
        for name, ways in lists.items()
    ]
    parts.append(part("unit", cast(Unit.id, String), Unit.name, None, Unit.path).where(Unit.active))
    parts.append(
        part("group", Offence.offence_group, literal("")).where(Offence.current).distinct()
    )
    if filters.holder.isdigit():
        person = Person.id == int(filters.holder)
        parts.append(part("holder", literal(filters.holder), Person.name).where(person))
    found = session.execute(union_all(*parts)).all()
    counts = {line.key: in_words(line.number) for line in found if line.kind == "count"}
    units = sorted((line for line in found if line.kind == "unit"), key=tree_place)
    return counts, Choices(
        units=tuple((line.key, line.name, line.path.count("/") - 2) for line in units),
        groups=tuple(sorted(line.key for line in found if line.kind == "group" and line.key)),
        holder=next((line.name for line in found if line.kind == "holder"), ""),
    )


def tree_place(line: Any) -> list[int]:
    """Return where a unit stands when the whole tree is written in order."""
    return [int(part) for part in line.path.split("/") if part]


def part(
    kind: str,
    key: ColumnElement[Any] | Any,
    name: ColumnElement[Any] | Any,
    number: ColumnElement[Any] | None = None,
    path: ColumnElement[Any] | Any = None,
) -> Select[Any]:
    """Return lines of one kind, to be put together with others into one statement."""
    return select(
        literal(kind).label("kind"),
        key.label("key"),
        name.label("name"),
        (literal(0) if number is None else number).label("number"),
        (literal("") if path is None else path).label("path"),
    )


def capped(
    ways: Ways, id_: InstrumentedAttribute[int], *walked: InstrumentedAttribute[Any]
) -> ColumnElement[int]:
    """Return the size of a list, counted no further than one past the most we say.

    Args:
        walked: The order to count in, that of an index, if the database should do it as it reads
            a page. Left to itself, PostgreSQL reads an index again for each value in an "IN".
    """
    limit = written(MOST_COUNTED + 1)
    if not ways:
        return literal(0, Integer)
    parts = [select(id_).where(way).order_by(*walked).limit(limit) for way in ways]
    if len(parts) == 1:
        some = parts[0].subquery()
    else:
        some = union(*(select(part.subquery()) for part in parts)).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def in_words(number: int) -> str:
    """Return a count as a page says it: people need to know "many", not how many."""
    return f"{number:,}" if number <= MOST_COUNTED else f"{MOST_COUNTED:,}+"
