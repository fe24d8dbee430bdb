"""What an operator types to try the service."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.models import Case, Crime, Force
from fcr_app.services.demo_force import DEMO_PASSWORD, sign_ins


def typed(app: Flask, *words: str) -> tuple[int, str]:
    """Type a command; return how it ended and what it said."""
    done = app.test_cli_runner().invoke(args=["fcr", "demo", *words])
    return done.exit_code, done.output


@pytest.mark.timeout(600)  # a year of cases, feedback and audits, and once more to change nothing
def test_seeding_prints_who_can_sign_in_every_time(app: Flask) -> None:
    first, said_first = typed(app, "seed")
    again, said_again = typed(app, "seed")

    assert (first, again) == (0, 0)
    assert "The demonstration force is there: 16 people" in said_first
    assert "a year in which feedback was given 1" in said_first
    assert "Nothing was changed" in said_again
    for said in (said_first, said_again):
        assert all(person.email in said for person in sign_ins())
        assert DEMO_PASSWORD in said
    assert "(the course has run out)" in said_first


def test_seeding_a_real_force_fails_with_one_sentence(app: Flask, session: Session) -> None:
    session.add(Force(id=1, name="A real force"))
    session.commit()

    code, said = typed(app, "seed")

    assert code == 1
    assert said.startswith("Error: This database holds a real force")
    assert DEMO_PASSWORD not in said


def test_a_load_says_what_it_made_and_who_can_sign_in(app: Flask, session: Session) -> None:
    code, said = typed(app, "load", "--crimes", "60", "--on", "2026-11-24")

    assert code == 0, said
    assert "60 crimes, 6 open cases" in said
    assert "load-ddm-1@demo.example" in said
    assert session.scalar(select(func.count()).select_from(Crime)) == 60
    assert session.scalar(select(func.count()).where(Case.open).select_from(Case)) == 6


def test_a_load_can_have_no_more_open_cases_than_crimes(app: Flask, session: Session) -> None:
    code, said = typed(app, "load", "--crimes", "10", "--open-cases", "11")

    assert code == 2
    assert "ask for more crimes" in said
    assert session.scalar(select(func.count()).select_from(Crime)) == 0
