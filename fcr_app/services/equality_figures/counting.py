"""Recording decisions by group, from what a source counts: the not known are the rest of all."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.equality_figures.tallies import (
    NOT_KNOWN,
    CrimeTally,
    ReportTally,
    Tallies,
    tally,
)
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.services.equality_figures.live import Live
from fcr_app.services.equality_figures.source import Crimes, Reports, Source

NO_OFFENCE = "Not classified"


def tallies_of(
    session: Session, items: Sequence[Item], period: Period, source: Source | None = None
) -> dict[Item, Tallies]:
    """Return the decisions about reports and crimes of a period, by the groups of each item.

    Reports count in the period they came in, crimes in the month they were recorded. Four
    statements, however many items.

    Args:
        source: Where the counts come from; the records as they are now unless given.
    """
    source = source or Live(session, period)
    reports, all_reports = source.reports(items), source.reports(())
    crimes, all_crimes = source.crimes(items), source.crimes(())
    return {
        item: tally(
            _with_the_rest([one for one in reports if one.item == item], all_reports),
            _crimes_with_the_rest([one for one in crimes if one.item == item], all_crimes),
        )
        for item in items
    }


def _report(one: Reports, group: str, times: int = 1) -> ReportTally:
    return ReportTally(
        group=group,
        about=one.opening_code,
        route=one.route,
        is_rape=one.opening_code == OpeningCode.RAPE,
        in_time=times * one.in_time,
        late=times * one.late,
        n100=times * one.n100,
        other_unrecorded=times * (one.every - one.in_time - one.late - one.n100),
    )


def _crime(one: Crimes, group: str, times: int = 1) -> CrimeTally:
    return CrimeTally(
        group=group,
        offence_group=one.offence_group or NO_OFFENCE,
        cancelled=times * one.cancelled,
        standing=times * (one.every - one.cancelled),
    )


def _with_the_rest(known: Sequence[Reports], every: Sequence[Reports]) -> Iterator[ReportTally]:
    """Yield the known, and as the not known what is left of every report without them."""
    yield from (_report(one, one.group) for one in known)
    yield from (_report(one, NOT_KNOWN) for one in every)
    yield from (_report(one, NOT_KNOWN, -1) for one in known)


def _crimes_with_the_rest(known: Sequence[Crimes], every: Sequence[Crimes]) -> Iterator[CrimeTally]:
    yield from (_crime(one, one.group) for one in known)
    yield from (_crime(one, NOT_KNOWN) for one in every)
    yield from (_crime(one, NOT_KNOWN, -1) for one in known)
