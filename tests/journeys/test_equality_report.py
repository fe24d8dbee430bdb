"""The yearly equality report in a browser: written, looked at, published, and a file of it."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import Force
from tests.builders import PASSWORD, a_person
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

FCR, CHIEF = "fcr@demo.example", "chief@demo.example"
WORDS = {
    "What do the figures show": "The figures show less than they could: much is blank.",
    "What does the force do": "Supervisors look at what is blank each week.",
    "What are the equality objectives": "Know the ethnicity of nine in ten victims by 2028.",
}


@pytest.fixture
def people(session: Session) -> None:
    """Make a registrar who writes, and a chief officer who reads."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    for name, email, role in (("FCR", FCR, Role.FCR), ("Chief", CHIEF, Role.CHIEF_OFFICER)):
        a_person(session, name=f"Demo {name}", email=email, password=PASSWORD, roles=[role])
    session.commit()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_equality_report_is_written_published_and_read(sign_in: SignIn, width: int) -> None:
    page = sign_in(FCR, width=width)
    page.goto("/figures/equality/reports")
    expect(page.get_by_text("Nothing is published yet")).to_be_visible()
    check_accessibility(page)
    follow(page.get_by_role("link", name="Write a report"))
    page.get_by_label("From month").fill("last year")
    follow(page.get_by_role("button", name="Begin"))
    expect(page.get_by_role("alert").first).to_contain_text("Enter a month as year and month")
    expect(page.get_by_label("From month")).to_have_value("last year")
    page.get_by_label("From month").fill("2025-11")
    page.get_by_label("To month").fill("2026-10")
    follow(page.get_by_role("button", name="Begin"))
    check_accessibility(page)
    for label, words in WORDS.items():
        page.get_by_label(label).fill(words)
    follow(page.get_by_role("button", name="Keep what I wrote"))
    check_accessibility(page)
    check_width(page)
    follow(page.get_by_role("link", name="Publish it"))
    follow(page.get_by_role("button", name="Publish it"))
    expect(page.get_by_role("alert").first).to_contain_text("nobody can be made out")
    page.get_by_label("I have read all of it").check()
    follow(page.get_by_role("button", name="Publish it"))
    expect(page.get_by_role("alert").first).to_contain_text("The report is published")

    page = sign_in(CHIEF, width=width)
    page.goto("/figures/equality/reports")
    expect(page.get_by_text("Write a report")).to_have_count(0)
    follow(page.get_by_role("link", name="November 2025 to October 2026").first)
    check_accessibility(page)
    check_width(page)
    expect(page.get_by_text("Supervisors look at what is blank each week.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="The same as a PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
