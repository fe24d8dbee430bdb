"""Takes the steps of plans and audits: checks every rule, moves them, writes down who and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audits.facts import PlanFacts, RunFacts
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Outcome, Workflow
from fcr_app.errors import SomeoneElseChangedIt
from fcr_app.models import AuditItem, AuditLine, AuditLineAuditor, AuditPlan, AuditRun, AuditStep
from fcr_app.services.audits.line_progress import line_after
from fcr_app.services.audits.signature import signature_of
from fcr_app.services.log import Record, record_change
from fcr_app.workflows.audit_plan import AUDIT_PLAN
from fcr_app.workflows.audit_run import AUDIT_RUN

CHANGED = "Somebody else changed this while you were writing. Look at it again, then decide."
Answers = Mapping[str, str]


def plan_facts(
    session: Session, actor: Actor, plan: AuditPlan, *, now: datetime, answers: Answers
) -> PlanFacts:
    """Return what the rules on a plan look at."""
    named = select(AuditLineAuditor.line_id)
    lines = session.execute(
        select(AuditLine.title, AuditLine.id.in_(named))
        .where(AuditLine.plan_id == plan.id, AuditLine.status != LineStatus.DROPPED)
        .order_by(AuditLine.code, AuditLine.id)
    ).all()
    return PlanFacts(
        actor=actor,
        now=now,
        opened_by_id=plan.begun_by_id,
        answers=answers,
        edition=plan.edition,
        line_count=len(lines),
        lines_without_auditors=tuple(title for title, has_auditor in lines if not has_auditor),
        fcr_approved_by_id=plan.fcr_approved_by_id,
        why=plan.why,
    )


def run_facts(
    session: Session, actor: Actor, run: AuditRun, *, now: datetime, answers: Answers
) -> RunFacts:
    """Return what the rules on an audit look at, counted in one statement."""
    second = AuditItem.second_auditor_id.is_not(None)
    size, first, again, differ = session.execute(
        select(
            func.count(),
            func.count().filter(AuditItem.done_at.is_(None)),
            func.count().filter(and_(second, AuditItem.second_done_at.is_(None))),
            func.count().filter(and_(AuditItem.differs, AuditItem.moderated_at.is_(None))),
        ).where(AuditItem.run_id == run.id, AuditItem.in_sample)
    ).one()
    return RunFacts(
        actor=actor,
        now=now,
        opened_by_id=run.opened_by_id or 0,
        answers=answers,
        sample_size=size,
        first_to_do=first,
        second_to_do=again,
        differences_to_settle=differ,
        period_ends_on=run.period_ends_on,
        is_census=run.method == "census",
    )


def take_plan_step(  # noqa: PLR0913 - who, which, what, with what, when, and what they saw
    session: Session,
    actor: Actor,
    plan: AuditPlan,
    trigger: str,
    answers: Answers,
    *,
    now: datetime,
    version: int | None = None,
) -> Outcome[Any]:
    """Take a step of a plan; the caller does what follows from it.

    Raises:
        SomeoneElseChangedIt: If it changed since the person looked at it.
        StepNotAvailable: If its state has no such step.
        PermissionRefused: If none of the person's roles may take it.
        StepRefused: With every rule that forbids it and every question unanswered.
    """
    _require_seen(plan.version, version)
    said = _asked(AUDIT_PLAN, trigger, answers)
    facts = plan_facts(session, actor, plan, now=now, answers=said)
    return _take(session, AUDIT_PLAN, plan, trigger, facts)


def take_run_step(  # noqa: PLR0913 - who, which, what, with what, when, and what they saw
    session: Session,
    actor: Actor,
    run: AuditRun,
    trigger: str,
    answers: Answers,
    *,
    now: datetime,
    version: int | None = None,
) -> Outcome[Any]:
    """Take a step of an audit; what is signed is kept with it. Raises as for a plan.

    Raises:
        InvalidValue: If the hours that it is signed off with are no number.
    """
    _require_seen(run.version, version)
    session.flush()  # what was just examined counts
    said = _asked(AUDIT_RUN, trigger, answers)
    signature = signature_of(trigger, said, actor, now)
    facts = run_facts(session, actor, run, now=now, answers=said)
    outcome = _take(session, AUDIT_RUN, run, trigger, facts)
    if signature is not None:
        signature.put_on(run)
        session.flush()
    line_after(session, run)
    return outcome


def write_step(  # noqa: PLR0913 - a row of history has this many parts
    session: Session,
    actor: Actor,
    kind: str,
    subject_id: int,
    *,
    trigger: str,
    said: str,
    now: datetime,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    changed: Sequence[Any] = (),
) -> AuditStep:
    """Write down that something happened to a plan, a line, a run or an action.

    Args:
        said: What happened, as the history says it: "Suspended the audit".
        changed: Title, before and after of each thing that changed, in words.
    """
    step = AuditStep(
        kind=kind,
        subject_id=subject_id,
        trigger=trigger,
        said=said,
        from_state=from_state,
        to_state=to_state,
        actor_id=actor.id or None,
        at=now,
        reason=reason,
        changed=list(changed),
    )
    session.add(step)
    record_change(session, actor, f"audit-{kind}:{trigger}", Record.AUDIT, subject_id, now=now)
    return step


def steps_of(session: Session, kind: str, subject_id: int) -> Sequence[AuditStep]:
    """Return what happened to something, the oldest first."""
    return session.scalars(
        select(AuditStep)
        .options(joinedload(AuditStep.actor))
        .where(AuditStep.kind == kind, AuditStep.subject_id == subject_id)
        .order_by(AuditStep.id)
    ).all()


def _require_seen(version: int, seen: int | None) -> None:
    if seen is not None and seen != version:
        raise SomeoneElseChangedIt(CHANGED)


def _asked(workflow: Workflow[Any], trigger: str, answers: Answers) -> dict[str, str]:
    """Return the answers to what the step asks; nothing else can be said with it."""
    asked = {question.name for question in workflow.may_be_asked(trigger)}
    return {name: text.strip() for name, text in answers.items() if name in asked and text.strip()}


def _take(
    session: Session,
    workflow: Workflow[Any],
    subject: AuditPlan | AuditRun,
    trigger: str,
    facts: PlanFacts | RunFacts,
) -> Outcome[Any]:
    before = subject.state
    kind = "plan" if isinstance(subject, AuditPlan) else "run"
    outcome = workflow.decide(trigger, workflow.state(before), facts)
    subject.state = outcome.state.value
    said = [(one, text) for one in outcome.step.questions(facts) if (text := facts.said(one))]
    write_step(
        session,
        facts.actor,
        kind,
        subject.id,
        trigger=trigger,
        said=outcome.step.done,
        now=facts.now,
        from_state=before,
        to_state=subject.state,
        reason=_in_words(said),
    )
    session.flush()
    return outcome


def _in_words(said: Sequence[tuple[Question, str]]) -> str:
    """Return the answers of a step; whatever comes after the first with what was asked."""
    first = [text for _, text in said[:1]]
    return "\n".join([*first, *(f"{one.label.rstrip('?')}: {text}" for one, text in said[1:])])
