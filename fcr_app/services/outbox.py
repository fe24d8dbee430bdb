"""The outbox: which e-mail is sent next, and what became of it.

Each is marked before it is sent and again afterwards, in two transactions. A stop in between leaves
the first mark, and nobody can say whether the mail server took the e-mail. It is then in doubt and
never sent again by itself: at most once (docs/decisions says why).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.mail import SITE, Delivery
from fcr_app.domain.spoken_time import moment
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import Message, Person

#: Longer than any attempt takes. After it, whoever began the attempt has gone.
ATTEMPT_LASTS = timedelta(minutes=10)
#: After this long an e-mail says when it was written.
FRESH = timedelta(hours=1)
#: How long to wait after each refusal; then it is given up, after more than two days.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))

_STOPPED = "The service stopped while this was being sent."
_AGAIN = "You may have had this before: it was not certain that it was sent.\n\n"


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """An e-mail that is ours to send.

    Attributes:
        to: The address; empty if the person has left.
        attempt: 1 the first time.
    """

    id: int
    to: str
    subject: str
    body: str
    created_at: datetime
    attempt: int

    def text(self, public_url: str, *, now: datetime) -> str:
        """Return the text as it is sent: with real links, and if it is late saying so."""
        text = self.body.replace(SITE, public_url)
        if now - self.created_at > FRESH:
            at = moment(self.created_at)
            text = f"This was written on {at} and could not be sent before.\n\n{text}"
        return text

    def message_id(self, domain: str) -> str:
        """Return what mail programs know it by; the same whenever it is sent."""
        return f"<fcr-message-{self.id}@{domain}>"


def _is(status: Delivery) -> ColumnElement[bool]:
    """Return a condition in the very words of the partial indexes."""
    return Message.status == literal_column(f"'{status.value}'")


def waiting_count(session: Session, *, now: datetime) -> int:
    """Return how many e-mails could be sent now."""
    found = select(func.count()).where(_is(Delivery.WAITING), Message.send_after <= now)
    return session.scalar(found) or 0


def claim_next(session: Session, *, now: datetime) -> Outgoing | None:
    """Mark the next e-mail as being sent, for this process alone; None if none waits."""
    row = session.execute(
        select(
            Message.id,
            Message.subject,
            Message.body,
            Message.created_at,
            Message.attempts,
            Person.email,
            Person.active,
        )
        .join(Person, Person.id == Message.person_id)
        .where(_is(Delivery.WAITING), Message.send_after <= now)
        .order_by(Message.send_after, Message.id)
        .limit(1)
        .with_for_update(of=Message, skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    _set(
        session,
        Message.id == row.id,
        status=Delivery.SENDING.value,
        claimed_at=now,
        attempts=row.attempts + 1,
    )
    return Outgoing(
        id=row.id,
        to=row.email if row.active else "",
        subject=row.subject,
        body=row.body,
        created_at=row.created_at,
        attempt=row.attempts + 1,
    )


def mark_sent(session: Session, outgoing: Outgoing, *, now: datetime) -> None:
    """Enter that the mail server took it."""
    _settle(session, outgoing, Delivery.SENT, sent_at=now, last_error="")


def mark_refused(
    session: Session, outgoing: Outgoing, why: str, *, now: datetime, for_good: bool
) -> Delivery:
    """Enter that it was not taken. Says whether it waits for another attempt or is given up."""
    if for_good or outgoing.attempt > len(BACKOFF):
        _settle(session, outgoing, Delivery.GIVEN_UP, last_error=why)
        return Delivery.GIVEN_UP
    again = now + BACKOFF[outgoing.attempt - 1]
    _settle(session, outgoing, Delivery.WAITING, last_error=why, send_after=again)
    return Delivery.WAITING


def mark_in_doubt(session: Session, outgoing: Outgoing, why: str) -> None:
    """Enter that nobody can say whether the mail server took it."""
    _settle(session, outgoing, Delivery.IN_DOUBT, last_error=why)


def doubt_the_unfinished(session: Session, *, now: datetime) -> int:
    """Put in doubt what somebody began to send and never finished. Says how many."""
    unfinished = Message.claimed_at < now - ATTEMPT_LASTS
    return _set(
        session,
        _is(Delivery.SENDING) & unfinished,
        status=Delivery.IN_DOUBT.value,
        last_error=_STOPPED,
    )


def leave_unsent(session: Session) -> int:
    """Mark what waits as not sent, because there is no mail server. Says how many.

    A server that is set up later does not send what was news long ago.
    """
    return _set(
        session,
        _is(Delivery.WAITING),
        status=Delivery.NOT_SENT.value,
        last_error="There is no mail server.",
    )


def send_again(session: Session, message_id: int, *, now: datetime) -> None:
    """Let an e-mail be sent once more, saying in it that it may be the second.

    Raises:
        NotFound: If there is no such e-mail.
        InvalidValue: If it was sent, or still waits.
    """
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound(f"There is no e-mail number {message_id}.")
    if message.status not in {Delivery.IN_DOUBT, Delivery.GIVEN_UP, Delivery.NOT_SENT}:
        raise InvalidValue(f"E-mail {message_id} is “{message.status}”, so it can’t be sent again.")
    if message.status == Delivery.IN_DOUBT:
        message.body = _AGAIN + message.body
    message.status, message.attempts, message.send_after = Delivery.WAITING.value, 0, now


def counts(session: Session) -> dict[Delivery, int]:
    """Return how many e-mails have come how far."""
    rows = session.execute(select(Message.status, func.count()).group_by(Message.status))
    return {Delivery(status): count for status, count in rows}


def troubled(session: Session, *, limit: int) -> list[tuple[int, Delivery, datetime, str]]:
    """Return the newest e-mails that are in doubt or given up: number, which, since when, why."""
    rows = session.execute(
        select(Message.id, Message.status, Message.created_at, Message.last_error)
        .where(Message.status.in_([Delivery.IN_DOUBT.value, Delivery.GIVEN_UP.value]))
        .order_by(Message.id.desc())
        .limit(limit)
    )
    return [(number, Delivery(status), at, why) for number, status, at, why in rows]


def _settle(session: Session, outgoing: Outgoing, status: Delivery, **values: object) -> None:
    """Enter how an attempt ended, unless a later attempt has begun."""
    _set(
        session,
        (Message.id == outgoing.id) & (Message.attempts == outgoing.attempt),
        status=status.value,
        **values,
    )


def _set(session: Session, which: ColumnElement[bool], **values: object) -> int:
    done: Any = session.execute(
        update(Message).where(which).values(**values).execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
