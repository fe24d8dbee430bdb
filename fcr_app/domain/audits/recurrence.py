"""When an audit of the plan is due, and which days it is about. Whole months, days in London."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

#: Enough for a plan of a year that is due every month, and a stop for whatever asks for more.
MOST_OCCURRENCES = 240


@dataclass(frozen=True, order=True)
class Span:
    """The days that an audit is about, both ends included."""

    starts_on: date
    ends_on: date

    def __str__(self) -> str:
        return f"{self.starts_on:%-d %B %Y} to {self.ends_on:%-d %B %Y}"

    @property
    def label(self) -> str:
        """The span in as few words as it takes: a month by its name."""
        first, last = self.starts_on, self.ends_on
        whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
        if not whole:
            return str(self)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        return f"{first:%B %Y} to {last:%B %Y}"


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day where that month is shorter.

    A target in months runs by corresponding date (reference, section 6).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def occurrences(first_due_on: date, every_months: int, until: date) -> tuple[date, ...]:
    """Return the days up to one, itself included, on which something is due.

    Each is counted from the first, so that a 31st comes back after a short month.

    Args:
        every_months: 0 for something that is due once.
    """
    if first_due_on > until:
        return ()
    if every_months == 0:
        return (first_due_on,)
    found = [first_due_on]
    while len(found) < MOST_OCCURRENCES:
        following = months_later(first_due_on, every_months * len(found))
        if following > until:
            break
        found.append(following)
    return tuple(found)


def next_after(first_due_on: date, every_months: int, day: date) -> date | None:
    """Return the first day after one on which something is due; None if it never is again."""
    if first_due_on > day:
        return first_due_on
    if every_months == 0:
        return None
    passed = len(occurrences(first_due_on, every_months, day))
    return months_later(first_due_on, every_months * passed)


def period_before(due_on: date, covers_months: int) -> Span:
    """Return the whole months before the month of a day."""
    ends_on = due_on.replace(day=1) - timedelta(days=1)
    return Span(months_later(ends_on.replace(day=1), 1 - covers_months), ends_on)


def rule_text(every_months: int) -> str:
    """Return the recurrence as RFC 5545 writes it; empty for something that is due once."""
    return f"FREQ=MONTHLY;INTERVAL={every_months}" if every_months else ""


def every_label(every_months: int) -> str:
    """Return how often it is due, in words."""
    named = {
        0: "Once",
        1: "Every month",
        3: "Every quarter",
        6: "Every half year",
        12: "Every year",
    }
    return named.get(every_months, f"Every {every_months} months")
