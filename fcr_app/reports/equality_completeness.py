"""How much is known about victims, in words and as a file."""

from collections.abc import Iterator

from fcr_app.domain.equality_figures.completeness import Completeness
from fcr_app.domain.statistics import per_cent
from fcr_app.reports.csv_export import csv_lines
from fcr_app.services.equality_figures.completeness import CompletenessPage

HEADING = (
    "Table", "Line", "Victims", "Known", "Share known", "Prefers not to say", "Other reason",
    "Blank",
)  # fmt: skip


def share_known(one: Completeness) -> str:
    """Return the share of whom it is known; empty where too few for a percentage."""
    return "" if one.rate is None else per_cent(one.rate)


def completeness_csv(page: CompletenessPage) -> Iterator[str]:
    """Give the lines of a file with all tables of the page."""
    return csv_lines(HEADING, _rows(page))


def _rows(page: CompletenessPage) -> Iterator[tuple[object, ...]]:
    for one in page.items:
        yield ("By characteristic", *_cells(one))
    for breakdown in page.breakdowns:
        for one in breakdown.lines:
            yield (f"{page.item.label}, {breakdown.title.lower()}", *_cells(one))


def _cells(one: Completeness) -> tuple[object, ...]:
    blank = "" if one.blank is None else one.blank
    return (
        one.label,
        one.asked_of,
        one.known,
        share_known(one),
        one.declined,
        one.other_reasons,
        blank,
    )
