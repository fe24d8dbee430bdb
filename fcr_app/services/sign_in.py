"""Signing in and out. A browser holds a random token; the table says whose it is and till when.

Checking a password and beginning a sign-in are separate, so that single sign-on can begin one
without a password (docs/decisions/0009).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Select, String, bindparam, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import Person, SignIn, Unit
from fcr_app.services.actors import actor_of
from fcr_app.services.notices import unread_by

#: Being busy is written down no more often than this.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a sign-in lasts: without a request, and at the very most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, kw_only=True)
class Resumed:
    """A sign-in that goes on.

    Attributes:
        ends_at: When it ends if nothing more is asked for.
        ends_at_if_seen: When it will end once the table is told that the person is still there.
        seen_is_old: The table should be told.
        unread_count: Notices they have not read, counted no further than 100.
    """

    sign_in_id: int
    actor: Actor
    must_change_password: bool
    ends_at: datetime
    ends_at_if_seen: datetime
    seen_is_old: bool
    unread_count: int


@dataclass(frozen=True, kw_only=True)
class Over:
    """A token that lets nobody in. ``person_id`` is whose it was, while they may come back."""

    person_id: int | None = None


def begin(session: Session, person_id: int, *, address: str, now: datetime) -> str:
    """Begin a sign-in for somebody whose identity has been proved. Returns the browser's token."""
    token = token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=_hash(token),
            person_id=person_id,
            started_at=now,
            seen_at=now,
            address=address,
        )
    )
    return token


def resume(
    session: Session, token: str, *, limits: Limits, address: str, now: datetime
) -> Resumed | Over:
    """Return who a token stands for, or that it stands for nobody any more."""
    row = session.execute(_statement(), {"token_hash": _hash(token)}).one_or_none()
    if row is None:
        return Over()
    ends_at = min(row.seen_at + limits.idle, row.started_at + limits.absolute)
    if row.ended_at is not None or ends_at <= now:
        return Over(person_id=row.id)
    today = to_london(now).date()
    return Resumed(
        sign_in_id=row.sign_in_id,
        actor=actor_of(session, row, today=today, address=address),
        must_change_password=row.must_change_password,
        ends_at=ends_at,
        ends_at_if_seen=min(now + limits.idle, row.started_at + limits.absolute),
        seen_is_old=row.seen_at + SEEN_EVERY <= now,
        unread_count=row.unread_count,
    )


@cache
def _statement() -> Select[*tuple[Any, ...]]:
    """Return what every request asks about its token, built once."""
    return (
        select(
            SignIn.id.label("sign_in_id"),
            SignIn.started_at,
            SignIn.seen_at,
            SignIn.ended_at,
            Person.id,
            Person.name,
            Person.must_change_password,
            Person.unit_id,
            Unit.path,
            # Every page shows it; asked here it costs no statement of its own.
            unread_by(Person.id).label("unread_count"),
        )
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(SignIn.token_hash == bindparam("token_hash", type_=String), Person.active)
    )


def touch(session: Session, sign_in_id: int, *, now: datetime) -> None:
    """Write down that a person is still there, which moves their time-out."""
    session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.seen_at < now).values(seen_at=now)
    )


def same_person(session: Session, one_token: str, other_token: str) -> bool:
    """Say whether two tokens are, or were, one person's."""
    hashes = (_hash(one_token), _hash(other_token))
    people = session.scalars(select(SignIn.person_id).where(SignIn.token_hash.in_(hashes))).all()
    return len(people) == len(hashes) and len(set(people)) == 1


def end(session: Session, sign_in_id: int, *, now: datetime) -> None:
    """End one sign-in; its token lets nobody in again."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(session: Session, person_id: int, *, now: datetime) -> None:
    """End every sign-in of a person, on every device."""
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
