"""What follows a decision not to record: the telling, the appeal, the crime after all (REC-12)."""

from fcr_app.domain.authority import Needed, authority_of, why_no_authority
from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.guards import Guard, blocks
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.london import LONDON
from fcr_app.domain.not_recording import questions as q
from fcr_app.domain.questions import Question
from fcr_app.domain.removal_questions import TOLD_AT
from fcr_app.domain.rules import RAPE_CLASSES
from fcr_app.domain.shared_rules import nobody_else_holds_it, the_reviewer_took_no_part

#: Words under which the offence that was found stands among the answers.
OFFENCE_ID, OFFENCE_CURRENT = "offence.id", "offence.current"
OFFENCE_CLASS = "offence.class"


def a_crime_is_recorded_from_it(facts: RecordingFacts) -> bool:
    """Say whether a crime was recorded from the report meanwhile."""
    return any(crime.status is CrimeStatus.RECORDED for crime in facts.incident.crimes)


def _out_of_time(facts: RecordingFacts, question: Question, what: str) -> str | None:
    """Say what is wrong with a moment that has to lie between the decision and now."""
    at = facts.moment_said(question)
    if at is None or facts.decision is None:
        return None
    if at > facts.now:
        return f"{what} in the future. Check the date and time."
    decided_at = facts.decision.decided_at.replace(second=0, microsecond=0)
    if at < decided_at:
        return (
            f"{what} before {decided_at.astimezone(LONDON):%H:%M on %-d %B %Y}, when it was "
            "decided. Check the date and time."
        )
    return None


@blocks(crr26("REC-12", "10"))
def the_reporter_was_told_after_the_decision(facts: RecordingFacts) -> str | None:
    """The victim or the reporter is told of the decision after it was made."""
    return _out_of_time(facts, TOLD_AT, "They can’t have been told")


@blocks(crr26("REC-12", "10"))
def the_appeal_came_after_the_decision(facts: RecordingFacts) -> str | None:
    """The victim or the reporter may appeal against the decision that was made."""
    return _out_of_time(facts, q.APPEAL_AT, "The appeal can’t have come")


@blocks(crr26("REC-12", "10"))
def nothing_else_has_settled_the_report(facts: RecordingFacts) -> str | None:
    """What is appealed or looked at again is a report on which no crime was recorded since."""
    code = facts.incident.closing_code
    if code is ClosingCode.NOT_RECORDED:
        return None
    settled = code.label.lower() if code else "it is open again"
    return f"This decision does not settle the report any more: {settled}."


@blocks(force_policy("REC-12"), who=True)
def the_fcr_excuses_from_telling(facts: RecordingFacts) -> str | None:
    """Only the FCR or a deputy lets a case rest with nobody told, and keeps the reason."""
    if authority_of(facts.actor, Needed.FCR, facts.force):
        return None
    return why_no_authority(facts.actor, Needed.FCR, facts.force)


@blocks(crr26("REC-12", "10"), who=True)
def somebody_else_decides_the_appeal(facts: RecordingFacts) -> str | None:
    """An appeal is decided by somebody else than whoever decided not to record."""
    first = facts.decision.decided_by_id if facts.decision else None
    if facts.actor.id not in {first, facts.opened_by_id}:
        return None
    return "You decided not to record it. Somebody else has to decide the appeal."


@blocks(force_policy("REC-12"), who=True)
def the_officers_supervisor_does_not_decide_it(facts: RecordingFacts) -> str | None:
    """The supervisor of the officer who deals with the report does not decide the appeal."""
    if facts.force.line_manager_may_decide:
        return None
    if facts.actor.id not in facts.incident.supervisor_ids:
        return None
    return "You supervise the officer who deals with the report. Somebody else has to decide it."


@blocks(force_policy("REC-12"), who=True)
def a_trained_ddm_or_the_fcr_decides_the_appeal(facts: RecordingFacts) -> str | None:
    """The FCR or a trained DDM decides an appeal."""
    if authority_of(facts.actor, Needed.DDM, facts.force):
        return None
    return why_no_authority(facts.actor, Needed.DDM, facts.force)


@blocks(crr26("REC-02", "7"), judged_by=q.OFFENCE)
def the_offence_recorded_is_on_the_list(facts: RecordingFacts) -> str | None:
    """A crime is recorded under a class and code of the notifiable offence list in force."""
    if not facts.also.get(OFFENCE_ID):
        return "Enter the class and code that it is recorded as, such as 8N 008/06."
    if not facts.also.get(OFFENCE_CURRENT):
        return "That is no crime on the list now in force. Choose one that is."
    return None


@blocks(force_policy("N100-12"), judged_by=q.OFFENCE)
def rape_is_recorded_by_its_own_test(facts: RecordingFacts) -> str | None:
    """Rape is recorded by its three-step test alone, so that a supervisor and the FCR see it."""
    if facts.also.get(OFFENCE_CLASS) not in RAPE_CLASSES:
        return None
    return (
        "Rape is recorded by its three-step test. Say on the report’s page that what was disclosed "
        "may be rape, and decide it there."
    )


Guards = tuple[Guard[RecordingFacts], ...]

OFFENCE_RULES: Guards = (the_offence_recorded_is_on_the_list, rape_is_recorded_by_its_own_test)
APPEAL_DECIDER_RULES: Guards = (
    somebody_else_decides_the_appeal,
    the_reviewer_took_no_part,
    the_officers_supervisor_does_not_decide_it,
    a_trained_ddm_or_the_fcr_decides_the_appeal,
    nobody_else_holds_it,
)
