"""The page on how much is known about victims, and why the rest is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.equality_figures.completeness import (
    NEVER_BY_UNIT,
    Answered,
    Completeness,
    lines,
)
from fcr_app.domain.equality_figures.period import Period
from fcr_app.domain.incidents import ROUTE_LABELS
from fcr_app.models import Unit
from fcr_app.services.equality_figures.live import Live
from fcr_app.services.equality_figures.source import ByKey, Dimension, Source
from fcr_app.services.equality_figures.stored import source_for

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
    """Every characteristic, and one of them in detail.

    Attributes:
        kept_at: When the counts were kept that this is from; None where it is as of now.
    """

    item: Item
    period: Period
    victims: int
    items: tuple[Completeness, ...]
    breakdowns: tuple[Breakdown, ...]
    kept_at: datetime | None


def completeness_page(session: Session, item: Item, period: Period) -> CompletenessPage:
    """Return how much is known of the victims of a period. Ten statements."""
    source, kept_at = source_for(session, period)
    return CompletenessPage(
        item=item,
        period=period,
        victims=source.victims(),
        items=items_complete(session, period, source),
        breakdowns=(
            _by_month(source, item, period),
            _by_route(source, item),
            _by_offence_group(source, item),
            _by_unit(session, source, item),
        ),
        kept_at=kept_at,
    )


def items_complete(
    session: Session, period: Period, source: Source | None = None
) -> tuple[Completeness, ...]:
    """Return how much is known of each characteristic. Three statements.

    Args:
        source: Where the counts come from; the records as they are now unless given.
    """
    source = source or Live(session, period)
    victims, children = source.victims(), source.children()
    answered = [Answered(*row) for row in source.answered()]
    return tuple(
        lines(
            [(item.value, item.label, victims - (children if item.info.from_age else 0))],
            answered,
            expects_all=not item.info.only_if_relevant,
        )[0]
        for item in Item
    )


def _by_month(source: Source, item: Item, period: Period) -> Breakdown:
    labels = {f"{day:%Y-%m}": f"{day:%B %Y}" for day in period.each()}
    return Breakdown(
        title="By month",
        heading="Month of the report",
        lines=_lines(item, source.broken_down(item, Dimension.MONTH), labels, keep_order=True),
    )


def _by_route(source: Source, item: Item) -> Breakdown:
    labels = {route.value: label for route, label in ROUTE_LABELS.items()}
    return Breakdown(
        title="By route",
        heading="How it was reported",
        lines=_lines(item, source.broken_down(item, Dimension.ROUTE), {**labels, "": NO_REPORT}),
    )


def _by_offence_group(source: Source, item: Item) -> Breakdown:
    rows = source.broken_down(item, Dimension.OFFENCE_GROUP)
    names = sorted({row.key for row in rows if row.key})
    return Breakdown(
        title="By offence group",
        heading="Offence group",
        lines=_lines(item, rows, {**{name: name for name in names}, "": NO_CRIME}),
        note="Somebody who is the victim of crimes of several groups counts in each.",
    )


def _by_unit(session: Session, source: Source, item: Item) -> Breakdown:
    title, heading = "By unit", "Unit"
    if item in NEVER_BY_UNIT:
        note = f"{item.label} is not shown by unit: there are too few people in one."
        return Breakdown(title=title, heading=heading, lines=(), note=note)
    names = session.execute(select(Unit.id, Unit.name).order_by(Unit.name)).all()
    labels = {**{str(unit_id): name for unit_id, name in names}, "": NO_UNIT}
    rows = source.broken_down(item, Dimension.UNIT)
    return Breakdown(title=title, heading=heading, lines=_lines(item, rows, labels))


def _lines(
    item: Item,
    rows: Iterable[ByKey],
    labels: dict[str, str],
    *,
    keep_order: bool = False,
) -> tuple[Completeness, ...]:
    """Return the lines of a breakdown: in the order of the labels, the empty ones left out."""
    totals: dict[str, int] = dict.fromkeys(labels, 0)
    answered = []
    for key, is_answered, reason, count in rows:
        totals[key] = totals.get(key, 0) + count
        if is_answered:
            answered.append(Answered(key, reason, count))
    shown = [(key, labels.get(key, key), n) for key, n in totals.items() if n or keep_order]
    return lines(shown, answered, expects_all=not item.info.only_if_relevant)
