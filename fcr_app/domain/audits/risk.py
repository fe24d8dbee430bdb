"""The risk of an area, by which a plan spends its hours: likelihood times impact.

Each part is a judgement of 0 to 3, entered by the FCR, so that the score can be read back to what
it rests on (reference, section 2.2: last rate below target, trend, a change of process or system,
days since the last audit; vulnerability of victims, volume, an inspectorate's cause of concern).
The scale and the bands are this system's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

#: What each part says at 0, 1, 2 and 3.
SCALE: Mapping[str, tuple[str, str, str, str]] = {
    "rate": (
        "At or above the target",
        "Up to 5 points below the target",
        "5 to 10 points below the target",
        "More than 10 points below the target",
    ),
    "trend": (
        "Steady or better",
        "A little worse than last time",
        "Clearly worse than last time",
        "Worse for several audits",
    ),
    "change": (
        "No change of process or system",
        "A small change",
        "A large change",
        "A new system, or a process that is new to everybody",
    ),
    "age": (
        "Audited in the last 3 months",
        "Audited 3 to 6 months ago",
        "Audited 6 to 12 months ago",
        "Audited over a year ago, or never",
    ),
    "victims": (
        "No victim is affected",
        "Some victims are affected",
        "Vulnerable victims are affected",
        "A victim may come to serious harm",
    ),
    "volume": (
        "A few records a month",
        "Some dozens of records a month",
        "Some hundreds of records a month",
        "A thousand records a month, or more",
    ),
    "concern": (
        "No inspectorate has spoken of it",
        "An inspectorate spoke of it",
        "An inspectorate’s area for improvement",
        "An inspectorate’s cause of concern",
    ),
}
PART_LABELS: Mapping[str, str] = {
    "rate": "Last result",
    "trend": "Trend",
    "change": "Change of process or system",
    "age": "Time since the last audit",
    "victims": "Victims",
    "volume": "Volume",
    "concern": "Inspectorates",
}
LIKELIHOOD = ("rate", "trend", "change", "age")
IMPACT = ("victims", "volume", "concern")
MOST_OF_A_PART = 3
MOST = MOST_OF_A_PART**2 * len(LIKELIHOOD) * len(IMPACT)
_HIGH, _MEDIUM = 36, 15


class RiskBand(StrEnum):
    """How high a score is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def label(self) -> str:
        """The band in words."""
        return self.value.capitalize()

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return {"low": "grey", "medium": "yellow", "high": "orange"}[self.value]


@dataclass(frozen=True)
class RiskPart:
    """One part of a score, in words."""

    label: str
    value: int
    said: str


@dataclass(frozen=True, kw_only=True)
class Risk:
    """The parts of the risk of an area, each 0 to 3."""

    rate: int = 0
    trend: int = 0
    change: int = 0
    age: int = 0
    victims: int = 0
    volume: int = 0
    concern: int = 0

    @property
    def likelihood(self) -> int:
        """How likely it is that records are wrong, 0 to 12."""
        return self.rate + self.trend + self.change + self.age

    @property
    def impact(self) -> int:
        """How much harm that would do, 0 to 9."""
        return self.victims + self.volume + self.concern

    @property
    def score(self) -> int:
        """Likelihood times impact, 0 to 108."""
        return self.likelihood * self.impact

    @property
    def band(self) -> RiskBand:
        """How high the score is: high from 36, medium from 15 (this system's own)."""
        if self.score >= _HIGH:
            return RiskBand.HIGH
        return RiskBand.MEDIUM if self.score >= _MEDIUM else RiskBand.LOW

    @property
    def parts(self) -> tuple[RiskPart, ...]:
        """Each part in words."""
        return tuple(self._part(one.name) for one in fields(self))

    @property
    def why(self) -> str:
        """The sum in words: "likelihood 5 of 12 times impact 6 of 9"."""
        most = MOST_OF_A_PART
        return (
            f"likelihood {self.likelihood} of {most * len(LIKELIHOOD)} times "
            f"impact {self.impact} of {most * len(IMPACT)}"
        )

    def _part(self, name: str) -> RiskPart:
        value: int = getattr(self, name)
        return RiskPart(PART_LABELS[name], value, SCALE[name][value])
