"""Keeps the counts of each month behind the equality figures."""

from datetime import datetime

from fcr_app.domain.london import to_london
from fcr_app.services.equality_figures.stored import count_month, keep_month, months_to_count
from fcr_app.services.transaction import snapshot, transaction


def count_equality(now: datetime) -> str:
    """Count every month anew: answers come later, and crimes are cancelled later.

    Counting only reads, so nobody waits for it; what was counted is saved month by month.
    """
    months = months_to_count(to_london(now).date())
    for month in months:
        with snapshot() as session:
            counts = count_month(session, month)
        with transaction() as session:
            keep_month(session, counts, now=now)
    return f"Counted {len(months)} months of victims and recording decisions."
