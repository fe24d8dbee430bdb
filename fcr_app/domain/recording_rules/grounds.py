"""What is a ground for an N100, and what is none whatever people write."""

from fcr_app.domain.citations import crr26, inspection
from fcr_app.domain.guards import blocks, warns
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.incidents import Vulnerability
from fcr_app.domain.phrases import opinion_in
from fcr_app.domain.questions import YES
from fcr_app.domain.recording_questions import (
    ANOTHER_FORCE,
    CONTRARY,
    CONTRARY_AT,
    EVENT_WHAT,
    EVIDENCE,
    NO_GROUNDS,
    REASON,
    Ground,
)
from fcr_app.domain.recording_questions.the_test import happened_elsewhere
from fcr_app.domain.recording_rules.asked import (
    code_of,
    ground_given,
    passed_on_by_a_sarc,
    proposal,
    reported_for_the_victim,
    sarc_keeps_it_private,
    stays_here,
)
from fcr_app.domain.recording_rules.proposal import Leads
from fcr_app.domain.rules import RAPE_CLASSES

#: What makes people doubt a victim, and is never a ground.
SEEN = frozenset(
    {Vulnerability.MENTAL_HEALTH, Vulnerability.LEARNING_DISABILITY, Vulnerability.INTOXICATED}
)
RECORD_IT = "Record the crime. Only the FCR can allow an N100 here, with a reason."


@blocks(crr26("N100-01", "63"))
def the_answers_are_about_rape(facts: RecordingFacts) -> str | None:
    """An N100 is made of a report of rape or attempted rape, and of no other."""
    proposed = proposal(facts)
    if proposed is None or proposed.leads is not Leads.NOT_RAPE:
        return None
    return "Your answers say that it is not about rape, so it is no N100."


@blocks(crr26("N100-05", "8, 62"), when=reported_for_the_victim)
def a_report_for_the_victim_is_recorded(facts: RecordingFacts) -> str | None:
    """What a professional, parent or carer reports for the victim is recorded as rape, no N100.

    It counts as the victim’s own report, whatever the victim says later. Only what happened in
    another force’s area becomes an N100/03 first.
    """
    if not stays_here(facts):
        return None
    return f"{facts.incident.reporter_type.label} reported it. {RECORD_IT}"


@blocks(crr26("N100-09", "62"), when=passed_on_by_a_sarc)
def what_a_sarc_passes_on_is_recorded(facts: RecordingFacts) -> str | None:
    """A rape that a SARC passes on with details or with samples for analysis is recorded."""
    if sarc_keeps_it_private(facts) or not stays_here(facts):
        return None
    return f"The SARC passed it on for the police to act on. {RECORD_IT}"


@blocks(crr26("REC-02", "7"))
def what_meets_the_test_is_recorded(facts: RecordingFacts) -> str | None:
    """A rape is recorded when all three steps of the test are met.

    The victim, or somebody acting for them, says that it happened; it is more likely than not rape
    in law; and no credible evidence to the contrary is available now.
    """
    proposed = proposal(facts)
    if proposed is None or proposed.leads is not Leads.RECORD:
        return None
    return f"{proposed.why} {RECORD_IT}"


def _no_ground(facts: RecordingFacts, *grounds: Ground) -> str | None:
    given = ground_given(facts)
    if given not in grounds:
        return None
    return f"{NO_GROUNDS[given].why} {RECORD_IT}"


@blocks(inspection("N100-06"))
def a_victims_state_is_no_ground(facts: RecordingFacts) -> str | None:
    """Mental ill-health, drink, drugs or a confused account are no ground for an N100."""
    return _no_ground(facts, Ground.MENTAL_HEALTH, Ground.INTOXICATED, Ground.INCONSISTENT)


@blocks(crr26("N100-07", "8"))
def a_later_refusal_is_no_ground(facts: RecordingFacts) -> str | None:
    """That the victim later refuses to confirm, after a full account, is no ground."""
    return _no_ground(facts, Ground.REFUSED_LATER)


@blocks(crr26("N100-08", "63"))
def a_dispute_about_consent_is_no_ground(facts: RecordingFacts) -> str | None:
    """Where the question is consent, it is recorded as rape and never as an N100."""
    return _no_ground(facts, Ground.CONSENT)


@blocks(crr26("REC-05", "7"))
def unwillingness_is_no_ground(facts: RecordingFacts) -> str | None:
    """That the victim does not want the police to act is no reason not to record."""
    return _no_ground(facts, Ground.UNWILLING)


@blocks(crr26("REC-03", "7"))
def disbelief_is_no_ground(facts: RecordingFacts) -> str | None:
    """The belief of the victim, or of those who act for them, is enough; disbelief is no ground."""
    return _no_ground(facts, Ground.NOT_BELIEVED)


@blocks(crr26("N100-10", "62"))
def only_a_sarc_keeps_a_report_private(facts: RecordingFacts) -> str | None:
    """A report stays private only where a SARC passed on no more than the rules allow for that."""
    if ground_given(facts) is not Ground.SARC_PRIVATE or sarc_keeps_it_private(facts):
        return None
    return "This report did not come from a SARC like that. Choose the ground that fits."


@blocks(crr26("REC-02", "7"))
def contrary_evidence_is_named(facts: RecordingFacts) -> str | None:
    """An N100/02 rests on credible evidence: what it is, when it came, how it was verified."""
    if code_of(facts) != EVIDENCE or facts.known.get(CONTRARY.name) == YES:
        return None
    return (
        "The answers say that there is no credible evidence to the contrary. Change them first, "
        "with the evidence, or choose the ground that fits."
    )


@blocks(crr26("N100-15", "63"))
def contrary_evidence_came_before_any_record(facts: RecordingFacts) -> str | None:
    """Evidence that came after a crime of rape was recorded cancels that crime under C2 instead.

    An N100/02 is no back door out of a recorded rape.
    """
    if code_of(facts) != EVIDENCE:
        return None
    recorded = [
        crime.recorded_at
        for crime in facts.incident.crimes
        if crime.offence_class in RAPE_CLASSES and crime.recorded_at
    ]
    available = facts.moment_said(CONTRARY_AT)
    if not recorded or (available is not None and available <= min(recorded)):
        return None
    return (
        "A crime of rape was recorded from this report before the evidence was available. Ask for "
        "its cancellation under C2, which a registered FCR decides."
    )


@blocks(crr26("N100-15", "63"))
def contrary_evidence_is_not_from_the_future(facts: RecordingFacts) -> str | None:
    """Evidence to the contrary counts only if it is available when the decision is made."""
    available = facts.moment_said(CONTRARY_AT)
    if available is None or available <= facts.now:
        return None
    return "The evidence can’t have become available in the future. Check the date and time."


@blocks(crr26("LOC-01", "15"))
def the_location_is_established(facts: RecordingFacts) -> str | None:
    """An N100/03 says which force it belongs to, and what shows that.

    First where the suspect proved to be, then where the victim was, then where the victim lives.
    """
    if code_of(facts) != ANOTHER_FORCE or happened_elsewhere(facts.known):
        return None
    return (
        "The answers say that it did not clearly happen elsewhere, so it stays with this force. "
        "Change them first, or choose the ground that fits."
    )


@blocks(crr26("N100-11", "64"))
def what_happened_elsewhere_is_coded_so(facts: RecordingFacts) -> str | None:
    """What clearly happened in another force’s area is an N100/03, before it is transferred."""
    if not happened_elsewhere(facts.known) or code_of(facts) in ("", ANOTHER_FORCE):
        return None
    return "It clearly happened elsewhere. Choose that as the ground: N100/03."


@warns(crr26("N100-06", "9"))
def the_reason_is_more_than_doubt(facts: RecordingFacts) -> str | None:
    """What is written should not rest on mental ill-health, drink, inconsistency or opinion."""
    written = ". ".join(facts.answers.get(q.name, "") for q in (REASON, EVENT_WHAT))
    found = [phrase.what for phrase in opinion_in(written)]
    if not found:
        return None
    return f"What you wrote speaks of {'; '.join(found)}. None of that is a ground for an N100."


@warns(inspection("N100-06"))
def vulnerability_is_no_doubt(facts: RecordingFacts) -> str | None:
    """A vulnerable victim is the more likely to be wrongly left with an N100: look again."""
    seen = sorted(flag.label.lower() for flag in facts.incident.vulnerabilities & SEEN)
    if not seen or not stays_here(facts):
        return None
    return (
        f"The report is flagged: {', '.join(seen)}. Make sure that this plays no part in not "
        "recording it as rape."
    )


#: What an N100 has to meet when anybody but the FCR creates it, or leaves it one.
N100_GROUNDS = (
    the_answers_are_about_rape,
    a_report_for_the_victim_is_recorded,
    what_a_sarc_passes_on_is_recorded,
    what_meets_the_test_is_recorded,
    a_victims_state_is_no_ground,
    a_later_refusal_is_no_ground,
    a_dispute_about_consent_is_no_ground,
    unwillingness_is_no_ground,
    disbelief_is_no_ground,
    only_a_sarc_keeps_a_report_private,
    contrary_evidence_is_named,
    contrary_evidence_came_before_any_record,
    contrary_evidence_is_not_from_the_future,
    the_location_is_established,
    what_happened_elsewhere_is_coded_so,
    the_reason_is_more_than_doubt,
    vulnerability_is_no_doubt,
)
