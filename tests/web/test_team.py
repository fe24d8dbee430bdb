"""The pages of a team, of one person, and of notes between the two."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Person
from fcr_app.services.feedback_giving import Given, give_feedback
from tests.builders import NOW, PASSWORD, a_crime, a_person, a_unit, as_actor

OK, BAD, NOT_FOUND, NOT_ALLOWED, SEE_OTHER = 200, 400, 404, 403, 303
TALK = "We talked about reports by professionals."


@pytest.fixture
def officer_id(session: Session) -> int:
    """Make a supervisor, an officer of theirs with three errors, and the FCR."""
    unit = a_unit(session, name="Demo North")
    sergeant = a_person(
        session, name="Demo Sergeant", email="sergeant@demo.example",
        password=PASSWORD, roles=[Role.SUPERVISOR], unit=unit,
    )  # fmt: skip
    officer = a_person(
        session, name="Demo Officer", email="officer@demo.example",
        password=PASSWORD, supervisor=sergeant, unit=unit,
    )  # fmt: skip
    fcr = a_person(
        session, name="Demo FCR", email="fcr@demo.example", password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    crime = a_crime(session, oic=officer)
    item = Given(to_id=officer.id, error=ErrorType.E06, reasons="x" * 30, crime_id=crime.id)
    for _ in range(3):
        give_feedback(session, as_actor(session, fcr), item, now=NOW)
    found: int = officer.id
    session.commit()
    return found


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


def test_a_supervisor_sees_the_team_and_writes_a_note_that_the_officer_reads(
    client: FlaskClient, officer_id: int
) -> None:
    sign_in(client, "sergeant")
    team = client.get("/team").text
    assert "Who could do with help" in team
    assert f"/team/people/{officer_id}" in team
    assert client.get(f"/team/people/{officer_id}/notes/new").status_code == OK

    said = {"held_on-day": "1", "held_on-month": "2", "held_on-year": "2026", "text": "No"}
    wrong = client.post(f"/team/people/{officer_id}/notes/new", data=said)
    assert (wrong.status_code, "No</textarea>" in wrong.text) == (BAD, True)
    said["text"] = TALK
    assert client.post(f"/team/people/{officer_id}/notes/new", data=said).status_code == SEE_OTHER
    page = client.get(f"/team/people/{officer_id}").text
    assert TALK in page
    put_right = re.search(r"/team/notes/\d+/correction", page)
    assert put_right
    assert TALK in client.get(put_right[0]).text
    assert client.post(put_right[0], data={**said, "text": "x"}).status_code == BAD
    said["text"] = f"{TALK} And of late ones."
    assert client.post(put_right[0], data=said).status_code == SEE_OTHER
    assert "Put right since" in client.get(f"/team/people/{officer_id}").text

    sign_in(client, "officer")
    assert "And of late ones." in client.get("/my-learning").text
    assert client.get("/team").status_code == NOT_ALLOWED
    sign_in(client, "fcr")
    page = client.get(f"/team/people/{officer_id}").text
    assert "nobody else can read them" in page
    assert TALK not in page


def test_the_fcr_narrows_it_to_a_unit(
    client: FlaskClient, session: Session, officer_id: int
) -> None:
    unit = session.scalar(select(Person.unit_id).where(Person.id == officer_id))
    session.rollback()
    sign_in(client, "fcr")

    assert "The whole force" in client.get("/team").text
    assert "Demo Officer" in client.get(f"/team?unit={unit}").text
    assert client.get("/team?unit=98765").status_code == NOT_FOUND
    assert client.get("/team?unit=").status_code == OK


def test_pages_without_anything_say_what_will_fill_them(
    client: FlaskClient, session: Session
) -> None:
    a_person(
        session, name="Demo Alone", email="alone@demo.example", password=PASSWORD,
        roles=[Role.SUPERVISOR],
    )  # fmt: skip
    session.commit()
    sign_in(client, "alone")

    team = client.get("/team").text

    for words in ("Nobody at the moment", "Nothing is open", "named no error", "Nobody is entered"):
        assert words in team
    assert "There is no note yet" in client.get("/my-learning").text
    assert client.get("/team/people/98765").status_code == NOT_FOUND
