"""The closed list of grounds for not recording a crime.

What people are tempted to write instead (the victim will not prosecute, nobody believes it, the
victim was drunk) is not on it: rules read the reasons for that and say why it is no ground.
"""

from collections.abc import Callable
from enum import StrEnum

from fcr_app.domain.facts import Facts
from fcr_app.domain.questions import Answers, Kind, Option, Question


class Ground(StrEnum):
    """Why no crime is recorded. Stored as what the case asks and as the decision's code."""

    NO_CRIME = "no_crime"
    CONTRARY = "contrary"
    NOT_CONFIRMED = "no_confirm"
    UNTRACED = "untraced"
    ELSEWHERE = "elsewhere"
    SCHOOL = "school"
    DISORDER = "disorder"
    ON_DUTY = "on_duty"
    COUNTER = "counter"

    @property
    def label(self) -> str:
        """The ground in words."""
        return GROUND_LABELS[self][0]


GROUND_LABELS = {
    Ground.NO_CRIME: (
        "What was reported is not a notifiable crime, on the balance of probability",
        "In law, by the facts as reported. Whether anybody can be prosecuted does not matter.",
    ),
    Ground.CONTRARY: (
        "Credible evidence to the contrary is there already",
        "It was there before any crime was recorded, and it has been checked.",
    ),
    Ground.NOT_CONFIRMED: (
        "Somebody other than the victim reported it, and the victim does not confirm it",
        "Not where a professional or a parent or carer reported it for the victim.",
    ),
    Ground.UNTRACED: (
        "Somebody other than the victim reported it, and no victim can be found",
        "After reasonable enquiries. It is looked at again when the victim is found.",
    ),
    Ground.ELSEWHERE: ("Another force records it", "With the number under which it does."),
    Ground.SCHOOL: (
        "A school deals with it under the schools protocol",
        "On the premises, in school hours, not serious, and nobody asks for it to be recorded.",
    ),
    Ground.DISORDER: (
        "Public disorder that was over when police came, with no victim found",
        "After reasonable enquiries, which are kept.",
    ),
    Ground.ON_DUTY: (
        "An allegation against police on duty, which the appropriate authority has",
        "Until it is referred for CPS advice, charged, or found a case to answer.",
    ),
    Ground.COUNTER: (
        "A suspect’s counter-allegation for which no support was found",
        "It is kept so that it can be disclosed.",
    ),
}

GROUND = Question(
    name="ground",
    label="On which ground is no crime recorded?",
    thing="the ground on which no crime is recorded",
    summary="Ground",
    kind=Kind.CHOICE,
    options=tuple(Option(g.value, label, hint) for g, (label, hint) in GROUND_LABELS.items()),
)
#: Grounds on which a report is a crime-related incident for want of the victim's word.
WITHOUT_THE_VICTIM = (Ground.NOT_CONFIRMED, Ground.UNTRACED)


def on(*grounds: Ground) -> Callable[[Answers], bool]:
    """Return the condition on answers that the ground is one of some."""

    def condition(answers: Answers) -> bool:
        return answers.get(GROUND.name, "") in grounds

    condition.__doc__ = _in_words(grounds)
    return condition


def rests_on(*grounds: Ground) -> Callable[[Facts], bool]:
    """Return the condition on a case that the ground is one of some."""

    def condition(facts: Facts) -> bool:
        return facts.said(GROUND) in grounds

    condition.__doc__ = _in_words(grounds)
    return condition


def _in_words(grounds: tuple[Ground, ...]) -> str:
    said = " or ".join(f"“{ground.label}”" for ground in grounds)
    return f"Say whether the ground is {said}."
