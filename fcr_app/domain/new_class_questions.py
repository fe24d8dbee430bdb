"""What is asked about giving a crime another class."""

from datetime import date

from fcr_app.domain.new_class import NEW_CLASS, OLD_CLASS
from fcr_app.domain.questions import YES_NO, Answers, Kind, Option, Question
from fcr_app.domain.rules import ADVISED_CLASSES, CONDUCT_CLASSES

#: Questions are asked by the newest list; the rules judge by that of the day.
_NEWEST = date.max

NEW_OFFENCE = Question(
    name="new_offence",
    label="What should the crime be recorded as?",
    thing="what the crime should be recorded as",
    summary="To be recorded as",
    hint="A class and code, such as 8Q 195/12, or words of the offence, such as stalking fear.",
    kind=Kind.OFFENCE,
    max_length=700,
)
WHY = Question(
    name="why_reclassify",
    label="Why should the class change?",
    thing="why the class should change",
    summary="Ground",
    kind=Kind.CHOICE,
    options=(
        Option(
            "new_information",
            "There is substantive new information",
            "It was not there when the crime was recorded, and it changes what the crime is.",
        ),
        Option(
            "wrong_from_the_start",
            "The class was wrong from the start",
            "By what was known when it was recorded.",
        ),
        Option(
            "escalation",
            "The conduct has escalated",
            "Further incidents were added to a crime of stalking, harassment or control.",
        ),
    ),
)
WHAT_SHOWS_IT = Question(
    name="what_shows_it",
    label="What shows it?",
    thing="what shows it",
    summary="What shows it",
    hint="The information, where it is, and which part of the new offence it fits.",
    min_length=20,
)


def _conduct(answers: Answers) -> bool:
    """Say whether the crime is to become a crime of conduct."""
    return answers.get(NEW_CLASS, "") in CONDUCT_CLASSES.on(_NEWEST)


def _was_conduct(answers: Answers) -> bool:
    """Say whether the crime is one of conduct now."""
    return answers.get(OLD_CLASS, "") in CONDUCT_CLASSES.on(_NEWEST)


def _advised(answers: Answers) -> bool:
    """Say whether the crime is to become a homicide or an attempt at one."""
    return answers.get(NEW_CLASS, "") in ADVISED_CLASSES.on(_NEWEST)


EX_PARTNER = Question(
    name="ex_partner",
    label="Is it a course of conduct towards a former partner, both aged 16 or over?",
    thing="yes if it is a course of conduct towards a former partner",
    summary="Towards a former partner",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=_conduct,
)
ESCALATED = Question(
    name="escalated",
    label="Has the conduct become more serious since it was recorded?",
    thing="yes if the conduct has become more serious",
    summary="More serious since",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=_was_conduct,
)
ADVISED_BY = Question(
    name="advised_by",
    label="Which on-call senior detective or registrar was asked? (optional)",
    thing="who was asked",
    summary="Asked",
    kind=Kind.TEXT,
    max_length=120,
    optional=True,
    when=_advised,
)
ADVISED_AT = Question(
    name="advised_at",
    label="When were they asked? (optional)",
    thing="when they were asked",
    summary="Asked at",
    kind=Kind.MOMENT,
    optional=True,
    when=_advised,
)
ADVISED_WHAT = Question(
    name="advised_what",
    label="What did they say? (optional)",
    thing="what they said",
    summary="Their advice",
    optional=True,
    when=_advised,
)
IS_SHOWN = Question(
    name="is_shown",
    label="Does what is known now make the new class the right one?",
    thing="yes if the new class is the right one",
    summary="New class shown",
    kind=Kind.CHOICE,
    options=YES_NO,
)
REQUEST = (
    NEW_OFFENCE,
    WHY,
    WHAT_SHOWS_IT,
    EX_PARTNER,
    ESCALATED,
    ADVISED_BY,
    ADVISED_AT,
    ADVISED_WHAT,
)
