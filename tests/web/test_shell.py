"""What stands round every page, and what every response tells the browser."""

import logging

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from config import Config
from fcr_app import create_app
from fcr_app.domain.roles import Role
from fcr_app.errors import HistoryBroken, SomeoneElseChangedIt
from fcr_app.extensions import db
from fcr_app.models import Force
from fcr_app.web.access import public
from tests.builders import PASSWORD, a_person

SECRET = "Demo Victim One, 1 Demo Street"


def signed_in(session: Session, client: FlaskClient, *roles: Role) -> None:
    email = a_person(session, name="Demo Person One", roles=roles, password=PASSWORD).email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})


def test_a_page_says_who_is_signed_in_and_in_which_role(
    session: Session, client: FlaskClient
) -> None:
    signed_in(session, client, Role.FCR, Role.AUDITOR)

    page = client.get("/account").text

    assert "Demo Person One" in page
    assert "Auditor, Force Crime Registrar (FCR)" in page


def test_the_navigation_shows_only_what_a_person_may_use(
    session: Session, client: FlaskClient
) -> None:
    signed_in(session, client, Role.ADMINISTRATOR)

    page = client.get("/account").text

    assert 'href="/people"' in page
    assert 'href="/work"' not in page


def test_everybody_starts_at_the_first_task_they_have(
    session: Session, client: FlaskClient
) -> None:
    signed_in(session, client, Role.ADMINISTRATOR)
    assert client.get("/").location == "/people"


def test_somebody_with_no_role_starts_at_their_account_which_says_what_to_do(
    session: Session, client: FlaskClient
) -> None:
    signed_in(session, client)

    page = client.get("/", follow_redirects=True).text

    assert "You hold no role" in page


def test_the_force_and_its_being_a_demonstration_are_on_every_page(
    session: Session, client: FlaskClient
) -> None:
    session.add(Force(id=1, name="Demo Constabulary", demonstration=True))
    session.commit()

    page = client.get("/sign-in").text

    assert "Demo Constabulary" in page
    assert "are invented" in page


def test_a_printed_page_says_who_printed_it_and_when(session: Session, client: FlaskClient) -> None:
    signed_in(session, client)

    assert "Printed by Demo Person One on " in client.get("/account").text


@pytest.mark.parametrize("path", ["/help", "/accessibility", "/privacy", "/signed-out"])
def test_help_is_open_to_everybody(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_signed_in_person_who_opens_the_sign_in_page_goes_on_to_their_work(
    session: Session, client: FlaskClient
) -> None:
    signed_in(session, client, Role.ADMINISTRATOR)

    assert client.get("/sign-in").location == "/people"


def test_static_files_may_be_kept_and_their_address_changes_with_them(
    client: FlaskClient,
) -> None:
    page = client.get("/sign-in").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    assert "?v=" in address
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert "max-age=86400" in answer.headers["Cache-Control"]


def test_over_https_the_browser_is_told_to_stay_there(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/help").headers
    secure = client.get("/help", base_url="https://localhost")
    assert "max-age=63072000" in secure.headers["Strict-Transport-Security"]


def test_a_proxy_is_believed_only_as_far_as_the_operator_says(database_url: str) -> None:
    def is_secure(hops: int) -> bool:
        config = Config(
            database_url=database_url, secret_key="x" * 32, cookie_secure=False, proxy_hops=hops
        )
        app = create_app({**config.as_mapping(), "TESTING": True})
        answer = app.test_client().get("/help", headers={"X-Forwarded-Proto": "https"})
        with app.app_context():
            db.engine.dispose()
        return "Strict-Transport-Security" in answer.headers

    assert (is_secure(0), is_secure(1)) == (False, True)


def test_a_method_that_a_page_does_not_take_gets_a_plain_page(client: FlaskClient) -> None:
    answer = client.delete("/help")

    assert answer.status_code == 405
    assert "only takes forms" in answer.text


def test_a_page_that_does_not_exist_says_no_more_than_that(client: FlaskClient) -> None:
    answer = client.get(f"/{SECRET}")

    assert answer.status_code == 404
    assert SECRET not in answer.text.split("app-print-only")[0]


@pytest.fixture
def failing(app: Flask) -> FlaskClient:
    """Give pages that fail in several ways, to a browser that is shown what a person would be."""

    @public
    def fail(how: str) -> str:
        if how == "unexpected":
            raise ValueError(SECRET)
        if how == "broken":
            raise HistoryBroken(SECRET)
        if how == "overtaken":
            raise SomeoneElseChangedIt("Somebody else changed it.")
        abort(int(how))

    app.add_url_rule("/fail/<how>", "fail", fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app.test_client()


def test_an_unexpected_error_shows_and_logs_nothing_that_was_typed(
    failing: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        answer = failing.get("/fail/unexpected")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "Traceback" not in answer.text
    assert SECRET not in answer.text
    assert SECRET not in caplog.text
    assert "ValueError in GET fail" in caplog.text


def test_an_error_page_needs_no_database(
    app: Flask, failing: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcr_app.web.navigation.load_force", broken)
    app.before_request_funcs[None].insert(0, broken)

    answer = failing.get("/help")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.text


def broken() -> None:
    raise OSError("The database is gone.")


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("broken", 500, "history of a case does not verify"),
        ("overtaken", 409, "Somebody else changed it."),
        ("413", 413, "20 MB or less"),
        ("418", 418, "not complete"),
        ("503", 503, "Nothing was changed"),
    ],
)
def test_an_error_has_a_plain_page(failing: FlaskClient, how: str, status: int, words: str) -> None:
    answer = failing.get(f"/fail/{how}")

    assert answer.status_code == status
    assert words in answer.text
    assert SECRET not in answer.text
