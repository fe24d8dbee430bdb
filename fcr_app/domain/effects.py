"""What a step does beyond moving the case, as data. ``services/effects.py`` carries it out."""

from dataclasses import dataclass
from enum import StrEnum

from fcr_app.domain.diary import Became
from fcr_app.domain.feedback.effects import FeedbackEffect
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.recording_effects import RecordingEffect
from fcr_app.domain.recording_errors import ErrorType


class Audience(StrEnum):
    """Whom a message is for, in words that services resolve to people."""

    REQUESTER = "requester"
    REQUESTER_SUPERVISOR = "requester_supervisor"
    OFFICER_IN_CASE = "officer_in_case"
    DECIDER = "decider"
    REGISTRARS = "registrars"
    OFFICER = "officer"
    OFFICER_SUPERVISOR = "officer_supervisor"
    APPOINTED = "appointed"
    APPOINTED_SUPERVISOR = "appointed_supervisor"
    ADDRESSEE = "addressee"
    ADDRESSEE_SUPERVISOR = "addressee_supervisor"


@dataclass(frozen=True)
class Notify:
    """Put a message in people's list of notices."""

    to: tuple[Audience, ...]
    message: str


@dataclass(frozen=True)
class RemoveCrime:
    """Take the crime out of the statistics under the request's code."""


@dataclass(frozen=True)
class ReinstateCrime:
    """Put the crime back into the statistics."""


@dataclass(frozen=True)
class RecordDecision:
    """Keep a decision with its rationale, authority and rule set; supersede the earlier one."""

    outcome: str


@dataclass(frozen=True)
class RecordVictimNotice:
    """Keep how a victim was told."""


@dataclass(frozen=True)
class RecordException:
    """Keep why a victim can't be told, and who approved that."""

    approved: bool


@dataclass(frozen=True)
class RecordTransferReference:
    """Keep the receiving force's number."""


@dataclass(frozen=True)
class RecordAdvice:
    """Keep the registrar's advice to the chief officer."""


@dataclass(frozen=True)
class ReclassifyCrime:
    """Give the crime the class that was asked for; the classes before it stay on record."""


@dataclass(frozen=True)
class SettleReport:
    """Stop the report's clock without a crime.

    Attributes:
        code: How it is settled, as its closing code.
    """

    code: str


@dataclass(frozen=True)
class ReopenReport:
    """Take back that the report was settled: its clock counts from the first report again."""


@dataclass(frozen=True)
class RecordReportedCrime:
    """Record the crime that was reported, which settles the report."""


@dataclass(frozen=True)
class RecordAppeal:
    """Keep what is said against the decision that stands, by whom and when."""


@dataclass(frozen=True)
class MakeRuling:
    """Enter the answer in the register of rulings, linked to what it was asked about."""


@dataclass(frozen=True)
class ApplyRuling:
    """Link a ruling that was made before to what this one was asked about."""


@dataclass(frozen=True)
class GiveFeedback:
    """Open a feedback case with the reasons, for whoever made the earlier decision.

    Attributes:
        only_with_remark: Only if the decider wrote a remark for them.
        error: The kind of error it names, so that repeats can be seen.
    """

    to: Audience
    subject: str
    only_with_remark: bool = False
    error: ErrorType | None = None
    source: Source = Source.DECISION


@dataclass(frozen=True)
class KeepSlot:
    """Enter the slot in the diary, or move it there."""


@dataclass(frozen=True)
class KeepOutcome:
    """Enter what became of an appointment."""

    became: Became


@dataclass(frozen=True)
class RecordFromAppointment:
    """Record a crime from the report that an appointment is about.

    Attributes:
        if_enough: Only if the officer said with the step that there is enough to record.
    """

    if_enough: bool = False


Effect = (
    Notify
    | RemoveCrime
    | ReinstateCrime
    | RecordDecision
    | RecordVictimNotice
    | RecordException
    | RecordTransferReference
    | RecordAdvice
    | ReclassifyCrime
    | SettleReport
    | ReopenReport
    | RecordReportedCrime
    | RecordAppeal
    | MakeRuling
    | ApplyRuling
    | GiveFeedback
    | FeedbackEffect
    | RecordingEffect
    | KeepSlot
    | KeepOutcome
    | RecordFromAppointment
)
