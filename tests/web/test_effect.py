"""The page that asks whether feedback works, with its file and its operation."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.models import Person
from tests.api.programs import a_program
from tests.builders import PASSWORD, a_crime, a_person
from tests.feedback_builders import some_feedback

OK, NOT_ALLOWED, INVALID = 200, 403, 422
DAY = timedelta(days=1)


@pytest.fixture
def chief_id(session: Session) -> int:
    """Make twelve officers with a year of feedback, and the chief officer."""
    now = clock.now()
    chief = a_person(
        session, name="Demo Chief", email="chief@demo.example", password=PASSWORD,
        roles=[Role.CHIEF_OFFICER],
    )  # fmt: skip
    for number in range(12):
        officer = a_person(
            session, name=f"Demo Officer {number}", email=f"officer{number}@demo.example",
            password=PASSWORD,
        )  # fmt: skip
        officer.created_at = now - 500 * DAY
        for days_ago in (420, 360, 330, 290, 250):
            made_at = now - days_ago * DAY
            crime = a_crime(session, oic=officer, recorded_at=made_at, victims=0)
            told_at = made_at + 2 * DAY
            some_feedback(session, officer, chief, crime=crime, at=told_at, error_type="E06")
    found: int = chief.id
    session.commit()
    return found


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


@pytest.mark.usefixtures("chief_id")
def test_the_page_has_a_chart_its_table_and_what_it_can_not_say(client: FlaskClient) -> None:
    sign_in(client, "chief")

    page = client.get("/feedback-effect").text

    for words in ("12 people: 24 errors", "<svg", "Regression to the mean", "0.50 (0.23 to 1.04)"):
        assert words in page
    assert "Demo Officer" not in page
    assert "It is too soon to say" in client.get("/feedback-effect?days=180").text
    file = client.get("/feedback-effect/figures.csv")
    assert file.mimetype == "text/csv"
    assert "All together" in file.text
    sign_in(client, "officer1")
    assert client.get("/feedback-effect").status_code == NOT_ALLOWED


def test_a_page_without_figures_says_when_there_will_be_some(
    client: FlaskClient, session: Session
) -> None:
    a_person(session, email="chief@demo.example", password=PASSWORD, roles=[Role.CHIEF_OFFICER])
    session.commit()
    sign_in(client, "chief")

    assert "There is too little to say" in client.get("/feedback-effect").text


def test_a_program_reads_the_same_figures(app: Flask, session: Session, chief_id: int) -> None:
    program = a_program(app, session, session.get_one(Person, chief_id))

    found = program.get("/feedback-effect").get_json()

    assert (found["total"]["people"], found["total"]["ratio"]["value"]) == (12, 0.5)
    assert found["by_error"][0]["repeats_before"] == 24
    assert program.get("/feedback-effect", days="45").status_code == INVALID
