"""Whether the same error is seen less often after feedback, drawn: a dot in its interval each.

No style sheet and no ``style`` attribute, so that pages with the strictest policy can show it.
The table below it on the page has the same figures.
"""

from collections.abc import Sequence
from math import log2
from xml.etree import ElementTree as ET

from fcr_app.reports.diagram import shapes
from fcr_app.reports.repeat_errors_words import ratio_words
from fcr_app.services.repeat_errors import Line

WIDTH, LEFT, RIGHT = 360, 16, 344
_ROW, _TOP, _AXIS = 54, 8, 40
_LABEL_SIZE, _SMALL = 14, 14
#: From an eighth to eight times, doubling: half as often is as far from 1 as twice as often.
_FEWEST, _MOST = -3, 3
_GRID = "#b1b4b6"
#: As many as fit in the width of the chart.
_MOST_LETTERS = 55


def repeat_errors_chart(lines: Sequence[Line], key: str, title: str) -> str:
    """Return a chart of the lines that have a ratio, as SVG; empty where none has.

    Args:
        key: A word that tells it from the others on its page.
    """
    shown = [line for line in lines if line.ratio is not None and line.ratio.value is not None]
    if not shown:
        return ""
    bottom = _TOP + _ROW * len(shown)
    names = {name: f"{key}-chart-{name}" for name in ("title", "words")}
    labelled = {"role": "img", "aria-labelledby": " ".join(names.values())}
    svg = shapes.canvas(WIDTH, bottom + _AXIS, **labelled)
    ET.SubElement(svg, "title", {"id": names["title"]}).text = title
    told = "; ".join(f"{line.label}: {ratio_words(line.ratio)}" for line in shown)
    ET.SubElement(svg, "desc", {"id": names["words"]}).text = f"{told}."
    _draw_axis(svg, bottom)
    for number, line in enumerate(shown):
        _draw_line(svg, line, _TOP + _ROW * number)
    return ET.tostring(svg, encoding="unicode")


def _x(ratio: float) -> float:
    """Return where a ratio stands; what lies beyond an end stands at the end."""
    place = log2(ratio) if ratio > 0 else _FEWEST
    share = (min(_MOST, max(_FEWEST, place)) - _FEWEST) / (_MOST - _FEWEST)
    return LEFT + (RIGHT - LEFT) * share


def _draw_axis(svg: ET.Element, bottom: float) -> None:
    for power in range(_FEWEST, _MOST + 1):
        x, is_same = _x(2.0**power), power == 0
        colour, thickness = (shapes.INK, 2) if is_same else (_GRID, 1)
        shapes.line(svg, f"M{x:.1f} {_TOP}V{bottom}", colour, thickness)
        said = f"{2**power}" if power >= 0 else f"1/{2**-power}"
        shapes.words(svg, said, (x, bottom + 12), _SMALL, **{"text-anchor": "middle"})
    at = {"text-anchor": "start"}
    shapes.words(svg, "← less often after", (LEFT - 8, bottom + 31), _SMALL, **at)
    at = {"text-anchor": "end"}
    shapes.words(svg, "more often after →", (RIGHT + 8, bottom + 31), _SMALL, **at)


def _draw_line(svg: ET.Element, line: Line, top: float) -> None:
    # White behind the words, so that no line of the grid runs through them.
    place = {"x": "0", "y": f"{top:g}", "width": f"{WIDTH}", "height": "24"}
    ET.SubElement(svg, "rect", {**place, "fill": shapes.PALE})
    label = (
        line.label if len(line.label) <= _MOST_LETTERS else f"{line.label[: _MOST_LETTERS - 1]}…"
    )
    shapes.words(svg, label, (LEFT - 8, top + 12), _LABEL_SIZE)
    if line.ratio is None or line.ratio.value is None:
        return
    y, interval = top + 38, line.ratio.interval
    low, high, at = _x(interval.low), _x(interval.high), _x(line.ratio.value)
    shapes.line(svg, f"M{low:.1f} {y:g}H{high:.1f}", shapes.BLUE, 3)
    for end in (low, high):
        shapes.line(svg, f"M{end:.1f} {y - 6:g}V{y + 6:g}", shapes.BLUE, 2)
    ET.SubElement(svg, "circle", {"cx": f"{at:.1f}", "cy": f"{y:g}", "r": "6", "fill": shapes.BLUE})
