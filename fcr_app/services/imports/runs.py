"""One import from start to end, in batches that are saved one by one.

Each batch moves ``rows_done`` in the transaction that writes its rows. So an import that was
interrupted goes on exactly where it stopped, and two processes can't both do the same batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import CursorResult, delete, insert, update
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound, SomeoneElseChangedIt
from fcr_app.models import ImportFile, ImportProblem, ImportRun
from fcr_app.services.imports.batch import Origin
from fcr_app.services.imports.file import CsvFile, Record as FileRecord
from fcr_app.services.imports.kinds import KINDS, ImportKind
from fcr_app.services.imports.mapping import FileMapping
from fcr_app.services.imports.reading import Problem
from fcr_app.services.imports.rows import RowReader
from fcr_app.services.log import Record, record_change

#: Rows that are saved together: few enough for others to write in between.
BATCH_SIZE = 1000
LONGEST_SOURCE = 40
_ENCODING_REMARKS = {
    "cp1252": "The file is not UTF-8; it was read as Windows text.",
    "utf-16": "The file was read as UTF-16.",
    "utf-16-le": "The file was read as UTF-16.",
    "utf-16-be": "The file was read as UTF-16.",
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants imported.

    Attributes:
        file_id: The uploaded file; None for a file on the operator's disk.
    """

    file: CsvFile
    mapping_name: str
    mapping: FileMapping
    dry_run: bool
    file_id: int | None = None


def begin(session: Session, actor: Actor, wanted: Wanted, *, now: datetime) -> int:
    """Note an import that is about to start; return its id.

    Raises:
        BadFile: If the file lacks a column that the mapping names.
    """
    wanted.mapping.check_headings(wanted.file.headings)
    remarks = wanted.mapping.remarks()
    if wanted.file.encoding in _ENCODING_REMARKS:
        remarks.append(_ENCODING_REMARKS[wanted.file.encoding])
    run = ImportRun(
        kind=wanted.mapping.kind,
        mapping_name=wanted.mapping_name,
        mapping=wanted.mapping.to_json(),
        file_id=wanted.file_id,
        file_name=wanted.file.name,
        file_hash=wanted.file.digest,
        dry_run=wanted.dry_run,
        state="waiting",
        rows_total=sum(1 for _ in wanted.file.records()),
        remarks="\n".join(remarks),
        started_by_id=actor.id or None,
        started_at=now,
        moved_at=now,
    )
    session.add(run)
    session.flush()
    return run.id


@dataclass
class Importer:
    """Takes the batches of one import."""

    run_id: int
    file: CsvFile
    kind: ImportKind
    reader: RowReader[Any, Any]
    source: str
    dry_run: bool
    rows_total: int
    rows_done: int

    @classmethod
    def open(cls, session: Session, run_id: int, file: CsvFile, *, now: datetime) -> Self:
        """Start an import, or go on with one that was interrupted.

        Raises:
            NotFound: If there is no such import, or it is over.
        """
        run = session.get(ImportRun, run_id)
        if run is None or run.state == "done":
            raise NotFound("There is no such import, or it is over.")
        run.state = "running"
        run.moved_at = now
        kind = KINDS[run.kind]
        mapping = kind.mapping.from_json(run.mapping)
        return cls(
            run_id=run.id,
            file=file,
            kind=kind,
            reader=kind.open_reader(session, mapping, file.headings, now),
            source=(run.mapping_name or run.file_name)[:LONGEST_SOURCE],
            dry_run=run.dry_run,
            rows_total=run.rows_total,
            rows_done=run.rows_done,
        )

    def batches(self) -> Iterator[Sequence[FileRecord]]:
        """Give the rows that are still to be taken, a batch at a time."""
        batch: list[FileRecord] = []
        done = self.rows_done
        for number, record in enumerate(self.file.records()):
            if number < done:
                self.reader.skip(record)
                continue
            batch.append(record)
            if len(batch) == BATCH_SIZE:
                yield batch
                batch = []
        if batch:
            yield batch

    def take(
        self, session: Session, actor: Actor, batch: Sequence[FileRecord], *, now: datetime
    ) -> int:
        """Take one batch; return how many rows are done.

        Raises:
            SomeoneElseChangedIt: If another process is going on with this import.
        """
        self._claim(session, len(batch), now)
        rows: list[Any] = []
        problems: list[Problem] = []
        for record in batch:
            row, wrong = self.reader.read(record)
            problems += wrong
            if row is not None:
                rows.append(row)
        origin = Origin(actor=actor, source=self.source, now=now, dry_run=self.dry_run)
        stored = self.kind.store(session, rows, origin)
        _keep_problems(session, self.run_id, [*problems, *stored.problems])
        session.execute(
            update(ImportRun)
            .where(ImportRun.id == self.run_id)
            .values(
                added_count=ImportRun.added_count + stored.added_count,
                changed_count=ImportRun.changed_count + stored.changed_count,
                unchanged_count=ImportRun.unchanged_count + stored.unchanged_count,
                refused_count=ImportRun.refused_count + len(batch) - len(rows),
            )
        )
        self.rows_done += len(batch)
        return self.rows_done

    def _claim(self, session: Session, count: int, now: datetime) -> None:
        claimed = session.execute(
            update(ImportRun)
            .where(
                ImportRun.id == self.run_id,
                ImportRun.rows_done == self.rows_done,
                ImportRun.state == "running",
            )
            .values(rows_done=self.rows_done + count, moved_at=now)
        )
        if not isinstance(claimed, CursorResult) or claimed.rowcount != 1:
            raise SomeoneElseChangedIt("This import is going on elsewhere.")


def wake(session: Session, run_id: int, *, now: datetime) -> None:
    """Note that somebody is about to go on with an import that stood still."""
    session.execute(
        update(ImportRun)
        .where(ImportRun.id == run_id, ImportRun.state != "done")
        .values(state="running", moved_at=now)
    )


def finish(session: Session, actor: Actor, run_id: int, *, now: datetime) -> None:
    """Note that an import is over; forget the uploaded file once its rows are in."""
    run = session.get_one(ImportRun, run_id, populate_existing=True)
    run.state = "done"
    run.ended_at = run.moved_at = now
    if run.dry_run:
        return
    session.execute(delete(ImportFile).where(ImportFile.id == run.file_id))
    record_change(
        session,
        actor,
        "import:run",
        Record.IMPORT,
        run.id,
        now=now,
        verb="collection",
        detail=f"{run.added_count} added, {run.changed_count} changed, {run.refused_count} refused",
    )


def fail(session: Session, run_id: int) -> None:
    """Note that an import stopped on an error; it can be gone on with."""
    session.execute(
        update(ImportRun)
        .where(ImportRun.id == run_id, ImportRun.state != "done")
        .values(state="failed")
    )


def _keep_problems(session: Session, run_id: int, problems: Sequence[Problem]) -> None:
    if problems:
        session.execute(
            insert(ImportProblem.__table__),  # type: ignore[arg-type] # a mapped class's table is a Table
            [
                {
                    "run_id": run_id,
                    "line": problem.line,
                    "column": problem.column,
                    "value": problem.value,
                    "reason": problem.reason[:300],
                }
                for problem in sorted(problems, key=lambda problem: problem.line)
            ],
        )
