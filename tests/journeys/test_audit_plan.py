"""The audit plan in a browser: begun, changed, approved by two people, changed by an edition."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import Force
from tests.builders import PASSWORD, a_person
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

FCR, CHIEF = "fcr@demo.example", "chief@demo.example"
WHY = "The inspection in January looks at rape first, and one auditor leaves in March."


@pytest.fixture
def people(session: Session) -> None:
    """Make a registrar who plans, an auditor who examines, a chief officer who approves."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    people = (
        ("FCR", FCR, Role.FCR),
        ("Chief", CHIEF, Role.CHIEF_OFFICER),
        ("Auditor", "auditor@demo.example", Role.AUDITOR),
    )
    for name, email, role in people:
        a_person(session, name=f"Demo {name}", email=email, password=PASSWORD, roles=[role])
    session.commit()


def change_hours(page: Page, audit: str, hours: str) -> None:
    """Open an audit from the plan, and change how long it takes."""
    follow(page.get_by_role("link", name=audit))
    follow(page.get_by_role("button", name="Change the audit"))
    check_accessibility(page)
    page.get_by_label("Hours of auditors each time").fill(hours)
    follow(page.get_by_role("button", name="Save the audit"))


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("width", [1280, 390])
def test_a_plan_is_written_approved_by_two_people_and_changed_with_a_reason(
    sign_in: SignIn, width: int
) -> None:
    fcr = sign_in(FCR, width=width)
    fcr.goto("/audits/plan")
    expect(fcr.get_by_text("No audit is planned yet")).to_be_visible()
    follow(fcr.get_by_role("button", name="Begin a plan"))
    check_accessibility(fcr)
    fcr.get_by_label("Hours of auditors in a month").fill("many")
    follow(fcr.get_by_role("button", name="Begin the plan"))
    expect(fcr.get_by_role("alert").first).to_contain_text("Enter a number")
    fcr.get_by_label("Hours of auditors in a month").fill("235")
    follow(fcr.get_by_role("button", name="Begin the plan"))
    plan = fcr.url
    change_hours(fcr, "A2 Reports of rape", "lots")
    expect(fcr.get_by_role("alert").first).to_contain_text("Enter a number")
    fcr.get_by_label("Hours of auditors each time").fill("42")
    follow(fcr.get_by_role("button", name="Save the audit"))
    expect(fcr.get_by_text("Hours each time: 35 42")).to_be_visible()
    fcr.goto(plan)
    follow(fcr.get_by_role("button", name="Approve it for the FCR"))
    check_accessibility(fcr)
    follow(fcr.get_by_role("button", name="Approve it for the FCR"))
    expect(fcr.get_by_text("Waiting for the chief officer", exact=True)).to_be_visible()

    chief = sign_in(CHIEF, width=width)
    chief.goto("/notices")
    follow(chief.get_by_role("link", name="Audit plan").last)
    follow(chief.get_by_role("button", name="Approve the plan"))
    follow(chief.get_by_role("button", name="Approve the plan"))
    expect(chief.get_by_text("In force", exact=True)).to_be_visible()
    follow(chief.get_by_role("link", name="Calendar and hours"))
    check_accessibility(chief)
    check_width(chief)
    expect(chief.get_by_role("img", name="Hours of auditors month by month")).to_be_visible()
    expect(chief.get_by_role("cell", name="too many").first).to_be_visible()

    fcr.goto(plan)
    follow(fcr.get_by_role("button", name="Change the plan"))
    fcr.get_by_label("Why is the plan changed?").fill(WHY)
    follow(fcr.get_by_role("button", name="Begin a new edition"))
    change_hours(fcr, "A8 Diary appointments", "20")
    follow(fcr.get_by_role("link", name="Audit plan 20"))
    expect(fcr.get_by_role("heading", name="What this edition changes")).to_be_visible()
    expect(fcr.get_by_role("heading", name="A8-1 Diary appointments")).to_be_visible()
    follow(fcr.get_by_role("button", name="Approve it for the FCR"))
    follow(fcr.get_by_role("button", name="Approve it for the FCR"))
    chief.goto("/audits/plan/editions")
    follow(chief.get_by_role("link", name="edition 2"))
    expect(chief.get_by_text(WHY).first).to_be_visible()
    follow(chief.get_by_role("button", name="Approve the plan"))
    follow(chief.get_by_role("button", name="Approve the plan"))
    chief.goto(plan)
    expect(chief.get_by_text("Replaced", exact=True)).to_be_visible()


@pytest.mark.usefixtures("people")
def test_a_plan_is_begun_without_a_script(sign_in: SignIn) -> None:
    fcr = sign_in(FCR, javascript=False)
    fcr.goto("/audits/plan/new")
    follow(fcr.get_by_role("button", name="Begin the plan"))
    expect(fcr.get_by_text("Being written", exact=True)).to_be_visible()
