"""Carries out what a step does beyond moving the case: one function for each kind of effect."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from fcr_app.domain import effects as e, removal_questions as q
from fcr_app.domain.authority import Needed, acts_as_registrar, authority_of
from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.facts import CancellationFacts
from fcr_app.domain.questions import YES
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.removal_rules import needed
from fcr_app.domain.roles import REGISTRARS
from fcr_app.domain.workflow import About
from fcr_app.models import (
    Decision,
    NoticeException,
    Person,
    RegistrarAdvice,
    RoleGrant,
    VictimNotice,
)
from fcr_app.services import (
    decision_effects,
    diary_effects,
    feedback_effects,
    n100_move,
    recording_effects,
    reported_effects,
)
from fcr_app.services.actors import in_force
from fcr_app.services.diary_facts import appointed
from fcr_app.services.feedback_raising import Feedback, raise_feedback
from fcr_app.services.taken import Taken
from fcr_app.services.tell import mail_all, note


def carry_out(taken: Taken) -> None:
    """Do everything the step declares, in the order it is written."""
    for effect in taken.outcome.effects:
        HANDLERS[type(effect)](taken, effect)
    if taken.within is None:  # or else the step that this one follows from writes them
        mail_all(taken.session, taken.mails, now=taken.now)


@supports(crr26("TRF-03", "15"), how="Until then a crime to be transferred stays and counts here")
@supports(
    crr26("OUT-05", "24"), how="A removed crime keeps its C code; there is no outcome to give it"
)
def _remove_crime(taken: Taken, _effect: e.RemoveCrime) -> None:
    """Take a crime out of the statistics, with the code it leaves under."""
    crime = taken.loaded.crime
    assert crime is not None  # noqa: S101 - the workflow is about a crime
    code = taken.facts.said(q.CODE)
    crime.status = "transferred" if code == RemovalCode.C1 else "cancelled"
    crime.removal_code = code
    crime.removed_at = taken.now


def _reinstate_crime(taken: Taken, _effect: e.ReinstateCrime) -> None:
    crime = taken.loaded.crime
    assert crime is not None  # noqa: S101 - the workflow is about a crime
    crime.status, crime.removal_code, crime.removed_at = "recorded", None, None


def _record_decision(taken: Taken, effect: e.RecordDecision) -> None:
    facts, earlier = taken.facts, taken.loaded.decision
    taken.session.add(
        Decision(
            case_id=taken.loaded.case.id,
            outcome=effect.outcome,
            code=taken.loaded.workflow.asked(facts)[:10],
            rationale=taken.answer(q.RATIONALE),
            decided_by_id=facts.actor.id,
            decided_at=taken.now,
            authority=taken.step.authority,
            by_registrar=_by_registrar(facts),
            rule_set=taken.step.rule_set,
            supersedes_id=earlier.id if earlier else None,
        )
    )


def _by_registrar(facts: Any) -> bool:
    if isinstance(facts, CancellationFacts):
        authority = authority_of(facts.actor, needed(facts) or Needed.DDM, facts.force)
        return bool(authority and authority.registrar)
    return acts_as_registrar(facts.actor)


def _victim_id(taken: Taken) -> int | None:
    said = taken.answer(q.WHICH_VICTIM)
    return int(said) if said.isdigit() else None


def _record_victim_notice(taken: Taken, _effect: e.RecordVictimNotice) -> None:
    told_at = taken.facts.moment_said(q.TOLD_AT)
    taken.session.add(
        VictimNotice(
            case_id=taken.loaded.case.id,
            victim_id=_victim_id(taken),
            decision_id=_standing_decision(taken).id,
            told_at=told_at,
            how=taken.answer(q.TOLD_HOW),
            told_whom=taken.answer(q.TOLD_WHOM),
            told_by=taken.answer(q.TOLD_BY),
            said=taken.answer(q.TOLD_WHAT),
            reply=taken.answer(q.VICTIM_REPLY),
            given_reference=taken.answer(q.GIVEN_REFERENCE) == YES,
            recorded_by_id=taken.facts.actor.id,
            recorded_at=taken.now,
        )
    )


def _record_exception(taken: Taken, effect: e.RecordException) -> None:
    taken.session.add(
        NoticeException(
            case_id=taken.loaded.case.id,
            victim_id=_victim_id(taken),
            decision_id=_standing_decision(taken).id,
            ground=taken.answer(q.EXCEPTION_GROUND),
            reason=taken.answer(q.EXCEPTION_REASON),
            approved=effect.approved,
            by_id=taken.facts.actor.id,
            at=taken.now,
        )
    )


def _standing_decision(taken: Taken) -> Decision:
    decision = taken.loaded.decision
    assert decision is not None  # noqa: S101 - the state can't be reached without a decision
    return decision


def _record_reference(taken: Taken, _effect: e.RecordTransferReference) -> None:
    request = taken.loaded.request
    assert request is not None  # noqa: S101 - the state can't be reached without a request
    request.receiving_reference = taken.answer(q.REFERENCE)
    request.reference_at = taken.facts.moment_said(q.REFERENCE_AT)


def _record_advice(taken: Taken, _effect: e.RecordAdvice) -> None:
    taken.session.add(
        RegistrarAdvice(
            case_id=taken.loaded.case.id,
            advice=taken.answer(q.ADVICE),
            by_id=taken.facts.actor.id,
            at=taken.now,
        )
    )


def _notify(taken: Taken, effect: e.Notify) -> None:
    people = {person for audience in effect.to for person in _people(taken, audience)}
    people.discard(taken.facts.actor.id)
    to_note = people - taken.within.noted if taken.within else people
    note(taken.session, to_note, effect.message, taken.about, now=taken.now)
    taken.noted.update(people)
    taken.mail(people, effect.message)


def _people(taken: Taken, audience: e.Audience) -> set[int]:
    """Return whom an audience means in this case."""
    case, decision = taken.loaded.case, taken.loaded.decision
    match audience:
        case e.Audience.REQUESTER:
            return {case.opened_by_id}
        case e.Audience.OFFICER:
            return {taken.loaded.officer_id or case.opened_by_id}
        case e.Audience.DECIDER:
            return {decision.decided_by_id} if decision else set()
        case e.Audience.REGISTRARS:
            return set(_registrars(taken))
        case e.Audience.ADDRESSEE | e.Audience.ADDRESSEE_SUPERVISOR:
            return feedback_effects.addressed(taken, audience)
        case _:
            return _of_the_subject(taken, audience)


def _of_the_subject(taken: Taken, audience: e.Audience) -> set[int]:
    """Return whom an audience means that depends on the crime or the report."""
    facts: Any = taken.loaded.facts
    if audience is e.Audience.OFFICER_IN_CASE:
        return set(facts.crime.officer_ids)
    if audience is e.Audience.OFFICER_SUPERVISOR:
        return set(facts.incident.supervisor_ids)
    if audience in (e.Audience.APPOINTED, e.Audience.APPOINTED_SUPERVISOR):
        return _appointed(taken, audience)
    return set(facts.crime.line_manager_ids)


def _appointed(taken: Taken, audience: e.Audience) -> set[int]:
    """Return who goes to an appointment, or their supervisor."""
    facts: Any = taken.loaded.facts
    whom = facts.officer.id if facts.officer else None
    if whom is None and facts.appointment:
        whom = facts.appointment.officer_id
    officer, supervisor = appointed(taken.session, whom or taken.loaded.officer_id)
    found = officer if audience is e.Audience.APPOINTED else supervisor
    return {found} if found is not None else set()


def _registrars(taken: Taken) -> list[int]:
    return list(
        taken.session.scalars(
            select(Person.id)
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(
                Person.active,
                RoleGrant.role.in_([role.value for role in REGISTRARS]),
                in_force(RoleGrant, taken.facts.today),
            )
        )
    )


def _give_feedback(taken: Taken, effect: e.GiveFeedback) -> None:
    """Open a feedback case with the reasons, for whoever decided or asked before."""
    remark = taken.answer(q.REMARK)
    if effect.only_with_remark and not remark:
        return
    reasons = taken.answer(q.RATIONALE) or taken.answer(q.TO_MEND)
    unmet = [check for check in taken.outcome.checks if check.reason]
    cites = [check.cite for check in unmet] or [taken.outcome.step.cite]
    rules = [f"{c.sentence} ({c.cite})" for c in unmet] or [str(cites[0])]
    case = taken.loaded.case
    on_report = taken.loaded.workflow.about is About.INCIDENT
    for person in sorted(_people(taken, effect.to) - {taken.facts.actor.id}):
        feedback = Feedback(
            to_id=person,
            source=effect.source,
            error=effect.error,
            subject=effect.subject,
            reasons=remark if effect.only_with_remark else reasons,
            rule_id=cites[0].rule,
            rules="\n".join(rules),
            case_id=case.id,
            step_position=taken.step.position,
            crime_id=None if on_report else case.crime_id,
            incident_id=case.incident_id if on_report else None,
        )
        raise_feedback(
            taken.session, taken.facts.actor, feedback, taken.follow_on, now=taken.now, within=taken
        )


Handler = Callable[[Taken, Any], None]

HANDLERS: dict[type, Handler] = {
    e.Notify: _notify,
    e.RemoveCrime: _remove_crime,
    e.ReinstateCrime: _reinstate_crime,
    e.RecordDecision: _record_decision,
    e.RecordVictimNotice: _record_victim_notice,
    e.RecordException: _record_exception,
    e.RecordTransferReference: _record_reference,
    e.RecordAdvice: _record_advice,
    e.GiveFeedback: _give_feedback,
    **decision_effects.HANDLERS,
    **n100_move.HANDLERS,
    **recording_effects.HANDLERS,
    **reported_effects.HANDLERS,
    **diary_effects.HANDLERS,
    **feedback_effects.HANDLERS,
}
