"""Units, the force's settings and bank holidays through the interface."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.domain.scopes import Scope
from fcr_app.models import BankHoliday, ChangeEntry, Force, Unit
from tests.api.programs import Program, a_program
from tests.builders import a_person, a_unit


def an_administrator(app: Flask, session: Session) -> Program:
    """Return a program that may manage settings."""
    person = a_person(session, roles=[Role.ADMINISTRATOR])
    return a_program(app, session, person, scope=Scope.ADMINISTER)


def test_a_unit_is_added_and_moved_as_it_was_read(app: Flask, session: Session) -> None:
    program, parent = an_administrator(app, session), a_unit(session, name="Demo North")
    added = program.post("/units", {"name": "Demo Team", "parent_id": parent.id})
    team = added.get_json()["id"]
    version = {row["id"]: row["version"] for row in program.get("/units/tree").get_json()["items"]}
    headers = {"If-Match": f'"{version[team]}"'}
    new = {"name": "Demo Other Team", "parent_id": None}

    assert added.status_code == 201
    assert program.send("PUT", f"/units/{team}", json=new).status_code == 428
    assert program.send("PUT", f"/units/{team}", json=new, headers=headers).status_code == 200
    assert program.send("PUT", f"/units/{team}", json=new, headers=headers).status_code == 412
    inside = {"name": "Demo North", "parent_id": parent.id}
    headers = {"If-Match": f'"{version[parent.id]}"'}
    refused = program.send("PUT", f"/units/{parent.id}", json=inside, headers=headers)
    assert refused.get_json()["refusals"][0]["field"] == "parent_id"
    session.expire_all()
    assert session.get_one(Unit, team).path == f"/{team}/"


def test_the_settings_of_the_force_change_as_they_were_read(app: Flask, session: Session) -> None:
    session.add(Force(name="Demo Force"))
    program = an_administrator(app, session)
    read = program.get("/force")
    new = {**read.get_json(), "line_manager_may_decide": True, "victim_contact": "Call 101."}
    headers = {"If-Match": read.headers["ETag"]}

    changed = program.send("PUT", "/force", json=new, headers=headers)

    assert changed.get_json() == new
    assert program.send("PUT", "/force", json=new, headers=headers).status_code == 412
    assert session.scalars(select(ChangeEntry.what).where(ChangeEntry.what.like("force:%"))).all()
    too_long = {**new, "name": "F" * 121}
    headers = {"If-Match": changed.headers["ETag"]}
    assert program.send("PUT", "/force", json=too_long, headers=headers).status_code == 422


def test_a_bank_holiday_is_added_and_taken_back(app: Flask, session: Session) -> None:
    program = an_administrator(app, session)
    day = {"day": "2027-06-01", "name": "Demo holiday"}

    assert program.post("/bank-holidays", day).status_code == 201
    assert program.post("/bank-holidays", day).status_code == 422
    assert day in program.get("/bank-holidays", year=2027).get_json()["items"]
    assert program.post("/bank-holidays/removal", {"day": "2027-06-01"}).status_code == 200
    assert program.post("/bank-holidays/removal", {"day": "2027-06-01"}).status_code == 404
    assert not session.scalars(select(BankHoliday).where(BankHoliday.name == "Demo holiday")).all()
