"""Reports of crime through the interface: entered, recorded, linked, handed over, closed."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry, Crime, Incident
from tests.api.programs import Program, a_program
from tests.builders import a_crime, a_person, an_incident, an_offence


def a_report(**changes: Any) -> dict[str, Any]:
    return {
        "first_reported_at": (clock.now() - timedelta(minutes=5)).isoformat(),
        "route": "999",
        "reporter_type": "victim",
        "account": "He was pushed off his bicycle by two men.",
        "opening_code": "violence",
        **changes,
    }


def change(
    program: Program, incident_id: int, what: str, body: dict[str, Any], method: str = "POST"
) -> TestResponse:
    """Change a report as it was just read."""
    etag = program.get(f"/incidents/{incident_id}").headers["ETag"]
    path = f"/incidents/{incident_id}/{what}"
    return program.send(method, path, json=body, headers={"If-Match": etag})


def test_a_report_is_entered_and_a_crime_recorded_from_it(app: Flask, session: Session) -> None:
    officer = a_person(session)
    offence_id = an_offence(session).id
    program = a_program(app, session, officer)

    entered = program.post("/incidents", a_report(officer_id=officer.id))
    assert entered.status_code == 201, entered.text
    said = entered.get_json()
    assert said["reference"].startswith("INC-")
    assert (said["light"], said["limit"], said["settled_at"]) == ("green", 24 * 3600, None)
    assert program.get(f"/incidents/{said['id']}").get_json()["history"][0]["what"]

    recorded = change(program, said["id"], "crimes", {"offence_id": offence_id})
    assert recorded.status_code == 201, recorded.text
    after = program.get(f"/incidents/{said['id']}").get_json()
    assert after["settled_at"]
    assert after["closing_code"] == "crime_recorded"
    assert [crime["id"] for crime in after["crimes"]] == [recorded.get_json()["id"]]
    assert program.get(f"/crimes/{recorded.get_json()['id']}").status_code == 200


def test_a_record_after_the_limit_needs_its_reason(app: Flask, session: Session) -> None:
    officer = a_person(session)
    late = an_incident(
        session, officer=officer, first_reported_at=clock.now() - timedelta(hours=25)
    ).id
    body: dict[str, Any] = {"offence_id": an_offence(session).id}
    program = a_program(app, session, officer)

    refused = change(program, late, "crimes", body)
    assert refused.status_code == 422
    assert refused.get_json()["refusals"][0]["field"] == "late_reason"
    body["late_reason"] = "The victim could not be reached until this morning."
    assert change(program, late, "crimes", body).status_code == 201
    shown = program.get(f"/incidents/{late}").get_json()
    assert shown["late"][0]["by"] >= 3600
    assert shown["late"][0]["reason"].startswith("The victim could not")

    # It waits for the FCR, who looks at every one.
    assert program.get("/late-records").status_code == 403
    registrar = a_program(app, session, a_person(session, roles=[Role.FCR]))
    waiting = registrar.get("/late-records").get_json()["items"]
    assert [one["incident_id"] for one in waiting] == [late]
    path = f"/late-records/{waiting[0]['id']}"
    assert registrar.get(path).get_json() == waiting[0]
    wordless = registrar.post(f"{path}/review", {"verdict": "not_accepted"})
    assert (wordless.status_code, wordless.get_json()["refusals"][0]["field"]) == (422, "remark")
    accepted = registrar.post(f"{path}/review", {"verdict": "accepted"})
    assert accepted.get_json()["verdict"] == "accepted", accepted.text
    again = registrar.post(f"{path}/review", {"verdict": "accepted"})
    assert (again.status_code, again.get_json()["type"]) == (409, "/help/api#already-done")
    assert registrar.get("/late-records", listed="reviewed").get_json()["items"]


def test_what_can_not_be_so_is_refused_with_every_field(app: Flask, session: Session) -> None:
    wrong = a_report(
        route="sarc",
        officer_id=999,
        first_reported_at=(clock.now() + timedelta(hours=1)).isoformat(),
    )

    answer = a_program(app, session, a_person(session)).post("/incidents", wrong)

    assert answer.status_code == 422
    fields = {refusal["field"] for refusal in answer.get_json()["refusals"]}
    assert fields == {"sarc_case", "officer_id", "first_reported_at"}


def test_a_report_changes_only_as_it_was_read(app: Flask, session: Session) -> None:
    officer = a_person(session)
    other = a_person(session)
    incident_id = an_incident(session, officer=officer).id
    program = a_program(app, session, officer)
    path = f"/incidents/{incident_id}/officer"
    body = {"officer_id": other.id, "unit_id": None}
    etag = program.get(f"/incidents/{incident_id}").headers["ETag"]

    assert program.send("PUT", path, json=body).status_code == 428
    done = program.send("PUT", path, json=body, headers={"If-Match": etag})
    assert done.status_code in {200, 404}, done.text  # it may be out of their sight now
    late = a_program(app, session, other).send("PUT", path, json=body, headers={"If-Match": etag})
    assert (late.status_code, late.get_json()["type"]) == (412, "/help/api#outdated")
    session.expire_all()
    assert session.get_one(Incident, incident_id).officer_id == other.id


def test_news_of_the_victim_is_kept(app: Flask, session: Session) -> None:
    officer = a_person(session)
    incident_id = an_incident(session, officer=officer).id
    program = a_program(app, session, officer)
    news = {"traced": "yes", "confirmed": "no", "willing": "yes", "learned": "Seen at home today."}

    changed = change(program, incident_id, "victim", news, "PUT")

    assert changed.status_code == 200, changed.text
    assert changed.get_json()["victim_confirmed"] == "no"
    assert changed.get_json()["history"][-1]["reason"] == "Seen at home today."


def test_a_crime_that_is_recorded_already_is_linked(app: Flask, session: Session) -> None:
    officer = a_person(session)
    now = clock.now()
    incident_id = an_incident(session, officer=officer, first_reported_at=now).id
    crime = a_crime(session, oic=officer, recorded_at=now)
    program = a_program(app, session, officer)

    body = {"number": crime.crime_number}
    linked = change(program, incident_id, "crimes/link", body)

    assert linked.status_code == 200, linked.text
    assert [one["id"] for one in linked.get_json()["crimes"]] == [crime.id]
    unknown = change(program, incident_id, "crimes/link", {"number": "NONE/1"})
    assert unknown.status_code == 422


def test_rape_that_is_disclosed_opens_its_rape_report(app: Flask, session: Session) -> None:
    officer = a_person(session)
    incident_id = an_incident(session, officer=officer).id
    rape = an_offence(session, offence_class="19C", offence_code="019/08").id
    program = a_program(app, session, officer)

    refused = change(program, incident_id, "crimes", {"offence_id": rape})
    assert refused.status_code == 422
    assert "may be rape" in refused.text
    disclosed = {"disclosed": "She told the officer who drove her home what had happened."}
    said = change(program, incident_id, "rape-disclosure", disclosed)

    assert said.status_code == 200, said.text
    body = said.get_json()
    assert (body["opening_code"], bool(body["rape_disclosed_at"])) == ("violence", True)
    assert [case["title"] for case in body["cases"]] == ["Rape report"]
    again = change(program, incident_id, "rape-disclosure", disclosed)
    assert again.status_code == 409


def test_a_report_of_violence_is_not_closed_as_no_crime(app: Flask, session: Session) -> None:
    officer = a_person(session)
    incident_id = an_incident(session, officer=officer).id
    program = a_program(app, session, officer)

    refused = change(
        program,
        incident_id,
        "closing",
        {"code": "not_a_crime_report", "why": "It was about noise, and nobody was hurt."},
    )

    assert refused.status_code == 422
    said = refused.get_json()
    assert said["type"] == "/help/api#refused"
    assert any(refusal["rule"] for refusal in said["refusals"])
    assert all(refusal["source"] for refusal in said["refusals"] if refusal["rule"])


def test_a_report_of_others_answers_like_one_that_does_not_exist(
    app: Flask, session: Session
) -> None:
    incident = an_incident(session, officer=a_person(session), account="Demo Hidden was hurt.")
    incident.victim_name = "Demo Hidden"
    incident_id = incident.id
    program = a_program(app, session, a_person(session))
    body = {"workflow": "cancellation", "crime_id": 1}
    etag = {"If-Match": '"1"'}

    for method, what, said in (
        ("GET", "", None),
        ("POST", "/crimes", {"offence_id": 1}),
        ("POST", "/crimes/link", {"number": "A/1"}),
        ("PUT", "/victim", {"traced": "yes", "confirmed": "yes", "willing": "yes"}),
        ("PUT", "/officer", {"officer_id": None, "unit_id": None}),
        ("POST", "/closing", {"code": "duplicate", "why": "The same report again."}),
    ):
        there = program.send(method, f"/incidents/{incident_id}{what}", json=said, headers=etag)
        nowhere = program.send(method, f"/incidents/99999{what}", json=said, headers=etag)
        assert there.status_code == nowhere.status_code == 404, (method, what)
        assert there.get_json() | {"instance": ""} == nowhere.get_json() | {"instance": ""}
        assert "Hidden" not in there.text
    assert program.get("/incidents", tab="all").get_json()["items"] == []
    assert program.post("/cases", body).status_code == 404
    looked = select(AccessEntry).where(AccessEntry.what == "incident:read")
    assert session.scalars(looked).all() == []


@pytest.mark.parametrize("role", [Role.FCR, Role.AUDITOR])
def test_reports_are_listed_page_by_page(app: Flask, session: Session, role: Role) -> None:
    now = clock.now()
    for number in range(30):
        an_incident(session, first_reported_at=now - timedelta(hours=number))
    program = a_program(app, session, a_person(session, roles=[role]))

    first = program.get("/incidents").get_json()
    rest = program.get("/incidents", after=first["after"]).get_json()

    assert (first["tab"], len(first["items"]), len(rest["items"])) == ("waiting", 25, 5)
    due = [row["record_by_at"] for row in (*first["items"], *rest["items"])]
    assert due == sorted(due)
    tabs = {tab["tab"]: tab["count"] for tab in first["tabs"]}
    assert (tabs["waiting"], tabs["all"]) == (30, 30)
    assert program.get("/incidents", route="odd").status_code == 422


def test_a_case_is_about_what_its_policy_is_about(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    incident = an_incident(session, officer=officer)
    program = a_program(app, session, officer)

    for body in (
        {"workflow": "cancellation"},
        {"workflow": "cancellation", "incident_id": incident.id},
        {"workflow": "cancellation", "incident_id": incident.id, "crime_id": crime.id},
    ):
        answer = program.post("/cases", body)
        assert answer.status_code == 422
        assert answer.get_json()["refusals"][0]["field"] == "crime_id"
    assert session.scalars(select(Crime.id)).all() == [crime.id]


def test_an_n100_waits_in_the_fcrs_queue(app: Flask, session: Session) -> None:
    officer = a_person(session)
    incident = an_incident(session, officer=officer, opening_code=OpeningCode.RAPE)
    program = a_program(app, session, officer)
    opened = program.post("/cases", {"workflow": "n100", "incident_id": incident.id})
    assert opened.status_code == 201, opened.text
    registrar = a_program(app, session, a_person(session, roles=[Role.FCR]))

    earlier = registrar.get("/reviews", stage="earlier", kind="n100").get_json()["items"]

    assert [one["reference"] for one in earlier] == [opened.get_json()["reference"]]
    assert registrar.get("/reviews").get_json()["items"] == []
    assert program.get("/reviews").status_code == 403
