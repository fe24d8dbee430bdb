"""Where an answer comes from, and why there is none. None is never the same as blank."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fcr_app.domain.equality.items import NEEDED, Item, applies


class AnswerSource(StrEnum):
    """Who says so."""

    SELF = "self"
    OBSERVED = "observed"
    THIRD_PARTY = "third_party"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """The source in words."""
        return {
            "self": "The victim told us",
            "observed": "Noted by somebody in the force",
            "third_party": "Somebody told us for the victim",
            "system": "Another system says so",
        }[self.value]


class Missing(StrEnum):
    """Why there is no value. Blank, the absence of any row, is something else."""

    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    NOT_UNDERSTOOD = "not_understood"
    URGENT = "urgent"
    NOT_SEEN = "not_seen"
    NOT_STATED = "not_stated"
    MIGRATION = "migration"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The reason in words."""
        return MISSING_LABELS[self]

    @property
    def is_settled(self) -> bool:
        """Whether the victim was asked and has answered by not telling: nothing is left to ask."""
        return self is Missing.DECLINED


MISSING_LABELS = {
    Missing.DECLINED: "Prefers not to say",
    Missing.NOT_ASKED: "Was not asked",
    Missing.NOT_UNDERSTOOD: "Could not understand the question",
    Missing.URGENT: "It was too urgent to ask",
    Missing.NOT_SEEN: "Somebody else reported it and the victim was not spoken to",
    Missing.NOT_STATED: "Not stated, and the record does not say why",
    Missing.MIGRATION: "Lost when records were moved between systems",
    Missing.UNKNOWN: "Does not know",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer in force to one item.

    Attributes:
        value: A code, a date of birth or an age; empty where it is missing.
        group: What statistics count it as; empty where it is missing.
        missing: Why there is no value; None where there is one.
    """

    item: Item
    value: str = ""
    group: str = ""
    detail: str = ""
    missing: Missing | None = None
    source: AnswerSource
    given_on: date

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to ask: there is a value, or the victim prefers not to say."""
        return bool(self.value) or (self.missing is not None and self.missing.is_settled)


def still_to_ask(answers: Mapping[Item, Answer], age: int | None) -> tuple[Item, ...]:
    """Return what a record still needs, in the order of the form.

    Args:
        age: At the time of the offence, in whole years; None while it is not known.
    """
    return tuple(
        item
        for item in NEEDED
        if applies(item, age) and not (item in answers and answers[item].is_settled)
    )


def is_complete(answers: Mapping[Item, Answer], age: int | None) -> bool:
    """Say whether nothing is left to ask (E23): each item has a value or was declined."""
    return not still_to_ask(answers, age)
