"""``fcr offences``: the offences that a crime may be recorded as."""

from pathlib import Path

import click
from flask.cli import AppGroup

from fcr_app import clock
from fcr_app.cli.operator import operator, plain_errors
from fcr_app.services.offences import OffencesLoaded, import_ods, load_shipped
from fcr_app.services.transaction import transaction

offences = AppGroup("offences", help="Load the offences that a crime may be recorded as.")


@offences.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@plain_errors
def import_list(file: Path) -> None:
    """Take the Home Office notifiable offence list from the published ODS FILE."""
    with transaction() as session:
        loaded = import_ods(session, operator(), file, now=clock.now())
    for remark in loaded.remarks:
        click.echo(remark)
    click.echo(
        f"The list has {loaded.row_count:,} rows, {loaded.current_row_count:,} of them in force; "
        "offences worded for several acts have several rows."
    )
    _say(loaded)


@offences.command("load-shipped")
@plain_errors
def load_short_list() -> None:
    """Load the short list that comes with the service; change nothing that is there."""
    with transaction() as session:
        _say(load_shipped(session, operator(), now=clock.now()))


def _say(loaded: OffencesLoaded) -> None:
    click.echo(
        f"{loaded.added_count:,} offences added, {loaded.changed_count:,} changed, "
        f"{loaded.unchanged_count:,} as before."
    )
