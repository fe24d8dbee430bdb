"""The pages that ask victims about equality, and every page that must not show what they said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.roles import SYSTEM_ACTOR, AccreditationKind, Role
from fcr_app.models import AccessEntry, EqualityAnswer, EqualityRecord, Force
from fcr_app.services.equality.answers import NewAnswer, give_answer
from fcr_app.services.equality.code_lists import NewCode, add_code
from fcr_app.services.equality.records import begin_records
from fcr_app.services.incident_crimes import link_crime
from tests.builders import (
    NOW,
    PASSWORD,
    TODAY,
    a_case,
    a_crime,
    a_person,
    a_unit,
    a_victim,
    an_incident,
)

OFFICER, SERGEANT, FCR, DDM, AUDITOR = (
    f"{who}@demo.example" for who in ("officer", "sergeant", "fcr", "ddm", "auditor")
)
#: Nobody's words but this victim's, so that they are found wherever they leak.
WORDS = "Zoroastrian-by-marriage"
BORN = "1951-07-13"


@dataclass
class Place:
    """Where everything is."""

    record: int
    crime: int
    report: int
    case: str


@pytest.fixture
def place(session: Session) -> Place:
    session.add(Force(id=1, name="Demonstration Constabulary", demonstration=True))
    unit = a_unit(session)
    sergeant = a_person(
        session, email=SERGEANT, password=PASSWORD, roles=[Role.SUPERVISOR], unit=unit
    )
    officer = a_person(session, email=OFFICER, password=PASSWORD, unit=unit, supervisor=sergeant)
    registered = [AccreditationKind.REGISTER]
    a_person(session, email=FCR, password=PASSWORD, roles=[Role.FCR], accreditations=registered)
    trained = [AccreditationKind.DDM_COURSE]
    a_person(session, email=DDM, password=PASSWORD, roles=[Role.DDM], accreditations=trained)
    a_person(session, email=AUDITOR, password=PASSWORD, roles=[Role.AUDITOR])
    crime = a_crime(session, victims=0, oic=officer, unit=unit)
    victim = a_victim(session, crime, name="Demo Victim")
    begin_records(session, [crime.id], now=NOW)
    report = an_incident(session, officer=officer, unit=unit)
    report.victim_name, report.victim_key = "Demo Victim", "victim demo"
    link_crime(session, SYSTEM_ACTOR, report, crime.id, now=NOW)
    case = a_case(session, crime=crime, opened_by=officer)
    record_id = victim.equality_record_id or 0
    for item, value, detail in (
        (Item.RELIGION, "other", WORDS),
        (Item.AGE, BORN, ""),
        (Item.GENDER_IDENTITY, "different", "Words-of-identity"),
    ):
        new = NewAnswer(item=item, value=value, detail=detail, given_on=TODAY)
        give_answer(session, SYSTEM_ACTOR, record_id, new, now=NOW)
    found = Place(record_id, crime.id, report.id, case.reference)
    session.commit()
    return found


def sign_in(client: FlaskClient, email: str) -> FlaskClient:
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    return client


def current(session: Session, record: int, item: Item) -> EqualityAnswer | None:
    session.rollback()
    found = session.scalar(
        select(EqualityAnswer).where(
            EqualityAnswer.record_id == record,
            EqualityAnswer.item == item,
            EqualityAnswer.superseded_at.is_(None),
        )
    )
    session.expunge_all()
    session.rollback()  # or SQLite's write lock stays with the test
    return found


def looks(session: Session, what: str) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).where(AccessEntry.what == what)) or 0
    session.rollback()  # or SQLite's write lock stays with the test
    return found


def test_an_officer_finds_their_victim_and_sees_what_was_said(
    client: FlaskClient, session: Session, place: Place
) -> None:
    sign_in(client, OFFICER)
    listed = client.get("/equality").text
    assert "Demo Victim" in listed
    assert "2 of 8" in listed or "3 of 8" in listed
    assert WORDS not in listed

    page = client.get(f"/equality/{place.record}").text
    assert WORDS in page
    assert "75 at the time of the report" in page
    assert "Words-of-identity" not in page
    assert looks(session, "equality:read") == 1

    revealed = client.get(f"/equality/{place.record}/gender-identity").text
    assert "Words-of-identity" in revealed
    assert looks(session, "equality:reveal") == 1


@pytest.mark.parametrize("email", [SERGEANT, AUDITOR])
def test_supervisors_and_auditors_see_gaps_only(
    client: FlaskClient, session: Session, place: Place, email: str
) -> None:
    sign_in(client, email)
    page = client.get(f"/equality/{place.record}")
    assert page.status_code == 200
    assert WORDS not in page.text
    assert BORN not in page.text
    assert "no answers" in page.text
    assert looks(session, "equality:gaps") == 1
    assert client.get(f"/equality/{place.record}/gender-identity").status_code == 403
    sent = client.post(f"/equality/{place.record}/ask/sex", data={"answer": "male"})
    assert sent.status_code == 403
    assert current(session, place.record, Item.SEX) is None


def test_a_ddm_is_refused_and_a_stranger_finds_nothing(
    client: FlaskClient, session: Session, place: Place
) -> None:
    sign_in(client, DDM)
    for path in ("", f"/{place.record}", f"/{place.record}/ask", "/paper"):
        assert client.get(f"/equality{path}").status_code == 403
    client.post("/sign-out")
    other = a_person(session, password=PASSWORD).email
    session.commit()
    sign_in(client, other)
    for path in (f"/{place.record}", f"/{place.record}/ask", f"/{place.record}/gender-identity"):
        assert client.get(f"/equality{path}").status_code == 404


def pages(place: Place) -> Iterator[str]:
    yield f"/crimes/{place.crime}"
    yield f"/incidents/{place.report}"
    yield f"/cases/{place.case}"
    yield f"/cases/{place.case}/log"
    yield "/worklist"
    yield "/incidents"
    yield "/equality"
    yield "/search?q=Demo"


@pytest.mark.parametrize("email", [OFFICER, SERGEANT, FCR, DDM, AUDITOR])
def test_no_page_of_the_crime_the_report_or_the_case_shows_an_answer(
    client: FlaskClient, place: Place, email: str
) -> None:
    sign_in(client, email)
    for path in pages(place):
        text = client.get(path).text
        for secret in (WORDS, BORN, "Words-of-identity", "Any other religion"):
            assert secret not in text, (path, email)


@pytest.mark.parametrize("path", ["", "/ask"])
def test_every_page_that_shows_a_value_logs_the_look(
    client: FlaskClient, session: Session, place: Place, path: str
) -> None:
    sign_in(client, OFFICER)
    text = client.get(f"/equality/{place.record}{path}").text

    assert WORDS in text
    assert "Words-of-identity" not in text
    assert looks(session, "equality:read") == 1


def test_each_question_saves_by_itself_and_leads_to_the_next_that_is_open(
    client: FlaskClient, session: Session, place: Place
) -> None:
    sign_in(client, OFFICER)
    path = f"/equality/{place.record}/ask"
    sent = client.post(f"{path}/sex?lang=cy&who=third_party", data={"answer": "female"})
    assert sent.status_code == 303
    assert sent.location == f"{path}?lang=cy&who=third_party#ethnicity"
    answer = current(session, place.record, Item.SEX)
    assert answer is not None
    assert (answer.value, answer.source) == ("female", "third_party")

    client.post(f"{path}/religion", data={"answer": "declined"})
    answer = current(session, place.record, Item.RELIGION)
    assert answer is not None
    assert (answer.value, answer.missing_reason, answer.source) == ("", "declined", "self")

    client.post(f"{path}/orientation", data={"answer": "not_asked"})
    answer = current(session, place.record, Item.ORIENTATION)
    assert answer is not None
    assert (answer.missing_reason, answer.source) == ("not_asked", "observed")


@pytest.mark.parametrize(
    "said",
    [
        ("age", {"day": "2", "month": "5", "year": "1984"}, "1984-05-02"),
        ("age", {"answer": "age", "years": "41"}, "41"),
        ("age", {"years": "41"}, "41"),
        ("disability", {"answer": "yes", "effect": "yes_lot"}, "yes_lot"),
        ("disability", {"answer": "no", "effect": "yes_lot"}, "no"),
        ("ethnicity", {"answer": "B2", "detail": "Somali"}, "B2"),
        ("ethnicity_observed", {"answer": "IC3"}, "IC3"),
    ],
)
def test_an_answer_is_stored_as_it_was_given(
    client: FlaskClient, session: Session, place: Place, said: tuple[str, dict[str, str], str]
) -> None:
    item, answers, stored = said
    sign_in(client, OFFICER)
    sent = client.post(f"/equality/{place.record}/ask/{item}", data=answers)
    assert sent.status_code == 303
    answer = current(session, place.record, Item(item))
    assert answer is not None
    assert answer.value == stored


@pytest.mark.parametrize(
    "wrong",
    [
        ("sex", {}, "Select an answer"),
        ("sex", {"answer": "other"}, "from the list"),
        ("age", {}, "Enter a date of birth or an age"),
        ("age", {"day": "31", "month": "2", "year": "1990"}, "with a day, a month and a year"),
        ("age", {"day": "1", "month": "1", "year": "2030"}, "before the report"),
        ("age", {"answer": "age", "years": "two"}, "whole number"),
        ("age", {"answer": "estimate", "years": "40"}, "no estimate is needed"),
        ("disability", {"answer": "yes"}, "how much"),
    ],
)
def test_what_can_not_be_so_is_told_and_the_words_come_back(
    client: FlaskClient, session: Session, place: Place, wrong: tuple[str, dict[str, str], str]
) -> None:
    item, said, problem = wrong
    before = current(session, place.record, Item(item))
    before_id = before.id if before else None
    sign_in(client, OFFICER)
    sent = client.post(f"/equality/{place.record}/ask/{item}", data=said)
    assert sent.status_code == 400
    assert problem in sent.text
    for name in ("day", "year", "years"):
        if said.get(name):
            assert f'value="{said[name]}"' in sent.text
    after = current(session, place.record, Item(item))
    assert (after.id if after else None) == before_id


def test_a_script_is_told_how_far_one_is_and_never_an_answer(
    client: FlaskClient, place: Place
) -> None:
    sign_in(client, OFFICER)
    as_json = {"Accept": "application/json"}
    path = f"/equality/{place.record}/ask"
    sent = client.post(f"{path}/sex", data={"answer": "male"}, headers=as_json)
    assert sent.json == {"settled": True, "answered": 4, "asked": 8, "left_out": []}

    child = client.post(f"{path}/age", data={"answer": "age", "years": "12"}, headers=as_json)
    assert child.json is not None
    assert child.json["left_out"] == ["gender_identity", "orientation", "marriage"]
    wrong = client.post(f"{path}/sex", data={}, headers=as_json)
    assert (wrong.status_code, wrong.json) == (400, {"problem": "Select an answer."})


def test_the_welsh_page_says_so_and_asks_in_welsh(client: FlaskClient, place: Place) -> None:
    sign_in(client, OFFICER)
    page = client.get(f"/equality/{place.record}/ask?lang=cy").text

    assert '<html lang="cy"' in page
    assert "Beth yw eich crefydd?" in page
    assert "Mae’n well gen i beidio â dweud" in page
    main = page[page.index("<main") : page.index("</main>")]
    questions = re.sub(
        r'<section[^>]*id="ethnicity_observed".*?</section>', "", main, flags=re.DOTALL
    )
    assert "What is your" not in questions
    assert "Prefer not to say" not in questions


@pytest.mark.parametrize(("lang", "title"), [("en", "Questions about you"), ("cy", "Cwestiynau")])
def test_the_paper_version_is_a_page_and_a_pdf_and_holds_nothing_about_anybody(
    client: FlaskClient, place: Place, lang: str, title: str
) -> None:
    sign_in(client, OFFICER)
    page = client.get(f"/equality/paper?lang={lang}&record={place.record}").text
    assert title in page
    assert "Demo Victim" not in page
    assert WORDS not in page
    pdf = client.get(f"/equality/paper.pdf?lang={lang}&record={place.record}")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")


def test_a_report_whose_record_was_not_begun_leads_to_the_questions(
    client: FlaskClient, session: Session, place: Place
) -> None:
    officer = a_person(session, password=PASSWORD)
    report = an_incident(session, officer=officer)
    report_id, email = report.id, officer.email
    session.commit()
    sign_in(client, email)
    assert "Ask the victim the equality questions" in client.get(f"/incidents/{report_id}").text

    sent = client.post(f"/equality/reports/{report_id}")
    assert sent.status_code == 303
    record_id = session.scalars(
        select(EqualityRecord.id).where(EqualityRecord.incident_id == report_id)
    ).one()
    session.rollback()  # or SQLite's write lock stays with the test
    assert sent.location == f"/equality/{record_id}/ask"
    assert client.post(f"/equality/reports/{place.report}").status_code == 404


def test_whatever_opens_a_record_logs_the_look_whichever_page_it_is(
    client: FlaskClient, session: Session, place: Place
) -> None:
    sign_in(client, OFFICER)
    rules = [
        rule
        for rule in client.application.url_map.iter_rules()
        if "record_id" in rule.arguments and "GET" in (rule.methods or set())
        if not rule.rule.startswith("/api/") and rule.arguments == {"record_id"}
    ]
    assert {rule.endpoint for rule in rules} >= {"equality.show", "equality.ask"}
    for rule in rules:
        before = looks(session, "equality:read") + looks(session, "equality:reveal")
        path = rule.rule.replace("<int:record_id>", str(place.record))
        assert client.get(path).status_code == 200
        after = looks(session, "equality:read") + looks(session, "equality:reveal")
        assert after == before + 1, f"{rule.endpoint} showed a record and logged no look."


def test_a_code_added_as_data_is_asked_on_the_screen_and_on_paper(
    client: FlaskClient, session: Session, place: Place
) -> None:
    roma = NewCode(
        item=Item.ETHNICITY,
        code="W4",
        label="Roma",
        label_cy="Roma yn Gymraeg",
        group="white",
        since_on=TODAY,
        source="Demonstration",
    )
    add_code(session, SYSTEM_ACTOR, roma, now=NOW)
    session.commit()
    sign_in(client, OFFICER)
    assert 'value="W4"' in client.get(f"/equality/{place.record}/ask").text
    assert "Roma yn Gymraeg" in client.get("/equality/paper?lang=cy").text
    ended = replace(roma, label="Roma, ended", since_on=TODAY - timedelta(days=2))
    with_end = replace(ended, code="W3", until_on=TODAY - timedelta(days=1))
    add_code(session, SYSTEM_ACTOR, with_end, now=NOW)
    session.commit()
    assert 'value="W3"' not in client.get(f"/equality/{place.record}/ask").text
