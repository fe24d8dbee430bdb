"""Counts of recording decisions by group, a statement each."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import VictimKind
from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.equality_figures.tallies import (
    NOT_KNOWN,
    CrimeTally,
    ReportTally,
    Tallies,
    tally,
)
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import NOT_ABOUT_A_CRIME, ClosingCode, OpeningCode
from fcr_app.models import Crime, EqualityAnswer, EqualityRecord, Incident, Offence, Victim

#: Settled by somebody else, or with another report: no decision of the force about this one.
NOT_COUNTED = (ClosingCode.DUPLICATE, ClosingCode.OTHER_FORCE)
ABOUT_A_CRIME = tuple(code for code in OpeningCode if code not in NOT_ABOUT_A_CRIME)
NO_OFFENCE = "Not classified"


def tallies_of(session: Session, items: Sequence[Item], period: Period) -> dict[Item, Tallies]:
    """Return the decisions about reports and crimes of a period, by the groups of each item.

    Reports count in the period they came in, crimes in the month they were recorded. Four
    statements, however many items: the not known are the rest of all.
    """
    reports = session.execute(_reports(items, period)).all()
    all_reports = session.execute(_reports((), period)).all()
    crimes = session.execute(_crimes(items, period)).all()
    all_crimes = session.execute(_crimes((), period)).all()
    return {
        item: tally(
            _with_the_rest(
                [_report(row) for row in reports if row.item == item],
                [_report(row) for row in all_reports],
            ),
            _crimes_with_the_rest(
                [_crime(row) for row in crimes if row.item == item],
                [_crime(row) for row in all_crimes],
            ),
        )
        for item in items
    }


def _answers(record_id: Any, items: Sequence[Item]) -> ColumnElement[bool]:
    return and_(
        EqualityAnswer.record_id == record_id,
        EqualityAnswer.item.in_([item.value for item in items]),
        EqualityAnswer.superseded_at.is_(None),
        EqualityAnswer.group != "",
    )


def _reports(items: Sequence[Item], period: Period) -> Select[Any]:
    """Count closed reports by item, group, what they were about and, for rape, how they came in."""
    recorded = Incident.closing_code == ClosingCode.CRIME_RECORDED.value
    in_time = Incident.settled_at <= Incident.record_by_at
    n100 = Incident.closing_code == ClosingCode.N100.value
    is_rape = Incident.opening_code == OpeningCode.RAPE.value
    route = case((is_rape, Incident.route), else_="")
    by: list[Any] = [Incident.opening_code, route.label("route")]
    found = select(
        *by,
        _count(and_(recorded, in_time)).label("in_time"),
        _count(and_(recorded, ~in_time)).label("late"),
        _count(n100).label("n100"),
        func.count().label("every"),
    ).where(
        Incident.first_reported_at >= period.starts_at,
        Incident.first_reported_at < period.ends_at,
        Incident.settled_at.is_not(None),
        Incident.closing_code.not_in([code.value for code in NOT_COUNTED]),
        Incident.opening_code.in_([code.value for code in ABOUT_A_CRIME]),
    )
    if items:
        by += [EqualityAnswer.item, EqualityAnswer.group]
        found = (
            found.add_columns(EqualityAnswer.item, EqualityAnswer.group)
            .join(EqualityRecord, EqualityRecord.incident_id == Incident.id)
            .join(EqualityAnswer, _answers(EqualityRecord.id, items))
        )
    return found.group_by(*by)


def _crimes(items: Sequence[Item], period: Period) -> Select[Any]:
    """Count the people who are victims of recorded crimes, by item, group and offence group."""
    by: list[Any] = [Offence.offence_group]
    found = (
        select(
            *by,
            _count(Crime.status == CrimeStatus.CANCELLED.value).label("cancelled"),
            func.count().label("every"),
        )
        .select_from(Crime)
        .join(Victim, Victim.crime_id == Crime.id)
        .outerjoin(Offence, Offence.id == Crime.first_offence_id)
        .where(
            Crime.recorded_month >= period.first,
            Crime.recorded_month <= period.last,
            Victim.kind == VictimKind.PERSON.value,
        )
    )
    if items:
        by += [EqualityAnswer.item, EqualityAnswer.group]
        found = found.add_columns(EqualityAnswer.item, EqualityAnswer.group).join(
            EqualityAnswer, _answers(Victim.equality_record_id, items)
        )
    return found.group_by(*by)


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)


def _report(row: Any) -> ReportTally:
    return ReportTally(
        group=getattr(row, "group", NOT_KNOWN),
        about=row.opening_code,
        route=row.route,
        is_rape=row.opening_code == OpeningCode.RAPE,
        in_time=row.in_time,
        late=row.late,
        n100=row.n100,
        other_unrecorded=row.every - row.in_time - row.late - row.n100,
    )


def _crime(row: Any) -> CrimeTally:
    return CrimeTally(
        group=getattr(row, "group", NOT_KNOWN),
        offence_group=row.offence_group or NO_OFFENCE,
        cancelled=row.cancelled,
        standing=row.every - row.cancelled,
    )


def _with_the_rest(
    known: Sequence[ReportTally], every: Sequence[ReportTally]
) -> Iterator[ReportTally]:
    """Yield the known, and as the not known what is left of every report without them."""
    yield from known
    for one in every:
        yield one
    for one in known:
        yield ReportTally(
            group=NOT_KNOWN,
            about=one.about,
            route=one.route,
            is_rape=one.is_rape,
            in_time=-one.in_time,
            late=-one.late,
            n100=-one.n100,
            other_unrecorded=-one.other_unrecorded,
        )


def _crimes_with_the_rest(
    known: Sequence[CrimeTally], every: Sequence[CrimeTally]
) -> Iterator[CrimeTally]:
    yield from (*known, *every)
    for one in known:
        yield CrimeTally(
            group=NOT_KNOWN,
            offence_group=one.offence_group,
            cancelled=-one.cancelled,
            standing=-one.standing,
        )
