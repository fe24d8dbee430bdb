"""The story of a report that was recorded late, as the people in it would tell it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Force
from tests.builders import PASSWORD, a_crime, a_person, an_offence
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, FCR = "officer@demo.example", "fcr@demo.example"
ACCOUNT = "A man the caller does not know struck him outside the late shop and took his phone."
WHY = "The first officer thought it a civil dispute; the sergeant read it again."
NOT_ALLOWED = "A wrong first impression is no reason that the rules allow."


@pytest.fixture
def crime_id(session: Session) -> int:
    """Make the people of the story, and a crime that is being investigated."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    officer = a_person(
        session, name="Demo Officer One", email=OFFICER, staff_number="P1", password=PASSWORD
    )
    a_person(
        session, name="Demo FCR", email=FCR, password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    an_offence(session)
    crime_id: int = a_crime(session, number="DEMO 1/26", oic=officer).id
    session.commit()
    return crime_id


def look(page: Page) -> None:
    """Check the page as it is now, for everybody."""
    check_accessibility(page)
    check_width(page)


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one question that is asked with radio buttons."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def reported(page: Page, hours_ago: int) -> None:
    """Fill in when it was first reported, in London time."""
    wall = to_london(clock.now() - timedelta(hours=hours_ago, minutes=30))
    for part, value in (("day", wall.day), ("month", wall.month), ("year", wall.year)):
        page.locator(f"#first_reported_at-{part}").fill(str(value))
    page.locator("#first_reported_at-time").fill(f"{wall:%H:%M}")


def fill(page: Page) -> None:
    """Fill in what the caller says."""
    choose(page, "How did it come in?", "101 call")
    choose(page, "Who reports it?", "The victim")
    page.get_by_label("Name of the victim").fill("Demo Victim")
    choose(page, "Is the victim traced?", "Yes")
    choose(page, "Does the victim, or whoever speaks for them, confirm it?", "Yes")
    page.get_by_label("What was reported?").fill(ACCOUNT)
    page.get_by_label("What is it opened as?").select_option("Robbery")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_late_record_is_entered_recorded_and_looked_at(
    sign_in: SignIn, crime_id: int, width: int
) -> None:
    assert crime_id
    page = sign_in(OFFICER, width=width)
    page.goto("/incidents")
    look(page)
    follow(page.get_by_role("button", name="Enter a report"))
    look(page)
    spoken = page.locator(".app-report-clock")
    expect(spoken).to_contain_text("The clock has run for")
    reported(page, hours_ago=14)
    expect(spoken).to_contain_text("9 hours")
    reported(page, hours_ago=26)
    expect(spoken).to_contain_text("past the limit")

    fill(page)
    page.get_by_label("What was reported?").fill("Short.")
    page.get_by_label("Where did it happen?").focus()
    expect(page.locator("[data-check-list]")).to_contain_text("at least 20 characters")
    follow(page.get_by_role("button", name="Enter the report"))
    expect(page.get_by_role("alert")).to_contain_text("at least 20 characters")
    look(page)
    page.get_by_label("What was reported?").fill(ACCOUNT)
    follow(page.get_by_role("button", name="Enter the report"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Robbery")
    expect(page.locator("#clock-heading ~ p").first).to_contain_text(
        re.compile(r"2 hours 3\d minutes late")
    )
    look(page)
    follow(page.get_by_role("button", name="Record a crime"))
    look(page)
    page.get_by_label("Offence", exact=True).fill("34B 034/01")
    page.get_by_label("Why is it recorded late?").fill(WHY)
    follow(page.get_by_role("button", name="Record the crime"))
    expect(page.get_by_text(WHY).first).to_be_visible()
    look(page)

    page = sign_in(FCR, width=width)
    page.goto("/late-records")
    look(page)
    follow(page.get_by_role("link", name="Look at it"))
    look(page)
    choose(page, "Is it an allowed reason?", "Do not accept it")
    page.get_by_label("Your remark").fill(NOT_ALLOWED)
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("No late record waits for you")).to_be_visible()

    page = sign_in(OFFICER, width=width)
    page.goto("/feedback")
    expect(page.get_by_text(NOT_ALLOWED)).to_be_visible()
    look(page)


def test_a_further_offence_and_a_closed_report_work_without_scripts(
    sign_in: SignIn, crime_id: int
) -> None:
    page = sign_in(OFFICER, javascript=False)
    page.goto(f"/crimes/{crime_id}")
    follow(page.get_by_role("button", name="A further offence was disclosed"))
    expect(page.get_by_label("Which crime was being investigated?")).to_have_value("DEMO 1/26")
    choose(page, "Who reports it?", "The victim")
    page.get_by_label("What was reported?").fill("He also threatened her last month, she says.")
    page.get_by_label("What is it opened as?").select_option("Domestic, not a crime")
    follow(page.get_by_role("button", name="Enter the report"))
    expect(page.get_by_role("alert")).to_contain_text("REC-24")
    page.get_by_label("What is it opened as?").select_option("Domestic abuse")
    follow(page.get_by_role("button", name="Enter the report"))

    expect(page.get_by_text("Told while investigating")).to_be_visible()
    follow(page.get_by_role("link", name="Say what is new about the victim"))
    choose(page, "Is the victim traced?", "Yes")
    choose(page, "Does the victim, or whoever speaks for them, confirm it?", "Yes")
    page.get_by_label("What happened?").fill("I rang her, and she told it again.")
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("I rang her, and she told it again.")).to_be_visible()
    follow(page.get_by_role("link", name="Close it without a crime"))
    choose(page, "How is it closed?", "Not about a crime")
    page.get_by_label("Why?").fill("The victim does not want to support a prosecution.")
    follow(page.get_by_role("button", name="Close the report"))
    expect(page.get_by_role("alert")).to_contain_text("REC-02")
    expect(page.get_by_role("alert")).to_contain_text("REC-05")
