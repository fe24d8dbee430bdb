"""How a whole is made up of bands, such as how late crimes were recorded: stacked bars to 100%."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from fcr_app.domain.statistics import per_cent
from fcr_app.reports.charts import frame as framed
from fcr_app.reports.charts.frame import LEFT, MIDDLE, RIGHT, SMALL
from fcr_app.reports.charts.patterns import ORDER, fill
from fcr_app.reports.diagram import shapes

#: As many as there are patterns.
MOST_BANDS = len(ORDER)
_TOP, _ROW, _BAR = 4, 58, 26


@dataclass(frozen=True, kw_only=True)
class BandRow:
    """One bar.

    Attributes:
        counts: One for each band of the chart.
    """

    label: str
    counts: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class BandsChart:
    """What a chart of bands shows.

    Attributes:
        key: A word that tells it from the others on its page.
        bands: What each part of a bar means, from left to right; five at most.
    """

    key: str
    title: str
    bands: Sequence[str]
    rows: Sequence[BandRow]


def bands_chart(chart: BandsChart) -> Markup:
    """Return a chart of bands as SVG; empty where nothing was counted.

    Raises:
        ValueError: There are more bands than patterns, or a row without a count for each.
    """
    if len(chart.bands) > MOST_BANDS:
        raise ValueError(f"A chart has {MOST_BANDS} bands at most.")
    rows = _counted(chart)
    if not rows:
        return Markup("")
    bottom = _TOP + _ROW * len(rows)
    height = bottom + framed.key_height(chart.bands) + 8
    drawn = framed.frame(chart.key, chart.title, in_words(chart), height, linked=False)
    kinds = ORDER[: len(chart.bands)]
    looks = [fill(drawn.svg, chart.key, kind) for kind in kinds]
    for number, row in enumerate(rows):
        _draw_row(drawn.drawing, row, _TOP + _ROW * number, looks)
    entries = [(framed.swatch(look), band) for look, band in zip(looks, chart.bands, strict=True)]
    framed.draw_key(drawn.drawing, entries, bottom + 2)
    return drawn.markup()


def in_words(chart: BandsChart) -> str:
    """Return what a chart shows, for whoever can't see it."""
    said = []
    for row in _counted(chart):
        total = sum(row.counts)
        parts = ", ".join(
            f"{band} {count:,} ({per_cent(count / total)})"
            for band, count in zip(chart.bands, row.counts, strict=True)
        )
        said.append(f"{row.label}, {total:,} in all: {parts}")
    return "; ".join(said) + "."


def _counted(chart: BandsChart) -> list[BandRow]:
    for row in chart.rows:
        if len(row.counts) != len(chart.bands):
            raise ValueError(f"“{row.label}” needs a count for each band.")
    return [row for row in chart.rows if sum(row.counts)]


def _draw_row(drawing: ET.Element, row: BandRow, top: float, looks: Sequence[str]) -> None:
    total = sum(row.counts)
    shapes.words(drawing, row.label, (LEFT, top + 10), MIDDLE)
    whole = {"text-anchor": "end"}
    shapes.words(drawing, f"{total:,} in all", (RIGHT, top + 10), SMALL, **whole)
    left, middle = float(LEFT), top + 22 + _BAR / 2
    for count, look in zip(row.counts, looks, strict=True):
        width = (RIGHT - LEFT) * count / total
        if count:
            framed.rectangle(drawing, (left, top + 22, width, _BAR), look)
        text = per_cent(count / total)
        if width >= framed.width_of(text, SMALL) + 8:
            at = (round(left + width / 2, 1), middle)
            if look == shapes.BLUE:
                white = {"fill": shapes.PALE, "text-anchor": "middle", "font-weight": "bold"}
                shapes.words(drawing, text, at, SMALL, **white)
            else:
                framed.backed_words(drawing, text, at, SMALL, **{"font-weight": "bold"})
        left += width
