"""Audits on their pages: drawn by hand once, looked at, records replaced, lists sent in."""

import io
from datetime import datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.audits.recurrence import months_later
from fcr_app.domain.audits.words import Frame
from fcr_app.domain.audits.year import year_of
from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.roles import Role
from fcr_app.models import AuditItem, AuditLine, AuditLineAuditor, AuditList, AuditPlan, AuditRun
from tests.audit_builders import a_line
from tests.builders import PASSWORD, a_person, an_incident

OK, BAD, NOT_ALLOWED, NOT_FOUND, CONFLICT, SEE_OTHER = 200, 400, 403, 404, 409, 303
WHY = "It was merged into another report last week."


@pytest.fixture(autouse=True)
def _force(session: Session) -> None:
    """Add people, a plan in force with two lines that are due today, and reports of last month."""
    auditor, *_ = (
        a_person(
            session, name=f"Demo {who.title()}", email=f"{who}@demo.example", password=PASSWORD,
            roles=[role],
        )
        for who, role in (
            ("auditor", Role.AUDITOR), ("fcr", Role.FCR), ("chief", Role.CHIEF_OFFICER),
            ("ddm", Role.DDM), ("officer", Role.OFFICER),
        )
    )  # fmt: skip
    today = to_london(clock.now()).date()
    year = year_of(today)
    plan = AuditPlan(
        starts_on=year.starts_on, ends_on=year.ends_on, edition=1, state="approved",
        begun_at=clock.now(), begun_by_id=auditor.id,
    )  # fmt: skip
    session.add(plan)
    session.flush()
    for key, columns in (("A1-1", {}), ("A11-1", {"frame": Frame.LISTED.value, "code": "A11"})):
        line = a_line(
            session, plan, line_key=key, first_due_on=today, fixed_size=10, every_months=0,
            **columns,
        )  # fmt: skip
        session.add(AuditLineAuditor(line_id=line.id, person_id=auditor.id))
    last_month = months_later(today.replace(day=1), -1)
    noon = from_london(datetime.combine(last_month, time(12)))
    for number in range(30):
        an_incident(session, first_reported_at=noon + timedelta(minutes=number))
    session.commit()


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


def key_of(session: Session, line_key: str) -> str:
    line = session.scalars(select(AuditLine).where(AuditLine.line_key == line_key)).one()
    key = f"{line.id} {line.first_due_on}"
    session.rollback()
    return key


def open_one(client: FlaskClient, session: Session) -> str:
    sign_in(client, "fcr")
    answer = client.post("/audits/open", data={"audit": key_of(session, "A1-1")})
    assert answer.status_code == SEE_OTHER
    return answer.location


def an_item(session: Session) -> int:
    found = session.scalars(select(AuditItem.id).where(AuditItem.in_sample)).first()
    session.rollback()
    assert found
    return found


def test_an_audit_is_opened_by_hand_and_shown_with_its_frame_and_sample(
    client: FlaskClient, session: Session
) -> None:
    address = open_one(client, session)
    page = client.get(address).text
    assert "Drawn, not begun" in page
    assert "10 of 30" in page
    assert "Demo Auditor" in page
    assert "sha256-order-1" in page
    assert "Opened" in page
    assert "by Demo Fcr, by hand" in page
    assert address.rpartition("/")[2] in client.get("/audits").text
    records = client.get(f"{address}/records").text
    assert "incident:" in records
    assert "Replace" in records
    assert client.get(f"{address}/records?list=reserves").status_code == OK


def test_a_second_opening_is_told_plainly_and_opens_nothing(
    client: FlaskClient, session: Session
) -> None:
    key = key_of(session, "A1-1")
    open_one(client, session)
    answer = client.post("/audits/open", data={"audit": key})
    assert answer.status_code == CONFLICT
    assert "Each period is drawn once; nothing was done twice." in answer.text
    assert client.post("/audits/open", data={"audit": "nonsense"}).status_code == BAD
    assert len(session.scalars(select(AuditRun.id)).all()) == 1


def test_nothing_chosen_is_said_and_the_page_says_what_waits_for_a_list(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, "fcr")
    answer = client.post("/audits/open", data={})
    assert answer.status_code == BAD
    assert "Select an audit." in answer.text
    assert "These wait for their list" in answer.text
    assert session.scalars(select(AuditRun.id)).all() == []


def test_a_record_is_replaced_with_a_reason_and_refused_without(
    client: FlaskClient, session: Session
) -> None:
    address = open_one(client, session)
    place = f"{address}/records/{an_item(session)}/replace"
    assert client.get(place).status_code == OK
    refused = client.post(place, data={"reason": "Hard"})
    assert refused.status_code == BAD
    assert "Say why" in refused.text
    assert "Hard" in refused.text
    assert client.post(place, data={"reason": WHY}).status_code == SEE_OTHER
    assert WHY in client.get(f"{address}/records?list=replaced").text
    assert client.get(place).status_code == CONFLICT


def test_records_are_given_to_somebody_else(client: FlaskClient, session: Session) -> None:
    address = open_one(client, session)
    fcr = session.scalars(select(AuditItem.second_auditor_id)).all()
    auditor = session.scalars(select(AuditItem.auditor_id)).first()
    session.rollback()
    assert any(fcr)
    page = client.get(f"{address}/give").text
    assert "Demo Auditor" in page
    form = {"whose": str(auditor), "to": str(auditor), "kind": "first"}
    assert client.post(f"{address}/give", data=form).status_code == BAD


def test_an_audit_is_given_up_with_a_reason(client: FlaskClient, session: Session) -> None:
    address = open_one(client, session)
    place = f"{address}/steps/abandon"
    assert client.get(place).status_code == OK
    assert client.post(place, data={"why_abandoned": ""}).status_code == 422
    said = {"why_abandoned": "The records were moved to another system."}
    assert client.post(place, data=said).status_code == SEE_OTHER
    assert "Given up" in client.get(address).text
    assert client.get(place).status_code == CONFLICT


def test_a_list_is_sent_in_and_a_bad_one_names_its_lines(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, "fcr")
    key = key_of(session, "A11-1")
    assert client.get("/audits/lists/new").status_code == OK

    def send(content: bytes) -> tuple[int, str]:
        data = {"audit": key, "file": (io.BytesIO(content), "outcomes.csv")}
        answer = client.post("/audits/lists/new", data=data, content_type="multipart/form-data")
        return answer.status_code, answer.text

    status, text = send(b"Reference,Stratum\nOUT-1,14\n,15\n")
    assert status == BAD
    assert "Line 3: it has no reference." in text
    assert session.scalars(select(AuditList.id)).all() == []
    session.rollback()
    assert send(b"Reference,Stratum\nOUT-1,14\nOUT-2,15\n")[0] == SEE_OTHER
    assert "outcomes.csv" in client.get("/audits/lists").text


def test_the_planner_answers_both_questions_and_says_what_is_wrong(client: FlaskClient) -> None:
    sign_in(client, "auditor")
    page = client.get("/audits/size?population=5000&rate=90&precision=3&size=357").text
    assert "357 records" in page
    assert "Plus or minus 3.00 percentage points" in page
    for wrong in ("rate=100", "precision=x", "size=-1", "population=0", "rate=nan", "yield_rate=0"):
        answer = client.get(f"/audits/size?{wrong}")
        assert answer.status_code == BAD, wrong
        assert "Error: " in answer.text


@pytest.mark.parametrize(
    ("who", "sees", "runs"),
    [
        ("auditor", OK, NOT_ALLOWED),
        ("chief", OK, NOT_ALLOWED),
        ("ddm", NOT_ALLOWED, NOT_ALLOWED),
        ("officer", NOT_ALLOWED, NOT_ALLOWED),
    ],
)
def test_who_sees_and_who_runs_audits(
    client: FlaskClient, session: Session, who: str, sees: int, runs: int
) -> None:
    address = open_one(client, session)
    item = an_item(session)
    sign_in(client, who)
    for page in ("/audits", address, f"{address}/records", "/audits/lists", "/audits/size"):
        assert client.get(page).status_code == sees, page
    for page in (
        "/audits/open", "/audits/lists/new", f"{address}/give",
        f"{address}/records/{item}/replace",
    ):  # fmt: skip
        assert client.get(page).status_code == runs, page


def test_an_audit_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    sign_in(client, "fcr")
    for page in ("", "/records", "/give", "/steps/abandon", "/records/1/replace"):
        assert client.get(f"/audits/runs/AUD-2026-9999{page}").status_code == NOT_FOUND
