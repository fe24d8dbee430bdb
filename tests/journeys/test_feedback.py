"""Feedback as the people in it would tell it: given, answered, put right, closed; or disputed."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Force
from tests.builders import PASSWORD, a_person, an_incident, an_offence
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, SERGEANT = "officer@demo.example", "sergeant@demo.example"
FCR, DEPUTY = "fcr@demo.example", "deputy@demo.example"
FOUND = "The deputy head told what the pupil told her. That is as good as the pupil’s own report."
WHY = "The deputy head said that she had doubts; the log has her words."
RULING = "The doubts were about who did it, not about whether it happened. The rule is met."


@pytest.fixture
def incident_id(session: Session) -> int:
    """Make the people of the story, and a report that nobody recorded a crime from."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    register = [AccreditationKind.REGISTER]
    sergeant = a_person(
        session, name="Demo Sergeant", email=SERGEANT, password=PASSWORD, roles=[Role.SUPERVISOR]
    )
    officer = a_person(
        session, name="Demo Officer One", email=OFFICER, staff_number="P1", password=PASSWORD,
        supervisor=sergeant,
    )  # fmt: skip
    for name, email, role in (("FCR", FCR, Role.FCR), ("Deputy", DEPUTY, Role.DEPUTY_FCR)):
        a_person(
            session, name=f"Demo {name}", email=email, password=PASSWORD, roles=[role],
            accreditations=register,
        )  # fmt: skip
    an_offence(session)
    incident = an_incident(session, officer=officer)
    incident.victim_name = "Demo Victim"
    session.commit()
    incident_id: int = incident.id
    session.rollback()
    return incident_id


def look(page: Page) -> None:
    """Check the page as it is now, for everybody."""
    check_accessibility(page)
    check_width(page)


def give(page: Page, incident_id: int, *, scripts: bool = True) -> None:
    """Give feedback on the report, from its page. What checks a page is a script itself."""
    page.goto(f"/incidents/{incident_id}")
    follow(page.get_by_role("link", name="Give feedback on this report"))
    if scripts:
        look(page)
    page.get_by_label("What is it about?").select_option("E06")
    follow(page.get_by_role("button", name="Continue"))
    if scripts:
        look(page)
    # What such feedback usually says is there, and who deals with the report.
    expect(page.get_by_label("Who made the decision?")).to_have_value("P1")
    expect(page.get_by_label("What has to happen to the record?")).to_have_value("record_crime")
    follow(page.get_by_role("button", name="Give feedback"))
    expect(page.get_by_role("alert").first).to_contain_text("Say what was right or wrong")
    page.get_by_label("What was right or wrong?").fill(FOUND)
    follow(page.get_by_role("button", name="Give feedback"))


@pytest.mark.parametrize("width", [1280, 390])
def test_feedback_is_given_answered_and_closes_when_the_crime_is_recorded(
    sign_in: SignIn, incident_id: int, width: int
) -> None:
    page = sign_in(FCR, width=width)
    give(page, incident_id)
    page.goto("/feedback/all?error=E06")
    look(page)
    expect(page.get_by_role("link", name="FBR-")).to_have_count(1)

    page = sign_in(OFFICER, width=width)
    page.goto("/feedback")
    look(page)
    follow(page.get_by_role("link", name="Feedback on"))
    look(page)
    expect(page.get_by_text("REC-08").first).to_be_visible()
    follow(page.get_by_role("link", name="I agree"))
    look(page)
    page.get_by_label("Your reply (optional)").fill("I see it now.")
    follow(page.get_by_role("button", name="I agree"))
    expect(page.get_by_text("Agreed, to be corrected").first).to_be_visible()
    case = page.url

    # It can't be closed by hand before; it closes by itself once the crime is recorded.
    follow(page.get_by_role("link", name="Record the crime from report"))
    page.get_by_label("Offence", exact=True).fill("34B 034/01")
    if page.get_by_label("Why is it recorded late?").count():
        page.get_by_label("Why is it recorded late?").fill("Read again after feedback on it.")
    follow(page.get_by_role("button", name="Record the crime"))
    expect(page.get_by_role("alert").first).to_contain_text("The crime was recorded.")
    page.goto(case)
    expect(page.locator(".app-case__state")).to_contain_text("Closed")
    expect(page.get_by_text("was recorded, seen").first).to_be_visible()
    look(page)


def test_disputed_feedback_is_ruled_on_by_the_fcr_without_scripts(
    sign_in: SignIn, incident_id: int
) -> None:
    page = sign_in(FCR, javascript=False)
    give(page, incident_id, scripts=False)
    page = sign_in(OFFICER, javascript=False)
    page.goto("/feedback")
    follow(page.get_by_role("link", name="Feedback on"))
    follow(page.get_by_role("link", name="I dispute it"))
    page.get_by_label("Why do you think that it was right?").fill(WHY)
    follow(page.get_by_role("button", name="I dispute it"))
    expect(page.get_by_text("Disputed, waiting for a ruling").first).to_be_visible()

    page = sign_in(DEPUTY, javascript=False)
    page.goto("/feedback/all?state=feedback_disputed")
    follow(page.get_by_role("link", name="FBR-"))
    disputed = page.get_by_role("term").filter(has_text="Why it is disputed")
    expect(disputed.first).to_be_visible()
    expect(page.get_by_text(WHY).first).to_be_visible()
    page.get_by_label("Uphold it", exact=True).check()
    page.locator("#uphold-rationale").fill(RULING)
    follow(page.get_by_role("button", name="Save decision"))
    expect(page.get_by_text("Upheld, to be corrected").first).to_be_visible()
