"""What an audit found about crimes: by stratum, by family of offences, a year, and in time."""

from collections.abc import Sequence

from markupsafe import Markup

from fcr_app.domain.audit_figures.figures import RunFigures
from fcr_app.domain.audit_figures.results import ResultRow
from fcr_app.domain.audit_figures.timeliness import TIMED, TimelinessRow
from fcr_app.reports.audits.rates import AS_INSPECTORATE, INTERVALS, rate_cell, said, with_rate
from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.charts import BandRow, BandsChart, Chart, Mark, bands_chart, interval_chart
from fcr_app.reports.document_parts import bullets, figure, paragraphs

_COUNTS = ("Should exist#", "Recorded#", "Wrong class#", "Missing#", "Over#", "Late#")
_RATE = ("Rate#", "95% interval#", f"{AS_INSPECTORATE}#")


def results_part(usual: RunFigures, printed: RunFigures) -> Part | None:
    """Return the results by stratum, with the total; None where no crime is counted.

    Args:
        printed: The same figures with the inspectorate's intervals.
    """
    if usual.total is None or printed.total is None:
        return None
    rows = [*zip(usual.strata, printed.strata, strict=True), (usual.total, printed.total)]
    caption = f"Results {_by(usual)}"
    counts = _counts_table("Results", caption, [one for one, _ in rows])
    rates = _rates_table("Results", caption, rows, note=_weights(usual))
    return part("results", "Results", paragraphs(_UNIT), counts, rates)


_UNIT = (
    "What is counted is each crime that should have been recorded, not each report: a report can "
    "have none or several. “Over” are crimes on record that should not exist; they are in no rate. "
    "A crime in a wrong class counts as recorded, except rape that was recorded as something else."
)


def _by(usual: RunFigures) -> str:
    return "by stratum" if usual.strata else "of all records"


def _weights(usual: RunFigures) -> str:
    rate = usual.headline
    if rate.design_effect is None or not usual.sampled.is_weighted:
        return INTERVALS
    return (
        f"{INTERVALS} The line of all crimes counts them as drawn. With each stratum at its size "
        f"the rate is {rate.printed} ({rate.range_printed})."
    )


def offences_part(usual: RunFigures, printed: RunFigures) -> Part | None:
    """Return the results by family of offences and about domestic abuse, with their chart."""
    if not usual.families:
        return None
    rows = list(zip(usual.families, printed.families, strict=True))
    if usual.domestic and printed.domestic:
        rows.append((usual.domestic, printed.domestic))
    caption = "Results by kind of offence"
    counts = _counts_table("Offences", caption, [one for one, _ in rows])
    rates = _rates_table("Offences", caption, rows, note=INTERVALS)
    lines = bullets(_line(one, other) for one, other in rows)
    return part("offences", "Kinds of offence", lines, _chart(usual), counts, rates)


def _line(usual: ResultRow, printed: ResultRow) -> str:
    said = f"{usual.rate.counts} recorded, {usual.rate.printed}"
    if printed.rate.method is not usual.rate.method:
        said += f" {printed.rate.range_printed}"
    label = usual.label.removeprefix("of them ")
    return f"{label[0].upper()}{label[1:]}: {said}."


def _counts_table(name: str, caption: str, rows: Sequence[ResultRow]) -> Printed:
    return Printed(
        name=name,
        caption=f"{caption}: counts",
        headings=("Crimes", *_COUNTS),
        rows=[
            [one.label, one.should, one.recorded, one.wrong_class, one.missing, one.over, one.late]
            for one in rows
        ],
    )


def _rates_table(
    name: str, caption: str, rows: Sequence[tuple[ResultRow, ResultRow]], *, note: str
) -> Printed:
    return Printed(
        name=f"{name}, rates",
        caption=f"{caption}: rates",
        headings=("Crimes", "Recorded#", *_RATE),
        rows=[
            with_rate(one.label, (one.rate.counts,), one.rate, other.rate) for one, other in rows
        ],
        note=note,
    )


def _chart(usual: RunFigures) -> Markup:
    marks = [
        Mark(
            label=row.label,
            value=row.rate.value,
            low=row.rate.interval.low,
            high=row.rate.interval.high,
            said=f"{row.rate.printed} of {row.rate.n:,}",
        )
        for row in usual.families
        if row.rate.value is not None and row.rate.interval is not None
    ]
    title = "Recording rate by kind of offence, with 95% intervals"
    return figure(title, interval_chart(Chart(key="offences", title=title, marks=marks)))


def year_part(usual: RunFigures, printed: RunFigures) -> Part | None:
    """Return how many crimes a year go unrecorded; None where no crime is counted."""
    if usual.run.headline is not None:
        return None
    if not usual.unrecorded:
        return part("year", "Unrecorded crimes a year", paragraphs(_NOT_STATED))
    lines = [
        f"{row.label}: over {row.over:,} are not recorded each year."
        for row in printed.unrecorded
        if row.over
    ]
    shown = Printed(
        name="Unrecorded a year",
        caption="Unrecorded crimes a year, estimated",
        headings=("Crimes", "Recorded a year#", "Rate#", "Over#", "From#", "To#"),
        rows=[
            [
                row.label,
                row.recorded_a_year,
                row.rate.printed,
                row.over,
                None if row.low is None else round(row.low),
                None if row.high is None else round(row.high),
            ]
            for row in usual.unrecorded
        ],
        note=_HOW_A_YEAR,
    )
    source = f"Recorded a year, R: {usual.recorded_a_year.source}"
    return part("year", "Unrecorded crimes a year", bullets(lines), paragraphs(source), shown)


_NOT_STATED = (
    "Nobody stated how many crimes were recorded in the twelve months to the end of the period, so "
    "no number a year is estimated."
)
_HOW_A_YEAR = (
    "R · (1 − p)/p, where p is the rate and R the crimes recorded in the twelve months to the end "
    "of the period, without fraud; rounded down, as the inspectorate does. From and to are what "
    "the ends of the usual interval give; the inspectorate prints none. Crimes that never came by "
    "a route that is audited are in neither."
)


def timeliness_part(usual: RunFigures) -> Part | None:
    """Return how soon crimes were recorded; None where nothing is known of that."""
    rows = usual.timeliness
    if not any(row.in_time.n for row in rows):
        return None
    bands = [band for band in TIMED if any(dict(row.bands)[band] for row in rows)]
    lines = [
        f"{row.label}: {said(row.in_time)} recorded within 24 hours of the report."
        for row in rows
        if row.in_time.n
    ]
    shown = Printed(
        name="Timeliness",
        caption="How soon crimes were recorded",
        headings=(
            "Crimes",
            "Recorded#",
            *(f"{band.label}#" for band in bands),
            "Not determined#",
            "In time#",
        ),
        rows=[
            [
                row.label,
                row.recorded,
                *(dict(row.bands)[band] for band in bands),
                row.untimed,
                rate_cell(row.in_time),
            ]
            for row in rows
        ],
        note=_TIMED,
    )
    return part("timeliness", "Timeliness", bullets(lines), _bands(rows), shown)


_TIMED = (
    "From the first report to the record. Crimes whose time can’t be determined are not in the "
    "share in time: it is of those that were timed, which can be fewer than were recorded."
)


def _bands(rows: Sequence[TimelinessRow]) -> Markup:
    timed = [row for row in rows if row.in_time.n]
    bands = [band for band in TIMED if any(dict(row.bands)[band] for row in timed)]
    title = "How soon crimes were recorded, of those that were timed"
    chart = BandsChart(
        key="timeliness",
        title=title,
        bands=[band.label for band in bands],
        rows=[
            BandRow(label=row.label, counts=[dict(row.bands)[band] for band in bands])
            for row in timed
        ],
    )
    return figure(title, bands_chart(chart))
