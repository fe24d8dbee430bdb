"""What is asked when an appointment is booked, kept, missed, moved or called off."""

from fcr_app.domain.diary import LENGTHS, Place
from fcr_app.domain.questions import NO, YES, Answers, Kind, Option, Question

REPORT_OPEN, REPORT_LATE = "report.open", "report.late"


def while_open(answers: Answers) -> bool:
    """Ask only while nothing is recorded from the report and nothing is decided."""
    return answers.get(REPORT_OPEN) == YES


def once_late(answers: Answers) -> bool:
    """Ask only where a record made now would miss its limit."""
    return answers.get(REPORT_LATE) == YES


STARTS_AT = Question(
    name="starts_at",
    label="When does the appointment begin?",
    thing="when the appointment begins",
    summary="Begins",
    kind=Kind.MOMENT,
)
LENGTH = Question(
    name="length",
    label="How long is it?",
    thing="how long it is",
    summary="Length in minutes",
    kind=Kind.CHOICE,
    options=tuple(Option(str(minutes), f"{minutes} minutes") for minutes in LENGTHS),
)
PLACE = Question(
    name="place",
    label="Where is it?",
    thing="where it is",
    summary="Where",
    hint="A kind of place only: the diary never holds an address.",
    kind=Kind.CHOICE,
    options=tuple(Option(place.value, place.label) for place in Place),
)
OFFICER = Question(
    name="officer",
    label="Staff number of the officer who goes (optional)",
    thing="the staff number of the officer who goes",
    summary="Officer who goes",
    hint="Leave it empty for the officer who deals with the report.",
    kind=Kind.TEXT,
    max_length=40,
    optional=True,
)
INSUFFICIENT = Question(
    name="insufficient",
    label="Which information is insufficient to record a crime now?",
    thing="which information is insufficient to record a crime now",
    summary="Information that is insufficient",
    hint="Say what is missing. That the victim has not been seen yet is no reason on its own.",
    min_length=20,
)
ENOUGH = Question(
    name="enough",
    label="Is there enough information to record a crime now?",
    thing="yes if there is enough information to record a crime now",
    summary="Enough to record",
    hint=(
        "On the balance of probabilities, does what was reported amount to a crime, with nothing "
        "credible to the contrary?"
    ),
    kind=Kind.CHOICE,
    options=(
        Option(YES, "Yes, record it now"),
        Option(NO, "No, information is still insufficient"),
    ),
    when=while_open,
)
OFFENCE = Question(
    name="offence",
    label="If yes: which offence?",
    thing="the offence",
    summary="Offence recorded",
    hint="Class and code, such as 8N 008/06, or words of its title that fit only one.",
    kind=Kind.OFFENCE,
    max_length=200,
    optional=True,
    when=while_open,
)
LATE_REASON = Question(
    name="late_reason",
    label="If yes: why is it recorded after its limit?",
    thing="why it is recorded after its limit",
    summary="Reason for recording late",
    hint="It goes to the FCR’s list of late records.",
    optional=True,
    when=once_late,
)
STILL_INSUFFICIENT = Question(
    name="still_insufficient",
    label="If no: which information is still insufficient?",
    thing="which information is still insufficient",
    summary="Information that is still insufficient",
    hint="Say what is missing, in at least 20 characters.",
    optional=True,
    when=while_open,
)
#: The same two where a crime is recorded for certain.
RECORD_OFFENCE = Question(
    name="record_offence",
    label="Which offence?",
    thing="the offence that is to be recorded",
    summary="Offence recorded",
    hint=OFFENCE.hint,
    kind=Kind.OFFENCE,
    max_length=200,
)
RECORD_LATE_REASON = Question(
    name="record_late_reason",
    label="Why is it recorded after its limit?",
    thing="why it is recorded after its limit",
    summary="Reason for recording late",
    hint=LATE_REASON.hint,
    min_length=20,
    when=once_late,
)
RATIONALE = Question(
    name="rationale",
    label="Your reasons",
    thing="your reasons",
    summary="Reasons",
    hint="They are kept for good, and the officer reads them.",
    min_length=20,
)

SLOT = (STARTS_AT, LENGTH, PLACE, OFFICER)
#: Asked at each turn of an appointment, for nothing about one answers it (DIA-04).
RECORDING = (ENOUGH, OFFENCE, LATE_REASON, STILL_INSUFFICIENT)
RECORD_NOW = (RECORD_OFFENCE, RECORD_LATE_REASON)
