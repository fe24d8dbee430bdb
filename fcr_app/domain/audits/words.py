"""The words that audits are kept in. Stored: to change a value takes a migration."""

from enum import StrEnum


class Frame(StrEnum):
    """Where the records of an audit are drawn from."""

    INCIDENTS = "incidents"
    DIRECT_CRIMES = "direct_crimes"
    RAPES = "rapes"
    N100S = "n100s"
    CANCELLATIONS = "cancellations"
    TRANSFERS = "transfers"
    DIARY = "diary"
    CRIMES = "crimes"
    RECLASSIFICATIONS = "reclassifications"
    REFERRALS = "referrals"
    VICTIMS = "victims"
    AUDITED = "audited"
    LISTED = "listed"

    @property
    def label(self) -> str:
        """The frame in words."""
        return FRAME_LABELS[self]


FRAME_LABELS = {
    Frame.INCIDENTS: "Reports of crime, by opening and closing code",
    Frame.DIRECT_CRIMES: "Crimes recorded directly, without a report",
    Frame.RAPES: "Reports of rape, N100s and rape crimes",
    Frame.N100S: "N100s",
    Frame.CANCELLATIONS: "Cancelled crimes, by group",
    Frame.TRANSFERS: "Crimes transferred to another force",
    Frame.DIARY: "Diary appointments",
    Frame.CRIMES: "Recorded crimes",
    Frame.RECLASSIFICATIONS: "Reclassified crimes",
    Frame.REFERRALS: "Referrals by public protection, MASH and partners",
    Frame.VICTIMS: "Victims",
    Frame.AUDITED: "Records that were audited",
    Frame.LISTED: "A list from another system",
}


class CountedAs(StrEnum):
    """What one line of the results counts (reference, section 1.2)."""

    CRIME_THAT_SHOULD_EXIST = "crime"
    N100 = "n100"
    CANCELLATION = "cancellation"
    TRANSFER = "transfer"
    INCIDENT = "incident"
    OUTCOME = "outcome"
    DISPOSAL = "disposal"
    VICTIM = "victim"
    ITEM = "item"

    @property
    def label(self) -> str:
        """The unit of count in words."""
        return {
            "crime": "Crime that should exist",
            "n100": "N100",
            "cancellation": "Cancellation",
            "transfer": "Transfer",
            "incident": "Report",
            "outcome": "Outcome",
            "disposal": "Disposal",
            "victim": "Victim",
            "item": "Audited record",
        }[self.value]


class Strata(StrEnum):
    """What a frame is divided by before a sample is drawn."""

    NONE = "none"
    OFFENCE_GROUP = "offence_group"
    OPENING_CODE = "opening_code"
    CLOSING_CODE = "closing_code"
    ROUTE = "route"
    UNIT = "unit"
    REMOVAL_CODE = "removal_code"
    LISTED = "listed"

    @property
    def label(self) -> str:
        """What it is divided by, in words."""
        return {
            "none": "Not divided",
            "offence_group": "Offence group",
            "opening_code": "Opening code",
            "closing_code": "Closing code",
            "route": "Route of the report",
            "unit": "Unit",
            "removal_code": "Removal code",
            "listed": "As the list says",
        }[self.value]


class LineStatus(StrEnum):
    """Where a line of the plan stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    SUSPENDED = "suspended"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The status in words."""
        return self.value.capitalize()


class Group(StrEnum):
    """The offence groups that inspections report by."""

    RAPE = "rape"
    SEXUAL = "sexual"
    VIOLENCE = "violence"
    ROBBERY = "robbery"
    PUBLIC_ORDER = "public_order"
    PROPERTY = "property"
    MODERN_SLAVERY = "modern_slavery"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The group in words."""
        return {
            "rape": "Rape",
            "sexual": "Other sexual offences",
            "violence": "Violence against the person",
            "robbery": "Robbery",
            "public_order": "Public order",
            "property": "Theft, burglary and damage",
            "modern_slavery": "Modern slavery",
            "other": "Other crime",
        }[self.value]


class Verdict(StrEnum):
    """What an auditor says of one crime that should exist, or that exists and should not."""

    RECORDED = "recorded"
    MISSING = "missing"
    WRONG_CLASS = "wrong_class"
    OVER_RECORDED = "over_recorded"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return {
            "recorded": "Recorded",
            "missing": "Missing",
            "wrong_class": "Recorded in the wrong class",
            "over_recorded": "Recorded, and should not exist",
        }[self.value]

    @property
    def should_exist(self) -> bool:
        """Whether it counts among the crimes that should have been recorded."""
        return self is not Verdict.OVER_RECORDED


class Band(StrEnum):
    """How long after the report a crime was recorded (REC-10)."""

    IN_TIME = "in_time"
    TO_72_HOURS = "to_72_hours"
    TO_7_DAYS = "to_7_days"
    LATER = "later"
    LATE = "late"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The band in words."""
        return {
            "in_time": "Within 24 hours",
            "to_72_hours": "After 24 to 72 hours",
            "to_7_days": "After 3 to 7 days",
            "later": "After more than 7 days",
            "late": "After 24 hours, not known how long",
            "unknown": "Can’t be determined",
        }[self.value]

    @property
    def is_late(self) -> bool:
        """Whether it was recorded after its limit."""
        return self in {Band.TO_72_HOURS, Band.TO_7_DAYS, Band.LATER, Band.LATE}


class Severity(StrEnum):
    """How much harm an error did or could do."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def label(self) -> str:
        """The severity in words."""
        return self.value.capitalize()


class Safeguarding(StrEnum):
    """Whether a victim was kept safe though the crime was not recorded rightly."""

    DONE = "done"
    NOT_DONE = "not_done"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The answer in words."""
        return {
            "done": "Done",
            "not_done": "Not done",
            "not_needed": "Not needed",
            "unknown": "Can’t be seen",
        }[self.value]


class ReviewKind(StrEnum):
    """Whose review of a record it is. All of them are kept."""

    FIRST = "first"
    SECOND = "second"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The review in words."""
        return {
            "first": "First review",
            "second": "Second review",
            "final": "The FCR’s moderation",
        }[self.value]


class ActionState(StrEnum):
    """Where an action stands that a recommendation became."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "open": "Not begun",
            "in_progress": "In progress",
            "done": "Done, to be checked",
            "closed": "Closed",
        }[self.value]


class ReportKind(StrEnum):
    """What a report is about."""

    RUN = "run"
    PLAN_MONTHLY = "plan_monthly"
    PLAN_QUARTERLY = "plan_quarterly"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            "run": "Audit report",
            "plan_monthly": "Audit-plan report, monthly",
            "plan_quarterly": "Audit-plan report, quarterly",
        }[self.value]


class MakingState(StrEnum):
    """How far the making of a report is."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "waiting": "Waiting to be made",
            "making": "Being made",
            "done": "Ready",
            "failed": "Could not be made",
        }[self.value]
