"""Sees what was put right after feedback where nothing else noticed, such as an import."""

from datetime import datetime

from fcr_app.services.audits.finding_closing import see_some_findings
from fcr_app.services.feedback_giving import see_all_corrections
from fcr_app.services.transaction import transaction

#: Items in one transaction: few enough that nobody who saves waits long for it.
AT_A_TIME = 50


def see_corrections(now: datetime) -> str:
    """Look at all feedback and findings that wait for a record; say how much changed."""
    changed, after, more = 0, 0, True
    while more:
        with transaction() as session:
            count, last = see_all_corrections(session, now=now, limit=AT_A_TIME, after=after)
        changed += count
        after, more = last or 0, last is not None
    closed, after, more = 0, 0, True
    while more:
        with transaction() as session:
            count, last = see_some_findings(session, now=now, limit=AT_A_TIME, after=after)
        closed += count
        after, more = last or 0, last is not None
    return f"{changed:,} items of feedback changed, {closed:,} findings of audits closed."
