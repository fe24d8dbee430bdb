"""Accounts in a real browser: the warning before a time-out, and an administrator's day."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.models import Force, SignIn
from tests.builders import PASSWORD, a_person
from tests.journeys.conftest import SignIn as SignInAs, check_accessibility, check_width, follow


@pytest.fixture
def administrator(session: Session) -> str:
    """Make a force and its administrator; return their address."""
    session.add(Force(id=1, name="Demo Constabulary", demonstration=True))
    a_person(session, name="Demo Officer One", staff_number="D1")
    email = a_person(session, roles=[Role.ADMINISTRATOR], password=PASSWORD).email
    session.commit()
    return email


def test_a_page_warns_before_the_sign_in_ends_and_lets_the_person_stay(
    administrator: str, sign_in: SignInAs
) -> None:
    page = sign_in(administrator)
    page.clock.install()
    page.goto("/people/new")
    page.get_by_label("Full name").fill("Demo Officer Nine")

    page.clock.fast_forward("28:30")
    dialog = page.get_by_role("dialog", name="You will soon be signed out")
    dialog.wait_for()
    assert "in 2 minutes" in dialog.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Stay signed in"
    check_accessibility(page)

    dialog.get_by_role("button", name="Stay signed in").click()
    dialog.wait_for(state="hidden")
    assert page.get_by_label("Full name").input_value() == "Demo Officer Nine"


def test_words_outlive_a_time_out_even_without_scripts(
    administrator: str, sign_in: SignInAs, session: Session
) -> None:
    page = sign_in(administrator, javascript=False)
    page.goto("/people/new")
    assert page.get_by_text("You will be signed out at").is_visible()
    page.get_by_label("Full name").fill("Demo Officer Nine")
    session.execute(update(SignIn).values(seen_at=clock.now() - timedelta(hours=1)))
    session.commit()

    follow(page.get_by_role("button", name="Add person"))
    assert page.get_by_text("You were signed out.").is_visible()
    page.get_by_label("E-mail").fill(administrator)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))

    assert page.get_by_text("What you typed is still here").is_visible()
    assert page.get_by_label("Full name").input_value() == "Demo Officer Nine"


def test_when_the_sign_in_has_ended_the_page_keeps_its_words_and_says_so(
    administrator: str, sign_in: SignInAs
) -> None:
    page = sign_in(administrator)
    page.clock.install()
    page.goto("/people/new")
    page.get_by_label("Full name").fill("Demo Officer Nine")

    page.clock.fast_forward("31:00")
    dialog = page.get_by_role("dialog", name="You have been signed out")
    dialog.wait_for()
    dialog.get_by_role("button", name="Close this message").click()

    assert page.get_by_label("Full name").input_value() == "Demo Officer Nine"


@pytest.mark.parametrize("width", [1280, 390])
def test_an_administrator_takes_on_a_trained_decision_maker(
    administrator: str, sign_in: SignInAs, width: int
) -> None:
    page = sign_in(administrator, width=width)
    follow(page.get_by_role("button", name="Add a person"))
    follow(page.get_by_role("button", name="Add person"))
    assert page.get_by_role("alert").is_visible()
    check_accessibility(page)
    page.get_by_role("link", name="Enter the person’s full name.").click()
    assert page.evaluate("document.activeElement.id") == "name"

    page.get_by_label("Full name").fill("Demo DDM Nine")
    page.get_by_label("Staff number", exact=True).fill("D9")
    page.get_by_label("E-mail address").fill("nine@force.example")
    follow(page.get_by_role("button", name="Add person"))
    follow(page.get_by_role("link", name="Give a role"))
    page.get_by_label("Designated decision maker (DDM)").check()
    for label, value in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="First day").get_by_label(label).fill(value)
    check_accessibility(page)
    check_width(page)
    follow(page.get_by_role("button", name="Give role"))

    assert page.get_by_role("heading", name="Demo DDM Nine").is_visible()
    assert page.get_by_text("no DDM course is in force").is_visible()
    check_accessibility(page)
    check_width(page)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", ["/people", "/units", "/force", "/account", "/account/password", "/help", "/privacy"]
)
def test_a_page_of_an_administrator_is_accessible(
    administrator: str, sign_in: SignInAs, path: str, width: int
) -> None:
    page = sign_in(administrator, width=width)
    page.goto(path)

    check_accessibility(page)
    check_width(page)
