"""Reads the answer to one question as its form sends it. Each question is a form of its own."""

from collections.abc import Mapping
from datetime import date

from fcr_app.domain.equality.age import from_birth, from_years
from fcr_app.domain.equality.answers import AnswerSource, Missing
from fcr_app.domain.equality.items import Item
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.services.equality.answers import NewAnswer

#: Names of the fields. The first is the one group of buttons that each question has.
ANSWER, DETAIL, EFFECT = "answer", "detail", "effect"
DAY, MONTH, YEAR, YEARS = "day", "month", "year", "years"
#: Answers that ask for more: a date of birth, an age, and how much a condition reduces.
BIRTH, AGE, ESTIMATE, CONDITION = "birth", "age", "estimate", "yes"
_MOST_DIGITS = 4
#: What the one who asks says, and not the victim or whoever answers for them.
_BY_WHOEVER_ASKS = frozenset({Missing.NOT_ASKED, Missing.URGENT, Missing.NOT_SEEN})


def read_answer(
    item: Item, said: Mapping[str, str], who: AnswerSource, *, counted_on: date, today: date
) -> NewAnswer:
    """Return what a form says.

    Args:
        who: Who answers: the victim, or somebody for them.
        counted_on: The day of the report, by which the victim was born.

    Raises:
        InvalidValues: If it says nothing, or nothing that can be.
    """
    chosen = said.get(ANSWER, "")
    missing = next((reason for reason in Missing if reason.value == chosen), None)
    if missing:
        source = AnswerSource.OBSERVED if missing in _BY_WHOEVER_ASKS else who
        return NewAnswer(item=item, missing=missing, source=source, given_on=today)
    if item is Item.AGE:
        value, source = _age(said, chosen, who, counted_on)
        return NewAnswer(item=item, value=value, source=source, given_on=today)
    if item is Item.ETHNICITY_OBSERVED:
        who = AnswerSource.OBSERVED
    if not chosen:
        raise _refused("Select an answer.")
    if item is Item.DISABILITY and chosen == CONDITION:
        chosen = said.get(EFFECT, "")
        if not chosen:
            raise _refused("Select how much it reduces what they can do, or “Prefer not to say”.")
    detail = said.get(DETAIL, "").replace("\0", "")
    return NewAnswer(item=item, value=chosen, detail=detail, source=who, given_on=today)


def _age(
    said: Mapping[str, str], chosen: str, who: AnswerSource, counted_on: date
) -> tuple[str, AnswerSource]:
    """Return an age as it is stored, and who says so.

    Typing a date or an age is enough where no button was chosen.
    """
    day, month, year, years = (_number(said.get(name, "")) for name in (DAY, MONTH, YEAR, YEARS))
    if chosen in (AGE, ESTIMATE) or (not chosen and years is not None):
        if years is None:
            raise _refused("Enter the age as a whole number.")
        estimated = chosen == ESTIMATE
        source = AnswerSource.OBSERVED if estimated else who
        return from_years(years, estimated=estimated), source
    if day is None and month is None and year is None and not chosen:
        raise _refused("Enter a date of birth or an age.")
    try:
        born_on = date(year or 0, month or 0, day or 0)
    except ValueError as error:
        raise _refused("Enter a date of birth with a day, a month and a year.") from error
    return from_birth(born_on, counted_on), who


def _number(said: str) -> int | None:
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else None


def _refused(message: str) -> InvalidValues:
    return InvalidValues([InvalidValue(message, field=ANSWER)])
