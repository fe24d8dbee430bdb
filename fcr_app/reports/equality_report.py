"""The yearly equality report as a page and as a PDF: the same words and tables in both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from markupsafe import Markup

from fcr_app.domain.disclosure import PUBLIC, Key
from fcr_app.domain.equality_figures.completeness import Completeness
from fcr_app.domain.equality_figures.hiding_known import known_key, parts_of
from fcr_app.domain.equality_figures.report import ItemFigures, ReportFigures, Words, due_on
from fcr_app.domain.equality_figures.use import FEWEST_COMPARED, MOST_UNKNOWN_RATE
from fcr_app.domain.spoken_time import day
from fcr_app.domain.statistics import half_up
from fcr_app.reports.csv_export import csv_lines
from fcr_app.reports.equality_use import HEADING, LEFT_OUT, Printed, printed, use_rows
from fcr_app.reports.pdf import to_pdf
from fcr_app.services.equality_figures.report import Made, ToPublish

TOO_FEW = "Too few"


@dataclass(frozen=True, kw_only=True)
class KnownLine:
    """How much is known of a characteristic, in whole per cents; words where none is shown."""

    label: str
    known: str
    declined: str
    other: str
    blank: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """One characteristic with its four tables."""

    key: str
    label: str
    tables: tuple[Printed, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that a report says.

    Attributes:
        force: The force's name.
        edition: From 1; corrections count on.
    """

    force: str
    words: Words
    figures: ReportFigures
    edition: int
    why: str
    published_at: datetime

    @property
    def title(self) -> str:
        """Its title."""
        return f"Equality in crime recording, {self.figures.period.label}"


def make(report: Report) -> Made:
    """Draw a report. The same report gives the same bytes."""
    html = body(report)
    template = current_app.jinja_env.get_template("reports/equality_report.html")
    page = template.render(
        report=report, body=as_published(html), published_on=day(report.published_at)
    )
    return Made(rows=[list(row) for row in rows(report.figures)], html=html, pdf=to_pdf(page))


def body(report: Report) -> str:
    """Return the text and the tables, for a page or for paper."""
    template = current_app.jinja_env.get_template("reports/equality_report_body.html")
    return template.render(
        report=report,
        figures=report.figures,
        known=[_known(one, report.figures.known_gaps) for one in report.figures.completeness],
        sections=[_section(one) for one in report.figures.uses],
        due=f"{due_on(report.figures.period):%-d %B %Y}",
        per_cent_from=PUBLIC.per_cent_from,
        round_to=PUBLIC.round_to,
        fewest_compared=FEWEST_COMPARED,
        most_unknown=f"{MOST_UNKNOWN_RATE:.0%}",
    )


def as_published(html: str) -> Markup:
    """Return the stored text of a published report for a page."""
    return Markup(html)  # noqa: S704 - our own template made it, which escapes every word


def rows(figures: ReportFigures) -> Iterator[tuple[str, ...]]:
    """Give the rows of all tables on decisions, each with its characteristic in front."""
    for one in figures.uses:
        for table in one.tables:
            for row in use_rows(table):
                yield (one.item.label, *row)


def report_csv(stored: list[list[str]]) -> Iterator[str]:
    """Give the lines of a file with the tables of a published report."""
    return csv_lines(("Characteristic", *HEADING), stored)


def _section(one: ItemFigures) -> Section:
    return Section(
        key=one.item.value,
        label=one.item.label,
        tables=tuple(printed(table, f"{one.item.value}-") for table in one.tables),
    )


def _known(one: Completeness, gaps: frozenset[Key]) -> KnownLine:
    shown = {
        part: LEFT_OUT if known_key(one.key, part) in gaps else _whole(count, one.asked_of)
        for part, count in parts_of(one).items()
    }
    if one.asked_of < PUBLIC.per_cent_from:
        shown = dict.fromkeys(shown, TOO_FEW)
    return KnownLine(label=one.label, **shown)


def _whole(count: int, of: int) -> str:
    """Return a share in whole per cents."""
    return f"{half_up(100 * count / of, 0)}%" if of else TOO_FEW


def report_of(drawn: ToPublish, *, now: datetime, why: str = "") -> Report:
    """Return what is being written as a report of this moment.

    Args:
        why: Why it is corrected, for another edition about the same months.
    """
    return Report(
        force=drawn.force,
        words=drawn.words,
        figures=drawn.figures,
        edition=drawn.edition,
        why=why.strip(),
        published_at=now,
    )
