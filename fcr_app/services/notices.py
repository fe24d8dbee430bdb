"""What people are told has happened: messages that come and go."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, case, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from fcr_app.domain.escalation import Level
from fcr_app.domain.roles import REGISTRARS, Actor
from fcr_app.models import Case, Notice, Person, RoleGrant
from fcr_app.services.actors import in_force
from fcr_app.services.visibility import visible_cases

PER_PAGE = 25
#: Nobody needs to know how many more than this are unread.
MOST_COUNTED = 100


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    """One message, as its reader sees it.

    Attributes:
        case_reference: Empty where it is about no case, or about one they may not see now.
        about: The name of a page that is no case’s, with its address in ``path``.
        level: How urgent the clock is that it tells of; None if it tells of something else.
    """

    id: int
    message: str
    created_at: datetime
    read_at: datetime | None
    case_reference: str
    about: str
    path: str
    level: Level | None


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """Some of a person's messages, newest first.

    Attributes:
        next_before: What to ask for next; None on the last page.
    """

    rows: tuple[NoticeRow, ...]
    next_before: int | None


def unread_count(session: Session, actor: Actor) -> int:
    """Return how many messages a person has not read, counting no further than 100."""
    return session.scalar(select(unread_by(Person.id)).where(Person.id == actor.id)) or 0


def unread_by(person_id: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """Return the same count as a part of another statement, for the person in its rows."""
    some = (
        select(Notice.id)
        .where(Notice.person_id == person_id, Notice.read_at.is_(None))
        .limit(MOST_COUNTED)
        .correlate(person_id.class_)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()


def my_notices(session: Session, actor: Actor, *, before: int | None = None) -> NoticePage:
    """Return a page of a person's messages, newest first.

    Args:
        before: Only messages older than the one with this id.
    """
    reference = case((visible_cases(actor), Case.reference), else_="")
    found = (
        select(Notice, reference)
        .outerjoin(Case, Case.id == Notice.case_id)
        .where(Notice.person_id == actor.id)
        .order_by(Notice.id.desc())
        .limit(PER_PAGE + 1)
    )
    if before is not None:
        found = found.where(Notice.id < before)
    rows = tuple(_row(notice, about) for notice, about in session.execute(found))
    more = len(rows) > PER_PAGE
    rows = rows[:PER_PAGE]
    return NoticePage(rows=rows, next_before=rows[-1].id if more else None)


def _row(notice: Notice, case_reference: str | None) -> NoticeRow:
    return NoticeRow(
        id=notice.id,
        message=notice.message,
        created_at=notice.created_at,
        read_at=notice.read_at,
        case_reference=case_reference or "",
        about=notice.about,
        path=notice.path,
        level=Level(notice.level) if notice.level else None,
    )


def mark_read(
    session: Session, actor: Actor, *, now: datetime, notice_id: int | None = None
) -> None:
    """Mark one of a person's messages as read, or all of them. Doing it twice changes nothing."""
    mine = update(Notice).where(Notice.person_id == actor.id, Notice.read_at.is_(None))
    if notice_id is not None:
        mine = mine.where(Notice.id == notice_id)
    session.execute(mine.values(read_at=now))


def registrars_on(session: Session, today: date) -> list[int]:
    """Return the ids of the FCR and the deputies who serve today."""
    return list(
        session.scalars(
            select(Person.id)
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(
                Person.active,
                RoleGrant.role.in_([role.value for role in REGISTRARS]),
                in_force(RoleGrant, today),
            )
            .distinct()
            .order_by(Person.id)
        )
    )
