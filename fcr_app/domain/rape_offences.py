"""Which crime of rape a report amounts to: class and code, by the published offence list.

The class follows from the sex and age of the victim, and from whether several offenders took part
who are not told apart; the code from sex, age and whether it was completed (handbook section 9).
"""

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """The sex of the victim, as the offence list divides rape."""

    FEMALE = "female"
    MALE = "male"


class Age(StrEnum):
    """The age of the victim when it happened, as the offence list divides rape."""

    UNDER_13 = "under_13"
    UNDER_16 = "under_16"
    ADULT = "16_and_over"


@dataclass(frozen=True)
class OffenceCode:
    """An offence by Home Office class and code, which only together name one."""

    offence_class: str
    offence_code: str

    def __str__(self) -> str:
        return f"{self.offence_class} ({self.offence_code})"


@dataclass(frozen=True)
class _Row:
    offence_class: str
    completed: str
    attempted: str


_TABLE = {
    (Sex.FEMALE, Age.ADULT): _Row("19C", "019/08", "019/12"),
    (Sex.FEMALE, Age.UNDER_16): _Row("19D", "019/07", "019/11"),
    (Sex.FEMALE, Age.UNDER_13): _Row("19E", "019/16", "019/18"),
    (Sex.MALE, Age.ADULT): _Row("19F", "019/10", "019/14"),
    (Sex.MALE, Age.UNDER_16): _Row("19G", "019/09", "019/13"),
    (Sex.MALE, Age.UNDER_13): _Row("19H", "019/17", "019/19"),
}
#: Several offenders who can't be told apart.
_UNDEFINED = {Sex.FEMALE: "19J", Sex.MALE: "19K"}


def rape_offence(sex: Sex, age: Age, *, undefined_offenders: bool, attempted: bool) -> OffenceCode:
    """Return the class and code of a rape, or of an attempt, which shares the class."""
    row = _TABLE[sex, age]
    return OffenceCode(
        _UNDEFINED[sex] if undefined_offenders else row.offence_class,
        row.attempted if attempted else row.completed,
    )


#: What the published list calls each class.
_TITLES = {
    "19C": "Rape of a female aged 16 or over",
    "19D": "Rape of a female under 16",
    "19E": "Rape of a female under 13",
    "19F": "Rape of a male aged 16 or over",
    "19G": "Rape of a male under 16",
    "19H": "Rape of a male under 13",
    "19J": "Rape of a female by several undefined offenders",
    "19K": "Rape of a male by several undefined offenders",
}


def title_of_class(offence: OffenceCode) -> str:
    """Return what a class of rape is called, as people say it."""
    return _TITLES.get(offence.offence_class, "")
