"""What makes a request complete: looked at when it is sent, and again when it is decided."""

from fcr_app.domain.citations import crr26, force_policy, inspection, ofg26
from fcr_app.domain.facts import CancellationFacts, CrimeStatus
from fcr_app.domain.guards import blocks, warns
from fcr_app.domain.london import LONDON
from fcr_app.domain.phrases import opinion_in
from fcr_app.domain.questions import YES
from fcr_app.domain.removal import GroundsDecision, RemovalCode
from fcr_app.domain.removal_questions import (
    AVAILABLE_ON,
    EFFECT,
    GROUNDS_DECISION,
    INFORMATION,
    WITHDRAWAL_CONCERN,
)
from fcr_app.domain.removal_rules.asked import asks_for, code_of
from fcr_app.domain.rules import (
    CONCLUSIVE_GROUNDS_AFTER,
    MODERN_SLAVERY_CLASS,
    SELF_DEFENCE_CLASSES,
    SELF_DEFENCE_OFFENCES,
)


@blocks(crr26("CANC-22", "25-26"))
def the_crime_still_stands(facts: CancellationFacts) -> str | None:
    """Only a crime that is recorded now can be removed."""
    if facts.crime.status is CrimeStatus.RECORDED:
        return None
    return (
        f"Crime {facts.crime.number} is already {facts.crime.status.value}. "
        "There is nothing to remove."
    )


@blocks(crr26("CLS-01", "13"))
def the_crime_has_a_class(facts: CancellationFacts) -> str | None:
    """Who decides depends on the offence class, so the crime needs one."""
    if facts.crime.offence_class:
        return None
    return "This crime has no offence class on record. Ask the FCR’s team to add it first."


@blocks(force_policy("CANC-22"))
def no_other_request_is_open(facts: CancellationFacts) -> str | None:
    """There is one open request for a crime at a time."""
    if not facts.other_open_request:
        return None
    return "Another request about this crime is open. Use that one, or wait until it is settled."


@blocks(ofg26("CANC-14", "28"), when=asks_for(RemovalCode.C2, RemovalCode.C5))
def the_information_is_not_from_the_future(facts: CancellationFacts) -> str | None:
    """The record says when the information became available.

    It also names its source, how it can be verified, and its effect on the crime.
    """
    on = facts.date_said(AVAILABLE_ON)
    if on is not None and on > facts.today:
        return (
            f"The information can’t have become available on {on:%-d %B %Y}: that is in the future."
        )
    return None


@warns(crr26("CANC-22", "25-26"), when=asks_for(RemovalCode.C2))
def the_information_came_after_the_record(facts: CancellationFacts) -> str | None:
    """Information that was there when the crime was recorded is not additional.

    If it shows that the record was a mistake, C4 fits.
    """
    on, recorded = facts.date_said(AVAILABLE_ON), facts.crime.recorded_at
    if on is None or recorded is None or on > recorded.astimezone(LONDON).date():
        return None
    return (
        f"The information became available on {on:%-d %B %Y}, no later than the day the crime was "
        "recorded. If it was known then, the reason is C4 (recorded in error), not C2."
    )


@warns(inspection("CANC-18"), when=asks_for(RemovalCode.C2, RemovalCode.C5))
def the_information_is_more_than_opinion(facts: CancellationFacts) -> str | None:
    """An officer’s opinion is not additional verifiable information.

    Nor, on their own, are a lack of evidence, a denial, a victim who does not engage, an
    inconsistent account, mental ill health, drink, CPS advice or a missing suspect.
    """
    found = opinion_in(f"{facts.said(INFORMATION)}. {facts.said(EFFECT)}")
    if not found:
        return None
    named = "; ".join(f"{phrase.what} (consider outcome {phrase.instead})" for phrase in found)
    return f"The request seems to rest on {named}. Use an outcome instead unless there is more."


@blocks(ofg26("CANC-15", "29"), when=lambda f: WITHDRAWAL_CONCERN.when(f.known))
def no_withdrawal_under_pressure(facts: CancellationFacts) -> str | None:
    """A crime is never cancelled because its victim withdrew in fear or under pressure."""
    if facts.said(WITHDRAWAL_CONCERN) != YES:
        return None
    return (
        "There is a sign of fear, coercion, influence or pressure behind the withdrawal, so the "
        "crime stays recorded. Consider outcome 14 or 16 instead."
    )


def _modern_slavery(facts: CancellationFacts) -> bool:
    return code_of(facts) is RemovalCode.C2 and facts.crime.offence_class == MODERN_SLAVERY_CLASS


@blocks(crr26("CANC-17", "26, 48"), when=_modern_slavery)
def modern_slavery_needs_conclusive_grounds(facts: CancellationFacts) -> str | None:
    """A negative reasonable grounds decision never cancels a crime of modern slavery.

    A negative conclusive grounds decision may be additional verifiable information, for crimes
    recorded after 1 April 2020.
    """
    said = facts.said(GROUNDS_DECISION)
    if said == GroundsDecision.NEGATIVE_REASONABLE:
        return (
            "A negative reasonable grounds decision does not cancel the crime. "
            "Wait for the conclusive grounds decision."
        )
    if said == GroundsDecision.POSITIVE_CONCLUSIVE:
        return "The Competent Authority found conclusive grounds. The crime stays recorded."
    if said == GroundsDecision.NEGATIVE_CONCLUSIVE:
        return _too_old_for_conclusive_grounds(facts)
    return None


def _too_old_for_conclusive_grounds(facts: CancellationFacts) -> str | None:
    after, recorded = CONCLUSIVE_GROUNDS_AFTER.on(facts.today), facts.crime.recorded_at
    if recorded is None:
        return (
            "The record does not say when the crime was recorded, so a conclusive grounds decision "
            "can’t be used. Ask the FCR’s team to add the date first."
        )
    if recorded.astimezone(LONDON).date() > after:
        return None
    return (
        f"The crime was not recorded after {after:%-d %B %Y}, so a conclusive grounds decision is "
        "not additional verifiable information."
    )


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3))
def the_survivor_is_live(facts: CancellationFacts) -> str | None:
    """The crime that stays must be another one, recorded in this force and live."""
    survivor = facts.survivor
    if survivor is None:
        return (
            "No crime with that number is recorded here. Check the number of the crime that stays."
        )
    if survivor.id == facts.crime.id:
        return "A crime can’t be a duplicate of itself. Enter the number of the crime that stays."
    if survivor.status is not CrimeStatus.RECORDED:
        return (
            f"Crime {survivor.number} is itself {survivor.status.value}, "
            "so nothing would stay recorded."
        )
    return None


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3))
def the_survivor_is_not_leaving(facts: CancellationFacts) -> str | None:
    """Duplicates make no chains: the crime that stays is not about to be removed."""
    if facts.survivor is None or not facts.survivor.leaves_by_open_request:
        return None
    return (
        f"Crime {facts.survivor.number} is itself asked to be removed. Settle that request first."
    )


def _what_rests_on_it(facts: CancellationFacts) -> str | None:
    if not facts.rests_on_it:
        return None
    return (
        f"Crime {facts.rests_on_it} was removed, or is asked to be removed, as a duplicate of this "
        "one. If this one leaves too, nothing of them stays recorded."
    )


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3))
def nothing_rests_on_a_duplicate(facts: CancellationFacts) -> str | None:
    """Duplicates make no chains: a crime that others were folded into is not itself folded."""
    return _what_rests_on_it(facts)


@warns(
    ofg26("CANC-20", "27"),
    when=asks_for(RemovalCode.C1, RemovalCode.C2, RemovalCode.C4, RemovalCode.C5),
)
def something_rests_on_this_crime(facts: CancellationFacts) -> str | None:
    """A crime that others were folded into takes them along when it leaves."""
    return _what_rests_on_it(facts)


@blocks(ofg26("CANC-07", "27"), when=asks_for(RemovalCode.C5))
def self_defence_fits_the_class(facts: CancellationFacts) -> str | None:
    """Self-defence removes only three kinds of assault.

    Assault occasioning actual bodily harm (8N, 008/06), assault without injury on a constable (104)
    and assault without injury (105A).
    """
    crime = facts.crime
    pair = (crime.offence_class, crime.offence_code)
    if crime.offence_class in SELF_DEFENCE_CLASSES.on(
        facts.today
    ) or pair in SELF_DEFENCE_OFFENCES.on(facts.today):
        return None
    return (
        f"C5 is not possible for class {crime.offence_class}, code {crime.offence_code}. "
        "Consider an outcome instead."
    )
