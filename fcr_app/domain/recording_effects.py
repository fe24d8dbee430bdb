"""What steps do that decide whether a report is recorded, as data.

``services/recording_effects.py`` and ``services/reported_effects.py`` carry it out.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordFromReport:
    """Record the crime that the answers amount to; the case is about it from then on."""


@dataclass(frozen=True)
class RecodeCrime:
    """Give the crime the class that the answers amount to; its first class is kept for ever."""


@dataclass(frozen=True)
class SettleNoRape:
    """Let another crime settle the report, which was kept open while it might be rape."""


@dataclass(frozen=True)
class OpenN100:
    """Create an N100 with the answers given here, by one of its own first steps.

    Attributes:
        trigger: Which of them.
    """

    trigger: str = "create"


@dataclass(frozen=True)
class MoveToN100:
    """Take a recorded rape out of the statistics, as it was an N100 from the start (CLS-03)."""


@dataclass(frozen=True)
class CreateReported:
    """Keep the reported incident with its first code, which settles the report.

    Attributes:
        verdict: The FCR's, where the FCR created it; empty otherwise.
    """

    verdict: str = ""


@dataclass(frozen=True)
class KeepCheck:
    """Keep who checked the reported incident."""


@dataclass(frozen=True)
class KeepEvent:
    """Keep what is new, and the code that it leads to; the FCR has to see it again."""


@dataclass(frozen=True)
class KeepVerdict:
    """Keep what the FCR says about the reported incident, and the code confirmed with it."""

    verdict: str


@dataclass(frozen=True)
class ConvertReported:
    """Record the crime at once, and measure how long that took from the confirmation."""


@dataclass(frozen=True)
class CancelReported:
    """Take the reported incident back; the report has to be settled in another way."""


@dataclass(frozen=True)
class KeepForceReference:
    """Keep the other force's reference."""


@dataclass(frozen=True)
class KeepTransfer:
    """Keep that it was passed to the other force, and when the victim was told."""


RecordingEffect = (
    RecordFromReport
    | RecodeCrime
    | SettleNoRape
    | OpenN100
    | MoveToN100
    | CreateReported
    | KeepCheck
    | KeepEvent
    | KeepVerdict
    | ConvertReported
    | CancelReported
    | KeepForceReference
    | KeepTransfer
)
