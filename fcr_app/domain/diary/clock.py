"""The clock of a report with an appointment: when it speaks, to whom, and how it reads.

The appointment changes nothing about it: it runs from the report (DIA-01).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.escalation import AT_LIMIT, Escalation, Ladder, Level, Whom
from fcr_app.domain.recording_clock import Light, light

#: When an appointment ends; the report's own clock speaks at 12 and at 24 hours (DIA-03).
SLOT_ENDED: Ladder = (
    Escalation(
        level=Level.AMBER,
        at=AT_LIMIT,
        to=(Whom.RESPONSIBLE, Whom.SUPERVISOR),
        says="The appointment ended at {limit}: {what}.",
    ),
)


class Band(StrEnum):
    """How old a report is, as the daily list counts (DIA-05)."""

    UNDER_12 = "under_12"
    TO_24 = "12_to_24"
    OVER_24 = "over_24"

    @property
    def label(self) -> str:
        """The band in words."""
        return {
            "under_12": "Under 12 hours",
            "12_to_24": "12 to 24 hours",
            "over_24": "Over 24 hours",
        }[self.value]

    @property
    def light(self) -> Light:
        """The light that goes with it."""
        return {"under_12": Light.GREEN, "12_to_24": Light.AMBER, "over_24": Light.RED}[self.value]


HALF_A_DAY, A_DAY = timedelta(hours=12), timedelta(hours=24)


def band(first_reported_at: datetime, now: datetime) -> Band:
    """Return how old a report is, in elapsed time; exactly 24 hours is not over them."""
    age = now - first_reported_at
    if age < HALF_A_DAY:
        return Band.UNDER_12
    return Band.TO_24 if age <= A_DAY else Band.OVER_24


def light_of(first_reported_at: datetime, settled_at: datetime | None, now: datetime) -> Light:
    """Return the light of a report: how it was settled, or how it stands."""
    return light(first_reported_at, settled_at or now)


@dataclass(frozen=True)
class Baseline:
    """How many crimes of a kind, first dealt with by appointment, were recorded in 24 hours."""

    what: str
    in_time: int
    of: int

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(100 * self.in_time / self.of)


@supports(
    inspection("DIA-07"),
    inspection("DIA-06"),
    how="The daily list shows what the inspection of 2018 counted, to compare with",
)
def baselines() -> tuple[Baseline, ...]:
    """Return what the inspection of 2018 counted in one force (DIA-07)."""
    return (Baseline("Violence", 301, 459), Baseline("Sexual offences", 188, 325))
