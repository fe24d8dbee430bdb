"""What settles which crime is recorded, and why it is recorded late."""

from fcr_app.domain.questions import YES, Answers, Kind, Option, Question
from fcr_app.domain.rape_offences import Age, OffenceCode, Sex, rape_offence

#: Put among the facts on record: whether a crime recorded now would miss its limit.
LATE = "incident.late"
SEVERAL, ATTEMPTED = "several", "attempted"


def is_late(known: Answers) -> bool:
    """Whether the limit for recording has passed."""
    return known.get(LATE) == YES


SEX = Question(
    name="victim_sex",
    label="Is the victim female or male?",
    hint="The offence class depends on it.",
    thing="whether the victim is female or male",
    summary="Sex of the victim",
    kind=Kind.CHOICE,
    options=(Option(Sex.FEMALE, "Female"), Option(Sex.MALE, "Male")),
)
AGE = Question(
    name="victim_age",
    label="How old was the victim when it happened?",
    thing="how old the victim was when it happened",
    summary="Age of the victim",
    kind=Kind.CHOICE,
    options=(
        Option(Age.ADULT, "16 or over"),
        Option(Age.UNDER_16, "13, 14 or 15"),
        Option(Age.UNDER_13, "Under 13"),
    ),
)
OFFENDERS = Question(
    name="offenders",
    label="Who did it?",
    thing="who did it",
    summary="Offenders",
    kind=Kind.CHOICE,
    options=(
        Option("one", "One person, or several who are told apart"),
        Option(SEVERAL, "Several people who can’t be told apart", "Class 19J or 19K."),
    ),
)
COMPLETED = Question(
    name="completed",
    label="Was it completed or attempted?",
    thing="whether it was completed or attempted",
    summary="Completed or attempted",
    kind=Kind.CHOICE,
    options=(Option("completed", "Completed"), Option(ATTEMPTED, "Attempted")),
)
LATE_REASON = Question(
    name="late_reason",
    label="Why is it recorded after its limit?",
    hint="The FCR looks at every late record (REC-11).",
    thing="why it is recorded after its limit",
    summary="Reason for the late record",
    min_length=20,
    when=is_late,
)
WHICH_RAPE = (SEX, AGE, OFFENDERS, COMPLETED)

#: A death that turns out to be a crime: class and code, as the offence list has them.
OFFENCE = Question(
    name="offence",
    label="Which crime is it?",
    thing="which crime it is",
    summary="Crime",
    kind=Kind.CHOICE,
    options=(
        Option("1 001/01", "Murder", "Class 1."),
        Option("4/1 004/01", "Manslaughter", "Class 4/1."),
        Option("4/2 004/02", "Infanticide", "Class 4/2."),
        Option("4/10 004/10", "Corporate manslaughter", "Class 4/10."),
        Option("4/3 004/03", "Intentional destruction of a viable unborn child", "Class 4/3."),
        Option("4/4 004/04", "Causing death by dangerous driving", "Class 4/4."),
        Option("4/7 004/07", "Causing or allowing the death of a child or vulnerable person"),
    ),
)


def offence_said(known: Answers) -> OffenceCode | None:
    """Return the offence that answers amount to; None while they leave it open."""
    if named := known.get(OFFENCE.name, ""):
        offence_class, _, code = named.partition(" ")
        return OffenceCode(offence_class, code)
    if any(question.problem(known) for question in WHICH_RAPE):
        return None
    return rape_offence(
        Sex(known[SEX.name]),
        Age(known[AGE.name]),
        undefined_offenders=known[OFFENDERS.name] == SEVERAL,
        attempted=known[COMPLETED.name] == ATTEMPTED,
    )
