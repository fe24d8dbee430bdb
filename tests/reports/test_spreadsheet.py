"""Spreadsheets, read back as what is in them: XML in a zip."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
import time_machine
from defusedxml import ElementTree as SafeET

from fcr_app.reports.spreadsheet import Cell, Share, Sheet, to_xlsx

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
MARKING = "OFFICIAL-SENSITIVE"
RESULTS = Sheet(
    name="Results",
    headings=("Stratum", "Should be recorded", "Rate", "Drawn on"),
    rows=[
        ("Violence", 524, Share(459 / 524), date(2026, 11, 25)),
        ("=1+1", 2.5, None, datetime(2026, 7, 1, 11, 30, tzinfo=UTC)),
        ("https://example.org/", True, Share(1), None),
    ],
    note="Wilson’s interval at 95%.",
)


def made(*sheets: Sheet) -> bytes:
    return to_xlsx(sheets or (RESULTS,), title="Violence, quarter 2", marking=MARKING)


def part(workbook: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(workbook)) as opened:
        found: ET.Element = SafeET.fromstring(opened.read(name))
        return found


def cells(workbook: bytes, number: int = 1) -> dict[str, str]:
    """Return what stands in each cell: texts as they are, numbers as they are stored."""
    texts = [
        "".join(node.itertext())
        for node in part(workbook, "xl/sharedStrings.xml").findall("x:si", NS)
    ]
    found = {}
    for cell in part(workbook, f"xl/worksheets/sheet{number}.xml").iter(f"{{{NS['x']}}}c"):
        value = cell.findtext("x:v", "", NS)
        found[cell.attrib["r"]] = texts[int(value)] if cell.get("t") == "s" else value
    return found


def shown_as(workbook: bytes, place: str) -> str:
    """Return the format in which a cell shows its number."""
    styles = part(workbook, "xl/styles.xml")
    formats = {
        node.attrib["numFmtId"]: node.attrib["formatCode"]
        for node in styles.findall("x:numFmts/x:numFmt", NS)
    }
    sheet = part(workbook, "xl/worksheets/sheet1.xml")
    cell = next(one for one in sheet.iter(f"{{{NS['x']}}}c") if one.attrib["r"] == place)
    style = styles.findall("x:cellXfs/x:xf", NS)[int(cell.attrib["s"])]
    return formats.get(style.attrib["numFmtId"], style.attrib["numFmtId"])


def test_the_same_tables_are_the_same_bytes() -> None:
    with time_machine.travel(datetime(2026, 11, 25, tzinfo=UTC)):
        first = made()
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC)):
        assert made() == first


def test_the_marking_comes_first_then_the_title_the_note_and_the_table() -> None:
    found = cells(made())

    assert [found[place] for place in ("A1", "A2", "A3")] == [
        MARKING,
        "Violence, quarter 2",
        "Wilson’s interval at 95%.",
    ]
    assert [found[f"{column}5"] for column in "ABCD"] == list(RESULTS.headings)
    assert found["A6"] == "Violence"


def test_a_text_is_never_a_formula_or_a_link() -> None:
    workbook = made()
    sheet = part(workbook, "xl/worksheets/sheet1.xml")

    assert cells(workbook)["A7"] == "=1+1"
    assert cells(workbook)["A8"] == "https://example.org/"
    assert not list(sheet.iter(f"{{{NS['x']}}}f"))
    assert not list(sheet.iter(f"{{{NS['x']}}}hyperlink"))


def test_a_share_is_a_number_shown_as_a_percentage() -> None:
    workbook = made()

    assert float(cells(workbook)["C6"]) == pytest.approx(459 / 524)
    assert shown_as(workbook, "C6") == "0.0%"
    assert "C7" not in cells(workbook)


def test_dates_are_dates_and_moments_are_in_london_time() -> None:
    workbook = made()
    since = date(1899, 12, 30).toordinal()

    assert float(cells(workbook)["D6"]) == date(2026, 11, 25).toordinal() - since
    # Half past eleven by Greenwich is half past twelve in July.
    assert float(cells(workbook)["D7"]) == pytest.approx(
        date(2026, 7, 1).toordinal() - since + 12.5 / 24
    )
    assert shown_as(workbook, "D7") == "d mmm yyyy hh:mm"


def test_other_numbers_keep_their_decimals_and_yes_is_a_word() -> None:
    workbook = made()

    assert (cells(workbook)["B6"], shown_as(workbook, "B6")) == ("524", "#,##0")
    assert float(cells(workbook)["B7"]) == 2.5
    assert cells(workbook)["B8"] == "Yes"


def test_the_headings_stay_in_sight_have_filters_and_are_printed_on_each_page() -> None:
    workbook = made()
    sheet = part(workbook, "xl/worksheets/sheet1.xml")
    pane = sheet.find("x:sheetViews/x:sheetView/x:pane", NS)
    filters = sheet.find("x:autoFilter", NS)

    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("5", "frozen")
    assert filters is not None
    assert filters.get("ref") == "A5:D8"
    assert MARKING in (sheet.findtext("x:headerFooter/x:oddFooter", "", NS))
    assert "Results!$5:$5" in ET.tostring(part(workbook, "xl/workbook.xml"), encoding="unicode")


def test_columns_are_as_wide_as_what_is_in_them_within_reason() -> None:
    workbook = made(Sheet(name="Wide", headings=("A", "B"), rows=[("x" * 30, "y" * 500)]))
    columns = part(workbook, "xl/worksheets/sheet1.xml").findall("x:cols/x:col", NS)

    assert [int(float(column.attrib["width"])) for column in columns] == [31, 60]


def test_names_of_sheets_are_what_excel_takes_and_different() -> None:
    long = "Rape and N100: [all] reasons/grounds of the quarter"
    workbook = made(*(Sheet(name=name, headings=("A",), rows=[]) for name in (long, long, "", "a")))
    names = [
        node.attrib["name"]
        for node in part(workbook, "xl/workbook.xml").findall("x:sheets/x:sheet", NS)
    ]

    assert names == [
        "Rape and N100 all reasons groun",
        "Rape and N100 all reasons g (2)",
        "Sheet",
        "a",
    ]
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    workbook = made(Sheet(name="Long", headings=("A",), rows=[("z" * 40_000,)]))

    assert len(cells(workbook)["A5"]) == 32_767
    assert cells(workbook)["A5"].endswith("…")


@pytest.mark.parametrize("row", [("too", "many"), ()])
def test_a_row_that_does_not_fit_its_headings_is_refused(row: tuple[Cell, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        made(Sheet(name="Bad", headings=("A",), rows=[row]))


def test_a_workbook_without_a_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="a sheet at least"):
        to_xlsx([], title="Nothing", marking=MARKING)
