"""What is said about a report of a crime: how it came in, who made it, what about, how it ended."""

from enum import StrEnum

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports


@supports(crr26("REC-14", "10"), how="A partner’s referral has a route of its own, and the clock")
class Route(StrEnum):
    """How a report reached the force. The clock runs from the first of them (REC-10)."""

    EMERGENCY = "999"
    NON_EMERGENCY = "101"
    ONLINE = "online"
    FRONT_COUNTER = "front_counter"
    OFFICER = "officer"
    PUBLIC_PROTECTION = "public_protection"
    MASH = "mash"
    SARC = "sarc"
    OTHER_FORCE = "other_force"
    SCHOOL = "school"
    PARTNER = "partner"
    FURTHER_OFFENCE = "further_offence"

    @property
    def label(self) -> str:
        """The route in words."""
        return ROUTE_LABELS[self]


ROUTE_LABELS = {
    Route.EMERGENCY: "999 call",
    Route.NON_EMERGENCY: "101 call",
    Route.ONLINE: "Online report",
    Route.FRONT_COUNTER: "Front counter",
    Route.OFFICER: "To an officer",
    Route.PUBLIC_PROTECTION: "Public protection unit",
    Route.MASH: "Multi-agency safeguarding hub (MASH)",
    Route.SARC: "Sexual assault referral centre (SARC)",
    Route.OTHER_FORCE: "Another police force",
    Route.SCHOOL: "School or college",
    Route.PARTNER: "Another partner agency",
    Route.FURTHER_OFFENCE: "Told to us while we investigated a recorded crime",
}


class SarcCase(StrEnum):
    """What a sexual assault referral centre passed on (N100-09, N100-10)."""

    WANTS_INVESTIGATION = "wants_investigation"
    DETAILS_MAY_GO = "details_may_go"
    SAMPLES_SUBMITTED = "samples_submitted"
    PROFESSIONAL_REPORT = "professional_report"
    INTELLIGENCE_ONLY = "intelligence_only"
    ANONYMOUS = "anonymous"
    SAMPLES_FROZEN = "samples_frozen"

    @property
    def label(self) -> str:
        """The case in words."""
        return SARC_LABELS[self]

    @property
    def is_a_crime(self) -> bool:
        """Whether the rules make it a recorded crime (N100-09) and not an N100 (N100-10)."""
        return self in SARC_RECORDED


SARC_LABELS = {
    SarcCase.WANTS_INVESTIGATION: "The victim gives details and wants an investigation",
    SarcCase.DETAILS_MAY_GO: "The victim lets the details go to the police without pursuing it",
    SarcCase.SAMPLES_SUBMITTED: "Samples were submitted to the police for analysis",
    SarcCase.PROFESSIONAL_REPORT: "A professional or a parent reports it for the victim",
    SarcCase.INTELLIGENCE_ONLY: "Only intelligence that identifies nobody",
    SarcCase.ANONYMOUS: "The victim stays anonymous and wants nothing passed on",
    SarcCase.SAMPLES_FROZEN: "Samples are frozen at the centre, and nothing else",
}
SARC_RECORDED = frozenset(
    {
        SarcCase.WANTS_INVESTIGATION,
        SarcCase.DETAILS_MAY_GO,
        SarcCase.SAMPLES_SUBMITTED,
        SarcCase.PROFESSIONAL_REPORT,
    }
)


class ReporterType(StrEnum):
    """Who made the report; it decides whose word is enough (REC-08, REC-09)."""

    VICTIM = "victim"
    PARENT_OR_CARER = "parent_or_carer"
    PROFESSIONAL = "professional"
    WITNESS = "witness"
    THIRD_PARTY = "third_party"
    POLICE = "police"
    OTHER_FORCE = "other_force"

    @property
    def label(self) -> str:
        """The kind of reporter in words."""
        return REPORTER_LABELS[self]

    @property
    def counts_as_the_victim(self) -> bool:
        """Whether the rules treat the report as the victim's own (REC-08)."""
        return self in SPEAKS_FOR_THE_VICTIM


REPORTER_LABELS = {
    ReporterType.VICTIM: "The victim",
    ReporterType.PARENT_OR_CARER: "A parent, carer or guardian acting for the victim",
    ReporterType.PROFESSIONAL: "A professional acting for the victim",
    ReporterType.WITNESS: "A witness",
    ReporterType.THIRD_PARTY: "Somebody else",
    ReporterType.POLICE: "A police officer or member of staff",
    ReporterType.OTHER_FORCE: "Another police force",
}
SPEAKS_FOR_THE_VICTIM = frozenset(
    {ReporterType.VICTIM, ReporterType.PARENT_OR_CARER, ReporterType.PROFESSIONAL}
)


class Known(StrEnum):
    """Something about the victim that is so, is not so, or is not known yet."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The answer in words."""
        return {"yes": "Yes", "no": "No", "unknown": "Not known yet"}[self.value]


class Vulnerability(StrEnum):
    """What makes a victim vulnerable, as far as it was seen. None of it is a ground for doubt."""

    CHILD = "child"
    MENTAL_HEALTH = "mental_health"
    LEARNING_DISABILITY = "learning_disability"
    PHYSICAL_DISABILITY = "physical_disability"
    DOMESTIC_ABUSE = "domestic_abuse"
    CARE = "in_care"
    INTOXICATED = "intoxicated"
    HOMELESS = "homeless"
    EXPLOITATION = "exploitation"
    LANGUAGE = "language"
    REPEAT_VICTIM = "repeat_victim"

    @property
    def label(self) -> str:
        """The vulnerability in words."""
        return VULNERABILITY_LABELS[self]


VULNERABILITY_LABELS = {
    Vulnerability.CHILD: "Under 18",
    Vulnerability.MENTAL_HEALTH: "Mental ill-health or crisis",
    Vulnerability.LEARNING_DISABILITY: "Learning disability or autism",
    Vulnerability.PHYSICAL_DISABILITY: "Physical disability or illness",
    Vulnerability.DOMESTIC_ABUSE: "Domestic abuse",
    Vulnerability.CARE: "In care or receiving care",
    Vulnerability.INTOXICATED: "Affected by drink or drugs at the time",
    Vulnerability.HOMELESS: "Homeless",
    Vulnerability.EXPLOITATION: "Trafficked or exploited",
    Vulnerability.LANGUAGE: "Needs an interpreter",
    Vulnerability.REPEAT_VICTIM: "Repeat victim",
}
