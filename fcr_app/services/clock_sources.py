"""The clocks that run: of cases, by each policy's deadlines, and of whatever else has a limit.

To give another thing a clock, add a :class:`ClockSource` to ``SOURCES``: where its rows are, when
they started and when they are due, who has to act, and what ladder speaks for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    select,
)

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.diary.clock import SLOT_ENDED
from fcr_app.domain.escalation import ESCALATION, RECORDING_ESCALATION, Ladder
from fcr_app.domain.feedback.items import MISSING
from fcr_app.domain.mail import Topic, case_topic, incident_topic
from fcr_app.extensions import Base, Deadline
from fcr_app.models import Appointment, Case, FeedbackItem, Incident
from fcr_app.workflows import WORKFLOWS


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One kind of clock.

    Attributes:
        name: What its alerts are kept under; of one source no two running at once share one.
        what: What has to happen before it runs out: "decide the request".
        runs: Where it runs, as a condition on the source's table.
    """

    name: str
    what: str
    ladder: Ladder
    runs: ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class ClockSource:
    """A table whose rows have a limit.

    Attributes:
        name: What its alerts are kept under.
        clock: Which of the clocks runs for a row.
        responsible_id: Who has to act; None where nobody is named.
        holder_id: Who holds it to decide, where that is somebody else's to do.
        appointed_ids: A statement that gives ids of rows, each with whoever goes to an appointment
            about it; takes the ids as ``ids``. None where there are no appointments.
        clocks: Made when asked for, because policies are read first.
        topic: How a message says which row it is about, from its ``id`` and ``reference``.
    """

    name: str
    table: type[Base]
    id: Any
    reference: Any
    clock: ColumnElement[str]
    started_at: Any
    due_at: Any
    responsible_id: Any
    holder_id: Any
    clocks: Callable[[], tuple[Clock, ...]]
    topic: Callable[[Row[Any]], Topic]
    appointed_ids: Select[int, int] | None = None


def _case_clocks() -> tuple[Clock, ...]:
    """Return a clock for each deadline of each policy."""
    return tuple(
        Clock(
            name=f"{workflow.key}:{deadline.state.value}",
            what=deadline.what,
            ladder=deadline.escalation,
            runs=and_(Case.open, Case.workflow == workflow.key, Case.state == deadline.state.value),
        )
        for workflow in WORKFLOWS
        for deadline in workflow.deadlines
    )


_HOLDER = case((Case.needs != "", Case.claimed_by_id))

CASES = ClockSource(
    name="case",
    table=Case,
    id=Case.id,
    reference=Case.reference,
    clock=Case.workflow + ":" + Case.state,
    started_at=Case.entered_at,
    due_at=Case.due_at,
    # The holder of a case to be decided, or else whom it is for, or else the requester.
    responsible_id=func.coalesce(_HOLDER, Case.addressee_id, Case.opened_by_id),
    holder_id=_HOLDER,
    clocks=_case_clocks,
    topic=lambda row: case_topic(row.id, row.reference),
)


@supports(
    crr26("REC-10", "10"),
    force_policy("DIA-03"),
    how=(
        "12 hours after a report its officer, whoever goes to an appointment about it and both "
        "their supervisors are told, at 24 hours the FCR as well"
    ),
)
def _recording_clocks() -> tuple[Clock, ...]:
    """Return the clock of a report of a crime: nothing stops it but settling the report."""
    return (
        Clock(
            name="recording",
            what="record the crime, or decide why none is to be recorded",
            ladder=RECORDING_ESCALATION,
            runs=and_(
                Incident.settled_at.is_(None), Incident.record_by_at < literal(None, Deadline)
            ),
        ),
    )


#: Until its case is at rest, whoever goes to an appointment answers the question too.
_APPOINTED = (
    select(Appointment.incident_id, Appointment.officer_id)
    .join(Case, Case.id == Appointment.case_id)
    .where(Case.open, Appointment.incident_id.in_(bindparam("ids", expanding=True)))
)

REPORTS = ClockSource(
    name="incident",
    table=Incident,
    id=Incident.id,
    reference=Incident.reference,
    clock=literal("recording"),
    started_at=Incident.first_reported_at,
    due_at=Incident.record_by_at,
    responsible_id=func.coalesce(Incident.officer_id, Incident.entered_by_id),
    holder_id=null(),
    clocks=_recording_clocks,
    topic=lambda row: incident_topic(row.id, row.reference),
    appointed_ids=_APPOINTED,
)


@supports(
    force_policy("DIA-03"),
    how="When an appointment ends, whoever goes to it and their supervisor are told",
)
def _slot_clocks() -> tuple[Clock, ...]:
    """Return the clock of a slot: it speaks once, unless somebody said what came of it."""
    return (
        Clock(
            name="slot",
            what=(
                "say what came of it, and record the crime or say which information is still "
                "insufficient"
            ),
            ladder=SLOT_ENDED,
            runs=Appointment.outcome == "",
        ),
    )


SLOTS = ClockSource(
    name="appointment",
    table=Appointment,
    id=Appointment.case_id,
    reference=select(Case.reference)
    .where(Case.id == Appointment.case_id)
    .correlate(Appointment)
    .scalar_subquery(),
    clock=literal("slot"),
    started_at=Appointment.starts_at,
    due_at=Appointment.ends_at,
    responsible_id=Appointment.officer_id,
    holder_id=null(),
    clocks=_slot_clocks,
    topic=lambda row: case_topic(row.id, row.reference),
)


@supports(
    force_policy("FB-01"),
    how="What feedback says is missing has 24 hours, whatever else happens to the feedback",
)
def _correction_clocks() -> tuple[Clock, ...]:
    """Return the clock of a record that has to be put right, from the sending of feedback."""
    waits = and_(
        FeedbackItem.correct_by_at.is_not(None),
        FeedbackItem.corrected_at.is_(None),
        FeedbackItem.closed_at.is_(None),
    )
    missing = FeedbackItem.correction.in_(sorted(one.value for one in MISSING))
    return (
        Clock(
            name="missing",
            what="record what feedback says is missing",
            ladder=RECORDING_ESCALATION,
            runs=and_(waits, missing),
        ),
        Clock(
            name="correction",
            what="put the record right after feedback",
            ladder=ESCALATION,
            runs=and_(waits, ~missing),
        ),
    )


CORRECTIONS = ClockSource(
    name="correction",
    table=FeedbackItem,
    id=FeedbackItem.feedback_case_id,
    reference=select(Case.reference)
    .where(Case.id == FeedbackItem.feedback_case_id)
    .correlate(FeedbackItem)
    .scalar_subquery(),
    clock=case(
        (FeedbackItem.correction.in_(sorted(one.value for one in MISSING)), "missing"),
        else_="correction",
    ),
    started_at=FeedbackItem.created_at,
    due_at=FeedbackItem.correct_by_at,
    responsible_id=FeedbackItem.to_id,
    holder_id=null(),
    clocks=_correction_clocks,
    topic=lambda row: case_topic(row.id, row.reference),
)

SOURCES: tuple[ClockSource, ...] = (CASES, REPORTS, SLOTS, CORRECTIONS)
