"""Shares, or ratios, each with its interval: a dot on a line as long as the interval.

Each label stands above its line, so the chart is narrow enough for a phone without shrinking; where
one is long, the figures stand below the labels and not beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2
from xml.etree import ElementTree as ET

from markupsafe import Markup

from fcr_app.reports.diagram import shapes

WIDTH, LEFT, RIGHT = 400, 12, 388
_ROW, _AXIS, _TOP = 46, 34, 6
_LABEL_SIZE, _AXIS_SIZE = 15, 13
_HALF = 5
#: Letters of a label beside which the figures have room, and of one that fits at all.
_BESIDE, _MOST_LETTERS = 26, 54
_SECOND_LINE = 20
_GRID = "#b1b4b6"
#: Ratios are drawn on a scale that doubles: half as often is as far from 1 as twice as often.
_WIDEST_RATIO = 3
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
_MOST_LINES = 5


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One line of a chart.

    Attributes:
        value: With low and high on the scale of the chart.
        said: The figures in words, printed at the right.
        strong: Drawn heavier, because it stands out.
    """

    label: str
    value: float
    low: float
    high: float
    said: str
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a chart shows.

    Attributes:
        key: A word that tells it from the others on its page.
        is_ratio: The scale is of ratios, with a line at 1; otherwise of shares from nought.
    """

    key: str
    title: str
    marks: Sequence[Mark]
    is_ratio: bool = False


def interval_chart(chart: Chart) -> Markup:
    """Return a chart as SVG, with its title and what it shows in words; empty without marks."""
    if not chart.marks:
        return Markup("")
    second = _SECOND_LINE if any(len(mark.label) > _BESIDE for mark in chart.marks) else 0
    row = _ROW + second
    height = _TOP + row * len(chart.marks) + _AXIS
    title, words = f"{chart.key}-chart-title", f"{chart.key}-chart-words"
    svg = shapes.canvas(WIDTH, height, role="img", **{"aria-labelledby": f"{title} {words}"})
    ET.SubElement(svg, "title", {"id": title}).text = chart.title
    ET.SubElement(svg, "desc", {"id": words}).text = in_words(chart)
    scale = _Scale.of(chart)
    _draw_axis(svg, scale, height - _AXIS)
    for number, mark in enumerate(chart.marks):
        _draw_mark(svg, mark, scale, _TOP + row * number, second)
    # Its serialiser escapes every word.
    return Markup(ET.tostring(svg, encoding="unicode"))  # noqa: S704


def in_words(chart: Chart) -> str:
    """Return what a chart shows, for whoever can't see it."""
    return "; ".join(f"{mark.label}: {mark.said}" for mark in chart.marks) + "."


@dataclass(frozen=True)
class _Scale:
    """Where a value stands, and the lines that are drawn behind."""

    low: float
    high: float
    is_ratio: bool
    lines: Sequence[float]

    @classmethod
    def of(cls, chart: Chart) -> "_Scale":
        highest = min(max(mark.high for mark in chart.marks), 2.0**_WIDEST_RATIO)
        if chart.is_ratio:
            ends = [log2(max(mark.low, 2**-_WIDEST_RATIO)) for mark in chart.marks]
            low = max(-_WIDEST_RATIO, min(-1, floor(min(ends))))
            high = min(_WIDEST_RATIO, max(1, ceil(log2(highest))))
            return cls(low, high, True, [2.0**power for power in range(low, high + 1)])
        step = next((s for s in _STEPS if highest / s <= _MOST_LINES), 0.25)
        count = max(1, ceil(round(highest / step, 6)))
        return cls(0, count * step, False, [step * n for n in range(count + 1)])

    def x(self, value: float) -> float:
        """Return where a value stands; what lies beyond an end stands at the end."""
        place = log2(min(value, 2.0**_WIDEST_RATIO)) if self.is_ratio and value > 0 else value
        place = self.low if self.is_ratio and value <= 0 else place
        share = (place - self.low) / (self.high - self.low)
        return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share))

    def words(self, value: float) -> str:
        """Return what stands below a line."""
        return f"{value:g}" if self.is_ratio else f"{100 * value:g}%"


def _draw_axis(svg: ET.Element, scale: _Scale, bottom: float) -> None:
    for value in scale.lines:
        x = scale.x(value)
        is_even = scale.is_ratio and value == 1
        shapes.line(
            svg, f"M{x:.1f} {_TOP}V{bottom}", shapes.INK if is_even else _GRID, 2 if is_even else 1
        )
        anchor = "start" if x < LEFT + 1 else "end" if x > RIGHT - 1 else "middle"
        shapes.words(
            svg, scale.words(value), (round(x, 1), bottom + 16), _AXIS_SIZE,
            **{"text-anchor": anchor},
        )  # fmt: skip


def _draw_mark(svg: ET.Element, mark: Mark, scale: _Scale, top: float, second: float) -> None:
    looks = {"font-weight": "bold"} if mark.strong else {}
    # White behind the words, so that no line of the grid runs through them.
    place = {
        "x": f"{LEFT}",
        "y": f"{top:g}",
        "width": f"{RIGHT - LEFT}",
        "height": f"{22 + second:g}",
    }
    ET.SubElement(svg, "rect", {**place, "fill": shapes.PALE})
    whole = len(mark.label) <= _MOST_LETTERS
    label = mark.label if whole else f"{mark.label[: _MOST_LETTERS - 1]}…"
    shapes.words(svg, label, (LEFT, top + 11), _LABEL_SIZE, **looks)
    if second:
        shapes.words(svg, mark.said, (LEFT, top + 11 + second), _AXIS_SIZE, **looks)
    else:
        said = {"text-anchor": "end", **looks}
        shapes.words(svg, mark.said, (RIGHT, top + 11), _AXIS_SIZE, **said)
    y, low, high, at = top + 33 + second, scale.x(mark.low), scale.x(mark.high), scale.x(mark.value)
    shapes.line(svg, f"M{low:.1f} {y:g}H{high:.1f}", shapes.BLUE, 4 if mark.strong else 2)
    for end in (low, high):
        shapes.line(svg, f"M{end:.1f} {y - _HALF:g}V{y + _HALF:g}", shapes.BLUE, 2)
    dot = {"cx": f"{at:.1f}", "cy": f"{y:g}", "r": "6" if mark.strong else "5"}
    ET.SubElement(svg, "circle", {**dot, "fill": shapes.BLUE})
