"""The tokens that programs act with. The program holds the token; the table says what it is worth.

A token narrows what its person may do. What that is, is asked of their roles and accreditations at
the moment of use, so a token never outlives an authority.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.roles import Actor
from fcr_app.domain.scopes import Scope
from fcr_app.errors import InvalidValue, InvalidValues, NotFound, TokenRefused, TooManyAttempts
from fcr_app.models import ApiFailure, ApiToken, Person, Unit
from fcr_app.services.actors import actor_of
from fcr_app.services.log import Record, record_change
from fcr_app.services.tell import tell

#: What a token begins with, so that a scanner for leaked secrets knows one when it sees it.
SIGN = "fcr_"
#: 256 bits.
SECRET_BYTES = 32
PREFIX_LENGTH = 12
LONGEST_NAME = 60
#: Enough for every program of one person; more is a mistake in a script.
MOST_TOKENS = 20
#: Being used is written down no more often than this.
USED_EVERY = timedelta(minutes=1)

WINDOW = timedelta(minutes=15)
#: Wrong tokens within the window after which a place has to wait.
MOST_FAILURES = 20

NOT_GOOD = (
    "The token is unknown, has expired or was revoked. Make a new one on your account page, and "
    "send it as “Authorization: Bearer …”."
)


@dataclass(frozen=True, kw_only=True)
class TokenView:
    """A token as its owner and an administrator see it; never the token itself.

    Attributes:
        standing: "in force", "expired" or "revoked".
    """

    id: int
    name: str
    scope: Scope
    prefix: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    last_used_address: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class Used:
    """A token that is in use: whose, and what for."""

    token_id: int
    name: str
    scope: Scope
    expires_at: datetime
    actor: Actor
    used_is_old: bool


def create(  # noqa: PLR0913 - whose, what for, how long, with what, and when
    session: Session,
    actor: Actor,
    *,
    name: str,
    scope: Scope,
    days: int,
    now: datetime,
    made_with: Used | None = None,
) -> str:
    """Make a token for oneself, and return it. It can't be shown again: only its hash is kept.

    Args:
        made_with: The token of the program that asks; the new one does not outlive it.

    Raises:
        InvalidValues: If it has no name, or lasts too long, or there are too many.
    """
    name = " ".join(name.split())
    problems = [*_problems(session, actor, name, now), *_days_problems(scope, days, made_with, now)]
    if problems:
        raise InvalidValues(problems)
    token = SIGN + token_urlsafe(SECRET_BYTES)
    row = ApiToken(
        person_id=actor.id,
        name=name,
        scope=scope.value,
        prefix=token[:PREFIX_LENGTH],
        token_hash=_hash(token),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(row)
    # Without its name: that is free text, and this goes out by e-mail.
    message = "A token for programs was made on your account page."
    tell(session, [actor.id], message, Topic(name="Your account", path="/account"), now=now)
    record_change(
        session,
        actor,
        "token:created",
        Record.PERSON,
        actor.id,
        now=now,
        verb="collection",
        detail=f"{row.prefix}… to {scope.value} for {days} days",
    )
    return token


def _problems(session: Session, actor: Actor, name: str, now: datetime) -> Iterator[InvalidValue]:
    if not name:
        yield InvalidValue("Enter a name, such as the program it is for.", field="name")
    elif len(name) > LONGEST_NAME or not name.isprintable():
        yield InvalidValue(f"The name must be {LONGEST_NAME} letters or fewer.", field="name")
    held = select(func.count()).where(*_alive(actor.id, now))
    if (session.scalar(held) or 0) >= MOST_TOKENS:
        yield InvalidValue(f"You have {MOST_TOKENS} tokens. Revoke one first.", field="name")


def _days_problems(
    scope: Scope, days: int, made_with: Used | None, now: datetime
) -> Iterator[InvalidValue]:
    if not 1 <= days <= scope.most_days:
        what = "A token that may manage accounts" if scope is Scope.ADMINISTER else "A token"
        yield InvalidValue(f"{what} must last from 1 to {scope.most_days} days.", field="days")
    elif made_with and now + timedelta(days=days) > made_with.expires_at:
        yield InvalidValue(
            "A token that a program makes must end before the one it was made with.", field="days"
        )


def _alive(person_id: int, now: datetime) -> tuple[Any, ...]:
    return (
        ApiToken.person_id == person_id,
        ApiToken.revoked_at.is_(None),
        ApiToken.expires_at > now,
    )


def tokens_of(session: Session, person_id: int, *, now: datetime) -> Sequence[TokenView]:
    """Return every token a person has or had, the newest first."""
    rows = session.scalars(
        select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.id.desc())
    )
    return [_view(row, now) for row in rows]


def _view(row: ApiToken, now: datetime) -> TokenView:
    ended = "revoked" if row.revoked_at else "expired" if row.expires_at <= now else "in force"
    return TokenView(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope),
        prefix=row.prefix,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        last_used_address=row.last_used_address,
        standing=ended,
    )


def revoke(session: Session, actor: Actor, token_id: int, *, person_id: int, now: datetime) -> None:
    """Make a token worthless at once; doing it twice counts once.

    Args:
        person_id: Whose it has to be: one's own, or the one whose page an administrator is on.

    Raises:
        NotFound: If the person has no such token.
    """
    row = session.get(ApiToken, token_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such token.")
    if row.revoked_at is None:
        row.revoked_at = now
        record_change(
            session, actor, "token:revoked", Record.PERSON, person_id, now=now, detail=row.prefix
        )


def revoke_all(session: Session, person_id: int, *, now: datetime) -> None:
    """Make every token of a person worthless: they left, or somebody may have their password."""
    session.execute(
        update(ApiToken)
        .where(ApiToken.person_id == person_id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def use(session: Session, token: str, *, address: str, now: datetime) -> Used:
    """Return whose a token is and what it is good for.

    Raises:
        TokenRefused: If it is nobody's, or not any more; in the same words whatever was wrong.
        TooManyAttempts: If too many wrong ones came from this place lately.
    """
    _require_patience(session, address, now)
    row = session.execute(
        select(
            ApiToken.id.label("token_id"),
            ApiToken.name.label("token_name"),
            ApiToken.scope,
            ApiToken.expires_at,
            ApiToken.last_used_at,
            Person.id,
            Person.name,
            Person.unit_id,
            Unit.path,
        )
        .join(Person, Person.id == ApiToken.person_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(
            ApiToken.token_hash == _hash(token),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > now,
            Person.active,
            ~Person.must_change_password,
        )
    ).one_or_none()
    if row is None:
        raise TokenRefused(NOT_GOOD)
    return Used(
        token_id=row.token_id,
        name=row.token_name,
        scope=Scope(row.scope),
        expires_at=row.expires_at,
        actor=actor_of(session, row, today=to_london(now).date(), address=address),
        used_is_old=row.last_used_at is None or row.last_used_at + USED_EVERY <= now,
    )


def note_use(session: Session, token_id: int, *, address: str, now: datetime) -> None:
    """Write down that a token was used, and from where."""
    session.execute(
        update(ApiToken)
        .where(ApiToken.id == token_id)
        .values(last_used_at=now, last_used_address=address)
    )


def note_failure(session: Session, *, address: str, now: datetime) -> None:
    """Count a wrong token against the place it came from."""
    session.add(ApiFailure(address=address, at=now))


def _require_patience(session: Session, address: str, now: datetime) -> None:
    count, oldest = session.execute(
        select(func.count(), func.min(ApiFailure.at)).where(
            ApiFailure.address == address, ApiFailure.at > now - WINDOW
        )
    ).one()
    if count >= MOST_FAILURES:
        again = to_london(oldest + WINDOW)
        raise TooManyAttempts(
            f"Too many requests came from here with a wrong token. Try again after {again:%H:%M}."
        )


def _hash(token: str) -> str:
    # Fast on purpose: nothing about 256 random bits can be guessed.
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
