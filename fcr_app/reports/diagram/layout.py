"""Where everything stands in the picture of a workflow. All lengths are in pixels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fcr_app.reports.diagram.graph import Node
from fcr_app.reports.diagram.words import lines, width

BOX_LEFT, BOX_WIDTH = 1, 214
BADGE = 13  # half the width of a state's number
TEXT_LEFT = BOX_LEFT + BOX_WIDTH + 22
LABEL_ROOM = 320
LANE = 26
ROW, LINE, GAP, TOP = 26, 20, 22, 26
STATE_SIZE, STEP_SIZE = 16, 15
#: Said after a step that leaves the case where it is, and how far after.
STAYS, STAYS_AFTER = "stays here", 10
_PADDING = 12
NAME_LEFT = BOX_LEFT + 2 * BADGE + 18
_NAME_ROOM = BOX_WIDTH - NAME_LEFT - 10


@dataclass(frozen=True, kw_only=True)
class Row:
    """Steps that lead the same way, and where their line begins and joins.

    Attributes:
        labels: Each line of text with the height of its middle.
        begins: The heights at which a step begins; a long one takes several lines.
        dest: The number of the state they lead to; 0 where the case stays.
        y: The height of the line.
        right: Where the text ends.
        end: Where everything that belongs to it ends; lines to other states stay clear of that.
    """

    labels: tuple[tuple[str, float], ...]
    begins: tuple[float, ...]
    dest: int
    y: float
    right: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Box:
    """A state, with its name in lines, a note under it, and the rows beside it.

    Attributes:
        way_in: The height at which arrows come in.
    """

    node: Node
    name: tuple[str, ...]
    note: str
    top: float
    height: float
    way_in: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """The line in which all arrows to one state run together.

    Attributes:
        joints: The heights at which arrows join it.
    """

    dest: int
    x: float
    way_in: float
    joints: tuple[float, ...]

    @property
    def span(self) -> tuple[float, float]:
        """Its upper and its lower end."""
        heights = (*self.joints, self.way_in)
        return min(heights), max(heights)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Everything there is to draw."""

    boxes: tuple[Box, ...]
    lanes: tuple[Lane, ...]
    width: float
    height: float


def picture(nodes: Sequence[Node]) -> Picture:
    """Place every state, step and line."""
    boxes: list[Box] = []
    y = float(TOP)
    for node in nodes:
        boxes.append(_box(node, y))
        y += boxes[-1].height + GAP
    rows = [row for box in boxes for row in box.rows]
    left = max((row.end for row in rows), default=float(TEXT_LEFT)) + LANE
    lanes = _lanes(boxes, left)
    right = max((lane.x for lane in lanes), default=left)
    return Picture(boxes=tuple(boxes), lanes=lanes, width=right + LANE, height=y - GAP + 3)


def _box(node: Node, top: float) -> Box:
    name = lines(node.label, STATE_SIZE, _NAME_ROOM, bold=True)
    note = "Starts here" if node.initial else "Ends here" if node.final else ""
    leads = [
        *((arrow.labels, arrow.dest) for arrow in node.arrows),
        *(((s,), 0) for s in node.stays),
    ]
    y = top + _PADDING / 2
    way_in = y + ROW / 2
    if node.reached and leads:
        y += ROW
    rows = []
    for labels, dest in leads:
        rows.append(_row(labels, dest, y))
        y += ROW + LINE * (len(rows[-1].labels) - 1)
    words = LINE * (len(name) + bool(note)) + _PADDING
    height = max(y + _PADDING / 2 - top, words, ROW + _PADDING)
    return Box(
        node=node,
        name=name,
        note=note,
        top=top,
        height=height,
        way_in=way_in if rows else top + height / 2,
        rows=tuple(rows),
    )


def _row(labels: Iterable[str], dest: int, top: float) -> Row:
    broken = [lines(label, STEP_SIZE, LABEL_ROOM) for label in labels]
    texts = [text for label in broken for text in label]
    heights = [top + ROW / 2 + LINE * place for place in range(len(texts))]
    first = [sum(len(label) for label in broken[:place]) for place in range(len(broken))]
    right = TEXT_LEFT + max(width(text, STEP_SIZE) for text in texts)
    return Row(
        labels=tuple(zip(texts, heights, strict=True)),
        begins=tuple(heights[place] for place in first),
        dest=dest,
        y=(heights[0] + heights[-1]) / 2,
        right=right,
        end=right if dest else right + STAYS_AFTER + width(STAYS, STEP_SIZE),
    )


def _lanes(boxes: Sequence[Box], left: float) -> tuple[Lane, ...]:
    """Give each state that is led to a lane: short ones inside, and two in one if they fit."""
    ways = [(box, _joints(boxes, box.node.number)) for box in boxes if box.node.reached]
    wanted = [Lane(dest=b.node.number, x=left, way_in=b.way_in, joints=j) for b, j in ways]
    taken: list[list[Lane]] = []
    for lane in sorted(wanted, key=lambda lane: (lane.span[1] - lane.span[0], lane.dest)):
        free = (place for place, others in enumerate(taken) if not _meets(lane, others))
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append(lane)
    return tuple(
        Lane(dest=lane.dest, x=left + LANE * place, way_in=lane.way_in, joints=lane.joints)
        for place, lanes in enumerate(taken)
        for lane in lanes
    )


def _joints(boxes: Sequence[Box], dest: int) -> tuple[float, ...]:
    return tuple(row.y for box in boxes for row in box.rows if row.dest == dest)


def _meets(lane: Lane, others: Iterable[Lane]) -> bool:
    upper, lower = lane.span
    return any(upper - ROW < other.span[1] and other.span[0] < lower + ROW for other in others)
