"""The picture of a workflow shows all of it, legibly, and the same on every machine."""

from enum import StrEnum
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from fcr_app.domain.citations import crr26
from fcr_app.domain.facts import Facts
from fcr_app.domain.roles import Role
from fcr_app.domain.workflow import Step, Workflow
from fcr_app.reports.diagram import diagram_svg
from fcr_app.reports.diagram.graph import nodes
from fcr_app.reports.diagram.layout import BOX_LEFT, BOX_WIDTH, picture
from fcr_app.reports.diagram.svg import COLOURS
from fcr_app.reports.diagram.words import lines, width
from fcr_app.workflows import POLICIES


class Door(StrEnum):
    """Where a door stands."""

    SHUT = "shut"
    OPEN = "open"
    LOCKED = "locked"
    GONE = "gone"


def a_step(trigger: str, label: str, source: Door | tuple[Door, ...], dest: Door) -> Step[Facts]:
    return Step[Facts](
        trigger=trigger,
        label=label,
        done=label,
        source=source,
        dest=dest,
        by=frozenset({Role.OFFICER}),
        cite=crr26("REC-01", "6"),
        outcome=label,
    )


#: With circles, steps from many states, several between the same two, and steps that stay.
DOOR = Workflow[Facts](
    key="door",
    title="Doors & <windows>",
    summary="A door.",
    policy=crr26("REC-01", "6"),
    states=Door,
    initial=Door.SHUT,
    final=frozenset({Door.GONE}),
    settled=frozenset({Door.GONE}),
    awaiting=frozenset(),
    labels={
        Door.SHUT: "Shut",
        Door.OPEN: "Open",
        Door.LOCKED: "Locked & bolted",
        Door.GONE: "Gone",
    },
    steps=(
        a_step("open", "Open it", Door.SHUT, Door.OPEN),
        a_step("kick", "Kick it in", Door.SHUT, Door.OPEN),
        a_step("shut", "Shut it", Door.OPEN, Door.SHUT),
        a_step("lock", "Lock it", (Door.SHUT, Door.OPEN), Door.LOCKED),
        a_step("unlock", "Unlock it", Door.LOCKED, Door.SHUT),
        a_step("paint", "Paint it <green>", (Door.SHUT, Door.OPEN), Door.OPEN),
        a_step("remove", "Take it out " + "and away " * 8, tuple(Door)[:3], Door.GONE),
    ),
)
every_picture = pytest.mark.parametrize("workflow", [*POLICIES, DOOR], ids=lambda w: w.key)


def svg(workflow: Workflow[Any]) -> ET.Element:
    return ET.fromstring(diagram_svg(workflow))  # noqa: S314 - our own


def texts(workflow: Workflow[Any]) -> str:
    return " ".join(
        found.text or "" for found in svg(workflow).iter() if found.tag.endswith("}text")
    )


@every_picture
def test_every_state_and_every_step_is_in_the_picture(workflow: Workflow[Any]) -> None:
    written = texts(workflow)

    for state in workflow.states:
        assert workflow.labels[state] in written
    for step in workflow.steps:
        assert " ".join(step.label.split()) in written


@every_picture
def test_the_picture_is_the_same_every_time(workflow: Workflow[Any]) -> None:
    assert diagram_svg(workflow) == diagram_svg(workflow)


@every_picture
def test_no_policy_of_a_page_forbids_the_picture(workflow: Workflow[Any]) -> None:
    for shape in svg(workflow).iter():
        assert not {"style", "class", "href"} & set(shape.attrib)
        assert shape.tag.partition("}")[2] not in {"style", "script", "image", "foreignObject"}
        assert not [name for name in shape.attrib if name.startswith("on")]


@every_picture
def test_the_picture_has_a_name_and_says_in_words_what_it_shows(workflow: Workflow[Any]) -> None:
    drawn = svg(workflow)
    said = {shape.get("id"): shape.text or "" for shape in drawn.iter() if shape.get("id")}

    assert drawn.get("role") == "img"
    assert list(said) == (drawn.get("aria-labelledby") or "").split()
    assert workflow.title in next(iter(said.values()))
    for step in workflow.steps:
        for source in step.sources:
            ends = (
                "stays here" if step.dest is source else f"leads to “{workflow.labels[step.dest]}”"
            )
            assert f"“{step.label}” {ends}" in list(said.values())[1]


@every_picture
def test_nothing_stands_on_anything_else(workflow: Workflow[Any]) -> None:
    drawn = picture(nodes(workflow))
    rows = [row for box in drawn.boxes for row in box.rows]
    heights = [y for row in rows for _, y in row.labels]

    for above, below in zip(drawn.boxes, drawn.boxes[1:], strict=False):
        assert above.top + above.height < below.top
    for box in drawn.boxes:
        assert all(box.top < y < box.top + box.height for row in box.rows for _, y in row.labels)
        assert all(width(line, 16, bold=True) < BOX_WIDTH for line in box.name)
    assert min(b - a for a, b in pairwise(heights)) >= 18
    for lane in drawn.lanes:
        assert max(row.end for row in rows) < lane.x < drawn.width
        assert lane.way_in not in heights
    for one, other in combinations(drawn.lanes, 2):
        apart = one.span[1] < other.span[0] or other.span[1] < one.span[0]
        assert one.x != other.x or apart


@every_picture
def test_each_line_leads_to_its_state(workflow: Workflow[Any]) -> None:
    drawn = picture(nodes(workflow))
    heads = {
        float(points.split()[0].split(",")[1])
        for shape in svg(workflow).iter()
        if (points := shape.get("points", "")).startswith(f"{BOX_LEFT + BOX_WIDTH + 1},")
    }

    assert heads == {box.way_in for box in drawn.boxes if box.node.reached}
    for box in drawn.boxes:
        lanes = [lane for lane in drawn.lanes if lane.dest == box.node.number]
        assert [lane.way_in for lane in lanes] == ([box.way_in] if box.node.reached else [])


@every_picture
def test_the_picture_begins_at_the_top_with_the_first_state(workflow: Workflow[Any]) -> None:
    first, *others = nodes(workflow)

    assert first.label == workflow.labels[workflow.initial]
    assert first.initial
    assert not any(node.initial for node in others)


@every_picture
def test_the_ends_stand_last(workflow: Workflow[Any]) -> None:
    final = [node.final for node in nodes(workflow)]

    assert final == sorted(final)


def test_steps_lead_downwards_but_for_those_that_lead_back() -> None:
    assert [node.label for node in nodes(DOOR)] == ["Shut", "Open", "Locked & bolted", "Gone"]


def test_steps_between_the_same_two_states_share_one_arrow() -> None:
    shut, opened, *_ = nodes(DOOR)

    assert [arrow.labels for arrow in shut.arrows if arrow.dest == opened.number] == [
        ("Open it", "Kick it in", "Paint it <green>")
    ]
    assert opened.stays == ("Paint it <green>",)


def brightness(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
def test_the_numbers_can_be_read_on_the_colours_and_the_lines_seen_on_white(colour: str) -> None:
    assert 1.05 / (brightness(colour) + 0.05) >= 4.5


def test_a_name_can_not_become_a_part_of_the_picture() -> None:
    assert "Doors &amp; &lt;windows&gt;" in diagram_svg(DOOR)


def test_a_word_too_long_for_any_line_stands_alone() -> None:
    assert lines("a very-very-very-long word", 10, 30) == ("a", "very-very-very-long", "word")
