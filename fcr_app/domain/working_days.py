"""Working days in England and Wales: Monday to Friday, without bank holidays."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta

from fcr_app.domain.london import LONDON, from_london

SATURDAY = 5


def is_working_day(day: date, holidays: AbstractSet[date]) -> bool:
    """Say whether people are at work on a day."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: AbstractSet[date]) -> date:
    """Return the last working day of a period; the day of the event is day 0."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def end_of_working_day(start_at: datetime, days: int, holidays: AbstractSet[date]) -> datetime:
    """Return the moment, in UTC, when a number of working days has run out.

    Days are London days, and the last one counts to its midnight.
    """
    last = add_working_days(start_at.astimezone(LONDON).date(), days, holidays)
    return from_london(datetime.combine(last + timedelta(days=1), time.min))
