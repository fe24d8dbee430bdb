"""Counts of each month, kept every night, for a force in which counting takes too long for a page.

A small force never notices: up to so many victims its figures are counted as they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.period import MOST_MONTHS, Period
from fcr_app.models import (
    EqualityCrimeCount,
    EqualityKnownCount,
    EqualityMonth,
    EqualityReportCount,
)
from fcr_app.services.equality_figures.live import Live
from fcr_app.services.equality_figures.source import (
    ByItem,
    ByKey,
    Crimes,
    Dimension,
    Reports,
    Source,
)

#: Victims in a period up to which they are counted as they are now: a fifth of a second.
LIVE_UP_TO = 20_000
ALL, CHILDREN = "all", "children"
#: A month needs no breakdown by month.
KEPT = (Dimension.ROUTE, Dimension.OFFENCE_GROUP, Dimension.UNIT)


@dataclass(frozen=True, kw_only=True)
class MonthCounts:
    """Everything that is kept of a month, as rows of the three tables."""

    month: date
    victims: int
    known: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    crimes: list[dict[str, Any]]


def source_for(session: Session, period: Period) -> tuple[Source, datetime | None]:
    """Return where to take the counts of a period from, and when they were kept.

    Kept ones only where every month has them and there are many victims; None means as of now.
    """
    months, kept_at, victims = session.execute(
        select(
            func.count(), func.min(EqualityMonth.counted_at), func.sum(EqualityMonth.victims)
        ).where(EqualityMonth.month >= period.first, EqualityMonth.month <= period.last)
    ).one()
    if months == period.months and victims > LIVE_UP_TO:
        return Stored(session, period), kept_at
    return Live(session, period), None


def months_to_count(today: date) -> tuple[date, ...]:
    """Return the months that are kept: this one, and as many before as may be asked for."""
    this = today.replace(day=1)
    return Period(this.replace(year=this.year - MOST_MONTHS // 12), this).each()


def count_month(session: Session, month: date) -> MonthCounts:
    """Count a month. It takes seconds in a large force, so it only reads."""
    live = Live(session, Period(month, month))
    victims = live.victims()
    known = [
        _known(ALL, "", "", "", victims),
        _known(CHILDREN, "", "", "", live.children()),
        *(_known(ALL, "", *row) for row in live.answered()),
    ]
    for by in KEPT:
        known += [_known(by.value, *row) for row in live.every_answer(by)]
    items = tuple(Item)
    return MonthCounts(
        month=month,
        victims=victims,
        known=known,
        reports=[one._asdict() for one in (*live.reports(items), *live.reports(()))],
        crimes=[one._asdict() for one in (*live.crimes(items), *live.crimes(()))],
    )


def keep_month(session: Session, counts: MonthCounts, *, now: datetime) -> None:
    """Keep the counts of a month instead of those it had."""
    for table in (EqualityKnownCount, EqualityReportCount, EqualityCrimeCount):
        session.execute(delete(table).where(table.month == counts.month))
    session.execute(delete(EqualityMonth).where(EqualityMonth.month == counts.month))
    session.add(EqualityMonth(month=counts.month, victims=counts.victims, counted_at=now))
    session.flush()
    for table, rows in (
        (EqualityKnownCount, counts.known),
        (EqualityReportCount, counts.reports),
        (EqualityCrimeCount, counts.crimes),
    ):
        if rows:
            session.execute(insert(table), [{**row, "month": counts.month} for row in rows])


def _known(dimension: str, key: str, item: str, reason: str, count: int) -> dict[str, Any]:
    return {"dimension": dimension, "key": key, "item": item, "reason": reason, "count": count}


class Stored(Source):
    """Adds up the counts kept of each month."""

    def __init__(self, session: Session, period: Period) -> None:
        self.session = session
        self.period = period

    def victims(self) -> int:
        """Return how many victims who are people there are."""
        return self._sum_of(ALL)

    def children(self) -> int:
        """Return how many of them are known to be under 16."""
        return self._sum_of(CHILDREN)

    def answered(self) -> list[ByItem]:
        """Return the answers in force to every item."""
        one = EqualityKnownCount
        rows = self.session.execute(
            select(one.item, one.reason, func.sum(one.count))
            .where(self._in(one.month), one.dimension == ALL, one.item != "")
            .group_by(one.item, one.reason)
        )
        return [ByItem(*row) for row in rows]

    def broken_down(self, item: Item, by: Dimension) -> list[ByKey]:
        """Return the victims by something else and by whether an item is known."""
        one = EqualityKnownCount
        is_month = by is Dimension.MONTH
        key: Any = one.month if is_month else one.key
        rows = self.session.execute(
            select(key, one.item, one.reason, func.sum(one.count))
            .where(
                self._in(one.month),
                one.dimension == (ALL if is_month else by.value),
                one.item.in_(("", item.value)),
            )
            .group_by(key, one.item, one.reason)
        ).all()
        answered = [
            ByKey(_named(name), is_answered=True, reason=why, victims=n)
            for name, of, why, n in rows
            if of
        ]
        blank = {_named(name): n for name, of, _, n in rows if not of}
        for row in answered:
            blank[row.key] = blank.get(row.key, 0) - row.victims
        return answered + [
            ByKey(name, is_answered=False, reason="", victims=n) for name, n in blank.items() if n
        ]

    def reports(self, items: Sequence[Item]) -> list[Reports]:
        """Return closed reports by group of each item; of everybody where no item is given."""
        one = EqualityReportCount
        by = (one.item, one.group, one.opening_code, one.route)
        found = self._added_up(items, one, by, (one.in_time, one.late, one.n100, one.every))
        return [Reports(*row) for row in self.session.execute(found)]

    def crimes(self, items: Sequence[Item]) -> list[Crimes]:
        """Return victims of crimes by group of each item; of everybody where none is given."""
        one = EqualityCrimeCount
        by = (one.item, one.group, one.offence_group)
        found = self._added_up(items, one, by, (one.cancelled, one.every))
        return [Crimes(*row) for row in self.session.execute(found)]

    def _added_up(
        self,
        items: Sequence[Item],
        table: type[EqualityReportCount | EqualityCrimeCount],
        by: Sequence[Any],
        counts: Sequence[Any],
    ) -> Select[Any]:
        wanted = [item.value for item in items] or [""]
        return (
            select(*by, *(func.sum(count) for count in counts))
            .where(self._in(table.month), table.item.in_(wanted))
            .group_by(*by)
        )

    def _sum_of(self, dimension: str) -> int:
        one = EqualityKnownCount
        found = select(func.sum(one.count)).where(
            self._in(one.month), one.dimension == dimension, one.item == ""
        )
        return self.session.scalar(found) or 0

    def _in(self, month: Any) -> ColumnElement[bool]:
        return and_(month >= self.period.first, month <= self.period.last)


def _named(key: Any) -> str:
    return f"{key:%Y-%m}" if isinstance(key, date) else str(key)
