"""A rate over time with the limits of chance of each point: a p or Laney's p' chart.

The limits are steps, since each point has its own, by how many it was counted from. A point outside
them is a bigger diamond with its rate written beside it; the others are dots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from xml.etree import ElementTree as ET

from markupsafe import Markup

from fcr_app.domain.statistics import per_cent
from fcr_app.reports.charts import frame as framed
from fcr_app.reports.charts.frame import GRID, RIGHT, SMALL, Frame
from fcr_app.reports.charts.marks import LIMIT, TARGET, dashed, diamond, dot
from fcr_app.reports.charts.placing import placed_beside
from fcr_app.reports.diagram import shapes

_TOP, _BOTTOM, _PLOT_LEFT = 20, 224, 52
_LABELS = 16
_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25)
_WHOLE, _NO_SPREAD = 0.01, 0.25
#: With the two that rounding to a line may add, at most six lines stand behind.
_MOST_SPACES = 4


@dataclass(frozen=True, kw_only=True)
class ControlPoint:
    """One period.

    Attributes:
        label: The period, short enough to stand below an axis.
        rate: With low and high, its limits of chance, from 0 to 1.
        n: Out of how many.
        outside: Whether chance is a poor explanation, as the caller judged it.
        href: Where its records are, for who may see them; never in a document.
    """

    label: str
    rate: float
    low: float
    high: float
    n: int
    outside: bool
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlChart:
    """What a control chart shows.

    Attributes:
        key: A word that tells it from the others on its page.
        centre: The rate of all points together.
        method: How the limits were worked out, in a few words.
        target: What the force wants, which is no limit of chance.
    """

    key: str
    title: str
    centre: float
    points: Sequence[ControlPoint]
    method: str
    target: float | None = None


def control_chart(chart: ControlChart) -> Markup:
    """Return a control chart as SVG; empty without points."""
    if not chart.points:
        return Markup("")
    entries = _entries(chart)
    keys = framed.key_height([text for _, text in entries])
    height = _BOTTOM + 2 * _LABELS + keys
    linked = any(point.href for point in chart.points)
    drawn = framed.frame(chart.key, chart.title, in_words(chart), height, linked=linked)
    scale = _Scale.of(chart)
    _draw_axis(drawn.drawing, scale)
    _draw_limits(drawn.drawing, chart, scale)
    _draw_rates(drawn, chart, scale)
    framed.draw_key(drawn.drawing, entries, _BOTTOM + 1.5 * _LABELS + 4)
    return drawn.markup()


def in_words(chart: ControlChart) -> str:
    """Return what a chart shows, for whoever can't see it."""
    target = "" if chart.target is None else f", target {per_cent(chart.target)}"
    said = "; ".join(_said(point) for point in chart.points)
    return f"Centre line {per_cent(chart.centre)}{target}, limits by {chart.method}. {said}."


def _said(point: ControlPoint) -> str:
    where = ", outside the limits" if point.outside else ""
    limits = f"limits {per_cent(point.low)} to {per_cent(point.high)}"
    return f"{point.label}: {per_cent(point.rate)} of {point.n:,} ({limits}){where}"


@dataclass(frozen=True)
class _Scale:
    """Where a rate and a point stand."""

    low: float
    high: float
    step: float
    room: float

    @classmethod
    def of(cls, chart: ControlChart) -> "_Scale":
        values = [chart.centre] + ([] if chart.target is None else [chart.target])
        for point in chart.points:
            values += [point.rate, max(0.0, point.low), min(1.0, point.high)]
        room = (RIGHT - _PLOT_LEFT) / len(chart.points)
        # Where all are equal, a line in the middle of nothing should not look like precision.
        spread = max(values) - min(values) or _NO_SPREAD
        step = next(step for step in _STEPS if spread <= step * _MOST_SPACES)
        first = floor(round(min(values) / step, 6))
        last = ceil(round(max(values) / step, 6))
        if last == first:
            first, last = (first - 1, last) if first else (0, 1)
        return cls(first * step, last * step, step, room)

    def y(self, rate: float) -> float:
        share = (min(max(rate, self.low), self.high) - self.low) / (self.high - self.low)
        return _BOTTOM - (_BOTTOM - _TOP) * share

    def x(self, number: int) -> float:
        return _PLOT_LEFT + self.room * (number + 0.5)


def _draw_axis(drawing: ET.Element, scale: _Scale) -> None:
    places = 0 if scale.step >= _WHOLE else 1
    for number in range(round((scale.high - scale.low) / scale.step) + 1):
        rate = scale.low + number * scale.step
        y = scale.y(rate)
        shapes.line(drawing, f"M{_PLOT_LEFT} {y:.1f}H{RIGHT}", GRID, 1)
        at = (_PLOT_LEFT - 8, round(y, 1))
        shapes.words(drawing, per_cent(rate, places), at, SMALL, **{"text-anchor": "end"})


def _draw_limits(drawing: ET.Element, chart: ControlChart, scale: _Scale) -> None:
    across = f"H{RIGHT}"
    shapes.line(drawing, f"M{_PLOT_LEFT} {scale.y(chart.centre):.1f}{across}", shapes.INK, 1.5)
    if chart.target is not None:
        dashed(drawing, f"M{_PLOT_LEFT} {scale.y(chart.target):.1f}{across}", TARGET, 2.5)
    for side in ("low", "high"):
        steps = ""
        for number, point in enumerate(chart.points):
            limit = point.low if side == "low" else point.high
            left, y = scale.x(number) - scale.room / 2, scale.y(limit)
            steps += f"{'L' if steps else 'M'}{left:.1f} {y:.1f}H{left + scale.room:.1f}"
        dashed(drawing, steps, LIMIT, 1.5)


def _draw_rates(drawn: Frame, chart: ControlChart, scale: _Scale) -> None:
    places = [(scale.x(n), scale.y(point.rate)) for n, point in enumerate(chart.points)]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    shapes.line(drawn.drawing, f"M{path}", shapes.BLUE, 2)
    shown = framed.shown_labels([point.label for point in chart.points], scale.room)
    outside = [
        (per_cent(point.rate), place, point.rate > point.high)
        for point, place in zip(chart.points, places, strict=True)
        if point.outside
    ]
    for text, at in placed_beside(outside, places, (_TOP - 14, _BOTTOM)):
        framed.backed_words(drawn.drawing, text, at, SMALL, **{"font-weight": "bold"})
    for point, (x, y), is_shown in zip(chart.points, places, shown, strict=True):
        parent = framed.link(drawn, point.href, _said(point))
        if point.href:
            # A finger needs more than the dot.
            reach = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "12", "fill-opacity": "0"}
            ET.SubElement(parent, "circle", reach)
        (diamond if point.outside else dot)(parent, x, y)
        if is_shown:
            half = framed.width_of(point.label, SMALL) / 2
            at = (min(x, RIGHT + 8 - half), _BOTTOM + _LABELS)
            shapes.words(drawn.drawing, point.label, at, SMALL, **{"text-anchor": "middle"})


def _entries(chart: ControlChart) -> list[tuple[framed.Symbol, str]]:
    entries: list[tuple[framed.Symbol, str]] = [
        (lambda parent, x, y: dot(parent, x + 10, y), "Rate"),
    ]
    if any(point.outside for point in chart.points):
        entries.append((lambda parent, x, y: diamond(parent, x + 10, y), "Outside the limits"))
    centre = f"Centre line, {per_cent(chart.centre)}"
    entries.append(
        (lambda parent, x, y: shapes.line(parent, f"M{x:g} {y:g}h20", shapes.INK, 1.5), centre)
    )
    if chart.target is not None:
        target = f"Target, {per_cent(chart.target)}"
        entries.append(
            (lambda parent, x, y: dashed(parent, f"M{x:g} {y:g}h20", TARGET, 2.5), target)
        )
    limits = f"Limits: {chart.method}"
    entries.append((lambda parent, x, y: dashed(parent, f"M{x:g} {y:g}h20", LIMIT, 1.5), limits))
    return entries
