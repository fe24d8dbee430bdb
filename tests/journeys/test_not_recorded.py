"""A decision not to record and its appeal, and a ruling, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Force
from tests.builders import PASSWORD, a_crime, a_person, an_incident, an_offence
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, DDM, FCR = "officer@demo.example", "ddm@demo.example", "fcr@demo.example"
WHY = "The fence stands on the line that both deeds agree on, and nothing was broken."


@pytest.fixture
def place(session: Session) -> dict[str, int]:
    """Make the people of the story, a report and a crime."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    officer = a_person(session, name="Demo Officer One", email=OFFICER, password=PASSWORD)
    a_person(
        session, name="Demo DDM One", email=DDM, password=PASSWORD,
        roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE],
    )  # fmt: skip
    a_person(
        session, name="Demo FCR", email=FCR, password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    an_offence(session, offence_class="105A", offence_code="105/01", title="Common assault")
    messages = an_offence(session, offence_class="8L", offence_code="195/94", title="Harassment")
    report = an_incident(
        session,
        officer=officer,
        first_reported_at=clock.now() - timedelta(hours=2),
        opening_code=OpeningCode.OTHER,
        reporter_type=ReporterType.THIRD_PARTY,
    )
    crime = a_crime(session, oic=officer, offence=messages)
    made = {"report": report.id, "crime": crime.id}
    session.commit()
    return made


def fill_moment(page: Page, name: str) -> None:
    """Fill in this moment, as it is in London."""
    now = to_london(clock.now())
    for part, value in (("day", now.day), ("month", now.month), ("year", now.year)):
        page.locator(f"#{name}-{part}").fill(str(value))
    page.locator(f"#{name}-time").fill(f"{now:%H:%M}")


def check(page: Page) -> None:
    check_accessibility(page)
    check_width(page)


def test_not_recorded_told_appealed_and_recorded_after_all(
    sign_in: SignIn, place: dict[str, int]
) -> None:
    officer = sign_in(OFFICER)
    officer.goto(f"/incidents/{place['report']}")
    follow(officer.get_by_role("button", name="Decide not to record"))
    check(officer)
    officer.get_by_label("What was reported is not a notifiable crime").check()
    follow(officer.get_by_role("button", name="Continue"))
    officer.get_by_label("Your reasons").fill("No crime, victim won’t prosecute.")
    follow(officer.get_by_role("button", name="Continue"))
    expect(officer.get_by_text("REC-05").first).to_be_visible()
    follow(officer.get_by_role("button", name="Decide not to record"))
    expect(officer.get_by_role("alert")).to_contain_text("recorded all the same")
    check(officer)
    follow(officer.get_by_role("link", name="Change Reasons"))
    officer.get_by_label("Your reasons").fill(WHY)
    follow(officer.get_by_role("button", name="Continue"))
    follow(officer.get_by_role("button", name="Decide not to record"))
    expect(officer.get_by_text("Next: tell the victim or the reporter")).to_be_visible()
    check(officer)

    follow(officer.get_by_role("link", name="Record that the reporter was told"))
    fill_moment(officer, "told_at")
    officer.get_by_label("By phone").check()
    officer.get_by_label("Who was told?").fill("The reporter")
    officer.get_by_label("Who told them?").fill("The officer who deals with it")
    officer.get_by_label("What were they told?").fill("That no crime is recorded, and why.")
    check(officer)
    follow(officer.get_by_role("button", name="Record that the reporter was told"))
    expect(officer.get_by_text("Not recorded, reporter told").first).to_be_visible()

    follow(officer.get_by_role("link", name="Record an appeal"))
    officer.get_by_label("The victim").check()
    fill_moment(officer, "appeal_at")
    officer.get_by_label("What do they say against").fill("He pushed me against the wall, twice.")
    follow(officer.get_by_role("button", name="Record an appeal"))
    address = officer.url

    ddm = sign_in(DDM)
    ddm.goto(address)
    expect(ddm.get_by_text("He pushed me against the wall, twice.").first).to_be_visible()
    check(ddm)
    ddm.get_by_label("Uphold the appeal and record the crime").check()
    ddm.locator("#uphold-offence").fill("common assault")
    ddm.locator("#uphold-rationale").fill("The victim confirms an assault without injury.")
    follow(ddm.get_by_role("button", name="Save decision"))
    expect(ddm.get_by_text("Recorded after all").first).to_be_visible()
    check(ddm)


def test_a_question_is_ruled_on_and_the_ruling_is_found(
    sign_in: SignIn, place: dict[str, int]
) -> None:
    officer = sign_in(OFFICER)
    officer.goto(f"/crimes/{place['crime']}")
    follow(officer.get_by_role("button", name="Ask for a ruling"))
    check(officer)
    officer.get_by_label("What do you want the FCR to rule on?").fill("Is this only harassment?")
    follow(officer.get_by_role("button", name="Continue"))
    officer.get_by_label("What makes it unclear?").fill("They parted eight years ago, with a car.")
    follow(officer.get_by_role("button", name="Continue"))
    check(officer)
    follow(officer.get_by_role("button", name="Ask the FCR"))
    address = officer.url

    fcr = sign_in(FCR)
    fcr.goto(address)
    fcr.get_by_label("Make a ruling").check()
    fcr.locator("#rule-ruling_question").fill("Messages about a shared car")
    fcr.get_by_label("Which class").check()
    fcr.locator("#rule-ruling_class").fill("8L")
    fcr.locator("#rule-ruling_facts").fill("Two people who parted; messages about a car.")
    fcr.locator("#rule-ruling_text").fill("Harassment, while they keep to the car.")
    fcr.locator("#rule-rationale").fill("Nothing in it is fixated or obsessive.")
    check(fcr)
    follow(fcr.get_by_role("button", name="Save decision"))
    expect(fcr.get_by_text("The ruling is in the register")).to_be_visible()
    check(fcr)

    officer.goto("/rulings?words=messag")
    check(officer)
    follow(officer.get_by_role("link", name="Messages about a shared car"))
    expect(officer.get_by_role("link", name="Crime DEMO")).to_be_visible()
    check(officer)
    fcr.goto("/rulings/new")
    check(fcr)
