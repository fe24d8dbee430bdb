"""The chain finds whatever was done to a history behind our back."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Case, Person
from fcr_app.services import history
from fcr_app.services.cases import take_step
from tests.builders import NOW, a_crime, a_person, as_actor
from tests.services import requests as say
from tests.services.requests import minutes, submitted


@pytest.fixture
def case(session: Session) -> Case:
    """Make two cases of three steps each, and let the tests tamper as a database owner could."""
    officer = as_actor(session, a_person(session))
    ddm = as_actor(
        session,
        a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE]),
    )
    for _ in range(2):
        crime = a_crime(session, oic=session.get_one(Person, officer.id))
        made = submitted(session, officer, crime, say.C2)
        take_step(session, ddm, made.reference, "approve", say.DECISION, now=NOW + minutes(5))
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE case_steps DISABLE TRIGGER USER"))
    else:
        session.execute(text("DROP TRIGGER case_steps_no_update"))
        session.execute(text("DROP TRIGGER case_steps_no_delete"))
    return session.scalars(select(Case).order_by(Case.id).limit(1)).one()


def found(session: Session) -> str:
    return list(history.verify(session))[-1].broken


def test_an_untouched_history_verifies_and_is_counted(session: Session, case: Case) -> None:
    last = list(history.verify(session))[-1]
    assert (last.broken, last.cases, last.rows) == ("", 2, 6)
    assert case.history_length == 3


TAMPERINGS: dict[str, tuple[str, str]] = {
    "a changed authority": (
        "UPDATE case_steps SET authority = 'The Chief' WHERE case_id = :id AND position = 2",
        "step 2: the row was changed",
    ),
    "a changed answer": (
        "UPDATE case_steps SET answers = '{}' WHERE case_id = :id AND position = 3",
        "step 3: the row was changed",
    ),
    "a row removed in the middle": (
        "DELETE FROM case_steps WHERE case_id = :id AND position = 2",
        "step 2: the row is missing",
    ),
    "a row removed at the end": (
        "DELETE FROM case_steps WHERE case_id = :id AND position = 3",
        "3 steps were written and 2 are there",
    ),
    "a whole history removed": (
        "DELETE FROM case_steps WHERE case_id = :id",
        "3 steps were written and 0 are there",
    ),
    "a hash that fits but breaks the chain": (
        "UPDATE case_steps SET previous_hash = 'x' WHERE case_id = :id AND position = 3",
        "step 3: it is not chained",
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_found_and_the_first_broken_row_is_named(
    session: Session, case: Case, tampering: str
) -> None:
    statement, expected = TAMPERINGS[tampering]
    session.execute(text(statement), {"id": case.id})
    assert found(session).startswith(f"Case {case.reference}")
    assert expected in found(session)


def test_a_case_added_without_its_history_is_found(session: Session, case: Case) -> None:
    session.execute(text("UPDATE cases SET history_length = 4 WHERE id = :id"), {"id": case.id})
    assert "4 steps were written and 3 are there" in found(session)


def test_progress_is_told_on_the_way(
    session: Session, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_CASES_AT_A_TIME", 1)
    assert [walked.cases for walked in history.verify(session)] == [1, 2, 2]
    assert case.id
