"""Who looked at a case and who changed it: both logs together, for those who may ask.

The law limits what the log of looks may be used for (Data Protection Act 2018, section 62(4)):
nothing that measures people's work reads it, and this is the only way it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import AccessEntry, Case, ChangeEntry, Person
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import Cursor, read_cursor
from fcr_app.services.visibility import visible_cases
from fcr_app.workflows import WORKFLOWS

PER_PAGE = 50
LONGEST_RECIPIENT = 120

#: What was done, as people say it. The steps of a workflow say it in their own words.
WORDS = {
    "case:read": "Looked at the case",
    "case:claimed": "Claimed the case",
    "case:released": "Released the case",
    "case:reassigned": "Gave the case to somebody else",
    "feedback:read": "Read feedback on the case",
    "feedback:acknowledged": "Acknowledged feedback",
    "letter:read": "Looked at a letter to a victim",
    "letter:print": "Printed a letter to a victim",
    **{f"{workflow.key}:open": "Opened the case" for workflow in WORKFLOWS},
    **{f"{w.key}:{step.trigger}": step.done for w in WORKFLOWS for step in w.steps},
}
#: The verbs of the Act, as people say them.
VERBS = {
    "consultation": "Looked",
    "disclosure": "Gave out a copy",
    "collection": "Added",
    "alteration": "Changed",
    "combination": "Combined",
    "erasure": "Erased",
}


class Shown(StrEnum):
    """Which entries are asked for."""

    ALL = "all"
    LOOKS = "looks"
    COPIES = "copies"
    CHANGES = "changes"


_VERBS_OF = {
    Shown.LOOKS: ("consultation",),
    Shown.COPIES: ("disclosure",),
    Shown.CHANGES: ("collection", "alteration", "combination", "erasure"),
}


@dataclass(frozen=True, kw_only=True)
class LogEntry:
    """One entry of either log.

    Attributes:
        what: In words.
        kind: As the logs name it, such as ``case:read``.
        recipient: Who got a copy; empty where none was given out.
        address: Where from: a network address, or a command.
    """

    at: datetime
    who: str
    staff_number: str
    verb: str
    what: str
    kind: str
    recipient: str
    detail: str
    address: str


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """Some entries on one case, newest first.

    Attributes:
        next_after: What to ask for next; empty on the last page.
    """

    case_reference: str
    shown: Shown
    entries: tuple[LogEntry, ...]
    next_after: str


def case_log(  # noqa: PLR0913 - whose log, which of it, from where on
    session: Session,
    actor: Actor,
    reference: str,
    *,
    now: datetime,
    shown: Shown = Shown.ALL,
    after: str = "",
) -> LogPage:
    """Return a page of who looked at a case and who changed it, and log that somebody asked.

    Args:
        after: Where the page before ended, as it said.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
    """
    case_id = _case_id(session, actor, reference)
    rows = session.execute(_entries(case_id, shown, read_cursor(after, "")).limit(PER_PAGE + 1))
    found = rows.all()
    record_view(session, actor, "log:read", Record.LOG, case_id, now=now)
    last = found[PER_PAGE - 1] if len(found) > PER_PAGE else None
    return LogPage(
        case_reference=reference,
        shown=shown,
        entries=_as_entries(found[:PER_PAGE]),
        next_after=str(Cursor(last.at, last.key)) if last else "",
    )


def export_case_log(
    session: Session, actor: Actor, reference: str, recipient: str, *, now: datetime
) -> tuple[LogEntry, ...]:
    """Return every entry on a case to hand over, and log who gets it.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        InvalidValue: If the recipient is not named.
    """
    recipient = " ".join(recipient.split())
    if not recipient:
        raise InvalidValue("Enter who gets this copy.", field="recipient")
    if len(recipient) > LONGEST_RECIPIENT:
        raise InvalidValue(
            f"Who gets this copy must be {LONGEST_RECIPIENT} characters or fewer.",
            field="recipient",
        )
    case_id = _case_id(session, actor, reference)
    entries = _as_entries(session.execute(_entries(case_id, Shown.ALL, None)))
    record_view(session, actor, "log:export", Record.LOG, case_id, now=now, recipient=recipient)
    return entries


def _case_id(session: Session, actor: Actor, reference: str) -> int:
    found = session.scalar(select(Case.id).where(Case.reference == reference, visible_cases(actor)))
    if found is None:
        raise NotFound("There is no such case, or you may not see it.")
    return found


def _entries(case_id: int, shown: Shown, cursor: Cursor | None) -> Select[*tuple[Any, ...]]:
    """Return the statement for a case's entries, newest first, after a place in the list.

    The two logs count their rows apart; doubling the ids and adding one for the changes gives
    each entry a place of its own.
    """
    both = union_all(
        _half(AccessEntry, 0, case_id, AccessEntry.recipient, literal("")),
        _half(ChangeEntry, 1, case_id, literal(""), ChangeEntry.detail),
    ).subquery()
    found = (
        select(both, Person.name, Person.staff_number)
        .outerjoin(Person, Person.id == both.c.person_id)
        .order_by(both.c.at.desc(), both.c.key.desc())
    )
    if shown in _VERBS_OF:
        found = found.where(both.c.verb.in_(_VERBS_OF[shown]))
    if cursor and cursor.at:
        earlier = both.c.at < cursor.at
        found = found.where(or_(earlier, and_(both.c.at == cursor.at, both.c.key < cursor.id)))
    return found


def _half(
    table: type[AccessEntry] | type[ChangeEntry],
    odd: int,
    case_id: int,
    recipient: Any,
    detail: Any,
) -> Select[*tuple[Any, ...]]:
    return select(
        (table.id * 2 + odd).label("key"),
        table.at.label("at"),
        table.person_id.label("person_id"),
        table.verb.label("verb"),
        table.what.label("what"),
        recipient.label("recipient"),
        detail.label("detail"),
        table.address.label("address"),
    ).where(table.record_kind == Record.CASE.value, table.record_id == case_id)


def _as_entries(rows: Iterable[Any]) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(
            at=row.at,
            who=row.name or "The system",
            staff_number=row.staff_number or "",
            verb=VERBS[row.verb],
            what=WORDS.get(row.what, row.what.replace("-", " ").replace(":", ": ")),
            kind=row.what,
            recipient=row.recipient,
            detail=row.detail,
            address=row.address,
        )
        for row in rows
    )
