"""What is asked about the other force’s number and about telling the victim."""

from fcr_app.domain.questions import NO, YES, YES_NO, Kind, Option, Question
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.removal_questions.request import is_code

#: What stands for the victim of a crime whose record names none.
NO_VICTIM_ON_RECORD = "none"


REFERENCE = Question(
    name="receiving_reference",
    label="The receiving force’s crime or incident number",
    thing="the receiving force’s crime or incident number",
    summary="Receiving force’s number",
    kind=Kind.TEXT,
    max_length=60,
)
REFERENCE_AT = Question(
    name="reference_at",
    label="When did we get the number?",
    thing="when we got the number",
    summary="Number received",
    kind=Kind.MOMENT,
)
WHICH_VICTIM = Question(
    name="victim",
    label="Which victim?",
    thing="the victim",
    summary="Victim",
    kind=Kind.VICTIM,
)
TOLD_AT = Question(
    name="told_at",
    label="When were they told?",
    thing="when they were told",
    summary="Told at",
    kind=Kind.MOMENT,
)
TOLD_HOW = Question(
    name="told_how",
    label="How were they told?",
    thing="how they were told",
    summary="Told by",
    kind=Kind.CHOICE,
    options=(
        Option("in_person", "In person"),
        Option("phone", "By phone"),
        Option("video", "By video call"),
        Option("letter", "By letter"),
        Option("email", "By e-mail"),
    ),
)
TOLD_WHOM = Question(
    name="told_whom",
    label="Who was told?",
    thing="who was told",
    summary="Told to",
    hint=(
        "The victim, or who speaks for them: a parent or guardian of a child, the contact of a "
        "business."
    ),
    kind=Kind.TEXT,
    max_length=120,
)
TOLD_BY = Question(
    name="told_by",
    label="Who told them?",
    thing="who told them",
    summary="Told by whom",
    kind=Kind.TEXT,
    max_length=120,
)
TOLD_WHAT = Question(
    name="told_what",
    label="What were they told?",
    thing="what they were told",
    summary="What was said",
    hint="The decision and the reason for it, at least.",
    min_length=20,
)
VICTIM_REPLY = Question(
    name="victim_reply",
    label="What did they say? (optional)",
    thing="what they said",
    summary="Reply",
    optional=True,
)
GIVEN_REFERENCE = Question(
    name="given_reference",
    label="Were they given the receiving force’s number?",
    thing="yes if they were given the receiving force’s number",
    summary="Given the receiving force’s number",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=is_code(RemovalCode.C1),
)
EXCEPTION_GROUND = Question(
    name="exception_ground",
    label="Why can’t this victim be told?",
    thing="why this victim can’t be told",
    summary="Ground",
    kind=Kind.CHOICE,
    options=(
        Option("untraced", "They can’t be traced"),
        Option("unsafe", "Contact would put somebody at risk"),
        Option("died", "They have died"),
    ),
)
EXCEPTION_REASON = Question(
    name="exception_reason",
    label="What has been tried, and what is known?",
    thing="what has been tried and what is known",
    summary="Reason",
    min_length=20,
)
SATISFIED_TOLD = Question(
    name="satisfied_told",
    label="Are you satisfied that every victim has been told, or has an approved exception?",
    thing="yes if you are satisfied that every victim has been told",
    summary="Satisfied that victims were told",
    kind=Kind.CHOICE,
    options=(Option(YES, "Yes, I have looked at the record of it"), Option(NO, "No")),
)
