"""Bulletins and themes through the interface."""

from flask import Flask
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Role
from tests.api.programs import a_program
from tests.builders import a_person

TEXT = "Record what a teacher reports; do not wait for the pupil."


def given(**more: object) -> dict[str, object]:
    return {
        "title": "A teacher’s report is enough",
        "text": TEXT,
        "rule": "REC-08",
        "roles": ["officer"],
        "bearings": [{"place": "crime", "offence_class": "8l"}],
        "starts_on": to_london(clock.now()).date().isoformat(),
        **more,
    }


def test_a_bulletin_is_written_published_read_corrected_and_withdrawn(
    app: Flask, session: Session
) -> None:
    fcr = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    publishing, reading = a_program(app, session, fcr), a_program(app, session, a_person(session))

    made = publishing.post("/bulletins", given())
    assert made.status_code == 201, made.text
    place = made.headers["Location"].removeprefix("/api/v1")
    assert made.get_json()["said"]["bearings"][0]["offence_class"] == "8L"
    assert reading.get(place).status_code == 404
    version = {"If_Match": made.headers["ETag"]}
    changed = publishing.send("PUT", f"{place}/draft", json=given(title="Enough"), headers=version)
    assert changed.status_code == 200, changed.text
    stale = publishing.send("PUT", f"{place}/draft", json=given(), headers=version)
    assert stale.status_code == 412

    edition = publishing.post(f"{place}/editions", {}).get_json()
    assert (edition["state"], edition["edition"], edition["correction"]) == ("published", 1, None)
    assert edition["source"][0].startswith("REC-08: Crime Recording Rules")
    listed = reading.get("/bulletins", list="unread").get_json()["items"]
    assert [row["title"] for row in listed] == ["Enough"]
    assert publishing.get(f"{place}/receipts").get_json()["read"] == 0
    assert publishing.post(f"{place}/reminders").get_json() == {"count": 1}
    assert publishing.post(f"{place}/reminders").status_code == 422
    assert reading.post(f"{place}/receipt").get_json()["read_at"]
    assert reading.post(f"{place}/receipt").status_code == 409
    found = publishing.get(f"{place}/receipts").get_json()
    assert (found["read"], found["people"], found["not_read"]) == (1, 1, [])

    now = {"If_Match": publishing.get(place).headers["ETag"]}
    publishing.send("PUT", f"{place}/draft", json=given(title="Clearer"), headers=now)
    assert publishing.post(f"{place}/editions", {}).status_code == 422
    again = {"why": "It was not clear.", "read_again": False}
    assert publishing.post(f"{place}/editions", again).get_json()["edition"] == 2
    assert publishing.post(f"{place}/withdrawal", {"reason": "It was wrong."}).status_code == 200
    assert reading.get(place).get_json()["withdrawn_reason"] == "It was wrong."


def test_nobody_else_publishes(app: Flask, session: Session) -> None:
    officer = a_program(app, session, a_person(session))

    assert officer.post("/bulletins", given()).status_code == 403
    assert officer.get("/bulletins/1/receipts").status_code == 403
    assert officer.post("/bulletins/1/editions", {}).status_code == 403


def test_what_can_not_be_used_is_named(app: Flask, session: Session) -> None:
    fcr = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    wrong = given(
        rule="XXX-99", roles=["administrator"], text="Short.", bearings=[{"place": "nowhere"}]
    )

    answer = a_program(app, session, fcr).post("/bulletins", wrong)

    fields = {refusal["field"] for refusal in answer.get_json()["refusals"]}
    assert answer.status_code == 422
    assert fields == {"rule", "roles.0", "text", "bearings.0.place"}


def test_themes_are_for_everybody_and_examples_for_the_fcr_to_choose(
    app: Flask, session: Session
) -> None:
    fcr = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    choosing = a_program(app, session, fcr)
    reading = a_program(app, session, a_person(session, roles=[Role.ADMINISTRATOR]))
    example = {"text": "A nurse rang: record it at once.", "names_nobody": True}

    assert choosing.get("/themes/rec-08/said-in-feedback").get_json() == {"items": []}
    made = choosing.post("/themes/rec-08/examples", example)
    assert made.status_code == 201, made.text
    assert reading.post("/themes/rec-08/examples", example).status_code == 403
    theme = reading.get("/themes/rec-08").get_json()
    assert (theme["key"], theme["errors"]["total"]) == ("REC-08", 0)
    assert [one["text"] for one in theme["examples"]] == [example["text"]]
    keys = {row["key"] for row in reading.get("/themes", words="carer").get_json()["items"]}
    assert "REC-08" in keys
    assert reading.get("/themes/rec-08/handout").data.startswith(b"%PDF")
    assert reading.get("/themes/nothing").status_code == 404
    removal = f"/themes/rec-08/examples/{made.get_json()['id']}/removal"
    assert choosing.post(removal).get_json() == {"done": True}
    assert reading.get("/themes/rec-08").get_json()["examples"] == []
