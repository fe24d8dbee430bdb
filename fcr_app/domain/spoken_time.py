"""Times and lengths of time as people say them, in London time."""

from datetime import date, datetime, time, timedelta

from fcr_app.domain.london import is_repeated, to_london

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def day(value: date | datetime | None) -> str:
    """Return "24 November 2026"; nothing for no date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = to_london(value).date()
    return f"{value:%-d %B %Y}"


def moment(value: datetime | None) -> str:
    """Return "24 November 2026 at 14:05" in London time; nothing for no time."""
    if value is None:
        return ""
    return f"{day(value)} at {wall_time(value)}"


def limit(value: datetime) -> str:
    """Return a limit with its day: "the end of 1 December 2026" for midnight, or its time."""
    if to_london(value).time() == time.min:
        return f"the end of {day(value - timedelta(microseconds=1))}"
    return f"{wall_time(value)} on {day(value)}"


def duration(value: timedelta) -> str:
    """Return a length of time in its two biggest units: "3 hours 20 minutes", "2 days"."""
    seconds = int(abs(value.total_seconds()))
    if seconds >= 2 * DAY:
        return _count(seconds // DAY, "day")
    if seconds >= DAY:
        return _pair(seconds, DAY, "day", HOUR, "hour")
    if seconds >= HOUR:
        return _pair(seconds, HOUR, "hour", MINUTE, "minute")
    if seconds >= MINUTE:
        return _count(seconds // MINUTE, "minute")
    return "less than a minute"


def when(due_at: datetime, now: datetime) -> str:
    """Return a deadline's moment: "today 16:40"; "end of Monday 30 November" for midnight."""
    if to_london(due_at).time() == time.min:
        return f"end of {near_day(due_at - timedelta(seconds=1), now)}"
    return f"{near_day(due_at, now)} {wall_time(due_at)}"


def near_day(value: datetime, now: datetime) -> str:
    """Return the day as seen from now: "today", "tomorrow", "Friday 27 November"."""
    then, today = to_london(value).date(), to_london(now).date()
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if (away := (then - today).days) in near:
        return near[away]
    return f"{then:%A %-d %B}" if then.year == today.year else f"{then:%-d %B %Y}"


def wall_time(value: datetime) -> str:
    """Return the London time; in October's repeated hour, say which of the two it is."""
    wall = to_london(value)
    zone = f" {wall:%Z}" if is_repeated(wall.replace(tzinfo=None)) else ""
    return f"{wall:%H:%M}{zone}"


def _pair(seconds: int, big: int, big_name: str, small: int, small_name: str) -> str:
    rest = seconds % big // small
    text = _count(seconds // big, big_name)
    return f"{text} {_count(rest, small_name)}" if rest else text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
