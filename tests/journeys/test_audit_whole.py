"""An audit from the plan to the report, in a browser: nobody draws it, the clock does."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import Role
from fcr_app.jobs.make_reports import make_reports
from fcr_app.jobs.open_audits import open_audits
from fcr_app.models import AuditLineAuditor, AuditReport, AuditRun, Force
from tests.audit_builders import a_line, a_plan
from tests.builders import PASSWORD, a_person, an_incident
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow
from tests.reports.pdf_reading import tags_of, text_of

FCR, CHIEF = "fcr@demo.example", "chief@demo.example"
AUDITORS = ("auditor1@demo.example", "auditor2@demo.example")
#: Before the plan's audit is due, and a morning after: the scheduler was down on the day itself.
PLANNED = datetime(2026, 10, 20, 9, tzinfo=UTC)
DUE_ON = date(2026, 11, 5)
LATER = datetime(2026, 11, 7, 9, tzinfo=UTC)
RECORDS = 12
CONCLUSION = "Threats at home are not always seen as crimes; the rest is recorded."


@pytest.fixture
def force(session: Session) -> None:
    """Make a force with a plan of one audit in writing, and more reports than it examines."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    fcr = a_person(session, name="Demo FCR", email=FCR, password=PASSWORD, roles=[Role.FCR])
    a_person(session, name="Demo Chief", email=CHIEF, password=PASSWORD, roles=[Role.CHIEF_OFFICER])
    plan = a_plan(session, fcr, state="draft")
    line = a_line(
        session,
        plan,
        title="Reports of violence",
        first_due_on=DUE_ON,
        method="simple",
        fixed_size=RECORDS,
        owner_id=fcr.id,
    )
    for number, email in enumerate(AUDITORS, start=1):
        auditor = a_person(
            session, name=f"Demo Auditor {number}", email=email, password=PASSWORD,
            roles=[Role.AUDITOR],
        )  # fmt: skip
        session.add(AuditLineAuditor(line_id=line.id, person_id=auditor.id))
    for hours in range(30):
        an_incident(
            session,
            first_reported_at=datetime(2026, 10, 2, 8, tzinfo=UTC) + timedelta(hours=hours),
            opening_code=OpeningCode.VIOLENCE,
            account="She says that he threatened to hit her when she closed the door.",
        )
    session.commit()


def looks_right(page: Page) -> None:
    """Check a page wide and narrow."""
    check_accessibility(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        check_width(page)


def approve(sign_in: SignIn) -> None:
    """Approve the plan: the FCR, then the chief officer."""
    fcr = sign_in(FCR)
    fcr.goto("/audits/plan")
    follow(fcr.get_by_role("button", name="Approve it for the FCR"))
    follow(fcr.get_by_role("button", name="Approve it for the FCR"))
    chief = sign_in(CHIEF)
    chief.goto("/audits/plan")
    follow(chief.get_by_role("button", name="Approve the plan"))
    follow(chief.get_by_role("button", name="Approve the plan"))
    expect(chief.get_by_text("In force", exact=True)).to_be_visible()


def say_two_crimes(page: Page) -> None:
    """Say of the record at hand that a crime is missing, and that another is recorded in time."""
    for _ in range(2):
        with page.expect_navigation():
            page.keyboard.press("c")
    for number in (1, 2):
        crime = page.locator(f"#crime-{number}")
        crime.get_by_label("Offence group").select_option("violence")
        crime.get_by_label(("Missing", "Recorded elsewhere")[number - 1]).check()
    page.locator("#crime-1").get_by_label("What went wrong?").select_option("E04")
    page.locator("#crime-1").get_by_label("Not needed").check()
    page.locator("#crime-2").get_by_label("How soon").select_option("in_time")


def examine(page: Page, reference: str, *, second: str) -> int:
    """Examine every record that is left for a person, by keys; say how many there were.

    Of their first record they say that it holds two crimes, of the others that none.

    Args:
        second: The key that answers the question in a second review.
    """
    page.goto(f"/audits/runs/{reference}/review")
    for count in range(3 * RECORDS):
        if "/review/" not in page.url:
            return count
        blind = page.get_by_text("Second review", exact=True).count()
        page.keyboard.press(second if blind else "1")
        expect(page.locator("input:checked")).to_have_count(1)
        if count == 0:
            say_two_crimes(page)
        with page.expect_navigation():
            page.keyboard.press("s")
    raise AssertionError("There are more records than were drawn.")


def moderate(page: Page, reference: str) -> int:
    """Say for each record on which two differ that the first review counts; say how many."""
    page.goto(f"/audits/runs/{reference}/differences")
    looks_right(page)
    follow(page.get_by_role("rowheader").get_by_role("link").first)
    looks_right(page)
    for count in range(1, RECORDS + 1):
        page.get_by_label("The first review is right").check()
        page.get_by_label("Why does this count?").fill("The report was closed as it should be.")
        follow(page.get_by_role("button", name="Save and next"))
        if page.url.endswith("/differences"):
            return count
    raise AssertionError("There are more differences than records.")


def sign_off(page: Page, reference: str) -> None:
    """Sign the audit off with its figures in sight."""
    page.goto(f"/audits/runs/{reference}")
    follow(page.get_by_role("main").get_by_text("Sign it off").first)
    looks_right(page)
    follow(page.get_by_role("button", name="Sign it off"))
    expect(page.get_by_role("alert").first).to_contain_text("what the audit shows")
    page.get_by_label("What does the audit show?").fill(CONCLUSION)
    follow(page.get_by_role("button", name="Sign it off"))
    expect(page.get_by_text("Signed off", exact=True).first).to_be_visible()
    looks_right(page)


def reported(app: Flask, page: Page, session: Session) -> AuditReport:
    """Let the timetable make the report, open it from the notice; return it as it is kept."""
    with app.app_context():
        assert make_reports(clock.now()) == "1 reports made."
    page.goto("/notices")
    expect(page.get_by_text("A report on audits is ready.").first).to_be_visible()
    page.goto("/audits/reports/1")
    looks_right(page)
    return session.scalars(select(AuditReport).options(undefer(AuditReport.public_pdf))).one()


@pytest.mark.usefixtures("force")
@pytest.mark.timeout(300)  # a whole audit, record by record
def test_an_audit_comes_due_is_examined_twice_moderated_signed_off_and_reported(
    app: Flask, session: Session, sign_in: SignIn
) -> None:
    with time_machine.travel(PLANNED):
        approve(sign_in)
        with app.app_context():
            assert open_audits(clock.now()) == "Audits opened: 0, late: 0, waiting: 0."

    with time_machine.travel(LATER):
        with app.app_context():
            assert open_audits(clock.now()) == "Audits opened: 1, late: 1, waiting: 0."
            assert open_audits(clock.now()) == "Audits opened: 0, late: 0, waiting: 0."
        run = session.scalars(select(AuditRun)).one()
        reference, late_days = run.reference, run.late_days
        session.rollback()
        assert late_days == 2
        fcr = sign_in(FCR)
        fcr.goto(f"/audits/runs/{reference}")
        expect(fcr.get_by_text("2 days late").first).to_be_visible()
        looks_right(fcr)

        # Ten of twelve are examined twice, and of those the second auditor answers otherwise.
        one, two = (sign_in(email) for email in AUDITORS)
        examined = examine(one, reference, second="1") + examine(two, reference, second="2")
        assert examined == RECORDS + 10

        differing = moderate(fcr, reference)
        assert differing
        sign_off(fcr, reference)
        report = reported(app, fcr, session)
        said = " ".join(text_of(report.public_pdf).split())
        for words in (CONCLUSION, "2 of 4", f"{RECORDS} records", "opened 2 days late"):
            assert words in said, words
        for name in ("Demo Auditor", "Demo FCR"):
            assert name not in said
        tags = {tag.name for tag in tags_of(report.public_pdf)}
        assert {"/Table", "/TH", "/TD", "/H1", "/H2"} <= tags
