"""The FCR's pages of reviews: who may open them, the way from one to the next, what comes back."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.incidents import Known, ReporterType
from fcr_app.domain.roles import AccreditationKind, Role
from tests.builders import PASSWORD, a_person
from tests.recording_builders import CHECKED, UNTRACED, WHY, Desk

FORBIDDEN, REFUSED, SEE_OTHER = 403, 422, 303


@pytest.fixture
def reference(session: Session) -> str:
    """Make an N100 that waits for review, and return its reference."""
    now = clock.now()
    desk = Desk(session)
    for who, role in (("officer", Role.OFFICER), ("fcr", Role.FCR)):
        a_person(
            session,
            email=f"demo.{who}@force.example",
            roles=[role],
            accreditations=[AccreditationKind.REGISTER] if role is Role.FCR else [],
            password=PASSWORD,
        )
    incident = desk.report(
        reporter_type=ReporterType.WITNESS, victim_confirmed=Known.UNKNOWN, first_reported_at=now
    )
    report = desk.assessed(incident, UNTRACED, now=now)
    desk.take(report, "create_reported", {"ground": "untraced", "reason": WHY}, now=now)
    n100 = desk.n100_of(incident)
    desk.take(n100, "check", CHECKED, who=desk.sergeant, now=now)
    reference = n100.reference
    session.commit()
    return reference


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-in", data={"email": f"demo.{who}@force.example", "password": PASSWORD})


def test_it_is_for_registrars(client: FlaskClient, reference: str) -> None:
    sign_in(client, "officer")

    for path in ("", f"/{reference}/next", f"/{reference}/previous"):
        assert client.get(f"/reviews{path}").status_code == FORBIDDEN


def test_the_queue_leads_to_the_case_and_from_one_to_the_next(
    client: FlaskClient, reference: str
) -> None:
    sign_in(client, "fcr")

    page = client.get("/reviews").text
    assert reference in page
    assert "N100 (1)" in page
    assert "Nothing waits for your review" in client.get("/reviews?kind=n300").text
    assert "Nothing is on its way" in client.get("/reviews?stage=earlier").text
    assert client.get(f"/reviews/{reference}/next").location == "/reviews"
    assert "That was the last one" in client.get("/reviews").text
    assert client.get(f"/reviews/{reference}/previous").location == "/reviews"
    case = client.get(f"/cases/{reference}").text
    assert "Why it is not recorded as rape" in case
    assert "N100/01" in case
    assert "Safeguarding is enough for now" in case.partition("Why it is not recorded as rape")[0]


def test_a_refused_step_asks_what_the_answers_now_need(client: FlaskClient, reference: str) -> None:
    sign_in(client, "fcr")
    said = {
        "event": "contrary",
        "event_what": "The cameras of the underpass were found.",
        "victim_says": "untraced",
        "contrary": "yes",
        "where": "here",
        "ground": "contrary",
    }

    answer = client.post(f"/cases/{reference}/add-event", data=said)

    assert answer.status_code == REFUSED
    assert "What is the evidence to the contrary?" in answer.text
    assert "Enter when it became available" in answer.text
