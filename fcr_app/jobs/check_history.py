"""Proves every night that no case's history was changed."""

from datetime import datetime

from fcr_app.services.history import verify
from fcr_app.services.reminders import alarm_registrars
from fcr_app.services.transaction import snapshot, transaction


def check_history(now: datetime) -> str:
    """Walk every history; tell the registrars if one is broken."""
    rows = cases = 0
    broken = ""
    with snapshot() as session:
        for walked in verify(session):
            rows, cases, broken = walked.rows, walked.cases, walked.broken
    if broken:
        with transaction() as session:
            alarm_registrars(session, broken, now=now)
        return f"BROKEN. {broken}"
    return f"{rows:,} steps of {cases:,} cases verified; all are as they were written."
