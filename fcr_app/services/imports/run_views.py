"""What the pages about imports show: the list, one import, its problems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import ImportProblem, ImportRun, Person
from fcr_app.services.imports.kinds import KINDS
from fcr_app.services.imports.reading import Problem
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import PAGE_SIZE, Cursor, Order, Page, cut, page_of_ids

#: An import that has not moved for so long has lost its process.
STOPPED_AFTER = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class RunView:
    """One import.

    Attributes:
        stopped: It is not over, and nothing is working on it.
        file_kept: The uploaded file is still there to be imported.
    """

    id: int
    kind: str
    kind_label: str
    file_name: str
    mapping_name: str
    dry_run: bool
    state: str
    rows_total: int
    rows_done: int
    added_count: int
    changed_count: int
    unchanged_count: int
    refused_count: int
    remarks: Sequence[str]
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    stopped: bool
    file_id: int | None

    @property
    def over(self) -> bool:
        """Whether every row was looked at."""
        return self.state == "done"

    @property
    def percent(self) -> int:
        """How far it is."""
        return self.rows_done * 100 // self.rows_total if self.rows_total else 100


@dataclass(frozen=True, kw_only=True)
class Problems:
    """One page of what could not be taken.

    Attributes:
        before: Id to look before, for the page before; 0 on the first.
        after: Id to look after, for the page after; 0 on the last.
    """

    rows: Sequence[Problem]
    before: int = 0
    after: int = 0


_RUN = select(ImportRun, Person.name.label("started_by")).outerjoin(
    Person, Person.id == ImportRun.started_by_id
)
_ORDER = Order(ImportRun.started_at, ImportRun.id, newest_first=True)


def list_runs(session: Session, cursor: Cursor | None, *, now: datetime) -> Page[RunView]:
    """Return one page of the imports from files, the newest first."""
    cursor = _ORDER.place(cursor)
    found = page_of_ids([ImportRun.kind.in_(KINDS)], _ORDER, cursor).subquery()
    down = _ORDER.by(cursor)
    order = (ImportRun.started_at, ImportRun.id)
    rows = session.execute(
        _RUN.join(found, found.c.id == ImportRun.id).order_by(
            *(key.desc() if down else key.asc() for key in order)
        )
    ).all()
    return cut([(Cursor(r[0].started_at, r[0].id), _view(r, now)) for r in rows], cursor)


def see_run(session: Session, run_id: int, *, now: datetime) -> RunView:
    """Return one import.

    Raises:
        NotFound: If there is none.
    """
    row = session.execute(_RUN.where(ImportRun.id == run_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such import.")
    return _view(row, now)


def _view(row: Row[ImportRun, str], now: datetime) -> RunView:
    run = row[0]
    return RunView(
        id=run.id,
        kind=run.kind,
        kind_label=KINDS[run.kind].label,
        file_name=run.file_name,
        mapping_name=run.mapping_name,
        dry_run=run.dry_run,
        state=run.state,
        rows_total=run.rows_total,
        rows_done=run.rows_done,
        added_count=run.added_count,
        changed_count=run.changed_count,
        unchanged_count=run.unchanged_count,
        refused_count=run.refused_count,
        remarks=run.remarks.splitlines(),
        started_by=row.started_by or "An operator",
        started_at=run.started_at,
        ended_at=run.ended_at,
        stopped=run.state == "failed"
        or (run.state != "done" and now - run.moved_at > STOPPED_AFTER),
        file_id=run.file_id,
    )


def see_problems(  # noqa: PLR0913 - whose, of what, which page, and when
    session: Session, actor: Actor, run_id: int, *, after: int, before: int, now: datetime
) -> Problems:
    """Return one page of an import's problems, and log the look: they quote the file."""
    wanted = select(ImportProblem).where(ImportProblem.run_id == run_id)
    if before:
        wanted = wanted.where(ImportProblem.id < before).order_by(ImportProblem.id.desc())
    else:
        wanted = wanted.where(ImportProblem.id > after).order_by(ImportProblem.id)
    found = session.scalars(wanted.limit(PAGE_SIZE + 1)).all()
    kept = list(found[:PAGE_SIZE])
    more = len(found) > PAGE_SIZE
    if before:
        kept.reverse()
    if kept:
        record_view(session, actor, "import:problems", Record.IMPORT, run_id, now=now)
    earlier, later = (more, True) if before else (bool(after), more)
    return Problems(
        rows=[_problem(entry) for entry in kept],
        before=kept[0].id if kept and earlier else 0,
        after=kept[-1].id if kept and later else 0,
    )


def count_problems(session: Session, run_id: int, *, most: int) -> int:
    """Count an import's problems, up to ``most`` and one more."""
    some = select(ImportProblem.id).where(ImportProblem.run_id == run_id).limit(most + 1)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def take_problems(
    session: Session, actor: Actor, run_id: int, *, now: datetime
) -> Iterator[Problem]:
    """Return every problem of an import, and log that a copy was handed over."""
    see_run(session, run_id, now=now)
    record_view(
        session,
        actor,
        "import:problems-download",
        Record.IMPORT,
        run_id,
        now=now,
        recipient=actor.name,
    )
    entries = session.scalars(
        select(ImportProblem).where(ImportProblem.run_id == run_id).order_by(ImportProblem.id)
    )
    return (_problem(entry) for entry in entries)


def _problem(entry: ImportProblem) -> Problem:
    return Problem(line=entry.line, column=entry.column, value=entry.value, reason=entry.reason)
