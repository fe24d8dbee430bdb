"""What is asked when a crime is to be removed: of the requester, of the decider, of the teller.

Each code asks for just what its rule needs (CANC-13, CANC-14, CANC-20 to CANC-22, TRF-01, VIC-02).
"""

from fcr_app.domain.questions import NO, YES, YES_NO, Answers, Kind, Option, Question
from fcr_app.domain.removal import GroundsDecision, RemovalCode, Risk
from fcr_app.domain.rules import MODERN_SLAVERY_CLASS

#: The crime's class, which services put beside the answers so that questions can depend on it.
CRIME_CLASS = "crime.class"

#: What stands for the victim of a crime whose record names none.
NO_VICTIM_ON_RECORD = "none"

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


def is_code(*codes: RemovalCode) -> "CodeIs":
    """Return a condition: the request is for one of these codes."""
    return CodeIs(frozenset(codes))


class CodeIs:
    """Whether the answers so far ask for one of some codes."""

    def __init__(self, codes: frozenset[RemovalCode]) -> None:
        self.codes = codes

    def __call__(self, answers: Answers) -> bool:
        return answers.get(CODE.name) in self.codes


def _modern_slavery(answers: Answers) -> bool:
    return (
        answers.get(CODE.name) == RemovalCode.C2
        and answers.get(CRIME_CLASS) == MODERN_SLAVERY_CLASS
    )


def _retracted(answers: Answers) -> bool:
    return answers.get(CODE.name) == RemovalCode.C2 and answers.get("victim_withdrew") == YES


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
    hint="Say what it is and where it can be checked, for example CCTV, phone location, a statement.",
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
    when=is_code(RemovalCode.C2),
)
WITHDRAWAL_CONCERN = Question(
    name="withdrawal_concern",
    label="Is there any sign of fear, coercion, influence or pressure behind it?",
    thing="yes if there is any sign of fear or pressure",
    summary="Sign of fear or pressure",
    hint="If there is, the crime stays recorded; outcome 14 or 16 may fit instead.",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=_retracted,
)
GROUNDS_DECISION = Question(
    name="grounds_decision",
    label="What has the Competent Authority decided?",
    thing="what the Competent Authority has decided",
    summary="Competent Authority decision",
    kind=Kind.CHOICE,
    options=(
        Option(GroundsDecision.NONE, "Nothing yet"),
        Option(GroundsDecision.POSITIVE, "Positive reasonable or conclusive grounds"),
        Option(GroundsDecision.NEGATIVE_REASONABLE, "Negative reasonable grounds"),
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
    VICTIM_WITHDREW,
    WITHDRAWAL_CONCERN,
    GROUNDS_DECISION,
    SURVIVOR,
    DUPLICATE_KIND,
    DUPLICATE_EVIDENCE,
    MISTAKE,
    RISK,
)


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
    "Is it additional: was it out of reach of the recorder and the officer when the crime was recorded?",
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
    label="Is there clear concern that fear, coercion, influence or pressure lies behind the withdrawal?",
    thing="yes if there is clear concern about fear or pressure",
    summary="Concern about fear or pressure",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=_retracted,
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
    hint="The victim, or who speaks for them: a parent or guardian of a child, the contact of a business.",
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
    label="Are you satisfied that every victim has been told, or is covered by an approved exception?",
    thing="yes if you are satisfied that every victim has been told",
    summary="Satisfied that victims were told",
    kind=Kind.CHOICE,
    options=(Option(YES, "Yes, I have looked at the record of it"), Option(NO, "No")),
)
