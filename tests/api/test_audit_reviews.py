"""Examining through the interface: one's own, blind, with the version read; then what counts."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from tests.api.programs import a_program
from tests.audit_builders import a_run, an_item
from tests.builders import a_person, an_incident

CRIME = {
    "verdict": "missing",
    "offence_group": "violence",
    "error_type": "E04",
    "safeguarding": "done",
}


def said(**more: Any) -> dict[str, Any]:
    return {"answers": {"closing_code": "yes"}, **more}


def test_two_examine_a_record_blind_and_a_registrar_says_what_counts(
    app: Flask, session: Session
) -> None:
    one, two = (a_person(session, roles=[Role.AUDITOR]) for _ in range(2))
    fcr = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    officer = a_person(session)
    run = a_run(session)
    item = an_item(session, run, one, two, incident=an_incident(session, officer=officer))
    first, second, registrar = (a_program(app, session, who) for who in (one, two, fcr))
    record, audit = f"/audits/records/{item.id}", f"/audits/runs/{run.id}"

    assert first.get("/audits/to-examine").get_json()["items"][0]["total"] == 1
    assert first.get(f"{audit}/next-record").get_json()["id"] == item.id
    page = first.get(record)
    assert page.headers["ETag"] == '"0"'
    assert page.get_json()["source"][0]["rows"][0]["key"] == "Account"

    def review(program: Any, version: str, body: object) -> Any:
        return program.send(
            "PUT", f"{record}/review", json=body, headers={"If-Match": f'"{version}"'}
        )

    half = review(first, "0", said(crimes=[{"verdict": "missing"}], done=False))
    assert (half.status_code, half.get_json()["done_at"]) == (200, None)
    assert review(first, "0", said()).status_code == 412
    kept = review(first, half.get_json()["version"], said(crimes=[CRIME], note="A secret note"))
    assert kept.get_json()["done_at"]

    blind = second.get(record)
    assert (blind.get_json()["kind"], blind.get_json()["begun"]) == ("second", False)
    assert "A secret note" not in blind.text
    assert registrar.get(f"{record}/moderation").status_code == 409
    assert review(second, "0", said()).status_code == 200

    differs = registrar.get(f"{record}/moderation")
    assert [one["kind"] for one in differs.get_json()["reviews"]] == ["first", "second"]
    assert differs.get_json()["differences"][0]["second"] == "Not named"
    counted = registrar.send(
        "PUT",
        f"{record}/moderation",
        json=said(crimes=[CRIME], note="The account names a threat."),
        headers={"If-Match": differs.headers["ETag"]},
    )
    assert len(counted.get_json()["reviews"]) == 3
    assert registrar.get(f"{audit}/differences").get_json()["items"] == []
    agreed = registrar.get(f"{audit}/agreement").get_json()
    assert (agreed["done"], agreed["differ"], agreed["moderated"]) == (1, 1, 1)

    found = registrar.get(f"{audit}/findings").get_json()["items"]
    assert [one["error"] for one in found] == ["E04"]
    place = f"/audits/findings/{found[0]['id']}"
    opened = registrar.post(f"{place}/correction").get_json()
    assert opened["where"] == "record"
    assert "names a threat" in opened["fields_known"]["late_reason"]
    assert registrar.post(f"{place}/feedback", {}).get_json()["item_id"]
    assert registrar.get(place).get_json()["finding"]["feedback"].startswith("FBR-")
    why = {"why": "The other force records it, as its number shows."}
    assert registrar.post(f"{place}/closing", why).status_code == 200
    assert registrar.get(f"{audit}/findings", closed="true").get_json()["closed_count"] == 1
