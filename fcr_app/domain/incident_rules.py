"""What stops a report from being closed by hand, and what makes people think before they do.

A crime, an N100 and a decision not to record each settle a report in their own way. These rules
are about the two ways left: it is not about a crime at all, or it is the same report again.
"""

from dataclasses import dataclass
from datetime import datetime

from fcr_app.domain.citations import crr26
from fcr_app.domain.facts import CrimeStatus, Facts
from fcr_app.domain.guards import Check, applies, blocks, warns
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.incidents import Known
from fcr_app.domain.phrases import Phrase, opinion_in, signs_of_crime
from fcr_app.domain.rules import RAPE_CLASSES

#: How a report can be closed by hand; each of the others has a way of its own.
BY_HAND = (ClosingCode.NOT_A_CRIME_REPORT, ClosingCode.DUPLICATE)
#: An account shorter than this can't be audited.
SHORTEST_ACCOUNT = 20
UNWILLING = "a victim who does not engage"
DRUNK = "drink or drugs"
DISBELIEF = frozenset({"an officer’s opinion", "an inconsistent account", "a suspect’s denial"})


@dataclass(frozen=True, kw_only=True)
class ReportFacts(Facts):
    """A report as it is entered: what it was opened as, and what is said in it."""

    opening_code: OpeningCode
    account: str


@dataclass(frozen=True, kw_only=True)
class OriginalFacts:
    """The report that another one repeats."""

    reference: str
    first_reported_at: datetime
    tells_of_rape: bool
    closing_code: ClosingCode | None


@dataclass(frozen=True, kw_only=True)
class ClosingFacts(ReportFacts):
    """A report that somebody wants to close.

    Attributes:
        why: The reason they give.
        has_n100: An N100 was opened from it.
        agreed_no_rape: The FCR agreed that it is not about rape.
        original: The report it repeats, where it is closed as a duplicate.
    """

    incident: IncidentFacts
    code: ClosingCode
    why: str = ""
    has_n100: bool = False
    agreed_no_rape: bool = False
    original: OriginalFacts | None = None


def not_about_a_crime(facts: ClosingFacts) -> bool:
    """Whether it is to be closed as not about a crime."""
    return facts.code is ClosingCode.NOT_A_CRIME_REPORT


def the_same_again(facts: ClosingFacts) -> bool:
    """Whether it is to be closed as a duplicate."""
    return facts.code is ClosingCode.DUPLICATE


def tells_of_rape(facts: ClosingFacts) -> bool:
    """Whether it was opened as rape, or what was disclosed since may be rape."""
    return facts.incident.told_of_rape


def opened_as_domestic_non_crime(facts: ReportFacts) -> bool:
    """Whether it was opened as domestic and not a crime."""
    return facts.opening_code is OpeningCode.DOMESTIC_NON_CRIME


@blocks(crr26("REC-01", "6"))
def what_was_reported_is_written_down(facts: ClosingFacts) -> str | None:
    """A report is closed only with a record of it that can be audited: what was reported."""
    if len(facts.account.strip()) >= SHORTEST_ACCOUNT:
        return None
    return (
        "Nothing here says what was reported. Write down what was said, in at least "
        f"{SHORTEST_ACCOUNT} characters, before you close it."
    )


@blocks(crr26("N100-01", "63"), when=tells_of_rape)
def a_rape_report_has_its_crime_or_its_n100(facts: ClosingFacts) -> str | None:
    """A report that tells of rape is closed only with a crime of rape recorded, or with an N100.

    Or the FCR has agreed, by its rape report, that it is not about rape.
    """
    standing = (crime for crime in facts.incident.crimes if crime.status is CrimeStatus.RECORDED)
    if facts.has_n100 or facts.agreed_no_rape:
        return None
    if any(crime.offence_class in RAPE_CLASSES for crime in standing):
        return None
    if facts.original and facts.original.tells_of_rape:
        return None  # the same question is asked there
    return (
        "It tells of rape and has neither a crime of rape nor an N100. Decide it as a rape report "
        "first: record the crime, or create the N100."
    )


@blocks(crr26("REC-02", "7"), when=not_about_a_crime)
def a_confirmed_crime_is_recorded(facts: ClosingFacts) -> str | None:
    """A report whose victim confirms that a crime happened is about a crime."""
    if facts.incident.victim_confirmed is not Known.YES:
        return None
    if not facts.opening_code.crime_type and not signs_of_crime(facts.account):
        return None
    return (
        "The victim confirms what was reported. Record the crime, or open a decision not to "
        "record it and give its ground there."
    )


@blocks(crr26("REC-05", "7"), when=not_about_a_crime)
def an_unwilling_victim_is_no_ground(facts: ClosingFacts) -> str | None:
    """That the victim does not support police action is no reason to record no crime."""
    if not _named(opinion_in(facts.why), {UNWILLING}):
        return None
    return (
        "Your reason says that the victim does not support an investigation. The crime is "
        "recorded all the same, and its outcome says that. Give another reason, or record it."
    )


@blocks(crr26("REC-10", "10"), when=the_same_again)
def the_clock_runs_from_the_first_of_them(facts: ClosingFacts) -> str | None:
    """Of two reports of the same, the one that came first stays: the clock runs from it."""
    original = facts.original
    if original is None:
        return "Enter the reference of the report that this one repeats."
    if original.reference == facts.incident.reference:
        return "A report can’t repeat itself. Enter the reference of the other one."
    if original.closing_code is ClosingCode.DUPLICATE:
        return f"{original.reference} was closed as a duplicate itself. Enter the one it repeats."
    if original.first_reported_at <= facts.incident.first_reported_at:
        return None
    return (
        f"This report came before {original.reference}, and the clock runs from the first of "
        "them. Keep this one open, and close the other as its duplicate."
    )


@warns(crr26("REC-24", "28"), when=opened_as_domestic_non_crime)
def a_domestic_report_without_a_crime_tells_of_none(facts: ReportFacts) -> str | None:
    """A report opened as domestic and not a crime tells of no assault, threat or damage."""
    if not (found := signs_of_crime(facts.account)):
        return None
    told = " and ".join(phrase.what for phrase in found)
    return (
        f"It is opened as domestic and not a crime, and what was reported mentions {told}. Record "
        "the crime, or say why there is none."
    )


@warns(crr26("REC-03", "7"), when=not_about_a_crime)
def disbelief_is_no_ground(facts: ClosingFacts) -> str | None:
    """The victim’s belief is usually enough; that somebody doubts it is no reason by itself."""
    if not (found := _named(opinion_in(facts.why), DISBELIEF)):
        return None
    return (
        f"Your reason rests on {found[0].what}. That alone does not outweigh what the victim "
        "believes. Say what else shows that no crime happened."
    )


@warns(crr26("REC-15", "9"), when=not_about_a_crime)
def drink_or_drugs_are_no_ground(facts: ClosingFacts) -> str | None:
    """A victim affected by drink or drugs is asked again when fit; it is no reason by itself."""
    if not _named(opinion_in(facts.why), {DRUNK}):
        return None
    return (
        "Your reason rests on drink or drugs. Speak to the victim again when they are fit, and "
        "say what else shows that no crime happened."
    )


ENTERING = (a_domestic_report_without_a_crime_tells_of_none,)
CLOSING = (
    what_was_reported_is_written_down,
    a_rape_report_has_its_crime_or_its_n100,
    a_confirmed_crime_is_recorded,
    an_unwilling_victim_is_no_ground,
    the_clock_runs_from_the_first_of_them,
    a_domestic_report_without_a_crime_tells_of_none,
    disbelief_is_no_ground,
    drink_or_drugs_are_no_ground,
)


@applies(ENTERING)
def entering_checks(facts: ReportFacts) -> tuple[Check, ...]:
    """Return every rule on how a report is opened that applies, and whether it is met."""
    return tuple(check for guard in ENTERING if (check := guard.check(facts)))


@applies(CLOSING)
def closing_checks(facts: ClosingFacts) -> tuple[Check, ...]:
    """Return every rule on closing a report that applies, and whether it is met."""
    return tuple(check for guard in CLOSING if (check := guard.check(facts)))


def _named(found: tuple[Phrase, ...], wanted: frozenset[str] | set[str]) -> list[Phrase]:
    return [phrase for phrase in found if phrase.what in wanted]
