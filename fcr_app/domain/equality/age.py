"""Age at the time of the offence, from a date of birth or from an age that was told or estimated.

A value is a day (``1984-05-02``), whole years (``41``), or an estimate of them (``~41``).
"""

from dataclasses import dataclass
from datetime import date

from fcr_app.errors import InvalidValue

#: Nobody older was ever known; an older age is a slip of the pen.
OLDEST = 122
_ESTIMATE = "~"


@dataclass(frozen=True)
class Band:
    """A band of ages, both ends inclusive; ``highest`` is None for the last, which is open."""

    lowest: int
    highest: int | None

    @property
    def key(self) -> str:
        """The band as it is stored: ``25-34``, ``75+``."""
        return f"{self.lowest}+" if self.highest is None else f"{self.lowest}-{self.highest}"

    @property
    def label(self) -> str:
        """The band in words."""
        if self.highest is None:
            return f"{self.lowest} and over"
        return f"{self.lowest} to {self.highest}"


#: The bands of the reference on data law, section 4.2: ten is the age of criminal responsibility.
BANDS = (
    Band(0, 9),
    Band(10, 13),
    Band(14, 15),
    Band(16, 17),
    Band(18, 24),
    Band(25, 34),
    Band(35, 44),
    Band(45, 54),
    Band(55, 64),
    Band(65, 74),
    Band(75, None),
)


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on a day.

    Whoever was born on 29 February is a year older on 1 March of a common year, as the law of
    England and Wales counts.
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def band_of(age: int) -> Band:
    """Return the band that an age falls in."""
    return next(band for band in reversed(BANDS) if band.lowest <= age)


def is_estimate(value: str) -> bool:
    """Say whether a stored value is somebody's estimate."""
    return value.startswith(_ESTIMATE)


def age_of(value: str, day: date) -> int:
    """Return the age that a stored value means, in whole years.

    Args:
        day: The day of the offence, as near as the record knows it.
    """
    if "-" in value:
        return age_on(date.fromisoformat(value), day)
    return int(value.removeprefix(_ESTIMATE))


def from_birth(born_on: date, day: date) -> str:
    """Return a date of birth as it is stored.

    Raises:
        InvalidValue: If the person was not born by then, or would be older than anybody was.
    """
    if born_on > day:
        raise InvalidValue("The date of birth must be before the report.", field="age")
    if age_on(born_on, day) > OLDEST:
        raise InvalidValue(f"The age must be {OLDEST} or less. Check the year.", field="age")
    return born_on.isoformat()


def from_years(years: int, *, estimated: bool) -> str:
    """Return an age in whole years as it is stored.

    Raises:
        InvalidValue: If nobody is that old.
    """
    if not 0 <= years <= OLDEST:
        raise InvalidValue(f"The age must be a whole number from 0 to {OLDEST}.", field="age")
    return f"{_ESTIMATE}{years}" if estimated else str(years)
