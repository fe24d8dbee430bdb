"""Lists of bulletins, a page at a time, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import BulletinState, bulletin_number
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.models import Bulletin, BulletinEdition, BulletinError
from fcr_app.services.bulletin_audience import (
    is_for,
    may_be_read_by,
    newest_edition,
    read_by,
    standing,
)
from fcr_app.services.paging import MOST_COUNTED, Cursor, Order, Page, cut, page_of_ids, read_cursor

_ORDER = Order(Bulletin.changed_at, Bulletin.id, newest_first=True)
#: As many as a theme shows.
MOST_SHOWN = 20


class Listed(StrEnum):
    """Which bulletins a list shows."""

    UNREAD = "unread"
    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"

    @property
    def label(self) -> str:
        """What the list is called."""
        return {
            "unread": "To read",
            "standing": "In force",
            "withdrawn": "Withdrawn",
            "draft": "Drafts",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class BulletinRow:
    """One bulletin in a list.

    Attributes:
        number: Empty for a draft.
        is_read: Whether the person has read what has to be read of it.
    """

    id: int
    number: str
    title: str
    rule: str
    state: BulletinState
    starts_on: date
    changed_at: datetime
    is_read: bool


@dataclass(frozen=True, kw_only=True)
class Bulletins:
    """One page of a list, and how many bulletins each of the person's lists has."""

    listed: Listed
    counts: dict[Listed, int]
    page: Page[BulletinRow]


def lists_of(actor: Actor) -> tuple[Listed, ...]:
    """Return the lists that a person has: drafts only where they publish."""
    publishes = may(actor, Permission.PUBLISH_BULLETINS)
    return tuple(one for one in Listed if publishes or one is not Listed.DRAFT)


def bulletin_list(  # noqa: PLR0913 - whose list, which, from where
    session: Session,
    actor: Actor,
    listed: Listed,
    *,
    now: datetime,
    after: str = "",
    before: str = "",
) -> Bulletins:
    """Return one page of a list. A list that the person does not have is what they can read.

    Takes two statements, however long the list is.
    """
    today = to_london(now).date()
    lists = lists_of(actor)
    listed = listed if listed in lists else Listed.UNREAD
    cursor = _ORDER.place(read_cursor(after, before))
    wanted = Bulletin.id.in_(_belonging(actor, listed, today))
    ids = page_of_ids((wanted,), _ORDER, cursor).subquery("page")
    down = _ORDER.by(cursor)
    rows = session.execute(
        _rows(actor)
        .join(ids, ids.c.id == Bulletin.id)
        .order_by(*(key.desc() if down else key.asc() for key in (ids.c.moment, ids.c.id)))
    ).all()
    counts = [
        select(func.count())
        .select_from(_belonging(actor, one, today).limit(MOST_COUNTED).subquery())
        .scalar_subquery()
        for one in lists
    ]
    counted = dict(zip(lists, session.execute(select(*counts)).one(), strict=True))
    page = cut([(Cursor(row.changed_at, row.id), row_of(row)) for row in rows], cursor)
    return Bulletins(listed=listed, counts=counted, page=page)


def _belonging(actor: Actor, listed: Listed, today: date) -> Any:
    return (
        select(Bulletin.id)
        .outerjoin(BulletinEdition, newest_edition())
        .where(*_conditions(actor, listed, today))
    )


def _conditions(actor: Actor, listed: Listed, today: date) -> Iterator[ColumnElement[bool]]:
    if listed is Listed.UNREAD:
        # Also for who publishes: what is to be read is what is for them.
        yield and_(standing(today), is_for(actor), ~read_by(actor.id))
        return
    yield may_be_read_by(actor, today)
    yield (
        Bulletin.state
        == {
            Listed.STANDING: BulletinState.PUBLISHED.value,
            Listed.WITHDRAWN: BulletinState.WITHDRAWN.value,
            Listed.DRAFT: BulletinState.DRAFT.value,
        }[listed]
    )


def bulletins_about(
    session: Session, actor: Actor, rule: str, errors: tuple[ErrorType, ...], *, now: datetime
) -> tuple[BulletinRow, ...]:
    """Return the bulletins that stand on a rule, or on any of some errors, that a person reads."""
    today = to_london(now).date()
    answers = select(BulletinError.edition_id).where(BulletinError.error_type.in_(errors))
    about = BulletinEdition.id.in_(answers)
    rows = session.execute(
        _rows(actor)
        .where(
            standing(today),
            may_be_read_by(actor, today),
            about | (Bulletin.rule == rule) if rule else about,
        )
        .order_by(Bulletin.changed_at.desc(), Bulletin.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(row_of(row) for row in rows)


def _rows(actor: Actor) -> Any:
    return select(
        Bulletin.id,
        Bulletin.year,
        Bulletin.serial,
        Bulletin.title,
        Bulletin.rule,
        Bulletin.state,
        Bulletin.starts_on,
        Bulletin.changed_at,
        read_by(actor.id).label("is_read"),
    ).outerjoin(BulletinEdition, newest_edition())


def row_of(row: Any) -> BulletinRow:
    """Return a row of a list as it is shown."""
    return BulletinRow(
        id=row.id,
        number=bulletin_number(row.year, row.serial) if row.year else "",
        title=row.title,
        rule=row.rule,
        state=BulletinState(row.state),
        starts_on=row.starts_on,
        changed_at=row.changed_at,
        is_read=bool(row.is_read),
    )
