"""The FCR's pages of late records."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.models import LateRecord
from fcr_app.services.incident_crimes import NewRecord, record_crime
from tests.builders import PASSWORD, a_person, an_incident, an_offence, as_actor

BAD_INPUT, SEE_OTHER, FORBIDDEN = 400, 303, 403
WHY = "The online report waited in the wrong queue."


@pytest.fixture
def late_id(session: Session) -> int:
    officer = a_person(session, email="demo.officer@force.example", password=PASSWORD)
    a_person(session, email="demo.fcr@force.example", roles=[Role.FCR], password=PASSWORD)
    now = clock.now()
    incident = an_incident(session, officer=officer, first_reported_at=now - timedelta(hours=31))
    new = NewRecord(offence_id=an_offence(session).id, late_reason=WHY)
    record_crime(session, as_actor(session, officer), incident, new, now=now)
    session.flush()
    late_id = session.scalars(select(LateRecord.id)).one()
    session.commit()
    return late_id


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-in", data={"email": f"demo.{who}@force.example", "password": PASSWORD})


def test_the_fcr_sees_what_is_late_by_how_much_and_why(client: FlaskClient, late_id: int) -> None:
    sign_in(client, "fcr")
    page = client.get("/late-records").text
    assert "7 hours" in page
    assert WHY in page
    assert "nothing further on" in client.get("/late-records?after=20990101T000000.000000-9").text
    assert "None was looked at yet" in client.get("/late-records?list=reviewed").text
    assert WHY in client.get(f"/late-records/{late_id}").text


def test_not_accepting_needs_a_remark_and_gives_feedback(client: FlaskClient, late_id: int) -> None:
    sign_in(client, "fcr")
    address = f"/late-records/{late_id}"
    refused = client.post(address, data={"verdict": "not_accepted", "remark": "No."})
    assert refused.status_code == BAD_INPUT
    assert "Say why not" in refused.text

    said = {"verdict": "not_accepted", "remark": "A queue that nobody reads is no reason."}
    assert client.post(address, data=said).status_code == SEE_OTHER
    assert "No late record waits" in client.get("/late-records").text
    assert "A queue that nobody reads" in client.get(address).text
    assert client.post(address, data=said).location == address

    client.post("/sign-out")
    sign_in(client, "officer")
    assert "A queue that nobody reads" in client.get("/feedback").text


def test_only_the_fcr_opens_the_list(client: FlaskClient, late_id: int) -> None:
    sign_in(client, "officer")
    assert client.get("/late-records").status_code == FORBIDDEN
    assert client.get(f"/late-records/{late_id}").status_code == FORBIDDEN
