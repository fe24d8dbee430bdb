"""The story of a bulletin: written, published, read beside a decision, counted; with a handout."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Force
from tests.builders import PASSWORD, a_person, a_unit, an_incident
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, COLLEAGUE, FCR = "officer@demo.example", "colleague@demo.example", "fcr@demo.example"
TITLE = "A teacher’s report is enough"


@pytest.fixture
def report_id(session: Session) -> int:
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    north, south = a_unit(session, name="Demo North"), a_unit(session, name="Demo South")
    officer = a_person(session, name="Demo Officer", email=OFFICER, password=PASSWORD, unit=north)
    a_person(session, name="Demo Colleague", email=COLLEAGUE, password=PASSWORD, unit=south)
    a_person(
        session, name="Demo FCR", email=FCR, password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    report = an_incident(
        session, officer=officer, first_reported_at=clock.now() - timedelta(hours=1)
    )
    made: int = report.id
    session.commit()
    return made


def look(page: Page) -> None:
    check_accessibility(page)
    check_width(page)


def publish(page: Page) -> None:
    """Write a bulletin and publish it, from the page of its rule."""
    page.goto("/themes?words=carer")
    look(page)
    follow(page.get_by_role("link", name="REC-08"))
    look(page)
    follow(page.get_by_role("link", name="Write a bulletin about it"))
    look(page)
    expect(page.get_by_label("The rule it reminds of")).to_have_value("REC-08")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("What the rule asks").fill("Record what a teacher reports, the same day.")
    for role in ("Deputy Force Crime Registrar", "Force Crime Registrar (FCR)", "Auditor"):
        page.get_by_label(role, exact=True).uncheck()
    page.get_by_text("Only some units").click()
    page.get_by_label("Demo North").check()
    page.get_by_label("A report of a crime, and recording from it").check()
    follow(page.get_by_role("button", name="Keep the draft"))
    look(page)
    follow(page.get_by_role("button", name="Publish it"))
    look(page)
    expect(page.get_by_text("REC-08: Crime Recording Rules")).to_be_visible()
    follow(page.get_by_role("button", name="Publish it"))
    expect(page.get_by_text("whoever it is for is told")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_reads_beside_a_decision_what_the_fcr_published(
    sign_in: SignIn,
    report_id: int,
    javascript: bool,
) -> None:
    fcr = sign_in(FCR)
    publish(fcr)
    place = fcr.url

    officer = sign_in(OFFICER, width=390, javascript=javascript)
    officer.goto(f"/incidents/{report_id}")
    beside = officer.get_by_role("region", name="Reminders from the FCR")
    expect(beside.get_by_text("New")).to_be_visible()
    if javascript:
        look(officer)
    follow(beside.get_by_role("link", name=TITLE))
    follow(officer.get_by_role("button", name="I have read this"))
    expect(officer.get_by_text("You said that you have read this")).to_be_visible()
    if javascript:
        look(officer)
    officer.goto(f"/incidents/{report_id}")
    expect(officer.get_by_role("link", name=TITLE)).to_be_visible()
    expect(officer.get_by_text("New", exact=True)).to_have_count(0)

    colleague = sign_in(COLLEAGUE)
    answer = colleague.goto(place)
    assert answer is not None
    assert answer.status == 404

    fcr.reload()
    follow(fcr.get_by_role("link", name="Who has read it"))
    look(fcr)
    expect(fcr.get_by_text("1 of 1")).to_be_visible()


def test_the_fcr_chooses_an_example_and_a_trainer_takes_the_handout(
    sign_in: SignIn, report_id: int
) -> None:
    del report_id
    fcr = sign_in(FCR)
    fcr.goto("/themes/e15")
    follow(fcr.get_by_role("link", name="Add an example"))
    look(fcr)
    fcr.get_by_label("What came up, and what was right").fill("A view of the victim was sent in.")
    follow(fcr.get_by_role("button", name="Add the example"))
    expect(fcr.get_by_role("alert")).to_contain_text("nobody can be made out")
    fcr.get_by_label("I have read it through: nobody can be made out from it").check()
    follow(fcr.get_by_role("button", name="Add the example"))

    officer = sign_in(OFFICER)
    officer.goto("/themes/e15")
    expect(officer.get_by_text("A view of the victim was sent in.")).to_be_visible()
    with officer.expect_download() as got:
        officer.get_by_role("button", name="Get the handout (PDF)").click()
    assert got.value.suggested_filename == "handout-e15.pdf"
