"""The heat map: a table whose shades have contrast and whose cells carry their figures."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from fcr_app.reports.charts import HeatCell, HeatMap, HeatRow, heat_map

STYLES = Path(__file__).parent.parent.parent / "fcr_app"

HEAT = HeatMap(
    key="results",
    title="Results",
    corner="Audit",
    columns=("Q1", "Q2", "Q3"),
    rows=[
        HeatRow(
            label="Violence",
            cells=(
                HeatCell(rate=459 / 524, n=524, said="459 of 524", href="/audits/1"),
                HeatCell(rate=0.95, n=20, said=""),
                HeatCell(rate=None, n=0, said="not done"),
            ),
        )
    ],
)


def test_a_heat_map_is_a_table_whose_cells_carry_their_figures() -> None:
    table = heat_map(HEAT)

    assert table.count('scope="col"') == 4
    assert '<th class="govuk-table__header" scope="row">Violence</th>' in table
    assert 'app-heat__cell--1"><span class="app-cell-label">Q1: </span><a' in table
    assert "<strong>87.6%</strong>" in table
    assert "459 of 524" in table
    assert "of 20" in table
    assert "app-heat__cell--3" in table
    assert "not done" in table
    assert "80% to under 90%" in table
    assert heat_map(replace(HEAT, rows=[])) == ""


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("sheet", ["styles/_audits.scss", "reports/document.css"])
def test_every_shade_has_contrast_with_its_letters(sheet: str) -> None:
    text = (STYLES / sheet).read_text(encoding="utf-8")
    shades = re.findall(
        r"\.app-heat__cell--(\w+) \{\s+background: (#\w{6});\s+color: (#\w{6});", text
    )

    assert [name for name, _, _ in shades] == ["0", "1", "2", "3", "none"]
    for _, background, letters in shades:
        darker, lighter = sorted((luminance(background), luminance(letters)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5
