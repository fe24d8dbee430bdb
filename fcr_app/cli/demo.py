"""Commands for the demonstration: ``flask --app wsgi fcr demo``."""

import click
from flask.cli import AppGroup

from fcr_app import clock
from fcr_app.cli.operator import operator, plain_errors
from fcr_app.services import demo as service
from fcr_app.services.demo_force import DEMO_PASSWORD, sign_ins
from fcr_app.services.transaction import transaction

demo = AppGroup("demo", help="Try the service with a force that does not exist.")


@demo.command("seed")
@plain_errors
def seed() -> None:
    """Add the demonstration force, with cases in every state. Twice changes nothing."""
    with transaction() as session:
        seeded = service.seed(session, operator(), now=clock.now())
    if seeded.people:
        click.echo(
            f"The demonstration force is there: {seeded.people} people, {seeded.crimes} crimes, "
            f"{seeded.cases} cases."
        )
    else:
        click.echo("The demonstration force was there already. Nothing was changed.")
    _print_sign_ins()


def _print_sign_ins() -> None:
    """Print who can sign in, as a table."""
    rows = [("Role", "E-mail", "Password")]
    for person in sign_ins():
        role = ", ".join(role.label for role in person.roles)
        remark = f" ({person.remark})" if person.remark else ""
        rows.append((f"{role}{remark}", person.email, DEMO_PASSWORD))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    rows.insert(1, ("-" * widths[0], "-" * widths[1], "-" * widths[2]))
    click.echo()
    for row in rows:
        click.echo("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip())
