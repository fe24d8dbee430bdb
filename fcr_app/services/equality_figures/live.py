"""Figures from the records as they are now. Groups are counted by the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, extract, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import VictimKind
from fcr_app.domain.equality.age import BANDS
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import NOT_ABOUT_A_CRIME, ClosingCode, OpeningCode
from fcr_app.models import (
    Crime,
    EqualityAnswer,
    EqualityRecord,
    Incident,
    Offence,
    Victim,
)
from fcr_app.services.equality_figures.source import (
    ByItem,
    ByKey,
    Crimes,
    Dimension,
    Reports,
    Source,
)

#: Settled by somebody else, or with another report: no decision of the force about this one.
NOT_COUNTED = (ClosingCode.DUPLICATE, ClosingCode.OTHER_FORCE)
ABOUT_A_CRIME = tuple(code for code in OpeningCode if code not in NOT_ABOUT_A_CRIME)
#: Everything that is not asked of children is asked from this age.
ASKED_FROM = 16
CHILDREN = tuple(
    band.key for band in BANDS if band.highest is not None and band.highest < ASKED_FROM
)

_TO_REPORT = (Incident, Incident.id == EqualityRecord.incident_id)
_TO_CRIMES = (
    (Victim, Victim.equality_record_id == EqualityRecord.id),
    (Crime, Crime.id == Victim.crime_id),
)
_YEAR, _MONTH = (extract(part, EqualityRecord.counted_on) for part in ("year", "month"))
#: What each breakdown is by, and the tables that leads through.
_BROKEN_DOWN: dict[Dimension, tuple[ColumnElement[Any], tuple[Any, ...]]] = {
    Dimension.MONTH: (_YEAR * 100 + _MONTH, ()),
    Dimension.ROUTE: (func.coalesce(Incident.route, ""), (_TO_REPORT,)),
    Dimension.OFFENCE_GROUP: (
        func.coalesce(Offence.offence_group, ""),
        (*_TO_CRIMES, (Offence, Offence.id == Crime.offence_id)),
    ),
    Dimension.UNIT: (
        func.coalesce(cast(func.coalesce(Incident.unit_id, Crime.unit_id), String), ""),
        (_TO_REPORT, *_TO_CRIMES),
    ),
}


class Live(Source):
    """Counts the records of a period."""

    def __init__(self, session: Session, period: Period) -> None:
        self.session = session
        self.period = period

    def victims(self) -> int:
        """Return how many victims who are people there are."""
        found = select(func.count()).select_from(EqualityRecord).where(self._counted())
        return self.session.scalar(found) or 0

    def children(self) -> int:
        """Return how many of them are known to be under 16."""
        found = self._answers(func.count()).where(
            EqualityAnswer.item == Item.AGE.value, EqualityAnswer.group.in_(CHILDREN)
        )
        return self.session.scalar(found) or 0

    def answered(self) -> list[ByItem]:
        """Return the answers in force to every item."""
        by = (EqualityAnswer.item, EqualityAnswer.missing_reason)
        rows = self.session.execute(self._answers(*by, func.count()).group_by(*by))
        return [ByItem(*row) for row in rows]

    def broken_down(self, item: Item, by: Dimension) -> list[ByKey]:
        """Return the victims by something else and by whether an item is known."""
        key, joins = _BROKEN_DOWN[by]
        has_one = EqualityAnswer.id.is_not(None)
        found: Select[Any] = select(
            key, has_one, EqualityAnswer.missing_reason, func.count()
        ).select_from(EqualityRecord)
        for table, on in joins:
            found = found.outerjoin(table, on)
        found = found.outerjoin(EqualityAnswer, _of(EqualityRecord.id, (item,)))
        rows = self.session.execute(
            found.where(self._counted()).group_by(key, has_one, EqualityAnswer.missing_reason)
        )
        return [
            ByKey(_month(name) if by is Dimension.MONTH else name, bool(answered), why or "", n)
            for name, answered, why, n in rows
        ]

    def every_answer(self, by: Dimension) -> list[tuple[str, str, str, int]]:
        """Return victims by something else, item and reason; without an item, all of them.

        Two statements. For keeping counts of a month, all items at once.
        """
        key, joins = _BROKEN_DOWN[by]
        everybody: Select[Any] = select(key, func.count()).select_from(EqualityRecord)
        of_each: Select[Any] = select(
            key, EqualityAnswer.item, EqualityAnswer.missing_reason, func.count()
        ).select_from(EqualityRecord)
        for table, on in joins:
            everybody, of_each = everybody.outerjoin(table, on), of_each.outerjoin(table, on)
        of_each = of_each.join(EqualityAnswer, _of(EqualityRecord.id, tuple(Item)))
        grouped = of_each.group_by(key, EqualityAnswer.item, EqualityAnswer.missing_reason)
        execute, mine = self.session.execute, self._counted()
        return [
            *((name, "", "", n) for name, n in execute(everybody.where(mine).group_by(key))),
            *((name, item, why, n) for name, item, why, n in execute(grouped.where(mine))),
        ]

    def reports(self, items: Sequence[Item]) -> list[Reports]:
        """Return closed reports by group of each item; of everybody where no item is given."""
        recorded = Incident.closing_code == ClosingCode.CRIME_RECORDED.value
        in_time = Incident.settled_at <= Incident.record_by_at
        is_rape = Incident.opening_code == OpeningCode.RAPE.value
        by: list[Any] = [Incident.opening_code, case((is_rape, Incident.route), else_="")]
        counts = (
            _count(and_(recorded, in_time)),
            _count(and_(recorded, ~in_time)),
            _count(Incident.closing_code == ClosingCode.N100.value),
            func.count(),
        )
        whose: list[Any] = [EqualityAnswer.item, EqualityAnswer.group] if items else []
        found = select(*whose, *by, *counts).where(
            Incident.first_reported_at >= self.period.starts_at,
            Incident.first_reported_at < self.period.ends_at,
            Incident.settled_at.is_not(None),
            Incident.closing_code.not_in([code.value for code in NOT_COUNTED]),
            Incident.opening_code.in_([code.value for code in ABOUT_A_CRIME]),
        )
        if items:
            found = (
                found.select_from(Incident)
                .join(EqualityRecord, EqualityRecord.incident_id == Incident.id)
                .join(EqualityAnswer, _with_value(EqualityRecord.id, items))
            )
        rows = self.session.execute(found.group_by(*whose, *by))
        return [Reports._make((*(() if items else ("", "")), *row)) for row in rows]

    def crimes(self, items: Sequence[Item]) -> list[Crimes]:
        """Return victims of crimes by group of each item; of everybody where none is given."""
        by = func.coalesce(Offence.offence_group, "")
        whose: list[Any] = [EqualityAnswer.item, EqualityAnswer.group] if items else []
        cancelled = _count(Crime.status == CrimeStatus.CANCELLED.value)
        found = (
            select(*whose, by, cancelled, func.count())
            .select_from(Crime)
            .join(Victim, Victim.crime_id == Crime.id)
            .outerjoin(Offence, Offence.id == Crime.first_offence_id)
            .where(
                Crime.recorded_month >= self.period.first,
                Crime.recorded_month <= self.period.last,
                Victim.kind == VictimKind.PERSON.value,
            )
        )
        if items:
            found = found.join(EqualityAnswer, _with_value(Victim.equality_record_id, items))
        rows = self.session.execute(found.group_by(*whose, by))
        return [Crimes._make((*(() if items else ("", "")), *row)) for row in rows]

    def _counted(self) -> ColumnElement[bool]:
        return and_(
            EqualityRecord.counted_on >= self.period.first,
            EqualityRecord.counted_on < self.period.ends_before,
        )

    def _answers(self, *what: Any) -> Select[Any]:
        return (
            select(*what)
            .select_from(EqualityAnswer)
            .join(EqualityRecord, EqualityRecord.id == EqualityAnswer.record_id)
            .where(self._counted(), EqualityAnswer.superseded_at.is_(None))
        )


def _of(record_id: Any, items: Sequence[Item]) -> ColumnElement[bool]:
    return and_(
        EqualityAnswer.record_id == record_id,
        EqualityAnswer.item.in_([item.value for item in items]),
        EqualityAnswer.superseded_at.is_(None),
    )


def _with_value(record_id: Any, items: Sequence[Item]) -> ColumnElement[bool]:
    return and_(_of(record_id, items), EqualityAnswer.group != "")


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


def _month(number: Any) -> str:
    """Return 202605 as 2026-05."""
    return f"{int(number) // 100:04}-{int(number) % 100:02}"
