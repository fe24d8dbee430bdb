"""``fcr setup``: makes an empty database a force's own."""

from typing import TextIO

import click
from flask.cli import with_appcontext

from fcr_app import clock
from fcr_app.cli.operator import operator, plain_errors
from fcr_app.domain.passwords import SHORTEST
from fcr_app.services.setup import FirstAdministrator, check_password, require_new, set_up
from fcr_app.services.transaction import transaction


@click.command("setup")
@click.option("--force-name", help="The force's name, as people know it.")
@click.option("--name", help="The first administrator's full name.")
@click.option("--staff-number", help="Their staff number.")
@click.option("--email", help="The e-mail address they sign in with.")
@click.option(
    "--password-file",
    type=click.File(encoding="utf-8"),
    help="A file whose first line is their password; - for standard input.",
)
@with_appcontext
@plain_errors
def setup(
    force_name: str | None,
    name: str | None,
    staff_number: str | None,
    email: str | None,
    password_file: TextIO | None,
) -> None:
    """Set up a new force: its name, its first administrator, bank holidays, offences.

    Asks for whatever the options leave out.
    """
    with transaction() as session:
        require_new(session)
    force_name = force_name or click.prompt("Name of the force")
    administrator = FirstAdministrator(
        name=name or click.prompt("First administrator’s full name"),
        staff_number=staff_number or click.prompt("Their staff number"),
        email=email or click.prompt("Their e-mail address"),
        password=_password(password_file),
    )
    check_password(administrator, force_name)
    with transaction() as session:
        done = set_up(session, operator(), force_name, administrator, now=clock.now())
    click.echo(
        f"{force_name} is set up, with {done.holiday_count:,} bank holidays and "
        f"{done.offence_count:,} offences. Sign in as {administrator.email} to add people.\n"
        "For the Home Office's full list of offences: flask --app wsgi fcr offences import FILE"
    )


def _password(file: TextIO | None) -> str:
    """Read the password from a file, or ask for it twice; never from the command line."""
    if file:
        return file.readline().rstrip("\r\n")
    asked: str = click.prompt(
        f"Their password, {SHORTEST} characters or more",
        hide_input=True,
        confirmation_prompt="The same password again",
    )
    return asked
