"""The diary through the interface: a slot is offered, booked by a step, and found again."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.diary.days import day_of
from tests.api.programs import a_program
from tests.builders import a_person, a_unit, an_incident


def test_a_slot_that_is_offered_is_booked_by_the_step_of_its_case(
    app: Flask, session: Session
) -> None:
    unit = a_unit(session)
    officer = a_person(session, unit=unit, staff_number="D1")
    incident = an_incident(
        session,
        officer=officer,
        unit=unit,
        first_reported_at=clock.now() - timedelta(minutes=10),
    )
    program = a_program(app, session, officer)

    opened = program.post("/cases", {"workflow": "diary", "incident_id": incident.id})
    assert opened.status_code == 201, opened.text
    assert opened.get_json()["incident"] == {"id": incident.id, "reference": incident.reference}
    reference = opened.get_json()["reference"]
    offered = program.get(f"/appointments/{reference}/slots", whom="D1").get_json()["items"]
    slot = next(one for one in offered if not one["late"])
    assert slot["staff_number"] == "D1"
    assert any(one["late"] for one in offered)

    answers = {
        "starts_at": slot["starts_at"],
        "length": "60",
        "place": "station",
        "officer": slot["staff_number"],
    }
    booked = program.post(
        f"/cases/{reference}/steps/book", {"answers": answers}, If_Match=opened.headers["ETag"]
    )
    assert booked.status_code == 200, booked.text

    day = slot["starts_at"][:10]
    week = program.get("/appointments", on=day, officer=officer.id).get_json()
    assert len(week["days"]) == 7
    assert [one["reference"] for one in week["items"]] == [reference]
    assert (week["items"][0]["became"], week["items"][0]["past_limit"]) == ("", False)
    daily = program.get("/appointments/daily").get_json()
    assert [one["reference"] for one in daily["items"]] == [reference]
    assert daily["counts"]["under_12"] == 1


def test_a_slot_after_the_limit_is_stopped_unless_it_says_what_is_insufficient(
    app: Flask, session: Session
) -> None:
    officer = a_person(session, unit=a_unit(session), staff_number="D1")
    incident = an_incident(
        session, officer=officer, first_reported_at=clock.now() - timedelta(minutes=10)
    )
    program = a_program(app, session, officer)
    opened = program.post("/cases", {"workflow": "diary", "incident_id": incident.id})
    reference = opened.get_json()["reference"]
    offered = program.get(f"/appointments/{reference}/slots", whom="D1").get_json()["items"]
    slot = next(one for one in offered if one["late"])
    answers = {
        "starts_at": slot["starts_at"],
        "length": "60",
        "place": "station",
        "officer": "D1",
    }

    refused = program.post(
        f"/cases/{reference}/steps/book", {"answers": answers}, If_Match=opened.headers["ETag"]
    )

    assert refused.status_code == 422
    assert "DIA-02" in {refusal["rule"] for refusal in refused.get_json()["refusals"]}


def test_the_diary_of_others_is_not_there(app: Flask, session: Session) -> None:
    program = a_program(app, session, a_person(session))

    assert program.get("/appointments").get_json()["items"] == []
    assert program.get("/appointments/daily").get_json()["items"] == []
    assert program.get("/appointments/DIA-26-000001/slots").status_code == 404
    assert program.get("/appointments/CAN-26-000001/slots").status_code == 404
    today = day_of(clock.now())
    assert program.get("/appointments", view="day").get_json()["days"] == [today.isoformat()]
    for on in ("0001-01-01", "9999-12-31", "2026-02-30"):
        answer = program.get("/appointments", on=on)
        assert answer.status_code == 422
        assert answer.get_json()["refusals"][0]["field"] == "on"
