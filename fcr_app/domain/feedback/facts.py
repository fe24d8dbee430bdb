"""What the rules on feedback may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fcr_app.domain.facts import Facts
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.feedback.questions import CORRECTION, ERROR, NO_ERROR, RIGHT


@dataclass(frozen=True, kw_only=True)
class FeedbackFacts(Facts):
    """An item of feedback, as its rules see it.

    Attributes:
        supervisor_id: Whoever supervises the addressee, if anybody.
        seen: The corrections that the record shows to have happened since it was sent, each with
            what shows it: "Crime 01/123/26 was recorded".
        possible: The corrections that there could be on such a record.
        correct_by_at: By when the record is to be corrected; None where there is nothing to do.
    """

    addressee_id: int
    supervisor_id: int | None = None
    seen: Mapping[Correction, str] = field(default_factory=dict)
    possible: frozenset[Correction] = frozenset(Correction)
    correct_by_at: datetime | None = None

    @property
    def mine(self) -> bool:
        """Whether it is for the person who looks."""
        return self.actor.id == self.addressee_id

    @property
    def correction(self) -> Correction:
        """What has to be done, as it was said last."""
        said = self.said(CORRECTION)
        return Correction(said) if said in set(Correction) else Correction.NONE

    @property
    def outstanding(self) -> bool:
        """Whether the record does not show yet what has to be done."""
        return self.correction is not Correction.NONE and self.correction not in self.seen

    @property
    def positive(self) -> bool:
        """Whether it says that something was done right."""
        return self.said(ERROR) == RIGHT

    @property
    def error(self) -> str:
        """The kind of error, E01 to E26; empty where none is named."""
        said = self.said(ERROR)
        return "" if said in (RIGHT, NO_ERROR) else said

    @property
    def only_to_read(self) -> bool:
        """Whether there is nothing in it to agree with or to correct."""
        return not self.error and self.correction is Correction.NONE
