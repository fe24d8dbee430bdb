"""What the clock starts, and when. Times are UTC: a London night repeats or skips an hour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fcr_app.jobs.check_history import check_history
from fcr_app.jobs.purge import purge
from fcr_app.jobs.remind_overdue import remind_overdue


@dataclass(frozen=True, kw_only=True)
class Job:
    """One thing the clock starts.

    A job works from what the database says is due, never from how often it was started, so a
    missed or repeated run does no harm.

    Attributes:
        name: What the ledger and ``fcr jobs run`` call it.
        what: What it does, in words.
        when: In words.
        slots: The same, as the scheduler reads it: fields of a cron line, in UTC.
        run: Takes the present moment, returns one sentence on what was done.
    """

    name: str
    what: str
    when: str
    slots: Mapping[str, str]
    run: Callable[[datetime], str]


TIMETABLE = (
    Job(
        name="remind-overdue",
        what="Remind people of cases that are late",
        when="every 15 minutes",
        slots={"minute": "*/15"},
        run=remind_overdue,
    ),
    Job(
        name="check-history",
        what="Verify the history of every case",
        when="every night at 02:10 UTC",
        slots={"hour": "2", "minute": "10"},
        run=check_history,
    ),
    Job(
        name="purge",
        what="Delete what is kept only for a while: old sign-ins, unsent words, old runs",
        when="every night at 03:10 UTC",
        slots={"hour": "3", "minute": "10"},
        run=purge,
    ),
)


def job_named(name: str) -> Job | None:
    """Return a job of the timetable, or None if it has no such job."""
    return next((job for job in TIMETABLE if job.name == name), None)
