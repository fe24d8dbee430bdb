"""The few shapes a picture is made of, each with its looks as its own attributes.

No style sheet and no ``style`` attribute, so that pages with the strictest policy can show them.
"""

from xml.etree import ElementTree as ET

INK, PALE, GREY, BLUE, QUIET = "#0b0c0c", "#ffffff", "#eeefef", "#1d3557", "#505a5f"
#: How far below its middle a line of letters stands, as a part of their size.
_BASELINE = 0.36


def canvas(width: float, height: float, **told: str) -> ET.Element:
    """Return an empty picture."""
    size = {"width": f"{width:.0f}", "height": f"{height:.0f}"}
    seen = {
        "viewBox": f"0 0 {width:.0f} {height:.0f}",
        "font-family": "Arial, Helvetica, sans-serif",
    }
    return ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg"} | size | seen | told)


def line(svg: ET.Element, path: str, colour: str, thickness: float = 2) -> None:
    """Draw along a path."""
    drawn = {"d": path, "fill": "none", "stroke": colour, "stroke-width": f"{thickness:g}"}
    ET.SubElement(svg, "path", drawn)


def head_left(svg: ET.Element, x: float, y: float, colour: str) -> None:
    """Draw the head of an arrow that points left, with its point at a place."""
    points = f"{x:g},{y:g} {x + 11:g},{y - 6:g} {x + 11:g},{y + 6:g}"
    ET.SubElement(svg, "polygon", {"points": points, "fill": colour})


def beginning(svg: ET.Element, x: float, y: float) -> None:
    """Draw the dot and arrow from which the first state is entered, ending at a place."""
    ET.SubElement(svg, "circle", {"cx": f"{x:g}", "cy": f"{y - 18:g}", "r": "6", "fill": INK})
    line(svg, f"M{x:g} {y - 18:g}V{y - 8:g}", INK)
    points = f"{x:g},{y:g} {x - 6:g},{y - 9:g} {x + 6:g},{y - 9:g}"
    ET.SubElement(svg, "polygon", {"points": points, "fill": INK})


def box(svg: ET.Element, place: tuple[float, float, float, float], fill: str, edge: float) -> None:
    """Draw a box.

    Args:
        place: Left, top, width and height.
        edge: How thick its edge is.
    """
    sides = zip(("x", "y", "width", "height"), (f"{side:g}" for side in place), strict=True)
    looks = {"rx": "4", "fill": fill, "stroke": BLUE, "stroke-width": f"{edge:g}"}
    ET.SubElement(svg, "rect", dict(sides) | looks)


def badge(svg: ET.Element, number: int, at: tuple[float, float], radius: float, fill: str) -> None:
    """Draw a number in a disc."""
    x, y = at
    place = {"cx": f"{x:g}", "cy": f"{y:g}", "r": f"{radius:g}", "fill": fill}
    ET.SubElement(svg, "circle", place)
    looks = {"font-weight": "bold", "fill": PALE, "text-anchor": "middle"}
    words(svg, str(number), at, round(radius + 3), **looks)


def words(svg: ET.Element, text: str, at: tuple[float, float], size: float, **looks: str) -> None:
    """Write a line of text; the place is where it begins, at half the height of its letters."""
    x, y = at
    place = {"x": f"{x:g}", "y": f"{y + size * _BASELINE:.1f}", "font-size": f"{size:g}"}
    ET.SubElement(svg, "text", place | {"fill": INK} | looks).text = text
