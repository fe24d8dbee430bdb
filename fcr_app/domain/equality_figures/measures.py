"""The recording decisions that are compared between groups: what each share counts, and of what."""

from dataclasses import dataclass
from enum import StrEnum


class UseMeasure(StrEnum):
    """A decision, as the share of those it was made about."""

    UNRECORDED = "unrecorded"
    LATE = "late"
    N100 = "n100"
    CANCELLED = "cancelled"

    @property
    def told(self) -> "Told":
        """It in words."""
        return TOLD[self]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A measure in words.

    Attributes:
        label: Its name.
        event: What the share counts, as a column's heading.
        of: What it is a share of, as a column's heading.
        what: Both in a sentence.
        strata: What is compared like with like by.
    """

    label: str
    event: str
    of: str
    what: str
    strata: str


TOLD = {
    UseMeasure.UNRECORDED: Told(
        label="Closed without a crime",
        event="No crime recorded",
        of="Reports closed",
        what="Of reports about a crime that were closed, those closed without one: not recorded, "
        "N100, or taken not to be about a crime after all. The same report again and what another "
        "force records are left out.",
        strata="what the report was about",
    ),
    UseMeasure.LATE: Told(
        label="Recorded after the limit",
        event="Recorded late",
        of="Reports recorded",
        what="Of reports that led to a crime, those whose first crime was recorded after the limit "
        "of the day, 24 hours since April 2015.",
        strata="what the report was about",
    ),
    UseMeasure.N100: Told(
        label="Reports of rape closed as N100",
        event="N100",
        of="Reports of rape closed",
        what="Of closed reports that were opened as rape or attempted rape, those closed as a "
        "reported incident of rape (N100) and not as a crime.",
        strata="how the report came in",
    ),
    UseMeasure.CANCELLED: Told(
        label="Recorded crimes cancelled",
        event="Cancelled",
        of="Crimes recorded",
        what="Of recorded crimes, those cancelled since. A crime with several victims counts for "
        "each of them.",
        strata="offence group",
    ),
}
