"""One person's feedback and learning: their own page, which two others see: supervisor and FCR."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.errors import NotFound
from fcr_app.models import FeedbackItem, LearningPlan, Person, Unit
from fcr_app.services.log import Record, record_view
from fcr_app.services.one_to_one import NotePage, may_write_about, notes_about
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor

ORDER = Order(FeedbackItem.created_at, FeedbackItem.id, newest_first=True)
MOST_PLANS = 50
NOT_THERE = "There is no such person, or you do not supervise them."


@dataclass(frozen=True, kw_only=True)
class PersonItem:
    """An item of feedback, as it is listed for its reader."""

    id: int
    subject: str
    error: ErrorType | None
    created_at: datetime
    due_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PersonPlan:
    """A learning plan about the person."""

    id: int
    error: ErrorType
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """Everything on the page.

    Attributes:
        own: The reader is the person.
        may_write: The reader may write a note.
        reads_notes: The reader is one of the two whom notes are between.
    """

    id: int
    name: str
    unit: str
    supervisor: str
    own: bool
    items: Page[PersonItem]
    plans: tuple[PersonPlan, ...]
    notes: NotePage
    may_write: bool
    reads_notes: bool


def is_theirs_to_see(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Person`` that somebody may see their page."""
    if actor.has(*REGISTRARS):
        return true()
    own = Person.id == actor.id
    return or_(own, Person.supervisor_id == actor.id) if actor.has(Role.SUPERVISOR) else own


def person_page(  # noqa: PLR0913 - who asks, about whom, when, from where twice
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    now: datetime,
    after: str = "",
    before: str = "",
    notes_before: int | None = None,
) -> PersonPage:
    """Return a person's page, and log the look where it is somebody else's.

    Raises:
        NotFound: If there is no such person, or they are not the reader's to see.
    """
    row = session.execute(
        select(Person.id, Person.name, Person.supervisor_id, Unit.name.label("unit"))
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.id == person_id, is_theirs_to_see(actor))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    own = person_id == actor.id
    if not own:
        record_view(session, actor, "team:person", Record.PERSON, person_id, now=now)
    may_write = may_write_about(session, actor, person_id)
    above = select(Person.name).where(Person.id == row.supervisor_id)
    return PersonPage(
        id=row.id,
        name=row.name,
        unit=row.unit or "",
        supervisor=(session.scalar(above) or "") if row.supervisor_id else "",
        own=own,
        items=_items(session, person_id, after, before),
        plans=_plans(session, person_id),
        notes=notes_about(session, actor, person_id, now=now, before=notes_before),
        may_write=may_write,
        reads_notes=own or may_write,
    )


def _items(session: Session, person_id: int, after: str, before: str) -> Page[PersonItem]:
    cursor = ORDER.place(read_cursor(after, before))
    page = page_of_ids((FeedbackItem.to_id == person_id,), ORDER, cursor).subquery("page")
    down = ORDER.by(cursor)
    keys = (page.c.moment, page.c.id)
    found = session.execute(
        select(page.c.moment, FeedbackItem)
        .join(page, page.c.id == FeedbackItem.id)
        .order_by(*(key.desc() if down else key.asc() for key in keys))
    )
    return cut([(Cursor(moment, item.id), _item(item)) for moment, item in found], cursor)


def _item(item: FeedbackItem) -> PersonItem:
    return PersonItem(
        id=item.id,
        subject=item.subject,
        error=ErrorType(item.error_type) if item.error_type else None,
        created_at=item.created_at,
        due_at=item.due_at,
        acknowledged_at=item.acknowledged_at,
    )


def _plans(session: Session, person_id: int) -> tuple[PersonPlan, ...]:
    found = session.scalars(
        select(LearningPlan)
        .where(LearningPlan.person_id == person_id)
        .order_by(LearningPlan.id.desc())
        .limit(MOST_PLANS)
    )
    return tuple(
        PersonPlan(
            id=plan.id,
            error=ErrorType(plan.error_type),
            opened_at=plan.opened_at,
            due_at=plan.due_at,
            closed_at=plan.closed_at,
        )
        for plan in found
    )
