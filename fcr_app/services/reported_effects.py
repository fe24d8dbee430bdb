"""Carries out what happens to a reported incident, N100 or N300, in its typed record."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import exists, select

from fcr_app.domain import recording_effects as re, recording_questions as q, recording_rules as r
from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incidents import Known
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.models import Case, Incident, ReportedIncident
from fcr_app.services.incident_crimes import reopen, settle
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.recording_effects import record_from_report, the_incident
from fcr_app.services.taken import Taken

#: What was new, and what it tells of the victim.
TRACED_BY = {"traced": Known.YES, "declined": Known.YES}
#: The FCR's verdicts that say that an N100 was used, or allowed, for what was rape.
WAS_RAPE = frozenset({"overridden", "recorded"})


def _held(taken: Taken) -> ReportedIncident:
    return taken.session.get_one(ReportedIncident, taken.loaded.case.id)


def _create(taken: Taken, effect: re.CreateReported) -> None:
    facts, case = taken.facts, taken.loaded.case
    code = r.code_of(facts)
    by_fcr = bool(effect.verdict)
    held = ReportedIncident(
        case_id=case.id,
        kind=case.workflow,
        code=code,
        first_code=code,
        ground=taken.answer(q.GROUND),
        coded_at=taken.now,
        error_type=_error(case.workflow, effect.verdict),
        moved_from_crime_id=case.crime_id,
        verdict=effect.verdict,
        reviewed_at=taken.now if by_fcr else None,
        reviewed_by_id=facts.actor.id if by_fcr else None,
        to_force=facts.said(q.TO_FORCE),
    )
    taken.session.add(held)
    taken.session.flush()
    _settle(taken, ClosingCode(case.workflow))


def _error(kind: str, verdict: str) -> str:
    return ErrorType.E08.value if kind == "n100" and verdict in WAS_RAPE else ""


def _settle(taken: Taken, code: ClosingCode) -> None:
    """Settle the report, unless a crime recorded from it has done so for good."""
    incident = the_incident(taken)
    if incident.closing_code != ClosingCode.CRIME_RECORDED:
        settle(taken.session, taken.facts.actor, incident, code, now=taken.now)


def _check(taken: Taken, _effect: re.KeepCheck) -> None:
    held = _held(taken)
    held.checked_at, held.checked_by_id = taken.now, taken.facts.actor.id


def _event(taken: Taken, _effect: re.KeepEvent) -> None:
    """Keep what is new. The FCR's earlier word is on what was known then, so it is open again."""
    held, case, facts = _held(taken), taken.loaded.case, taken.facts
    held.code = r.code_of(facts)
    held.ground = taken.answer(q.GROUND) or held.ground
    held.to_force = facts.said(q.TO_FORCE) or held.to_force
    held.verdict, held.reviewed_at, held.reviewed_by_id = "", None, None
    held.checked_at, held.checked_by_id = None, None
    case.asked = held.code
    again = {question.name for question in taken.outcome.step.questions(facts)}
    created = next(step for step in taken.loaded.workflow.steps if step.sets_request)
    kept = again & {question.name for question in created.asks}
    case.answers = {**case.answers, **{n: t for n, t in facts.answers.items() if n in kept}}
    if known := TRACED_BY.get(taken.answer(q.EVENT)):
        _keep_of_victim(taken, "Traced", "victim_traced", known)


def _keep_of_victim(taken: Taken, title: str, column: str, known: Known) -> None:
    """Keep on the report what became known of the victim, with the change in its history."""
    incident = the_incident(taken)
    before = Known(getattr(incident, column))
    if before is known:
        return
    setattr(incident, column, known.value)
    changed = [Changed(title=title, before=before.label, after=known.label)]
    note(taken.session, taken.facts.actor, incident, What.VICTIM, now=taken.now, changed=changed)


def _verdict(taken: Taken, effect: re.KeepVerdict) -> None:
    held = _held(taken)
    held.verdict = effect.verdict
    held.reviewed_at, held.reviewed_by_id = taken.now, taken.facts.actor.id
    held.code = r.code_of(taken.facts) or held.code
    taken.loaded.case.asked = held.code
    held.error_type = _error(held.kind, effect.verdict) or held.error_type


@supports(crr26("N100-03", "63"), how="The delay from the confirmation to the record is measured")
def _convert(taken: Taken, _effect: re.ConvertReported) -> None:
    """Record the crime, and measure how long that took."""
    held = _held(taken)
    confirmed_at = taken.facts.moment_said(q.CONFIRMED_AT)
    crime_id = record_from_report(taken)
    held.converted_at, held.converted_crime_id = taken.now, crime_id
    if confirmed_at is not None:
        held.confirmed_at = confirmed_at
        held.conversion_seconds = int((taken.now - confirmed_at).total_seconds())
        _keep_of_victim(taken, "Confirmed that it happened", "victim_confirmed", Known.YES)


def _cancel(taken: Taken, _effect: re.CancelReported) -> None:
    incident = the_incident(taken)
    if not _settled_otherwise(taken, incident):
        reopen(taken.session, taken.facts.actor, incident, now=taken.now)


def _settled_otherwise(taken: Taken, incident: Incident) -> bool:
    """Say whether the report is settled without this one: a crime, or another reported incident."""
    if incident.closing_code == ClosingCode.CRIME_RECORDED:
        return True
    others = exists().where(
        Case.incident_id == incident.id,
        Case.id != taken.loaded.case.id,
        ReportedIncident.case_id == Case.id,
        ReportedIncident.verdict != "cancelled",
    )
    return bool(taken.session.scalar(select(others)))


def _reference(taken: Taken, _effect: re.KeepForceReference) -> None:
    held, incident = _held(taken), the_incident(taken)
    held.force_reference = taken.answer(q.FORCE_REFERENCE)
    held.force_reference_at = taken.facts.moment_said(q.FORCE_REFERENCE_AT)
    incident.other_force = incident.other_force or held.to_force
    incident.other_force_reference = held.force_reference


def _transfer(taken: Taken, _effect: re.KeepTransfer) -> None:
    held = _held(taken)
    held.victim_told_at = taken.facts.moment_said(q.TOLD_AT)
    held.transferred_at = taken.now
    _settle(taken, ClosingCode.OTHER_FORCE)


HANDLERS: dict[type, Callable[[Taken, Any], None]] = {
    re.CreateReported: _create,
    re.KeepCheck: _check,
    re.KeepEvent: _event,
    re.KeepVerdict: _verdict,
    re.ConvertReported: _convert,
    re.CancelReported: _cancel,
    re.KeepForceReference: _reference,
    re.KeepTransfer: _transfer,
}
