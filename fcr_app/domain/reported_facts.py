"""What the rules on a reported incident look at, besides the report."""

from dataclasses import dataclass
from datetime import datetime

from fcr_app.domain.incident_facts import RecordingFacts


@dataclass(frozen=True, kw_only=True)
class ReportedFacts(RecordingFacts):
    """A reported incident, N100 or N300: the report, and what it is coded as.

    Attributes:
        code: The code that it has; empty until it is created.
        reference_held: The other force's reference, once it came in.
        reference_at: When that came in.
        transferred_at: When it was passed to the other force.
    """

    code: str = ""
    reference_held: str = ""
    reference_at: datetime | None = None
    transferred_at: datetime | None = None
