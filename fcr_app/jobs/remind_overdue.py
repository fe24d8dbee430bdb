"""Reminds people of cases whose time has run out."""

from datetime import datetime

from fcr_app.services.reminders import remind
from fcr_app.services.transaction import transaction

#: Cases in one transaction: few enough that nobody who saves waits long for it.
AT_A_TIME = 200


def remind_overdue(now: datetime) -> str:
    """Write the reminders that are due and have not been written; say how many."""
    cases = notices = 0
    after = None
    while True:
        with transaction() as session:
            reminded = remind(session, now=now, limit=AT_A_TIME, after=after)
        after = reminded.last
        cases += reminded.case_count
        notices += reminded.notice_count
        if reminded.case_count < AT_A_TIME:
            return f"{cases:,} cases newly late; {notices:,} reminders written."
