"""The stories of a cancellation, as the people in it would tell them, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Crime, Force, Person
from tests.builders import PASSWORD, a_crime, a_person, an_offence
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER, DDM, FCR = "officer@demo.example", "ddm@demo.example", "fcr@demo.example"


@pytest.fixture
def crime_for(session: Session) -> Callable[..., int]:
    """Make the people of the story, and a crime."""
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
    officer_id = officer.id

    def make(offence_class: str = "34B", code: str = "034/01", title: str = "Robbery") -> int:
        offence = an_offence(session, offence_class=offence_class, offence_code=code, title=title)
        crime: Crime = a_crime(
            session,
            oic=session.get_one(Person, officer_id),
            offence=offence,
            recorded_at=clock.now() - timedelta(days=5),
        )
        crime_id = crime.id
        session.commit()  # and ask nothing more: the next statement would take the lock again
        return crime_id

    return make


def fill_date(page: Page, name: str, days_ago: int = 0) -> None:
    """Fill in a day, as it is in London."""
    day = clock.now() - timedelta(days=days_ago)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#{name}-{part}").fill(str(value))


def choose(page: Page, question: str, answer: str) -> None:
    """Answer one question that is asked with radio buttons."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def look(page: Page) -> None:
    """Check the page as it is now, for everybody."""
    check_accessibility(page)
    check_width(page)


def ask_for(page: Page, crime_id: int, reason: str) -> None:
    """Begin a request about a crime, up to its details."""
    page.goto(f"/crimes/{crime_id}")
    follow(page.get_by_role("button", name="Ask to cancel or transfer"))
    look(page)
    page.get_by_label(reason).check()
    follow(page.get_by_role("button", name="Continue"))
    look(page)


def send(page: Page) -> str:
    """Check the answers, send the request, and return its address."""
    follow(page.get_by_role("button", name="Continue"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    look(page)
    follow(page.get_by_role("button", name="Send for decision"))
    expect(page.get_by_role("alert")).to_contain_text("has been sent")
    return page.url


def ask_for_c2(page: Page, crime_id: int) -> str:
    """Ask for a crime to be cancelled on new information."""
    ask_for(page, crime_id, "New information shows that no crime happened")
    page.get_by_label("What is the new information?").fill(
        "CCTV from the shop shows the owner handing the bag over herself."
    )
    fill_date(page, "available_on", days_ago=1)
    page.get_by_label("Where does it come from?").fill("CCTV, exhibit DEMO/1")
    page.get_by_label("How can somebody else check it?").fill("It is held in the property store.")
    page.get_by_label("What does it change").fill("It shows that nothing was taken by force.")
    choose(page, "Does the request rest on the victim", "No")
    page.get_by_role("group", name="How serious").get_by_label("Low").check()
    return send(page)


def approve_c2(page: Page) -> None:
    """Approve in principle, with every judgement made."""
    page.get_by_label("Approve in principle").check()
    for question in ("Is it additional", "Is it verifiable", "Is it information"):
        choose(page, question, "Yes")
    page.locator("#approve-rationale").fill("The exhibit was looked at and settles the question.")
    follow(page.get_by_role("button", name="Save decision"))


def record_told(page: Page) -> None:
    """Record that the only victim was told just now."""
    follow(page.get_by_role("link", name="Record that the victim was told"))
    look(page)
    page.get_by_role("group", name="Which victim?").get_by_role("radio").first.check()
    fill_date(page, "told_at")
    page.locator("#told_at-time").fill(london_time())
    page.get_by_label("By phone").check()
    page.get_by_label("Who was told?").fill("The victim")
    page.get_by_label("Who told them?").fill("The officer in the case")
    page.get_by_label("What were they told?").fill("The decision and the reason for it.")


def london_time() -> str:
    """Return the time on a London clock."""
    return f"{to_london(clock.now()):%H:%M}"


def test_request_decide_tell_and_remove(crime_for: Callable[..., int], sign_in: SignIn) -> None:
    crime_id = crime_for()
    officer, ddm = sign_in(OFFICER), sign_in(DDM)
    case = ask_for_c2(officer, crime_id)
    look(officer)

    ddm.goto("/work")
    look(ddm)
    follow(ddm.get_by_role("link", name="CAN-").first)
    look(ddm)
    approve_c2(ddm)
    expect(ddm.get_by_role("alert")).to_contain_text("Approved in principle")
    expect(ddm.get_by_text("Not told yet", exact=False).first).to_be_visible()

    officer.goto(case)
    record_told(officer)
    follow(officer.get_by_role("button", name="Record that the victim was told"))
    expect(officer.get_by_role("alert")).to_contain_text("on record")

    ddm.goto(case)
    follow(ddm.get_by_role("link", name="Confirm and remove the crime"))
    look(ddm)
    ddm.get_by_label("Yes, I have looked at the record of it").check()
    follow(ddm.get_by_role("button", name="Confirm and remove the crime"))
    expect(ddm.get_by_role("alert")).to_contain_text("no longer counts")
    look(ddm)


def test_a_refusal_reaches_the_officer_with_its_reasons(
    crime_for: Callable[..., int], sign_in: SignIn
) -> None:
    crime_id = crime_for()
    officer, ddm = sign_in(OFFICER, width=390), sign_in(DDM)
    case = ask_for_c2(officer, crime_id)
    ddm.goto(case)
    ddm.get_by_label("Refuse the request").check()
    follow(ddm.get_by_role("button", name="Save decision"))
    expect(ddm.get_by_role("alert")).to_contain_text("Enter your reasons.")
    look(ddm)
    ddm.locator("#refuse-rationale").fill("The exhibit shows another day; nothing is settled.")
    follow(ddm.get_by_role("button", name="Save decision"))

    officer.goto("/feedback")
    expect(officer.get_by_text("The exhibit shows another day")).to_be_visible()
    look(officer)


def test_a_ddm_may_not_cancel_a_rape_and_a_registered_fcr_may(
    crime_for: Callable[..., int], sign_in: SignIn
) -> None:
    crime_id = crime_for("19C", "019/08", "Rape of a female aged 16 and over")
    case = ask_for_c2(sign_in(OFFICER), crime_id)
    ddm, fcr = sign_in(DDM), sign_in(FCR)
    ddm.goto(case)
    expect(ddm.get_by_role("heading", name="Why can’t I decide this?")).to_be_visible()
    expect(ddm.get_by_role("button", name="Save decision")).to_have_count(0)
    look(ddm)
    fcr.goto(case)
    approve_c2(fcr)
    expect(fcr.get_by_role("alert")).to_contain_text("Approved in principle")


def test_a_transfer_needs_the_other_forces_number_before_the_victim_is_told(
    crime_for: Callable[..., int], sign_in: SignIn
) -> None:
    crime_id = crime_for()
    officer, ddm = sign_in(OFFICER, javascript=False), sign_in(DDM)
    officer.goto(f"/crimes/{crime_id}")
    follow(officer.get_by_role("button", name="Ask to cancel or transfer"))
    officer.get_by_label("It happened in another force’s area").check()
    follow(officer.get_by_role("button", name="Continue"))
    officer.get_by_label("Where the victim was at the time").check()
    officer.get_by_label("What verifiable information shows it?").fill(
        "The bus company’s recording shows the place; it is kept as exhibit DEMO/2."
    )
    officer.get_by_label("Which force takes it over?").fill("Demonstration Neighbour Police")
    follow(officer.get_by_role("button", name="Continue"))
    follow(officer.get_by_role("button", name="Send for decision"))
    case = officer.url

    ddm.goto(case)
    ddm.get_by_label("Approve the transfer").check()
    choose(ddm, "Does verifiable information show", "Yes")
    ddm.locator("#approve_transfer-rationale").fill("The recording shows the place beyond doubt.")
    follow(ddm.get_by_role("button", name="Save decision"))

    officer.goto(case)
    expect(officer.get_by_role("link", name="Record that the victim was told")).to_have_count(0)
    follow(officer.get_by_role("link", name="Record the other force’s number"))
    officer.get_by_label("The receiving force’s crime or incident number").fill("NB/123/26")
    fill_date(officer, "reference_at")
    officer.locator("#reference_at-time").fill(london_time())
    follow(officer.get_by_role("button", name="Record the other force’s number"))
    follow(officer.get_by_role("link", name="Record that the victim was told"))
    officer.get_by_role("group", name="Which victim?").get_by_role("radio").first.check()
    fill_date(officer, "told_at")
    officer.locator("#told_at-time").fill(london_time())
    officer.get_by_label("In person").check()
    officer.get_by_label("Who was told?").fill("The victim")
    officer.get_by_label("Who told them?").fill("The officer in the case")
    officer.get_by_label("What were they told?").fill("The transfer, the reason, and the number.")
    choose(officer, "Were they given the receiving force’s number?", "Yes")
    follow(officer.get_by_role("button", name="Record that the victim was told"))
    ddm.goto(f"{case}/remove")
    ddm.get_by_label("Yes, I have looked at the record of it").check()
    follow(ddm.get_by_role("button", name="Confirm and remove the crime"))
    expect(ddm.get_by_role("alert")).to_contain_text("no longer counts")
    officer.goto(f"/crimes/{crime_id}")
    expect(officer.get_by_text("transferred to another force")).to_be_visible()


def test_what_an_officer_types_is_saved_before_they_continue(
    crime_for: Callable[..., int], sign_in: SignIn
) -> None:
    crime_id = crime_for()
    officer = sign_in(OFFICER, width=390)
    ask_for(officer, crime_id, "It was recorded by mistake")
    officer.get_by_label("What was the mistake?").fill("The caller meant another")
    expect(officer.get_by_text("Saved at")).to_be_visible()
    look(officer)
    officer.goto("/work")
    follow(officer.get_by_role("link", name="CAN-"))
    follow(officer.get_by_role("link", name="Go on writing"))
    mistake = officer.get_by_label("What was the mistake?")
    expect(mistake).to_have_value("The caller meant another")


def test_the_longest_crime_number_is_no_wider_than_a_phone(
    crime_for: Callable[..., int], sign_in: SignIn, session: Session
) -> None:
    crime_id = crime_for()
    session.get_one(Crime, crime_id).crime_number = "1d6034148b8a6c76" * 4
    session.commit()
    officer = sign_in(OFFICER, width=390)
    ask_for(officer, crime_id, "It was recorded by mistake")
    for path in (f"/crimes/{crime_id}", "/search?q=CAN", "/work"):
        officer.goto(path)
        look(officer)


def test_a_printed_case_unfolds_everything_and_has_nothing_to_press(
    crime_for: Callable[..., int], sign_in: SignIn
) -> None:
    crime_id = crime_for()
    case = ask_for_c2(sign_in(OFFICER), crime_id)
    ddm = sign_in(DDM)
    ddm.goto(case)
    unfolded, decision = (
        ddm.get_by_text("Authority: Officer"),
        ddm.get_by_role("heading", name="Your decision"),
    )
    expect(unfolded).to_be_hidden()
    expect(decision).to_be_visible()
    ddm.emulate_media(media="print")
    expect(unfolded).to_be_visible()
    expect(decision).to_be_hidden()
    assert [b.inner_text() for b in ddm.get_by_role("button").all() if b.is_visible()] == []
    expect(ddm.get_by_text("Printed by Demo DDM One")).to_be_visible()
