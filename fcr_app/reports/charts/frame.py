"""What every chart is drawn in: its size, its name for a screen reader, its links and its key.

A chart without links is one picture (``img``) with its title and words. A chart with links is a
``group``: a reader of the screen moves through its links, and what is only drawn is hidden from
it, since ``in_words`` and the table beside say the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from fcr_app.reports.diagram import shapes

#: The narrowest phone shows charts nearly at this width, so letters of 13 stay readable.
WIDTH, LEFT, RIGHT = 400, 12, 388
SMALL, MIDDLE = 13, 15
GRID, LINK = "#b1b4b6", "#1a65a6"
#: A letter is about so wide, as a part of its size, where there is nothing to measure it with.
_LETTER = 0.54
_SYMBOL, _GAP, _LINE = 26, 16, 20

#: Draws the symbol of an entry of a key: given a parent, left and middle.
Symbol = Callable[[ET.Element, float, float], None]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A chart that is being drawn.

    Attributes:
        svg: Links go here.
        drawing: What is only looked at goes here.
    """

    svg: ET.Element
    drawing: ET.Element

    def markup(self) -> Markup:
        """Return the finished chart."""
        # Its serialiser escapes every word.
        return Markup(ET.tostring(self.svg, encoding="unicode"))  # noqa: S704


def frame(key: str, title: str, said: str, height: float, *, linked: bool) -> Frame:
    """Begin a chart.

    Args:
        key: A word that tells it from the others on its page.
        said: What it shows, in words.
        linked: Whether it will have links.
    """
    named, words = f"{key}-chart-title", f"{key}-chart-words"
    # The title names it; the words describe it, so that nobody must hear 24 points to get past.
    told = {
        "role": "group" if linked else "img",
        "aria-labelledby": named,
        "aria-describedby": words,
    }
    svg = shapes.canvas(WIDTH, height, **told)
    ET.SubElement(svg, "title", {"id": named}).text = title
    ET.SubElement(svg, "desc", {"id": words}).text = said
    drawing = ET.SubElement(svg, "g", {"aria-hidden": "true"} if linked else {})
    return Frame(svg=svg, drawing=drawing)


def link(within: Frame, href: str, said: str) -> ET.Element:
    """Return where to draw what leads to an address; the plain drawing where there is none."""
    if not href:
        return within.drawing
    # A screen reader says the label once; the words on the shape are the same thing again.
    anchor = ET.SubElement(within.svg, "a", {"href": href, "aria-label": said})
    ET.SubElement(anchor, "title").text = said
    return anchor


def width_of(text: str, size: float) -> float:
    """Return about how wide a line of text is."""
    return len(text) * size * _LETTER


def key_places(texts: Sequence[str]) -> list[tuple[float, int]]:
    """Return for each entry of a key where it begins and on which line, from 0."""
    places: list[tuple[float, int]] = []
    x, line = float(LEFT), 0
    for text in texts:
        width = _SYMBOL + width_of(text, SMALL)
        if x > LEFT and x + width > RIGHT:
            x, line = float(LEFT), line + 1
        places.append((x, line))
        x += width + _GAP
    return places


def key_height(texts: Sequence[str]) -> float:
    """Return how high a key is."""
    return _LINE * (key_places(texts)[-1][1] + 1) if texts else 0


def draw_key(parent: ET.Element, entries: Sequence[tuple[Symbol, str]], top: float) -> None:
    """Draw what each symbol means, in as many lines as it needs."""
    places = key_places([text for _, text in entries])
    for (symbol, text), (x, line) in zip(entries, places, strict=True):
        middle = top + _LINE * (line + 0.5)
        symbol(parent, x, middle)
        shapes.words(parent, text, (x + _SYMBOL, middle), SMALL)


def rectangle(
    parent: ET.Element, place: tuple[float, float, float, float], look: str, edge: str = shapes.BLUE
) -> None:
    """Draw a bar or a part of one.

    Args:
        place: Left, top, width and height.
        look: What it is filled with.
    """
    sides = zip(("x", "y", "width", "height"), (f"{side:.1f}" for side in place), strict=True)
    ET.SubElement(parent, "rect", dict(sides) | {"fill": look, "stroke": edge})


def swatch(look: str) -> Symbol:
    """Return what draws a small bar in a key."""
    return lambda parent, x, y: rectangle(parent, (x, y - 6, 20, 12), look)


def backed_words(
    parent: ET.Element, text: str, at: tuple[float, float], size: float, **looks: str
) -> None:
    """Write centred words on white, so that no line or pattern runs through them."""
    x, y = at
    half = width_of(text, size) / 2 + 1
    place = {"x": f"{x - half:.1f}", "y": f"{y - size / 2 - 1:.1f}"}
    extent = {"width": f"{2 * half:.1f}", "height": f"{size + 2:g}"}
    ET.SubElement(parent, "rect", place | extent | {"fill": shapes.PALE})
    shapes.words(parent, text, (round(x, 1), y), size, **{"text-anchor": "middle", **looks})


def shown_labels(labels: Sequence[str], room: float) -> list[bool]:
    """Return which labels below an axis are written, so that they do not touch.

    The last is always written, since the latest is what people look for, and the others at equal
    steps before it.

    Args:
        room: How much there is for each.
    """
    widest = max((width_of(label, SMALL) for label in labels), default=0) + 6
    step = max(1, -int(-widest // room))
    return [(len(labels) - 1 - number) % step == 0 for number in range(len(labels))]
