"""``fcr history``: prove that no case's history was changed."""

import time

import click
from flask.cli import AppGroup

from fcr_app.services.history import Walked, verify
from fcr_app.services.transaction import snapshot

history = AppGroup("history", help="Prove that no case's history was changed.")

#: Seconds between two lines of progress.
_SAY_EVERY = 1.0


@history.command("verify")
def verify_all() -> None:
    """Walk every history; name the first broken row, and end with 1 if there is one."""
    began = said = time.monotonic()
    walked = Walked(rows=0, cases=0)
    with snapshot() as session:
        for walked in verify(session):
            if time.monotonic() - said > _SAY_EVERY:
                said = time.monotonic()
                click.echo(f"{walked.rows:,} steps of {walked.cases:,} cases ...", err=True)
    if walked.broken:
        raise click.ClickException(f"The history is broken. {walked.broken}")
    seconds = max(time.monotonic() - began, 0.001)
    click.echo(
        f"{walked.rows:,} steps of {walked.cases:,} cases verified in {seconds:.1f} seconds "
        f"({walked.rows / seconds:,.0f} a second). All are as they were written."
    )
