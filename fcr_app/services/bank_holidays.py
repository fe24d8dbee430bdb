"""Puts the published bank holidays of England and Wales into the force's own table.

The library knows the rules; the table is what counts, because a holiday is sometimes proclaimed
for one year only.
"""

from collections.abc import Iterable
from datetime import date

import holidays
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fcr_app.models import BankHoliday

SATURDAY = 5


def add_bank_holidays(session: Session, years: Iterable[int]) -> int:
    """Add the bank holidays of some years that are missing; return how many were added."""
    known = set(session.scalars(select(BankHoliday.on_date)))
    published: dict[date, str] = dict(holidays.country_holidays("GB", subdiv="ENG", years=years))
    missing = [
        {"on_date": day, "name": name[:80]}
        for day, name in sorted(published.items())
        # The library lists a weekend day beside its substitute; nobody is at work on it anyway.
        if day.weekday() < SATURDAY and day not in known
    ]
    if missing:
        session.execute(insert(BankHoliday), missing)
    return len(missing)
