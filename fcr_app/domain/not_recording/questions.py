"""What is asked about a decision not to record: its ground, the telling, the appeal."""

from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.not_recording.grounds import GROUND, WITHOUT_THE_VICTIM, Ground, on
from fcr_app.domain.not_recording.location_questions import LOCATION
from fcr_app.domain.questions import YES_NO, Answers, Kind, Option, Question
from fcr_app.domain.removal_questions import RATIONALE, TOLD_AT, TOLD_BY, TOLD_HOW, TOLD_WHAT

#: Words under which facts of the report stand among the answers.
LATE = "report.late"
REPORTER = "incident.reporter_type"


def _yes_no(name: str, label: str, thing: str, summary: str, *grounds: Ground) -> Question:
    return Question(
        name=name,
        label=label,
        thing=thing,
        summary=summary,
        kind=Kind.CHOICE,
        options=YES_NO,
        when=on(*grounds),
    )


def _text(name: str, label: str, thing: str, summary: str, *grounds: Ground) -> Question:
    return Question(
        name=name, label=label, thing=thing, summary=summary, min_length=20, when=on(*grounds)
    )


def _qualifying_reporter(answers: Answers) -> bool:
    """Say whether a professional, parent or carer reported it and the victim’s word is missing."""
    qualifying = (ReporterType.PROFESSIONAL.value, ReporterType.PARENT_OR_CARER.value)
    return answers.get(REPORTER, "") in qualifying and on(*WITHOUT_THE_VICTIM)(answers)


CONTRARY_WHAT = _text(
    "contrary_what",
    "What is the evidence, and how was it checked?",
    "what the evidence is and how it was checked",
    "Evidence to the contrary",
    Ground.CONTRARY,
)
CONTRARY_NOW = _yes_no(
    "contrary_now",
    "Was it there from the outset, before anybody investigated?",
    "yes if it was there from the outset",
    "There from the outset",
    Ground.CONTRARY,
)
ENQUIRIES = _text(
    "enquiries",
    "What was done to find and ask the victim?",
    "what was done to find and ask the victim",
    "Enquiries",
    *WITHOUT_THE_VICTIM,
    Ground.DISORDER,
)
NECESSARY = _yes_no(
    "necessary",
    "Is it necessary or appropriate to record it without the victim’s word?",
    "yes if it is necessary or appropriate all the same",
    "Necessary all the same",
    *WITHOUT_THE_VICTIM,
)
DOUBT = Question(
    name="reporter_doubt",
    label="If there is doubt about who the reporter is or whether they tell the truth, what is it?",
    thing="what the doubt rests on",
    summary="Doubt about the reporter",
    hint="Leave it empty if there is none. Without it, the report counts as the victim’s own.",
    min_length=20,
    optional=True,
    when=_qualifying_reporter,
)
AT_SCHOOL = _yes_no(
    "at_school",
    "Did it happen on school premises, in school hours?",
    "yes if it happened on school premises in school hours",
    "At school, in school hours",
    Ground.SCHOOL,
)
SCHOOL_CLASS = Question(
    name="school_class",
    label="Which class would it be?",
    thing="the class that it would be",
    summary="Class it would be",
    hint="Such as 105A. Some classes are always recorded.",
    kind=Kind.TEXT,
    max_length=10,
    when=on(Ground.SCHOOL),
)
SCHOOL_SERIOUS = _yes_no(
    "school_serious",
    "Is it indictable only, or a sexual assault of any kind?",
    "yes if it is indictable only or a sexual assault",
    "Indictable only or sexual",
    Ground.SCHOOL,
)
SCHOOL_ASKED = _yes_no(
    "school_asked",
    "Has the school, the child or a parent formally asked for it to be recorded?",
    "yes if somebody formally asked for it to be recorded",
    "Formally asked for",
    Ground.SCHOOL,
)
SEEN_BY_POLICE = _yes_no(
    "seen_by_police",
    "Did police see any of the disorder?",
    "yes if police saw any of the disorder",
    "Seen by police",
    Ground.DISORDER,
)
AUTHORITY_HAS_IT = Question(
    name="authority_reference",
    label="Under which reference does the appropriate authority have it?",
    thing="the appropriate authority’s reference",
    summary="Appropriate authority",
    kind=Kind.TEXT,
    max_length=60,
    when=on(Ground.ON_DUTY),
)
AUTHORITY_SAYS = Question(
    name="authority_says",
    label="How far has the appropriate authority got?",
    thing="how far the appropriate authority has got",
    summary="Stage",
    kind=Kind.CHOICE,
    options=(
        Option("assessing", "It is still assessing or investigating"),
        Option("cps", "It was referred to the CPS for advice"),
        Option("charged", "Somebody was charged, or dealt with out of court"),
        Option("case_to_answer", "There is a case to answer that amounts to a notifiable crime"),
    ),
    when=on(Ground.ON_DUTY),
)
SUPPORT_SOUGHT = _text(
    "support_sought",
    "What was done to look for support for the allegation?",
    "what was done to look for support",
    "Support looked for",
    Ground.COUNTER,
)
SUPPORT_FOUND = _yes_no(
    "support_found",
    "Was any support found?",
    "yes if any support was found",
    "Support found",
    Ground.COUNTER,
)
REQUEST = (
    GROUND,
    CONTRARY_WHAT,
    CONTRARY_NOW,
    ENQUIRIES,
    NECESSARY,
    DOUBT,
    *LOCATION,
    AT_SCHOOL,
    SCHOOL_CLASS,
    SCHOOL_SERIOUS,
    SCHOOL_ASKED,
    SEEN_BY_POLICE,
    AUTHORITY_HAS_IT,
    AUTHORITY_SAYS,
    SUPPORT_SOUGHT,
    SUPPORT_FOUND,
    RATIONALE,
)
#: What somebody wrote in words of their own, which rules read.
IN_OWN_WORDS = (CONTRARY_WHAT, ENQUIRIES, SUPPORT_SOUGHT, RATIONALE)

TOLD_WHOM = Question(
    name="told_whom",
    label="Who was told?",
    thing="who was told",
    summary="Told to",
    hint="The victim or the reporter, by their part rather than their name.",
    kind=Kind.TEXT,
    max_length=120,
)
REPLY = Question(
    name="victim_reply",
    label="What did they say? (optional)",
    thing="what they said",
    summary="Reply",
    hint="If they do not agree, record their appeal next.",
    optional=True,
)
TELLING = (TOLD_AT, TOLD_HOW, TOLD_WHOM, TOLD_BY, TOLD_WHAT, REPLY)

EXCUSE_GROUND = Question(
    name="exception_ground",
    label="Why can’t the reporter or the victim be told?",
    thing="why they can’t be told",
    summary="Ground",
    kind=Kind.CHOICE,
    options=(
        Option("untraced", "They can’t be reached, or did not say who they are"),
        Option("unsafe", "Contact would put somebody at risk"),
        Option("died", "They have died"),
    ),
)
EXCUSE_REASON = Question(
    name="exception_reason",
    label="What has been tried, and what is known?",
    thing="what has been tried and what is known",
    summary="Reason",
    min_length=20,
)
EXCUSE = (EXCUSE_GROUND, EXCUSE_REASON)

APPEAL_BY = Question(
    name="appeal_by",
    label="Who appeals?",
    thing="who appeals",
    summary="Appeal by",
    kind=Kind.CHOICE,
    options=(Option("victim", "The victim"), Option("reporter", "The reporter")),
)
APPEAL_AT = Question(
    name="appeal_at",
    label="When did we get the appeal?",
    thing="when we got the appeal",
    summary="Appeal received",
    kind=Kind.MOMENT,
)
APPEAL_GROUNDS = Question(
    name="appeal_grounds",
    label="What do they say against the decision?",
    thing="what they say against the decision",
    summary="Grounds of the appeal",
    hint="In their own words, as far as possible.",
    min_length=20,
)
APPEAL = (APPEAL_BY, APPEAL_AT, APPEAL_GROUNDS)

NEW_INFORMATION = Question(
    name="new_information",
    label="What is the new information, and who gave it?",
    thing="the new information and who gave it",
    summary="New information",
    hint="Also when the victim was found, or confirms it now.",
    min_length=20,
)

OFFENCE = Question(
    name="offence",
    label="What is it recorded as?",
    thing="what it is recorded as",
    summary="Recorded as",
    hint="A class and code, such as 8N 008/06, or words of the offence.",
    kind=Kind.OFFENCE,
    max_length=700,
)


def _late(answers: Answers) -> bool:
    """Say whether a record made now misses its limit."""
    return bool(answers.get(LATE))


LATE_REASON = Question(
    name="late_reason",
    label="The limit for recording it has passed. Why?",
    thing="why it is recorded after its limit",
    summary="Why it is late",
    min_length=20,
    when=_late,
)
RECORD = (OFFENCE, LATE_REASON)
