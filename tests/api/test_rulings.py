"""The register of rulings through the interface: made by a registrar alone, found by everybody."""

from flask import Flask
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from tests.api.programs import a_program
from tests.builders import a_crime, a_person

RULING = {
    "question": "Is a blow that leaves no mark common assault?",
    "topic": "classify",
    "offence_class": "8l",
    "facts": "One person struck another, and no mark was left that anybody saw.",
    "ruling": "It is common assault: no injury is needed for it.",
    "reasons": "The counting rules ask for an injury only in the classes above it.",
    "rules": ["CLS-04"],
}


def test_a_ruling_is_made_found_applied_and_superseded(app: Flask, session: Session) -> None:
    fcr = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    officer = a_person(session)
    mine, other = a_crime(session, oic=officer), a_crime(session)
    ruling, reading = a_program(app, session, fcr), a_program(app, session, officer)

    made = ruling.post("/rulings", RULING)
    assert made.status_code == 201, made.text
    said = made.get_json()
    assert (said["serial"], said["offence_class"], said["rules"]) == (1, "8L", ["CLS-04"])
    place = made.headers["Location"].removeprefix("/api/v1")
    assert reading.get(place).get_json() == said
    for asked in ({"words": "blow"}, {"offence_class": "8L"}, {"rule": "CLS-04"}):
        rows = reading.get("/rulings", **asked).get_json()["items"]
        assert [row["number"] for row in rows] == [said["number"]], asked
    assert reading.get("/rulings", words="nothing like it").get_json()["items"] == []

    for crime in (mine, other):
        number = {"number": crime.crime_number}
        assert ruling.post(f"{place}/links", number).status_code == 200
    # What the person may not see is not told of.
    assert [one["id"] for one in reading.get(place).get_json()["linked"]] == [mine.id]
    unknown = ruling.post(f"{place}/links", {"number": "NONE/1"})
    assert (unknown.status_code, unknown.get_json()["refusals"][0]["field"]) == (422, "number")

    later = ruling.post("/rulings", {**RULING, "supersedes_id": said["id"]}).get_json()
    assert reading.get(place).get_json()["superseded_by"]["number"] == later["number"]
    again = ruling.post("/rulings", {**RULING, "supersedes_id": said["id"]})
    assert (again.status_code, again.get_json()["type"]) == (409, "/help/api#conflict")


def test_nobody_else_makes_one(app: Flask, session: Session) -> None:
    untrained = a_person(session, roles=[Role.FCR])
    ddm = a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE])

    for person in (untrained, ddm):
        answer = a_program(app, session, person).post("/rulings", RULING)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/help/api#not-allowed")


def test_what_is_no_class_and_no_rule_is_refused(app: Flask, session: Session) -> None:
    fcr = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    wrong = {**RULING, "offence_class": "odd!", "rules": ["XXX-99"], "facts": "Too short."}

    answer = a_program(app, session, fcr).post("/rulings", wrong)

    assert answer.status_code == 422
    fields = {refusal["field"] for refusal in answer.get_json()["refusals"]}
    assert fields == {"offence_class", "rules.0", "facts"}
