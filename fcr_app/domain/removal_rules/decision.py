"""What the decider has to be satisfied of, code by code."""

from fcr_app.domain.citations import force_policy, ofg26
from fcr_app.domain.facts import CancellationFacts, ExceptionState
from fcr_app.domain.guards import blocks, warns
from fcr_app.domain.questions import YES
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.removal_questions import (
    IS_ADDITIONAL,
    IS_ELSEWHERE,
    IS_INFORMATION,
    IS_MISTAKE,
    IS_SAME,
    IS_SELF_DEFENCE,
    IS_VERIFIABLE,
    PRESSURE,
)
from fcr_app.domain.removal_rules.asked import asks_for, code_of


@blocks(ofg26("CANC-13", "28"), when=asks_for(RemovalCode.C2), judged_by=IS_ADDITIONAL)
def the_information_is_additional(facts: CancellationFacts) -> str | None:
    """Additional: neither recorder nor officer could have it when the crime was recorded."""
    if facts.answers.get(IS_ADDITIONAL.name) == YES:
        return None
    return (
        "Information that is not additional can’t cancel a crime. Refuse the request or return it."
    )


@blocks(ofg26("CANC-13", "28"), when=asks_for(RemovalCode.C2), judged_by=IS_VERIFIABLE)
def the_information_is_verifiable(facts: CancellationFacts) -> str | None:
    """Verifiable: its origin, reliability and relevance can be checked."""
    if facts.answers.get(IS_VERIFIABLE.name) == YES:
        return None
    return (
        "Information that can’t be verified can’t cancel a crime. Refuse the request or return it."
    )


@blocks(ofg26("CANC-13", "28"), when=asks_for(RemovalCode.C2), judged_by=IS_INFORMATION)
def the_information_settles_it(facts: CancellationFacts) -> str | None:
    """Information: it is about this crime and shows that no notifiable crime happened."""
    if facts.answers.get(IS_INFORMATION.name) == YES:
        return None
    return (
        "It has to be information about this crime that settles it. "
        "Refuse the request or return it."
    )


@blocks(ofg26("CANC-15", "29"), when=lambda f: PRESSURE.when(f.known), judged_by=PRESSURE)
def the_decider_sees_no_pressure(facts: CancellationFacts) -> str | None:
    """The decider considers fear, coercion, influence and pressure behind a withdrawal."""
    if facts.answers.get(PRESSURE.name) != YES:
        return None
    return (
        "With clear concern about fear or pressure the crime can’t be cancelled. "
        "Refuse it; consider outcome 16."
    )


@blocks(ofg26("TRF-01", "26"), when=asks_for(RemovalCode.C1), judged_by=IS_ELSEWHERE)
def the_location_is_shown(facts: CancellationFacts) -> str | None:
    """Verifiable information shows that the crime happened in the other force’s area."""
    if facts.answers.get(IS_ELSEWHERE.name) == YES:
        return None
    return (
        "Without verifiable information on the location the crime stays here. "
        "Refuse the request or return it."
    )


@blocks(ofg26("CANC-20", "27"), when=asks_for(RemovalCode.C3), judged_by=IS_SAME)
def the_two_belong_together(facts: CancellationFacts) -> str | None:
    """The surviving crime is the same crime, or one that this is part of."""
    if facts.answers.get(IS_SAME.name) == YES:
        return None
    return "If the two don’t belong together both stay recorded. Refuse the request or return it."


@blocks(ofg26("CANC-21", "27"), when=asks_for(RemovalCode.C4), judged_by=IS_MISTAKE)
def it_was_a_genuine_mistake(facts: CancellationFacts) -> str | None:
    """It was recorded by genuine mistake, and on balance no notifiable crime happened."""
    if facts.answers.get(IS_MISTAKE.name) == YES:
        return None
    return "Without a genuine mistake the crime stays recorded. Refuse the request or return it."


@blocks(ofg26("CANC-07", "27"), when=asks_for(RemovalCode.C5), judged_by=IS_SELF_DEFENCE)
def self_defence_is_shown(facts: CancellationFacts) -> str | None:
    """Verifiable information shows that the suspect acted in self-defence."""
    if facts.answers.get(IS_SELF_DEFENCE.name) == YES:
        return None
    return (
        "Without verifiable information on self-defence the crime stays recorded. "
        "Refuse the request or return it."
    )


def _untold_victim_of_a_mistake(facts: CancellationFacts) -> bool:
    return code_of(facts) is RemovalCode.C4 and bool(facts.victims)


@warns(force_policy("VIC-03"), when=_untold_victim_of_a_mistake)
def the_victim_of_a_mistake_may_be_told(facts: CancellationFacts) -> str | None:
    """No rule makes telling a condition for C4, but a real victim deserves to know."""
    if all(
        victim.told_at or victim.exception is ExceptionState.APPROVED for victim in facts.victims
    ):
        return None
    return (
        "There is a victim who would not be told. "
        "Approve in principle instead to have them told first."
    )
