"""What operators type: prove the history, run a job, print the docs."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.jobs import commands
from fcr_app.jobs.timetable import TIMETABLE, Job
from fcr_app.models import Case
from fcr_app.reports.docs import generated_docs
from tests.builders import a_crime, a_person, as_actor
from tests.services.requests import C2, submitted


def typed(app: Flask, *words: str) -> tuple[int, str]:
    """Type a command; return how it ended and what it said."""
    done = app.test_cli_runner().invoke(args=["fcr", *words])
    return done.exit_code, done.output


@pytest.fixture
def case(session: Session) -> Case:
    officer = a_person(session)
    case = submitted(session, as_actor(session, officer), a_crime(session, oic=officer), C2)
    session.commit()
    return case


@pytest.mark.usefixtures("case")
def test_a_whole_history_verifies(app: Flask) -> None:
    code, said = typed(app, "history", "verify")
    assert code == 0
    assert said.startswith("2 steps of 1 cases verified")


def test_a_broken_history_ends_with_1_and_names_the_row(
    app: Flask, session: Session, case: Case
) -> None:
    found = session.scalars(select(Case)).one()
    found.history_length = 3
    reference = case.reference
    session.commit()

    code, said = typed(app, "history", "verify")
    assert code == 1
    assert f"Case {reference}: 3 steps were written and 2 are there" in said


def test_a_job_is_run_by_hand_and_listed(app: Flask) -> None:
    code, said = typed(app, "jobs", "list")
    assert code == 0
    assert said.count("Has not run yet.") == len(TIMETABLE)

    code, said = typed(app, "jobs", "run", "check-history")
    assert (code, said.strip()) == (
        0,
        "0 steps of 0 cases verified; all are as they were written.",
    )
    _, said = typed(app, "jobs", "list")
    assert "0 steps of 0 cases verified" in said
    assert said.count("Has not run yet.") == len(TIMETABLE) - 1


def test_a_job_that_does_not_exist_is_answered_with_those_that_do(app: Flask) -> None:
    code, said = typed(app, "jobs", "run", "nothing")
    assert code == 1
    assert "There is no job called nothing. There are: tell-clocks" in said


def test_a_job_that_fails_ends_with_1(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_now: object) -> str:
        raise ValueError("no")

    job = Job(name="fails", what="Fail", when="never", slots={}, run=fail)
    monkeypatch.setattr(commands, "job_named", lambda _name: job)
    code, said = typed(app, "jobs", "run", "fails")
    assert code == 1
    assert "Failed: ValueError" in said


def test_the_docs_are_printed(app: Flask, tmp_path: Path) -> None:
    code, said = typed(app, "docs", "--into", str(tmp_path))
    assert code == 0
    for name, text in generated_docs().items():
        assert name in said
        assert (tmp_path / name).read_text(encoding="utf-8") == text
