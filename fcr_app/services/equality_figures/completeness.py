"""The page on how much is known about victims, and why the rest is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.age import BANDS
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.completeness import (
    NEVER_BY_UNIT,
    Answered,
    Completeness,
    lines,
)
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.incidents import ROUTE_LABELS
from fcr_app.models import (
    Crime,
    EqualityAnswer,
    EqualityRecord,
    Incident,
    Offence,
    Unit,
    Victim,
)

NO_REPORT, NO_UNIT, NO_CRIME = "Recorded without a report", "No unit", "No crime recorded"


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """One characteristic by something else.

    Attributes:
        note: What a reader has to know, or why there is nothing.
    """

    title: str
    heading: str
    lines: tuple[Completeness, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CompletenessPage:
    """Every characteristic, and one of them in detail."""

    item: Item
    period: Period
    victims: int
    items: tuple[Completeness, ...]
    breakdowns: tuple[Breakdown, ...]


def completeness_page(session: Session, item: Item, period: Period) -> CompletenessPage:
    """Return how much is known of the victims of a period. At most eleven statements."""
    every = items_complete(session, period)
    return CompletenessPage(
        item=item,
        period=period,
        victims=victims_of(session, period),
        items=every,
        breakdowns=(
            _by_month(session, item, period),
            _by_route(session, item, period),
            _by_offence_group(session, item, period),
            _by_unit(session, item, period),
        ),
    )


def items_complete(session: Session, period: Period) -> tuple[Completeness, ...]:
    """Return how much is known of each characteristic. Two statements."""
    under = [band.key for band in BANDS if band.highest is not None and band.highest < _ASKED_FROM]
    is_child = and_(EqualityAnswer.item == Item.AGE.value, EqualityAnswer.group.in_(under))
    rows = session.execute(
        select(EqualityAnswer.item, EqualityAnswer.missing_reason, is_child, func.count())
        .join(EqualityRecord, EqualityRecord.id == EqualityAnswer.record_id)
        .where(_in(period), EqualityAnswer.superseded_at.is_(None))
        .group_by(EqualityAnswer.item, EqualityAnswer.missing_reason, is_child)
    ).all()
    victims = victims_of(session, period)
    children = sum(count for *_, child, count in rows if child)
    answered = [Answered(item, reason, count) for item, reason, _, count in rows]
    return tuple(
        lines(
            [(item.value, item.label, victims - (children if item.info.from_age else 0))],
            answered,
            expects_all=not item.info.only_if_relevant,
        )[0]
        for item in Item
    )


#: Everything that is not asked of children is asked from this age.
_ASKED_FROM = 16


def victims_of(session: Session, period: Period) -> int:
    """Return how many victims who are people were reported or recorded."""
    found = select(func.count()).select_from(EqualityRecord).where(_in(period))
    return session.scalar(found) or 0


def _in(period: Period) -> ColumnElement[bool]:
    return and_(
        EqualityRecord.counted_on >= period.first, EqualityRecord.counted_on < period.ends_before
    )


def _by_month(session: Session, item: Item, period: Period) -> Breakdown:
    year, month = (extract(part, EqualityRecord.counted_on) for part in ("year", "month"))
    rows = _counted(session, item, period, (year, month))
    labels = {f"{day:%Y-%m}": f"{day:%B %Y}" for day in period.each()}
    keyed = [(f"{int(y):04}-{int(m):02}", *rest) for y, m, *rest in rows]
    return Breakdown(
        title="By month",
        heading="Month of the report",
        lines=_lines(item, keyed, labels, keep_order=True),
    )


def _by_route(session: Session, item: Item, period: Period) -> Breakdown:
    join = ((Incident, Incident.id == EqualityRecord.incident_id),)
    rows = _counted(session, item, period, (Incident.route,), join)
    labels = {route.value: label for route, label in ROUTE_LABELS.items()}
    return Breakdown(
        title="By route",
        heading="How it was reported",
        lines=_lines(item, rows, {**labels, "": NO_REPORT}),
    )


_TO_CRIMES = (
    (Victim, Victim.equality_record_id == EqualityRecord.id),
    (Crime, Crime.id == Victim.crime_id),
)


def _by_offence_group(session: Session, item: Item, period: Period) -> Breakdown:
    joins = (*_TO_CRIMES, (Offence, Offence.id == Crime.offence_id))
    rows = _counted(session, item, period, (Offence.offence_group,), joins)
    names = sorted({str(row[0]) for row in rows if row[0]})
    return Breakdown(
        title="By offence group",
        heading="Offence group",
        lines=_lines(item, rows, {**{name: name for name in names}, "": NO_CRIME}),
        note="Somebody who is the victim of crimes of several groups counts in each.",
    )


def _by_unit(session: Session, item: Item, period: Period) -> Breakdown:
    title, heading = "By unit", "Unit"
    if item in NEVER_BY_UNIT:
        note = f"{item.label} is not shown by unit: there are too few people in one."
        return Breakdown(title=title, heading=heading, lines=(), note=note)
    unit = func.coalesce(Incident.unit_id, Crime.unit_id)
    joins = ((Incident, Incident.id == EqualityRecord.incident_id), *_TO_CRIMES)
    rows = _counted(session, item, period, (unit,), joins)
    names = session.execute(select(Unit.id, Unit.name).order_by(Unit.name)).all()
    labels = {**{str(unit_id): name for unit_id, name in names}, "": NO_UNIT}
    keyed = [("" if row[0] is None else str(row[0]), *row[1:]) for row in rows]
    return Breakdown(title=title, heading=heading, lines=_lines(item, keyed, labels))


def _counted(
    session: Session,
    item: Item,
    period: Period,
    by: tuple[ColumnElement[Any] | Any, ...],
    joins: Iterable[tuple[Any, ColumnElement[bool]]] = (),
) -> list[tuple[Any, ...]]:
    """Return, for each value of what it is broken down by, the reasons and how many."""
    found: Select[Any] = select(
        *by,
        EqualityAnswer.id.is_not(None).label("is_answered"),
        EqualityAnswer.missing_reason,
        func.count(),
    ).select_from(EqualityRecord)
    for table, on in joins:
        found = found.outerjoin(table, on)
    found = found.outerjoin(
        EqualityAnswer,
        and_(
            EqualityAnswer.record_id == EqualityRecord.id,
            EqualityAnswer.item == item.value,
            EqualityAnswer.superseded_at.is_(None),
        ),
    ).where(_in(period))
    grouped = found.group_by(*by, EqualityAnswer.id.is_not(None), EqualityAnswer.missing_reason)
    return [tuple(row) for row in session.execute(grouped)]


def _lines(
    item: Item,
    rows: Iterable[tuple[Any, ...]],
    labels: dict[str, str],
    *,
    keep_order: bool = False,
) -> tuple[Completeness, ...]:
    """Return the lines of a breakdown: in the order of the labels, the empty ones left out."""
    totals: dict[str, int] = dict.fromkeys(labels, 0)
    answered = []
    for found, is_answered, reason, count in rows:
        key = found or ""
        totals[key] = totals.get(key, 0) + count
        if is_answered:
            answered.append(Answered(key, reason or "", count))
    shown = [(key, labels.get(key, key), n) for key, n in totals.items() if n or keep_order]
    return lines(shown, answered, expects_all=not item.info.only_if_relevant)
