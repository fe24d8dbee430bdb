"""The frame of a long document: what its PDF says to eyes and to a screen reader, and its page."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
from flask import Flask
from markupsafe import Markup

from fcr_app.reports.charts import (
    BandRow,
    BandsChart,
    HeatCell,
    HeatMap,
    HeatRow,
    bands_chart,
    heat_map,
)
from fcr_app.reports.document import (
    OFFICIAL,
    OFFICIAL_SENSITIVE,
    Document,
    Section,
    document_body,
    document_html,
    document_pdf,
)
from fcr_app.reports.document_parts import (
    Column,
    Table,
    bullets,
    figure,
    heading,
    headline,
    paragraphs,
    remark,
    table,
)
from tests.databases import application
from tests.reports.pdf_reading import tags_of, text_of

RESULTS = Table(
    caption="Results by stratum",
    columns=[Column("Stratum"), Column("Recorded", is_number=True), Column("Rate", is_number=True)],
    rows=[("Violence", "459", "87.6%"), ("Rape", "98", "83.1%"), ("All", "557", "86.8%")],
    note="Wilson’s interval.",
    total=True,
)
FINDINGS = Table(
    caption="Findings",
    columns=[Column("Record"), *(Column(f"Answer {number}") for number in range(9))],
    rows=[(f"DEMO {row:06}/26", *["as it was written down"] * 9) for row in range(60)],
    wide=True,
)
BANDS = bands_chart(
    BandsChart(
        key="late",
        title="How soon crimes were recorded",
        bands=("Within 24 hours", "Later"),
        rows=[BandRow(label="Violence", counts=(301, 158))],
    )
)
HEAT = heat_map(
    HeatMap(
        key="heat",
        title="Results by quarter",
        corner="Audit",
        columns=("Q1",),
        rows=[HeatRow(label="Rape", cells=(HeatCell(rate=None, n=0, said="not done"),))],
    )
)
HEADLINE = (
    headline("87.6%", "of 524 crimes were recorded")
    + paragraphs("459 of 524 <b>were</b>.")
    + remark("Stated, not measured: <i>R</i>.")
)
DOCUMENT = Document(
    force="Demonstration Police",
    title="Audit of recording: violence",
    reference="AUD-2026-0001",
    marking=OFFICIAL,
    period="1 July to 30 September 2026",
    version="2",
    author="Demo Auditor One",
    approver="",
    details=(("Grade", "Good, entered by the FCR"),),
    sections=[
        Section(key="headline", title="Headline", body=HEADLINE),
        Section(key="results", title="Results", body=heading("By stratum") + table(RESULTS)),
        Section(key="late", title="Timeliness", body=figure("How soon", BANDS) + HEAT),
        Section(key="findings", title="Findings", body=table(FINDINGS)),
        Section(key="limits", title="Limits", body=bullets(["One.", "Two."])),
    ],
)


@pytest.fixture(scope="module")
def app() -> Flask:
    """Give an application for its templates; it has no database."""
    return application("sqlite://")


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    """Put each test where templates can be rendered."""
    with app.app_context():
        yield


@pytest.fixture(scope="module")
def pdf(app: Flask) -> bytes:
    """Give the document as a PDF, made once."""
    with app.app_context():
        return document_pdf(DOCUMENT)


def test_the_same_document_is_the_same_bytes(pdf: bytes) -> None:
    assert document_pdf(DOCUMENT) == pdf


def test_a_pdf_says_its_language_its_title_and_that_it_is_tagged(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]) == "Audit of recording: violence"
        assert b"pdfuaid" in bytes(opened.Root.Metadata.read_bytes())


def test_headings_tables_and_lists_are_tagged_as_what_they_are(pdf: bytes) -> None:
    names = [tag.name for tag in tags_of(pdf)]

    assert names.count("/H1") == 1
    # Contents and five sections.
    assert names.count("/H2") == 6
    assert names.count("/H3") == 1
    assert {"/Table", "/Caption", "/THead", "/TBody", "/TR", "/TH", "/TD", "/L", "/LI"} <= set(
        names
    )


def test_every_cell_of_a_table_is_tied_to_the_heads_of_its_row_and_column(pdf: bytes) -> None:
    cells = [tag for tag in tags_of(pdf) if tag.name == "/TD"]

    # The cover's six lines have no heads above them; all other cells have both.
    assert [cell.headers for cell in cells[:6]] == [1] * 6
    assert {cell.headers for cell in cells[6:]} == {2}


def test_a_chart_is_a_figure_with_its_title_for_who_can_not_see_it(pdf: bytes) -> None:
    figures = [tag for tag in tags_of(pdf) if tag.name == "/Figure"]

    assert [tag.alt for tag in figures] == ["How soon crimes were recorded"]


def test_every_page_has_the_marking_the_reference_and_its_number(pdf: bytes) -> None:
    text = text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)

    assert pages > 4
    for number in range(1, pages + 1):
        assert f"Page {number} of {pages}" in text
    # Top and bottom of each page, and the box on the cover.
    assert text.count("OFFICIAL") == 2 * pages + 1
    assert text.count("AUD-2026-0001, version 2") == pages + 1
    assert OFFICIAL.handling in text


def test_the_cover_says_period_author_and_that_nobody_has_approved_it(pdf: bytes) -> None:
    text = text_of(pdf)

    for said in (
        "1 July to 30 September 2026",
        "Demo Auditor One",
        "Not approved yet",
        "Good, ent",
    ):
        assert said in text
    signed = replace(DOCUMENT, approver="Demo Registrar", marking=OFFICIAL_SENSITIVE, sections=())
    assert "Approved by Demo Registrar" in text_of(document_pdf(signed))
    assert OFFICIAL_SENSITIVE.handling in text_of(document_pdf(signed))


def test_the_contents_lead_to_the_sections_with_their_pages(pdf: bytes) -> None:
    assert re.search(r"2\. Results\W*\.* ?2 3\. Timeliness", text_of(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = opened.Root.Names.Dests.Names
        named = {str(names[place]) for place in range(0, len(names), 2)}
        links = [str(link.Dest) for link in opened.pages[0].Annots if link.Subtype == "/Link"]
        outline = [item.title for item in opened.open_outline().root[0].children]

    # The words, the dots and the number of a line are a link each, all to the same section.
    assert list(dict.fromkeys(links)) == [f"section-{section.key}" for section in DOCUMENT.sections]
    assert set(links) <= named
    assert outline[1:] == [
        f"{number}. {section.title}" for number, section in enumerate(DOCUMENT.sections, start=1)
    ]


def test_a_section_with_a_wide_table_lies_on_its_side_and_repeats_the_heads(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = [page.mediabox for page in opened.pages]
    lying = [float(box[2]) > float(box[3]) for box in sizes]

    assert lying[:2] == [False, False]
    assert sum(lying) >= 2
    assert lying[-1] is False
    assert text_of(pdf).count("Answer 8") == sum(lying)


def test_the_page_has_the_same_sections_with_headings_where_they_belong() -> None:
    page = document_body(DOCUMENT)
    lower = document_body(DOCUMENT, level=3)

    assert '<h2 class="govuk-heading-m" id="section-results">2. Results</h2>' in page
    assert '<h3 class="govuk-heading-s">By stratum</h3>' in page
    assert '<h3 class="govuk-heading-m" id="section-results">2. Results</h3>' in lower
    assert '<h4 class="govuk-heading-s">By stratum</h4>' in lower
    assert 'scope="col">Rate</th>' in page
    assert 'scope="row">Violence</th>' in page
    assert "<h2" not in lower
    assert '<a class="govuk-link" href="#section-results">2. Results</a>' in page
    assert "OFFICIAL" in page


def test_words_are_words_and_never_markup() -> None:
    assert "459 of 524 &lt;b&gt;were&lt;/b&gt;." in document_html(DOCUMENT)
    assert "Stated, not measured: &lt;i&gt;R&lt;/i&gt;." in document_html(DOCUMENT)
    told = replace(DOCUMENT, title="<h1>x</h1>", sections=())
    assert "&lt;h1&gt;x&lt;/h1&gt;" in document_html(told)
    assert "<h1>x" not in document_html(told)


def test_two_sections_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        replace(DOCUMENT, sections=[DOCUMENT.sections[0], DOCUMENT.sections[0]])


def test_a_table_says_when_it_is_empty_and_refuses_a_short_row() -> None:
    assert "Results by stratum: there is nothing to show." in table(replace(RESULTS, rows=[]))
    with pytest.raises(ValueError, match="zip"):
        table(replace(RESULTS, rows=[("Violence",)]))


def test_an_empty_chart_or_list_leaves_nothing_behind() -> None:
    assert figure("Nothing", Markup("")) == ""
    assert bullets([]) == ""
