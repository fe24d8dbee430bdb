"""A whole case through the interface, with the refusals that pages give."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Case, CaseStep, Crime, Person
from tests.api.programs import Program, a_program
from tests.builders import a_case, a_crime, a_person, a_victim
from tests.services import requests as say


def a_ddm(session: Session) -> Person:
    return a_person(
        session,
        name="Demo Decider",
        roles=[Role.DDM],
        accreditations=[AccreditationKind.DDM_COURSE],
    )


def step_named(program: Program, reference: str, trigger: str) -> dict[str, Any]:
    items = program.get(f"/cases/{reference}/steps").get_json()["items"]
    found: dict[str, Any] = next(step for step in items if step["trigger"] == trigger)
    return found


def take(
    program: Program, reference: str, trigger: str, answers: dict[str, str], **headers: str
) -> Any:
    version = program.get(f"/cases/{reference}/steps").headers["ETag"]
    return program.post(
        f"/cases/{reference}/steps/{trigger}",
        {"answers": answers},
        **{"If_Match": version, **headers},
    )


def test_a_crime_is_cancelled_by_two_programs(app: Flask, session: Session) -> None:
    officer, ddm = a_person(session), a_ddm(session)
    crime = a_crime(session, oic=officer)
    asking, deciding = a_program(app, session, officer), a_program(app, session, ddm)

    opened = asking.post("/cases", {"workflow": "cancellation", "crime_id": crime.id})
    assert opened.status_code == 201
    reference = opened.get_json()["reference"]
    assert opened.headers["Location"] == f"/api/v1/cases/{reference}"
    assert opened.get_json()["crime"] == {"id": crime.id, "number": crime.crime_number}

    sent = take(asking, reference, "submit", say.C4)
    assert sent.status_code == 200, sent.text
    assert sent.get_json()["state"] == "submitted"

    assert deciding.post(f"/cases/{reference}/claim").status_code == 200
    decision = {
        **say.DECISION,
        "remark": "Clear and complete.",
        "warning_rationale": "The victim was told on the telephone, and agrees.",
    }
    decided = take(deciding, reference, "approve_and_remove", decision)
    assert decided.status_code == 200, decided.text
    case = deciding.get(f"/cases/{reference}").get_json()
    assert (case["state"], case["open"]) == ("removed", False)
    assert case["decisions"][0]["who"] == "Demo Decider"
    events = deciding.get(f"/cases/{reference}/timeline").get_json()["items"]
    assert [event["position"] for event in events] == [1, 2, 3]
    assert events[-1]["rules"]
    session.expire_all()
    assert session.scalars(select(Crime.status)).one() == "cancelled"


def test_a_refusal_names_every_rule_with_its_source_and_page(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer)
    reference = program.post(
        "/cases", {"workflow": "cancellation", "crime_id": crime.id}
    ).get_json()["reference"]

    refused = take(program, reference, "submit", {**say.C3, "surviving_crime": "NONE/1"})

    assert refused.status_code == 422
    said = refused.get_json()
    assert said["type"] == "/help/api#refused"
    assert said["instance"] == f"/api/v1/cases/{reference}/steps/submit"
    rules = [refusal for refusal in said["refusals"] if refusal["rule"]]
    assert rules
    for refusal in rules:
        assert refusal["source"].startswith(("Crime Recording Rules", "Force policy", "Outcomes"))
        assert refusal["page"]
        assert refusal["reason"].endswith(".")
    session.expire_all()
    assert session.scalars(select(Case.state)).one() == "draft"


def test_steps_say_why_they_are_not_available(app: Flask, session: Session) -> None:
    officer = a_person(session)
    ddm = a_ddm(session)
    case = a_case(session, crime=a_crime(session, oic=ddm), opened_by=officer)
    reference = case.reference

    # The DDM investigates the crime, so every decision is refused with the rule.
    step = step_named(a_program(app, session, ddm), reference, "refuse")
    assert not step["available"]
    assert any(reason["rule"] == "CANC-05" for reason in step["reasons"]), step["reasons"]
    # The officer's role has no such step, and is told whose it is.
    step = step_named(a_program(app, session, officer), reference, "refuse")
    assert not step["available"]
    assert "These may:" in step["reasons"][0]["reason"]
    # What is available says so.
    assert step_named(a_program(app, session, officer), reference, "withdraw")["available"]


def test_a_rehearsal_says_what_would_be_asked_and_refused_and_changes_nothing(
    app: Flask, session: Session
) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer)
    reference = program.post(
        "/cases", {"workflow": "cancellation", "crime_id": crime.id}
    ).get_json()["reference"]
    path = f"/cases/{reference}/steps/submit/rehearsal"

    first = program.post(path, {"answers": {"code": "C4"}}).get_json()
    names = {question["name"] for question in first["questions"]}
    assert "mistake" in names
    assert "receiving_force" not in names
    assert not first["available"]
    assert {reason["field"] for reason in first["reasons"]} >= {"mistake"}
    assert program.post(path, {"answers": say.C4}).get_json()["available"]
    assert session.scalars(select(CaseStep.trigger)).all() == ["open"]
    unknown = program.post(path, {"answers": {"odd": "1"}})
    assert (unknown.status_code, unknown.get_json()["refusals"][0]["field"]) == (422, "answers.odd")


def test_a_step_is_taken_of_the_version_that_was_read(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer)
    reference = program.post(
        "/cases", {"workflow": "cancellation", "crime_id": crime.id}
    ).get_json()["reference"]
    path, body = f"/cases/{reference}/steps/submit", {"answers": say.C4}
    etag = program.get(f"/cases/{reference}").headers["ETag"]

    assert program.post(path, body).status_code == 428
    draft = program.send(
        "PATCH", f"/cases/{reference}/draft", json=body, headers={"If-Match": etag}
    )
    assert draft.status_code == 200
    assert draft.get_json()["answers"] == say.C4
    assert draft.headers["ETag"] != etag
    for method, address in (("POST", path), ("PATCH", f"/cases/{reference}/draft")):
        late = program.send(method, address, json=body, headers={"If-Match": etag})
        assert (late.status_code, late.get_json()["type"]) == (412, "/help/api#outdated")
    assert program.post(path, body, If_Match=draft.headers["ETag"]).status_code == 200
    gone = program.send(
        "PATCH",
        f"/cases/{reference}/draft",
        json=body,
        headers={"If-Match": program.get(f"/cases/{reference}").headers["ETag"]},
    )
    assert (gone.status_code, gone.get_json()["type"]) == (409, "/help/api#not-now")


def test_a_step_that_is_not_there_is_a_conflict(app: Flask, session: Session) -> None:
    officer = a_person(session)
    reference = a_case(session, opened_by=officer).reference
    program = a_program(app, session, officer)

    for trigger in ("submit", "no_such_step"):
        answer = take(program, reference, trigger, {})
        assert (answer.status_code, answer.get_json()["type"]) == (409, "/help/api#not-now")
    assert take(program, reference, "refuse", {}).status_code == 403


def test_a_case_of_others_answers_like_one_that_does_not_exist(
    app: Flask, session: Session
) -> None:
    crime = a_crime(session, oic=a_person(session), victims=0)
    a_victim(session, crime, name="Demo Hidden")
    case = a_case(session, crime=crime)
    program = a_program(app, session, a_person(session))
    reference = case.reference
    etag = {"If-Match": '"1"'}

    for method, path, body in (
        ("GET", "", None),
        ("GET", "/timeline", None),
        ("GET", "/steps", None),
        ("PATCH", "/draft", {"answers": {}}),
        ("POST", "/steps/withdraw", {"answers": {}}),
        ("POST", "/steps/withdraw/rehearsal", {"answers": {}}),
        ("POST", "/claim", None),
        ("POST", "/release", None),
    ):
        there = program.send(method, f"/cases/{reference}{path}", json=body, headers=etag)
        nowhere = program.send(method, f"/cases/CAN-26-999999{path}", json=body, headers=etag)
        assert there.status_code == nowhere.status_code == 404, path
        assert there.get_json() | {"instance": ""} == nowhere.get_json() | {"instance": ""}
        assert "Hidden" not in there.text
    assert program.get("/cases/XXX-26-000001").status_code == 404
    assert program.get("/cases/CAN-26-%00").status_code == 404


def test_a_second_case_about_a_crime_is_a_conflict(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer)
    body = {"workflow": "cancellation", "crime_id": crime.id}

    assert program.post("/cases", body).status_code == 201
    again = program.post("/cases", body)
    assert (again.status_code, again.get_json()["type"]) == (409, "/help/api#conflict")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DDM])
def test_giving_a_case_away_is_the_registrars(app: Flask, session: Session, role: Role) -> None:
    ddm, fcr = a_ddm(session), a_person(session, roles=[Role.FCR])
    reference = a_case(session).reference
    path, body = f"/cases/{reference}/reassign", {"person_id": ddm.id}

    assert (
        a_program(app, session, a_person(session, roles=[role])).post(path, body).status_code == 403
    )
    program = a_program(app, session, fcr)
    offered = program.get(f"/cases/{reference}/candidates").get_json()["items"]
    assert [one["name"] for one in offered] == ["Demo Decider"]
    wrong = program.post(path, {"person_id": fcr.id})
    assert (wrong.status_code, wrong.get_json()["refusals"][0]["field"]) == (422, "person_id")
    assert program.post(path, body).status_code == 200
    assert session.scalars(select(Case.claimed_by_id)).one() == ddm.id
    let_go = a_program(app, session, ddm).post(f"/cases/{reference}/release")
    assert let_go.status_code == 200
    taken = a_program(app, session, ddm).post("/claims/next")
    assert taken.get_json() == {"reference": reference}
    assert a_program(app, session, ddm).post("/claims/next").get_json() == {"reference": ""}
