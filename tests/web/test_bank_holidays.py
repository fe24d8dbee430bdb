"""Bank holidays as an administrator keeps them."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.models import BankHoliday, ChangeEntry
from fcr_app.services.calendar import bank_holidays
from tests.builders import PASSWORD, a_person

FUNERAL = {"day-day": "19", "day-month": "9", "day-year": "2022", "name": "State Funeral"}


@pytest.fixture(autouse=True)
def _administrator(session: Session, client: FlaskClient) -> None:
    email = a_person(session, roles=[Role.ADMINISTRATOR], password=PASSWORD).email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})


def test_a_day_that_was_proclaimed_counts_from_then_on(
    session: Session, client: FlaskClient
) -> None:
    assert bank_holidays(session, clock.now()) == frozenset()
    session.commit()

    assert client.post("/bank-holidays/new", data=FUNERAL).status_code == 303

    assert bank_holidays(session, clock.now()) == {date(2022, 9, 19)}
    assert session.scalars(select(ChangeEntry.what)).one() == "bank-holiday:added"
    session.commit()
    assert "Monday 19 September 2022" in client.get("/bank-holidays?year=2022").text


def test_a_day_is_removed_again(session: Session, client: FlaskClient) -> None:
    client.post("/bank-holidays/new", data=FUNERAL)

    assert client.post("/bank-holidays/2022-09-19/remove").status_code == 303

    assert session.scalars(select(BankHoliday)).all() == []
    session.commit()
    assert client.post("/bank-holidays/2022-09-19/remove").status_code == 404
    assert client.post("/bank-holidays/whenever/remove").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"day-day": "18"}, "That is a weekend"),
        ({"day-year": "1822"}, "Check the year."),
        ({"day-month": "13"}, "Enter a real date"),
        ({"name": " "}, "Enter what the day is called"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(
    client: FlaskClient, wrong: dict[str, str], told: str
) -> None:
    answer = client.post("/bank-holidays/new", data=FUNERAL | wrong)

    assert answer.status_code == 400
    assert told in answer.text


def test_a_day_is_added_once(client: FlaskClient) -> None:
    client.post("/bank-holidays/new", data=FUNERAL)

    assert "already" in client.post("/bank-holidays/new", data=FUNERAL).text


@pytest.mark.parametrize("year", ["", "?year=2022", "?year=1", "?year=never"])
def test_a_year_without_any_says_what_that_means(client: FlaskClient, year: str) -> None:
    assert "No bank holidays are entered" in client.get(f"/bank-holidays{year}").text
