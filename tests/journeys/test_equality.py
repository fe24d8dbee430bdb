"""An officer asks a victim on the phone, and enters it with one thumb: with scripts and without."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.equality.items import Item
from fcr_app.models import EqualityAnswer, EqualityRecord, Force
from tests.builders import PASSWORD, a_person, an_incident
from tests.journeys.conftest import SignIn, check_accessibility, check_width, follow

OFFICER = "officer@demo.example"
PHONE = 390


@pytest.fixture
def report(session: Session) -> int:
    """Put a report there that one officer deals with."""
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    officer = a_person(session, name="Demo Officer", email=OFFICER, password=PASSWORD)
    made = an_incident(session, officer=officer, first_reported_at=clock.now() - timedelta(hours=2))
    made.victim_name, made.victim_key = "Demo Victim", "victim demo"
    found = made.id
    session.commit()
    return found


def stored(session: Session) -> dict[Item, str]:
    """Return what is in force: a value, or the reason why there is none."""
    session.rollback()
    rows = session.scalars(select(EqualityAnswer).where(EqualityAnswer.superseded_at.is_(None)))
    found = {Item(row.item): row.value or row.missing_reason for row in rows}
    session.rollback()
    return found


def choose(page: Page, item: str, choice: str) -> None:
    """Choose one answer of a question."""
    page.locator(f"#{item}").get_by_label(choice, exact=True).check()


def look(page: Page) -> None:
    """Check the page as it is now, for everybody."""
    check_accessibility(page)
    check_width(page)


def answer_all(page: Page, save: Callable[[str], None]) -> None:
    """Answer every question, not in the order of the page."""
    for item, choice in (
        ("religion", "Sikh"),
        ("sex", "Female"),
        ("gender_identity", "Prefer not to say"),
        ("ethnicity", "African"),
        ("orientation", "Bisexual"),
        ("marriage", "Married"),
    ):
        choose(page, item, choice)
        save(item)
    page.locator("#disability").get_by_label("Yes", exact=True).check()
    page.locator("#disability").get_by_label("Yes, a little").check()
    save("disability")
    for name, value in (("Day", "2"), ("Month", "5"), ("Year", "1984")):
        page.locator("#age").get_by_label(name, exact=True).fill(value)
    page.locator("#age-year").blur()
    save("age")


ALL = {
    Item.RELIGION: "sikh",
    Item.SEX: "female",
    Item.GENDER_IDENTITY: "declined",
    Item.ETHNICITY: "B2",
    Item.ORIENTATION: "bisexual",
    Item.MARRIAGE: "married",
    Item.DISABILITY: "yes_little",
    Item.AGE: "1984-05-02",
}


def test_on_a_phone_each_answer_saves_itself(
    sign_in: SignIn, session: Session, report: int
) -> None:
    page = sign_in(OFFICER, width=PHONE)
    page.goto(f"/incidents/{report}")
    follow(page.get_by_role("button", name="Ask the victim the equality questions"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions about you")
    expect(page.get_by_text("We ask everybody who is affected by a crime")).to_be_visible()
    look(page)

    def saved(item: str) -> None:
        expect(page.locator(f"#{item} [data-saving-told]")).to_have_text("Saved")

    answer_all(page, saved)

    expect(page.get_by_text("8 of 8 answered")).to_be_visible()
    expect(page.locator("#thanks")).to_be_visible()
    assert stored(session) == ALL
    look(page)
    page.goto("/equality")
    expect(page.get_by_text("You have asked everybody")).to_be_visible()
    look(page)


def test_on_a_phone_without_scripts_each_question_has_its_button(
    sign_in: SignIn, session: Session, report: int
) -> None:
    page = sign_in(OFFICER, width=PHONE, javascript=False)
    page.goto(f"/incidents/{report}")
    follow(page.get_by_role("button", name="Ask the victim the equality questions"))

    def send(item: str) -> None:
        follow(page.locator(f"#{item}").get_by_role("button"))

    answer_all(page, send)

    assert page.url.endswith("#thanks")
    assert stored(session) == ALL
    # Somebody else's interruption costs nothing: what was answered is there when one comes back.
    record = session.scalars(select(EqualityRecord.id)).one()
    session.rollback()
    page.goto(f"/equality/{record}/ask")
    expect(page.locator("#religion").get_by_label("Sikh")).to_be_checked()
    expect(page.locator("#gender_identity").get_by_label("Yes", exact=True)).not_to_be_checked()


def test_a_mistake_is_told_where_it_was_made_and_a_child_is_not_asked_everything(
    sign_in: SignIn, session: Session, report: int
) -> None:
    page = sign_in(OFFICER, width=PHONE)
    page.goto(f"/incidents/{report}")
    follow(page.get_by_role("button", name="Ask the victim the equality questions"))
    follow(page.get_by_role("link", name="Somebody answers for them"))
    page.locator("#age").get_by_label("Age in years").fill("900")
    page.locator("#age-years").blur()
    expect(page.locator("#age [data-saving-told]")).to_contain_text("0 to 122")
    assert stored(session) == {}

    page.locator("#age-years").fill("12")
    page.locator("#age-years").blur()
    expect(page.locator("#age [data-saving-told]")).to_have_text("Saved")
    expect(page.locator("#orientation")).to_be_hidden()
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    assert stored(session) == {Item.AGE: "12"}


def test_a_welsh_speaker_is_asked_in_welsh_and_takes_the_paper(
    sign_in: SignIn, report: int, tmp_path: Path
) -> None:
    page = sign_in(OFFICER, width=PHONE)
    page.goto(f"/incidents/{report}")
    follow(page.get_by_role("button", name="Ask the victim the equality questions"))
    follow(page.get_by_role("link", name="Cymraeg"))
    assert page.locator("html").get_attribute("lang") == "cy"
    choose(page, "religion", "Mae’n well gen i beidio â dweud")
    expect(page.locator("#religion [data-saving-told]")).to_have_text("Wedi’i gadw")
    look(page)

    page.goto("/equality/paper?lang=cy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cwestiynau amdanoch chi")
    look(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a PDF").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "cwestiynau-amdanoch-chi.pdf"
    assert path.read_bytes().startswith(b"%PDF")
