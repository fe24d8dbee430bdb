"""Audits that open themselves: once for each line and period, whoever dies and however many try."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.audits.words import Frame
from fcr_app.domain.roles import Role
from fcr_app.extensions import db
from fcr_app.jobs.open_audits import open_audits
from fcr_app.jobs.scheduler import Scheduler
from fcr_app.jobs.timetable import job_named
from fcr_app.models import (
    AuditFrame,
    AuditItem,
    AuditLineAuditor,
    AuditPlan,
    AuditRun,
    AuditStep,
    Message,
    Notice,
)
from fcr_app.services import timetable as ledger
from fcr_app.services.audits.preparing import Prepared, prepare_run
from fcr_app.services.audits.waiting import FOR_A_LIST
from fcr_app.services.transaction import snapshot, transaction
from tests.audit_builders import a_line, a_plan
from tests.builders import NOW, a_person, an_incident
from tests.databases import application

ROOT = Path(__file__).parent.parent.parent
OCTOBER = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
ONE = "Audits opened: 1, late: 1, waiting: 0."
NONE = "Audits opened: 0, late: 0, waiting: 0."
RECORDS, DRAWN, RESERVES = 80, 30, 5

#: Opens the audits, and stands still just before they would be saved.
STANDS_STILL = """
import sys, time
from fcr_app.jobs.open_audits import open_audits
from fcr_app.services.audits import opening
from tests.builders import NOW
from tests.databases import application

def stand_still(*_arguments, **_words):
    print("in the middle", flush=True)
    time.sleep(600)

opening.tell = stand_still
with application(sys.argv[1]).app_context():
    open_audits(NOW)
"""


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Give the application, with the test inside its context."""
    with app.app_context():
        yield app


@pytest.fixture
def second_app(database_url: str) -> Iterator[Flask]:
    """Give another node's application on the same database."""
    other = application(database_url)
    yield other
    with other.app_context():
        db.engine.dispose()


def a_line_that_is_due(**columns: object) -> int:
    """Save a line that is due since 6 November, with two auditors, and reports of October."""
    with transaction() as session:
        plan = a_plan(session, a_person(session, roles=[Role.CHIEF_OFFICER]))
        line = a_line(
            session, plan, **{"first_due_on": date(2026, 11, 6), "fixed_size": DRAWN, **columns}
        )
        for number in range(2):
            auditor = a_person(session, name=f"Demo Auditor {number}", roles=[Role.AUDITOR])
            session.add(AuditLineAuditor(line_id=line.id, person_id=auditor.id))
        for number in range(RECORDS):
            an_incident(session, first_reported_at=OCTOBER + timedelta(minutes=number))
        return line.id


def assert_one_complete_run() -> None:
    """Check that there is one audit, whole, with nothing in it twice, and everybody told once."""
    with snapshot() as session:
        run = session.scalars(select(AuditRun)).one()
        assert session.scalars(select(AuditFrame)).one().row_count == RECORDS
        items = session.scalars(select(AuditItem).order_by(AuditItem.position)).all()
        assert [item.position for item in items] == list(range(1, DRAWN + RESERVES + 1))
        assert len({item.identifier for item in items}) == len(items)
        assert sum(item.in_sample for item in items) == DRAWN
        assert sum(item.second_auditor_id is not None for item in items) == 10
        steps = session.scalars(select(AuditStep).where(AuditStep.kind == "run")).all()
        assert [step.trigger for step in steps] == ["open"]
        auditors = {item.auditor_id for item in items}
        assert len(auditors) == 2
        assert Counter(session.scalars(select(Notice.person_id))) == dict.fromkeys(auditors, 1)
        assert Counter(session.scalars(select(Message.person_id))) == dict.fromkeys(auditors, 1)
        assert run.late_days == (NOW.date() - date(2026, 11, 6)).days


@pytest.mark.usefixtures("in_app")
def test_a_scheduler_killed_in_the_middle_leaves_nothing_and_the_next_opens_it_once(
    database_url: str,
) -> None:
    a_line_that_is_due()
    with subprocess.Popen(
        [sys.executable, "-c", STANDS_STILL, database_url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "in the middle\n"
        finally:
            process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    with snapshot() as session:
        for table in (AuditRun, AuditFrame, AuditItem, AuditStep, Notice, Message):
            assert session.scalars(select(table.id)).all() == []

    assert open_audits(NOW) == ONE
    assert_one_complete_run()
    assert open_audits(NOW) == NONE
    assert_one_complete_run()


def test_two_that_open_at_the_same_moment_open_one(in_app: Flask, second_app: Flask) -> None:
    a_line_that_is_due()
    said, ready = [], Barrier(2)

    def open_them(app: Flask) -> None:
        with app.app_context():
            ready.wait()
            said.append(open_audits(NOW))
            db.session.remove()

    threads = [Thread(target=open_them, args=[app]) for app in (in_app, second_app)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == [NONE, ONE]
    assert_one_complete_run()


def test_two_schedulers_open_one(
    in_app: Flask, second_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_line_that_is_due()
    job = job_named("open-audits")
    assert job is not None
    real, offset = clock.now, NOW - clock.now()
    monkeypatch.setattr(clock, "now", lambda: real() + offset)
    with transaction() as session:
        at = NOW - timedelta(hours=1)
        ledger.skip_slot(session, job.name, at, now=at, why="Ran then.")
    stop, lasts = Event(), timedelta(seconds=3)
    threads = [
        Thread(target=Scheduler(app, timetable=[job], lasts=lasts).run, args=[stop])
        for app in (in_app, second_app)
    ]
    for thread in threads:
        thread.start()
    try:
        wait_until_opened()
        time.sleep(4)  # the other one leads by then, or has tried to
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert_one_complete_run()


def wait_until_opened(within: float = 60) -> None:
    """Wait until an audit was opened by somebody."""
    end = time.monotonic() + within
    while True:
        with snapshot() as session:
            if session.scalar(select(AuditRun.id)) is not None:
                return
        assert time.monotonic() < end, "No audit was opened in time."
        time.sleep(0.05)


@pytest.mark.usefixtures("in_app")
def test_an_audit_without_its_list_waits_and_its_owner_is_told_once() -> None:
    with transaction() as session:
        owner_id = a_person(session, name="Demo Owner", roles=[Role.DEPUTY_FCR]).id
    a_line_that_is_due(frame=Frame.LISTED.value, owner_id=owner_id)

    for _ in range(3):
        assert open_audits(NOW) == "Audits opened: 0, late: 0, waiting: 1."

    with snapshot() as session:
        notices = session.execute(select(Notice.person_id, Notice.message)).all()
        assert notices == [
            (
                owner_id,
                f"Reports and their crimes, October 2026, is due. {FOR_A_LIST}",
            )
        ]
        assert session.scalars(select(AuditStep.trigger)).all() == ["wait"]


@pytest.mark.usefixtures("in_app")
def test_an_audit_that_fails_does_not_hold_the_others_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing = a_line_that_is_due()
    with transaction() as session:
        plan = session.scalars(select(AuditPlan)).one()
        a_line(session, plan, first_due_on=date(2026, 11, 6))

    def prepare(session: Session, line_id: int, due_on: date, *, now: datetime) -> Prepared:
        if line_id == failing:
            raise ZeroDivisionError
        return prepare_run(session, line_id, due_on, now=now)

    monkeypatch.setattr("fcr_app.jobs.open_audits.prepare_run", prepare)
    assert open_audits(NOW) == f"{ONE} Could not be opened: 1."
    monkeypatch.undo()
    assert open_audits(NOW) == ONE
