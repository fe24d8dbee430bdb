"""What is asked of whoever gives feedback, gets it, or rules on it."""

from fcr_app.domain.feedback.items import Correction, Harm
from fcr_app.domain.feedback.sources import RULE_OPTIONS
from fcr_app.domain.questions import Kind, Option, Question
from fcr_app.domain.recording_errors import ErrorType

#: In place of an error: it was done right, or there are reasons to read and no error is named.
RIGHT = "right"
NO_ERROR = "none"

_ABOUT = (
    Option(RIGHT, "It was done right"),
    Option(NO_ERROR, "Reasons to read; no error is named"),
    *(Option(error.value, error.full_label) for error in ErrorType),
)

ERROR = Question(
    name="error",
    label="What is it about?",
    thing="what it is about",
    summary="About",
    kind=Kind.CHOICE,
    options=_ABOUT,
)
REASONS = Question(
    name="reasons",
    label="What was right or wrong?",
    thing="what was right or wrong",
    summary="What was found",
    hint="Say what was decided and why that was right or wrong. Name no victim.",
)
RULE = Question(
    name="rule",
    label="Which rule does it rest on? (optional where no error is named)",
    thing="the rule it rests on",
    summary="The rule",
    kind=Kind.CHOICE,
    options=RULE_OPTIONS,
    optional=True,
)
RIGHT_DECISION = Question(
    name="right_decision",
    label="What would have been right? (optional)",
    thing="what would have been right",
    summary="What would have been right",
    optional=True,
    max_length=1000,
)
TO_DO = Question(
    name="to_do",
    label="What has to be done now? (optional)",
    thing="what has to be done now",
    summary="What has to be done",
    optional=True,
    max_length=1000,
)
CORRECTION = Question(
    name="correction",
    label="What has to happen to the record?",
    thing="what has to happen to the record",
    summary="On the record",
    hint="Feedback stays open until the record itself shows it.",
    kind=Kind.CHOICE,
    options=tuple(Option(one.value, one.label) for one in Correction),
)
HARM = Question(
    name="harm",
    label="How much harm did it do, or could it have done?",
    thing="how much harm it did",
    summary="Harm",
    kind=Kind.CHOICE,
    options=tuple(Option(one.value, one.label) for one in Harm),
)
GIVEN = (ERROR, REASONS, RULE, RIGHT_DECISION, TO_DO, CORRECTION, HARM)

REPLY = Question(
    name="reply",
    label="Your reply (optional)",
    thing="your reply",
    summary="Reply",
    hint="Whoever gave the feedback reads it.",
    optional=True,
    max_length=1000,
)
WHY_DISPUTED = Question(
    name="why_disputed",
    label="Why do you think that it was right?",
    thing="why you think that it was right",
    summary="Why it is disputed",
    hint="The FCR reads this and rules. Say what was known when you decided. Name no victim.",
    min_length=20,
)
WHY_WITHDRAWN = Question(
    name="why_withdrawn",
    label="Why do you take it back?",
    thing="why you take it back",
    summary="Why it was taken back",
    min_length=10,
    max_length=1000,
)
WHY_CHANGED = Question(
    name="why_changed",
    label="Why does something else have to be done?",
    thing="why something else has to be done",
    summary="Why it was changed",
    min_length=20,
)
SEEN = Question(
    name="seen",
    label="What the record shows",
    thing="what the record shows",
    summary="The record shows",
    kind=Kind.TEXT,
    max_length=200,
)
CONCERN = Question(
    name="concern",
    label="What was referred, to whom and when?",
    thing="what was referred, to whom and when",
    summary="Referred",
    hint=(
        "Only the FCR and deputies ever see this note. Refer it to the chief officer responsible "
        "for crime recording or to professional standards yourself, then keep it here."
    ),
    min_length=20,
)
#: What the FCR may say instead of what the feedback said, ruling in part.
INSTEAD = (ERROR, CORRECTION, TO_DO)
CHANGED = (CORRECTION, TO_DO, WHY_CHANGED)
