"""What auditors answered about records, put together: shares of a yes, N100 measures, headlines."""

from collections.abc import Sequence
from dataclasses import dataclass

from fcr_app.domain.audit_figures.rates import Basis, Method, Rate, rate_of
from fcr_app.domain.audits.words import CountedAs
from fcr_app.domain.questions import NO, YES

#: The answer by which a record is right, for each unit that is no crime: the headline of its audit.
HEADLINES: dict[CountedAs, tuple[str, str]] = {
    CountedAs.CANCELLATION: ("cancelled_rightly", "Cancelled rightly"),
    CountedAs.TRANSFER: ("transfer_right", "Transferred rightly"),
    CountedAs.N100: ("n100_due", "Rightly an N100"),
    CountedAs.OUTCOME: ("outcome_right", "Right outcome"),
    CountedAs.DISPOSAL: ("eligible", "Rightly disposed of in this way"),
    CountedAs.VICTIM: ("victim_told", "Victim told"),
}
#: Kinds of audit that are about one question, whatever they count besides.
BY_CODE: dict[str, tuple[str, str]] = {
    "A7": ("clock_start", "Clock begun rightly"),
    "A8": ("diary_in_time", "Recorded in time"),
    "A16": ("equality", "Asked, and kept"),
}
#: Answers that say nothing either way: they are in no share.
NEITHER = frozenset({"", "unknown", "not_needed"})
N100_DUE, N100_EXISTS = "n100_due", "n100_exists"
#: What n100_due says of an N100 that should have been a crime of rape from the start.
SHOULD_BE_RAPE = "rape"
VICTIM_TOLD = "victim_told"


@dataclass(frozen=True, kw_only=True)
class AnswerCell:
    """Records of a stratum with one answer to one question."""

    stratum: str
    question: str
    answer: str
    count: int


@dataclass(frozen=True, kw_only=True)
class N100Cell:
    """Records with one pair of answers about N100: is one due, and is there one?"""

    stratum: str
    due: str
    exists: str
    count: int


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """The share of a yes to one question, in one stratum or in all.

    Attributes:
        counts: Every answer that was given, with how often.
    """

    stratum: str
    question: str
    counts: tuple[tuple[str, int], ...]
    rate: Rate


@dataclass(frozen=True, kw_only=True)
class N100Measures:
    """The measures of N100-16 that are about N100s; (c) is the line about rape of the results.

    Attributes:
        applied: (a) Of the reports that should have an N100, those that have one.
        correct: (b) Of the N100s examined, those that are right.
        should_be_rape: Of the N100s examined, those that were rape from the start.
    """

    applied: Rate
    correct: Rate
    should_be_rape: Rate


def headline_of(code: str, counted_as: CountedAs) -> tuple[str, str] | None:
    """Return the question an audit is headed by, and its share in words; None for crimes."""
    return BY_CODE.get(code) or HEADLINES.get(counted_as)


def yes_rate(cells: Sequence[AnswerCell], basis: Basis, method: Method) -> Rate:
    """Return the share of a yes among the answers that say something."""
    said = [cell for cell in cells if cell.answer not in NEITHER]
    k = sum(cell.count for cell in said if cell.answer == YES)
    return rate_of(k, sum(cell.count for cell in said), basis, method)


def answer_rows(cells: Sequence[AnswerCell], basis: Basis, method: Method) -> tuple[AnswerRow, ...]:
    """Return a line for each question, for all records first and then for each stratum."""
    rows: list[AnswerRow] = []
    for question in dict.fromkeys(cell.question for cell in cells):
        mine = [cell for cell in cells if cell.question == question]
        strata = list(dict.fromkeys(cell.stratum for cell in mine))
        for stratum in ["", *(name for name in strata if name)]:
            found = [cell for cell in mine if stratum in ("", cell.stratum)]
            rows.append(_answer_row(stratum, question, found, basis, method))
    return tuple(rows)


def _answer_row(
    stratum: str, question: str, cells: Sequence[AnswerCell], basis: Basis, method: Method
) -> AnswerRow:
    answers = sorted({cell.answer for cell in cells}, key=lambda one: (one != YES, one != NO, one))
    counts = tuple(
        (answer, sum(cell.count for cell in cells if cell.answer == answer)) for answer in answers
    )
    rate = yes_rate(cells, basis, method)
    return AnswerRow(stratum=stratum, question=question, counts=counts, rate=rate)


def n100_measures(cells: Sequence[N100Cell], basis: Basis, method: Method) -> N100Measures | None:
    """Return the N100 measures; None where nothing was answered about N100s."""
    if not cells:
        return None

    def count(due: str, exists: str) -> int:
        return sum(one.count for one in cells if one.due == due and one.exists == exists)

    due = count(YES, YES) + count(YES, NO)
    there = sum(one.count for one in cells if one.exists == YES)
    return N100Measures(
        applied=rate_of(count(YES, YES), due, basis, method),
        correct=rate_of(count(YES, YES), there, basis, method),
        should_be_rape=rate_of(count(SHOULD_BE_RAPE, YES), there, basis, method),
    )
