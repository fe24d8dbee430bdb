"""What is asked of whoever checks and reviews a recording decision, and of later events."""

from fcr_app.domain.questions import Answers, Kind, Option, Question
from fcr_app.domain.recording_questions.grounds import ANOTHER_FORCE

#: Put among the facts on record: the code that a reported incident has.
RECORDED_CODE = "record.code"
#: Likewise: the state that a case is in.
CASE_STATE = "case.state"
GENUINE_ERROR = "genuine_error"
CONFIRMED = "confirmed"


def goes_to_another_force(known: Answers) -> bool:
    """Whether it belongs to another force."""
    return known.get(RECORDED_CODE) == ANOTHER_FORCE


REMARK = Question(
    name="check_remark",
    label="Anything the FCR should know (optional)",
    thing="a remark",
    summary="Supervisor’s remark",
    optional=True,
)
SAFE_CHECKED = Question(
    name="safe_checked",
    label="Is what was done to keep people safe enough for now?",
    thing="whether enough was done to keep people safe",
    summary="Safeguarding is enough for now",
    kind=Kind.CHOICE,
    options=(Option("yes", "Yes"), Option("done_now", "It is now: I have seen to more")),
)
WHY_ASK = Question(
    name="why_ask",
    label="Why should the FCR allow an N100 here?",
    hint="The FCR alone may do that. Until then the clock runs; recording the crime is always open "
    "to you.",
    thing="why the FCR should allow an N100",
    summary="Why the FCR was asked",
    min_length=20,
)
NOT_RAPE_WHY = Question(
    name="not_rape_why",
    label="What is the report about, and how do you know that it is not about rape?",
    thing="how you know that it is not about rape",
    summary="Why it is no report of rape",
    min_length=20,
)
EVENT = Question(
    name="event",
    label="What is new?",
    thing="what is new",
    summary="What is new",
    kind=Kind.CHOICE,
    options=(
        Option(CONFIRMED, "The victim, or whoever acts for them, confirms it", "Record the crime."),
        Option("traced", "The victim was traced and has not confirmed it"),
        Option("declined", "The victim was asked and does not say"),
        Option("contrary", "Evidence to the contrary came up"),
        Option("elsewhere", "It became clear that it happened elsewhere"),
        Option("other", "Something else"),
    ),
)
EVENT_WHAT = Question(
    name="event_what",
    label="What happened, and who found it out?",
    thing="what happened",
    summary="What happened",
    min_length=10,
)
CONFIRMED_AT = Question(
    name="confirmed_at",
    label="When was it confirmed?",
    thing="when it was confirmed",
    summary="Confirmed",
    kind=Kind.MOMENT,
)
CONFIRMED_BY = Question(
    name="confirmed_by",
    label="Who confirmed it, and to whom?",
    thing="who confirmed it",
    summary="Confirmed by",
    kind=Kind.TEXT,
    max_length=200,
)
CANCEL_GROUND = Question(
    name="cancel_ground",
    label="Why is it cancelled?",
    thing="why it is cancelled",
    summary="Why it is cancelled",
    kind=Kind.CHOICE,
    options=(
        Option(GENUINE_ERROR, "Whoever took the report made a genuine error"),
        Option(
            "nothing_happened", "It turned out that nothing happened", "Then it stays, as N100/02."
        ),
        Option("victim_asked", "The victim asked for that"),
        Option("duplicate", "There is another about the same victim and offender"),
    ),
)
FORCE_REFERENCE = Question(
    name="force_reference",
    label="The other force’s reference",
    thing="the other force’s reference",
    summary="The other force’s reference",
    kind=Kind.TEXT,
    max_length=60,
    when=goes_to_another_force,
)
FORCE_REFERENCE_AT = Question(
    name="force_reference_at",
    label="When did it come in?",
    thing="when the reference came in",
    summary="Reference received",
    kind=Kind.MOMENT,
    when=goes_to_another_force,
)
TOLD_AT = Question(
    name="told_transfer_at",
    label="When was the victim told?",
    thing="when the victim was told",
    summary="Victim told",
    kind=Kind.MOMENT,
    when=goes_to_another_force,
)
TOLD_WHAT = Question(
    name="told_transfer_what",
    label="Who told the victim, how, and what?",
    hint="Which force has it now, that force’s reference, and whom to ask.",
    thing="how the victim was told, and what",
    summary="How the victim was told",
    min_length=20,
    when=goes_to_another_force,
)
