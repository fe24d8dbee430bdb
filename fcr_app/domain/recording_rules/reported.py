"""Rules on a reported incident’s life: its code, its transfer, what it may become."""

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.guards import blocks, warns
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.recording_questions import (
    ANOTHER_FORCE,
    FORCE_REFERENCE_AT,
    TOLD_AT,
    offence_said,
)
from fcr_app.domain.recording_rules.asked import CODE, code_of
from fcr_app.domain.reported_facts import ReportedFacts
from fcr_app.domain.rules import HOMICIDE_CLASSES

UNCLEAR = "300/01"


def belongs_to_another_force(facts: ReportedFacts) -> bool:
    """Whether it belongs to another force and has not been transferred."""
    return facts.code == ANOTHER_FORCE and facts.transferred_at is None


def comes_from_a_crime(facts: RecordingFacts) -> bool:
    """Whether it is about a crime that is recorded already."""
    return facts.crime is not None


@blocks(crr26("N100-12", "63"))
def the_new_code_is_another(facts: ReportedFacts) -> str | None:
    """A code is changed only to another one."""
    if facts.answers.get(CODE) != facts.code:
        return None
    return f"It is coded {facts.code} already. Agree with it, or choose another code."


@blocks(force_policy("TRF-02"))
def the_reference_is_not_from_the_future(facts: ReportedFacts) -> str | None:
    """The other force’s reference has come in, after the report and not in the future."""
    at = facts.moment_said(FORCE_REFERENCE_AT)
    if at is None or facts.incident.first_reported_at <= at <= facts.now:
        return None
    return "The reference must have come in after the report and not in the future."


@blocks(crr26("N100-11", "64"))
def another_forces_code_comes_first(facts: ReportedFacts) -> str | None:
    """It is coded N100/03 before it is transferred."""
    if facts.code == ANOTHER_FORCE:
        return None
    return (
        "It is not coded N100/03. Add what shows where it happened, with the right ground, first."
    )


@blocks(crr26("TRF-02", "25"))
def the_reference_is_held(facts: ReportedFacts) -> str | None:
    """It is transferred only once the other force’s reference is held."""
    if facts.reference_held:
        return None
    return "The other force’s reference is not on record yet. Record it first."


@blocks(crr26("TRF-02", "25"))
def the_victim_was_told_the_reference(facts: ReportedFacts) -> str | None:
    """The victim is told which force has it and under which reference, before it is transferred."""
    told = facts.moment_said(TOLD_AT)
    if told is None:
        return None
    if told > facts.now:
        return "The victim can’t have been told in the future. Check the date and time."
    if facts.reference_at is not None and told < facts.reference_at:
        return "The victim was told before the reference came in, so can’t have been given it."
    return None


@warns(crr26("N100-12", "34-37"))
def unclear_is_rarely_final(facts: ReportedFacts) -> str | None:
    """A death whose circumstances are unclear, 300/01, should rarely keep that code for good."""
    if code_of(facts) != UNCLEAR:
        return None
    return "300/01 should rarely be the final code. Say why nothing more can be found out."


@warns(crr26("CLS-06", "34"))
def a_senior_detective_is_asked_first(facts: ReportedFacts) -> str | None:
    """Before a homicide is recorded, the on-call senior detective or the FCR is asked."""
    said = offence_said(facts.answers)
    if said is None or said.offence_class not in HOMICIDE_CLASSES:
        return None
    return "Name the senior detective or registrar who was asked before this is recorded, and when."
