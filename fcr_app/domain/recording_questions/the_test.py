"""The three-step test of REC-02, and what else decides whether a reported rape is recorded."""

from fcr_app.domain.citations import crr26, inspection
from fcr_app.domain.citing import enforces, supports
from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.questions import YES, YES_NO, Answers, Kind, Option, Question

CONFIRMS, UNCONFIRMED, UNTRACED = "confirms", "unconfirmed", "untraced"
DENIES, NOT_RAPE = "denies", "not_rape"
HERE, OTHER_FORCE, RAILWAY = "here", "other_force", "railway"
NATION, ABROAD, UNKNOWN = "nation", "abroad", "unknown"
ELSEWHERE = frozenset({OTHER_FORCE, RAILWAY, NATION, ABROAD})
#: Whose report counts as the victim’s own, though another speaks (REC-08).
SPEAK_FOR_THEM = frozenset({ReporterType.PARENT_OR_CARER, ReporterType.PROFESSIONAL})


@supports(
    crr26("N100-02", "63"),
    how="Each rape report and N100 names one victim and one offender or group; there can be more",
)
def about_rape(known: Answers) -> bool:
    """Whether the report is about rape at all."""
    return known.get(VICTIM_SAYS.name) not in (None, "", NOT_RAPE)


def not_confirmed(known: Answers) -> bool:
    """Whether the victim has not confirmed it."""
    return known.get(VICTIM_SAYS.name) in (UNCONFIRMED, UNTRACED, DENIES)


def with_contrary_evidence(known: Answers) -> bool:
    """Whether there is credible evidence to the contrary."""
    return about_rape(known) and known.get(CONTRARY.name) == YES


@supports(
    crr26("LOC-03", "15"),
    crr26("LOC-04", "16"),
    crr26("LOC-05", "16"),
    how="A rape report asks where it happened, and says who records what happened elsewhere",
)
def happened_elsewhere(known: Answers) -> bool:
    """Whether it clearly happened outside the force’s area."""
    return about_rape(known) and known.get(WHERE.name) in ELSEWHERE


def reported_for_the_victim(known: Answers) -> bool:
    """Whether a parent, carer or professional reported it for the victim."""
    return about_rape(known) and known.get("incident.reporter_type") in SPEAK_FOR_THEM


def doubted(known: Answers) -> bool:
    """Whether there is doubt about who reported it for the victim, or whether it is truthful."""
    return reported_for_the_victim(known) and known.get(DOUBT.name) == YES


def necessary(known: Answers) -> bool:
    """Whether it has to be recorded although the victim has not confirmed it."""
    return not_confirmed(known) and known.get(NECESSARY.name) == YES


VICTIM_SAYS = Question(
    name="victim_says",
    label="What does the victim say, or whoever acts for them?",
    hint="A parent or carer of a child, or a professional such as a doctor, nurse, social worker "
    "or teacher, may act for the victim.",
    thing="what the victim says",
    summary="What the victim says",
    kind=Kind.CHOICE,
    options=(
        Option(CONFIRMS, "That it happened"),
        Option(
            UNCONFIRMED,
            "Nothing yet",
            "Somebody else reported it. The victim has not been asked, or does not say.",
        ),
        Option(UNTRACED, "Nothing: the victim can’t be traced"),
        Option(DENIES, "That it did not happen, or that they take it back"),
        Option(NOT_RAPE, "The report is not about rape", "It was opened as rape by mistake."),
    ),
)
RELATIONSHIP = Question(
    name="relationship",
    label="Which victim and which offender is this about?",
    hint="One record for each victim with each offender, or group of offenders. If there are more, "
    "start another rape report for each.",
    thing="which victim and which offender this is about",
    summary="Victim and offender",
    kind=Kind.TEXT,
    max_length=200,
    when=about_rape,
)
CRIME_IN_LAW = Question(
    name="crime_in_law",
    label="As it was told, is it more likely than not rape or attempted rape in law?",
    hint="Take it as it was told. Whether the victim consented is for the investigation, and never "
    "a reason not to record.",
    thing="yes if it is more likely than not rape or attempted rape",
    summary="Rape in law, as it was told",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=about_rape,
)
CONTRARY = Question(
    name="contrary",
    label="Is there credible evidence, available now, that it did not happen?",
    hint="Something that can be checked and shows that it can’t have happened. Not an opinion, a "
    "denial, drink, mental ill-health or an account that changes.",
    thing="yes if there is credible evidence that it did not happen",
    summary="Credible evidence to the contrary",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=about_rape,
)
CONTRARY_WHAT = Question(
    name="contrary_what",
    label="What is the evidence to the contrary?",
    thing="what the evidence is",
    summary="The evidence to the contrary",
    min_length=20,
    when=with_contrary_evidence,
)
CONTRARY_AT = Question(
    name="contrary_at",
    label="When did it become available?",
    thing="when it became available",
    summary="It became available",
    kind=Kind.MOMENT,
    when=with_contrary_evidence,
)
CONTRARY_VERIFIED = Question(
    name="contrary_verified",
    label="How was it verified?",
    thing="how it was verified",
    summary="How it was verified",
    min_length=10,
    when=with_contrary_evidence,
)
WHERE = Question(
    name="where",
    label="Where did it happen?",
    thing="where it happened",
    summary="Where it happened",
    kind=Kind.CHOICE,
    options=(
        Option(HERE, "In our area", "Also where it crosses into another: we knew of it first."),
        Option(UNKNOWN, "Not known yet", "Then it stays with us."),
        Option(OTHER_FORCE, "Clearly in another force’s area in England or Wales"),
        Option(RAILWAY, "On the railway", "British Transport Police record it."),
        Option(NATION, "In Scotland or Northern Ireland"),
        Option(ABROAD, "Outside the United Kingdom"),
    ),
    when=about_rape,
)
LOCATION_BASIS = Question(
    name="location_basis",
    label="What shows where it happened?",
    hint="In this order: where the suspect proved to be, where the victim was, where the victim "
    "lives.",
    thing="what shows where it happened",
    summary="Basis of the location",
    kind=Kind.CHOICE,
    options=(
        Option("suspect", "Where the suspect proved to be at the time"),
        Option("victim", "Where the victim was"),
        Option("home", "Where the victim lives, as neither is known"),
        Option("series", "It is part of a series that another force records"),
    ),
    when=happened_elsewhere,
)
TO_FORCE = Question(
    name="to_force",
    label="Which force does it belong to?",
    thing="which force it belongs to",
    summary="Force it belongs to",
    kind=Kind.TEXT,
    max_length=120,
    when=happened_elsewhere,
)
DOUBT = Question(
    name="doubt",
    label="Is there doubt about who reported it for the victim, or whether it is truthful?",
    hint="A report by a professional, parent or carer counts as the victim’s own. Without such "
    "doubt it is recorded, whatever the victim says later.",
    thing="yes if there is doubt about the report",
    summary="Doubt about the report",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=reported_for_the_victim,
)
DOUBT_WHY = Question(
    name="doubt_why",
    label="What gives rise to the doubt?",
    thing="what gives rise to the doubt",
    summary="Reason for the doubt",
    min_length=20,
    when=doubted,
)
NECESSARY = Question(
    name="necessary",
    label="Does it have to be recorded although the victim has not confirmed it?",
    hint="Yes if there are clear grounds that it happened and recording is needed: to find the "
    "offender, in the public interest, or to protect somebody vulnerable.",
    thing="yes if it has to be recorded all the same",
    summary="To be recorded without confirmation",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=not_confirmed,
)
NECESSARY_WHY = Question(
    name="necessary_why",
    label="Why does it have to be recorded without confirmation?",
    thing="why it has to be recorded",
    summary="Why it is recorded without confirmation",
    min_length=20,
    when=necessary,
)
TRACING = Question(
    name="tracing",
    label="What was done to reach the victim and hear what they say?",
    thing="what was done to reach the victim",
    summary="Efforts to reach the victim",
    min_length=20,
    when=not_confirmed,
)


@enforces(
    inspection("N100-17"),
    how="What was done to keep people safe is asked whatever a rape report leads to",
)
def always_asked(_known: Answers) -> bool:
    """Ask in every case, recorded or not."""
    return True


SAFEGUARDING = Question(
    name="safeguarding",
    label="What was done to keep the victim, and anybody else at risk, safe?",
    hint="Asked in every case, recorded or not. Name the referral, the visit or the advice; if "
    "there was nothing to do, say why.",
    thing="what was done to keep people safe",
    summary="Safeguarding",
    min_length=10,
    when=always_asked,
)
THE_TEST = (
    VICTIM_SAYS,
    RELATIONSHIP,
    CRIME_IN_LAW,
    CONTRARY,
    CONTRARY_WHAT,
    CONTRARY_AT,
    CONTRARY_VERIFIED,
    WHERE,
    LOCATION_BASIS,
    TO_FORCE,
    DOUBT,
    DOUBT_WHY,
    NECESSARY,
    NECESSARY_WHY,
    TRACING,
    SAFEGUARDING,
)
