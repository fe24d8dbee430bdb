"""Carries out decisions on a class, on not recording, and on a question to the FCR."""

from collections.abc import Callable
from typing import Any

from fcr_app.domain import effects as e, ruling_questions as rq
from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.not_recording import questions as q
from fcr_app.domain.not_recording.after_rules import OFFENCE_ID
from fcr_app.domain.removal_questions import RATIONALE
from fcr_app.domain.rulings import Topic, read_rules, read_ruling_number
from fcr_app.errors import NotFound, Refusal, StepRefused
from fcr_app.models import Appeal, Decision, Incident
from fcr_app.services.crime_classes import change_class
from fcr_app.services.crimes import NewVictim
from fcr_app.services.incident_crimes import NewRecord, record_crime, reopen, settle
from fcr_app.services.rulings import NewRuling, Target, link_ruling, make_ruling, ruling_at
from fcr_app.services.taken import Taken


@enforces(crr26("CLS-02", "13"), how="A class changes only by such a decision, with its reason")
def reclassify_crime(taken: Taken, _effect: e.ReclassifyCrime) -> None:
    """Give the crime its new class, and keep the one before it."""
    crime, facts = taken.loaded.crime, _facts(taken)
    assert crime is not None  # noqa: S101 - the workflow is about a crime
    change_class(
        taken.session,
        crime,
        facts.offence.id,
        by_id=facts.actor.id,
        reason=taken.answer(RATIONALE),
        case_id=taken.loaded.case.id,
        now=taken.now,
    )


def settle_report(taken: Taken, effect: e.SettleReport) -> None:
    """Stop the clock of the report."""
    code = ClosingCode(effect.code)
    settle(taken.session, taken.facts.actor, _incident(taken), code, now=taken.now)


def reopen_report(taken: Taken, _effect: e.ReopenReport) -> None:
    """Let the clock of the report count again."""
    reopen(taken.session, taken.facts.actor, _incident(taken), now=taken.now)


def record_reported_crime(taken: Taken, _effect: e.RecordReportedCrime) -> None:
    """Record the crime that was reported."""
    incident, facts = _incident(taken), _facts(taken)
    name = incident.victim_name.strip()
    new = NewRecord(
        offence_id=int(facts.also[OFFENCE_ID]),
        victims=(NewVictim(name=name),) if name else (),
        late_reason=taken.answer(q.LATE_REASON),
    )
    record_crime(taken.session, facts.actor, incident, new, now=taken.now)


def record_appeal(taken: Taken, _effect: e.RecordAppeal) -> None:
    """Keep the appeal."""
    taken.session.add(
        Appeal(
            case_id=taken.loaded.case.id,
            decision_id=_decision(taken).id,
            made_by=taken.answer(q.APPEAL_BY),
            received_at=taken.facts.moment_said(q.APPEAL_AT),
            grounds=taken.answer(q.APPEAL_GROUNDS),
            recorded_by_id=taken.facts.actor.id,
            recorded_at=taken.now,
        )
    )


def enter_ruling(taken: Taken, _effect: e.MakeRuling) -> None:
    """Make the ruling, and link it to what it was asked about."""
    rules, _ = read_rules(taken.answer(rq.RULES))
    ruling = make_ruling(
        taken.session,
        taken.facts.actor,
        NewRuling(
            question=taken.answer(rq.QUESTION),
            topic=Topic(taken.answer(rq.TOPIC)),
            offence_class=rq.normal_class(taken.answer(rq.CLASS)),
            facts=taken.answer(rq.FACTS),
            ruling=taken.answer(rq.RULING),
            reasons=taken.answer(RATIONALE),
            rules=rules,
        ),
        now=taken.now,
    )
    _link(taken, ruling.id)


def apply_ruling(taken: Taken, _effect: e.ApplyRuling) -> None:
    """Link an earlier ruling to what was asked about.

    Raises:
        StepRefused: If there is no ruling of that number.
    """
    number = read_ruling_number(taken.answer(rq.EARLIER)) or (0, 0)
    try:
        ruling = ruling_at(taken.session, *number)
    except NotFound:
        reason = "The register has no ruling of that number. Look it up under Rulings."
        raise StepRefused([Refusal(rule="CLS-04", reason=reason, field=rq.EARLIER.name)]) from None
    _link(taken, ruling.id)


def _link(taken: Taken, ruling_id: int) -> None:
    case, actor = taken.loaded.case, taken.facts.actor
    targets = [Target(case_id=case.id)]
    targets += [Target(crime_id=case.crime_id)] if case.crime_id else []
    targets += [Target(incident_id=case.incident_id)] if case.incident_id else []
    for target in targets:
        link_ruling(taken.session, actor, ruling_id, target, now=taken.now)


def _facts(taken: Taken) -> Any:
    return taken.loaded.facts


def _incident(taken: Taken) -> Incident:
    incident = taken.loaded.incident
    assert incident is not None  # noqa: S101 - the workflow is about a report
    return incident


def _decision(taken: Taken) -> Decision:
    decision = taken.loaded.decision
    assert decision is not None  # noqa: S101 - an appeal is against a decision
    return decision


HANDLERS: dict[type, Callable[[Taken, Any], None]] = {
    e.ReclassifyCrime: reclassify_crime,
    e.SettleReport: settle_report,
    e.ReopenReport: reopen_report,
    e.RecordReportedCrime: record_reported_crime,
    e.RecordAppeal: record_appeal,
    e.MakeRuling: enter_ruling,
    e.ApplyRuling: apply_ruling,
}
