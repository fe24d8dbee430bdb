"""Causes from the most frequent down, with the share that they make up together so far.

Bars lie on their side, so that a cause keeps its whole name on a phone. The fewest causes that
make up four fifths are solid, the others striped: where to begin is seen in black and white.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from textwrap import wrap

from markupsafe import Markup

from fcr_app.domain.statistics import per_cent
from fcr_app.reports.charts import frame as framed
from fcr_app.reports.charts.frame import LEFT, LINK, MIDDLE, RIGHT, SMALL, Frame
from fcr_app.reports.charts.patterns import SOLID, STRIPES, fill
from fcr_app.reports.diagram import shapes

#: The usual reading of a Pareto chart: a few causes make up about four fifths.
MOST = 0.8
_TOP, _ROW, _BAR = 24, 46, 18
_WIDEST = 268
_OF_A_LINE, _LINE, _MOST_LINES = 50, 18, 2
_KEY = ("Make up four fifths together", "All others")


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One cause.

    Attributes:
        href: Where its records are, for who may see them; never in a document.
    """

    label: str
    count: int
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class ParetoChart:
    """What a Pareto chart shows.

    Attributes:
        key: A word that tells it from the others on its page.
        causes: In any order; equal counts keep theirs.
    """

    key: str
    title: str
    causes: Sequence[Cause]


def pareto_chart(chart: ParetoChart) -> Markup:
    """Return a Pareto chart as SVG; empty where nothing was counted."""
    lines = _lines(chart)
    if not lines:
        return Markup("")
    tops = [*accumulate((_height(line) for line in lines), initial=_TOP)]
    bottom = tops[-1]
    height = bottom + framed.key_height(_KEY) + 10
    linked = any(line.cause.href for line in lines)
    drawn = framed.frame(chart.key, chart.title, in_words(chart), height, linked=linked)
    looks = [fill(drawn.svg, chart.key, kind) for kind in (SOLID, STRIPES)]
    shapes.words(drawn.drawing, "Count", (LEFT, 10), SMALL, fill=shapes.QUIET)
    share = {"text-anchor": "end", "fill": shapes.QUIET}
    shapes.words(drawn.drawing, "Share so far", (RIGHT, 10), SMALL, **share)
    unit = _WIDEST / lines[0].cause.count
    for line, top in zip(lines, tops, strict=False):
        _draw_line(drawn, line, top, unit, looks[0 if line.is_of_the_most else 1])
    entries = [(framed.swatch(look), text) for look, text in zip(looks, _KEY, strict=True)]
    framed.draw_key(drawn.drawing, entries, bottom + 4)
    return drawn.markup()


def in_words(chart: ParetoChart) -> str:
    """Return what a chart shows, for whoever can't see it."""
    return "; ".join(_said(line) for line in _lines(chart)) + "."


@dataclass(frozen=True)
class _Line:
    """One bar, with the share of all that it and those above it make up."""

    cause: Cause
    so_far: float
    is_of_the_most: bool


def _lines(chart: ParetoChart) -> list[_Line]:
    causes = sorted(
        (cause for cause in chart.causes if cause.count > 0), key=lambda cause: -cause.count
    )
    total = sum(cause.count for cause in causes)
    sums = [0, *accumulate(cause.count for cause in causes)]
    return [
        _Line(cause, after / total, before < MOST * total)
        for cause, before, after in zip(causes, sums, sums[1:], strict=False)
    ]


def _said(line: _Line) -> str:
    return f"{line.cause.label}: {line.cause.count:,}, {per_cent(line.so_far)} so far"


def _wrapped(line: _Line) -> list[str]:
    return wrap(line.cause.label, _OF_A_LINE, max_lines=_MOST_LINES, placeholder="…")


def _height(line: _Line) -> int:
    return _ROW + _LINE * (len(_wrapped(line)) - 1)


def _draw_line(drawn: Frame, line: _Line, top: float, unit: float, look: str) -> None:
    parent = framed.link(drawn, line.cause.href, _said(line))
    linked = {"fill": LINK, "text-decoration": "underline"} if line.cause.href else {}
    for number, text in enumerate(_wrapped(line)):
        # A space that is not drawn, so that the last word of a line and the next are two words.
        apart = f" {text}" if number else text
        shapes.words(parent, apart, (LEFT, top + 10 + _LINE * number), MIDDLE, **linked)
    below = top + _height(line) - _ROW
    width, middle = line.cause.count * unit, below + 21 + _BAR / 2
    framed.rectangle(parent, (LEFT, below + 21, max(width, 2), _BAR), look)
    count = (LEFT + width + 6, middle)
    shapes.words(drawn.drawing, f"{line.cause.count:,}", count, MIDDLE, **{"font-weight": "bold"})
    share = {"text-anchor": "end"}
    shapes.words(drawn.drawing, per_cent(line.so_far), (RIGHT, middle), MIDDLE, **share)
