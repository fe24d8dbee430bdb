"""The picture of a workflow as SVG."""

from typing import Any
from xml.etree import ElementTree as ET

from fcr_app.domain.workflow import Workflow
from fcr_app.reports.diagram import shapes
from fcr_app.reports.diagram.graph import Node, nodes
from fcr_app.reports.diagram.layout import (
    BADGE,
    BOX_LEFT,
    BOX_WIDTH,
    LINE,
    NAME_LEFT,
    STATE_SIZE,
    STAYS,
    STAYS_AFTER,
    STEP_SIZE,
    TEXT_LEFT,
    Box,
    Lane,
    Picture,
    Row,
    picture,
)

#: One for each line, dark enough on white to be seen; the numbers say the same without them.
COLOURS = (
    "#1d70b8",
    "#00703c",
    "#942514",
    "#54319f",
    "#b3440f",
    "#158187",
    "#99285a",
    "#505a5f",
    "#6b5900",
    "#3d5a80",
)
_CORNER = 8
_BOX_RIGHT = BOX_LEFT + BOX_WIDTH


def diagram_svg(workflow: Workflow[Any]) -> str:
    """Return a workflow as an SVG document, with its title and what it shows in words."""
    shown = nodes(workflow)
    drawn = picture(shown)
    title, description = f"{workflow.key}-diagram-title", f"{workflow.key}-diagram-words"
    named = {"role": "img", "aria-labelledby": f"{title} {description}"}
    svg = shapes.canvas(drawn.width, drawn.height, **named)
    ET.SubElement(svg, "title", {"id": title}).text = f"{workflow.title}: the way through"
    ET.SubElement(svg, "desc", {"id": description}).text = in_words(shown)
    for lane in drawn.lanes:
        _draw_lane(svg, lane)
    for box in drawn.boxes:
        for row in box.rows:
            _draw_row(svg, row, drawn)
        _draw_box(svg, box)
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def in_words(shown: tuple[Node, ...]) -> str:
    """Return what the picture shows, for whoever can't see it."""
    names = {node.number: node.label for node in shown}
    said = []
    for node in shown:
        here = f"From “{node.label}”: "
        leads = [
            f"“{label}” leads to “{names[arrow.dest]}”"
            for arrow in node.arrows
            for label in arrow.labels
        ]
        leads += [f"“{label}” {STAYS}" for label in node.stays]
        said.append(here + ("; ".join(leads) or "nothing more") + ".")
    return " ".join(said)


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _draw_lane(svg: ET.Element, lane: Lane) -> None:
    """Draw the line in which all arrows to a state run, from above and from below it."""
    (upper, lower), y, colour = lane.span, lane.way_in, _colour(lane.dest)
    turn = f"Q{lane.x:g} {y:g} {lane.x - _CORNER:g} {y:g}H{_BOX_RIGHT + 10}"
    if upper < y:
        shapes.line(svg, f"M{lane.x:g} {upper:g}V{y - _CORNER:g}{turn}", colour)
    if lower > y:
        shapes.line(svg, f"M{lane.x:g} {lower:g}V{y + _CORNER:g}{turn}", colour)
    shapes.head_left(svg, _BOX_RIGHT + 1, y, colour)


def _draw_row(svg: ET.Element, row: Row, drawn: Picture) -> None:
    for y in row.begins:
        shapes.line(svg, f"M{_BOX_RIGHT} {y:g}H{TEXT_LEFT - 6}", shapes.INK, 1)
    for text, y in row.labels:
        shapes.words(svg, text, (TEXT_LEFT, y), STEP_SIZE)
    if not row.dest:
        shapes.words(svg, STAYS, (row.right + STAYS_AFTER, row.y), STEP_SIZE - 2, fill=shapes.QUIET)
        return
    lane = next(lane for lane in drawn.lanes if lane.dest == row.dest)
    colour, start = _colour(row.dest), row.right + 8
    if len(row.labels) > 1:  # a bracket holds them together
        upper, lower = row.labels[0][1], row.labels[-1][1]
        shapes.line(svg, f"M{start - 4:g} {upper - 8:g}h6V{lower + 8:g}h-6", colour)
        start += 2
    shapes.line(svg, f"M{start:g} {row.y:g}H{lane.x:g}", colour)
    shapes.badge(svg, row.dest, (lane.x, row.y), BADGE - 3, colour)


def _draw_box(svg: ET.Element, box: Box) -> None:
    node, middle = box.node, box.top + box.height / 2
    if node.initial:
        shapes.beginning(svg, BOX_LEFT + BOX_WIDTH / 2, box.top - 1)
    fill = shapes.GREY if node.final else shapes.PALE
    shapes.box(svg, (BOX_LEFT, box.top, BOX_WIDTH, box.height), fill, 2)
    if node.final:
        shapes.box(svg, (BOX_LEFT + 4, box.top + 4, BOX_WIDTH - 8, box.height - 8), "none", 1)
    shapes.badge(svg, node.number, (BOX_LEFT + BADGE + 10, middle), BADGE, shapes.INK)
    top = middle - LINE * (len(box.name) + bool(box.note) - 1) / 2
    for place, text in enumerate(box.name):
        shapes.words(
            svg, text, (NAME_LEFT, top + LINE * place), STATE_SIZE, **{"font-weight": "bold"}
        )
    if box.note:
        at = (NAME_LEFT, top + LINE * len(box.name))
        shapes.words(svg, box.note, at, STEP_SIZE - 1, fill=shapes.QUIET)
