"""The search box through a browser: where it leads, what it keeps out of addresses and logs."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry
from tests.builders import PASSWORD, a_case, a_crime, a_person, a_victim
from tests.statements import statements

MOST_BYTES = 80_000
MOST_STATEMENTS = 6


@pytest.fixture
def auditor(client: FlaskClient, session: Session) -> FlaskClient:
    """Give a browser in which somebody who sees everything is signed in."""
    person = a_person(session, name="Demo Auditor", roles=[Role.AUDITOR], password=PASSWORD)
    email = person.email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    return client


def logged(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(AccessEntry.what).where(AccessEntry.what.like("search:%"))))


def test_the_box_waits_for_words(auditor: FlaskClient, session: Session) -> None:
    assert "Number or name" in auditor.get("/search").text
    assert logged(session) == []


def test_a_whole_reference_leads_straight_to_its_case(
    auditor: FlaskClient, session: Session
) -> None:
    reference = a_case(session).reference
    session.commit()
    assert auditor.post("/search", data={"q": reference.lower()}).location == f"/cases/{reference}"


def test_a_whole_number_leads_straight_to_its_crime(auditor: FlaskClient, session: Session) -> None:
    crime_id = a_crime(session, number="99/0001/26").id
    session.commit()
    assert auditor.post("/search", data={"q": "99/0001/26"}).location == f"/crimes/{crime_id}"


def test_a_beginning_leads_to_an_address_that_can_be_kept(
    auditor: FlaskClient, session: Session
) -> None:
    for number in ("99/0001/26", "99/0002/26"):
        a_crime(session, number=number)
    session.commit()
    found = auditor.post("/search", data={"q": "99/000"})
    assert found.location == "/search?q=99/000"
    page = auditor.get(found.location).text
    assert "99/0001/26" in page
    assert "99/0002/26" in page
    assert logged(session) == ["search:99/000"]


def test_a_name_stays_out_of_the_address_and_the_log(
    auditor: FlaskClient, session: Session
) -> None:
    a_case(session, opened_by=a_person(session, name="Demo Okonjo"))
    a_victim(session, a_crime(session, number="DEMO 7/26"), name="Demo Okonjo")
    session.commit()
    page = auditor.post("/search", data={"q": "Okonjo"})
    assert page.status_code == 200
    for words in ("Cases of colleagues", "Crimes against victims of that name", "DEMO 7/26"):
        assert words in page.text
    assert logged(session) == ["search:name"]


def test_a_name_in_an_address_finds_nothing(auditor: FlaskClient, session: Session) -> None:
    a_case(session, opened_by=a_person(session, name="Demo Okonjo"))
    session.commit()
    assert "Nothing you may see matches" in auditor.get("/search?q=Okonjo").text


def test_too_little_is_refused_with_the_words_given_back(auditor: FlaskClient) -> None:
    for answer in (auditor.post("/search", data={"q": "x"}), auditor.get("/search?q=x")):
        assert answer.status_code == 400
        assert "Enter at least 3 characters of a number" in answer.text
        assert 'value="x"' in answer.text


@pytest.mark.parametrize("odd", ["%00%00%00", "%F0%9F%92%A9%F0%9F%92%A9%F0%9F%92%A9", "a" * 4000])
def test_odd_words_are_no_server_error(auditor: FlaskClient, odd: str) -> None:
    assert auditor.get(f"/search?q={odd}").status_code in (200, 400)


def test_results_stay_light_for_the_database_and_the_line(
    auditor: FlaskClient, session: Session
) -> None:
    officer = a_person(session, name="Demo Okonjo")
    for number in range(25):
        crime = a_crime(session, number=f"OKONJO {number:02}", victims=0)
        a_victim(session, crime, name="Demo Okonjo")
        a_case(session, crime=crime, opened_by=officer)
    session.commit()
    auditor.get("/search")
    with statements(session) as sent:
        page = auditor.post("/search", data={"q": "Okonjo"})
    assert len(sent) <= MOST_STATEMENTS
    assert len(page.data) <= MOST_BYTES
    assert page.text.count("There are more than these 20.") == 3


def test_the_administrator_may_not_search(client: FlaskClient, session: Session) -> None:
    person = a_person(session, roles=[Role.ADMINISTRATOR], password=PASSWORD)
    email = person.email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert client.get("/search?q=DEMO").status_code == 403
