"""Who checks and reviews what was decided about a report, and what they have to see."""

from fcr_app.domain.authority import Needed, authority_of, roles_held
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.guards import blocks
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.recording_questions import (
    CANCEL_GROUND,
    CONFIRMED,
    CONFIRMED_AT,
    EVENT,
    GENUINE_ERROR,
    offence_said,
)
from fcr_app.domain.recording_rules.asked import proposal
from fcr_app.domain.recording_rules.proposal import Leads
from fcr_app.domain.shared_rules import (
    nobody_else_holds_it,
    the_reviewer_is_the_fcr,
    the_reviewer_took_no_part,
)


@blocks(force_policy("ROLE-03"), who=True)
def somebody_else_checks_it(facts: RecordingFacts) -> str | None:
    """A supervisor’s check is made by somebody who did not make the decision or deal with it."""
    if facts.actor.id in {facts.opened_by_id, facts.incident.officer_id}:
        return "You decided this or deal with the report, so another supervisor has to check it."
    return None


@blocks(force_policy("ROLE-03"), who=True)
def the_reviewer_did_not_decide(facts: RecordingFacts) -> str | None:
    """The FCR does not review a decision that they made themselves."""
    if facts.actor.id == facts.opened_by_id:
        return "You made this decision, so another registrar has to review it."
    return None


@blocks(crr26("REC-02", "7"))
def the_answers_lead_to_a_record(facts: RecordingFacts) -> str | None:
    """A rape is recorded where the answers to the three-step test lead to that."""
    proposed = proposal(facts)
    if proposed is not None and proposed.leads is Leads.RECORD:
        return None
    return (
        "Your answers lead elsewhere. Change them if they are not right; if it has to be recorded "
        "without confirmation, say so there (REC-07)."
    )


@blocks(crr26("N100-01", "63"))
def the_answers_lead_to_no_rape(facts: RecordingFacts) -> str | None:
    """Every report of rape that is not recorded at once is an N100, unless it is not about rape."""
    proposed = proposal(facts)
    if proposed is not None and proposed.leads is Leads.NOT_RAPE:
        return None
    return "Your answers say that it is about rape: it is recorded, or becomes an N100."


@blocks(crr26("N100-03", "63"))
def what_is_confirmed_is_recorded(facts: RecordingFacts) -> str | None:
    """Once the report is confirmed, the crime is recorded without delay."""
    if facts.answers.get(EVENT.name) != CONFIRMED:
        return None
    return "It is confirmed. Go back and use “Confirmed: record the crime” instead."


@blocks(crr26("N100-03", "63"))
def the_confirmation_is_not_from_the_future(facts: RecordingFacts) -> str | None:
    """The delay is measured from the moment of confirmation, which lies in the past.

    It can’t come before the first report either.
    """
    at = facts.moment_said(CONFIRMED_AT)
    if at is None or facts.incident.first_reported_at <= at <= facts.now:
        return None
    return "It must be confirmed after the report and not in the future. Check the date and time."


@blocks(crr26("N100-13", "63"), judged_by=CANCEL_GROUND)
def only_a_genuine_error_cancels_it(facts: RecordingFacts) -> str | None:
    """It is cancelled only where whoever took the report made a genuine error."""
    if facts.answers.get(CANCEL_GROUND.name) == GENUINE_ERROR:
        return None
    return "That is no reason to cancel it: only a genuine error of the report taker is."


@blocks(crr26("CLS-01", "13"))
def the_rape_still_stands(facts: RecordingFacts) -> str | None:
    """Only a crime that is recorded now is given another class."""
    if facts.crime is not None and facts.crime.status is CrimeStatus.RECORDED:
        return None
    return "The crime does not stand any more, so its class can’t be changed."


@blocks(crr26("CLS-02", "13"))
def the_new_class_is_another(facts: RecordingFacts) -> str | None:
    """A crime is given another class only where the first is wrong."""
    said, crime = offence_said(facts.answers), facts.crime
    if said is None or crime is None:
        return None
    if (said.offence_class, said.offence_code) != (crime.offence_class, crime.offence_code):
        return None
    return f"It is recorded as {said} already. Agree with it, or change what differs."


#: Who reviews.
REVIEWER = (
    the_reviewer_is_the_fcr,
    the_reviewer_took_no_part,
    the_reviewer_did_not_decide,
    nobody_else_holds_it,
)


def reviewer_authority(facts: RecordingFacts) -> str:
    """Return what entitles the actor: a registrar's accreditation, or else their roles."""
    held = authority_of(facts.actor, Needed.FCR, facts.force)
    return held.text if held else roles_held(facts)
