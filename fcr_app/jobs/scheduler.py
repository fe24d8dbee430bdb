"""The clock: starts each job in its slot, on one node or many. Only this module knows APScheduler.

Every node may run a scheduler. One holds the lease and runs the timetable; the others wait for it
to fall silent. APScheduler only wakes us up: which slots are due is worked out from the ledger, so
a slot that nobody was there for is run late, once, and says so.
"""

import logging
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from fcr_app import clock
from fcr_app.jobs.timetable import TIMETABLE, Job
from fcr_app.services import timetable as ledger
from fcr_app.services.transaction import transaction

#: After a leader falls silent another takes over within this time.
LEASE_LASTS = timedelta(seconds=30)
#: Seconds after which a stop that nobody was awake for is seen.
LOOKS_UP = 1.0
#: A run that starts within this time of its slot is on time.
ON_TIME = timedelta(minutes=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A slot whose time has come, and how many before it nobody ran."""

    slot_at: datetime
    missed_count: int


def slot_due(job: Job, *, since: datetime, now: datetime) -> Due | None:
    """Return the latest slot of a job after one moment and not after another."""
    trigger = CronTrigger(timezone=job.zone, **job.slots)
    latest, count, slot = None, 0, trigger.get_next_fire_time(since, since)
    while slot is not None and slot <= now:
        latest, count = slot, count + 1
        slot = trigger.get_next_fire_time(slot, slot)
    return Due(slot_at=latest.astimezone(UTC), missed_count=count - 1) if latest else None


class Scheduler:
    """One process's clock. Needs the application, for its settings and its database."""

    def __init__(
        self, app: Flask, *, timetable: Sequence[Job] = TIMETABLE, lasts: timedelta = LEASE_LASTS
    ) -> None:
        self.app = app
        self.timetable = timetable
        self.lasts = lasts
        self.holder = f"{socket.gethostname()[:50]} {os.getpid()} {token_hex(4)}"
        self.leads_until: datetime | None = None
        # Jobs are kept in memory and declared in code: a stored job would be run by every node.
        self.wakes = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    def run(self, stop: Event) -> None:
        """Keep the timetable until told to stop; then let what runs finish, and step down."""
        for job in self.timetable:
            trigger = CronTrigger(timezone=job.zone, **job.slots)
            self.wakes.add_job(self.run_what_is_due, trigger, args=[job], id=job.name)
        self.wakes.add_job(
            self.lead_or_wait,
            IntervalTrigger(seconds=self.lasts.total_seconds() / 3, timezone=UTC),
            next_run_time=clock.now(),
        )
        self.wakes.start()
        # A signal that comes just as the main thread falls asleep would find nobody awake to
        # answer it, so the thread looks up now and then.
        while not stop.wait(LOOKS_UP):
            pass
        self.wakes.shutdown(wait=True)
        with self.app.app_context(), transaction() as session:
            ledger.give_up_lease(session, self.holder, now=clock.now())

    def lead_or_wait(self) -> None:
        """Take or keep the lease; on becoming the leader look for slots that nobody ran."""
        led, now = self.leads, clock.now()
        try:
            with self.app.app_context(), transaction() as session:
                held = ledger.hold_lease(session, self.holder, now=now, lasts=self.lasts)
        except SQLAlchemyError:
            log.exception("The database does not answer; the timetable waits for it.")
            held = False
        self.leads_until = now + self.lasts if held else None
        if held and not led:
            log.info("This process runs the timetable now.")
            for job in self.timetable:
                self.wakes.modify_job(job.name, next_run_time=clock.now())

    @property
    def leads(self) -> bool:
        """Whether this process may run the timetable at this moment."""
        return self.leads_until is not None and clock.now() < self.leads_until

    def run_what_is_due(self, job: Job) -> None:
        """Run a job for its latest slot, unless it has been run for it."""
        if not self.leads:
            return
        now = clock.now()
        with self.app.app_context():
            with transaction() as session:
                since = ledger.last_slot(session, job.name)
                if since is None:
                    why = "Not a run: the timetable began here."
                    ledger.skip_slot(session, job.name, now, now=now, why=why)
                    return
                due = slot_due(job, since=since, now=now)
                if due is None:
                    return
                run_id = ledger.claim_slot(session, job.name, due.slot_at, now=now)
            if run_id is not None:
                run_now(job, run_id, said_first=lateness(due, now))


def lateness(due: Due, now: datetime) -> str:
    """Return what the ledger says of a run that was late or stands for others; empty if neither."""
    said = []
    if now - due.slot_at > ON_TIME:
        said.append(f"Late: due {due.slot_at:%-d %B %Y %H:%M} UTC.")
    if due.missed_count:
        said.append(f"Stands for {due.missed_count:,} missed before it.")
    return "".join(f"{sentence} " for sentence in said)


def run_now(job: Job, run_id: int, *, said_first: str = "") -> str:
    """Run a job and enter how it ended, whatever happens. Needs an application context."""
    try:
        outcome = job.run(clock.now())
    except Exception as error:  # the edge: a job that fails must not stop the clock
        log.exception("The job %s failed.", job.name)
        # The message could quote what a case says; the ledger is read by operators.
        outcome = f"{ledger.FAILED}{type(error).__name__}. The service’s log has the details."
    outcome = said_first + outcome
    with transaction() as session:
        ledger.end_run(session, run_id, outcome, now=clock.now())
    return outcome
