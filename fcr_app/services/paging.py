"""Pages of a long list, each found by where the last one ended.

Page 1,000 costs what page 1 does, and rows that come or go never make one show twice or not at
all. Works for any list whose order is a moment and an id.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    false,
    literal,
    literal_column,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T")

PAGE_SIZE = 25
#: Counting stops here: people need to know "many", not how many.
MOST_COUNTED = 1000


def written(limit: int) -> ColumnElement[int]:
    """Return a limit that stands in the statement itself.

    PostgreSQL plans a statement that comes again and again without its values. Not knowing that
    only a page is wanted, it reads whole tables.
    """
    return literal_column(str(limit), Integer)


PAGE_AND_ONE = written(PAGE_SIZE + 1)

_CURSOR = re.compile(r"(none|\d{8}T\d{6}\.\d{6})-(\d{1,9})")
_FORMAT = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class Cursor:
    """A place in a list: just after a row, or just before it.

    Attributes:
        at: The row's moment; None if it has none, which sorts last.
        backwards: The page wanted is the one before.
    """

    at: datetime | None
    id: int
    backwards: bool = False

    def __str__(self) -> str:
        at = "none" if self.at is None else self.at.astimezone(UTC).strftime(_FORMAT)
        return f"{at}-{self.id}"


def read_cursor(after: str, before: str) -> Cursor | None:
    """Read a cursor from an address; None, so the first page, if it is not one."""
    for text, backwards in ((after, False), (before, True)):
        if match := _CURSOR.fullmatch(text):
            try:
                at = _read_moment(match[1])
            except ValueError:
                continue
            return Cursor(at, int(match[2]), backwards)
    return None


def _read_moment(text: str) -> datetime | None:
    return None if text == "none" else datetime.strptime(text, _FORMAT).replace(tzinfo=UTC)


def at_day(day: date) -> datetime:
    """Return a day as a place in a list that is sorted by days."""
    return datetime.combine(day, time.min, UTC)


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: a moment or a day, then the id.

    Attributes:
        may_lack: A row may have no such moment, and then sorts last.
    """

    moment: InstrumentedAttribute[Any]
    id: InstrumentedAttribute[int]
    newest_first: bool = False
    may_lack: bool = False

    def place(self, cursor: Cursor | None) -> Cursor | None:
        """Return a cursor if it can be one of this order, or None: begin at the first page."""
        lost = cursor is not None and cursor.at is None and not self.may_lack
        return None if lost else cursor

    def by(self, cursor: Cursor | None) -> bool:
        """Say whether to read downwards, which going back turns round."""
        return self.newest_first != (cursor is not None and cursor.backwards)


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list.

    Attributes:
        before: The cursor of the page before; empty on the first.
        after: The cursor of the page after; empty on the last.
    """

    rows: tuple[T, ...]
    before: str = ""
    after: str = ""


def page_of_ids(
    ways: Sequence[ColumnElement[bool]], order: Order, cursor: Cursor | None
) -> Select[Any]:
    """Return the ids and moments of one page, and of one row more to see whether there is one.

    Args:
        ways: A row is listed if any of these holds. Each is looked for apart, in order and only as
            far as a page, so that each can walk its own index.
    """
    down = order.by(cursor)
    parts = [_first(way, order, cursor, down=down) for way in ways or (false(),)]
    if len(parts) == 1:
        return parts[0]
    found = union(*(select(part.subquery()) for part in parts)).subquery()
    keys = (found.c.moment, found.c.id)
    return select(*keys).order_by(*(_direct(key, down=down) for key in keys)).limit(PAGE_AND_ONE)


def _first(
    way: ColumnElement[bool], order: Order, cursor: Cursor | None, *, down: bool
) -> Select[Any]:
    keys = (order.moment, order.id)
    statement = select(order.moment.label("moment"), order.id.label("id")).where(way)
    if cursor is not None:
        at = cursor.at.date() if cursor.at and isinstance(order.moment.type, Date) else cursor.at
        place = tuple_(literal(at, order.moment.type), literal(cursor.id, order.id.type))
        beyond = tuple_(*keys) < place if down else tuple_(*keys) > place
        statement = statement.where(beyond)
    return statement.order_by(*(_direct(key, down=down) for key in keys)).limit(PAGE_AND_ONE)


def _direct(key: Any, *, down: bool) -> Any:
    return key.desc() if down else key.asc()


def cut(rows: Sequence[tuple[Cursor, T]], cursor: Cursor | None) -> Page[T]:
    """Return the page that was read, without the row too many, with the cursors around it.

    Args:
        rows: In the order they were read: backwards for the page before.
    """
    more = len(rows) > PAGE_SIZE
    kept = list(rows[:PAGE_SIZE])
    if cursor is not None and cursor.backwards:
        kept.reverse()
        earlier, later = more, True
    else:
        earlier, later = cursor is not None, more
    return Page(
        rows=tuple(row for _, row in kept),
        before=str(kept[0][0]) if kept and earlier else "",
        after=str(kept[-1][0]) if kept and later else "",
    )
