"""The results of each audit of the plan, quarter by quarter, with what they were out of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import Span, months_later
from fcr_app.models import AuditLine, AuditRun
from fcr_app.services.audits.rates import points_of
from fcr_app.workflows.audit_run import State

QUARTERS, _MONTHS = 4, 3


@dataclass(frozen=True, kw_only=True)
class HeatLine:
    """An audit of the plan, with k and n for each quarter; None where nothing was signed off."""

    code: str
    title: str
    cells: tuple[tuple[int, int] | None, ...]


def quarters_to(day: date) -> tuple[Span, ...]:
    """Return the quarter of a day and those before it, the oldest first."""
    first = day.replace(day=1, month=day.month - (day.month - 1) % _MONTHS)
    starts = [months_later(first, -_MONTHS * back) for back in range(QUARTERS)]
    return tuple(
        Span(one, months_later(one, _MONTHS) - timedelta(days=1)) for one in reversed(starts)
    )


def heat_lines(
    session: Session, lines: Sequence[AuditLine], until: date, over: datetime
) -> tuple[tuple[str, ...], tuple[HeatLine, ...]]:
    """Return the quarters in words, and the results of each audit that has one. Three statements.

    An audit belongs to the quarter in which its period ends. What was signed off later, and dip
    samples, are not seen.
    """
    quarters = quarters_to(until)
    found = session.scalars(
        select(AuditRun).where(
            AuditRun.state == State.SIGNED_OFF.value,
            AuditRun.statistical,
            AuditRun.signed_off_at < over,
            AuditRun.period_ends_on.between(quarters[0].starts_on, quarters[-1].ends_on),
        )
    ).all()
    sums: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for point in points_of(session, found):
        number = next(at for at, one in enumerate(quarters) if point.period_ends_on <= one.ends_on)
        sums[point.line_key, number][0] += point.k
        sums[point.line_key, number][1] += point.n
    rows = (_row(line, sums) for line in lines)
    names = tuple(f"{one.starts_on:%b} to {one.ends_on:%b %Y}" for one in quarters)
    return names, tuple(row for row in rows if any(row.cells))


def _row(line: AuditLine, sums: dict[tuple[str, int], list[int]]) -> HeatLine:
    cells = []
    for number in range(QUARTERS):
        counted = sums.get((line.line_key, number))
        cells.append((counted[0], counted[1]) if counted else None)
    return HeatLine(code=line.code, title=line.title, cells=tuple(cells))
