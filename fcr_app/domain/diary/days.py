"""The days of a diary: London days, of which one a year has 23 hours and one has 25."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fcr_app.domain.london import from_london, from_london_exists, is_repeated, to_london

HOUR = timedelta(hours=1)
DAYS_OF_A_WEEK = 7
#: Between these hours of the day slots are offered, whole hours of the London clock.
FIRST_HOUR, LAST_HOUR = 8, 20


@dataclass(frozen=True)
class Span:
    """A stretch of time, in UTC: from its start up to and without its end."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        """Say whether two stretches share any time; touching is not sharing."""
        return self.start < other.end and other.start < self.end


def day_span(day: date, days: int = 1) -> Span:
    """Return a London day, or some in a row, as a stretch of UTC."""
    return Span(_midnight(day), _midnight(day + timedelta(days=days)))


def _midnight(day: date) -> datetime:
    return from_london(datetime.combine(day, time.min))


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> tuple[date, ...]:
    """Return the seven days of a day's week, Monday first."""
    monday = monday_of(day)
    return tuple(monday + timedelta(days=n) for n in range(DAYS_OF_A_WEEK))


@dataclass(frozen=True)
class Hour:
    """An hour of a day: when it begins, and what a London clock shows then."""

    start: datetime
    label: str

    @property
    def span(self) -> Span:
        """The hour as a stretch of time."""
        return Span(self.start, self.start + HOUR)


def hours_of(day: date) -> tuple[Hour, ...]:
    """Return the hours that a day really has: 24, but for 23 in March and 25 in October.

    In the hour that comes twice the labels say which is which: "01:00 BST", "01:00 GMT".
    """
    span = day_span(day)
    count = (span.end - span.start) // HOUR
    return tuple(_hour(span.start + n * HOUR) for n in range(count))


def _hour(start: datetime) -> Hour:
    wall = to_london(start)
    zone = f" {wall:%Z}" if is_repeated(wall.replace(tzinfo=None)) else ""
    return Hour(start.astimezone(UTC), f"{wall:%H:%M}{zone}")


def starts_on(day: date) -> Iterator[datetime]:
    """Yield the moments at which a slot may be offered on a day."""
    for hour in range(FIRST_HOUR, LAST_HOUR):
        wall = datetime.combine(day, time(hour))
        if from_london_exists(wall):
            yield from_london(wall)


def day_of(moment: datetime) -> date:
    """Return the London day of a moment."""
    return to_london(moment).date()
