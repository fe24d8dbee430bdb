"""What the rules on appointments look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fcr_app.domain.diary import Became, Place, questions as q
from fcr_app.domain.diary.days import Span
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.questions import NO, YES

#: Facts of the report on which questions depend; no answer overrules them.
REPORT_OPEN, REPORT_LATE = q.REPORT_OPEN, q.REPORT_LATE


@dataclass(frozen=True, kw_only=True)
class AppointmentFacts:
    """An appointment as it stands.

    Attributes:
        insufficient: Which information the officer last said is insufficient.
        rebooked_from: When the slot began that this one took the place of.
    """

    span: Span
    place: Place
    officer_id: int
    officer: str = ""
    unit: str = ""
    became: Became = Became.TO_COME
    past_limit: bool = False
    insufficient: str = ""
    rebooked_from: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OfficerFacts:
    """The officer that a slot is for.

    Attributes:
        busy_with: The reference of another appointment of theirs in the same time.
    """

    id: int
    name: str
    unit_id: int | None = None
    busy_with: str = ""


@dataclass(frozen=True, kw_only=True)
class OffenceFacts:
    """What was found under the offence that somebody named: one, or too many."""

    id: int
    label: str
    others: int = 0


@dataclass(frozen=True, kw_only=True)
class DiaryFacts(RecordingFacts):
    """A report, and the appointment about it.

    Attributes:
        appointment: None until a slot is booked.
        officer: Whom the slot that is asked for is for; None if nobody has the number given.
        offence: What is to be recorded, if it was named and found.
        record_required: The FCR wants the crime recorded before anything else.
    """

    appointment: AppointmentFacts | None = None
    officer: OfficerFacts | None = None
    offence: OffenceFacts | None = None
    record_required: bool = False

    @property
    def report_is_open(self) -> bool:
        """Whether no crime is recorded, and nobody decided that none is to be."""
        return self.incident.settled_at is None

    @property
    def report_is_late(self) -> bool:
        """Whether a record made now would miss the limit."""
        return self.report_is_open and self.incident.late_by(self.now) is not None

    @property
    def on_record(self) -> dict[str, str]:
        """Add how the report stands to what it says."""
        return {
            **super().on_record,
            REPORT_OPEN: YES if self.report_is_open else NO,
            REPORT_LATE: YES if self.report_is_late else NO,
        }

    @property
    def offence_named(self) -> str:
        """The offence that is to be recorded with this step, as it was typed."""
        return self.said(q.RECORD_OFFENCE) or self.said(q.OFFENCE)

    @property
    def late_reason(self) -> str:
        """Why the record that is made with this step is late."""
        return self.said(q.RECORD_LATE_REASON) or self.said(q.LATE_REASON)

    @property
    def has_begun(self) -> bool:
        """Whether the appointment has begun, so that it can be known what came of it."""
        return self.appointment is not None and self.appointment.span.start <= self.now

    @property
    def wanted(self) -> Span | None:
        """The slot that is asked for; None if its start can't be read."""
        start = self.moment_said(q.STARTS_AT)
        if start is None:
            return None
        return Span(start, start + (self._length_said or self._length_before))

    @property
    def _length_said(self) -> timedelta | None:
        said = self.said(q.LENGTH)
        return timedelta(minutes=int(said)) if said.isdecimal() else None

    @property
    def _length_before(self) -> timedelta:
        span = self.appointment.span if self.appointment else None
        return span.end - span.start if span else timedelta(hours=1)

    @property
    def wanted_is_late(self) -> bool:
        """Whether the slot asked for begins after the limit while nothing is recorded (DIA-02).

        Exactly the limit is within it. Recording with the same step counts as recorded.
        """
        limit = self.incident.record_by_at
        if self.wanted is None or limit is None or not self.report_is_open:
            return False
        return self.wanted.start > limit and self.said(q.ENOUGH) != YES
