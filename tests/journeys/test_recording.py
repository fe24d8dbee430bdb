"""The stories of a report of rape, as the people in it would tell them, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Force, Person
from fcr_app.services.offences import load_shipped
from tests.builders import PASSWORD, a_person, an_incident
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, SERGEANT, FCR = "officer@demo.example", "sergeant@demo.example", "fcr@demo.example"
WHY = "It is what the account and the enquiries so far support."


@pytest.fixture
def report_by(session: Session) -> Callable[[ReporterType], int]:
    """Make the people of the story, and a report of rape."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    load_shipped(session, now=clock.now())
    sergeant = a_person(
        session, name="Demo Sergeant", email=SERGEANT, password=PASSWORD, roles=[Role.SUPERVISOR]
    )
    officer = a_person(
        session, name="Demo Officer", email=OFFICER, password=PASSWORD, supervisor=sergeant
    )
    a_person(
        session, name="Demo FCR", email=FCR, password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    officer_id = officer.id

    def make(reporter: ReporterType) -> int:
        incident = an_incident(
            session,
            opening_code=OpeningCode.RAPE,
            reporter_type=reporter,
            officer=session.get_one(Person, officer_id),
            first_reported_at=clock.now() - timedelta(hours=2),
            victim_confirmed=Known.UNKNOWN,
        )
        incident_id = incident.id
        session.commit()
        return incident_id

    return make


def look(page: Page) -> None:
    """Check the page as it is now, for everybody."""
    check_accessibility(page)
    check_width(page)


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one question that is asked with radio buttons."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def begin(page: Page, incident_id: int, says: str) -> None:
    """Open a rape report from a report of crime, and say what the victim says."""
    page.goto(f"/incidents/{incident_id}")
    follow(page.get_by_role("button", name="Decide on a report of rape"))
    look(page)
    page.get_by_label(says, exact=True).check()
    follow(page.get_by_role("button", name="Continue"))
    look(page)
    page.get_by_label("Which victim and which offender is this about?").fill("The two of them")
    choose(page, "As it was told", "Yes")
    choose(page, "Is there credible evidence", "No")
    choose(page, "Where did it happen?", "In our area")
    page.get_by_label("What was done to keep the victim").fill("A trained officer is there.")


def say_which_rape(page: Page) -> None:
    choose(page, "Is the victim female or male?", "Female")
    choose(page, "How old was the victim", "16 or over")
    choose(page, "Who did it?", "One person, or several who are told apart")
    choose(page, "Was it completed or attempted?", "Completed")


def see_where_it_leads(page: Page) -> None:
    follow(page.get_by_role("button", name="Continue"))
    look(page)
    follow(page.get_by_role("button", name="See where this leads"))
    look(page)


def an_n100(page: Page, incident_id: int) -> str:
    """Make an N100/01 of a passer-by's report, and return its reference."""
    begin(page, incident_id, "Nothing: the victim can’t be traced")
    choose(page, "Does it have to be recorded although", "No")
    page.get_by_label("What was done to reach the victim").fill("The park and the hospitals.")
    see_where_it_leads(page)
    expect(page.get_by_text("Create an N100/01")).to_be_visible()
    follow(page.get_by_role("link", name="Create an N100"))
    look(page)
    page.get_by_label("The victim can’t be traced").check()
    page.get_by_label("Say why, in your own words").fill(WHY)
    follow(page.get_by_role("button", name="Create an N100"))
    expect(page.get_by_text("The N100 is created")).to_be_visible()
    page.goto(f"/incidents/{incident_id}")
    return page.get_by_role("link", name="N100-").first.inner_text()


def check(page: Page, reference: str) -> None:
    """Check it as the supervisor, and send it to the FCR."""
    page.goto(f"/cases/{reference}")
    look(page)
    follow(page.get_by_role("link", name="Check the N100 and send it to the FCR"))
    page.get_by_label("Yes", exact=True).check()
    follow(page.get_by_role("button", name="Check the N100 and send it to the FCR"))
    expect(page.get_by_text("It is with the FCR")).to_be_visible()


def test_what_a_professional_reports_is_recorded_at_once(
    sign_in: SignIn, report_by: Callable[[ReporterType], int]
) -> None:
    incident_id = report_by(ReporterType.PROFESSIONAL)
    page = sign_in(OFFICER)

    begin(page, incident_id, "Nothing yet")
    choose(page, "Is there doubt about who reported it", "No")
    choose(page, "Does it have to be recorded although", "No")
    page.get_by_label("What was done to reach the victim").fill("Asked by her social worker.")
    say_which_rape(page)
    see_where_it_leads(page)

    expect(page.get_by_text("Rape of a female aged 16 or over: 19C (019/08)")).to_be_visible()
    refused = page.get_by_text("Create an N100", exact=True)
    expect(refused).not_to_be_visible()
    page.get_by_text("Not possible now, and why").click()
    expect(refused).to_be_visible()
    expect(
        page.get_by_text("Record the crime. Only the FCR can allow an N100 here").last
    ).to_be_visible()
    follow(page.get_by_role("link", name="Record the rape"))
    look(page)
    follow(page.get_by_role("button", name="Record the rape"))
    expect(page.get_by_text("The rape is recorded. A supervisor checks it")).to_be_visible()
    look(page)


def test_a_passer_by_saw_it_and_the_fcr_agrees_with_the_keys(
    sign_in: SignIn, report_by: Callable[[ReporterType], int]
) -> None:
    incident_id = report_by(ReporterType.WITNESS)
    reference = an_n100(sign_in(OFFICER), incident_id)
    check(sign_in(SERGEANT), reference)

    page = sign_in(FCR)
    page.goto("/reviews")
    look(page)
    follow(page.get_by_role("link", name=reference))
    look(page)
    expect(page.get_by_role("heading", name="Why it is not recorded as rape")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.type(WHY)
    follow(page.get_by_role("button", name="Save decision"))
    expect(page.get_by_text("The N100 is confirmed with its code")).to_be_visible()
    page.keyboard.press("j")
    page.wait_for_url("**/reviews")
    expect(page.get_by_text("That was the last one")).to_be_visible()


def test_a_confirmed_n100_becomes_a_crime_without_scripts_and_on_a_phone(
    sign_in: SignIn, report_by: Callable[[ReporterType], int]
) -> None:
    incident_id = report_by(ReporterType.WITNESS)
    reference = an_n100(sign_in(OFFICER), incident_id)

    page = sign_in(OFFICER, width=390, javascript=False)
    page.goto(f"/cases/{reference}")
    follow(page.get_by_role("link", name="Confirmed: record the rape"))
    now = to_london(clock.now())
    for part, value in (("day", now.day), ("month", now.month), ("year", now.year)):
        page.locator(f"#confirmed_at-{part}").fill(str(value))
    page.locator("#confirmed_at-time").fill(f"{now - timedelta(minutes=1):%H:%M}")
    page.get_by_label("Who confirmed it, and to whom?").fill("The victim, to me")
    say_which_rape(page)
    follow(page.get_by_role("button", name="Confirmed: record the rape"))

    expect(page.get_by_text("The crime is recorded")).to_be_visible()
    expect(page.get_by_text("after it was confirmed")).to_be_visible()
