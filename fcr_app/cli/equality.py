"""``fcr equality``: code lists as data, and what the labels of another system mean."""

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from fcr_app import clock
from fcr_app.cli.operator import operator, plain_errors
from fcr_app.domain.equality.items import Item
from fcr_app.domain.london import to_london
from fcr_app.services.equality.code_lists import NewCode, add_code, values_on
from fcr_app.services.equality.label_report import LabelReport, report_labels
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.transaction import transaction

equality = AppGroup("equality", help="Code lists about victims, and labels of other systems.")

WITH_A_LIST = click.Choice([item.value for item in Item if item is not Item.AGE])


@equality.command("labels")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--column", required=True, help="Heading of the column.")
@click.option("--item", type=WITH_A_LIST, default=Item.ETHNICITY.value, help="What it tells of.")
@plain_errors
def labels(file: Path, column: str, item: str) -> None:
    """Say what each label in a column of a CSV FILE means. Nothing is imported or changed."""
    source = CsvFile.from_path(file)
    with transaction() as session:
        listed = values_on(session, Item(item), to_london(clock.now()).date())
    report = report_labels(source, column, Item(item), listed)
    _say(report)
    if report.unknown:
        raise click.ClickException("Labels are unknown. They would be left out, never guessed.")


def _say(report: LabelReport) -> None:
    for line in report.known:
        click.echo(f"{line.count:>8,}  {line.label}  →  {line.means}")
    if report.blank:
        click.echo(f"{report.blank:>8,}  (blank)  →  nothing: no answer is entered")
    if report.unreadable:
        click.echo(f"{report.unreadable:>8,}  (rows that can’t be read)")
    for line in report.unknown:
        where = ", ".join(f"{number:,}" for number in line.lines)
        click.echo(f"{line.count:>8,}  {line.label}  →  UNKNOWN, first on lines {where}")
    click.echo(f"{report.rows:>8,}  rows, {report.accounted_for:,} of them accounted for")


@equality.command("add-code")
@click.option("--item", type=WITH_A_LIST, required=True, help="The list.")
@click.option("--code", required=True)
@click.option("--label", required=True, help="In English.")
@click.option("--label-cy", required=True, help="In Welsh.")
@click.option("--group", required=True, help="What statistics count it as.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Its first day.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Its last day, if it has one.")
@click.option("--write-in", is_flag=True, help="People may add their own words.")
@click.option("--source", required=True, help="Who decided it, and where.")
@plain_errors
def add(  # noqa: PLR0913, PLR0917 - a code has this many parts, and click names them
    item: str,
    code: str,
    label: str,
    label_cy: str,
    group: str,
    since: datetime,
    until: datetime | None,
    source: str,
    *,
    write_in: bool,
) -> None:
    """Add a value to a list from a day on. To end a value, add it again with --until."""
    new = NewCode(
        item=Item(item),
        code=code,
        label=label,
        label_cy=label_cy,
        group=group,
        since_on=_day(since),
        until_on=_day(until) if until else None,
        write_in=write_in,
        source=source,
    )
    with transaction() as session:
        add_code(session, operator(), new, now=clock.now())
    click.echo(f"{code} can be chosen from {new.since_on:%-d %B %Y}.")


def _day(moment: datetime) -> date:
    return moment.date()
