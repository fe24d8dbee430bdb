"""``fcr rules``: which rules of the handbook the code carries out, and where."""

from pathlib import Path

import click
from flask.cli import AppGroup

from fcr_app.cli.docs import DOCS
from fcr_app.domain.handbook import FAMILIES
from fcr_app.reports.rules_coverage import coverage, faults, narrowed
from fcr_app.reports.rules_coverage_page import COVERAGE_PAGE, as_markdown, as_text

rules = AppGroup("rules", help="See what the code does about the rules of the handbook.")


@rules.command("coverage")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help=f"Print it, or write {COVERAGE_PAGE}.",
)
@click.option(
    "--family",
    "letters",
    type=click.Choice([family.letters for family in FAMILIES], case_sensitive=False),
    help="Print one family of rules only.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=DOCS,
    show_default="docs",
    help="Write the page into this folder instead.",
)
def show_coverage(form: str, letters: str | None, into: Path) -> None:
    """List every rule with its place in the code, or the reason why it has none.

    Ends with 1 where the list and the code contradict each other.
    """
    if form == "markdown":
        (into / COVERAGE_PAGE).write_text(as_markdown(coverage()), encoding="utf-8")
        click.echo(COVERAGE_PAGE)
    else:
        click.echo(as_text(narrowed(coverage(), letters=letters or "")))
    if found := faults():
        raise click.ClickException("\n".join(("The list and the code differ.", *found)))
