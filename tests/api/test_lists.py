"""Worklists, search, notices, feedback and reference data through the interface."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import AccessEntry, Notice
from fcr_app.services import worklist_surroundings
from fcr_app.workflows import WORKFLOWS
from tests.api.programs import a_program
from tests.builders import (
    a_case,
    a_crime,
    a_person,
    a_unit,
    a_victim,
    an_offence,
)


def test_a_list_is_read_page_by_page_without_a_gap(app: Flask, session: Session) -> None:
    fcr = a_person(session, roles=[Role.FCR])
    now = clock.now()
    officer = a_person(session)
    made = [
        a_case(
            session,
            crime=a_crime(session, oic=officer),
            opened_by=officer,
            due_at=now + timedelta(hours=number) if number % 7 else None,
        ).reference
        for number in range(60)
    ]
    program = a_program(app, session, fcr)

    found, asked, sizes = [], {"tab": "all"}, []
    while True:
        page = program.get("/worklist", **asked).get_json()
        found += [row["reference"] for row in page["items"]]
        sizes.append(len(page["items"]))
        if not page["after"]:
            break
        asked = {"tab": "all", "after": page["after"]}

    assert sizes == [25, 25, 10]
    assert sorted(found) == sorted(made)
    back = program.get("/worklist", tab="all", before=page["before"]).get_json()
    assert [row["reference"] for row in back["items"]] == found[25:50]


def test_lists_are_the_persons_own(app: Flask, session: Session) -> None:
    officer = a_person(session)
    mine = a_case(session, opened_by=officer, state="draft").reference
    a_case(session)
    program = a_program(app, session, officer)

    said = program.get("/worklist").get_json()

    assert said["tab"] == "mine"
    assert [tab["tab"] for tab in said["tabs"]] == ["mine", "overdue", "all"]
    assert [row["reference"] for row in said["items"]] == [mine]
    assert program.get("/worklist", tab="decide").status_code == 404


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"tab": "odd"}, "tab"),
        ({"sort": "odd"}, "sort"),
        ({"state": "odd"}, "state"),
        ({"unit": "x"}, "unit"),
        ({"after": "x"}, "after"),
        ({"holder": "x"}, "holder"),
        ({"odd": "1"}, "odd"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_and_not_passed_over(
    app: Flask, session: Session, asked: dict[str, str], field: str
) -> None:
    answer = a_program(app, session, a_person(session)).get("/worklist", **asked)

    assert answer.status_code == 422
    assert [refusal["field"] for refusal in answer.get_json()["refusals"]] == [field]


def test_a_count_is_a_number_however_long_the_list(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist_surroundings, "MOST_COUNTED", 2)
    fcr = a_person(session, roles=[Role.FCR])
    for _ in range(4):
        a_case(session)

    tabs = a_program(app, session, fcr).get("/worklist", tab="all").get_json()["tabs"]

    assert {tab["tab"]: (tab["count"], tab["more"]) for tab in tabs}["all"] == (2, True)


def test_what_a_ddm_can_decide_is_on_their_list(app: Flask, session: Session) -> None:
    ddm = a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE])
    unit = a_unit(session)
    reference = a_case(session, crime=a_crime(session, unit=unit)).reference
    a_case(session)
    unit_id = unit.id
    program = a_program(app, session, ddm)

    rows = program.get("/worklist", tab="decide", unit=unit_id, code="C2").get_json()["items"]

    assert [row["reference"] for row in rows] == [reference]


def test_a_number_may_stand_in_an_address_and_a_name_may_not(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer, number="DEMO FIND/1", victims=0)
    a_victim(session, crime, name="Demo Findable")
    program = a_program(app, session, officer)

    assert program.get("/crimes", number="demo find").get_json()["items"][0]["crime_id"] == crime.id
    assert program.get("/search", number="demofind/1").get_json()["crimes"]
    assert program.get("/search", number="findable").get_json()["victims"] == []
    assert program.post("/search", {"words": "findable"}).get_json()["victims"]
    assert program.get("/search", number="ab").status_code == 422
    # A name is never written to a log.
    logged = session.scalars(select(AccessEntry.what)).all()
    assert not [what for what in logged if "findable" in what.lower() and "demo" in what.lower()]


def test_notices_are_ones_own(app: Flask, session: Session) -> None:
    officer, other = a_person(session), a_person(session)
    now = clock.now()
    for person, message in ((officer, "First."), (officer, "Second."), (other, "Not yours.")):
        session.add(Notice(person_id=person.id, message=message, created_at=now))
        session.flush()
    other_id = session.scalars(select(Notice.id).where(Notice.person_id == other.id)).one()
    program = a_program(app, session, officer)

    said = program.get("/notices").get_json()
    # The newest tells of the token itself.
    assert [notice["message"] for notice in said["items"][1:]] == ["Second.", "First."]
    assert said["unread"] == 3
    assert program.post(f"/notices/{other_id}/read").status_code == 200  # nothing is given away
    assert session.get_one(Notice, other_id).read_at is None
    program.post(f"/notices/{said['items'][1]['id']}/read")
    assert program.get("/notices").get_json()["unread"] == 2
    program.post("/notices/read")
    assert program.get("/notices").get_json()["unread"] == 0
    older = program.get("/notices", before=said["items"][1]["id"]).get_json()["items"]
    assert [notice["message"] for notice in older] == ["First."]


def test_feedback_that_is_not_ones_own_is_not_there(app: Flask, session: Session) -> None:
    program = a_program(app, session, a_person(session))

    assert program.get("/feedback").get_json()["items"] == []
    assert program.get("/feedback", listed="team").status_code == 404
    assert program.get("/feedback/1").status_code == 404
    assert program.post("/feedback/1/acknowledge", {"reply": ""}).status_code == 404


def test_every_offence_can_be_read_page_by_page(app: Flask, session: Session) -> None:
    for number in range(130):
        code, title = f"{number:03}/01", f"Demo {number}"
        an_offence(session, offence_class="99", offence_code=code, title=title)
    program = a_program(app, session, a_person(session))

    first = program.get("/offences").get_json()
    rest = program.get("/offences", after=first["after"], current="true").get_json()

    assert (len(first["items"]), len(rest["items"]), rest["after"]) == (100, 30, None)
    one = first["items"][0]
    assert program.get(f"/offences/{one['id']}").get_json() == one
    assert program.get("/offences/99999").status_code == 404
    found = program.get("/offences", words="99 007/01").get_json()["items"]
    assert [offence["title"] for offence in found] == ["Demo 7"]


def test_units_and_colleagues_are_found(app: Flask, session: Session) -> None:
    north = a_unit(session, name="North")
    a_unit(session, name="Team 4", parent=north)
    officer = a_person(session, name="Demo Searched", staff_number="D777")
    program = a_program(app, session, officer)

    assert [unit["label"] for unit in program.get("/units").get_json()["items"]] == [
        "North",
        "North / Team 4",
    ]
    found = program.post("/people/search", {"words": "searched"}).get_json()
    assert [person["label"] for person in found["items"]] == ["Demo Searched (D777)"]


def test_every_policy_is_declared_with_its_rules(app: Flask, session: Session) -> None:
    program = a_program(app, session, a_person(session))

    said = program.get("/workflows").get_json()["items"]

    assert [workflow["key"] for workflow in said] == [workflow.key for workflow in WORKFLOWS]
    for workflow, declared in zip(said, WORKFLOWS, strict=True):
        assert program.get(f"/workflows/{workflow['key']}").get_json() == workflow
        assert len(workflow["steps"]) == len(declared.steps)
        for step in workflow["steps"]:
            for rule in step["rules"]:
                assert rule["rule"]
                assert rule["source"]
                assert rule["sentence"]
    assert program.get("/workflows/odd").status_code == 404
