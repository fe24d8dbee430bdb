"""``fcr scheduler`` and ``fcr jobs``: run the timetable, run one job, see what ran."""

import signal
from threading import Event, Thread
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from fcr_app import clock
from fcr_app.jobs.scheduler import Scheduler, run_now
from fcr_app.jobs.timetable import TIMETABLE, job_named
from fcr_app.services.timetable import LastRun, claim_slot, last_runs
from fcr_app.services.transaction import snapshot, transaction

jobs = AppGroup("jobs", help="Run one of the timetable's jobs, or see what ran.")


@click.command("scheduler")
@with_appcontext
def scheduler() -> None:
    """Run the timetable until stopped: a process of its own, beside the web workers."""
    stop = Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        # In a thread of its own: the main one may just hold the event's lock, on its way to
        # waiting, and would then wait for itself.
        Thread(target=stop.set).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    click.echo(f"The timetable has {len(TIMETABLE)} jobs. Ctrl-C stops it.")
    Scheduler(current_app._get_current_object()).run(stop)  # type: ignore[attr-defined]  # noqa: SLF001 - the way Flask documents to hand the application to threads
    click.echo("The timetable has stopped.")


@jobs.command("run")
@click.argument("name")
def run_job(name: str) -> None:
    """Run the job NAME now, whatever the timetable says."""
    job = job_named(name)
    if job is None:
        known = ", ".join(job.name for job in TIMETABLE)
        raise click.ClickException(f"There is no job called {name}. There are: {known}.")
    now = clock.now()
    with transaction() as session:
        run_id = claim_slot(session, job.name, now, now=now)
    if run_id is None:
        raise click.ClickException("The job was started this very moment by somebody else.")
    outcome = run_now(job, run_id)
    if outcome.startswith("Failed"):
        raise click.ClickException(outcome)
    click.echo(outcome)


@jobs.command("list")
def list_jobs() -> None:
    """Show each job, when it runs, and how it last ended."""
    with snapshot() as session:
        runs = last_runs(session, [job.name for job in TIMETABLE])
    for job in TIMETABLE:
        click.echo(f"{job.name}: {job.what}, {job.when}.\n  {_last(runs.get(job.name))}")


def _last(run: LastRun | None) -> str:
    if run is None:
        return "Has not run yet."
    started = f"{run.started_at:%-d %B %Y %H:%M:%S} UTC"
    if run.ended_at is None:
        return f"Started {started}. No end is on record: it still runs, or it was stopped."
    seconds = (run.ended_at - run.started_at).total_seconds()
    return f"{started}, {seconds:.1f} seconds. {run.outcome}"
