"""A program asks for a report, follows its making, and takes it; carries actions on."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.domain.scopes import Scope
from fcr_app.models import Person
from fcr_app.reports.audits.making import make_waiting
from tests.api.programs import a_program
from tests.audit_builders import a_line, a_plan, a_run
from tests.builders import NOW, a_person
from tests.reports.audits.making_reports import Press, made


@pytest.fixture
def fcr(session: Session) -> Person:
    fcr = a_person(session, roles=[Role.FCR])
    line = a_line(session, a_plan(session, fcr))
    a_run(
        session, line, reference="AUD-2026-9001", state="signed_off", signed_off_at=NOW,
        signed_off_by_id=fcr.id,
    )  # fmt: skip
    return fcr


def test_a_report_is_asked_for_followed_and_taken(
    app: Flask, session: Session, fcr: Person
) -> None:
    program = a_program(app, session, fcr, scope=Scope.WRITE)
    asked = program.send(
        "POST", "/audits/reports/requests", json={"kind": "run", "key": "aud-2026-9001"}
    )
    assert asked.status_code == 201
    making = asked.headers["Location"].removeprefix("/api/v1")
    assert program.send("GET", making).get_json()["state"] == "waiting"
    make_waiting(Press().makers)
    found = program.send("GET", making).get_json()
    assert (found["state"], found["kind"], found["problem"]) == ("done", "run", "")

    address = f"/audits/reports/{found['report_id']}"
    report = program.send("GET", address).get_json()
    assert report["tables"] == made().tables
    assert report["report"]["edition"] == 1
    assert program.send("GET", f"{address}/pdf").data == made().public_pdf
    assert program.send("GET", f"{address}/tables").data == made().spreadsheet
    assert made().public_html in program.send("GET", f"{address}/html").text
    copy = program.send("POST", f"{address}/annex/copy", json={"recipient": "Demo office"})
    assert copy.data == made().annex_pdf
    assert len(program.send("GET", "/audits/reports").get_json()["items"]) == 1
    assert program.send("GET", "/audits/reports?run=AUD-2026-0000").get_json()["items"] == []


def test_an_action_is_written_down_and_carried_on(
    app: Flask, session: Session, fcr: Person
) -> None:
    program = a_program(app, session, fcr, scope=Scope.WRITE)
    due_on = (clock.now().date() + timedelta(days=30)).isoformat()
    said = {
        "recommended": "Tell every victim of a cancelled crime.",
        "run": "AUD-2026-9001",
        "owner_id": fcr.id,
        "due_on": due_on,
    }
    added = program.send("POST", "/audits/actions", json=said)
    assert added.status_code == 201
    address = added.headers["Location"].removeprefix("/api/v1")
    text = "The letter is sent by the system since July."
    moved = program.send("POST", f"{address}/moves", json={"move": "begin", "text": text})
    assert moved.status_code == 200
    found = program.send("GET", address)
    assert found.get_json()["action"]["state"] == "in_progress"
    assert found.get_json()["action"]["source"] == "Audit AUD-2026-9001"
    assert [one["said"] for one in found.get_json()["steps"]] == ["Wrote it down", "Began"]
    assert [one["move"] for one in found.get_json()["moves"]] == ["report", "finish"]
    later = (clock.now().date() + timedelta(days=60)).isoformat()
    change = {"owner_id": fcr.id, "due_on": later, "why": "The supplier delivers in January."}
    assert program.send("PUT", address, json=change).status_code == 428
    changed = program.send("PUT", address, json=change, headers={"If-Match": found.headers["ETag"]})
    assert changed.status_code == 200
    listed = program.send("GET", "/audits/actions?list=mine&run=aud-2026-9001").get_json()
    assert [one["due_on"] for one in listed["items"]] == [later]
