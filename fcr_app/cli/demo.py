"""Commands for the demonstration: ``flask --app wsgi fcr demo``."""

from datetime import datetime

import click
from flask.cli import AppGroup

from fcr_app import clock
from fcr_app.cli.operator import operator, plain_errors
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Role
from fcr_app.services import demo as service
from fcr_app.services.demo_audits import add_audits
from fcr_app.services.demo_force import DEMO_PASSWORD, sign_ins
from fcr_app.services.demo_inspection import load_inspection
from fcr_app.services.demo_load import Plan, load
from fcr_app.services.demo_load_people import email_of
from fcr_app.services.demo_year import add_year
from fcr_app.services.demo_year_reports import add_reports
from fcr_app.services.transaction import transaction

demo = AppGroup("demo", help="Try the service with a force that does not exist.")


@demo.command("seed")
@plain_errors
def seed() -> None:
    """Add the demonstration force, with cases in every state. Twice changes nothing."""
    with transaction() as session:
        now = clock.now()
        seeded = service.seed(session, operator(), now=now)
        items = add_year(session, now=now) if seeded.people else 0
        closed = add_reports(session, now=now) if seeded.people else 0
        if seeded.people:
            add_audits(session, operator(), now=now)
    if seeded.people:
        click.echo(
            f"The demonstration force is there: {seeded.people} people, {seeded.crimes} crimes, "
            f"{seeded.cases} cases, {seeded.incidents} reports of crime, and a year in which "
            f"feedback was given {items} times and {closed:,} more reports were closed."
        )
    else:
        click.echo("The demonstration force was there already. Nothing was changed.")
    _print_sign_ins()


@demo.command("load")
@click.option("--crimes", type=click.IntRange(min=1), required=True, help="How many crimes.")
@click.option(
    "--open-cases", type=click.IntRange(min=0), help="How many open cases; a tenth of the crimes."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same makes the same.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the force is so; today."
)
@plain_errors
def load_force(crimes: int, open_cases: int | None, seed: int, on: datetime | None) -> None:
    """Make a force of any size, to measure on. The same choices make the same force."""
    now = clock.now()
    if open_cases is None:
        open_cases = crimes // 10
    if open_cases > crimes:
        raise click.UsageError("Each crime has one open case at most: ask for more crimes.")
    plan = Plan(
        crimes=crimes,
        open_cases=open_cases,
        seed=seed,
        on=on.date() if on else to_london(now).date(),
    )
    rows = 0
    with (
        transaction() as session,
        click.progressbar(length=crimes, label="Loading crimes") as progress,
    ):
        for come in load(session, operator(), plan, now=now):
            progress.update(come.crimes - progress.pos)
            rows = come.rows
    click.echo(
        f"{crimes:,} crimes, {open_cases:,} open cases, {rows:,} rows. Sign in as "
        f"{email_of(Role.DDM, 1)}, {email_of(Role.OFFICER, 1)} or {email_of(Role.FCR, 1)} "
        f"with {DEMO_PASSWORD}."
    )


@demo.command("inspection-2018")
@plain_errors
def inspection() -> None:
    """Load a published inspection as audits, whose reports print what it printed."""
    now = clock.now()
    with transaction() as session:
        service.seed(session, operator(), now=now)
    with (
        transaction() as session,
        click.progressbar(length=1, label="Examining the records") as progress,
    ):

        def tell(done: int, of_all: int) -> None:
            progress.length = of_all
            progress.update(done - progress.pos)

        loaded = load_inspection(session, now=now, tell=tell)
    if not loaded.references:
        click.echo("The inspection was there already. Nothing was changed.")
        return
    click.echo(
        f"{len(loaded.references)} audits are signed off, {loaded.references[0]} first, after "
        f"{loaded.reviews:,} reviews. Their reports were asked for, and are made by: "
        "flask --app wsgi fcr jobs run make-reports"
    )


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
