"""A class changed, a rape found early to be an N100, and an N300, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Force, IncidentCrime
from fcr_app.services.offences import load_shipped
from tests.builders import PASSWORD, a_crime, a_person, an_incident, an_offence
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, SERGEANT = "officer@demo.example", "sergeant@demo.example"
DDM, FCR = "ddm@demo.example", "fcr@demo.example"
WHY = "It is what the account and the enquiries so far support."


@pytest.fixture
def place(session: Session) -> dict[str, int]:
    """Make the people of the stories, two crimes and a report of a death."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    load_shipped(session, now=clock.now())
    sergeant = a_person(
        session, name="Demo Sergeant", email=SERGEANT, password=PASSWORD, roles=[Role.SUPERVISOR]
    )
    officer = a_person(
        session, name="Demo Officer", email=OFFICER, password=PASSWORD, supervisor=sergeant
    )
    a_person(
        session, name="Demo DDM", email=DDM, password=PASSWORD,
        roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE],
    )  # fmt: skip
    a_person(
        session, name="Demo FCR", email=FCR, password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    reported_at = clock.now() - timedelta(hours=2)
    rape = a_crime(
        session, oic=officer, recorded_at=clock.now() - timedelta(hours=1),
        offence=an_offence(session, offence_class="19C", offence_code="019/08"),
    )  # fmt: skip
    robbery = a_crime(session, oic=officer)
    report, death = (
        an_incident(session, officer=officer, first_reported_at=reported_at, opening_code=code)
        for code in (OpeningCode.RAPE, OpeningCode.DEATH)
    )
    session.add(IncidentCrime(incident_id=report.id, crime_id=rape.id, linked_at=clock.now()))
    made = {"rape": rape.id, "robbery": robbery.id, "death": death.id}
    session.commit()
    return made


def look(page: Page) -> None:
    """Check the page as it is now, for everybody."""
    check_accessibility(page)
    check_width(page)


def test_a_crime_is_given_another_class_and_keeps_its_first(
    sign_in: SignIn, place: dict[str, int]
) -> None:
    officer = sign_in(OFFICER)
    officer.goto(f"/crimes/{place['robbery']}")
    follow(officer.get_by_role("button", name="Reclassify"))
    look(officer)
    officer.locator("#new_offence").fill("39 039/00")
    follow(officer.get_by_role("button", name="Continue"))
    officer.get_by_label("The class was wrong from the start").check()
    officer.get_by_label("What shows it?").fill("The statement: the bag was taken unseen.")
    look(officer)
    follow(officer.get_by_role("button", name="Continue"))
    look(officer)
    follow(officer.get_by_role("button", name="Send"))
    address = officer.url

    ddm = sign_in(DDM)
    ddm.goto(address)
    look(ddm)
    ddm.get_by_label("Reclassify the crime").check()
    ddm.locator("#reclassify-is_shown").check()
    ddm.locator("#reclassify-rationale").fill(WHY)
    follow(ddm.get_by_role("button", name="Save decision"))
    ddm.goto(f"/crimes/{place['robbery']}")
    look(ddm)
    expect(ddm.get_by_text("Theft from the Person", exact=False).first).to_be_visible()
    expect(ddm.get_by_text("Robbery of", exact=False).first).to_be_visible()


def test_a_registrar_moves_a_rape_found_early_to_n100(
    sign_in: SignIn, place: dict[str, int]
) -> None:
    fcr = sign_in(FCR)
    fcr.goto(f"/crimes/{place['rape']}")
    follow(fcr.get_by_role("button", name="Move to N100, found early"))
    look(fcr)
    fcr.get_by_role("radio").first.check()
    follow(fcr.get_by_role("button", name="Continue"))
    fcr.get_by_role("group", name="Is it true that no substantive").get_by_label("Yes").check()
    fcr.get_by_label("Which information shows").fill("A passer-by rang, and no victim was found.")
    fcr.locator("#rationale").fill(WHY)
    look(fcr)
    follow(fcr.get_by_role("button", name="Continue"))
    look(fcr)
    follow(fcr.get_by_role("button", name="Move it to N100"))
    expect(fcr.get_by_role("alert")).to_contain_text("no longer counts")
    look(fcr)


def test_a_death_becomes_an_n300_that_the_fcr_sees(sign_in: SignIn, place: dict[str, int]) -> None:
    officer = sign_in(OFFICER, width=390)
    officer.goto(f"/incidents/{place['death']}")
    follow(officer.get_by_role("button", name="Create an N300"))
    look(officer)
    officer.get_by_role("radio").nth(5).check()
    follow(officer.get_by_role("button", name="Continue"))
    officer.get_by_label("Whose death is it?").fill("The man found at the foot of the stairs")
    officer.get_by_label("What is known of the circumstances?").fill(WHY)
    officer.locator("#safeguarding").fill("His wife is with her sister; a doctor has been.")
    look(officer)
    follow(officer.get_by_role("button", name="Continue"))
    follow(officer.get_by_role("button", name="Create the N300"))
    address = officer.url

    sergeant = sign_in(SERGEANT)
    sergeant.goto(address)
    follow(sergeant.get_by_role("link", name="Check the N300 and send it to the FCR"))
    sergeant.get_by_label("Yes", exact=True).check()
    look(sergeant)
    follow(sergeant.get_by_role("button", name="Check the N300 and send it to the FCR"))

    fcr = sign_in(FCR)
    fcr.goto("/reviews")
    look(fcr)
    follow(fcr.get_by_role("link", name="N300-").first)
    look(fcr)
    fcr.get_by_label("Agree", exact=False).first.check()
    fcr.locator("#agree-rationale").fill(WHY)
    follow(fcr.get_by_role("button", name="Save decision"))
    expect(fcr.get_by_text("Confirmed by the FCR").first).to_be_visible()
