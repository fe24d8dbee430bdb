"""Charts: what they show, what they say, and what a strict page and a black printer need."""

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from defusedxml import ElementTree as SafeET
from markupsafe import Markup

from fcr_app.reports.charts import (
    BandRow,
    BandsChart,
    CapacityChart,
    CapacityMonth,
    Cause,
    ControlChart,
    ControlPoint,
    ParetoChart,
    bands,
    bands_chart,
    capacity,
    capacity_chart,
    control,
    control_chart,
    pareto,
    pareto_chart,
)
from fcr_app.reports.charts.placing import placed_beside

SVG = "{http://www.w3.org/2000/svg}"

POINT = ControlPoint(label="Q1 26", rate=0.9, low=0.8, high=0.97, n=120, outside=False)
CONTROL = ControlChart(
    key="rate",
    title="Recording rate",
    centre=0.88,
    points=[POINT, replace(POINT, label="Q2 26", rate=0.7, outside=True)],
    method="Laney p′",
    target=0.95,
)
PARETO = ParetoChart(
    key="why",
    title="Causes",
    causes=[
        Cause(label="Held in <a> unit", count=2),
        Cause(label="Wrong code", count=6),
        Cause(label="No decision", count=2),
        Cause(label="Never seen", count=0),
    ],
)
CAPACITY = CapacityChart(
    key="hours",
    title="Hours",
    months=[
        CapacityMonth(label="Apr", planned=120, done=118.25, available=150),
        CapacityMonth(label="May", planned=160, done=0, available=150),
    ],
)
BANDS = BandsChart(
    key="late",
    title="How soon",
    bands=("Within 24 hours", "24 to 72 hours", "3 to 7 days", "Over 7 days", "Never"),
    rows=[
        BandRow(label="Violence", counts=(301, 60, 40, 58, 65)),
        BandRow(label="Nothing", counts=(0, 0, 0, 0, 0)),
    ],
)
DRAWN: dict[str, Callable[[], Markup]] = {
    "rate": lambda: control_chart(CONTROL),
    "why": lambda: pareto_chart(PARETO),
    "hours": lambda: capacity_chart(CAPACITY),
    "late": lambda: bands_chart(BANDS),
}


def parsed(svg: Markup) -> ET.Element:
    found: ET.Element = SafeET.fromstring(svg)
    return found


@pytest.mark.parametrize("key", DRAWN)
def test_a_chart_is_a_named_picture_without_styles(key: str) -> None:
    svg = parsed(DRAWN[key]())

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{key}-chart-title"
    assert svg.get("aria-describedby") == f"{key}-chart-words"
    # WeasyPrint takes a title that is a child of the picture for its alternative text.
    assert svg.find(f"{SVG}title") is not None
    assert svg.findtext(f"{SVG}desc")
    assert not [node for node in svg.iter() if "style" in node.attrib or node.tag == f"{SVG}style"]


@pytest.mark.parametrize("key", DRAWN)
def test_every_id_in_a_chart_begins_with_its_key(key: str) -> None:
    svg = parsed(DRAWN[key]())
    ids = [node.attrib["id"] for node in svg.iter() if "id" in node.attrib]

    assert len(ids) == len(set(ids))
    assert all(one.startswith(f"{key}-") for one in ids)
    named = set(re.findall(r"url\(#([^)]+)\)", ET.tostring(svg, encoding="unicode")))
    assert named <= set(ids)


def test_what_is_written_is_escaped() -> None:
    assert "Held in &lt;a&gt; unit" in pareto_chart(PARETO)


def test_a_point_outside_is_another_shape_with_its_rate() -> None:
    svg = parsed(control_chart(CONTROL))

    # One among the points and one in the key.
    assert len(svg.findall(f".//{SVG}polygon")) == 2
    assert "70.0%" in [node.text for node in svg.iter(f"{SVG}text")]
    inside = parsed(control_chart(replace(CONTROL, points=[POINT])))
    assert not inside.findall(f".//{SVG}polygon")


def test_a_control_chart_says_rate_count_and_limits() -> None:
    assert control.in_words(CONTROL) == (
        "Centre line 88.0%, target 95.0%, limits by Laney p′. "
        "Q1 26: 90.0% of 120 (limits 80.0% to 97.0%); "
        "Q2 26: 70.0% of 120 (limits 80.0% to 97.0%), outside the limits."
    )


def test_many_labels_are_thinned_and_the_last_one_stays() -> None:
    points = [replace(POINT, label=f"Month {number}") for number in range(24)]
    written = [node.text or "" for node in parsed(control_chart(replace(CONTROL, points=points)))
               .iter(f"{SVG}text")]  # fmt: skip
    months = [text for text in written if text.startswith("Month")]

    assert 3 <= len(months) <= 8
    assert months[-1] == "Month 23"


def test_an_axis_never_goes_past_everything() -> None:
    whole = replace(POINT, rate=1, low=1, high=1)
    chart = replace(CONTROL, points=[whole], centre=1, target=None)

    assert "101%" not in control_chart(chart)
    assert "100%" in control_chart(chart)


def test_small_rates_have_an_axis_that_tells_them_apart() -> None:
    small = replace(POINT, rate=0.002, low=0, high=0.006)
    chart = replace(CONTROL, points=[small], centre=0.003, target=None)

    assert "0.2%</text>" in control_chart(chart)


def test_words_beside_points_cover_neither_points_nor_words() -> None:
    points = [(100.0 + 14 * number, 100.0) for number in range(6)]
    words = [("75.0%", point, False) for point in points]
    placed = list(placed_beside(words, points, (0, 200)))

    assert placed
    for _, (x, y) in placed:
        assert all(abs(y - other) >= 14 or abs(x - at) >= 20 for at, other in points)
    for number, (_, (x, y)) in enumerate(placed):
        assert all(abs(y - b) >= 14 or abs(x - a) >= 36 for _, (a, b) in placed[number + 1 :])


def test_a_chart_with_links_is_a_group_whose_links_say_where_they_lead() -> None:
    svg = parsed(control_chart(replace(CONTROL, points=[replace(POINT, href="/audits/1"), POINT])))
    links = svg.findall(f"{SVG}a")

    assert svg.get("role") == "group"
    assert [(one.get("href"), one.get("aria-label")) for one in links] == [
        ("/audits/1", "Q1 26: 90.0% of 120 (limits 80.0% to 97.0%)")
    ]
    drawing = svg.find(f"{SVG}g")
    assert drawing is not None
    assert drawing.get("aria-hidden") == "true"


def test_causes_are_sorted_with_the_share_so_far() -> None:
    assert pareto.in_words(PARETO) == (
        "Wrong code: 6, 60.0% so far; Held in <a> unit: 2, 80.0% so far; "
        "No decision: 2, 100.0% so far."
    )


def test_the_fewest_causes_of_four_fifths_are_solid() -> None:
    bars = parsed(pareto_chart(PARETO)).findall(f"{SVG}g/{SVG}rect")

    # Three bars, then the two of the key.
    solid = [bar.get("fill") != "url(#why-stripes)" for bar in bars]
    assert solid == [True, True, False, True, False]


def test_months_over_capacity_are_marked_with_a_word() -> None:
    written = [node.text for node in parsed(capacity_chart(CAPACITY)).iter(f"{SVG}text")]

    assert written.count("over") == 1
    assert capacity.in_words(CAPACITY) == (
        "Apr: planned 120 hours, done 118.3, available 150; "
        "May: planned 160 hours, done 0, available 150, over capacity."
    )


def test_bands_say_counts_and_shares_and_leave_out_what_was_not_counted() -> None:
    assert bands.in_words(BANDS) == (
        "Violence, 524 in all: Within 24 hours 301 (57.4%), 24 to 72 hours 60 (11.5%), "
        "3 to 7 days 40 (7.6%), Over 7 days 58 (11.1%), Never 65 (12.4%)."
    )


def test_bands_beyond_what_is_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="5 bands at most"):
        bands_chart(replace(BANDS, bands=[*BANDS.bands, "Later"]))
    with pytest.raises(ValueError, match="a count for each band"):
        bands_chart(replace(BANDS, rows=[BandRow(label="Short", counts=(1,))]))


def test_nothing_counted_is_no_chart() -> None:
    assert control_chart(replace(CONTROL, points=[])) == ""
    assert pareto_chart(replace(PARETO, causes=[Cause(label="None", count=0)])) == ""
    assert capacity_chart(replace(CAPACITY, months=[])) == ""
    assert bands_chart(replace(BANDS, rows=[])) == ""


def test_a_cause_on_two_lines_is_read_as_the_words_that_its_link_is_called() -> None:
    label = "E06 A report by a professional or a parent that was not recorded at all"
    causes = [Cause(label=label, count=3, href="/feedback")]

    drawn = SafeET.fromstring(pareto_chart(ParetoChart(key="x", title="Causes", causes=causes)))

    (link,) = [one for one in drawn.iter() if one.tag.endswith("}a")]
    lines = [one.text or "" for one in link.iter() if one.tag.endswith("}text")]
    assert len(lines) > 1
    assert "".join(lines) == label
