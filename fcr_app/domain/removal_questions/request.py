"""What is asked of the requester: for each code just what its rule needs."""

from dataclasses import dataclass

from fcr_app.domain.questions import YES, YES_NO, Answers, Kind, Option, Question
from fcr_app.domain.removal import GroundsDecision, RemovalCode, Risk
from fcr_app.domain.rules import MODERN_SLAVERY_CLASS

#: The crime's class, which services put beside the answers so that questions can depend on it.
CRIME_CLASS = "crime.class"

CODE = Question(
    name="code",
    label="What shows that this crime should not stay recorded?",
    thing="what shows that this crime should not stay recorded",
    summary="Reason",
    kind=Kind.CHOICE,
    options=(
        Option(
            "C1",
            "It happened in another force’s area",
            "C1. The other force takes it over and gives you its number.",
        ),
        Option(
            "C2",
            "New information shows that no crime happened",
            "C2. Information that nobody had when the crime was recorded, that can be checked. "
            "A denial, a lack of evidence or a victim who does not engage is not enough.",
        ),
        Option(
            "C3",
            "It is already recorded",
            "C3. The same crime, or part of one, is on another record in this force.",
        ),
        Option(
            "C4",
            "It was recorded by mistake",
            "C4. What was known at the time never amounted to a crime.",
        ),
        Option(
            "C5",
            "The suspect acted in self-defence",
            "C5. Only for assault occasioning actual bodily harm, assault without injury, and "
            "assault without injury on a constable.",
        ),
    ),
)


@dataclass(frozen=True)
class CodeIs:
    """Whether the answers so far ask for one of some codes."""

    codes: frozenset[RemovalCode]

    def __call__(self, answers: Answers) -> bool:
        """Say whether they do."""
        return answers.get(CODE.name) in self.codes


def is_code(*codes: RemovalCode) -> CodeIs:
    """Return a condition: the request is for one of these codes."""
    return CodeIs(frozenset(codes))


def _modern_slavery(answers: Answers) -> bool:
    return (
        answers.get(CODE.name) == RemovalCode.C2
        and answers.get(CRIME_CLASS) == MODERN_SLAVERY_CLASS
    )


LOCATION_BASIS = Question(
    name="location_basis",
    label="What places the crime in the other force’s area?",
    thing="what places the crime in the other force’s area",
    summary="Where it happened rests on",
    kind=Kind.CHOICE,
    options=(
        Option("suspect", "Where the suspect was, proven, at the time"),
        Option("victim", "Where the victim was at the time"),
        Option("home", "The victim’s home"),
        Option("business", "The place of business, for a company"),
    ),
    when=is_code(RemovalCode.C1),
)
LOCATION_EVIDENCE = Question(
    name="location_evidence",
    label="What verifiable information shows it?",
    thing="the information that shows where it happened",
    summary="Location evidence",
    hint="Say what it is and where it can be checked: CCTV, phone location, a statement.",
    min_length=20,
    when=is_code(RemovalCode.C1),
)
RECEIVING_FORCE = Question(
    name="receiving_force",
    label="Which force takes it over?",
    thing="the force that takes it over",
    summary="Receiving force",
    kind=Kind.TEXT,
    max_length=120,
    when=is_code(RemovalCode.C1),
)
INFORMATION = Question(
    name="information",
    label="What is the new information?",
    thing="the new information",
    summary="New information",
    hint="Facts, not opinion. Say what it shows about this crime.",
    min_length=20,
    when=is_code(RemovalCode.C2, RemovalCode.C5),
)
AVAILABLE_ON = Question(
    name="available_on",
    label="When did it become available?",
    thing="the date the information became available",
    summary="Became available",
    hint="The day police first had it. For example, 24 11 2026.",
    kind=Kind.DATE,
    when=is_code(RemovalCode.C2, RemovalCode.C5),
)
INFORMATION_SOURCE = Question(
    name="information_source",
    label="Where does it come from?",
    thing="where the information comes from",
    summary="Source",
    hint="For example: CCTV from the shop, reference PROP/123.",
    min_length=5,
    when=is_code(RemovalCode.C2, RemovalCode.C5),
)
VERIFIED_HOW = Question(
    name="verified_how",
    label="How can somebody else check it?",
    thing="how somebody else can check it",
    summary="How it can be verified",
    hint="Say where it is kept and who can confirm it.",
    min_length=10,
    when=is_code(RemovalCode.C2, RemovalCode.C5),
)
EFFECT = Question(
    name="effect",
    label="What does it change about this crime?",
    thing="what it changes about this crime",
    summary="Effect on the crime",
    min_length=10,
    when=is_code(RemovalCode.C2, RemovalCode.C5),
)
VICTIM_WITHDREW = Question(
    name="victim_withdrew",
    label="Does the request rest on the victim withdrawing or changing their account?",
    thing="yes if the request rests on the victim withdrawing or changing their account",
    summary="Rests on the victim withdrawing",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=is_code(RemovalCode.C2, RemovalCode.C4, RemovalCode.C5),
)


def rests_on_a_withdrawal(answers: Answers) -> bool:
    """Say whether the request rests on the victim withdrawing or changing their account."""
    return VICTIM_WITHDREW.when(answers) and answers.get(VICTIM_WITHDREW.name) == YES


WITHDRAWAL_CONCERN = Question(
    name="withdrawal_concern",
    label="Is there any sign of fear, coercion, influence or pressure behind it?",
    thing="yes if there is any sign of fear or pressure",
    summary="Sign of fear or pressure",
    hint="If there is, the crime stays recorded; outcome 14 or 16 may fit instead.",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=rests_on_a_withdrawal,
)
GROUNDS_DECISION = Question(
    name="grounds_decision",
    label="What did the Competent Authority decide last?",
    thing="what the Competent Authority decided last",
    summary="Competent Authority decision",
    kind=Kind.CHOICE,
    options=(
        Option(GroundsDecision.NONE, "Nothing yet"),
        Option(GroundsDecision.POSITIVE_REASONABLE, "Positive reasonable grounds"),
        Option(GroundsDecision.NEGATIVE_REASONABLE, "Negative reasonable grounds"),
        Option(GroundsDecision.POSITIVE_CONCLUSIVE, "Positive conclusive grounds"),
        Option(GroundsDecision.NEGATIVE_CONCLUSIVE, "Negative conclusive grounds"),
    ),
    when=_modern_slavery,
)
SURVIVOR = Question(
    name="surviving_crime",
    label="Which crime stays recorded?",
    thing="the number of the crime that stays recorded",
    summary="Surviving crime",
    kind=Kind.CRIME,
    max_length=80,
    when=is_code(RemovalCode.C3),
)
DUPLICATE_KIND = Question(
    name="duplicate_kind",
    label="How are the two related?",
    thing="how the two are related",
    summary="Relation",
    kind=Kind.CHOICE,
    options=(
        Option("same", "They are the same crime"),
        Option("part", "This one is part of the other"),
    ),
    when=is_code(RemovalCode.C3),
)
DUPLICATE_EVIDENCE = Question(
    name="duplicate_evidence",
    label="How do you know?",
    thing="how you know that the two belong together",
    summary="What shows it",
    hint="For example the same victim, time and place, or the same incident reference.",
    min_length=20,
    when=is_code(RemovalCode.C3),
)
MISTAKE = Question(
    name="mistake",
    label="What was the mistake?",
    thing="what the mistake was",
    summary="The mistake",
    hint="What was known when it was recorded, and why that never amounted to a crime.",
    min_length=20,
    when=is_code(RemovalCode.C4),
)
RISK = Question(
    name="risk",
    label="How serious would it be if removing this crime turned out to be wrong?",
    thing="how serious a wrong decision would be",
    summary="Harm if wrong",
    hint="Think of the victim’s safety, other people at risk, and how reliable the source is.",
    kind=Kind.CHOICE,
    options=(
        Option(Risk.LOW, "Low", "Little harm; reliable source"),
        Option(Risk.MEDIUM, "Medium"),
        Option(Risk.HIGH, "High", "Somebody could be left at risk. The FCR decides it."),
    ),
    when=is_code(RemovalCode.C2, RemovalCode.C4, RemovalCode.C5),
)
REQUEST = (
    CODE,
    LOCATION_BASIS,
    LOCATION_EVIDENCE,
    RECEIVING_FORCE,
    INFORMATION,
    AVAILABLE_ON,
    INFORMATION_SOURCE,
    VERIFIED_HOW,
    EFFECT,
    GROUNDS_DECISION,
    SURVIVOR,
    DUPLICATE_KIND,
    DUPLICATE_EVIDENCE,
    MISTAKE,
    VICTIM_WITHDREW,
    WITHDRAWAL_CONCERN,
    RISK,
)
