"""An appointment to see somebody about a report of a crime.

It pauses no clock and closes no report. A slot after the limit to record, with nothing recorded,
needs the officer to say which information is insufficient, and the FCR to review it. Whatever
becomes of the appointment, the recording question is asked again.
"""

from collections.abc import Callable
from enum import StrEnum

from fcr_app.domain.authority import Needed
from fcr_app.domain.citations import crr26, force_policy, inspection
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.diary import Became, questions as q, rules as r
from fcr_app.domain.diary.facts import DiaryFacts
from fcr_app.domain.effects import (
    Audience,
    Effect,
    KeepOutcome,
    KeepSlot,
    Notify,
    RecordDecision,
    RecordFromAppointment,
)
from fcr_app.domain.guards import Guard
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import DECIDERS, REGISTRARS, REQUESTERS
from fcr_app.domain.rules import LATE_SLOT_DAYS
from fcr_app.domain.shared_rules import (
    nobody_else_holds_it,
    the_reviewer_is_the_fcr,
    the_reviewer_took_no_part,
)
from fcr_app.domain.workflow import About, Holding, Step, Workflow, offered_always


class State(StrEnum):
    """Where an appointment stands. Stored: to change a value takes a migration."""

    TO_BOOK = "to_book"
    LATE_SLOT = "late_slot"
    RECORD_FIRST = "record_first"
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    CALLED_OFF = "called_off"
    OVER = "over"
    NOT_BOOKED = "not_booked"


Guards = tuple[Guard[DiaryFacts], ...]

ANYBODY = REQUESTERS | DECIDERS
#: There is a slot in the diary, and it is not known yet what comes of it.
TO_COME = (State.BOOKED, State.LATE_SLOT, State.RECORD_FIRST)
#: The slot is over, one way or another, and nothing is settled by that.
PAST = (State.ATTENDED, State.MISSED, State.CALLED_OFF)
THE_TWO = (Audience.APPOINTED, Audience.APPOINTED_SUPERVISOR)

FCR_RULES: Guards = (the_reviewer_is_the_fcr, the_reviewer_took_no_part, nobody_else_holds_it)


def _report_is_open(facts: DiaryFacts) -> bool:
    return facts.report_is_open


def _has_begun(facts: DiaryFacts) -> bool:
    return facts.has_begun


def _turn(  # noqa: PLR0913 - a step has this many parts
    trigger: str,
    dest: State,
    became: Became,
    *,
    label: str,
    done: str,
    outcome: str,
    offered: Callable[[DiaryFacts], bool] = offered_always,
) -> Step[DiaryFacts]:
    """Return the step that says what became of an appointment, and asks about recording again."""
    return Step(
        trigger=trigger,
        label=label,
        done=done,
        source=TO_COME,
        dest=dest,
        by=ANYBODY,
        holding=Holding.RELEASE,
        offered=offered,
        asks=q.RECORDING,
        guards=(*r.RECORDING_RULES, r.what_the_fcr_requires_is_recorded),
        effects=(
            RecordFromAppointment(if_enough=True),
            KeepOutcome(became),
            Notify(
                (Audience.APPOINTED_SUPERVISOR,),
                f"{done}. Look whether the crime is recorded: the appointment closes nothing.",
            ),
        ),
        cite=force_policy("DIA-04"),
        outcome=outcome,
    )


def _record(
    trigger: str, source: State | tuple[State, ...], dest: State, *, label: str, outcome: str
) -> Step[DiaryFacts]:
    """Return the step that records the crime without waiting for the appointment."""
    return Step(
        trigger=trigger,
        label=label,
        done="Recorded the crime",
        source=source,
        dest=dest,
        by=ANYBODY,
        offered=_report_is_open,
        holding=Holding.RELEASE,
        asks=q.RECORD_NOW,
        guards=(r.the_offence_is_on_the_list,),
        effects=(
            RecordFromAppointment(),
            Notify(THE_TWO, "A crime was recorded from the report of an appointment of yours."),
        ),
        cite=crr26("DIA-01", "10"),
        outcome=outcome,
    )


def _decision(  # noqa: PLR0913 - a step has this many parts
    trigger: str,
    dest: State,
    *,
    label: str,
    done: str,
    outcome: str,
    effects: tuple[Effect, ...],
    asks: tuple[Question, ...] = (q.RATIONALE,),
    guards: Guards = (),
) -> Step[DiaryFacts]:
    """Return one of the ways in which the FCR answers a slot after the limit."""
    return Step(
        trigger=trigger,
        label=label,
        done=done,
        decision=True,
        holding=Holding.RELEASE,
        source=State.LATE_SLOT,
        dest=dest,
        by=REGISTRARS,
        asks=asks,
        guards=(*FCR_RULES, *guards),
        effects=effects,
        cite=inspection("DIA-02"),
        outcome=outcome,
    )


DIARY: Workflow[DiaryFacts] = Workflow(
    key="diary",
    begins="DIA",
    title="Diary appointment",
    summary=(
        "An officer books a slot to see somebody about a report. It stops no clock: a slot after "
        "the limit to record goes to the FCR, and at each turn it is asked again whether there is "
        "enough to record the crime."
    ),
    policy=crr26("DIA-01", "10"),
    about=About.INCIDENT,
    opener="Start a diary appointment",
    one_at_a_time=False,
    headline=lambda _asked: "Appointment",
    states=State,
    initial=State.TO_BOOK,
    final=frozenset({State.OVER, State.NOT_BOOKED}),
    settled=frozenset({State.OVER, State.NOT_BOOKED}),
    awaiting=frozenset({State.LATE_SLOT}),
    needs=lambda _facts: Needed.FCR.value,
    labels={
        State.TO_BOOK: "Slot to be booked",
        State.LATE_SLOT: "Slot after the limit, waiting for the FCR",
        State.RECORD_FIRST: "The FCR wants the crime recorded now",
        State.BOOKED: "Appointment booked",
        State.ATTENDED: "Appointment attended",
        State.MISSED: "Appointment missed",
        State.CALLED_OFF: "Appointment cancelled",
        State.OVER: "Appointment over",
        State.NOT_BOOKED: "No appointment needed",
    },
    short_labels={
        State.TO_BOOK: "To book",
        State.LATE_SLOT: "Late slot",
        State.RECORD_FIRST: "Record now",
        State.BOOKED: "Booked",
        State.ATTENDED: "Attended",
        State.MISSED: "Missed",
        State.CALLED_OFF: "Cancelled",
        State.OVER: "Over",
        State.NOT_BOOKED: "Not booked",
    },
    colours={
        State.TO_BOOK: "yellow",
        State.LATE_SLOT: "red",
        State.RECORD_FIRST: "red",
        State.BOOKED: "blue",
        State.ATTENDED: "purple",
        State.MISSED: "orange",
        State.CALLED_OFF: "orange",
        State.OVER: "green",
    },
    steps=(
        Step(
            trigger="book",
            label="Book a slot",
            done="Booked a slot",
            source=State.TO_BOOK,
            dest=State.BOOKED,
            by=ANYBODY,
            asks=q.SLOT,
            guards=(*r.SLOT_RULES, r.the_slot_is_in_time),
            effects=(KeepSlot(), Notify((Audience.APPOINTED,), "You have a new appointment.")),
            cite=crr26("DIA-01", "10"),
            outcome="The slot is booked. The clock runs on from the report, not from the slot.",
        ),
        Step(
            trigger="book_late",
            at="book",
            label="Book a slot after the limit",
            done="Booked a slot after the limit, and said what is insufficient",
            source=State.TO_BOOK,
            dest=State.LATE_SLOT,
            by=ANYBODY,
            asks=(*q.SLOT, q.INSUFFICIENT),
            guards=(*r.SLOT_RULES, r.the_slot_is_for_the_fcr_to_review),
            effects=(
                KeepSlot(),
                Notify((Audience.APPOINTED,), "You have a new appointment."),
                Notify(
                    (Audience.REGISTRARS,),
                    "An appointment after the limit, with no crime recorded, waits for your "
                    "review.",
                ),
            ),
            cite=inspection("DIA-02"),
            outcome="The slot is booked, and the FCR has been asked to review it.",
        ),
        Step(
            trigger="drop",
            label="No appointment is needed",
            done="Said that no appointment is needed",
            source=State.TO_BOOK,
            dest=State.NOT_BOOKED,
            by=ANYBODY,
            cite=force_policy("DIA-04"),
            outcome="Nothing was booked. The report stays as it is, and its clock runs on.",
        ),
        _decision(
            "let_stand",
            State.BOOKED,
            label="Let the slot stand",
            done="Let the slot stand",
            outcome="The slot stands. The clock runs on, and the daily list shows it.",
            effects=(
                RecordDecision("let_stand"),
                Notify(THE_TWO, "The FCR let the appointment after the limit stand."),
            ),
        ),
        _decision(
            "require_record",
            State.RECORD_FIRST,
            label="Require the crime to be recorded now",
            done="Required the crime to be recorded now",
            outcome="The officer and the supervisor are told to record the crime now.",
            effects=(
                RecordDecision("record_first"),
                Notify(THE_TWO, "The FCR wants the crime recorded now, before the appointment."),
            ),
        ),
        _decision(
            "move",
            State.BOOKED,
            label="Move the slot to before the limit",
            done="Moved the slot to before the limit",
            outcome="The slot is moved, and the officer and the supervisor are told.",
            asks=(q.STARTS_AT, q.RATIONALE),
            guards=(*r.SLOT_RULES, r.the_slot_is_in_time),
            effects=(
                RecordDecision("slot_moved"),
                KeepSlot(),
                Notify(THE_TWO, "The FCR moved an appointment of yours to an earlier slot."),
            ),
        ),
        _turn(
            "attended",
            State.ATTENDED,
            Became.ATTENDED,
            label="It was attended",
            done="Appointment attended",
            outcome="It is on record that the appointment was attended. That settles nothing else.",
            offered=_has_begun,
        ),
        _turn(
            "missed",
            State.MISSED,
            Became.MISSED,
            label="It was missed",
            done="Appointment missed",
            outcome="It is on record that the appointment was missed. The report stays open.",
            offered=_has_begun,
        ),
        _turn(
            "cancel",
            State.CALLED_OFF,
            Became.CANCELLED,
            label="Cancel the appointment",
            done="Appointment cancelled",
            outcome="The appointment is cancelled. The report stays open.",
        ),
        Step(
            trigger="rebook",
            label="Book another slot",
            done="Booked another slot",
            holding=Holding.RELEASE,
            source=(State.BOOKED, State.LATE_SLOT, *PAST),
            dest=State.BOOKED,
            by=ANYBODY,
            asks=(*q.SLOT, *q.RECORDING),
            guards=(*r.SLOT_RULES, r.the_slot_is_in_time, *r.RECORDING_RULES),
            effects=(
                RecordFromAppointment(if_enough=True),
                KeepSlot(),
                Notify((Audience.APPOINTED,), "An appointment of yours was moved."),
            ),
            cite=force_policy("DIA-04"),
            outcome="The new slot is booked. The clock runs on from the report.",
        ),
        Step(
            trigger="rebook_late",
            at="rebook",
            label="Book another slot after the limit",
            done="Booked another slot after the limit, and said what is insufficient",
            holding=Holding.RELEASE,
            source=(State.BOOKED, State.LATE_SLOT, *PAST),
            dest=State.LATE_SLOT,
            by=ANYBODY,
            asks=(*q.SLOT, q.INSUFFICIENT),
            guards=(*r.SLOT_RULES, r.the_slot_is_for_the_fcr_to_review),
            effects=(
                KeepSlot(),
                Notify((Audience.APPOINTED,), "An appointment of yours was moved."),
                Notify(
                    (Audience.REGISTRARS,),
                    "An appointment was moved after the limit, with no crime recorded, and waits "
                    "for your review.",
                ),
            ),
            cite=inspection("DIA-02"),
            outcome="The new slot is booked, and the FCR has been asked to review it.",
        ),
        _record(
            "record_first",
            State.TO_BOOK,
            State.TO_BOOK,
            label="Record the crime before booking",
            outcome="The crime is recorded. The visit can still be booked.",
        ),
        _record(
            "record",
            TO_COME,
            State.BOOKED,
            label="Record the crime now",
            outcome="The crime is recorded. The appointment goes ahead as booked.",
        ),
        _record(
            "record_after",
            PAST,
            State.OVER,
            label="Record the crime",
            outcome="The crime is recorded, and the appointment is over.",
        ),
        Step(
            trigger="finish",
            label="The appointment is over",
            done="Said that the appointment is over",
            holding=Holding.RELEASE,
            source=PAST,
            dest=State.OVER,
            by=ANYBODY,
            guards=(r.the_report_is_settled,),
            cite=force_policy("DIA-04"),
            outcome="The appointment is over. The report had been settled already.",
        ),
    ),
    deadlines=(
        Deadline(
            state=State.LATE_SLOT,
            what="review the slot after the limit",
            working_days=lambda facts: LATE_SLOT_DAYS.on(facts.today),
            lengths=(LATE_SLOT_DAYS,),
            cite=force_policy("DIA-02"),
        ),
        Deadline(
            state=State.RECORD_FIRST,
            what="record the crime",
            working_days=lambda facts: LATE_SLOT_DAYS.on(facts.today),
            lengths=(LATE_SLOT_DAYS,),
            cite=force_policy("DIA-02"),
        ),
    ),
)
