"""Programs ask victims about equality by the same rules as people do."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fcr_app.domain.equality.items import Item
from fcr_app.domain.roles import SYSTEM_ACTOR, Role
from fcr_app.models import AccessEntry, EqualityRecord, Person, Victim
from fcr_app.services.equality.answers import NewAnswer, give_answer
from fcr_app.services.equality.records import begin_records
from tests.api.programs import a_program
from tests.builders import NOW, TODAY, a_crime, a_person, a_victim, an_incident

WORDS = "Zoroastrian-by-marriage"


@pytest.fixture
def officer(session: Session) -> Person:
    return a_person(session)


@pytest.fixture
def record_id(session: Session, officer: Person) -> int:
    crime = a_crime(session, victims=0, oic=officer)
    victim = a_victim(session, crime, name="Demo Victim")
    begin_records(session, [crime.id], now=NOW)
    record = session.get_one(EqualityRecord, victim.equality_record_id)
    for item, value, detail in (
        (Item.RELIGION, "other", WORDS),
        (Item.GENDER_IDENTITY, "different", "Words-of-identity"),
    ):
        new = NewAnswer(item=item, value=value, detail=detail, given_on=TODAY)
        give_answer(session, SYSTEM_ACTOR, record.id, new, now=NOW)
    found = record.id
    session.commit()
    return found


def json_of(answer: TestResponse) -> dict[str, Any]:
    """Return what an answer says."""
    found = answer.json
    assert isinstance(found, dict)
    return found


def looks(session: Session) -> dict[str, int]:
    session.rollback()
    counted = select(AccessEntry.what, func.count()).where(AccessEntry.record_kind == "equality")
    return {row[0]: row[1] for row in session.execute(counted.group_by(AccessEntry.what))}


def test_an_officer_reads_a_record_and_the_look_is_logged(
    app: Flask, session: Session, officer: Person, record_id: int
) -> None:
    program = a_program(app, session, officer)
    listed = program.get("/equality")
    assert listed.status_code == 200
    assert [row["id"] for row in json_of(listed)["items"]] == [record_id]
    assert WORDS not in listed.text
    assert looks(session) == {}

    found = json_of(program.get(f"/equality/{record_id}"))
    assert found["sight"] == "values"
    items = {one["item"]: one for one in found["items"]}
    assert items["religion"]["detail"] == WORDS
    assert (items["gender_identity"]["hidden"], items["gender_identity"]["value"]) == (True, "")
    assert looks(session) == {"equality:read": 1}

    shown = json_of(program.get(f"/equality/{record_id}/gender-identity"))
    assert shown["detail"] == "Words-of-identity"
    assert looks(session) == {"equality:read": 1, "equality:reveal": 1}


def test_an_auditor_reads_gaps_and_a_ddm_nothing(
    app: Flask, session: Session, record_id: int
) -> None:
    auditor = a_program(app, session, a_person(session, roles=[Role.AUDITOR]))
    found = auditor.get(f"/equality/{record_id}")
    assert json_of(found)["sight"] == "gaps"
    assert WORDS not in found.text
    assert looks(session) == {"equality:gaps": 1}

    ddm = a_program(app, session, a_person(session, roles=[Role.DDM]))
    for path in ("/equality", f"/equality/{record_id}", f"/equality/{record_id}/gender-identity"):
        assert ddm.get(path).status_code == 403


def test_an_answer_is_kept_and_only_progress_comes_back(
    app: Flask, session: Session, officer: Person, record_id: int
) -> None:
    program = a_program(app, session, officer)
    body = {"item": "ethnicity", "value": "O1", "given_on": "2026-11-24"}
    kept = program.post(f"/equality/{record_id}/answers", body, Idempotency_Key="demo-key-0001")
    assert kept.status_code == 200
    assert json_of(kept)["answered"] == 3
    assert {one["value"] for one in json_of(kept)["items"]} == {""}

    wrong = program.post(
        f"/equality/{record_id}/answers",
        {"item": "sex", "given_on": "2026-11-24"},
        Idempotency_Key="demo-key-0002",
    )
    assert wrong.status_code == 422
    sergeant = a_program(app, session, a_person(session, roles=[Role.SUPERVISOR]))
    assert sergeant.post(f"/equality/{record_id}/answers", body).status_code == 404


def test_a_report_is_begun_and_the_lists_and_words_are_read(
    app: Flask, session: Session, officer: Person
) -> None:
    report = an_incident(session, officer=officer)
    report_id = report.id
    program = a_program(app, session, officer)
    begun = program.post(f"/incidents/{report_id}/equality")
    assert begun.status_code == 200
    assert program.post(f"/incidents/{report_id}/equality").json == begun.json

    codes = json_of(program.get("/equality/codes", item="ethnicity"))
    assert (codes["version"], len(codes["codes"])) == ("18+1 (2011)", 18)
    assert program.get("/equality/codes", item="age").status_code == 404
    welsh = json_of(program.get("/equality/questions", lang="cy"))
    assert welsh["title"] == "Cwestiynau amdanoch chi"
    assert len(welsh["questions"]) == 8


@pytest.mark.parametrize("path", ["/crimes/{crime}", "/worklist", "/search?number=DEMO"])
def test_no_other_operation_tells_an_answer(
    app: Flask, session: Session, officer: Person, record_id: int, path: str
) -> None:
    victim = session.scalars(select(Victim).where(Victim.equality_record_id == record_id)).one()
    address = path.format(crime=victim.crime_id)
    told = a_program(app, session, officer).send("GET", address)
    assert told.status_code == 200
    assert WORDS not in told.text
