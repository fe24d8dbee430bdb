"""The story of an appointment, as the people in it would tell it, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Appointment, Force, Incident
from fcr_app.services.transaction import transaction
from tests.builders import PASSWORD, a_person, an_incident, an_offence
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, FCR = "officer@demo.example", "fcr@demo.example"
WHY = "The caller heard shouting; nobody has said yet whether anybody was hurt."


@pytest.fixture
def incident_id(session: Session) -> int:
    """Make the people of the story, and a report of yesterday whose limit is near."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    officer = a_person(session, name="Demo Officer One", email=OFFICER, password=PASSWORD)
    a_person(
        session, name="Demo FCR", email=FCR, password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    an_offence(session)
    reported_at = clock.now() - timedelta(hours=23)
    incident_id = an_incident(session, officer=officer, first_reported_at=reported_at).id
    session.commit()  # and ask nothing more: the next statement would take the lock again
    return incident_id


def looker(javascript: bool) -> Callable[[Page], None]:
    """Return what checks a page as it is now, for everybody. What checks best needs a script."""

    def look(page: Page) -> None:
        if javascript:
            check_accessibility(page)
            check_width(page)

    return look


def late_slot(page: Page) -> None:
    """Pick the last slot that is shown, which is after the limit, and a place."""
    marked = page.get_by_role("radio", name="After the 24-hour limit")
    marked.last.check()
    page.get_by_label("By telephone").check()


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (390, True), (390, False)], ids=str
)
def test_a_late_slot_is_stopped_then_reasoned_then_reviewed_and_a_missed_one_asks_again(
    sign_in: SignIn, incident_id: int, width: int, javascript: bool
) -> None:
    look = looker(javascript)
    officer = sign_in(OFFICER, width=width, javascript=javascript)
    officer.goto(f"/incidents/{incident_id}")
    follow(officer.get_by_role("button", name="Start a diary appointment"))
    follow(officer.get_by_role("link", name="Book a slot", exact=True))
    look(officer)
    expect(officer.locator(".govuk-inset-text")).to_contain_text("does not stop the clock")
    late_slot(officer)
    follow(officer.get_by_role("button", name="Book this slot"))
    expect(officer.get_by_role("alert")).to_contain_text("after the limit to record")
    look(officer)

    officer.get_by_label("which information is insufficient").fill(WHY)
    follow(officer.get_by_role("button", name="Book this slot"))
    expect(officer.get_by_role("alert")).to_contain_text("the FCR has been asked")
    look(officer)

    fcr = sign_in(FCR, width=width, javascript=javascript)
    follow(fcr.get_by_role("link", name="DIA-26-").first)
    look(fcr)
    fcr.get_by_label("Let the slot stand").check()
    fcr.locator("#let_stand-rationale").fill("The account does not say that anything was done.")
    follow(fcr.get_by_role("button", name="Save decision"))
    expect(fcr.get_by_role("alert")).to_contain_text("The slot stands")

    the_slot_has_begun()
    officer.reload()
    follow(officer.get_by_role("link", name="It was missed"))
    look(officer)
    officer.get_by_label("No, information is still insufficient").check()
    follow(officer.get_by_role("button", name="It was missed"))
    expect(officer.get_by_role("alert")).to_contain_text("which information is still insufficient")
    officer.get_by_label("which information is still insufficient").fill(WHY)
    follow(officer.get_by_role("button", name="It was missed"))
    expect(officer.get_by_role("alert")).to_contain_text("The report stays open")
    with transaction() as session:
        assert session.get_one(Incident, incident_id).settled_at is None

    officer.goto("/diary")
    look(officer)
    follow(officer.get_by_role("link", name="Daily list"))
    look(officer)
    officer.goto("/diary?view=day")
    look(officer)
    officer.goto("/diary/feeds")
    follow(officer.get_by_role("button", name="Make an address"))
    address = officer.get_by_label("The address of your calendar").input_value()
    assert address.startswith(officer.url.removesuffix("feeds") + "feed/")
    assert officer.request.get(address).ok
    look(officer)


def the_slot_has_begun() -> None:
    """Let the slot lie in the past, as it will if one waits."""
    with transaction() as session:
        row = session.scalars(select(Appointment)).one()
        row.starts_at = clock.now() - timedelta(minutes=30)
        row.ends_at = clock.now() + timedelta(minutes=30)
