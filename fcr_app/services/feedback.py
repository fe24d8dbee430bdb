"""Lists of feedback: a person's own, what they gave, their team's, and for the FCR all of it.

It is about accuracy both ways, never about numbers: nothing here ranks people (FB-04). Who sees
an item is asked of its case (``services/visibility.py``), like of any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.feedback.questions import REPLY
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound
from fcr_app.models import Case, FeedbackItem, Unit
from fcr_app.services.cases import take_step
from fcr_app.services.feedback_view import NOT_THERE, FeedbackView, items_seen, log_look, view_of
from fcr_app.services.loading import load
from fcr_app.services.paging import MOST_COUNTED, Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import (
    people_supervised_by,
)
from fcr_app.workflows.feedback import TO_CORRECT, State

LONGEST_REPLY = 1000
NEWEST_FIRST = Order(FeedbackItem.created_at, FeedbackItem.id, newest_first=True)
OLDEST_FIRST = Order(FeedbackItem.created_at, FeedbackItem.id)


class Listed(StrEnum):
    """Which items a list shows."""

    OPEN = "open"
    TO_CORRECT = "to_correct"
    DISPUTED = "disputed"
    CLOSED = "closed"
    SENT = "sent"
    TEAM = "team"
    ALL = "all"

    @property
    def label(self) -> str:
        """The list's name."""
        return {
            "open": "To answer",
            "to_correct": "To correct",
            "disputed": "Disputed",
            "closed": "Closed",
            "sent": "Sent by me",
            "team": "My team",
            "all": "All feedback",
        }[self.value]


#: The states of a person's own lists.
STATES = {
    Listed.OPEN: (State.SENT, State.ACKNOWLEDGED),
    Listed.TO_CORRECT: TO_CORRECT,
    Listed.DISPUTED: (State.DISPUTED,),
    Listed.CLOSED: (State.CLOSED, State.SET_ASIDE, State.WITHDRAWN),
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the FCR narrows the list of all feedback by; nothing where all are empty."""

    state: State | None = None
    error: ErrorType | None = None
    source: Source | None = None
    unit_id: int | None = None
    overdue: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return self != Filters()


@dataclass(frozen=True, kw_only=True)
class FeedbackPage:
    """One page of a list."""

    listed: Listed
    page: Page[FeedbackView]
    counts: dict[Listed, int]
    filters: Filters
    units: tuple[tuple[int, str], ...] = ()

    @property
    def items(self) -> tuple[FeedbackView, ...]:
        """What the page shows."""
        return tuple(self.page.rows)


def lists_of(actor: Actor) -> tuple[Listed, ...]:
    """Return the lists a person has; the first is where they start."""
    own = (Listed.OPEN, Listed.TO_CORRECT, Listed.DISPUTED, Listed.CLOSED)
    lists: tuple[Listed, ...] = own
    if actor.has(*GIVES):
        lists = (*lists, Listed.SENT)
    if actor.has(Role.SUPERVISOR):
        lists = (*lists, Listed.TEAM)
    return (*lists, Listed.ALL) if actor.has(*REGISTRARS) else lists


GIVES = (Role.SUPERVISOR, Role.DDM, *sorted(REGISTRARS), Role.AUDITOR, Role.CHIEF_OFFICER)


def read_filters(said: Mapping[str, str]) -> Filters:
    """Read filters from an address; what makes no sense there counts as not said."""
    unit = said.get("unit", "")
    return Filters(
        state=next((one for one in State if one.value == said.get("state")), None),
        error=next((one for one in ErrorType if one.value == said.get("error")), None),
        source=next((one for one in Source if one.value == said.get("source")), None),
        unit_id=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,  # noqa: PLR2004 - as long as an id can be
        overdue=said.get("overdue") == "yes",
    )


@supports(
    inspection("FB-01"),
    inspection("FB-04"),
    how="Feedback with its rule and reasons, for what was right too; it ranks nobody",
)
def feedback_page(  # noqa: PLR0913 - whose list, which, narrowed how, from where, when
    session: Session,
    actor: Actor,
    listed: Listed,
    *,
    now: datetime,
    filters: Filters = Filters(),
    after: str = "",
    before: str = "",
) -> FeedbackPage:
    """Return a page of a list of feedback, and log the look at each item.

    What waits comes oldest first, since it is due first; everything else newest first.

    Raises:
        NotFound: If the person has no such list.
    """
    if listed not in lists_of(actor):
        raise NotFound("There is no such list.")
    order = OLDEST_FIRST if listed in (Listed.OPEN, Listed.TO_CORRECT) else NEWEST_FIRST
    cursor = order.place(read_cursor(after, before))
    way = and_(_belongs(actor, listed), *_narrowed(filters, now))
    page = page_of_ids((way,), order, cursor).subquery("page")
    down = order.by(cursor)
    rows = session.execute(
        items_seen(actor)
        .add_columns(page.c.moment)
        .join(page, page.c.id == FeedbackItem.id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    shown = cut([(Cursor(row.moment, row.FeedbackItem.id), view_of(row)) for row in rows], cursor)
    for row in rows:
        log_look(session, actor, row, now)
    return FeedbackPage(
        listed=listed,
        page=shown,
        counts=_counts(session, actor, lists_of(actor)),
        filters=filters,
        units=_units(session) if listed is Listed.ALL else (),
    )


def open_count(session: Session, actor: Actor) -> int:
    """Return how many items a person has to answer, counting no further than 1,000."""
    return _counts(session, actor, (Listed.OPEN,))[Listed.OPEN]


def acknowledge(session: Session, actor: Actor, item_id: int, reply: str, *, now: datetime) -> None:
    """Say that one has read an item, with a reply if one likes.

    One that names no error and asks for nothing is done with.

    Raises:
        NotFound: If there is no such item, or it is somebody else's.
        AlreadyDone: If it was acknowledged before; the first reply counts.
        InvalidValue: If the reply is too long.
    """
    reply = reply.strip()
    if len(reply) > LONGEST_REPLY:
        raise InvalidValue(
            f"Your reply must be {LONGEST_REPLY:,} characters or fewer.", field="reply"
        )
    row = session.execute(
        select(FeedbackItem.acknowledged_at, Case.reference)
        .join(Case, Case.id == FeedbackItem.feedback_case_id)
        .where(FeedbackItem.id == item_id, FeedbackItem.to_id == actor.id)
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    if row.acknowledged_at is not None:
        raise AlreadyDone("You have acknowledged this already.")
    facts: FeedbackFacts = load(session, actor, row.reference, now=now).facts
    trigger = "read" if facts.only_to_read else "acknowledge"
    take_step(session, actor, row.reference, trigger, {REPLY.name: reply}, now=now)


def _belongs(actor: Actor, listed: Listed) -> ColumnElement[bool]:
    """Return what makes an item belong to a list."""
    match listed:
        case Listed.SENT:
            return FeedbackItem.from_id == actor.id
        case Listed.TEAM:
            return and_(
                FeedbackItem.to_id.in_(people_supervised_by(actor)),
                FeedbackItem.closed_at.is_(None),
            )
        case Listed.ALL:
            return FeedbackItem.id > 0 if actor.has(*REGISTRARS) else false()
        case _:
            mine = select(Case.id).where(
                Case.addressee_id == actor.id, Case.state.in_([s.value for s in STATES[listed]])
            )
            return FeedbackItem.feedback_case_id.in_(mine.correlate(None))


def _narrowed(filters: Filters, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that filters stand for."""
    asked: list[ColumnElement[bool]] = []
    if filters.state:
        there = select(Case.id).where(Case.state == filters.state.value).correlate(None)
        asked.append(FeedbackItem.feedback_case_id.in_(there))
    if filters.error:
        asked.append(FeedbackItem.error_type == filters.error.value)
    if filters.source:
        asked.append(FeedbackItem.source == filters.source.value)
    if filters.unit_id:
        path = select(Unit.path).where(Unit.id == filters.unit_id).scalar_subquery()
        within = select(Unit.id).where(Unit.path.startswith(func.coalesce(path, "none")))
        asked.append(FeedbackItem.unit_id.in_(within.correlate(None)))
    if filters.overdue:
        asked.append(is_overdue(now))
    return tuple(asked)


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an item should have been acknowledged, or its record put right."""
    late = and_(FeedbackItem.acknowledged_at.is_(None), FeedbackItem.due_at < now)
    not_right = and_(FeedbackItem.corrected_at.is_(None), FeedbackItem.correct_by_at < now)
    return and_(FeedbackItem.closed_at.is_(None), or_(late, not_right))


def _counts(session: Session, actor: Actor, lists: tuple[Listed, ...]) -> dict[Listed, int]:
    """Count several lists in one statement, none further than 1,000."""
    counts = []
    for listed in lists:
        some = select(FeedbackItem.id).where(_belongs(actor, listed)).limit(MOST_COUNTED)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    return dict(zip(lists, session.execute(select(*counts)).one(), strict=True))


def _units(session: Session) -> tuple[tuple[int, str], ...]:
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.active).order_by(Unit.name))
    return tuple((row.id, row.name) for row in rows)
