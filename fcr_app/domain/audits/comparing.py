"""Where two auditors who examined the same record differ (reference, 2.3: the blind second audit).

Compared is what the figures count: the answers, and of each crime its verdict, group, class, how
soon it was recorded and what went wrong. Notes, severity and names are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.audits.questions import ItemQuestion
from fcr_app.domain.audits.words import Verdict

NOT_NAMED = "Not named"
NO_ANSWER = "Not asked"


@dataclass(frozen=True)
class Difference:
    """Something that two reviews say differently, in words."""

    title: str
    first: str
    second: str


def differences(
    first: ReviewGiven, second: ReviewGiven, questions: Sequence[ItemQuestion]
) -> tuple[Difference, ...]:
    """Return where two reviews of one record differ, in the order of the page."""
    found = []
    for one in questions:
        mine, theirs = first.answers.get(one.name, ""), second.answers.get(one.name, "")
        if mine != theirs:
            found.append(
                Difference(one.label, one.says(mine) or NO_ANSWER, one.says(theirs) or NO_ANSWER)
            )
    for number, (mine_crime, their_crime) in enumerate(pairs(first, second), start=1):
        said, other = crime_words(mine_crime), crime_words(their_crime)
        if said != other:
            found.append(Difference(f"Crime {number}", said, other))
    return tuple(found)


def pairs(
    first: ReviewGiven, second: ReviewGiven
) -> tuple[tuple[CrimeGiven | None, CrimeGiven | None], ...]:
    """Return the crimes of two reviews beside each other, with None where one names none.

    A recorded crime meets itself; a missing one meets the first missing one like it, by class and
    group, then by group.
    """
    left = list(second.crimes)
    found: list[tuple[CrimeGiven | None, CrimeGiven | None]] = []
    alone: list[CrimeGiven] = []
    for crime in first.crimes:
        other = _same(crime, left)
        if other is None:
            alone.append(crime)
        else:
            left.remove(other)
            found.append((crime, other))
    found += [(crime, None) for crime in alone]
    return (*found, *((None, crime) for crime in left))


def crime_words(crime: CrimeGiven | None) -> str:
    """Return what is compared of a crime, in words."""
    if crime is None or crime.verdict is None:
        return NOT_NAMED
    parts = [
        crime.verdict.label,
        crime.offence_group.label if crime.offence_group else "",
        crime.offence_class,
        "domestic abuse" if crime.domestic else "",
        crime.band.label if crime.band else "",
        crime.error_type.full_label if crime.error_type else "",
    ]
    return ", ".join(part for part in parts if part)


def should_exist(given: ReviewGiven) -> int:
    """Return how many crimes should exist by a review."""
    return sum(1 for crime in given.crimes if crime.verdict and crime.verdict.should_exist)


def recorded(given: ReviewGiven) -> int:
    """Return how many of them were recorded rightly."""
    return sum(1 for crime in given.crimes if crime.verdict is Verdict.RECORDED)


def _same(crime: CrimeGiven, others: Sequence[CrimeGiven]) -> CrimeGiven | None:
    if crime.crime_id is not None:
        return next((one for one in others if one.crime_id == crime.crime_id), None)
    missing = [one for one in others if one.crime_id is None]
    alike = [
        [one for one in missing if _key(one) == _key(crime)],
        [one for one in missing if one.offence_group is crime.offence_group],
    ]
    return next((found[0] for found in alike if found), None)


def _key(crime: CrimeGiven) -> tuple[object, ...]:
    return (crime.offence_group, crime.offence_class, crime.verdict)
