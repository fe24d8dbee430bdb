"""The auditor's screen: who may open it, what is kept, what comes back, where one goes on."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import AuditCrime, AuditItem, AuditReview, AuditRun, IncidentCrime
from tests.audit_builders import a_run, an_item
from tests.builders import NOW, PASSWORD, a_crime, a_person, an_incident

BAD_INPUT, FORBIDDEN, NOT_FOUND, CONFLICT, SEE_OTHER = 400, 403, 404, 409, 303
AS_SCRIPT = {"Accept": "application/json"}
MISSING = {
    "crimes": "1",
    "crime-1-verdict": "missing",
    "crime-1-offence_group": "violence",
    "crime-1-error_type": "E04",
    "crime-1-safeguarding": "done",
}


@pytest.fixture
def run(session: Session) -> AuditRun:
    """Make an audit with three records, of which the second is examined by both auditors."""
    people = {
        who: a_person(
            session,
            name=f"Demo {who.title()}",
            email=f"demo.{who}@force.example",
            roles=[role],
            password=PASSWORD,
        )
        for who, role in (
            ("one", Role.AUDITOR),
            ("two", Role.AUDITOR),
            ("fcr", Role.FCR),
            ("chief", Role.CHIEF_OFFICER),
        )
    }
    run = a_run(session, reference="AUD-2026-0900")
    for position in (1, 2, 3):
        incident = an_incident(session, account=f"Demonstration account {position}.")
        second = people["two"] if position == 2 else None
        an_item(session, run, people["one"], second, incident=incident, position=position)
    crime = a_crime(session, number="DEMO 77/26")
    first = session.scalars(select(AuditItem).where(AuditItem.position == 1)).one()
    session.add(IncidentCrime(incident_id=first.incident_id or 0, crime_id=crime.id, linked_at=NOW))
    session.commit()
    return run


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-in", data={"email": f"demo.{who}@force.example", "password": PASSWORD})


def at(position: int) -> str:
    return f"/audits/runs/AUD-2026-0900/review/{position}"


def record(position: int) -> str:
    return f"{at(position)}#record"


def say(client: FlaskClient, position: int, headers: Any = None, **said: str) -> Any:
    return client.post(at(position), data={"crimes": "0", **said}, headers=headers)


@pytest.mark.usefixtures("run")
def test_it_is_for_whoever_examines_it(client: FlaskClient) -> None:
    sign_in(client, "chief")
    assert client.get(at(1)).status_code == FORBIDDEN
    client.post("/sign-out")
    sign_in(client, "two")
    assert client.get(at(1)).status_code == FORBIDDEN
    assert client.get(at(9)).status_code == NOT_FOUND
    assert say(client, 1, done="yes").status_code == FORBIDDEN


@pytest.mark.usefixtures("run")
def test_it_shows_the_source_and_proposes_the_recorded_crimes(client: FlaskClient) -> None:
    sign_in(client, "one")

    page = client.get(at(1)).text

    assert "Record 1 of 3" in page
    assert "Demonstration account 1." in page
    assert "Crime 1: DEMO 77/26" in page
    assert '<option value="in_time" selected>' in page


@pytest.mark.usefixtures("run")
def test_one_goes_through_them_and_resumes_where_one_was(client: FlaskClient) -> None:
    sign_in(client, "one")
    start = "/audits/runs/AUD-2026-0900/review"
    assert client.get(start).location == record(1)

    say(client, 2, later="yes")
    assert client.get(start).location == record(2)
    answered = {"answer-closing_code": "yes"}
    assert say(client, 2, done="yes", **answered).location == record(3)
    assert say(client, 3, done="yes", **answered).location == record(1)
    assert client.get(f"{at(1)}/next").location == record(2)
    assert client.get(f"{at(1)}/previous").location == at(1)
    assert "2 of 3" in client.get("/audits/to-examine").text
    assert say(client, 1, done="yes", **answered).location == "/audits/to-examine"
    assert "every record of this audit that is yours" in client.get("/audits/to-examine").text


@pytest.mark.usefixtures("run")
def test_what_is_typed_is_saved_by_itself(client: FlaskClient, session: Session) -> None:
    sign_in(client, "one")

    saved = say(client, 3, AS_SCRIPT, **MISSING | {"crime-1-error_type": ""})

    assert saved.status_code == 200
    page = client.get(at(3)).text
    assert 'value="missing" checked' in page
    again = say(client, 3, AS_SCRIPT, version="77", **MISSING)
    assert again.status_code == CONFLICT
    assert session.scalars(select(AuditCrime)).all() == []


@pytest.mark.usefixtures("run")
def test_a_crime_is_added_and_taken_away_without_scripts(client: FlaskClient) -> None:
    sign_in(client, "one")

    added = say(client, 3, add="yes")
    assert added.location == f"{at(3)}#crime-1"
    assert "Remove crime 1" in client.get(at(3)).text
    version = "2"
    say(client, 3, remove="1", version=version, **MISSING)
    assert "Remove crime 1" not in client.get(at(3)).text


@pytest.mark.usefixtures("run")
def test_what_is_missing_is_said_at_its_field_with_the_words_given_back(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, "one")

    refused = say(
        client, 3, done="yes", note="Kept words", **MISSING | {"crime-1-safeguarding": ""}
    )

    assert refused.status_code == BAD_INPUT
    assert 'href="#answer-closing_code"' in refused.text
    assert 'href="#crime-1-safeguarding"' in refused.text
    assert "Kept words" in refused.text
    assert 'value="missing" checked' in refused.text
    assert session.scalars(select(AuditReview)).all() == []


@pytest.mark.usefixtures("run")
def test_nobody_who_is_named_and_not_there_is_kept(client: FlaskClient) -> None:
    sign_in(client, "one")
    wrong = MISSING | {"crime-1-person": "NOBODY 1", "answer-closing_code": "yes"}

    refused = say(client, 3, done="yes", **wrong)

    assert refused.status_code == BAD_INPUT
    assert "nobody here has this staff number" in refused.text
    assert "NOBODY 1" in refused.text
    assert say(client, 3, done="yes", **MISSING | {"crime-1-unit_id": "987"}).status_code == 400


@pytest.mark.usefixtures("run")
def test_the_second_auditor_sees_nothing_of_the_first(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, "one")
    secret = "Only the first auditor says this."
    said = MISSING | {"answer-closing_code": "no", "note": secret}
    say(client, 2, done="yes", **said)
    client.post("/sign-out")
    sign_in(client, "two")

    page = client.get(at(2)).text

    assert "Second review" in page
    assert secret not in page
    # Figures count what the first auditor said, so they wait as well.
    assert client.get("/audits/runs/AUD-2026-0900/figures").status_code == FORBIDDEN
    assert "checked" not in page.partition("questions")[2]
    say(client, 2, done="yes", **{"answer-closing_code": "yes"})
    assert client.get("/audits/runs/AUD-2026-0900/figures").status_code == 200
    locked = client.get(at(2)).text
    assert "Both reviews of this record are done" in locked
    assert say(client, 2, done="yes", **{"answer-closing_code": "no"}).status_code == CONFLICT
    assert session.scalars(select(AuditItem.differs).where(AuditItem.position == 2)).one()
