"""How far two auditors of the same records agree, question by question."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from fcr_app.domain.audits.comparing import pairs
from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.questions import ItemQuestion
from fcr_app.domain.statistics import Agreement, agreement


@dataclass(frozen=True, kw_only=True)
class QuestionAgreement:
    """How far they agree on one question."""

    label: str
    found: Agreement


def agreements(
    reviews: Sequence[tuple[ReviewGiven, ReviewGiven]], questions: Sequence[ItemQuestion]
) -> tuple[QuestionAgreement, ...]:
    """Return how far first and second reviews agree, for each question and on the crimes.

    A crime that one of the two names and the other does not is a difference in its verdict.
    """
    asked: Mapping[str, list[tuple[Hashable, Hashable]]] = {
        one.label: [
            (first.answers[one.name], second.answers[one.name])
            for first, second in reviews
            if one.name in first.answers and one.name in second.answers
        ]
        for one in questions
    }
    crimes: list[tuple[Hashable, Hashable]] = [
        (mine.verdict if mine else None, theirs.verdict if theirs else None)
        for first, second in reviews
        for mine, theirs in pairs(first, second)
    ]
    said = [*asked.items(), ("What each crime is", crimes)]
    return tuple(
        QuestionAgreement(label=label, found=found)
        for label, given in said
        if (found := agreement(given)) is not None
    )
