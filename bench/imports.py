"""Import rows a second: a records system's file, taken as ``fcr crimes import`` takes it."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import click
from sqlalchemy import select

from bench.figures import Figure, rate
from fcr_app import clock
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import ImportRun, Person, Unit
from fcr_app.services.crime_import.mapping import ColumnMapping
from fcr_app.services.demo_load_crimes import MIX
from fcr_app.services.imports.file import CsvFile
from fcr_app.services.imports.runs import Importer, Wanted, begin, finish
from fcr_app.services.transaction import transaction

HEADINGS = (
    "Crime no", "Incident", "Reported", "Recorded", "Class", "Code", "Unit", "OIC", "Victim",
    "Location", "DA",
)  # fmt: skip
MAPPING = {
    "columns": {
        "crime_number": "Crime no",
        "incident_reference": "Incident",
        "reported_at": "Reported",
        "recorded_at": "Recorded",
        "offence_class": "Class",
        "offence_code": "Code",
        "unit": "Unit",
        "location": "Location",
    },
    "people": [{"column": "OIC", "part": Part.OFFICER_IN_CASE.value}],
    "victims": [{"name": "Victim"}],
    "flags": {"domestic_abuse": "DA"},
}


def measure_import(count: int) -> Iterator[Figure]:
    """Take a file, then the same file again, which changes nothing."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "crimes.csv"
        _write(path, count)
        for what in (f"Import of {count:,} rows", "The same file again"):
            began = perf_counter()
            _take(path)
            yield Figure(what=what, value=rate(count, perf_counter() - began))


def _write(path: Path, count: int) -> None:
    rng = Random(1)  # noqa: S311 - the same file every time
    with transaction() as session:
        units = session.scalars(select(Unit.name).order_by(Unit.id)).all()
        people = session.scalars(select(Person.staff_number).order_by(Person.id)).all()
    start = datetime(2026, 6, 1, tzinfo=UTC)
    offences = list(MIX)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(count):
            reported = start + timedelta(minutes=number % 200_000)
            recorded = reported + timedelta(minutes=rng.randrange(5, 1400))
            writer.writerow(
                [
                    f"IMP/{number:07}", f"IMPI-{number:07}", f"{reported:%d/%m/%Y %H:%M}",
                    f"{recorded:%d/%m/%Y %H:%M}", *rng.choice(offences), rng.choice(units),
                    rng.choice(people), f"Demo Victim {number}", f"{number % 200} Demo Street",
                    "Y" if number % 7 == 0 else "N",
                ]
            )  # fmt: skip


def _take(path: Path) -> None:
    source, mapping = CsvFile.from_path(path), ColumnMapping.from_json(MAPPING)
    wanted = Wanted(file=source, mapping_name="bench", mapping=mapping, dry_run=False)
    with transaction() as session:
        run_id = begin(session, SYSTEM_ACTOR, wanted, now=clock.now())
    with transaction() as session:
        importer = Importer.open(session, run_id, source, now=clock.now())
    for batch in importer.batches():
        with transaction() as session:
            importer.take(session, SYSTEM_ACTOR, batch, now=clock.now())
    with transaction() as session:
        finish(session, SYSTEM_ACTOR, run_id, now=clock.now())
        refused = session.get_one(ImportRun, run_id).refused_count
    if refused:
        raise click.ClickException(f"{refused:,} rows were refused.")
