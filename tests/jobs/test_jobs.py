"""What each job does, run without a clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from fcr_app.domain.mail import Delivery
from fcr_app.domain.roles import Role
from fcr_app.jobs.check_history import check_history
from fcr_app.jobs.purge import purge
from fcr_app.models import (
    ChangeEntry,
    JobRun,
    KeptWords,
    Message,
    Notice,
    Person,
    SignIn,
    SignInAttempt,
)
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_person
from tests.jobs.late import a_late_case


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    """Put each test where a job runs."""
    with app.app_context():
        yield


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


def a_message(person: Person, status: Delivery, at: datetime) -> Message:
    """Return an e-mail that has come so far."""
    return Message(
        key=f"{status} {at}",
        person_id=person.id,
        subject="",
        body="",
        created_at=at,
        send_after=at,
        status=status.value,
        sent_at=at if status is Delivery.SENT else None,
    )


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
                    *(a_message(person, status, at) for status in Delivery),
                )
            )
        session.add(JobRun(job="yearly", slot_at=NOW - ages[0], started_at=NOW))

    assert purge(NOW) == (
        "Deleted 1 sign-ins, 1 failed attempts, 1 unsent forms, 0 files, 4 e-mails, "
        "1 entries of this ledger and 0 answers to programs."
    )
    with transaction() as session:
        for table in (SignIn, SignInAttempt, KeptWords):
            assert session.scalar(select(func.count()).select_from(table)) == 1
        # Of the old ones, what is still on its way.
        assert session.scalar(select(func.count()).select_from(Message)) == 6 + 2
        assert session.scalars(select(JobRun.job).order_by(JobRun.job)).all() == ["tick", "yearly"]
        erased = session.execute(select(ChangeEntry.verb, ChangeEntry.what)).all()
        assert erased == [("erasure", "kept-words:purged")]
