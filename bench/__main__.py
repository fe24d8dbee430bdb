"""``script/bench``: measure, print the table, keep it in docs/performance.md."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
from sqlalchemy import text

from bench.browsers import measure_http
from bench.databases import ENGINES, POSTGRESQL, database
from bench.figures import Figure, machine, table
from bench.force import application_on, measure_load, measure_verify
from bench.imports import measure_import
from bench.pages import measure_pages
from bench.steps import measure_steps
from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.extensions import db

REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
Measure = Callable[[], Iterator[Figure]]
PARTS = ("verify", "pages", "steps", "http", "import")
BEGINS, ENDS = "<!-- figures -->", "<!-- /figures -->"


@click.command()
@click.option("--crimes", type=click.IntRange(min=100), default=120_000, show_default=True)
@click.option("--open-cases", type=click.IntRange(min=50), default=100_000, show_default=True)
@click.option("--steps", type=click.IntRange(min=20), default=3_000, show_default=True)
@click.option("--rows", type=click.IntRange(min=1), default=20_000, show_default=True)
@click.option("--engine", "engines", type=click.Choice(ENGINES), multiple=True, default=ENGINES)
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, default=PARTS)
@click.option("--keep", is_flag=True, help="Write the table into docs/performance.md.")
def bench(  # noqa: PLR0913 - one for each option
    *,
    crimes: int,
    open_cases: int,
    steps: int,
    rows: int,
    engines: tuple[str, ...],
    parts: tuple[str, ...],
    keep: bool,
) -> None:
    """Measure the service on a loaded force, on throw-away databases."""
    figures: dict[str, list[Figure]] = {}
    postgresql = ""
    for engine in engines:
        click.echo(engine, err=True)
        with database(engine) as url, application_on(url) as app:
            if engine == POSTGRESQL:
                postgresql = _postgresql()
            measures: dict[str, Measure] = {
                "load": partial(measure_load, crimes, open_cases),
                "verify": measure_verify,
                "pages": partial(measure_pages, app),
                "steps": partial(measure_steps, steps),
                "http": partial(measure_http, url, steps),
                "import": partial(measure_import, rows),
            }
            figures[engine] = list(_run(measures, ("load", *parts)))
    said = f"{table(figures)}\n\n{machine(postgresql, today=to_london(clock.now()).date())}"
    command = " ".join(["script/bench", *sys.argv[1:]])
    said = f"{said}\nCommand: `{command}` ({crimes:,} crimes, {open_cases:,} open cases)."
    click.echo(said)
    if keep:
        _keep(said)


def _run(measures: dict[str, Measure], parts: tuple[str, ...]) -> Iterator[Figure]:
    for part, measure in measures.items():
        if part in parts:
            for figure in measure():
                click.echo(f"  {figure.what}: {figure.value}", err=True)
                yield figure


def _postgresql() -> str:
    version = db.session.execute(text("SHOW server_version")).scalar_one()
    db.session.rollback()
    return f"PostgreSQL {str(version).split()[0]}"


def _keep(said: str) -> None:
    """Put the table into the report, between its two marks."""
    report = REPORT.read_text(encoding="utf-8")
    before, _, rest = report.partition(BEGINS)
    after = rest.partition(ENDS)[2]
    REPORT.write_text(f"{before}{BEGINS}\n{said}\n{ENDS}{after}", encoding="utf-8")


if __name__ == "__main__":
    bench()
