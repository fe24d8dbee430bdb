"""Telling people of bulletins: each once, whoever joins later too, and reminders within a limit."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session

from fcr_app.domain.bulletins import BulletinState, bulletin_number
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.roles import Actor
from fcr_app.domain.rules import BULLETIN_REMINDER_GAP, BULLETIN_REMINDERS
from fcr_app.domain.spoken_time import moment
from fcr_app.errors import InvalidValue
from fcr_app.models import Bulletin, BulletinEdition, BulletinReceipt, BulletinTelling, Person
from fcr_app.services.bulletin_audience import in_audience, newest_edition, standing
from fcr_app.services.log import Record, record_change
from fcr_app.services.tell import announce, insert_once

_TOLD = ("bulletin_id", "person_id", "number", "told_at")


def tell_the_audience(
    session: Session, bulletin: Bulletin, edition_id: int, *, now: datetime
) -> int:
    """Tell whoever a bulletin is for and was not told yet, once it has begun. Says how many."""
    today = to_london(now).date()
    if bulletin.starts_on > today:
        return 0
    session.flush()
    told = select(BulletinTelling.person_id).where(
        BulletinTelling.bulletin_id == bulletin.id, BulletinTelling.number >= bulletin.read_from
    )
    wanted = (in_audience(edition_id, today), Person.id.not_in(told), ~_has_read(bulletin))
    message = f"Bulletin {_number(bulletin)} is for you. Read it, and say that you have."
    if bulletin.edition > 1:
        message = f"Bulletin {_number(bulletin)} was corrected. Read it again, and say so."
    key = f"bulletin {bulletin.id} edition {bulletin.read_from}"
    count = announce(session, wanted, message, topic_of(bulletin), now=now, key=key)
    _keep(session, bulletin, wanted, now)
    return count


def _keep(
    session: Session, bulletin: Bulletin, wanted: Iterable[ColumnElement[bool]], now: datetime
) -> None:
    """Keep who was told, so that nobody is told twice."""
    value = BulletinTelling.__table__.c
    found = select(
        literal(bulletin.id, value.bulletin_id.type),
        Person.id,
        literal(bulletin.read_from, value.number.type),
        literal(now, value.told_at.type),
    ).where(*wanted)
    session.execute(insert_once(session, BulletinTelling).from_select(_TOLD, found))


def tell_newcomers(session: Session, *, now: datetime) -> int:
    """Tell whoever joined an audience, or of a bulletin that begins today. Says how often."""
    rows = session.execute(
        select(Bulletin, BulletinEdition.id)
        .join(BulletinEdition, newest_edition())
        .where(standing(to_london(now).date()))
        .order_by(Bulletin.id)
        .with_for_update(of=Bulletin)
    ).all()
    return sum(tell_the_audience(session, row[0], row[1], now=now) for row in rows)


def tell_of_withdrawal(session: Session, bulletin: Bulletin, *, now: datetime) -> None:
    """Tell whoever was told of a bulletin that it does not stand any more."""
    told = select(BulletinTelling.person_id).where(BulletinTelling.bulletin_id == bulletin.id)
    message = f"Bulletin {_number(bulletin)} was withdrawn. Its page says why."
    announce(
        session,
        [Person.id.in_(told)],
        message,
        topic_of(bulletin),
        now=now,
        key=f"bulletin {bulletin.id} withdrawn",
    )


def remind(session: Session, actor: Actor, bulletin: Bulletin, *, now: datetime) -> int:
    """Remind whoever was told of a bulletin and has not read it. Says how many.

    Args:
        bulletin: As ``bulletins.to_change`` gave it.

    Raises:
        InvalidValue: If it does not stand, or the limit of reminders is reached.
    """
    today = to_london(now).date()
    why_not = cannot_remind(bulletin, now=now)
    if why_not:
        raise InvalidValue(why_not)
    edition_id = session.scalars(
        select(BulletinEdition.id)
        .join(Bulletin, newest_edition())
        .where(Bulletin.id == bulletin.id)
    ).one()
    bulletin.reminders, bulletin.reminded_at = bulletin.reminders + 1, now
    session.flush()
    count = announce(
        session,
        [in_audience(edition_id, today), ~_has_read(bulletin)],
        f"You have not said yet that you have read bulletin {_number(bulletin)}.",
        topic_of(bulletin),
        now=now,
        key=f"bulletin {bulletin.id} edition {bulletin.read_from} reminder {bulletin.reminders}",
    )
    record_change(session, actor, "bulletin:reminded", Record.BULLETIN, bulletin.id, now=now)
    return count


def cannot_remind(bulletin: Bulletin, *, now: datetime) -> str:
    """Return why nobody can be reminded of a bulletin now; empty where they can."""
    today = to_london(now).date()
    if bulletin.state != BulletinState.PUBLISHED.value or bulletin.starts_on > today:
        return "Only a bulletin that stands is one to remind people of."
    most = BULLETIN_REMINDERS.on(today)
    if bulletin.reminders >= most:
        return f"People were reminded {most} times. More would be noise: speak to them."
    if bulletin.reminded_at:
        next_at = bulletin.reminded_at + BULLETIN_REMINDER_GAP.on(today)
        if now < next_at:
            return f"People were reminded lately. You can remind them again {moment(next_at)}."
    return ""


def topic_of(bulletin: Bulletin) -> Topic:
    """Return how a message says which bulletin it is about."""
    return Topic(name=f"Bulletin {_number(bulletin)}", path=f"/bulletins/{bulletin.id}")


def _has_read(bulletin: Bulletin) -> ColumnElement[bool]:
    """Return the condition on ``Person`` that they have read it."""
    return Person.id.in_(
        select(BulletinReceipt.person_id).where(
            BulletinReceipt.bulletin_id == bulletin.id,
            BulletinReceipt.number >= bulletin.read_from,
        )
    )


def _number(bulletin: Bulletin) -> str:
    return bulletin_number(bulletin.year or 0, bulletin.serial or 0)
