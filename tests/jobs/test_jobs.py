"""What each job does, run without a clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.jobs import remind_overdue as reminding
from fcr_app.jobs.check_history import check_history
from fcr_app.jobs.purge import purge
from fcr_app.jobs.remind_overdue import remind_overdue
from fcr_app.models import (
    Case,
    ChangeEntry,
    JobRun,
    KeptWords,
    Notice,
    Person,
    SignIn,
    SignInAttempt,
)
from fcr_app.services.cases import take_step
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_crime, a_person, as_actor
from tests.services.requests import C2, submitted

#: Five working days for a decision end on a Tuesday at midnight.
TOO_LATE = NOW + timedelta(days=8)


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    """Put each test where a job runs."""
    with app.app_context():
        yield


def reminders() -> list[tuple[str, str]]:
    """Return who was reminded, and how."""
    with transaction() as session:
        rows = session.execute(
            select(Person.name, Notice.message)
            .join(Notice, Notice.person_id == Person.id)
            .where(Notice.late_for.is_not(None))
            .order_by(Notice.id)
        )
        return [(name, message) for name, message in rows]


def a_late_case(session: Session, *, supervisor: str = "Demo Supervisor") -> Case:
    """Add a request that nobody has decided in time."""
    above = a_person(session, name=supervisor, roles=[Role.SUPERVISOR])
    officer = a_person(session, supervisor=above)
    return submitted(session, as_actor(session, officer), a_crime(session, oic=officer), C2)


def test_a_late_case_is_reminded_of_once_to_the_requester_and_their_supervisor() -> None:
    with transaction() as session:
        a_late_case(session)

    assert remind_overdue(NOW) == "0 cases newly late; 0 reminders written."
    assert remind_overdue(TOO_LATE) == "1 cases newly late; 2 reminders written."
    assert remind_overdue(TOO_LATE + timedelta(hours=1)) == (
        "0 cases newly late; 0 reminders written."
    )
    message = "Late: decide the request. It was due by the end of 1 December 2026."
    assert reminders() == [("Demo Supervisor", message), ("Demo Officer One", message)]


def test_the_holder_of_a_late_case_is_reminded_instead_of_the_requester() -> None:
    with transaction() as session:
        case = a_late_case(session)
        holder = a_person(session, name="Demo DDM One", roles=[Role.DDM])
        case.claimed_by_id, case.claimed_at = holder.id, NOW

    remind_overdue(TOO_LATE)
    assert [name for name, _ in reminders()] == ["Demo DDM One"]


def test_each_state_that_runs_late_is_reminded_of_once() -> None:
    with transaction() as session:
        case = a_late_case(session)
        reference = case.reference
    remind_overdue(TOO_LATE)
    with transaction() as session:
        ddm = a_person(
            session,
            name="Demo DDM One",
            roles=[Role.DDM],
            accreditations=[AccreditationKind.DDM_COURSE],
        )
        answers = {"to_mend": "Say where the recording is kept, please."}
        take_step(session, as_actor(session, ddm), reference, "return", answers, now=TOO_LATE)

    remind_overdue(TOO_LATE)
    assert len(reminders()) == 2
    remind_overdue(TOO_LATE + timedelta(days=15))
    assert len(reminders()) == 4
    assert reminders()[-1][1].startswith("Late: answer the return.")


def test_where_everybody_has_left_the_registrars_are_reminded() -> None:
    with transaction() as session:
        a_late_case(session)
        for person in session.scalars(select(Person)):
            person.active = False
        a_person(session, name="Demo Registrar", roles=[Role.FCR])

    remind_overdue(TOO_LATE)
    assert [name for name, _ in reminders()] == ["Demo Registrar"]


def test_reminding_ends_though_there_is_nobody_at_all_to_remind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reminding, "AT_A_TIME", 1)
    with transaction() as session:
        a_late_case(session)
        a_late_case(session)
        for person in session.scalars(select(Person)):
            person.active = False

    assert remind_overdue(TOO_LATE) == "2 cases newly late; 0 reminders written."


def test_a_whole_history_is_verified() -> None:
    with transaction() as session:
        a_late_case(session)

    assert check_history(NOW) == ("2 steps of 1 cases verified; all are as they were written.")


def test_a_changed_history_is_told_to_the_registrars_once_until_they_read_it() -> None:
    with transaction() as session:
        case = a_late_case(session)
        a_person(session, name="Demo Registrar", roles=[Role.FCR])
        a_person(session, name="Demo Deputy", roles=[Role.DEPUTY_FCR])
        case.history_head = "0" * 64

    outcome = check_history(NOW)
    assert outcome.startswith("BROKEN. Case CAN-26-")
    check_history(NOW + timedelta(days=1))
    with transaction() as session:
        told = session.scalars(select(Notice).where(Notice.case_id.is_(None))).all()
        assert len(told) == 2
        assert told[0].message.startswith("A case’s history does not verify. Case CAN-26-")


def test_what_is_kept_for_a_while_goes_and_the_rest_stays() -> None:
    ages = [timedelta(days=100), timedelta(hours=1)]
    with transaction() as session:
        person = a_person(session)
        for number, age in enumerate(ages):
            at = NOW - age
            session.add_all(
                (
                    SignIn(token_hash=f"{number}", person_id=person.id, started_at=at, seen_at=at),
                    SignInAttempt(email_key="", address="", at=at),
                    KeptWords(person_id=person.id, path="/", form={}, kept_at=at),
                    JobRun(job="tick", slot_at=at, started_at=at),
                )
            )
        session.add(JobRun(job="yearly", slot_at=NOW - ages[0], started_at=NOW))

    assert purge(NOW) == (
        "Deleted 1 sign-ins, 1 failed attempts, 1 unsent forms, 0 files and 1 entries of this "
        "ledger."
    )
    with transaction() as session:
        for table in (SignIn, SignInAttempt, KeptWords):
            assert session.scalar(select(func.count()).select_from(table)) == 1
        assert session.scalars(select(JobRun.job).order_by(JobRun.job)).all() == ["tick", "yearly"]
        erased = session.execute(select(ChangeEntry.verb, ChangeEntry.what)).all()
        assert erased == [("erasure", "kept-words:purged")]
