"""Work that the clock starts. Each job opens a transaction and calls a service."""

from flask import Flask

from fcr_app.jobs.commands import jobs, scheduler


def register(app: Flask) -> None:
    """Add the scheduler's commands to the group that operators use."""
    group = app.cli.commands["fcr"]
    group.add_command(scheduler)  # type: ignore[attr-defined]  # it is a group: fcr_app.cli makes it
    group.add_command(jobs)  # type: ignore[attr-defined]
