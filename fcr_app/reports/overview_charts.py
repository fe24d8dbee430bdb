"""The charts of an overview: rates over time, causes, and how soon crimes were recorded."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from fcr_app.domain.statistics.control_chart import ControlMethod
from fcr_app.reports.charts import (
    BandRow,
    BandsChart,
    Cause,
    ControlChart,
    ControlPoint,
    ParetoChart,
    bands_chart,
    control_chart,
    pareto_chart,
)
from fcr_app.services.audits.rates import RatePoint
from fcr_app.services.overview.audited import AuditedRate
from fcr_app.services.overview.quality import CauseCount, RecordedMonth
from fcr_app.services.overview.recorded_in import BANDS

#: Few words, since they stand in the key of a chart.
METHODS = {
    ControlMethod.P: "three standard errors",
    ControlMethod.LANEY: "three standard errors, scaled (Laney)",
}


def rate_chart(rate: AuditedRate, page_of: Callable[[RatePoint], str]) -> Markup:
    """Return a rate over time with its limits of chance, as SVG.

    Args:
        page_of: The address of the audit; empty where the reader has none.
    """
    points = [
        ControlPoint(
            label=charted.label,
            rate=charted.rate,
            low=charted.low,
            high=charted.high,
            n=charted.n,
            outside=charted.signals,
            href=page_of(point),
        )
        for point, charted in zip(rate.points, rate.limits.points, strict=True)
    ]
    return control_chart(
        ControlChart(
            key=f"rate-{rate.line_key}",
            title=rate.what,
            centre=rate.limits.centre,
            points=points,
            method=METHODS[rate.limits.method],
        )
    )


def causes_chart(causes: Sequence[CauseCount], page_of: Callable[[CauseCount], str]) -> Markup:
    """Return the kinds of error, the most frequent first, as SVG; empty without one.

    Args:
        page_of: The address of the feedback that named it; empty where the reader has none.
    """
    shown = [
        Cause(label=one.error.full_label, count=one.count, href=page_of(one)) for one in causes
    ]
    return pareto_chart(ParetoChart(key="causes", title="Kinds of error", causes=shown))


def recorded_chart(months: Sequence[RecordedMonth]) -> Markup:
    """Return how soon after the report crimes were recorded, as SVG; empty without a crime."""
    rows = [
        BandRow(label=f"{one.month:%B %Y}", counts=[one.counts[band] for band in BANDS])
        for one in months
    ]
    labels = [band.label for band in BANDS]
    title = "How soon after the report crimes were recorded"
    return bands_chart(BandsChart(key="recorded", title=title, bands=labels, rows=rows))
