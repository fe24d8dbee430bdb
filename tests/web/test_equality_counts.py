"""What the pages of figures and their files tell of a force, and what they leave out."""

import csv
import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.equality_figures.period import last_twelve_months
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Role
from tests.builders import PASSWORD, a_person
from tests.equality_people import reports

OK, BAD_INPUT = 200, 400
KNOWN, USE = "/figures/equality/completeness", "/figures/equality/use"


@pytest.fixture
def people(session: Session) -> None:
    """Give a year in which three reports of Asian victims led to no crime, and two who look."""
    for name, role in (("fcr", Role.FCR), ("auditor", Role.AUDITOR)):
        a_person(session, email=f"demo.{name}@force.example", roles=[role], password=PASSWORD)
    at = last_twelve_months(to_london(clock.now()).date()).starts_at + timedelta(days=40)
    reports(session, 40, "black", at=at)
    reports(session, 20, "black", at=at, closing=ClosingCode.NOT_RECORDED)
    reports(session, 75, "white", at=at)
    reports(session, 15, "white", at=at, closing=ClosingCode.NOT_RECORDED)
    reports(session, 30, "asian", at=at)
    reports(session, 3, "asian", at=at, closing=ClosingCode.NOT_RECORDED)
    reports(session, 6, reason="declined", at=at)
    session.commit()


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-in", data={"email": f"demo.{who}@force.example", "password": PASSWORD})


@pytest.mark.usefixtures("people")
def test_what_is_known_is_told_with_its_gaps(client: FlaskClient) -> None:
    sign_in(client, "auditor")
    page = client.get(KNOWN).text
    assert "189 victims" in page
    assert "96.8%" in page
    assert "Prefers not to say" in page
    by_unit = client.get(f"{KNOWN}?item=orientation").text
    assert "not shown by unit" in by_unit


@pytest.mark.usefixtures("people")
def test_a_small_count_is_in_no_page_and_no_file(client: FlaskClient) -> None:
    sign_in(client, "fcr")
    page = client.get(USE).text
    assert "Left out" in page
    assert "<svg" in page
    assert "style=" not in page
    rows = list(csv.DictReader(io.StringIO(client.get(f"{USE}.csv").text.lstrip("\ufeff"))))
    closed = {row["Group"]: row for row in rows if row["Measure"] == "Closed without a crime"}
    assert closed["Asian"]["Count"] == "Left out"
    assert closed["Asian"]["Share"] == ""
    assert closed["All"]["Count"] == "38"
    others = [name for name, row in closed.items() if row["Count"] == "Left out"]
    assert len(others) > 1
    assert "small=shown" in page
    assert client.get(f"{USE}.csv?small=shown").text.count("Left out") >= len(others)


@pytest.mark.usefixtures("people")
def test_a_choice_that_is_not_there_is_the_usual_one(client: FlaskClient) -> None:
    sign_in(client, "auditor")
    for address in (f"{USE}?item=shoe_size", f"{USE}?item=sex&reference=white", f"{KNOWN}?item=x"):
        assert client.get(address).status_code == OK
    against = client.get(f"{USE}?reference=white").text
    assert '<option value="white" selected>' in against


@pytest.mark.usefixtures("people")
def test_empty_months_say_why_they_are_empty(client: FlaskClient) -> None:
    sign_in(client, "auditor")
    months = "from=2019-01&to=2019-03"
    assert "No victims in these months" in client.get(f"{KNOWN}?{months}").text
    assert "Nothing was counted in this time" in client.get(f"{USE}?{months}").text


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("bad", ["from=lately", "to=2026-00"])
def test_a_file_of_no_months_is_refused_in_words(client: FlaskClient, bad: str) -> None:
    sign_in(client, "auditor")
    for address in (f"{KNOWN}.csv", f"{USE}.csv"):
        answer = client.get(f"{address}?{bad}")
        assert answer.status_code == BAD_INPUT
        assert "Enter a month" in answer.text
