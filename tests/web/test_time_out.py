"""Sign-ins run out, and what a person was writing does not go with them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.models import KeptWords, SignIn
from fcr_app.services.housekeeping import WORDS_KEPT
from tests.builders import PASSWORD, a_person

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
MINUTE = timedelta(minutes=1)
PAGE = "/account/deputies/new"
TYPED = {"deputy": "Demo Officer Two", "starts_on-day": "1", "starts_on-month": "12"}


class Who(NamedTuple):
    """Two people's e-mail addresses."""

    one: str
    two: str


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """Stop the clock at a Tuesday morning."""
    with time_machine.travel("2026-11-24 10:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def who(session: Session) -> Who:
    """Make two people who can sign in."""
    people = [a_person(session, password=PASSWORD).email for _ in range(2)]
    session.commit()
    return Who(*people)


def sign_in(client: FlaskClient, email: str) -> str:
    answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
    assert answer.location
    return answer.location


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_a_sign_in_ends_when_nothing_is_asked_for(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)

    assert not is_in(client)


def test_each_page_moves_the_end(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    for _ in range(4):
        time.shift(IDLE - MINUTE)
        assert is_in(client)


def test_a_sign_in_ends_at_the_latest_after_a_shift_however_busy(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    for _ in range(36):
        time.shift(timedelta(minutes=20))
        is_in(client)

    assert not is_in(client)


def test_being_there_is_written_down_once_a_minute_at_most(
    session: Session, client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    began = session.scalars(select(SignIn.seen_at)).one()
    session.commit()

    time.shift(MINUTE / 2)
    is_in(client)
    assert session.scalars(select(SignIn.seen_at)).one() == began
    session.commit()

    time.shift(MINUTE / 2)
    is_in(client)
    assert session.scalars(select(SignIn.seen_at)).one() == began + MINUTE


def test_every_page_says_when_its_reader_is_signed_out(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    del time
    sign_in(client, who.one)

    page = client.get("/account").text

    assert "You will be signed out at 10:30" in page
    assert 'data-seconds-left="1800"' in page


def test_asking_to_stay_says_how_long_is_left(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE - MINUTE)

    assert client.get("/stay-signed-in").json == {"secondsLeft": 1800}


def test_after_a_time_out_the_sign_in_page_says_so_and_leads_back(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)

    client.get(PAGE)
    assert "You were signed out" in client.get("/sign-in").text
    assert sign_in(client, who.one) == PAGE
    assert "You were signed out" not in client.get("/account").text


def test_words_sent_after_a_time_out_are_given_back(
    session: Session, client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    answer = client.post(PAGE, data=TYPED | {"csrf_token": "x", "new_password": "secret"})
    assert answer.location == "/sign-in"
    kept = session.scalars(select(KeptWords)).one()
    assert "secret" not in str(kept.form)
    session.commit()

    way_back = sign_in(client, who.one)
    page = client.get(way_back).text

    assert way_back == f"{PAGE}?kept={kept.id}"
    assert "You were signed out before this was sent" in page
    assert 'value="Demo Officer Two"' in page
    assert 'value="12"' in page


def test_kept_words_are_for_their_owner_alone(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    client.post(PAGE, data=TYPED)

    assert sign_in(client, who.two) == PAGE
    assert "Demo Officer Two" not in client.get(f"{PAGE}?kept=1").text


def test_kept_words_belong_to_their_own_page(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    client.post(PAGE, data=TYPED)
    sign_in(client, who.one)

    assert "Demo Officer Two" not in client.get("/account/password?kept=1").text


def test_kept_words_are_not_offered_for_ever(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    client.post(PAGE, data=TYPED)
    time.shift(WORDS_KEPT)

    assert sign_in(client, who.one) == PAGE
    assert "Demo Officer Two" not in client.get(f"{PAGE}?kept=1").text


def test_kept_words_go_once_they_have_been_sent(
    session: Session, client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    client.post(PAGE, data=TYPED)
    client.get(sign_in(client, who.one))
    dates = {
        f"{name}-{part}": value
        for name in ("starts_on", "ends_on")
        for part, value in (("day", "1"), ("month", "12"), ("year", "2026"))
    }

    assert client.post(PAGE, data={"deputy": who.two} | dates).status_code == 303
    assert session.scalar(select(func.count()).select_from(KeptWords)) == 0


def test_unsent_words_stand_on_the_account_page_until_they_are_deleted(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    client.post(PAGE, data=TYPED)
    sign_in(client, who.one)

    assert f"{PAGE}?kept=1" in client.get("/account").text
    client.post("/account/unsent/1/delete")
    assert f"{PAGE}?kept=1" not in client.get("/account").text


def test_a_place_that_only_takes_forms_leads_back_to_the_start(
    client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    client.post("/account/deputies/1/end", data={"why": "typed"})

    assert sign_in(client, who.one) == "/"
    assert "You were signed out before that was done" in client.get("/account").text


def test_passwords_are_never_kept(
    session: Session, client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    fields = client.get("/account/password").text.split('type="password"')
    assert len(fields) == 4
    time.shift(IDLE)
    names = ("current_password", "new_password", "new_password_again")
    client.post("/account/password", data=dict.fromkeys(names, "otter lantern quince"))

    assert session.scalar(select(func.count()).select_from(KeptWords)) == 0


def test_nothing_is_kept_from_a_page_that_is_not_ours(
    app: Flask, session: Session, client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    time.shift(IDLE)
    app.config["WTF_CSRF_ENABLED"] = True

    assert client.post(PAGE, data=TYPED).status_code == 400
    assert session.scalar(select(func.count()).select_from(KeptWords)) == 0


def test_a_page_left_open_can_be_sent_after_signing_in_again(
    app: Flask, client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    app.config["WTF_CSRF_ENABLED"] = True
    left_open = token_on(client, PAGE)
    time.shift(IDLE)
    client.get(PAGE)
    fresh = token_on(client, "/sign-in")
    client.post("/sign-in", data={"email": who.one, "password": PASSWORD, "csrf_token": fresh})

    answer = client.post(PAGE, data={"deputy": "", "csrf_token": left_open})

    assert "Enter who covers." in answer.text


def test_a_page_left_open_by_somebody_else_can_not(
    app: Flask, client: FlaskClient, who: Who, time: time_machine.Traveller
) -> None:
    sign_in(client, who.one)
    app.config["WTF_CSRF_ENABLED"] = True
    left_open = token_on(client, PAGE)
    time.shift(IDLE)
    fresh = token_on(client, "/sign-in")
    client.post("/sign-in", data={"email": who.two, "password": PASSWORD, "csrf_token": fresh})

    answer = client.post(PAGE, data={"deputy": "", "csrf_token": left_open})

    assert "This page is out of date" in answer.text


def token_on(client: FlaskClient, path: str) -> str:
    page = client.get(path).text
    return page.split('name="csrf_token" value="')[1].split('"')[0]
