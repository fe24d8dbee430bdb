"""Sends the diary’s daily list, at six in the morning in London."""

from datetime import datetime

from fcr_app.services.diary_morning import send_morning_list
from fcr_app.services.transaction import transaction


def send_diary_list(now: datetime) -> str:
    """Tell supervisors and the FCR once a day; say how many."""
    with transaction() as session:
        sent = send_morning_list(session, now=now)
    if sent is None:
        return "Nothing to do: it is before six in London, or today’s list was sent."
    return (
        f"{sent.appointment_count:,} appointments with no crime recorded; "
        f"{sent.told_count:,} people told."
    )
