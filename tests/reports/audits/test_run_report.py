"""The report of an audit: all sections, nobody named for the public, the same bytes twice."""

import io
import zipfile

from sqlalchemy.orm import Session

from fcr_app.models import AuditRun
from fcr_app.reports.audits.run_report import make_run_report
from fcr_app.services.audits.material import run_material
from tests.audited_run import Examined, Found, an_audit
from tests.reports.pdf_reading import tags_of, text_of

BANDS = ("in_time", "in_time", "to_7_days", "unknown")
SECTIONS = (
    "What the audit found", "Purpose, scope and rules", "Frame and sample", "Results",
    "Kinds of offence", "Unrecorded crimes a year", "Timeliness", "What was asked of each record",
    "What went wrong", "Victims of these crimes", "Groups of victims", "Second reviews",
    "Corrections",
    "Recommendations", "What the figures can’t say",
)  # fmt: skip


def an_examined_audit(session: Session) -> AuditRun:
    crimes = [
        *(Found(band=band) for band in BANDS * 10),
        Found(verdict="missing", error="E04", safeguarding="done", investigated="done"),
        Found(group="sexual", verdict="missing", error="E03", domestic=True),
    ]
    return an_audit(
        session,
        [Examined(crimes=[crime], answers={"closing_code": "yes"}) for crime in crimes],
        recorded_a_year=10_000,
    )


def no_progress(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def test_a_report_has_the_sections_of_the_reference(session: Session) -> None:
    material = run_material(session, an_examined_audit(session).id)
    told: list[tuple[str, int, int]] = []

    made = make_run_report(material, tell=lambda *said: told.append(said))

    text = text_of(made.public_pdf)
    for title in SECTIONS:
        assert title in made.public_html
        assert title in text
    assert "40 of 42" in text
    assert zipfile.ZipFile(io.BytesIO(made.spreadsheet)).testzip() is None
    assert told[-1] == ("Done", 4, 4)
    assert [table["name"] for table in made.tables][:2] == ["Headline", "Frame and sample"]


def test_the_part_for_publishing_names_nobody(session: Session) -> None:
    run = an_examined_audit(session)
    material = run_material(session, run.id)

    made = make_run_report(material, tell=no_progress)

    names = [material.annex.approver, *material.annex.auditors]
    assert all(names)
    for name in names:
        assert name in made.annex_html
        assert name not in made.public_html
    assert "OFFICIAL-SENSITIVE" in made.annex_html
    assert "OFFICIAL-SENSITIVE" not in made.public_html


def test_the_same_audit_gives_the_same_bytes(session: Session) -> None:
    run = an_examined_audit(session)

    first, second = (
        make_run_report(run_material(session, run.id), tell=no_progress) for _ in range(2)
    )

    assert first == second


def test_a_table_is_tagged_and_charts_are_drawings(session: Session) -> None:
    made = make_run_report(run_material(session, an_examined_audit(session).id), tell=no_progress)

    tags = tags_of(made.public_pdf)

    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/Figure", "/Link"} <= {tag.name for tag in tags}
    assert all(tag.alt for tag in tags if tag.name == "/Figure")
    assert all(tag.headers for tag in tags if tag.name == "/TD")
    assert "<svg" in made.public_html
    assert "<img" not in made.public_html


def test_what_is_not_signed_off_says_so(session: Session) -> None:
    run = an_audit(session, [Examined(crimes=[Found()])], state="reviewing")

    made = make_run_report(run_material(session, run.id), tell=no_progress)

    assert "These figures may change" in made.public_html
    assert "Not approved yet" in made.public_html


def test_another_edition_says_why_there_is_one(session: Session) -> None:
    run = an_examined_audit(session)
    material = run_material(session, run.id, edition=2, why="A crime was counted twice.")

    made = make_run_report(material, tell=no_progress)

    assert "version 2" in made.public_html
    assert "A crime was counted twice." in made.public_html


def test_a_dip_sample_and_a_census_say_that_they_have_no_interval(session: Session) -> None:
    records = [Examined(crimes=[Found()]), Examined(crimes=[Found(verdict="missing")])]
    dip = an_audit(session, records, method="dip")
    census = an_audit(session, records, method="census", population={"": 2}, line_key="A1-2")

    by_hand, all_of_them = (
        make_run_report(run_material(session, run.id), tell=no_progress).public_html
        for run in (dip, census)
    )

    assert "This is a dip sample" in by_hand
    assert "All records examined" in all_of_them
    for html in (by_hand, all_of_them):
        assert "95% interval 9" not in html
        assert "±" not in html.replace("p ± 1.96", "")
