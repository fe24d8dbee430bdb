"""The timetable on one node and on several: each slot once, whoever lives or dies."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.extensions import db
from fcr_app.jobs.scheduler import Scheduler, lateness, slot_due
from fcr_app.jobs.timetable import TIMETABLE, Job
from fcr_app.models import JobRun
from fcr_app.services import timetable as ledger
from fcr_app.services.transaction import snapshot, transaction
from tests.builders import NOW
from tests.databases import application

ROOT = Path(__file__).parent.parent.parent
LEASE = timedelta(seconds=3)


def a_job(run: Callable[[datetime], str], *, name: str = "tick", **slots: str) -> Job:
    """Return a job that is due every second unless told otherwise."""
    return Job(name=name, what="Tick", when="every second", slots=slots or {"second": "*"}, run=run)


def counted_in(ran: list[datetime]) -> Callable[[datetime], str]:
    """Return what a job does that counts its runs."""

    def tick(now: datetime) -> str:
        ran.append(now)
        return "Ticked."

    return tick


@contextmanager
def running(scheduler: Scheduler) -> Iterator[None]:
    """Run a scheduler in a thread for as long as the block lasts."""
    stop = Event()
    thread = Thread(target=scheduler.run, args=[stop])
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def runs(job: str = "tick") -> list[Row[datetime, datetime | None, str]]:
    """Return the ledger of a job, oldest slot first, without the mark where it began.

    It looks without SQLite's write lock, which the schedulers need.
    """
    with snapshot() as session:
        entries = session.execute(
            select(JobRun.slot_at, JobRun.ended_at, JobRun.outcome)
            .where(JobRun.job == job)
            .order_by(JobRun.slot_at)
        ).all()
    return [entry for entry in entries if not entry.outcome.startswith("Not a run")]


def lease_expires_at() -> datetime | None:
    """Return when the lease runs out, looking without the write lock."""
    with snapshot() as session:
        return ledger.lease_expires_at(session)


def until(happened: Callable[[], object], *, within: float = 60) -> None:
    """Wait for something that another thread or process does."""
    end = time.monotonic() + within
    while not happened():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


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


def test_two_schedulers_run_each_slot_exactly_once(in_app: Flask, second_app: Flask) -> None:
    ran: list[datetime] = []
    job = a_job(counted_in(ran))
    first = Scheduler(in_app, timetable=[job], lasts=LEASE)
    second = Scheduler(second_app, timetable=[job], lasts=LEASE)
    with running(first), running(second):
        until(lambda: len(ran) >= 4)

    entered = runs()
    assert len(entered) == len(ran)
    assert all(entry.outcome.endswith("Ticked.") and entry.ended_at for entry in entered)
    # Each second is one run's, or on a busy machine one of those a later run says it stands for.
    for before, after in pairwise(entered):
        missed = re.search(r"Stands for ([\d,]+) missed", after.outcome)
        seconds = 1 + (int(missed[1]) if missed else 0)
        assert after.slot_at - before.slot_at == timedelta(seconds=seconds)


def test_a_second_scheduler_takes_over_at_once_from_one_that_steps_down(
    in_app: Flask, second_app: Flask
) -> None:
    ran: list[datetime] = []
    job = a_job(counted_in(ran))
    with running(Scheduler(in_app, timetable=[job], lasts=LEASE)):
        until(lambda: len(ran) >= 1)

    expires_at = lease_expires_at()
    assert expires_at is not None
    assert expires_at <= clock.now()
    before = len(ran)
    with running(Scheduler(second_app, timetable=[job], lasts=LEASE)):
        until(lambda: len(ran) > before)


def test_a_scheduler_takes_over_from_one_that_was_killed(in_app: Flask, database_url: str) -> None:
    program = (
        "import sys\n"
        "from threading import Event\n"
        "from datetime import timedelta\n"
        "from fcr_app.jobs.scheduler import Scheduler\n"
        "from fcr_app.jobs.timetable import Job\n"
        "from tests.databases import application\n"
        "job = Job(name='tick', what='', when='', slots={'second': '*'}, run=lambda _: 'Killed.')\n"
        "app = application(sys.argv[1])\n"
        "Scheduler(app, timetable=[job], lasts=timedelta(seconds=3)).run(Event())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, database_url], cwd=ROOT) as leader:
        try:
            until(lambda: len(runs()) >= 2)
        finally:
            leader.kill()
    killed_at = len(runs())

    with running(Scheduler(in_app, timetable=[a_job(lambda _now: "Alive.")], lasts=LEASE)):
        until(lambda: len(runs()) > killed_at + 1)

    after = runs()
    assert len({entry.slot_at for entry in after}) == len(after)
    taken_over = next(entry for entry in after if "Alive." in entry.outcome)
    assert "missed before it" in taken_over.outcome


def test_a_slot_that_nobody_was_there_for_is_run_once_and_says_how_late(
    in_app: Flask,
) -> None:
    earlier = clock.now() - timedelta(hours=3)
    with transaction() as session:
        ledger.skip_slot(session, "tick", earlier, now=earlier, why="Ran then.")
    ran: list[datetime] = []
    job = a_job(counted_in(ran), day="*", hour="*", minute=str((earlier.minute + 30) % 60))
    with running(Scheduler(in_app, timetable=[job], lasts=LEASE)):
        until(lambda: ran)

    assert len(ran) == 1
    outcome = runs()[-1].outcome
    assert outcome.startswith("Late: due ")
    assert outcome.endswith("Stands for 2 missed before it. Ticked.")


def test_a_job_that_fails_is_entered_as_failed_without_quoting_anything(
    in_app: Flask,
) -> None:
    def fail(_now: datetime) -> str:
        raise ValueError("the victim is Demo Victim One")

    with running(Scheduler(in_app, timetable=[a_job(fail)], lasts=LEASE)):
        until(lambda: [entry for entry in runs() if entry.ended_at])

    outcome = runs()[0].outcome
    assert "Failed: ValueError" in outcome
    assert "Demo Victim" not in outcome


def test_the_latest_slot_is_due_and_stands_for_those_before_it() -> None:
    job = a_job(lambda _now: "", minute="*/15")
    due = slot_due(job, since=NOW, now=NOW + timedelta(minutes=50))

    assert due is not None
    assert due.slot_at == NOW + timedelta(minutes=45)
    assert due.missed_count == 2
    assert lateness(due, NOW + timedelta(minutes=50)) == (
        "Late: due 24 November 2026 10:45 UTC. Stands for 2 missed before it. "
    )


def test_nothing_is_due_between_two_slots() -> None:
    job = a_job(lambda _now: "", minute="*/15")
    assert slot_due(job, since=NOW, now=NOW + timedelta(minutes=14, seconds=59)) is None


def test_a_nightly_job_runs_once_on_the_night_the_clocks_go_back() -> None:
    check = next(job for job in TIMETABLE if job.name == "check-history")
    evening = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    due = slot_due(check, since=evening, now=evening + timedelta(hours=12))

    assert due is not None
    assert due.slot_at == datetime(2026, 10, 25, 2, 10, tzinfo=UTC)
    assert due.missed_count == 0


def test_a_lease_is_kept_by_its_holder_and_taken_only_when_it_has_run_out(
    session: Session,
) -> None:
    lasts = timedelta(seconds=30)
    assert ledger.hold_lease(session, "one", now=NOW, lasts=lasts)
    assert not ledger.hold_lease(session, "two", now=NOW + timedelta(seconds=29), lasts=lasts)
    assert ledger.hold_lease(session, "one", now=NOW + timedelta(seconds=29), lasts=lasts)
    assert not ledger.hold_lease(session, "two", now=NOW + timedelta(seconds=58), lasts=lasts)
    assert ledger.hold_lease(session, "two", now=NOW + timedelta(seconds=59), lasts=lasts)
    assert not ledger.hold_lease(session, "one", now=NOW + timedelta(seconds=60), lasts=lasts)


def test_a_slot_is_claimed_once(session: Session) -> None:
    assert ledger.claim_slot(session, "tick", NOW, now=NOW) is not None
    assert ledger.claim_slot(session, "tick", NOW, now=NOW) is None
    assert ledger.claim_slot(session, "tock", NOW, now=NOW) is not None


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_scheduler_command_stops_cleanly_when_told_to(
    database_url: str, number: signal.Signals
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only for tests " * 3,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "fcr", "scheduler"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            until(lease_expires_at)
            process.send_signal(number)
            said, _ = process.communicate(timeout=60)
        finally:
            process.kill()

    assert process.returncode == 0
    assert "The timetable has stopped." in said
    expires_at = lease_expires_at()
    assert expires_at is not None
    assert expires_at <= clock.now()
