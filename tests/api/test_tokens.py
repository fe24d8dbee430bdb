"""A token: shown once, kept as a hash, narrowed by scope, ended by time, by hand and by leaving."""

from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import SYSTEM_ACTOR, Role
from fcr_app.domain.scopes import Scope
from fcr_app.errors import InvalidValues
from fcr_app.models import AccessEntry, ApiFailure, ApiToken, ChangeEntry, Notice, RoleGrant
from fcr_app.services import api_tokens, people
from fcr_app.services.own_password import give_password
from tests.api.programs import Program, a_program, a_token
from tests.builders import PASSWORD, a_crime, a_person, as_actor


def test_a_token_is_kept_as_a_hash_of_256_random_bits(app: Flask, session: Session) -> None:
    person = a_person(session)
    token = a_token(session, person)
    row = session.scalars(select(ApiToken)).one()

    assert row.token_hash == sha256(token.encode()).hexdigest()
    assert token.startswith(row.prefix)
    assert len(token) == len("fcr_") + 43  # 32 bytes, in base 64
    kept = [str(getattr(row, column.key)) for column in ApiToken.__table__.columns]
    assert token not in kept
    del app


def test_a_token_says_who_asks_with_what_they_hold_today(app: Flask, session: Session) -> None:
    person = a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR])

    said = a_program(app, session, person, scope=Scope.READ).get("/me").get_json()

    assert (said["name"], said["roles"]) == ("Demo Supervisor", ["supervisor"])
    assert (said["token"]["name"], said["token"]["scope"]) == ("Demo program", "read")


@pytest.mark.parametrize(
    "token", ["", "fcr_unknown", "fcr_" + "x" * 5000, "caf\xe9", "\x00", "Bearer"], ids=repr
)
def test_no_token_and_a_wrong_one_let_nobody_in(app: Flask, session: Session, token: str) -> None:
    session.commit()
    answer = Program(app, session, "").send(
        "GET", "/me", headers={"Authorization": f"Bearer {token}"} if "\x00" not in token else {}
    )

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["type"] == "/help/api#no-token"


def test_another_kind_of_authorization_lets_nobody_in(app: Flask, session: Session) -> None:
    token = a_token(session, a_person(session))

    answer = Program(app, session, "").send(
        "GET", "/me", headers={"Authorization": f"Basic {token}"}
    )

    assert answer.status_code == 401


def test_a_token_ends_with_its_last_day(app: Flask, session: Session) -> None:
    person = a_person(session)
    over = a_token(session, person, days=2, ago=timedelta(days=2, seconds=1))
    going_on = a_token(session, person, days=2, ago=timedelta(days=2) - timedelta(minutes=5))

    assert Program(app, session, over).get("/me").status_code == 401
    assert Program(app, session, going_on).get("/me").status_code == 200


def test_a_revoked_token_lets_nobody_in(app: Flask, session: Session) -> None:
    person = a_person(session)
    program = a_program(app, session, person)
    assert program.get("/me").status_code == 200

    row = session.scalars(select(ApiToken)).one()
    api_tokens.revoke(
        session, as_actor(session, person), row.id, person_id=person.id, now=clock.now()
    )
    session.commit()

    assert program.get("/me").status_code == 401


def test_a_token_for_looking_changes_nothing(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer, scope=Scope.READ)

    answer = program.post("/cases", {"workflow": "cancellation", "crime_id": crime.id})

    assert answer.status_code == 403
    assert answer.get_json()["type"] == "/help/api#scope-missing"
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    assert program.get(f"/crimes/{crime.id}").status_code == 200


def test_roles_of_today_count_and_not_those_of_the_day_it_was_made(
    app: Flask, session: Session
) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer)
    assert program.get(f"/crimes/{crime.id}").status_code == 200

    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == officer.id)).one()
    grant.ends_on = (clock.now() - timedelta(days=2)).date()
    session.commit()

    assert program.get(f"/crimes/{crime.id}").status_code == 403


def test_a_leaver_and_whoever_got_a_new_password_lose_their_tokens(
    app: Flask, session: Session
) -> None:
    administrator = as_actor(session, a_person(session, roles=[Role.ADMINISTRATOR]))
    leaver, other = a_person(session), a_person(session)
    programs = [a_program(app, session, leaver), a_program(app, session, other)]

    people.deactivate(session, administrator, leaver.id, now=clock.now())
    people.reactivate(session, administrator, leaver.id, now=clock.now())
    give_password(session, administrator, other.id, "a hash", now=clock.now())
    session.commit()

    assert [program.get("/me").status_code for program in programs] == [401, 401]


def test_wrong_tokens_are_slowed_down(app: Flask, session: Session) -> None:
    good = a_token(session, a_person(session))
    for _ in range(api_tokens.MOST_FAILURES):
        assert Program(app, session, "fcr_guess").get("/me").status_code == 401

    answer = Program(app, session, good).get("/me")

    assert answer.status_code == 429
    assert answer.get_json()["type"] == "/help/api#slow-down"
    session.execute(delete(ApiFailure))
    session.commit()
    assert Program(app, session, good).get("/me").status_code == 200


def test_a_cookie_counts_for_nothing(app: Flask, session: Session) -> None:
    person = a_person(session, password=PASSWORD)
    session.commit()
    client = app.test_client()
    client.post("/sign-in", data={"email": person.email, "password": PASSWORD})
    assert client.get("/account").status_code == 200

    assert client.get("/api/v1/me").status_code == 401


def test_a_write_needs_no_form_token_though_pages_do(app: Flask, session: Session) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    officer = a_person(session)
    crime = a_crime(session, oic=officer)

    answer = a_program(app, session, officer).post(
        "/cases", {"workflow": "cancellation", "crime_id": crime.id}
    )

    assert answer.status_code == 201
    assert app.test_client().post("/sign-in", data={}).status_code == 400


def test_what_a_program_does_is_logged_as_the_persons_own(app: Flask, session: Session) -> None:
    officer = a_person(session)
    crime = a_crime(session, oic=officer)
    program = a_program(app, session, officer)

    program.get(f"/crimes/{crime.id}")
    program.post("/cases", {"workflow": "cancellation", "crime_id": crime.id})

    looked = session.scalars(select(AccessEntry).where(AccessEntry.what == "crime:read")).one()
    assert (looked.person_id, looked.record_id) == (officer.id, crime.id)
    assert looked.address == "127.0.0.1"
    changed = session.scalars(
        select(ChangeEntry).where(ChangeEntry.what == "cancellation:open")
    ).one()
    assert (changed.person_id, changed.address) == (officer.id, "127.0.0.1")


def test_the_last_use_is_written_down_once_a_minute(app: Flask, session: Session) -> None:
    program = a_program(app, session, a_person(session))
    program.get("/me")
    row = session.scalars(select(ApiToken)).one()
    first = row.last_used_at
    assert first
    assert row.last_used_address == "127.0.0.1"

    program.get("/me")

    session.expire_all()
    assert session.scalars(select(ApiToken.last_used_at)).one() == first


@pytest.mark.parametrize(
    ("name", "days", "fields"),
    [
        ("", 1, ["name"]),
        ("x" * 61, 1, ["name"]),
        ("a\x00b", 1, ["name"]),
        ("Demo", 366, ["days"]),
        ("Demo", 0, ["days"]),
        ("", -1, ["name", "days"]),
    ],
)
def test_a_token_has_a_name_and_an_end(
    session: Session, name: str, days: int, fields: list[str]
) -> None:
    actor = as_actor(session, a_person(session))

    with pytest.raises(InvalidValues) as refused:
        api_tokens.create(session, actor, name=name, scope=Scope.READ, days=days, now=clock.now())

    assert [problem.field for problem in refused.value.problems] == fields


def test_nobody_holds_more_tokens_than_they_can_look_after(session: Session) -> None:
    actor = as_actor(session, a_person(session))
    for number in range(api_tokens.MOST_TOKENS):
        api_tokens.create(
            session, actor, name=f"Demo {number}", scope=Scope.READ, days=1, now=clock.now()
        )

    with pytest.raises(InvalidValues, match="Revoke one first"):
        api_tokens.create(session, actor, name="Demo", scope=Scope.READ, days=1, now=clock.now())
    # Those that ended do not count.
    later = clock.now() + timedelta(days=2)
    assert api_tokens.create(session, actor, name="Demo", scope=Scope.READ, days=1, now=later)


def test_a_person_makes_a_token_sees_it_once_and_revokes_it(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    email = a_person(session, password=PASSWORD).email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})

    assert client.get("/account/tokens/new").status_code == 200
    refused = client.post("/account/tokens/new", data={"name": "", "scope": "read", "days": "900"})
    assert refused.status_code == 400
    page = client.post(
        "/account/tokens/new", data={"name": "Demo robot", "scope": "write", "days": "30"}
    )
    token = page.text.partition("<code>")[2].partition("</code>")[0]

    assert Program(app, session, token).get("/me").status_code == 200
    account = client.get("/account").text
    assert "Demo robot" in account
    assert token not in account
    assert session.scalars(select(Notice.message)).one().startswith("A token for programs was made")
    token_id = session.scalars(select(ApiToken.id)).one()
    session.commit()
    assert client.post(f"/account/tokens/{token_id}/revoke").status_code == 303
    assert Program(app, session, token).get("/me").status_code == 401
    assert "Revoked" in client.get("/account").text


def test_nobody_revokes_anothers_token_but_an_administrator_on_their_page(
    app: Flask, session: Session, client: FlaskClient
) -> None:
    owner, other = a_person(session), a_person(session, password=PASSWORD)
    administrator = a_person(session, roles=[Role.ADMINISTRATOR], password=PASSWORD)
    program = a_program(app, session, owner)
    token_id = session.scalars(select(ApiToken.id)).one()
    owner_id, other_id = owner.id, other.id
    emails = [other.email, administrator.email]
    session.commit()

    client.post("/sign-in", data={"email": emails[0], "password": PASSWORD})
    assert client.post(f"/account/tokens/{token_id}/revoke").status_code == 404
    assert client.post(f"/people/{owner_id}/tokens/{token_id}/revoke").status_code == 403
    assert program.get("/me").status_code == 200

    client.post("/sign-out")
    client.post("/sign-in", data={"email": emails[1], "password": PASSWORD})
    assert "Demo program" in client.get(f"/people/{owner_id}").text
    assert client.post(f"/people/{other_id}/tokens/{token_id}/revoke").status_code == 404
    assert client.post(f"/people/{owner_id}/tokens/{token_id}/revoke").status_code == 303
    assert program.get("/me").status_code == 401


def test_no_token_acts_for_the_system(session: Session) -> None:
    assert SYSTEM_ACTOR.id == 0
    assert session.scalar(select(func.count()).where(ApiToken.person_id == 0)) == 0
