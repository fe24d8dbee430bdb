"""What two auditors said of the same things, question by question, to see how far they agree."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from fcr_app.domain.audits.comparing import pairs, should_exist
from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.audits.questions import ItemQuestion

HOW_MANY = "How many crimes should exist?"
RECORDED = "Is each crime recorded rightly?"
GROUP = "Which offence group is each?"
HOW_SOON = "How soon was each recorded?"

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class Said:
    """What the first and the second auditor said of one question, a pair for each time."""

    title: str
    pairs: tuple[Pair, ...]


def said_by_question(
    both: Sequence[tuple[ReviewGiven, ReviewGiven]],
    questions: Sequence[ItemQuestion],
    *,
    with_crimes: bool,
) -> tuple[Said, ...]:
    """Return the pairs of answers to each question, in the order of the page.

    A question that neither was asked of a record gives no pair. A crime that one of the two names
    and the other does not is a pair too, with None.
    """
    found = [
        Said(one.label, tuple(_answers(both, one.name)))
        for one in questions
        if any(True for _ in _answers(both, one.name))
    ]
    if not with_crimes:
        return tuple(found)
    crimes = [pair for first, second in both for pair in pairs(first, second)]
    found.append(Said(HOW_MANY, tuple((should_exist(one), should_exist(two)) for one, two in both)))
    for title, value in ((RECORDED, _verdict), (GROUP, _group), (HOW_SOON, _band)):
        said = tuple((value(one), value(two)) for one, two in crimes)
        if title != RECORDED:  # of what only one of the two names nothing more is said
            said = tuple(pair for pair in said if None not in pair)
        if said:
            found.append(Said(title, said))
    return tuple(found)


def _answers(both: Sequence[tuple[ReviewGiven, ReviewGiven]], name: str) -> Sequence[Pair]:
    pairs_of_words = [(one.answers.get(name, ""), two.answers.get(name, "")) for one, two in both]
    return [pair for pair in pairs_of_words if any(pair)]


def _verdict(crime: CrimeGiven | None) -> Hashable:
    return crime.verdict if crime else None


def _group(crime: CrimeGiven | None) -> Hashable:
    return crime.offence_group if crime else None


def _band(crime: CrimeGiven | None) -> Hashable:
    return crime.band if crime else None
