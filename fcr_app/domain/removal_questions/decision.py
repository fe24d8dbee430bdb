"""What is asked of the decider, and of the registrar who advises."""

from fcr_app.domain.questions import YES_NO, Kind, Question
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.removal_questions.request import is_code, rests_on_a_withdrawal


def _satisfied(name: str, label: str, thing: str, summary: str, *codes: RemovalCode) -> Question:
    return Question(
        name=name,
        label=label,
        thing=thing,
        summary=summary,
        kind=Kind.CHOICE,
        options=YES_NO,
        when=is_code(*codes),
    )


IS_ADDITIONAL = _satisfied(
    "is_additional",
    "Is it additional: out of reach of recorder and officer when the crime was recorded?",
    "yes if the information is additional",
    "Additional",
    RemovalCode.C2,
)
IS_VERIFIABLE = _satisfied(
    "is_verifiable",
    "Is it verifiable: can its origin, reliability and relevance be checked?",
    "yes if the information is verifiable",
    "Verifiable",
    RemovalCode.C2,
)
IS_INFORMATION = _satisfied(
    "is_information",
    "Is it information about this crime that shows no notifiable crime happened?",
    "yes if it is information about this crime",
    "Information",
    RemovalCode.C2,
)
PRESSURE = Question(
    name="pressure",
    label="Is there clear concern that fear, coercion, influence or pressure lies behind it?",
    hint="The withdrawal or changed account that the request rests on.",
    thing="yes if there is clear concern about fear or pressure",
    summary="Concern about fear or pressure",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=rests_on_a_withdrawal,
)
IS_ELSEWHERE = _satisfied(
    "is_elsewhere",
    "Does verifiable information show that it happened in the other force’s area?",
    "yes if the location is shown",
    "Location shown",
    RemovalCode.C1,
)
IS_SAME = _satisfied(
    "is_same",
    "Do the two records describe the same crime, or one part of the other?",
    "yes if the two belong together",
    "Duplicate shown",
    RemovalCode.C3,
)
IS_MISTAKE = _satisfied(
    "is_mistake",
    "Was it a genuine mistake, with no notifiable crime on the balance of probabilities?",
    "yes if it was a genuine mistake",
    "Genuine mistake",
    RemovalCode.C4,
)
IS_SELF_DEFENCE = _satisfied(
    "is_self_defence",
    "Does verifiable information show that the suspect acted in self-defence?",
    "yes if self-defence is shown",
    "Self-defence shown",
    RemovalCode.C5,
)
RATIONALE = Question(
    name="rationale",
    label="Your reasons",
    thing="your reasons",
    summary="Reasons",
    hint="They are kept for good and may be disclosed. Say what convinced you.",
    min_length=20,
)
REMARK = Question(
    name="remark",
    label="A remark for the officer who asked (optional)",
    thing="a remark",
    summary="Remark for the officer",
    hint="Sent as feedback: what was done well, or what to do another time.",
    optional=True,
)
TO_MEND = Question(
    name="to_mend",
    label="What has to be added or changed?",
    thing="what has to be added or changed",
    summary="To add or change",
    hint="The officer gets this. Name the rule if you can.",
    min_length=20,
)
ADVICE = Question(
    name="advice",
    label="Your advice to the chief officer",
    thing="your advice",
    summary="Registrar’s advice",
    min_length=20,
)
