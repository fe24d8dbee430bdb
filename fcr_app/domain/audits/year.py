"""The year of an audit plan: the financial year, 1 April to 31 March."""

from datetime import date

from fcr_app.domain.audits.recurrence import Span, months_later

_FIRST_MONTH = 4
_MONTHS = 12


def year_of(day: date) -> Span:
    """Return the financial year that a day belongs to."""
    begun = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return Span(date(begun, _FIRST_MONTH, 1), date(begun + 1, _FIRST_MONTH - 1, 31))


def year_after(year: Span) -> Span:
    """Return the financial year after one."""
    return year_of(months_later(year.starts_on, _MONTHS))


def year_label(year: Span) -> str:
    """Return a year in words: "2026/27"."""
    return f"{year.starts_on.year}/{year.ends_on:%y}"


def months_of(year: Span) -> tuple[date, ...]:
    """Return the first day of each month of a year."""
    return tuple(months_later(year.starts_on.replace(day=1), number) for number in range(_MONTHS))
