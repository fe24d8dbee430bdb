"""The letter to a victim: what it says, to whom, and the PDF that is made of it."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from flask import Flask

from fcr_app.domain.removal import RemovalCode
from fcr_app.reports import pdf
from fcr_app.reports.victim_letter import compose, letter_pdf
from fcr_app.services.letters import Copy, LetterFacts, Reader
from tests.databases import application
from tests.reports.pdf_reading import tags_of, text_of

MARKING = "OFFICIAL-SENSITIVE: PERSONAL DATA"

FACTS = LetterFacts(
    case_reference="CAN-26-000123",
    crime_number="DEMO 000123/26",
    victim_id=1,
    code=RemovalCode.C2,
    removed=False,
    recorded_on=date(2026, 11, 21),
    recorded_in=date(2026, 11, 1),
    reader=Reader.VICTIM,
    victim_name="Demo Victim One",
    speaks_for="",
    address=("1 Demo Street", "Demo Town", "DM1 1AA"),
    prefers_welsh=False,
    receiving_force="Demonstration Neighbour Police",
    receiving_reference="DN/4455/26",
    surviving_number="DEMO 000100/26",
    added="",
    force_name="Demonstration Police",
    contact=(),
    support=(),
    written_on=date(2026, 11, 24),
)


@pytest.fixture(scope="module")
def app() -> Flask:
    """Give an application for its templates; it has no database."""
    return application("sqlite://")


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    """Put each test where templates can be rendered."""
    with app.app_context():
        yield


def test_the_same_letter_is_the_same_bytes() -> None:
    assert letter_pdf(FACTS, Copy.LETTER) == letter_pdf(FACTS, Copy.LETTER)


def test_the_letter_is_tagged_and_says_its_language_and_title() -> None:
    document = letter_pdf(FACTS, Copy.LETTER)
    found = [tag.name for tag in tags_of(document)]
    assert found.count("/H1") == 1
    assert found.count("/H2") == 6
    assert {"/P", "/L", "/LI"} <= set(found)
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]) == "Our decision about crime number DEMO 000123/26"
        assert b"pdfuaid" in bytes(opened.Root.Metadata.read_bytes())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (RemovalCode.C1, "decided to transfer this crime to Demonstration Neighbour Police"),
        (RemovalCode.C1, "Their number for it is DN/4455/26"),
        (RemovalCode.C2, "information that nobody here had at the time"),
        (RemovalCode.C3, "They stay recorded under the number DEMO 000100/26"),
        (RemovalCode.C4, "The mistake was ours, and we are sorry for it"),
        (RemovalCode.C5, "the other person acted in self-defence"),
    ],
)
def test_each_code_is_told_in_plain_words(code: RemovalCode, said: str) -> None:
    text = text_of(letter_pdf(replace(FACTS, code=code), Copy.LETTER))
    assert said in text
    for due in ("What we have decided", "Why", "Victims’ Code (Right 12)", "look at it again"):
        assert due in text
    for due in ("Victim Support", "Call 101", "CAN-26-000123", "24 November 2026"):
        assert due in text
    # Codes and their jargon are ours, not the victim's.
    assert not re.search(r"\bC[1-5]\b|AVI|additional verifiable|statistics", text)


def test_before_removal_it_says_what_will_be_done_and_after_it_what_was() -> None:
    assert "We are telling you before we do it" in text_of(letter_pdf(FACTS, Copy.LETTER))
    removed = text_of(letter_pdf(replace(FACTS, removed=True), Copy.LETTER))
    assert "We have cancelled this crime." in removed
    assert "before we do it" not in removed


def test_a_childs_letter_goes_to_the_parent_or_guardian() -> None:
    child = replace(FACTS, reader=Reader.PARENT, speaks_for="Demo Parent One")
    letter = compose(child)
    assert letter.to[0] == "Demo Parent One"
    assert letter.greeting == "Dear Demo Parent One"
    assert "with Demo Victim One as the victim" in text_of(letter_pdf(child, Copy.LETTER))

    nobody_named = compose(replace(child, speaks_for=""))
    assert nobody_named.to[0] == "The parent or guardian of Demo Victim One"
    assert nobody_named.greeting == "Dear parent or guardian"


def test_a_businesss_letter_goes_to_its_contact() -> None:
    shop = replace(
        FACTS, reader=Reader.BUSINESS, victim_name="Demo Shop Ltd", speaks_for="Demo Contact"
    )
    assert compose(shop).to[:2] == ("Demo Contact", "Demo Shop Ltd")
    assert compose(shop).greeting == "Dear Demo Contact"
    assert compose(replace(shop, speaks_for="")).greeting == "Dear Sir or Madam"


def test_a_crime_with_only_a_month_and_one_with_no_time_are_worded_for_it() -> None:
    assert compose(replace(FACTS, recorded_on=None)).recorded == " in November 2026"
    assert compose(replace(FACTS, recorded_on=None, recorded_in=None)).recorded == ""


def test_a_force_gives_its_own_contact_and_support() -> None:
    own = replace(FACTS, contact=("Call us on 01632 960001.",), support=("Demo Support helps.",))
    text = text_of(letter_pdf(own, Copy.LETTER))
    assert "01632 960001" in text
    assert "Demo Support helps." in text
    assert "Victim Support" not in text


def test_only_the_file_copy_carries_the_marking_on_every_page() -> None:
    assert MARKING not in text_of(letter_pdf(FACTS, Copy.LETTER))
    kept = letter_pdf(FACTS, Copy.FILE)
    with pikepdf.open(io.BytesIO(kept)) as opened:
        pages = len(opened.pages)
    # Top and bottom of each page, and the box on the first.
    assert text_of(kept).count(MARKING) == 2 * pages + 1


def test_the_senders_own_words_are_words_and_never_markup() -> None:
    added = "<b>Kept</b> & <img src='http://127.0.0.1/x'>"
    assert added.replace("'", "’") in text_of(
        letter_pdf(replace(FACTS, added=added), Copy.LETTER)
    ).replace("'", "’")


def test_a_document_fetches_nothing() -> None:
    with pytest.raises(BaseException, match="Error fetching"):
        pdf.to_pdf("<html lang='en'><title>x</title><img src='http://127.0.0.1/x.png' alt=''>")
