"""Fills that are told apart in black and white: solid, striped, dotted, crossed and empty."""

from xml.etree import ElementTree as ET

from fcr_app.reports.diagram import shapes

SOLID, STRIPES, DOTS, CROSSES, EMPTY = "solid", "stripes", "dots", "crosses", "empty"
#: From the darkest to the lightest.
ORDER = (SOLID, CROSSES, STRIPES, DOTS, EMPTY)
_SIDE = 6


def fill(svg: ET.Element, key: str, kind: str) -> str:
    """Return what a shape is filled with; a pattern is defined when it is first asked for.

    Args:
        key: The chart's, since the names of patterns are shared by the whole page.
    """
    if kind in (SOLID, EMPTY):
        return shapes.BLUE if kind == SOLID else shapes.PALE
    name = f"{key}-{kind}"
    definitions = svg.find("defs")
    if definitions is None:
        definitions = ET.SubElement(svg, "defs")
    if definitions.find(f"pattern[@id='{name}']") is None:
        _define(definitions, name, kind)
    return f"url(#{name})"


def _define(definitions: ET.Element, name: str, kind: str) -> None:
    size = {"width": f"{_SIDE}", "height": f"{_SIDE}"}
    told = {"id": name, "patternUnits": "userSpaceOnUse"} | size
    pattern = ET.SubElement(definitions, "pattern", told)
    ET.SubElement(pattern, "rect", size | {"fill": shapes.PALE})
    if kind == DOTS:
        ET.SubElement(pattern, "circle", {"cx": "3", "cy": "3", "r": "1.2", "fill": shapes.BLUE})
        return
    # The corners are drawn too, so that the stripes of neighbouring tiles meet.
    shapes.line(pattern, "M-1 1L1 -1M0 6L6 0M5 7L7 5", shapes.BLUE, 1.8)
    if kind == CROSSES:
        shapes.line(pattern, "M-1 5L1 7M0 0L6 6M5 -1L7 1", shapes.BLUE, 1.8)
