"""The tables of decisions by group in words, as charts and as a file: the same figures in each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from fcr_app.domain.equality_figures.use import OTHERS, GroupFigure, UseTable
from fcr_app.domain.statistics import Comparison, Interval, half_up, per_cent
from fcr_app.reports.charts import Chart, Mark, interval_chart
from fcr_app.reports.csv_export import csv_lines

LEFT_OUT = "Left out"
HEADING = (
    "Measure", "Group", "Count", "Of", "Share", "Share from", "Share to", "Ratio",
    "Ratio, like with like", "Ratio from", "Ratio to", "Note",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Line:
    """A group's figures as they are printed; empty where there is none."""

    label: str
    event: str
    counted: str
    share: str
    share_interval: str
    crude: str
    pooled: str
    pooled_interval: str
    note: str
    stands_out: bool


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A table as it is printed, with its charts."""

    key: str
    label: str
    event: str
    of: str
    what: str
    strata: str
    lines: tuple[Line, ...]
    not_known: str
    why_not: str
    shares: Markup
    ratios: Markup


def printed(table: UseTable, within: str = "") -> Printed:
    """Return a table as it is printed.

    Args:
        within: A word before its key, where a page has the same measure several times.
    """
    told = table.measure.told
    key = f"{within}{table.measure}"
    return Printed(
        key=key,
        label=told.label,
        event=told.event,
        of=told.of,
        what=told.what,
        strata=told.strata,
        lines=tuple(_line(one) for one in (*table.figures, table.total)),
        not_known="" if table.not_known_rate is None else per_cent(table.not_known_rate),
        why_not=table.why_not,
        shares=_shares(table, key),
        ratios=_ratios(table, key),
    )


def compared_with(reference: str, groups: Mapping[str, str]) -> str:
    """Return what groups are compared with, in words."""
    return "all others" if reference == OTHERS else groups[reference]


def use_csv(tables: tuple[UseTable, ...]) -> Iterator[str]:
    """Give the lines of a file with all tables."""
    return csv_lines(HEADING, (row for table in tables for row in use_rows(table)))


def use_rows(table: UseTable) -> Iterator[tuple[str, ...]]:
    """Give a table's lines as rows of a file."""
    for one in (*table.figures, table.total):
        line = _line(one)
        share = ("", "") if one.interval is None else _ends(one.interval.low, one.interval.high)
        pooled = one.compared.pooled
        ratio = (
            ("", "")
            if pooled is None
            else (half_up(pooled.interval.low, 2), half_up(pooled.interval.high, 2))
        )
        yield (
            table.measure.told.label, line.label, line.event, line.counted, line.share, *share,
            line.crude, line.pooled, *ratio, line.note or table.why_not,
        )  # fmt: skip


def _line(one: GroupFigure) -> Line:
    compared = one.compared
    return Line(
        label=one.label,
        event=_count(one.event_count),
        counted=_count(one.counted),
        share="" if one.rate is None else per_cent(one.rate),
        share_interval="" if one.interval is None else _between_shares(one.interval),
        crude=_ratio(compared.crude),
        pooled=_ratio(compared.pooled),
        pooled_interval=_between(compared.pooled),
        note=_note(one),
        stands_out=bool(compared.stands_out),
    )  # fmt: skip


def _note(one: GroupFigure) -> str:
    compared = one.compared
    said = [compared.why_not] if compared.why_not else []
    if compared.stands_out:
        said.append(f"{compared.stands_out.capitalize()}; the interval does not hold 1.")
    if compared.strata and compared.strata.differs:
        said.append("Differs from one kind to another, so look at each.")
    if compared.pooled and compared.pooled.corrected:
        said.append("Nought in one of the two: a half was added.")
    return " ".join(said)


def _count(count: int | None) -> str:
    return LEFT_OUT if count is None else f"{count:,}"


def _ends(low: float, high: float) -> tuple[str, str]:
    return per_cent(low), per_cent(high)


def _between_shares(interval: Interval) -> str:
    return " to ".join(_ends(interval.low, interval.high))


def _ratio(found: Comparison | None) -> str:
    return "" if found is None else half_up(found.value, 2)


def _between(found: Comparison | None) -> str:
    if found is None:
        return ""
    return f"{half_up(found.interval.low, 2)} to {half_up(found.interval.high, 2)}"


def _shares(table: UseTable, key: str) -> Markup:
    marks = [
        Mark(
            label=one.label,
            value=one.rate,
            low=one.interval.low,
            high=one.interval.high,
            said=f"{per_cent(one.rate)} ({_between_shares(one.interval)})",
        )
        for one in table.figures
        if one.rate is not None and one.interval is not None
    ]
    title = f"{table.measure.told.label}: share of each group, with its interval"
    return interval_chart(Chart(key=f"{key}-shares", title=title, marks=marks))


def _ratios(table: UseTable, key: str) -> Markup:
    marks = [
        Mark(
            label=one.label,
            value=pooled.value,
            low=pooled.interval.low,
            high=pooled.interval.high,
            said=f"{_ratio(pooled)} ({_between(pooled)})",
            strong=bool(one.compared.stands_out),
        )
        for one in table.known
        if (pooled := one.compared.pooled) is not None
    ]
    title = f"{table.measure.told.label}: ratio of each group, like compared with like"
    chart = Chart(key=f"{key}-ratios", title=title, marks=marks, is_ratio=True)
    return interval_chart(chart)
