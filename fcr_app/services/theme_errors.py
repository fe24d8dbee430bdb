"""How often an error was fed back, by month and by part of the force; never by person (FB-04).

A small count tells of somebody whom others can name. It is left out, and with it whatever would
give it back (docs/decisions, on suppression).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.disclosure import INTERNAL, Key, Publication, Sum, protect
from fcr_app.domain.disclosure.thresholds import SMALLEST_SHOWN
from fcr_app.domain.london import LONDON, to_london
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.themes import MONTHS, Theme
from fcr_app.models import FeedbackItem, Person, Unit
from fcr_app.services.counted_errors import is_counted

TOTAL: Key = ("total",)
NO_UNIT = "No unit"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a table: what it counts, and the count; None where it is left out."""

    label: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class ThemeErrors:
    """What is shown of a theme's errors.

    Attributes:
        total: None where it is from 1 to 4, or one of several that a small one could be made out
            from. Then nothing else is shown either.
        left_out: Whether any line is left out.
    """

    since: date
    total: int | None
    months: tuple[Line, ...]
    units: tuple[Line, ...]

    @property
    def left_out(self) -> bool:
        """Whether any count is left out."""
        return any(line.count is None for line in (*self.months, *self.units))


def error_totals(session: Session, *, now: datetime) -> dict[ErrorType, int]:
    """Return how often each kind of error was fed back in the last 12 months."""
    since = _starts(now)[0]
    rows = session.execute(
        select(FeedbackItem.error_type, func.count())
        .where(is_counted(), FeedbackItem.created_at >= since)
        .group_by(FeedbackItem.error_type)
    )
    found = dict.fromkeys(ErrorType, 0)
    found.update({ErrorType(error): count for error, count in rows})
    return found


def shown_total(theme: Theme, totals: Mapping[ErrorType, int]) -> int | None:
    """Return a theme's total, or None where it is left out.

    A rule gathers errors that have pages of their own, so a total with a small part in it would
    give that part back.
    """
    parts = [totals[error] for error in theme.errors]
    return None if any(0 < part < SMALLEST_SHOWN for part in parts) else sum(parts)


def theme_errors(session: Session, theme: Theme, *, now: datetime) -> ThemeErrors:
    """Return a theme's errors by month and by part of the force. Takes three statements at most."""
    starts = _starts(now)
    since = to_london(starts[0]).date()
    total = shown_total(theme, error_totals(session, now=now))
    if not total:
        return ThemeErrors(since=since, total=total, months=(), units=())
    by_month, by_unit = _counted(session, theme, starts)
    months = [f"{to_london(start):%B %Y}" for start in starts]
    counts: dict[Key, int] = {TOTAL: total}
    counts |= {("month", month): by_month[place] for place, month in enumerate(months)}
    counts |= {("unit", unit): count for unit, count in by_unit.items()}
    sums = tuple(
        Sum(TOTAL, tuple(key for key in counts if key[0] == kind)) for kind in ("month", "unit")
    )
    gaps = protect(Publication(counts=counts, sums=sums), INTERNAL)

    def lines(kind: str) -> tuple[Line, ...]:
        return tuple(
            Line(label=key[1], count=None if key in gaps else count)
            for key, count in counts.items()
            if key[0] == kind
        )

    return ThemeErrors(since=since, total=total, months=lines("month"), units=lines("unit"))


def _counted(
    session: Session, theme: Theme, starts: Sequence[datetime]
) -> tuple[Counter[int], dict[str, int]]:
    """Count by place of the month, and by the big part of the force that people work in."""
    month = case(
        *((FeedbackItem.created_at < later, place) for place, later in enumerate(starts[1:])),
        else_=len(starts) - 1,
    )
    rows = session.execute(
        select(month.label("month"), Unit.path, func.count())
        .select_from(FeedbackItem)
        .join(Person, Person.id == FeedbackItem.to_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(
            is_counted(),
            FeedbackItem.error_type.in_([error.value for error in theme.errors]),
            FeedbackItem.created_at >= starts[0],
        )
        .group_by(month, Unit.path)
    ).all()
    names = _big_parts(session)
    by_month, by_unit = Counter[int](), Counter[str]()
    for place, path, count in rows:
        by_month[place] += count
        by_unit[names.get(_part_of(path), NO_UNIT)] += count
    every = {**dict.fromkeys(names.values(), 0), **by_unit}
    return by_month, {name: every[name] for name in every if name != NO_UNIT or every[name]}


def _big_parts(session: Session) -> dict[int, str]:
    """Return the names of the parts that a force is made of: the units right below its root."""
    roots = select(Unit.id).where(Unit.parent_id.is_(None)).correlate(None)
    rows = session.execute(
        select(Unit.id, Unit.name)
        .where(or_(Unit.parent_id.is_(None), Unit.parent_id.in_(roots)))
        .order_by(Unit.name)
    )
    return dict(rows.all())


def _part_of(path: str | None) -> int:
    """Return the id of the big part that a unit's path leads through; 0 for no unit."""
    parts = [int(part) for part in (path or "").split("/") if part]
    return parts[1] if len(parts) > 1 else (parts or [0])[0]


def _starts(now: datetime) -> tuple[datetime, ...]:
    """Return when each of the last 12 months began in London, the present one last."""
    today = to_london(now).date()
    firsts = []
    for back in reversed(range(MONTHS)):
        months = today.year * 12 + today.month - 1 - back
        firsts.append(date(months // 12, months % 12 + 1, 1))
    return tuple(datetime.combine(day, time(), LONDON).astimezone(UTC) for day in firsts)
