"""Hours month by month: planned and done as bars, available as a line in steps above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.etree import ElementTree as ET

from markupsafe import Markup

from fcr_app.domain.statistics import half_up
from fcr_app.reports.charts import frame as framed
from fcr_app.reports.charts.frame import GRID, LEFT, RIGHT, SMALL
from fcr_app.reports.charts.patterns import SOLID, STRIPES, fill
from fcr_app.reports.diagram import shapes

#: What stands above a month with more hours planned than there are.
OVER = "over"
_TOP, _BOTTOM, _PLOT_LEFT, _LABELS = 34, 214, 46, 16
_MOST_LINES = 5
#: Small enough for two months over beside each other, in a year of twelve.
_OVER_SIZE = 12
_WIDEST_BAR, _OF_ROOM = 16, 0.36
_KEY = ("Planned", "Done", "Available")


@dataclass(frozen=True, kw_only=True)
class CapacityMonth:
    """One month, in hours."""

    label: str
    planned: float
    done: float
    available: float

    @property
    def is_over(self) -> bool:
        """Whether more is planned than there is."""
        return self.planned > self.available


@dataclass(frozen=True, kw_only=True)
class CapacityChart:
    """What a capacity chart shows.

    Attributes:
        key: A word that tells it from the others on its page.
    """

    key: str
    title: str
    months: Sequence[CapacityMonth]


def capacity_chart(chart: CapacityChart) -> Markup:
    """Return a capacity chart as SVG; empty without months."""
    if not chart.months:
        return Markup("")
    keys = framed.key_height(_KEY)
    height = _BOTTOM + 1.5 * _LABELS + keys + 8
    drawn = framed.frame(chart.key, chart.title, in_words(chart), height, linked=False)
    highest = max(max(one.planned, one.done, one.available) for one in chart.months)
    step = _step(highest)
    top = step * max(1, ceil(round(highest / step, 6)))
    _draw_axis(drawn.drawing, step, top)
    looks = [fill(drawn.svg, chart.key, kind) for kind in (SOLID, STRIPES)]
    _draw_months(drawn.drawing, chart, top, looks)
    symbols = [*(framed.swatch(look) for look in looks), _available]
    entries = list(zip(symbols, _KEY, strict=True))
    framed.draw_key(drawn.drawing, entries, _BOTTOM + 1.5 * _LABELS + 4)
    return drawn.markup()


def in_words(chart: CapacityChart) -> str:
    """Return what a chart shows, for whoever can't see it."""
    return "; ".join(_said(month) for month in chart.months) + "."


def _said(month: CapacityMonth) -> str:
    over = ", over capacity" if month.is_over else ""
    planned, done, available = map(_hours, (month.planned, month.done, month.available))
    return f"{month.label}: planned {planned} hours, done {done}, available {available}{over}"


def _hours(hours: float) -> str:
    return half_up(hours).removesuffix(".0")


def _step(highest: float) -> float:
    """Return how far apart the lines behind stand: 1, 2 or 5 and its tens."""
    if highest <= 0:
        return 1
    ten = 10.0 ** floor(log10(highest / _MOST_LINES))
    return next(ten * part for part in (1, 2, 5, 10) if highest <= _MOST_LINES * ten * part * 1.001)


def _y(hours: float, top: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * max(0.0, hours) / top


def _draw_axis(drawing: ET.Element, step: float, top: float) -> None:
    shapes.words(drawing, "Hours", (LEFT, 10), SMALL, fill=shapes.QUIET)
    for number in range(round(top / step) + 1):
        y = _y(number * step, top)
        shapes.line(drawing, f"M{_PLOT_LEFT} {y:.1f}H{RIGHT}", GRID, 1)
        at = (_PLOT_LEFT - 8, round(y, 1))
        shapes.words(drawing, f"{number * step:g}", at, SMALL, **{"text-anchor": "end"})


def _draw_months(
    drawing: ET.Element, chart: CapacityChart, top: float, looks: Sequence[str]
) -> None:
    room = (RIGHT - _PLOT_LEFT) / len(chart.months)
    width = min(_WIDEST_BAR, room * _OF_ROOM)
    shown = framed.shown_labels([month.label for month in chart.months], room)
    path = ""
    for number, (month, is_shown) in enumerate(zip(chart.months, shown, strict=True)):
        middle = _PLOT_LEFT + room * (number + 0.5)
        for left, hours, look in zip(
            (middle - width, middle), (month.planned, month.done), looks, strict=True
        ):
            if hours > 0:
                y = _y(hours, top)
                framed.rectangle(drawing, (left, y, width, _BOTTOM - y), look)
        path += f"{'L' if path else 'M'}{middle - room / 2:.1f} {_y(month.available, top):.1f}"
        path += f"H{middle + room / 2:.1f}"
        if is_shown:
            below = (round(middle, 1), _BOTTOM + _LABELS - 2)
            shapes.words(drawing, month.label, below, SMALL, **{"text-anchor": "middle"})
    # White under black, so that the line is seen where it crosses a bar.
    shapes.line(drawing, path, shapes.PALE, 4.5)
    shapes.line(drawing, path, shapes.INK, 2.5)
    for number, month in enumerate(chart.months):
        if month.is_over:
            at = (_PLOT_LEFT + room * (number + 0.5), _y(max(month.planned, month.done), top) - 10)
            framed.backed_words(drawing, OVER, at, _OVER_SIZE, **{"font-weight": "bold"})


def _available(parent: ET.Element, x: float, y: float) -> None:
    shapes.line(parent, f"M{x:g} {y:g}h20", shapes.INK, 2.5)
