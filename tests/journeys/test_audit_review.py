"""An auditor examines with the keyboard alone, another blind; the FCR says what counts."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import AuditCrime, AuditItem, AuditReview, IncidentCrime
from tests.audit_builders import a_run, an_item
from tests.builders import NOW, PASSWORD, a_crime, a_person, an_incident, an_offence
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

REFERENCE = "AUD-2026-0950"


def an_audit(session: Session) -> None:
    """Make an audit of three reports; the first has a recorded crime, two auditors the second."""
    people = {
        who: a_person(
            session,
            name=f"Demo {who.title()}",
            email=f"{who}@force.example",
            roles=[role],
            accreditations=[AccreditationKind.REGISTER] if role is Role.FCR else [],
            password=PASSWORD,
        )
        for who, role in (("one", Role.AUDITOR), ("two", Role.AUDITOR), ("fcr", Role.FCR))
    }
    officer = a_person(session, name="Demo Officer")
    run = a_run(session, reference=REFERENCE)
    items = [
        an_item(
            session,
            run,
            people["one"],
            people["two"] if position == 2 else None,
            incident=an_incident(session, officer=officer, reference=f"INC-{position}"),
            position=position,
        )
        for position in (1, 2, 3)
    ]
    crime = a_crime(session, offence=an_offence(session, offence_class="8N"), number="DEMO 1/26")
    linked = IncidentCrime(incident_id=items[0].incident_id or 0, crime_id=crime.id, linked_at=NOW)
    session.add(linked)
    session.commit()


def at_record(page: Page, title: str) -> None:
    """Wait until a record is there, and what its keys do with it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_load_state()


def saved(page: Page) -> None:
    """Wait until what was said is kept."""
    expect(page.locator("[data-review-told]")).to_have_text(re.compile(r"Saved at \d\d:\d\d"))


def examine_by_keyboard(page: Page) -> None:
    """Go through three records with keys alone, leave, and come back."""
    page.goto("/audits/to-examine")
    follow(page.get_by_role("link", name=re.compile("Begin")))
    at_record(page, "Record 1 of 3: INC-1")
    check_accessibility(page)

    # The closing code is right, and so is the crime: three keys, and on.
    page.keyboard.press("1")
    page.keyboard.press("1")
    saved(page)
    page.keyboard.press("s")
    at_record(page, "Record 2 of 3: INC-2")

    # A crime is missing; what went wrong is asked below it.
    page.keyboard.press("1")
    saved(page)
    page.keyboard.press("c")
    expect(page.get_by_text("Crime 1: not recorded")).to_be_visible()
    page.wait_for_load_state()
    expect(page.get_by_label("What went wrong?")).to_be_hidden()
    page.keyboard.press("1")
    page.get_by_label("Offence group, as it should be").select_option("violence")
    page.get_by_label("What went wrong?").select_option("E04")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    saved(page)
    check_accessibility(page)

    # Whoever leaves comes back to where they were, with what they said.
    page.goto("/audits/to-examine")
    follow(page.get_by_role("link", name=re.compile("Go on")))
    at_record(page, "Record 2 of 3: INC-2")
    expect(page.get_by_label("What went wrong?")).to_have_value("E04")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("s")
    at_record(page, "Record 3 of 3: INC-3")
    page.keyboard.press("k")
    at_record(page, "Record 2 of 3: INC-2")
    page.keyboard.press("j")
    at_record(page, "Record 3 of 3: INC-3")
    page.keyboard.press("1")
    page.keyboard.press("s")
    expect(page.get_by_text("You have examined every record")).to_be_visible()


def examine_blind(second: Page) -> None:
    """Examine the second record on a phone, without a word of the first auditor."""
    second.goto(f"/audits/runs/{REFERENCE}/review")
    expect(second.get_by_text("Second review", exact=True)).to_be_visible()
    expect(second.get_by_text("Crime 1")).to_have_count(0)
    check_width(second)
    check_accessibility(second)
    second.get_by_label("Yes").check()
    saved(second)
    follow(second.get_by_role("button", name="Save and next"))
    expect(second.get_by_text("You have examined every record")).to_be_visible()


def moderate_and_put_right(fcr: Page) -> None:
    """Say which of two reviews counts, and open what puts its finding right."""
    fcr.goto(f"/audits/runs/{REFERENCE}")
    follow(fcr.get_by_role("button", name="Moderate 1 difference"))
    follow(fcr.get_by_role("link", name="INC-2"))
    expect(fcr.get_by_role("columnheader", name="First: Demo One")).to_be_visible()
    check_accessibility(fcr)
    fcr.get_by_label("The first review is right").check()
    fcr.get_by_label("Why does this count?").fill("The account names a threat.")
    follow(fcr.get_by_role("button", name="Save and next"))
    expect(fcr.get_by_text("Every difference is settled")).to_be_visible()

    fcr.goto(f"/audits/runs/{REFERENCE}/findings")
    check_width(fcr)
    follow(fcr.get_by_role("link", name=re.compile("An assault without injury")))
    check_accessibility(fcr)
    follow(fcr.get_by_role("button", name="Record the crime"))
    expect(fcr.get_by_label("Why is it recorded late?")).to_have_value(
        re.compile(f"Audit {REFERENCE} found on INC-2")
    )


def test_records_are_examined_by_keyboard_blind_and_moderated(
    session: Session, sign_in: SignIn
) -> None:
    an_audit(session)

    examine_by_keyboard(sign_in("one@force.example"))
    examine_blind(sign_in("two@force.example", width=390))
    moderate_and_put_right(sign_in("fcr@force.example"))

    session.rollback()
    counts = select(AuditReview.kind, AuditItem.position).join(
        AuditItem, AuditItem.id == AuditReview.item_id
    )
    kept = session.execute(counts.where(AuditReview.counts).order_by(AuditItem.position)).all()
    assert [(kind, position) for kind, position in kept] == [
        ("first", 1),
        ("final", 2),
        ("first", 3),
    ]
    assert session.scalars(select(AuditCrime.verdict)).all().count("missing") == 2


def test_a_record_is_examined_without_scripts(session: Session, sign_in: SignIn) -> None:
    an_audit(session)
    page = sign_in("one@force.example", javascript=False)
    page.goto(f"/audits/runs/{REFERENCE}/review/3")

    page.get_by_label("Yes").check()
    follow(page.get_by_role("button", name="Add a crime that is missing"))
    page.locator("#crime-1-verdict").check()
    follow(page.get_by_role("button", name="Save and next"))
    expect(page.get_by_role("alert")).to_contain_text("Crime 1: select what went wrong.")
    page.get_by_label("Offence group, as it should be").select_option("violence")
    page.get_by_label("What went wrong?").select_option("E04")
    page.locator("#crime-1-safeguarding").check()
    follow(page.get_by_role("button", name="Save and next"))

    at_record(page, "Record 1 of 3: INC-1")
    session.rollback()
    assert session.scalars(select(AuditCrime.verdict)).all() == ["missing"]
