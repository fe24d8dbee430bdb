"""Writes the day's e-mail for whoever prefers one a day."""

from datetime import datetime

from flask import current_app

from fcr_app.services.digests import write_digests
from fcr_app.services.mail_server import MailServer
from fcr_app.services.transaction import transaction

#: People in one transaction: few enough that nobody who saves waits long for it.
AT_A_TIME = 100


def send_digests(now: datetime) -> str:
    """Put today's digests into the outbox, one for each person however often it runs."""
    if MailServer.of(current_app.config) is None:
        return "No digests: there is no mail server (FCR_SMTP_HOST)."
    count, after, more = 0, None, True
    while more:
        with transaction() as session:
            written = write_digests(session, now=now, limit=AT_A_TIME, after=after)
        count += written.count
        after, more = written.last_id, written.last_id is not None
    return f"{count:,} digests written."
