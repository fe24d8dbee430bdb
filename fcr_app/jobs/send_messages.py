"""Sends what waits in the outbox, one e-mail after another, each marked before and after."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from time import monotonic

from flask import current_app

from fcr_app.domain.mail import Delivery
from fcr_app.domain.spoken_time import duration
from fcr_app.errors import MailInDoubt, MailRefused, MailServerSilent
from fcr_app.services.mail_server import Connection, MailServer, email_message
from fcr_app.services.outbox import (
    FRESH,
    Outgoing,
    claim_next,
    doubt_the_unfinished,
    leave_unsent,
    mark_in_doubt,
    mark_refused,
    mark_sent,
    waiting_count,
)
from fcr_app.services.timetable import silent_since
from fcr_app.services.transaction import snapshot, transaction

NAME = "send-messages"
#: It runs every minute; a longer silence than this was a stop.
USUAL = timedelta(minutes=5)
#: A run leaves the rest to the next one after this time, well before anybody could think that it
#: has died (``outbox.ATTEMPT_LASTS``).
AT_MOST = timedelta(minutes=5)


@dataclass
class Run:
    """One run: its clock, and what became of what it sent."""

    server: MailServer
    began_at: datetime
    began: float = field(default_factory=monotonic)
    sent: int = 0
    late: int = 0
    waiting: int = 0
    given_up: int = 0
    in_doubt: int = 0

    @property
    def lasted(self) -> timedelta:
        """How long it has run."""
        return timedelta(seconds=monotonic() - self.began)

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.began_at + self.lasted

    def outcome(self) -> str:
        """Return what it did, in words; what did not happen is left out."""
        counted = (
            (self.given_up, "given up"),
            (self.waiting, "refused for now"),
            (self.in_doubt, "in doubt, not sent again by itself (fcr mail status)"),
        )
        rest = [f"{count:,} {words}" for count, words in counted if count]
        return "; ".join([f"{self.sent:,} e-mails sent", *rest]) + "."


def send_messages(now: datetime) -> str:
    """Send what waits; say how many, and how many were caught up after a stop."""
    server = MailServer.of(current_app.config)
    if server is None:
        with transaction() as session:
            left = leave_unsent(session)
        return f"{left:,} e-mails left unsent: there is no mail server (FCR_SMTP_HOST)."
    run = Run(server=server, began_at=now)
    with transaction() as session:
        run.in_doubt = doubt_the_unfinished(session, now=now)
    with snapshot() as session:
        waiting = waiting_count(session, now=now)
        silent = silent_since(session, NAME, now=now, usual=USUAL)
    if waiting:
        try:
            with server.connected() as connection:
                _send_all(run, connection)
        except MailServerSilent as error:
            left = waiting - run.sent
            return f"{run.outcome()} The mail server does not answer ({error}); {left:,} wait."
    said = run.outcome()
    if silent and run.late:
        said += f" {run.late:,} caught up after a stop of {duration(now - silent)}."
    return said


def _send_all(run: Run, connection: Connection) -> None:
    while run.lasted < AT_MOST:
        with transaction() as session:
            outgoing = claim_next(session, now=run.now)
        if outgoing is None:
            return
        _send(run, connection, outgoing)


def _send(run: Run, connection: Connection, outgoing: Outgoing) -> None:
    """Send one e-mail that is claimed, and enter what became of it."""
    if not outgoing.to:
        _refused(run, outgoing, "The person has left.", for_good=True)
        return
    try:
        connection.send(_put_together(run, outgoing))
    except MailRefused as error:
        _refused(run, outgoing, str(error), for_good=error.for_good)
    except MailServerSilent as error:
        _refused(run, outgoing, str(error), for_good=False)
        raise
    except MailInDoubt as error:
        with transaction() as session:
            mark_in_doubt(session, outgoing, str(error))
        run.in_doubt += 1
        raise MailServerSilent(str(error)) from error
    else:
        with transaction() as session:
            mark_sent(session, outgoing, now=run.now)
        run.sent += 1
        run.late += run.now - outgoing.created_at > FRESH


def _refused(run: Run, outgoing: Outgoing, why: str, *, for_good: bool) -> None:
    with transaction() as session:
        became = mark_refused(session, outgoing, why, now=run.now, for_good=for_good)
    if became is Delivery.GIVEN_UP:
        run.given_up += 1
    else:
        run.waiting += 1


def _put_together(run: Run, outgoing: Outgoing) -> EmailMessage:
    server = run.server
    return email_message(
        server,
        to=outgoing.to,
        subject=outgoing.subject,
        text=outgoing.text(server.public_url, now=run.now),
        message_id=outgoing.message_id(server.domain),
    )
