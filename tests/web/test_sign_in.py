"""Signing in and out: who gets in, who is slowed down, and what a cookie is worth."""

import re
from datetime import timedelta
from typing import NamedTuple

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.models import Person, SignIn, SignInAttempt
from fcr_app.services import passwords
from fcr_app.services.password_sign_in import MOST_FOR_ADDRESS, MOST_FOR_EMAIL, WINDOW
from tests.builders import PASSWORD, a_person

WRONG = "wrong " * 3


class Who(NamedTuple):
    """Somebody, as a test needs them after the commit."""

    id: int
    email: str


@pytest.fixture
def person(session: Session) -> Who:
    """Make somebody who can sign in."""
    made = a_person(session, password=PASSWORD)
    who = Who(made.id, made.email)
    session.commit()
    return who


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> tuple[int, str]:
    answer = client.post("/sign-in", data={"email": email, "password": password})
    return answer.status_code, answer.location or answer.text


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_right_password_lets_a_person_in(client: FlaskClient, person: Who) -> None:
    assert sign_in(client, person.email) == (303, "/")
    assert is_in(client)


def test_an_email_address_is_read_without_case_or_stray_spaces(
    client: FlaskClient, person: Who
) -> None:
    assert sign_in(client, f"  {person.email.upper()} ")[0] == 303


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: FlaskClient, person: Who
) -> None:
    def words(text: str) -> str:
        return re.sub(r'(value|nonce)="[^"]*"', "", text)

    known = sign_in(client, person.email, WRONG)
    unknown = sign_in(client, "nobody@force.example", WRONG)

    assert known[0] == unknown[0] == 401
    assert words(known[1]) == words(unknown[1])
    assert "not right" in known[1]
    assert not is_in(client)


def test_a_password_is_checked_even_where_there_is_nobody() -> None:
    assert passwords.matches(None, "nobody has this password") is False


def test_what_was_typed_is_given_back_but_never_the_password(
    client: FlaskClient, person: Who
) -> None:
    _, page = sign_in(client, person.email, WRONG)

    assert person.email in page
    assert WRONG not in page


def test_empty_fields_are_asked_for(client: FlaskClient) -> None:
    status, page = sign_in(client, "", "")

    assert status == 400
    assert "Enter your e-mail address." in page
    assert "Enter your password." in page


def test_somebody_who_has_left_is_not_let_in(session: Session, client: FlaskClient) -> None:
    email = a_person(session, password=PASSWORD, active=False).email
    session.commit()

    assert sign_in(client, email)[0] == 401


def test_somebody_without_a_password_is_not_let_in(session: Session, client: FlaskClient) -> None:
    email = a_person(session).email
    session.commit()

    assert sign_in(client, email)[0] == 401


def test_too_many_failures_make_an_address_wait_even_with_the_right_password(
    client: FlaskClient, person: Who
) -> None:
    with time_machine.travel("2026-11-24 10:00", tick=False) as time:
        for _ in range(MOST_FOR_EMAIL):
            assert sign_in(client, person.email, WRONG)[0] == 401
        status, page = sign_in(client, person.email)
        assert status == 429
        assert "Try again after 10:15" in page

        time.shift(WINDOW)
        assert sign_in(client, person.email)[0] == 303


def test_an_unknown_address_is_made_to_wait_as_a_known_one_is(client: FlaskClient) -> None:
    for _ in range(MOST_FOR_EMAIL):
        assert sign_in(client, "nobody@force.example", WRONG)[0] == 401

    assert sign_in(client, "nobody@force.example", WRONG)[0] == 429


def test_too_many_failures_make_a_place_wait_whoever_it_tries(
    client: FlaskClient, person: Who
) -> None:
    for number in range(MOST_FOR_ADDRESS):
        assert sign_in(client, f"guess.{number}@force.example", WRONG)[0] == 401

    assert sign_in(client, person.email)[0] == 429


def test_success_forgets_the_failures_before_it(
    session: Session, client: FlaskClient, person: Who
) -> None:
    for _ in range(MOST_FOR_EMAIL - 1):
        sign_in(client, person.email, WRONG)
    sign_in(client, person.email)

    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_the_table_of_failures_names_nobody(
    session: Session, client: FlaskClient, person: Who
) -> None:
    sign_in(client, person.email, WRONG)

    assert person.email not in session.scalars(select(SignInAttempt.email_key)).one()


def test_a_weak_hash_is_made_strong_when_its_owner_signs_in(
    session: Session, client: FlaskClient, person: Who
) -> None:
    before = session.scalars(select(Person.password_hash)).one() or ""
    session.commit()
    assert passwords.is_weaker_than_today(before)

    sign_in(client, person.email)

    after = session.scalars(select(Person.password_hash)).one() or ""
    session.commit()
    assert after.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(client.application.test_client(), person.email)[0] == 303


def test_signing_out_ends_it_in_the_table_too(client: FlaskClient, person: Who) -> None:
    sign_in(client, person.email)
    stolen = client.get_cookie("fcr_session")
    assert stolen

    answer = client.post("/sign-out")

    assert answer.location == "/signed-out"
    assert "You are signed out" in client.get("/signed-out").text
    client.set_cookie("fcr_session", stolen.value)
    assert not is_in(client)


def test_a_cookie_from_before_signing_in_is_worth_nothing_afterwards(
    client: FlaskClient, person: Who
) -> None:
    client.get("/account")
    planted = client.get_cookie("fcr_session")
    assert planted
    sign_in(client, person.email)

    other = client.application.test_client()
    other.set_cookie("fcr_session", planted.value)

    assert not is_in(other)


def test_the_cookie_and_the_table_do_not_hold_each_others_secret(
    session: Session, client: FlaskClient, person: Who
) -> None:
    sign_in(client, person.email)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]

    assert str(person.id) != token
    assert token not in session.scalars(select(SignIn.token_hash)).one()


def test_somebody_deactivated_is_out_at_once(
    session: Session, client: FlaskClient, person: Who
) -> None:
    sign_in(client, person.email)
    session.execute(update(Person).values(active=False))
    session.commit()

    assert not is_in(client)


def test_a_person_is_led_back_to_where_they_were_going(client: FlaskClient, person: Who) -> None:
    client.get("/account/deputies/new?from=letter")

    assert sign_in(client, person.email)[1] == "/account/deputies/new?from=letter"


def test_signing_in_leads_to_no_other_site(client: FlaskClient, person: Who) -> None:
    client.get("/sign-in?next=https://elsewhere.example")

    assert sign_in(client, person.email)[1] == "/"


def test_a_form_without_the_token_is_refused_in_plain_words(
    app: Flask, client: FlaskClient, person: Who
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    status, page = sign_in(client, person.email)

    assert status == 400
    assert "This page is out of date" in page


def test_a_person_with_a_given_password_must_choose_their_own_first(
    session: Session, client: FlaskClient, person: Who
) -> None:
    session.execute(update(Person).values(must_change_password=True))
    session.commit()
    sign_in(client, person.email)

    assert client.get("/account").location == "/account/password"
    own = "otter lantern quince"
    answer = client.post(
        "/account/password",
        data={"current_password": PASSWORD, "new_password": own, "new_password_again": own},
    )
    assert answer.location == "/account"
    assert is_in(client)


def test_a_new_password_signs_out_every_other_browser(client: FlaskClient, person: Who) -> None:
    other = client.application.test_client()
    for browser in (client, other):
        sign_in(browser, person.email)
    own = "otter lantern quince"

    client.post(
        "/account/password",
        data={"current_password": PASSWORD, "new_password": own, "new_password_again": own},
    )

    assert is_in(client)
    assert not is_in(other)
    assert sign_in(other, person.email)[0] == 401
    assert sign_in(other, person.email, own)[0] == 303


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"current_password": WRONG}, "not your present password"),
        ({"new_password": "short", "new_password_again": "short"}, "12 characters or more"),
        ({"new_password": PASSWORD, "new_password_again": PASSWORD}, "not your present one"),
        ({"new_password_again": "otter lantern quarry"}, "two new passwords differ"),
        ({"new_password": "demo officer one"}, "harder to guess"),
    ],
)
def test_a_new_password_that_is_no_good_is_refused(
    client: FlaskClient, person: Who, typed: dict[str, str], told: str
) -> None:
    sign_in(client, person.email)
    own = "otter lantern quince"

    answer = client.post(
        "/account/password",
        data={"current_password": PASSWORD, "new_password": own, "new_password_again": own} | typed,
    )

    assert answer.status_code == 400
    assert told in answer.text
    assert is_in(client)


def test_guessing_the_present_password_is_slowed_down_too(client: FlaskClient, person: Who) -> None:
    sign_in(client, person.email)
    guess = {
        "current_password": WRONG,
        "new_password": "otter lantern quince",
        "new_password_again": "otter lantern quince",
    }
    for _ in range(MOST_FOR_EMAIL):
        assert client.post("/account/password", data=guess).status_code == 400

    assert client.post("/account/password", data=guess).status_code == 429


def test_a_sign_in_is_written_down_with_where_it_came_from(
    session: Session, client: FlaskClient, person: Who
) -> None:
    sign_in(client, person.email)

    row = session.scalars(select(SignIn)).one()
    assert row.person_id == person.id
    assert row.address == "127.0.0.1"
    assert clock.now() - row.started_at < timedelta(minutes=1)
