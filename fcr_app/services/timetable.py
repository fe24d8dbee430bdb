"""Who runs the timetable, and what ran: the lease and the ledger that keep jobs from running twice.

The lease says which process leads, so that the others stay quiet. It saves work but proves
nothing: clocks drift and processes stall. What makes a second run impossible is the ledger's
unique key, one row for each job and slot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fcr_app.models import JobRun, Lease

#: The lease that the scheduler holds.
TIMETABLE = "timetable"
#: What the outcome of a run says that did not do its work.
FAILED = "Failed: "
#: As many characters as the ledger keeps of what a job did.
_OUTCOME_LENGTH = 400


@dataclass(frozen=True, kw_only=True)
class LastRun:
    """The latest run of a job.

    Attributes:
        ended_at: None while it runs, or where it stopped without an end.
    """

    slot_at: datetime
    started_at: datetime
    ended_at: datetime | None
    outcome: str


def hold_lease(
    session: Session, holder: str, *, now: datetime, lasts: timedelta, name: str = TIMETABLE
) -> bool:
    """Take the lease, or keep it; say whether it is held.

    Args:
        holder: The process that asks, by a name no other process has.
        lasts: How long it is held without being kept.
    """
    kept = session.execute(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.expires_at <= now))
        .values(holder=holder, expires_at=now + lasts)
    )
    if kept.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result has one
        return True
    return _added(session, Lease(name=name, holder=holder, expires_at=now + lasts))


def give_up_lease(session: Session, holder: str, *, now: datetime, name: str = TIMETABLE) -> None:
    """Let another process lead at once instead of after the lease has run out."""
    session.execute(
        update(Lease)
        .where(Lease.name == name, Lease.holder == holder, Lease.expires_at > now)
        .values(expires_at=now)
    )


def lease_expires_at(session: Session, *, name: str = TIMETABLE) -> datetime | None:
    """Return when the lease runs out, or None if nobody ever held it."""
    return session.scalar(select(Lease.expires_at).where(Lease.name == name))


def claim_slot(session: Session, job: str, slot_at: datetime, *, now: datetime) -> int | None:
    """Enter that a job starts for a slot; None if it has been entered before, by anybody."""
    run = JobRun(job=job, slot_at=slot_at, started_at=now)
    return run.id if _added(session, run) else None


def skip_slot(session: Session, job: str, slot_at: datetime, *, now: datetime, why: str) -> None:
    """Enter that a slot is not run, so that later ones are counted from it."""
    _added(
        session,
        JobRun(job=job, slot_at=slot_at, started_at=now, ended_at=now, outcome=why),
    )


def end_run(session: Session, run_id: int, outcome: str, *, now: datetime) -> None:
    """Enter how a run ended."""
    run = session.get_one(JobRun, run_id)
    run.ended_at, run.outcome = now, outcome[:_OUTCOME_LENGTH]


def last_slot(session: Session, job: str) -> datetime | None:
    """Return the latest slot of a job that was run or skipped."""
    return session.scalar(select(func.max(JobRun.slot_at)).where(JobRun.job == job))


def silent_since(session: Session, job: str, *, now: datetime, usual: timedelta) -> datetime | None:
    """Return when a job last ran to its end, if that is longer ago than usual; else None.

    None also where it never ran: nobody was promised anything then.
    """
    last = session.scalar(
        select(func.max(JobRun.started_at)).where(
            JobRun.job == job,
            JobRun.started_at < now,
            JobRun.ended_at.is_not(None),
            JobRun.outcome.not_like(f"%{FAILED}%"),
        )
    )
    return last if last is not None and last < now - usual else None


def last_runs(session: Session, jobs: Iterable[str]) -> dict[str, LastRun]:
    """Return the latest run of each job that has run."""
    latest = (
        select(JobRun.job, func.max(JobRun.slot_at).label("slot_at"))
        .where(JobRun.job.in_(list(jobs)))
        .group_by(JobRun.job)
        .subquery()
    )
    runs = session.scalars(
        select(JobRun).join(
            latest, (JobRun.job == latest.c.job) & (JobRun.slot_at == latest.c.slot_at)
        )
    )
    return {
        run.job: LastRun(
            slot_at=run.slot_at,
            started_at=run.started_at,
            ended_at=run.ended_at,
            outcome=run.outcome,
        )
        for run in runs
    }


def _added(session: Session, row: Lease | JobRun) -> bool:
    """Add a row unless its key is taken."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
