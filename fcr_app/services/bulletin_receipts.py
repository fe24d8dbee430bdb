"""Who has read a bulletin: how many of how many, and who has not. Counts of people, never ranks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import Bulletin, BulletinEdition, BulletinReceipt, BulletinTelling, Person, Unit
from fcr_app.services.bulletin_audience import in_audience, newest_edition
from fcr_app.services.bulletins import NOT_THERE, must_publish
from fcr_app.services.log import Record, record_view

PER_PAGE = 50
NO_UNIT = "No unit"


@dataclass(frozen=True, kw_only=True)
class UnitReceipts:
    """How many people of one unit a bulletin is for, and how many of them have read it."""

    unit: str
    people: int
    read: int


@dataclass(frozen=True, kw_only=True)
class NotRead:
    """Somebody who has not read it yet.

    Attributes:
        told_at: None where they joined and are told with the next morning's run.
    """

    id: int
    name: str
    unit: str
    told_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Receipts:
    """Who has read a bulletin.

    Attributes:
        next_after: What to ask for next; None on the last page.
    """

    units: tuple[UnitReceipts, ...]
    people: int
    read: int
    not_read: tuple[NotRead, ...]
    next_after: int | None


def receipts(
    session: Session, actor: Actor, bulletin_id: int, *, now: datetime, after: int | None = None
) -> Receipts:
    """Return who has read a bulletin, of those it is for today.

    Args:
        after: The id of the last person of the page before.

    Raises:
        PermissionRefused: If the person does not publish bulletins.
        NotFound: If there is no such bulletin, or it was never published.
    """
    must_publish(actor)
    row = session.execute(
        select(Bulletin, BulletinEdition.id)
        .join(BulletinEdition, newest_edition())
        .where(Bulletin.id == bulletin_id)
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    bulletin, edition_id = row
    record_view(session, actor, "bulletin:receipts", Record.BULLETIN, bulletin_id, now=now)
    wanted = in_audience(edition_id, to_london(now).date())
    units = _by_unit(session, bulletin, wanted)
    people = _not_read(session, bulletin, wanted, after)
    shown = people[:PER_PAGE]
    return Receipts(
        units=units,
        people=sum(unit.people for unit in units),
        read=sum(unit.read for unit in units),
        not_read=tuple(shown),
        next_after=shown[-1].id if len(people) > PER_PAGE else None,
    )


def _have_read(bulletin: Bulletin) -> Any:
    return select(BulletinReceipt.person_id).where(
        BulletinReceipt.bulletin_id == bulletin.id, BulletinReceipt.number >= bulletin.read_from
    )


def _by_unit(session: Session, bulletin: Bulletin, wanted: Any) -> tuple[UnitReceipts, ...]:
    read = case((Person.id.in_(_have_read(bulletin)), 1), else_=0)
    rows = session.execute(
        select(Unit.name, func.count(), func.sum(read))
        .select_from(Person)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(wanted)
        .group_by(Unit.id, Unit.name, Unit.path)
        .order_by(Unit.path)
    )
    return tuple(
        UnitReceipts(unit=name or NO_UNIT, people=people, read=int(done or 0))
        for name, people, done in rows
    )


def _not_read(
    session: Session, bulletin: Bulletin, wanted: Any, after: int | None
) -> list[NotRead]:
    told = BulletinTelling
    found = (
        select(Person.id, Person.name, Unit.name.label("unit"), told.told_at)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(
            told,
            (told.person_id == Person.id)
            & (told.bulletin_id == bulletin.id)
            & (told.number == bulletin.read_from),
        )
        .where(wanted, Person.id.not_in(_have_read(bulletin)))
        .order_by(Person.id)
        .limit(PER_PAGE + 1)
    )
    if after is not None:
        found = found.where(Person.id > after)
    return [
        NotRead(id=row.id, name=row.name, unit=row.unit or NO_UNIT, told_at=row.told_at)
        for row in session.execute(found)
    ]
