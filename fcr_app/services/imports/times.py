"""Reads the times of an extract: London wall-clock times, unless they carry an offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fcr_app.domain.london import from_london, is_repeated
from fcr_app.errors import InvalidValue

#: ISO dates without a time are no longer than this.
_ISO_DAY = 10
_OLDEST = 1900


@dataclass(frozen=True, kw_only=True)
class TimeRead:
    """A time as far as the extract gives it.

    Attributes:
        at: In UTC; None where only the day is given.
        note: What had to be assumed; empty where nothing was.
    """

    at: datetime | None
    day: date
    note: str = ""


def read_time(text: str, formats: Sequence[str]) -> TimeRead:
    """Read a time.

    Args:
        formats: As ``strptime`` reads them, tried in order after ISO.

    Raises:
        InvalidValue: If it is no time, or one that the spring clock change skipped.
    """
    given, has_time = _parse(text, formats)
    if given.year < _OLDEST:
        raise InvalidValue("The year can’t be right. Give it with four figures.")
    if not has_time:
        return TimeRead(at=None, day=given.date())
    if given.tzinfo:
        return TimeRead(at=given.astimezone(UTC), day=given.date())
    note = ""
    if is_repeated(given):
        note = f"{given:%H:%M} on {given:%-d %B %Y} came twice; the first was assumed."
    return TimeRead(at=from_london(given), day=given.date(), note=note)


def read_month(text: str, formats: Sequence[str]) -> date:
    """Read a month as its first day.

    Raises:
        InvalidValue: If it is no month.
    """
    return _parse(text, (*formats, "%Y-%m"))[0].date().replace(day=1)


def _parse(text: str, formats: Sequence[str]) -> tuple[datetime, bool]:
    try:
        return datetime.fromisoformat(text), len(text) > _ISO_DAY
    except ValueError:
        pass
    for layout in formats:
        try:
            given = datetime.strptime(text, layout)  # noqa: DTZ007 - London time, see above
        except ValueError:
            continue
        return given, "%H" in layout or "%I" in layout
    raise InvalidValue(
        "This is not a date or time that can be read. Write it like 2026-11-24 14:05."
    )
