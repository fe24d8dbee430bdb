"""Whole months that figures are worked out for.

Whole months and no days: two periods that differ by a day would tell what happened on it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from fcr_app.domain.london import from_london
from fcr_app.errors import InvalidValue

MOST_MONTHS = 60
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEAR = 12


@dataclass(frozen=True)
class Period:
    """From the first month to the last, both inclusive; each is the first day of its month."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * _YEAR + self.last.month - self.first.month + 1

    @property
    def ends_before(self) -> date:
        """The first day after it."""
        return _plus(self.last, 1)

    @property
    def starts_at(self) -> datetime:
        """The moment it begins in London."""
        return from_london(datetime.combine(self.first, time()))

    @property
    def ends_at(self) -> datetime:
        """The moment it is over in London."""
        return from_london(datetime.combine(self.ends_before, time()))

    @property
    def label(self) -> str:
        """The period in words."""
        if self.first == self.last:
            return f"{self.first:%B %Y}"
        return f"{self.first:%B %Y} to {self.last:%B %Y}"

    def each(self) -> tuple[date, ...]:
        """Return every month, the first first."""
        return tuple(_plus(self.first, number) for number in range(self.months))


def last_months(count: int, today: date) -> Period:
    """Return so many months, of which the last is this one so far."""
    this = today.replace(day=1)
    return Period(_plus(this, 1 - count), this)


def last_twelve_months(today: date) -> Period:
    """Return the twelve whole months before this one."""
    this = today.replace(day=1)
    return Period(_plus(this, -_YEAR), _plus(this, -1))


def asked_period(first: str, last: str, today: date) -> Period:
    """Return the period that somebody asks for as 2026-01 and 2026-12; empty is the usual one.

    Raises:
        InvalidValue: If one is no month, they are in the wrong order, or too many.
    """
    usual = last_twelve_months(today)
    begins = _month(first, "from") or (usual.first if not last else None)
    ends = _month(last, "to") or usual.last
    found = Period(begins or _plus(ends, 1 - _YEAR), ends)
    if found.months < 1:
        raise InvalidValue("The last month must not be before the first.", field="to")
    if found.months > MOST_MONTHS:
        raise InvalidValue(f"Ask for no more than {MOST_MONTHS} months.", field="from")
    return found


def _month(text: str, field: str) -> date | None:
    if not text.strip():
        return None
    found = _MONTH.fullmatch(text.strip())
    if not found or int(found[1]) < 1900:  # noqa: PLR2004 - no report is as old
        raise InvalidValue("Enter a month as year and month, such as 2026-01.", field=field)
    return date(int(found[1]), int(found[2]), 1)


def _plus(month: date, count: int) -> date:
    number = month.year * _YEAR + month.month - 1 + count
    return date(number // _YEAR, number % _YEAR + 1, 1)
