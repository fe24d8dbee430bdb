"""A report of a crime, as the rules see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fcr_app.domain.facts import CrimeFacts, DecisionFacts, Facts, ForceFacts
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.recording_clock import Light, late_by, light, record_by


@dataclass(frozen=True, kw_only=True)
class IncidentFacts:
    """An incident report.

    Attributes:
        involved: Everybody who received, entered or deals with it: too close to review it.
        supervisor_ids: Who supervises the officer.
        crimes: The crimes recorded from it or linked to it, oldest first.
        settled_at: When a crime was recorded, or it was decided that none is to be.
        rape_disclosed_at: When somebody said that it may be rape, whatever it was opened as.
    """

    id: int
    reference: str
    first_reported_at: datetime
    route: Route
    reporter_type: ReporterType
    opening_code: OpeningCode
    rape_disclosed_at: datetime | None = None
    sarc_case: SarcCase | None = None
    closing_code: ClosingCode | None = None
    settled_at: datetime | None = None
    other_force: str = ""
    other_force_reference: str = ""
    victim_traced: Known = Known.UNKNOWN
    victim_confirmed: Known = Known.UNKNOWN
    victim_willing: Known = Known.UNKNOWN
    vulnerabilities: frozenset[Vulnerability] = frozenset()
    account: str = ""
    officer_id: int | None = None
    involved: frozenset[int] = frozenset()
    supervisor_ids: frozenset[int] = frozenset()
    crimes: tuple[CrimeFacts, ...] = ()

    @property
    def told_of_rape(self) -> bool:
        """Whether it was opened as rape, or what was disclosed since may be rape (N100-01)."""
        return self.opening_code is OpeningCode.RAPE or self.rape_disclosed_at is not None

    @property
    def may_be_rape(self) -> bool:
        """Whether the three-step test is asked of it: rape, or another sexual offence."""
        return self.told_of_rape or self.opening_code is OpeningCode.SEXUAL

    @property
    def record_by_at(self) -> datetime | None:
        """The last moment at which a record is in time (REC-10)."""
        return record_by(self.first_reported_at)

    def light_at(self, moment: datetime) -> Light:
        """Return how near the limit it is, or was when it was settled."""
        return light(self.first_reported_at, self.settled_at or moment)

    def late_by(self, moment: datetime) -> timedelta | None:
        """Return by how much a record made at a moment misses the limit; None if it does not."""
        return late_by(self.first_reported_at, moment)


#: Words under which facts of the report stand among the answers, for questions to depend on.
ON_RECORD = ("incident.route", "incident.reporter_type", "incident.sarc_case", "incident.opening")


@dataclass(frozen=True, kw_only=True)
class RecordingFacts(Facts):
    """What the rules on recording a crime look at.

    Attributes:
        crime: The crime the case is about, for the few that are about one as well.
        decision: The latest decision on the case.
        also: Facts that only one workflow's rules look at, by name.
    """

    incident: IncidentFacts
    force: ForceFacts
    crime: CrimeFacts | None = None
    decision: DecisionFacts | None = None
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_record(self) -> dict[str, str]:
        """What the report says, on which questions depend; no answer overrules it."""
        said = (
            self.incident.route.value,
            self.incident.reporter_type.value,
            self.incident.sarc_case.value if self.incident.sarc_case else "",
            self.incident.opening_code.value,
        )
        return {**dict(zip(ON_RECORD, said, strict=True)), **self.also}
