"""Pages of moderation, agreement and findings: side by side, and filled in where one goes on."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.words import ReviewKind, Safeguarding, Verdict
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import AuditFinding, AuditReview, AuditRun
from fcr_app.services.audits.reviewing import save_review
from tests.audit_builders import a_crime_given, a_review, a_run, an_item
from tests.builders import NOW, PASSWORD, a_person, an_incident, as_actor

BAD_INPUT, FORBIDDEN, CONFLICT = 400, 403, 409
HERE = "/audits/runs/AUD-2026-0901"
MISSED = a_review(
    a_crime_given(Verdict.MISSING, error_type=ErrorType.E04, safeguarding=Safeguarding.DONE)
)
FINE = a_review()


@pytest.fixture
def run(session: Session) -> AuditRun:
    """Make an audit with two records on which two auditors differ, and one with a finding."""
    people = {
        who: a_person(
            session,
            name=f"Demo {who.title()}",
            email=f"demo.{who}@force.example",
            staff_number=f"S-{who}",
            roles=[role],
            accreditations=[AccreditationKind.REGISTER] if role is Role.FCR else [],
            password=PASSWORD,
        )
        for who, role in (
            ("one", Role.AUDITOR),
            ("two", Role.AUDITOR),
            ("fcr", Role.FCR),
            ("chief", Role.CHIEF_OFFICER),
            ("officer", Role.OFFICER),
        )
    }
    run = a_run(session, reference="AUD-2026-0901")
    said: list[tuple[str, ReviewKind, ReviewGiven]] = [
        ("one", ReviewKind.FIRST, MISSED),
        ("two", ReviewKind.SECOND, FINE),
    ]
    items = [
        an_item(
            session,
            run,
            people["one"],
            people["two"] if position < 3 else None,
            incident=an_incident(session, officer=people["officer"]),
            position=position,
        )
        for position in (1, 2, 3)
    ]
    for item in items:
        for who, kind, given in said if item.second_auditor_id else said[:1]:
            actor = as_actor(session, people[who])
            save_review(session, actor, item.id, kind, given, now=NOW, done=True)
    session.commit()
    return run


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-in", data={"email": f"demo.{who}@force.example", "password": PASSWORD})


def a_finding(session: Session) -> int:
    found = session.scalars(select(AuditFinding.id)).one()
    session.commit()
    return found


@pytest.mark.usefixtures("run")
def test_moderating_is_for_registrars(client: FlaskClient) -> None:
    sign_in(client, "one")

    for path in ("/differences", "/differences/1"):
        assert client.get(f"{HERE}{path}").status_code == FORBIDDEN
    assert client.get(f"{HERE}/agreement").status_code == 200


@pytest.mark.usefixtures("run")
def test_each_difference_is_settled_one_after_the_other(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, "fcr")
    assert "On 2 records the two differ" in client.get(f"{HERE}/differences").text

    page = client.get(f"{HERE}/differences/1").text
    assert "First: Demo One" in page
    assert "Second: Demo Two" in page
    assert "Not named" in page
    refused = client.post(f"{HERE}/differences/1", data={"note": "Kept words"})
    assert refused.status_code == BAD_INPUT
    assert "Select which review is right" in refused.text
    assert "Kept words" in refused.text
    said: dict[str, Any] = {"which": "first", "note": "The threat is in the account."}
    assert client.post(f"{HERE}/differences/1", data=said).location == f"{HERE}/differences/2"
    anew = {
        "which": "anew",
        "note": "There is no crime in it.",
        "answer-closing_code": "yes",
        "crimes": "0",
    }
    assert client.post(f"{HERE}/differences/2", data=anew).location == f"{HERE}/differences"
    assert "Nothing waits to be settled" in client.get(f"{HERE}/differences").text
    counts = select(AuditReview.kind, AuditReview.counts).order_by(AuditReview.item_id)
    assert sorted(kind for kind, counted in session.execute(counts) if counted) == [
        "final",
        "final",
        "first",
    ]


@pytest.mark.usefixtures("run")
def test_neither_review_may_be_right_and_it_is_said_anew(client: FlaskClient) -> None:
    sign_in(client, "fcr")
    page = client.get(f"{HERE}/differences/1?anew=yes").text
    assert "Why does this count?" in page
    assert 'value="missing" checked' in page

    more = client.post(
        f"{HERE}/differences/1", data={"which": "anew", "add": "yes", "crimes": "0", "note": "Kept"}
    )
    assert "Remove crime 1" in more.text
    assert "Kept" in more.text
    stale = {"which": "first", "note": "Because.", "version": "99"}
    assert client.post(f"{HERE}/differences/1", data=stale).status_code == CONFLICT


@pytest.mark.usefixtures("run")
def test_how_far_the_auditors_agree_is_shown_by_question(client: FlaskClient) -> None:
    sign_in(client, "chief")

    page = client.get(f"{HERE}/agreement").text

    assert "2 of 2 records" in page
    assert "Is the closing code right?" in page
    assert "2 of 2" in page
    assert "0 of 2" in page


@pytest.mark.usefixtures("run")
def test_findings_are_for_registrars_and_auditors(client: FlaskClient, session: Session) -> None:
    finding = a_finding(session)
    sign_in(client, "chief")
    assert client.get(f"{HERE}/findings").status_code == FORBIDDEN
    client.post("/sign-out")
    sign_in(client, "one")
    assert "An assault without injury" in client.get(f"{HERE}/findings").text
    page = client.get(f"/audits/findings/{finding}").text
    assert "Give feedback" not in page
    for path in ("correction", "feedback", "closing"):
        assert client.post(f"/audits/findings/{finding}/{path}").status_code == FORBIDDEN


@pytest.mark.usefixtures("run")
def test_a_finding_opens_its_correction_with_what_is_known(
    client: FlaskClient, session: Session
) -> None:
    finding = a_finding(session)
    sign_in(client, "fcr")

    opened = client.post(f"/audits/findings/{finding}/correction")

    assert "/crimes/new?kept=" in opened.location
    page = client.get(opened.location).text
    assert "Demonstration account of what happened." in page
    assert "Audit AUD-2026-0901 found on" in page


@pytest.mark.usefixtures("run")
def test_a_finding_opens_its_feedback_filled_in(client: FlaskClient, session: Session) -> None:
    finding = a_finding(session)
    sign_in(client, "fcr")
    page = client.get(f"/audits/findings/{finding}/feedback").text
    assert 'value="S-officer"' in page
    assert "Audit AUD-2026-0901 found on" in page

    said = {
        "to": "S-officer",
        "error": "E04",
        "reasons": "The account names a threat, which is a crime.",
        "rule": "REC-26",
        "right_decision": "A threat at home is recorded.",
        "to_do": "Record the crime.",
        "correction": "record_crime",
        "harm": "medium",
    }
    given = client.post(f"/audits/findings/{finding}/feedback", data=said)
    assert given.location == f"/audits/findings/{finding}"
    page = client.get(given.location).text
    assert "Given: FBR-" in page


@pytest.mark.usefixtures("run")
def test_a_finding_is_closed_by_hand_with_a_reason(client: FlaskClient, session: Session) -> None:
    finding = a_finding(session)
    sign_in(client, "fcr")

    refused = client.post(f"/audits/findings/{finding}/closing", data={"why": "Because."})
    assert refused.status_code == BAD_INPUT
    assert "Because." in refused.text
    why = "The other force records it; it was sent to them today."
    client.post(f"/audits/findings/{finding}/closing", data={"why": why})

    assert why in client.get(f"{HERE}/findings?list=closed").text
    assert "No finding is open" in client.get(f"{HERE}/findings").text


@pytest.mark.usefixtures("run")
def test_the_audit_leads_to_its_differences_then_to_its_signing(client: FlaskClient) -> None:
    sign_in(client, "fcr")
    assert "Moderate 2 differences" in client.get(HERE).text
    for position in (1, 2):
        said = {"which": "first", "note": "The threat is in the account."}
        client.post(f"{HERE}/differences/{position}", data=said)

    page = client.get(HERE).text
    assert "Sign it off" in page
    assert f"{HERE}/findings" in page
