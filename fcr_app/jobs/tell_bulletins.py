"""Tells people of bulletins that begin today, and whoever joined those they are for."""

from datetime import datetime

from fcr_app.services.bulletin_telling import tell_newcomers
from fcr_app.services.transaction import transaction


def tell_bulletins(now: datetime) -> str:
    """Tell each person once, however often it runs."""
    with transaction() as session:
        count = tell_newcomers(session, now=now)
    return f"{count:,} told of a bulletin."
