"""A secret address at which a person's own calendar reads the appointments they go to.

The address is the only key, so it is long, shown once, kept as a hash, ends by itself, and can be
ended before. What it gives away is a reference, a unit and where the appointment stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.diary import Became
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound, TooManyAttempts
from fcr_app.models import Appointment, CalendarFeed, Case, FeedMiss, Person, Unit
from fcr_app.services.actors import load_actor
from fcr_app.services.log import Record, record_change, record_view
from fcr_app.workflows.diary import DIARY, State

#: How long an address works. Policy: long enough not to be a nuisance, short enough to forget.
LASTS = timedelta(days=180)
#: How much a calendar is given, either side of now.
BACK, AHEAD = timedelta(days=30), timedelta(days=120)
MOST_GIVEN = 1000

WINDOW = timedelta(minutes=15)
#: Wrong addresses within the window after which a place has to wait.
MOST_MISSES = 20
NOT_THERE = "There is no such calendar. Make a new address on the diary page."


@dataclass(frozen=True, kw_only=True)
class Event:
    """An appointment, as a calendar outside is told of it.

    Attributes:
        sequence: Rises with each change.
        tentative: It waits for the FCR.
    """

    reference: str
    starts_at: datetime
    ends_at: datetime
    unit: str
    state: str
    sequence: int
    changed_at: datetime
    cancelled: bool
    tentative: bool


@dataclass(frozen=True, kw_only=True)
class FeedRow:
    """One of a person's addresses, without its secret."""

    id: int
    made_at: datetime
    expires_at: datetime
    read_at: datetime | None
    ended_at: datetime | None

    def works(self, now: datetime) -> bool:
        """Say whether calendars can still read it."""
        return self.ended_at is None and now < self.expires_at


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What one reading of an address gives."""

    feed_id: int
    events: Sequence[Event]


def my_feeds(session: Session, actor: Actor) -> list[FeedRow]:
    """Return a person's addresses, the newest first."""
    rows = session.scalars(
        select(CalendarFeed)
        .where(CalendarFeed.person_id == actor.id)
        .order_by(CalendarFeed.id.desc())
        .limit(20)
    )
    return [
        FeedRow(
            id=row.id,
            made_at=row.made_at,
            expires_at=row.expires_at,
            read_at=row.read_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def make_feed(session: Session, actor: Actor, *, now: datetime) -> str:
    """Make a new address and return its secret, which nobody can be shown again."""
    secret = token_urlsafe(32)
    feed = CalendarFeed(
        person_id=actor.id, token_hash=_hash(secret), made_at=now, expires_at=now + LASTS
    )
    session.add(feed)
    session.flush()
    record_change(
        session, actor, "feed:made", Record.APPOINTMENT, feed.id, now=now, verb="collection"
    )
    return secret


def end_feed(session: Session, actor: Actor, feed_id: int, *, now: datetime) -> None:
    """End one of a person's own addresses. Doing it twice changes nothing.

    Raises:
        NotFound: If it is not theirs.
    """
    feed = session.scalar(
        select(CalendarFeed).where(CalendarFeed.id == feed_id, CalendarFeed.person_id == actor.id)
    )
    if feed is None:
        raise NotFound(NOT_THERE)
    if feed.ended_at is None:
        feed.ended_at = now
        record_change(session, actor, "feed:ended", Record.APPOINTMENT, feed.id, now=now)


def read_feed(session: Session, secret: str, *, address: str, now: datetime) -> Feed | None:
    """Return what an address gives, and log that a copy was handed over; None if it is none.

    Raises:
        TooManyAttempts: If too many wrong addresses were tried lately from this place.
    """
    _require_patience(session, address, now)
    feed = session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.token_hash == _hash(secret),
            CalendarFeed.ended_at.is_(None),
            CalendarFeed.expires_at > now,
        )
    )
    actor = _owner(session, feed.person_id, address, now) if feed else None
    if feed is None or actor is None:
        return None
    record_view(
        session,
        actor,
        "diary:feed",
        Record.APPOINTMENT,
        None,
        now=now,
        recipient="Their own calendar",
    )
    return Feed(feed_id=feed.id, events=_events(session, actor.id, now))


def _owner(session: Session, person_id: int, address: str, now: datetime) -> Actor | None:
    """Return whose address it is, if they are in post and their roles let them see cases."""
    if not session.scalar(select(Person.active).where(Person.id == person_id)):
        return None
    actor = load_actor(session, person_id, today=to_london(now).date(), address=address)
    return actor if may(actor, Permission.WORK_ON_CASES) else None


def note_read(session: Session, feed_id: int, *, now: datetime) -> None:
    """Note when a calendar last read an address. In a transaction that does nothing else."""
    session.execute(update(CalendarFeed).where(CalendarFeed.id == feed_id).values(read_at=now))


def note_miss(session: Session, *, address: str, now: datetime) -> None:
    """Count a wrong address against where it was tried from, and forget old ones."""
    session.execute(delete(FeedMiss).where(FeedMiss.at < now - WINDOW))
    session.add(FeedMiss(address=address, at=now))


def _require_patience(session: Session, address: str, now: datetime) -> None:
    count = session.scalar(
        select(func.count())
        .select_from(FeedMiss)
        .where(FeedMiss.address == address, FeedMiss.at > now - WINDOW)
    )
    if (count or 0) >= MOST_MISSES:
        raise TooManyAttempts("Too many wrong addresses were tried. Wait 15 minutes.")


def _events(session: Session, person_id: int, now: datetime) -> list[Event]:
    rows = session.execute(
        select(
            Case.reference, Case.state,
            Appointment.starts_at, Appointment.ends_at, Appointment.outcome,
            Appointment.sequence, Appointment.changed_at, Unit.name.label("unit"),
        )
        .join(Case, Case.id == Appointment.case_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(
            Appointment.officer_id == person_id,
            Appointment.starts_at >= now - BACK,
            Appointment.starts_at < now + AHEAD,
        )
        .order_by(Appointment.starts_at, Case.id)
        .limit(MOST_GIVEN)
    )  # fmt: skip
    return [
        Event(
            reference=row.reference,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            unit=row.unit or "",
            state=DIARY.short_labels[DIARY.state(row.state)],
            sequence=row.sequence,
            changed_at=row.changed_at,
            cancelled=row.outcome == Became.CANCELLED.value,
            tentative=row.state == State.LATE_SLOT.value,
        )
        for row in rows
    ]


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
