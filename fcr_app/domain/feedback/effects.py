"""What a step of feedback does to its item, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What the item is marked with, and when."""

    ACKNOWLEDGED = "acknowledged"
    AGREED = "agreed"
    DISPUTED = "disputed"
    CORRECTED = "corrected"
    CLOSED = "closed"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class MarkFeedback:
    """Mark the item with the moment of the step."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class ChangeFeedback:
    """Keep what the FCR says instead: the error, or what has to be done."""


FeedbackEffect = MarkFeedback | ChangeFeedback
