"""Setting up a force, as an operator does it."""

from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.models import BankHoliday, ChangeEntry, Force, Offence, Person
from fcr_app.services.actors import load_actor

OWN = "otter lantern quince"
ANSWERS = ("Demo Constabulary", "Demo Administrator One", "D1", "Admin@force.example", OWN, OWN)


def set_up(app: Flask, *options: str, typed: tuple[str, ...] = ANSWERS) -> Result:
    return app.test_cli_runner().invoke(args=["fcr", "setup", *options], input="\n".join(typed))


@pytest.fixture
def done(app: Flask) -> Result:
    """Set up a force by answering what is asked."""
    return set_up(app)


def test_it_asks_for_the_force_and_its_first_administrator(done: Result, session: Session) -> None:
    assert done.exit_code == 0, done.output
    assert "Demo Constabulary is set up" in done.output
    assert OWN not in done.output
    force = session.scalars(select(Force)).one()
    assert (force.name, force.demonstration) == ("Demo Constabulary", False)
    person = session.scalars(select(Person)).one()
    assert (person.email, person.must_change_password) == ("admin@force.example", False)
    roles = load_actor(session, person.id, today=clock.now().date()).roles
    assert roles == {Role.ADMINISTRATOR}


def test_it_logs_what_it_did(done: Result, session: Session) -> None:
    assert done.exit_code == 0
    entries = session.scalars(select(ChangeEntry).order_by(ChangeEntry.id)).all()
    assert [entry.what for entry in entries] == [
        "force:set-up",
        "person:added",
        "person:role-granted",
        "offences:load-shipped",
    ]
    assert all(entry.address.startswith("command ") for entry in entries)


def test_the_first_administrator_can_sign_in(done: Result, app: Flask) -> None:
    assert done.exit_code == 0
    client = app.test_client()
    client.post("/sign-in", data={"email": "admin@force.example", "password": OWN})
    assert client.get("/people").status_code == 200


def test_it_loads_bank_holidays_and_offences(done: Result, session: Session) -> None:
    assert done.exit_code == 0
    days = set(session.scalars(select(BankHoliday.on_date)))
    # 26 December 2026 is a Saturday: its substitute is what counts.
    assert {date(2026, 12, 25), date(2026, 12, 28), date(2022, 9, 19)} <= days
    assert (min(days).year, max(days).year) == (2015, 2030)
    assert not {day for day in days if day.weekday() > 4}
    assert (session.scalar(select(func.count()).select_from(Offence)) or 0) > 100


def test_it_refuses_to_run_twice_before_it_asks_for_anything(done: Result, app: Flask) -> None:
    assert done.exit_code == 0
    again = set_up(app, typed=())

    assert again.exit_code == 1
    assert "already set up for Demo Constabulary" in again.output
    assert "Name of the force" not in again.output


@pytest.mark.parametrize(
    ("number", "typed", "told"),
    [
        (3, "nowhere", "Enter an e-mail address"),
        (4, "short", "12 characters or more"),
        (4, "Constabulary-2026", "harder to guess"),
    ],
)
def test_what_can_not_be_used_changes_nothing(
    app: Flask, session: Session, number: int, typed: str, told: str
) -> None:
    answers = list(ANSWERS)
    answers[number] = typed
    answers[5] = answers[4]

    result = set_up(app, typed=tuple(answers))

    assert result.exit_code == 1
    assert told in result.output
    assert session.scalar(select(func.count()).select_from(Force)) == 0
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_it_can_be_run_without_anybody_there(app: Flask, session: Session) -> None:
    options = ["--force-name", "Demo Constabulary", "--name", "Demo Administrator One"]
    options += ["--staff-number", "D1", "--email", "admin@force.example", "--password-file", "-"]

    assert set_up(app, *options, typed=(OWN,)).exit_code == 0
    assert session.scalar(select(func.count()).select_from(Person)) == 1
