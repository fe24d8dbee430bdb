"""How often an error was fed back, by month and by part of the force; never by person (FB-04).

A small count tells of somebody whom others can name. It is left out, and with it whatever would
give it back (docs/decisions, on suppression).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.disclosure import INTERNAL, Key, Publication, Sum, protect
from fcr_app.domain.london import LONDON, to_london
from fcr_app.domain.themes import MONTHS, Theme, every_theme
from fcr_app.models import FeedbackItem, Unit
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
        total: None where it is from 1 to 4, or would give such a one back. Then nothing else is
            shown either.
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


def shown_totals(session: Session, *, now: datetime) -> dict[str, int | None]:
    """Return each theme's errors of the last 12 months by its key; None where left out.

    The same error is counted with its kind and with the rule that the feedback rests on. So that
    no page gives back what another leaves out, all totals are protected together.
    """
    rows = session.execute(
        select(FeedbackItem.rule_id, FeedbackItem.error_type, func.count())
        .where(is_counted(), FeedbackItem.created_at >= _starts(now)[0])
        .group_by(FeedbackItem.rule_id, FeedbackItem.error_type)
    ).all()
    cells: dict[Key, int] = {("cell", rule, error): count for rule, error, count in rows}
    totals: dict[Key, int] = {("theme", theme.key): 0 for theme in every_theme()}
    parts = defaultdict[Key, list[Key]](list)
    for cell, count in cells.items():
        for key in cell[1:]:
            if ("theme", key) in totals:
                totals["theme", key] += count
                parts["theme", key].append(cell)
    publication = Publication(
        counts=totals | cells,
        sums=tuple(Sum(total, tuple(own)) for total, own in parts.items()),
        unshown=frozenset(cells),
    )
    gaps = protect(publication, INTERNAL)
    return {total[1]: None if total in gaps else count for total, count in totals.items()}


def theme_errors(session: Session, theme: Theme, *, now: datetime) -> ThemeErrors:
    """Return a theme's errors by month and by part of the force. Takes three statements at most."""
    starts = _starts(now)
    since = to_london(starts[0]).date()
    total = shown_totals(session, now=now)[theme.key]
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
    """Count by place of the month, and by the big part of the force that people worked in then."""
    month = case(
        *((FeedbackItem.created_at < later, place) for place, later in enumerate(starts[1:])),
        else_=len(starts) - 1,
    )
    rows = session.execute(
        select(month.label("month"), Unit.path, func.count())
        .select_from(FeedbackItem)
        .outerjoin(Unit, Unit.id == FeedbackItem.unit_id)
        .where(
            is_counted(),
            (FeedbackItem.error_type if theme.is_error else FeedbackItem.rule_id) == theme.key,
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
