"""How times read on a page: London time, in words, with the exact time beside them."""

from datetime import datetime, timedelta

from flask import Flask

from fcr_app import clock as system_clock
from fcr_app.domain.spoken_time import day, duration, moment, wall_time, when

#: No deadline is stored as a moment in this year.
END_OF_TIME_YEAR = 9999


def clock(due_at: datetime | None, now: datetime | None = None) -> str:
    """Return a deadline as people say it: "due in 3 hours 20 minutes (today 16:40)".

    Args:
        due_at: None, or the end of time, where no clock runs.
        now: The present moment, unless given.
    """
    if due_at is None or due_at.year == END_OF_TIME_YEAR:
        return "no deadline"
    now = now or system_clock.now()
    length = duration(due_at - now)
    said = f"{length} late" if due_at < now else f"due in {length}"
    return f"{said} ({when(due_at, now)})"


def lateness(due_at: datetime, now: datetime | None = None) -> str:
    """Return "late", "soon" (within a day) or "fine", for the look of a clock."""
    left = due_at - (now or system_clock.now())
    if left < timedelta():
        return "late"
    return "soon" if left < timedelta(days=1) else "fine"


def register(app: Flask) -> None:
    """Give the filters to every template."""
    app.add_template_filter(clock)
    app.add_template_filter(day)
    app.add_template_filter(duration)
    app.add_template_filter(lateness)
    app.add_template_filter(moment)
    app.add_template_filter(wall_time)
