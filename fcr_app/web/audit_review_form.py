"""Reads a review as its page sends it: answers, the crimes one after another, a note."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from fcr_app.domain.audits.judging import MOST_CRIMES, CrimeGiven, ReviewGiven
from fcr_app.domain.audits.questions import EVERY_QUESTION
from fcr_app.domain.audits.words import Band, Group, Safeguarding, Severity, Verdict
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.errors import InvalidValue, InvalidValues

#: A name of a person, as typed, to their id; None where nobody is meant.
FindPerson = Callable[[str], int | None]
Word = TypeVar("Word", bound=StrEnum)
LONGEST_CLASS = 10
_MOST_DIGITS = 9


def read_review(said: Mapping[str, str], find_person: FindPerson) -> ReviewGiven:
    """Return what a form says, as far as it is written.

    Raises:
        InvalidValues: If somebody is named whom nobody knows.
    """
    answers = {
        name: text for name in EVERY_QUESTION if (text := said.get(f"answer-{name}", "").strip())
    }
    count = min(_number(said.get("crimes")) or 0, MOST_CRIMES + 1)
    crimes, problems = [], []
    for number in range(1, count + 1):
        try:
            crimes.append(_crime(said, number, find_person))
        except InvalidValue as problem:
            problems.append(problem)
    if problems:
        raise InvalidValues(problems)
    return ReviewGiven(answers=answers, crimes=tuple(crimes), note=_text(said.get("note")))


def without_blanks(given: ReviewGiven) -> ReviewGiven:
    """Return a review without the crimes that were added and left empty."""
    crimes = tuple(one for one in given.crimes if one != CrimeGiven())
    return ReviewGiven(answers=given.answers, crimes=crimes, note=given.note)


def with_another(given: ReviewGiven) -> ReviewGiven:
    """Return a review with an empty crime more, to be said."""
    crimes = (*given.crimes, CrimeGiven())
    return ReviewGiven(answers=given.answers, crimes=crimes, note=given.note)


def without(given: ReviewGiven, number: int) -> ReviewGiven:
    """Return a review without one of its crimes, counted from 1."""
    crimes = tuple(one for place, one in enumerate(given.crimes, start=1) if place != number)
    return ReviewGiven(answers=given.answers, crimes=crimes, note=given.note)


def _crime(said: Mapping[str, str], number: int, find_person: FindPerson) -> CrimeGiven:
    def of(name: str) -> str:
        return _text(said.get(f"crime-{number}-{name}"))

    person, typed = None, of("person").strip()
    if typed:
        person = find_person(typed)
        if person is None:
            message = (
                f"Crime {number}: nobody here has this staff number. Leave it empty if unsure."
            )
            raise InvalidValue(message, field=f"crime-{number}-person")
    return CrimeGiven(
        verdict=_word(Verdict, of("verdict")),
        offence_group=_word(Group, of("offence_group")),
        offence_class=of("offence_class").strip().upper()[:LONGEST_CLASS],
        domestic=of("domestic") == "yes",
        crime_id=_number(of("crime_id")),
        band=_word(Band, of("band")),
        error_type=_word(ErrorType, of("error_type")),
        severity=_word(Severity, of("severity")),
        unit_id=_number(of("unit_id")),
        person_id=person,
        safeguarding=_word(Safeguarding, of("safeguarding")),
        investigated=_word(Safeguarding, of("investigated")),
        note=of("note"),
    )


def _word(kind: type[Word], text: str) -> Word | None:
    return next((one for one in kind if one.value == text), None)


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def _text(text: str | None) -> str:
    return (text or "").replace("\0", "")
