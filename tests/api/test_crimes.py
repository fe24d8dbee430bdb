"""Crimes and victims through the interface: the same services, permissions and refusals."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry, Crime, Victim
from tests.api.programs import a_program
from tests.builders import NOW, a_crime, a_person, a_victim, an_offence

WHEN = {
    "reported_at": (NOW - timedelta(days=2)).isoformat(),
    "recorded_at": (NOW - timedelta(days=1)).isoformat(),
}


def a_new_crime(session: Session, oic_id: int, **more: Any) -> dict[str, Any]:
    return {
        "crime_number": "DEMO API/1",
        "offence_id": an_offence(session).id,
        "oic_id": oic_id,
        "victims": [{"name": "Demo Victim", "address": "1 Demo Street"}],
        "flags": ["knife"],
        **WHEN,
        **more,
    }


def test_an_officer_enters_a_crime_and_reads_it(app: Flask, session: Session) -> None:
    officer = a_person(session)
    program = a_program(app, session, officer)

    entered = program.post("/crimes", a_new_crime(session, officer.id))

    assert entered.status_code == 201
    place = entered.headers["Location"].removeprefix("/api/v1")
    crime = program.get(place)
    said = crime.get_json()
    assert crime.headers["ETag"] == f'"{said["version"]}"'
    assert (said["number"], said["flags"]) == ("DEMO API/1", ["knife"])
    assert [victim["name"] for victim in said["victims"]] == ["Demo Victim"]
    assert [person["part"] for person in said["people"]] == ["oic"]
    assert said["recorded_after"] == 24 * 3600


def test_what_can_not_be_so_is_refused_with_every_field(app: Flask, session: Session) -> None:
    officer = a_person(session)
    a_crime(session, number="DEMO API/1")
    wrong = a_new_crime(
        session,
        officer.id,
        recorded_at=(NOW - timedelta(days=5)).isoformat(),
        unit_id=4711,
        victims=[{"name": "Demo Child", "is_child": True}],
    )

    answer = a_program(app, session, officer).post("/crimes", wrong)

    assert answer.status_code == 422
    said = answer.get_json()
    assert said["type"] == "/help/api#invalid"
    assert {refusal["field"] for refusal in said["refusals"]} == {
        "crime_number",
        "recorded_at",
        "unit_id",
        "victim_speaks_for",
    }


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"crime_number", "offence_id", "oic_id", "recorded_at", "reported_at"}),
        ({**WHEN, "crime_number": "A\x00", "offence_id": "1", "oic_id": 2**40},
         {"crime_number", "offence_id", "oic_id"}),
        ({**WHEN, "crime_number": "A", "offence_id": True, "oic_id": 1, "odd": 1},
         {"offence_id", "odd"}),
        ({**WHEN, "crime_number": "A", "offence_id": 1, "oic_id": 1,
          "victims": [{"name": ""}, {"is_child": "yes", "name": "\ud800"}]},
         {"victims.0.name", "victims.1.is_child", "victims.1.name"}),
        ({"crime_number": "A", "offence_id": 1, "oic_id": 1,
          "reported_at": "0001-01-01T00:00:00+14:00", "recorded_at": "2026-11-24 10:00"},
         {"reported_at", "recorded_at"}),
    ],
)  # fmt: skip
def test_the_shape_of_what_is_sent_is_checked_field_by_field(
    app: Flask, session: Session, body: dict[str, Any], fields: set[str]
) -> None:
    answer = a_program(app, session, a_person(session)).post("/crimes", body)

    assert answer.status_code == 422
    assert {refusal["field"] for refusal in answer.get_json()["refusals"]} == fields


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"1" * 5000, "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"null", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"NaN", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b" " * 1_000_001, "application/json", 413),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_json_is_refused(
    app: Flask, session: Session, data: bytes, kind: str, status: int
) -> None:
    program = a_program(app, session, a_person(session))

    answer = program.send("POST", "/crimes", data=data, content_type=kind)

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_a_crime_of_others_answers_like_one_that_does_not_exist(
    app: Flask, session: Session
) -> None:
    crime = a_crime(session, oic=a_person(session))
    a_victim(session, crime, name="Demo Hidden")
    program = a_program(app, session, a_person(session))
    session.commit()

    for place in ("", "/victims"):
        there = program.get(f"/crimes/{crime.id}{place}")
        nowhere = program.get(f"/crimes/{crime.id + 1000}{place}")
        assert there.status_code == nowhere.status_code == 404
        assert there.get_json() | {"instance": ""} == nowhere.get_json() | {"instance": ""}
        assert "Hidden" not in there.text
    for path, body in (
        ("victims", {"name": "Demo Other"}),
        ("people", {"person_id": 1, "part": "contributor"}),
    ):
        assert program.post(f"/crimes/{crime.id}/{path}", body).status_code == 404
    assert (
        program.post("/cases", {"workflow": "cancellation", "crime_id": crime.id}).status_code
        == 404
    )
    assert program.get("/crimes", number=crime.crime_number).get_json()["items"] == []
    assert "Hidden" not in program.post("/search", {"words": "hidden"}).text
    assert session.scalars(select(AccessEntry).where(AccessEntry.what == "crime:read")).all() == []


def test_a_victim_and_a_colleague_are_added(app: Flask, session: Session) -> None:
    officer, other = a_person(session), a_person(session, name="Demo Officer Two")
    crime = a_crime(session, oic=officer, victims=0)
    program = a_program(app, session, officer)

    added = program.post(
        f"/crimes/{crime.id}/victims",
        {"name": "Demo Child", "is_child": True, "speaks_for": "Demo Parent"},
    )
    assert added.status_code == 201
    assert added.get_json()["items"][0]["enhanced_ground"] == "under_18"
    assert program.get(f"/crimes/{crime.id}/victims").get_json() == added.get_json()

    person = {"person_id": other.id, "part": "contributor"}
    assert program.post(f"/crimes/{crime.id}/people", person).status_code == 201
    again = program.post(f"/crimes/{crime.id}/people", person)
    assert again.status_code == 422
    assert again.get_json()["refusals"][0]["field"] == "person_id"
    assert session.scalars(select(Victim.name)).all() == ["Demo Child"]


def test_a_first_class_is_given_to_the_version_that_was_read(app: Flask, session: Session) -> None:
    ddm = a_person(session, roles=[Role.DDM])
    crime, offence = a_crime(session), an_offence(session)
    crime.offence_id = crime.first_offence_id = None
    program = a_program(app, session, ddm)
    path, body = f"/crimes/{crime.id}/class", {"offence_id": offence.id}
    etag = program.get(f"/crimes/{crime.id}").headers["ETag"]

    assert program.send("PUT", path, json=body).status_code == 428
    assert program.send("PUT", path, json=body, headers={"If-Match": "*"}).status_code == 428
    for other in ('"99"', 'W/"1"', "1", '"a"', '"1", "2"'):
        answer = program.send("PUT", path, json=body, headers={"If-Match": other})
        assert (answer.status_code, answer.get_json()["type"]) == (412, "/help/api#outdated")
    done = program.send("PUT", path, json=body, headers={"If-Match": etag})
    assert done.status_code == 200
    assert done.headers["ETag"] != etag
    assert done.get_json()["offence"].startswith("34B 034/01")
    assert session.scalars(select(Crime.first_offence_id)).one() == offence.id
    again = program.send("PUT", path, json=body, headers={"If-Match": done.headers["ETag"]})
    assert again.status_code == 412
    del ddm
