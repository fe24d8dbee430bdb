"""The marks of a control chart, drawn alike on the chart and in its key."""

from xml.etree import ElementTree as ET

from fcr_app.reports.diagram import shapes

#: Of a line of limits, and of a target.
LIMIT, TARGET = "5 3", "1 4"


def dot(parent: ET.Element, x: float, y: float) -> None:
    """Draw a point within the limits."""
    place = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3.5", "fill": shapes.BLUE}
    ET.SubElement(parent, "circle", place)


def diamond(parent: ET.Element, x: float, y: float) -> None:
    """Draw a point outside the limits: another shape, and bigger."""
    corners = ((0, -8), (8, 0), (0, 8), (-8, 0))
    points = " ".join(f"{x + across:.1f},{y + down:.1f}" for across, down in corners)
    looks = {"fill": shapes.PALE, "stroke": shapes.BLUE, "stroke-width": "3"}
    ET.SubElement(parent, "polygon", {"points": points} | looks)


def dashed(drawing: ET.Element, path: str, dashes: str, thickness: float) -> None:
    """Draw along a path in dashes or, for a target, in dots."""
    looks = {"stroke-dasharray": dashes, "stroke-linecap": "butt" if dashes == LIMIT else "round"}
    drawn = {"d": path, "fill": "none", "stroke": shapes.QUIET, "stroke-width": f"{thickness:g}"}
    ET.SubElement(drawing, "path", drawn | looks)
