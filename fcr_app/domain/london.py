"""Wall-clock times in Europe/London, and the two hours a year that are not like others.

Times are stored in UTC and shown in London time. Sums are done in UTC: Python adds 24 hours to
an aware London time by the wall clock, which is an hour wrong across a clock change.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fcr_app.errors import NoLivingTime

LONDON = ZoneInfo("Europe/London")


def from_london(wall: datetime, *, second: bool = False) -> datetime:
    """Return the UTC moment of a London wall-clock time.

    Args:
        wall: A naive time as a person reads it off a clock.
        second: In the repeated hour of October, take the second occurrence. Without it the
            first is assumed (data-law reference, section 6).

    Raises:
        NoLivingTime: For the hour in March that the clocks skip.
    """
    utc = wall.replace(tzinfo=LONDON, fold=int(second)).astimezone(UTC)
    if utc.astimezone(LONDON).replace(tzinfo=None) != wall:
        raise NoLivingTime(
            f"{wall:%H:%M} on {wall:%-d %B %Y} did not happen: the clocks went forward. "
            "Check the time and enter it again."
        )
    return utc


def is_repeated(wall: datetime) -> bool:
    """Say whether a London wall-clock time happened twice, when the clocks went back."""
    first, second = (wall.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and from_london_exists(wall)


def from_london_exists(wall: datetime) -> bool:
    """Say whether a London wall-clock time happened at all."""
    try:
        from_london(wall)
    except NoLivingTime:
        return False
    return True


def to_london(moment: datetime) -> datetime:
    """Return a moment as London shows it; its ``fold`` tells the repeated hour apart."""
    return moment.astimezone(LONDON)
