"""A program plans the audits of a year, as the pages do."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.audits.year import year_of
from fcr_app.domain.roles import Role
from tests.api.programs import Program, a_program
from tests.builders import a_person

PLANS, LINES = "/audits/plans", "/audits/plan-lines"
WHY = "A new control room system came in over the summer."
REASON = "Two auditors are away until March."


@pytest.fixture
def programs(app: Flask, session: Session) -> dict[str, Program]:
    """Make a program for whoever plans, approves and examines audits."""
    roles = {"fcr": Role.FCR, "auditor": Role.AUDITOR, "chief": Role.CHIEF_OFFICER}
    return {
        key: a_program(app, session, a_person(session, name=f"Demo {key}", roles=[role]))
        for key, role in roles.items()
    }


def this_year() -> str:
    return year_of(clock.now().date()).starts_on.isoformat()


def begin(program: Program, **said: Any) -> str:
    answer = program.post(PLANS, {"starts_on": this_year(), **said})
    assert answer.status_code == 201, answer.text
    return f"{PLANS}/{answer.get_json()['id']}"


def step(program: Program, plan: str, trigger: str, **answers: str) -> int:
    read = program.get(plan)
    answer = program.post(
        f"{plan}/steps/{trigger}", {"answers": answers}, If_Match=read.headers["ETag"]
    )
    return answer.status_code


def approve(programs: dict[str, Program], plan: str) -> None:
    assert step(programs["fcr"], plan, "approve_for_fcr") == 200
    assert step(programs["chief"], plan, "approve") == 200


def the_line(program: Program, plan: str, key: str) -> str:
    lines = program.get(plan).get_json()["lines"]
    return f"{LINES}/{next(line['id'] for line in lines if line['line_key'] == key)}"


def test_a_plan_is_begun_written_approved_and_changed(programs: dict[str, Program]) -> None:
    fcr = programs["fcr"]
    assert fcr.get(f"{PLANS}/current").status_code == 404
    plan = begin(fcr, monthly_hours=200)
    found = fcr.get(plan).get_json()
    assert (found["edition"], found["state"], len(found["lines"])) == (1, "draft", 28)
    assert found["lines"][0]["risk"]["score"] == 21

    said = {
        "code": "A14", "title": "Theme: stalking online", "frame": "incidents",
        "frame_filter": {"opening_codes": ["stalking"]}, "counted_as": "crime",
        "first_due_on": this_year(), "every_months": 12, "covers_months": 12, "method": "fixed",
        "fixed_size": 50, "hours": 15, "risk": {"age": 3, "victims": 2},
    }  # fmt: skip
    wrong = fcr.post(f"{plan}/lines", {**said, "fixed_size": None, "every_months": 5})
    assert wrong.status_code == 422
    assert {one["field"] for one in wrong.get_json()["refusals"]} == {"fixed_size", "every_months"}
    added = fcr.post(f"{plan}/lines", said)
    assert added.status_code == 201
    line = f"{LINES}/{added.get_json()['id']}"
    # Nobody examines it yet.
    assert step(fcr, plan, "approve_for_fcr") == 422
    read = fcr.get(line)
    assert read.get_json()["line"]["line_key"] == "A14-8"
    auditor = programs["auditor"].get("/me").get_json()["id"]
    tag = read.headers["ETag"]
    put = fcr.send("PUT", line, json={**said, "auditor_ids": [auditor]}, headers={"If-Match": tag})
    assert put.status_code == 200
    again = fcr.send("PUT", line, json=said, headers={"If-Match": tag})
    assert again.status_code == 412
    named = {"auditor_ids": [auditor], "only_missing": True}
    put = fcr.send("PUT", f"{plan}/auditors", json=named)
    # The auditor in post was named for all of them from the start.
    assert put.get_json() == {"changed": 0}
    months = {"months": [{"month": this_year(), "hours": 10}]}
    assert fcr.send("PUT", f"{plan}/hours", json=months).status_code == 200
    calendar = programs["auditor"].get(f"{plan}/calendar").get_json()
    assert calendar["months"][0]["available"] == 10
    assert calendar["months"][0]["over"] > 0
    assert "A14" in {due["code"] for due in calendar["months"][0]["due"]}
    approve(programs, plan)

    assert fcr.get(f"{PLANS}/current").get_json()["state"] == "approved"
    assert fcr.post(f"{line}/removal").status_code == 409
    second = begin(fcr, why=WHY)
    assert fcr.post(f"{the_line(fcr, second, 'A14-8')}/removal").status_code == 200
    changes = fcr.get(second).get_json()["changes"]
    assert [(one["kind"], one["line_key"]) for one in changes] == [("taken_out", "A14-8")]
    approve(programs, second)
    items = programs["chief"].get(PLANS).get_json()["items"]
    assert [(one["edition"], one["state"]) for one in items] == [(2, "approved"), (1, "replaced")]


def test_a_step_needs_the_version_that_was_read(programs: dict[str, Program]) -> None:
    fcr = programs["fcr"]
    plan = begin(fcr)

    assert fcr.post(f"{plan}/steps/approve_for_fcr", {"answers": {}}).status_code == 428
    old = fcr.get(plan).headers["ETag"]
    assert step(fcr, plan, "approve_for_fcr") == 200
    sent = programs["chief"].post(f"{plan}/steps/approve", {"answers": {}}, If_Match=old)
    assert sent.status_code == 412
    assert step(programs["chief"], plan, "send_back") == 422
    assert step(programs["chief"], plan, "send_back", why_returned="Too few hours for rape.") == 200


def test_an_audit_is_stopped_taken_up_and_dropped(programs: dict[str, Program]) -> None:
    fcr, chief = programs["fcr"], programs["chief"]
    plan = begin(fcr)
    approve(programs, plan)
    line = the_line(fcr, plan, "A8-1")
    reason = {"reason": REASON}

    assert fcr.post(f"{line}/suspension", {"reason": "No"}).status_code == 422
    assert fcr.post(f"{line}/suspension", reason).status_code == 200
    assert fcr.post(f"{line}/resumption", reason).status_code == 200
    assert fcr.post(f"{line}/drop", reason).status_code == 200
    assert fcr.post(f"{line}/drop-approval").status_code == 403
    assert chief.post(f"{line}/drop-refusal", reason).status_code == 200
    assert fcr.get(line).get_json()["line"]["status"] == "planned"
    assert fcr.post(f"{line}/drop", reason).status_code == 200
    assert chief.post(f"{line}/drop-approval").status_code == 200
    found = programs["auditor"].get(line).get_json()
    assert found["line"]["status"] == "dropped"
    assert [one["by"] for one in found["history"]][-1] == "Demo chief"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-05-01"])
def test_a_day_that_begins_no_year_is_refused(programs: dict[str, Program], day: str) -> None:
    assert programs["fcr"].post(PLANS, {"starts_on": day}).status_code == 422
