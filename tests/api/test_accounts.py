"""Accounts through the interface: the same refusals as the pages, and a token made for it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.domain.scopes import Scope
from fcr_app.errors import InvalidValues
from fcr_app.models import ApiAnswer, ApiToken, ChangeEntry, Deputy, Person, RoleGrant, SignIn
from tests.api.programs import Program, a_program, a_token
from tests.builders import a_person, a_unit

DETAILS = {"name": "Demo Joiner", "staff_number": "J-1", "email": "joiner@demo.example"}
FROM_NOW = {"starts_on": "2026-01-01"}


def an_administrator(app: Flask, session: Session) -> Program:
    """Return a program that may manage accounts."""
    person = a_person(session, name="Demo Administrator", roles=[Role.ADMINISTRATOR])
    return a_program(app, session, person, scope=Scope.ADMINISTER)


def test_somebody_joins_gets_a_role_a_course_and_a_password(app: Flask, session: Session) -> None:
    program, unit = an_administrator(app, session), a_unit(session)

    added = program.post("/accounts", {**DETAILS, "unit_id": unit.id})
    path = added.headers["Location"].removeprefix("/api/v1")
    assert added.status_code == 201
    assert program.post(f"{path}/roles", {**FROM_NOW, "role": "ddm"}).status_code == 201
    course = {**FROM_NOW, "kind": "ddm_course", "evidence": "Certificate 12"}
    assert program.post(f"{path}/accreditations", course).status_code == 201
    given = program.post(f"{path}/password").get_json()

    said = program.get(path).get_json()
    assert [entry["key"] for entry in said["roles"]] == [Role.DDM]
    assert [entry["key"] for entry in said["accreditations"]] == [AccreditationKind.DDM_COURSE]
    assert (said["has_password"], said["must_change_password"]) == (True, True)
    assert said["unit"] == unit.name
    assert len(given["password"]) == 19
    logged = set(session.scalars(select(ChangeEntry.what)))
    assert {"person:added", "person:role-granted", "person:password-given"} <= logged


def test_everything_wrong_with_the_details_is_named_and_nothing_is_kept(
    app: Flask, session: Session
) -> None:
    program = an_administrator(app, session)
    program.post("/accounts", DETAILS)

    answer = program.post("/accounts", {**DETAILS, "name": " ", "supervisor": "nobody"})

    assert answer.status_code == 422
    fields = {refusal["field"] for refusal in answer.get_json()["refusals"]}
    assert fields == {"name", "staff_number", "email", "supervisor"}
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_details_that_somebody_changed_meanwhile_are_not_overwritten(
    app: Flask, session: Session
) -> None:
    program = an_administrator(app, session)
    added = program.post("/accounts", DETAILS)
    path, tag = added.headers["Location"].removeprefix("/api/v1"), added.headers["ETag"]

    def change(name: str, **headers: str) -> Any:
        return program.send("PUT", path, json={**DETAILS, "name": name}, headers=headers)

    assert change("Demo Without A Version").status_code == 428
    first = change("Demo First", If_Match=tag)
    assert (first.status_code, first.get_json()["name"]) == (200, "Demo First")
    assert change("Demo Second", If_Match=tag).status_code == 412
    assert program.get(path).get_json()["name"] == "Demo First"


def test_the_days_of_a_role_change_only_as_they_were_read(app: Flask, session: Session) -> None:
    program, person = an_administrator(app, session), a_person(session, roles=[Role.DDM])
    role = program.get(f"/accounts/{person.id}").get_json()["roles"][0]
    path = f"/accounts/{person.id}/roles/{role['id']}"
    ended = {"starts_on": role["starts_on"], "ends_on": "2026-11-01"}
    headers = {"If-Match": f'"{role["version"]}"'}

    assert program.send("PUT", path, json=ended).status_code == 428
    assert program.send("PUT", path, json=ended, headers=headers).status_code == 200
    assert program.send("PUT", path, json=FROM_NOW, headers=headers).status_code == 412
    other = path.replace(f"/{person.id}/", "/1/")
    assert program.send("PUT", other, json=ended, headers=headers).status_code == 404
    session.expire_all()
    kept = session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).one()
    assert str(kept.ends_on) == "2026-11-01"


def test_nobody_gives_themselves_a_role_or_takes_the_last_administrators(
    app: Flask, session: Session
) -> None:
    program = an_administrator(app, session)
    own = program.get("/me").get_json()["id"]

    for path, body in (
        (f"/accounts/{own}/roles", {**FROM_NOW, "role": "fcr"}),
        (f"/accounts/{own}/ending", None),
    ):
        assert program.post(path, body).status_code == 403
    roles = session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == own)).all()
    assert roles == [Role.ADMINISTRATOR]


def test_a_leaver_and_somebody_with_a_new_password_lose_their_tokens(
    app: Flask, session: Session
) -> None:
    program = an_administrator(app, session)
    for path in ("ending", "password"):
        person = a_person(session)
        theirs = a_program(app, session, person)
        assert theirs.get("/me").status_code == 200
        assert program.post(f"/accounts/{person.id}/{path}").status_code == 200
        assert theirs.get("/me").status_code == 401


def test_a_password_is_shown_once_and_not_kept_for_who_sends_again(
    app: Flask, session: Session
) -> None:
    program, person = an_administrator(app, session), a_person(session)

    first, again = (
        program.post(f"/accounts/{person.id}/password", Idempotency_Key="one") for _ in range(2)
    )

    words = first.get_json()["password"]
    assert words
    assert (again.status_code, again.get_json()) == (200, {"password": ""})
    assert again.headers["Idempotent-Replayed"] == "true"
    assert words not in session.scalars(select(ApiAnswer.body)).one()


def test_people_are_listed_by_surname_and_found_by_words_in_the_body(
    app: Flask, session: Session
) -> None:
    program = an_administrator(app, session)
    a_person(session, name="Demo Zebra", roles=[Role.DDM])
    a_person(session, name="Demo Antelope", roles=[])

    everybody = program.get("/accounts").get_json()
    ddms = program.get("/accounts", role="ddm").get_json()
    found = program.post("/accounts/search", {"words": "antel"}).get_json()

    assert [row["name"] for row in everybody["items"]] == [
        "Demo Administrator",
        "Demo Antelope",
        "Demo Zebra",
    ]
    assert [row["name"] for row in ddms["items"]] == ["Demo Zebra"]
    assert [row["name"] for row in found["items"]] == ["Demo Antelope"]
    assert program.get("/accounts", words="antel").status_code == 422


def test_one_chooses_e_mails_a_deputy_and_a_password_for_oneself(
    app: Flask, session: Session
) -> None:
    person = a_person(session, password="present password of a demo")
    deputy = a_person(session, name="Demo Deputy")
    program = a_program(app, session, person, scope=Scope.ADMINISTER)

    chosen = program.send("PUT", "/account/e-mails", json={"choice": "daily"})
    assert chosen.get_json()["mail_choice"] == "daily"

    cover = {"deputy_id": deputy.id, "starts_on": "2026-11-01", "ends_on": "2099-01-01"}
    assert program.post("/account/deputies", cover).status_code == 422  # a year at most
    cover["ends_on"] = "2027-10-01"
    covered = program.post("/account/deputies", cover).get_json()["covered_by"]
    assert [entry["deputy"] for entry in covered] == ["Demo Deputy"]
    assert program.post(f"/account/deputies/{covered[0]['id']}/end").status_code == 200
    assert session.scalar(select(func.count()).where(Deputy.ends_on > Deputy.starts_on)) == 1

    new = {"new_password": "another long phrase of words"}
    wrong = program.send(
        "PUT", "/account/password", json={**new, "current_password": "not it at all"}
    )
    assert wrong.get_json()["refusals"][0]["field"] == "current_password"
    right = program.send(
        "PUT", "/account/password", json={**new, "current_password": "present password of a demo"}
    )
    assert right.status_code == 200
    assert session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_a_token_made_with_a_token_ends_before_it(app: Flask, session: Session) -> None:
    person = a_person(session)
    program = Program(app, session, a_token(session, person, scope=Scope.ADMINISTER, days=5))

    longer = program.post("/account/tokens", {"name": "Demo", "scope": "read", "days": 6})
    made = program.post("/account/tokens", {"name": "Demo", "scope": "write", "days": 4})

    assert (longer.status_code, longer.get_json()["refusals"][0]["field"]) == (422, "days")
    assert made.status_code == 201
    token = made.get_json()
    assert Program(app, session, token["token"]).get("/me").status_code == 200
    assert program.post(f"/account/tokens/{token['id']}/revoke").status_code == 200
    assert Program(app, session, token["token"]).get("/me").status_code == 401
    listed = program.get("/account/tokens").get_json()["items"]
    assert [entry["standing"] for entry in listed] == ["revoked", "in force"]
    assert all("token" not in entry for entry in listed)


@pytest.mark.parametrize(("days", "lasts"), [(7, True), (8, False)])
def test_a_token_that_may_manage_accounts_lasts_a_week(
    app: Flask, session: Session, days: int, lasts: bool
) -> None:
    person = a_person(session)
    del app
    try:
        a_token(session, person, scope=Scope.ADMINISTER, days=days)
    except InvalidValues:
        session.rollback()
    assert session.scalar(select(func.count()).select_from(ApiToken)) == int(lasts)


def test_a_calendar_reads_the_address_that_was_made_until_it_is_ended(
    app: Flask, session: Session
) -> None:
    program = a_program(app, session, a_person(session), scope=Scope.ADMINISTER)

    made = program.post("/account/calendars", Idempotency_Key="one").get_json()
    address = made["address"].removeprefix("http://localhost")

    assert app.test_client().get(address).mimetype == "text/calendar"
    again = program.post("/account/calendars", Idempotency_Key="one").get_json()
    assert again == {**made, "address": ""}
    assert program.post(f"/account/calendars/{made['id']}/end").status_code == 200
    session.commit()
    assert app.test_client().get(address).status_code == 404
    assert program.get("/account/calendars").get_json()["items"][0]["ended_at"]
