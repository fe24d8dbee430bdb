"""``fcr crimes`` and ``fcr incidents``: crimes and reports from another system's files."""

from pathlib import Path

import click
from flask.cli import AppGroup

from fcr_app import clock
from fcr_app.cli.operator import operator, plain_errors
from fcr_app.errors import InvalidValue
from fcr_app.reports.import_problems import problems_csv
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.imports.kinds import CRIMES, INCIDENTS, ImportKind
from fcr_app.services.imports.mappings import (
    find_mapping,
    keep_mapping,
    mapping_names,
    read_mapping_file,
)
from fcr_app.services.imports.run_views import see_problems, see_run, take_problems
from fcr_app.services.imports.runs import Importer, Wanted, begin, fail, finish
from fcr_app.services.transaction import transaction


def group(kind: ImportKind) -> AppGroup:
    """Return the commands for one kind of file."""
    what = kind.label[:1].lower() + kind.label[1:]
    made = AppGroup(kind.key, help=f"Take {what} from another system.")

    @made.command("import")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--mapping", required=True, help="Name of the mapping of its columns.")
    @click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
    @plain_errors
    def import_file(file: Path, mapping: str, dry_run: bool) -> None:
        """Take what is in a CSV FILE. The same file twice changes nothing."""
        _import(kind, file, mapping, dry_run=dry_run)

    @made.command("problems")
    @click.argument("import_id", type=int)
    @plain_errors
    def list_problems(import_id: int) -> None:
        """Print what an import could not take, as CSV."""
        with transaction() as session:
            found = take_problems(session, operator(), import_id, now=clock.now())
            for line in problems_csv(found):
                click.echo(line, nl=False)

    @made.command("keep-mapping")
    @click.argument("name")
    @click.argument("file", type=click.Path(path_type=Path))
    @plain_errors
    def keep_mapping_file(name: str, file: Path) -> None:
        """Keep the mapping in a JSON FILE under a NAME for the next import."""
        mapping = read_mapping_file(file, kind.key)
        with transaction() as session:
            keep_mapping(session, operator(), name, mapping, now=clock.now())
        click.echo(f"Kept as {name}.")

    @made.command("mappings")
    def list_mappings() -> None:
        """Print the names of the mappings there are."""
        with transaction() as session:
            for name in mapping_names(session, kind.key):
                click.echo(name)

    return made


def _import(kind: ImportKind, file: Path, mapping: str, *, dry_run: bool) -> None:
    source = CsvFile.from_path(file)
    with transaction() as session:
        columns = find_mapping(session, mapping)
        if columns.kind != kind.key:
            raise InvalidValue(f"The mapping {mapping} is not for {kind.label.lower()}.")
        wanted = Wanted(file=source, mapping_name=mapping, mapping=columns, dry_run=dry_run)
        run_id = begin(session, operator(), wanted, now=clock.now())
    try:
        _run(run_id, source)
    except BaseException:
        with transaction() as session:
            fail(session, run_id)
        raise
    _say(kind, run_id)


def _run(run_id: int, source: CsvFile) -> None:
    actor = operator()
    with transaction() as session:
        importer = Importer.open(session, run_id, source, now=clock.now())
    with click.progressbar(length=importer.rows_total, label="Rows") as bar:
        for batch in importer.batches():
            with transaction() as session:
                importer.take(session, actor, batch, now=clock.now())
            bar.update(len(batch))
    with transaction() as session:
        finish(session, actor, run_id, now=clock.now())


def _say(kind: ImportKind, run_id: int) -> None:
    now = clock.now()
    with transaction() as session:
        run = see_run(session, run_id, now=now)
        problems = see_problems(session, operator(), run_id, after=0, before=0, now=now)
    for remark in run.remarks:
        click.echo(remark)
    for problem in problems.rows:
        click.echo(f"Line {problem.line}, {problem.column}: {problem.value!r}. {problem.reason}")
    if problems.after:
        click.echo(f"There are more. All of them: fcr {kind.key} problems {run_id} > FILE.csv")
    would = "Nothing was changed. It would be: " if run.dry_run else ""
    click.echo(
        f"{would}{run.added_count:,} added, {run.changed_count:,} changed, "
        f"{run.unchanged_count:,} as before, {run.refused_count:,} of {run.rows_total:,} rows "
        "not taken."
    )


crimes = group(CRIMES)
incidents = group(INCIDENTS)
