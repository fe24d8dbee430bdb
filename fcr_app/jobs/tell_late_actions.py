"""Tells owners and registrars of actions that have become overdue."""

from datetime import datetime

from fcr_app.services.audits.late_actions import tell_of_late_actions
from fcr_app.services.transaction import transaction


def tell_late_actions(now: datetime) -> str:
    """Tell of each once; say how many."""
    with transaction() as session:
        count = tell_of_late_actions(session, now=now)
    return f"Told of {count:,} actions that became overdue."
