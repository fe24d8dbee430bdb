"""Lists from other systems that audits draw from: read, checked line by line, kept as they came."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import Span, period_before
from fcr_app.domain.audits.words import Frame
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import BadFile, InvalidValue, InvalidValues, PermissionRefused
from fcr_app.models import AuditList, AuditRun, Person
from fcr_app.services.audits.due import DueLine, lines_over
from fcr_app.services.audits.preparing import line_to_open
from fcr_app.services.imports.file import CsvFile, Record as Row
from fcr_app.services.log import Record, record_change
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor

MOST_ROWS = 50_000
LONGEST_REFERENCE, LONGEST_STRATUM, LONGEST_VALUE = 80, 60, 500
MOST_COLUMNS = 30
#: More than this many problems are told as a number.
MOST_TOLD = 10
#: What the columns that we look at are called, in lower case.
REFERENCE = ("reference", "ref", "number", "crime number", "record")
STRATUM = ("stratum", "group", "divided by")
NOT_YOURS = "Only the FCR and deputies send in a list."
NEWEST = Order(AuditList.sent_at, AuditList.id, newest_first=True)


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One list that was sent in.

    Attributes:
        run: The audit that was drawn from it; empty where none was yet.
    """

    id: int
    name: str
    line_key: str
    span: Span
    sent_at: datetime
    sent_by: str
    row_count: int
    hash: str
    run: str


def lists_wanted(session: Session, now: datetime) -> list[DueLine]:
    """Return the audits that draw from a list and were not drawn, for days that are over."""
    over = lines_over(session, to_london(now).date())
    return [one for one in over if one.frame == Frame.LISTED.value]


def send_list(  # noqa: PLR0913 - who, for which audit, which days, what file, and when
    session: Session,
    actor: Actor,
    line_id: int,
    due_on: date,
    *,
    name: str,
    content: bytes,
    now: datetime,
) -> AuditList:
    """Keep a list for an audit and the days that it is about on a day.

    A later list for the same days takes the place of an earlier one that was not drawn from; both
    are kept.

    Raises:
        PermissionRefused: If this person may not.
        NotFound: If there is no such audit.
        InvalidValue: If the audit draws from no list, or the file is none.
        InvalidValues: With the line of each row that can't be taken.
    """
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused(NOT_YOURS)
    line = line_to_open(session, line_id)
    if line.frame != Frame.LISTED.value:
        raise InvalidValue("This audit does not draw from a list.", field="audit")
    span = period_before(due_on, line.covers_months)
    if span.ends_on >= to_london(now).date():
        raise InvalidValue("These days are not over yet.", field="audit")
    try:
        file = CsvFile.from_bytes(content, name)
    except BadFile as error:
        raise InvalidValue(str(error), field="file") from None
    rows = read_list(file)
    kept = AuditList(
        line_key=line.line_key,
        name=name[-120:],
        period_starts_on=span.starts_on,
        period_ends_on=span.ends_on,
        sent_at=now,
        sent_by_id=actor.id,
        row_count=len(rows),
        hash=file.digest,
        content=zlib.compress(json.dumps(rows, ensure_ascii=False).encode()),
    )
    session.add(kept)
    session.flush()
    record_change(
        session, actor, "audit-list:send", Record.AUDIT, kept.id, now=now, verb="collection"
    )
    return kept


def read_list(file: CsvFile) -> list[tuple[str, str, dict[str, str]]]:
    """Return the rows of a list: reference, stratum, and everything else by its heading.

    Raises:
        InvalidValue: If it has no column of references, no row, or too many.
        InvalidValues: With the line of each row that can't be taken.
    """
    names = [heading.lower() for heading in file.headings]
    at = _column(names, REFERENCE)
    if at is None:
        raise InvalidValue(
            "No column is called “Reference”. Name the column so that holds each record’s number.",
            field="file",
        )
    if len(names) > MOST_COLUMNS:
        raise InvalidValue(f"A list has at most {MOST_COLUMNS} columns.", field="file")
    divided = _column(names, STRATUM)
    rows, problems = [], []
    seen: dict[str, int] = {}
    for row in file.records():
        reference = _cell(row, at)
        problem = row.problem or _problem(row, reference, _cell(row, divided), seen)
        if problem:
            problems.append(f"Line {row.line}: {problem}")
            continue
        seen[reference] = row.line
        rest = dict(_rest(file, row, {at, divided}))
        rows.append((reference, _cell(row, divided), rest))
        if len(rows) > MOST_ROWS:
            raise InvalidValue(f"A list has at most {MOST_ROWS:,} records.", field="file")
    if problems:
        raise InvalidValues([InvalidValue(text, field="") for text in _told(problems)])
    if not rows:
        raise InvalidValue("There is no record below the heading.", field="file")
    return rows


def list_page(session: Session, *, after: str = "", before: str = "") -> Page[ListRow]:
    """Return one page of the lists that were sent in, the newest first."""
    cursor = NEWEST.place(read_cursor(after, before))
    ids = page_of_ids((AuditList.id > 0,), NEWEST, cursor).subquery("page")
    down = NEWEST.by(cursor)
    run = select(AuditRun.reference).where(AuditRun.list_id == AuditList.id).limit(1)
    found = session.execute(
        select(AuditList, Person.name, run.scalar_subquery())
        .join(ids, ids.c.id == AuditList.id)
        .join(Person, Person.id == AuditList.sent_by_id)
        .order_by(*(key.desc() if down else key.asc() for key in (ids.c.moment, ids.c.id)))
    )
    rows = [
        (
            Cursor(kept.sent_at, kept.id),
            ListRow(
                id=kept.id,
                name=kept.name,
                line_key=kept.line_key,
                span=Span(kept.period_starts_on, kept.period_ends_on),
                sent_at=kept.sent_at,
                sent_by=sent_by,
                row_count=kept.row_count,
                hash=kept.hash,
                run=reference or "",
            ),
        )
        for kept, sent_by, reference in found
    ]
    return cut(rows, cursor)


def _column(names: list[str], known: tuple[str, ...]) -> int | None:
    return next((names.index(one) for one in known if one in names), None)


def _cell(row: Row, at: int | None) -> str:
    """Return a value on one line: what is kept is kept line by line."""
    return " ".join(row.cells[at].split()) if at is not None and at < len(row.cells) else ""


def _problem(row: Row, reference: str, stratum: str, seen: Mapping[str, int]) -> str:
    if not reference:
        return "it has no reference."
    if len(reference) > LONGEST_REFERENCE:
        return f"the reference is longer than {LONGEST_REFERENCE} characters."
    if reference in seen:
        return f"the reference {reference} is on line {seen[reference]} already."
    if len(stratum) > LONGEST_STRATUM:
        return f"what it is divided by is longer than {LONGEST_STRATUM} characters."
    if any("\0" in cell for cell in row.cells):
        return "there is a character in it that can’t be kept."
    return ""


def _rest(file: CsvFile, row: Row, taken: set[int | None]) -> Iterator[tuple[str, str]]:
    for at, heading in enumerate(file.headings):
        if at not in taken and heading and (value := _cell(row, at)):
            yield heading[:LONGEST_REFERENCE], value[:LONGEST_VALUE]


def _told(problems: list[str]) -> list[str]:
    more = len(problems) - MOST_TOLD
    return [*problems[:MOST_TOLD], *([f"{more:,} more lines can’t be taken."] if more > 0 else [])]
