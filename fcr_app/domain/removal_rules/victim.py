"""The other force’s number, and telling the victim before the crime is removed."""

from fcr_app.domain.citations import crr26
from fcr_app.domain.facts import CancellationFacts, ExceptionState
from fcr_app.domain.guards import blocks
from fcr_app.domain.london import LONDON
from fcr_app.domain.questions import NO, YES
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.removal_questions import (
    GIVEN_REFERENCE,
    NO_VICTIM_ON_RECORD,
    REFERENCE_AT,
    SATISFIED_TOLD,
    TOLD_AT,
    WHICH_VICTIM,
)
from fcr_app.domain.removal_rules.asked import asks_for


@blocks(crr26("TRF-02", "25"))
def the_number_is_not_from_the_future(facts: CancellationFacts) -> str | None:
    """The receiving force has taken the crime over and given its crime or incident number."""
    at = facts.moment_said(REFERENCE_AT)
    if at is not None and at > facts.now:
        return "The number can’t have come in the future. Check the date and time."
    return None


@blocks(crr26("VIC-01", "26"))
def the_victim_is_of_this_crime(facts: CancellationFacts) -> str | None:
    """Who is told is a victim of this crime."""
    said = facts.answers.get(WHICH_VICTIM.name, "")
    if not said or said in {str(victim.id or NO_VICTIM_ON_RECORD) for victim in facts.victims}:
        return None
    return "That victim is not on this crime’s record. Select one who is, or add them to the crime."


@blocks(crr26("VIC-01", "26"))
def the_telling_is_of_this_decision(facts: CancellationFacts) -> str | None:
    """The victim is told the decision and its reason, after it was made and before removal."""
    at = facts.moment_said(TOLD_AT)
    if at is None or facts.decision is None:
        return None
    if at > facts.now:
        return "They can’t have been told in the future. Check the date and time."
    decided_at = facts.decision.decided_at.replace(second=0, microsecond=0)
    if at < decided_at:
        return (
            f"The decision was made at {decided_at.astimezone(LONDON):%H:%M on %-d %B %Y}. "
            "Nobody can have been told of it before then."
        )
    return None


@blocks(crr26("TRF-02", "25"), when=asks_for(RemovalCode.C1))
def the_number_comes_before_the_telling(facts: CancellationFacts) -> str | None:
    """For a transfer the receiving force’s number is held first, and the victim is given it."""
    at, received = facts.moment_said(TOLD_AT), facts.reference_received_at
    if not facts.reference_held or received is None:
        return "The receiving force’s number is not held yet. Record it first."
    if at is not None and at < received.replace(second=0, microsecond=0):
        return (
            "They were told before the receiving force’s number was held. "
            "Tell them again, with the number."
        )
    if facts.answers.get(GIVEN_REFERENCE.name) == NO:
        return "Give the victim the receiving force’s number, then record it here."
    return None


@blocks(crr26("VIC-01", "26"))
def every_victim_was_told(facts: CancellationFacts) -> str | None:
    """Every victim has been told of the decision before the crime leaves the statistics.

    If one can’t be told, the FCR has approved why.
    """
    untold = [
        v for v in facts.victims if not v.told_at and v.exception is not ExceptionState.APPROVED
    ]
    if not untold:
        return None
    if len(untold) == 1 and untold[0].id is None:
        return "No victim is on record. Add the victim, or ask the FCR to approve an exception."
    names = ", ".join(victim.name for victim in untold)
    return f"Not told yet: {names}. Tell them and record it first."


@blocks(crr26("TRF-02", "25"), when=asks_for(RemovalCode.C1))
def the_transfer_is_complete(facts: CancellationFacts) -> str | None:
    """A transferred crime is removed only when the receiving force’s number is held.

    And only when the victim has been given it.
    """
    if not facts.reference_held:
        return "The receiving force’s number is not held yet. Record it first."
    without = [v.name for v in facts.victims if v.told_at and not v.given_reference]
    if without:
        return f"Not given the receiving force’s number: {', '.join(without)}."
    return None


@blocks(crr26("VIC-01", "26"), judged_by=SATISFIED_TOLD)
def the_decider_is_satisfied(facts: CancellationFacts) -> str | None:
    """The decision maker satisfies themselves that the victim has been told."""
    if facts.answers.get(SATISFIED_TOLD.name) == YES:
        return None
    return "Until you are satisfied that the victim was told, the crime stays recorded."
