"""What a person may do with an audit as a whole besides examining and signing off: give it up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Outcome
from fcr_app.errors import StepNotAvailable
from fcr_app.models import AuditRun
from fcr_app.services.audits.plan_steps_offered import StepOffered
from fcr_app.services.audits.report_after_signing import report_on
from fcr_app.services.audits.run_view import run_of
from fcr_app.services.audits.signature import SIGN_OFF
from fcr_app.services.audits.steps import Answers, run_facts, take_run_step
from fcr_app.workflows.audit_run import AUDIT_RUN

NOT_NOW = "That can’t be done to this audit now."
#: Steps that examining takes by itself, as far as there is anything to examine.
BY_EXAMINING = frozenset({"begin", "finish_reviews"})
#: Signing off and opening again have a page of their own, with what is signed.
HERE = BY_EXAMINING | {"abandon"}


def steps_offered(
    session: Session, actor: Actor, run: AuditRun, *, now: datetime
) -> tuple[StepOffered, ...]:
    """Return the steps that the person's role has now, with why one can't be taken yet."""
    return tuple(_offered(session, actor, run, now))


def step_of_run(
    session: Session, actor: Actor, run: AuditRun, trigger: str, *, now: datetime
) -> StepOffered:
    """Return one of the steps that the person's role has now.

    Raises:
        StepNotAvailable: If it is not one of them.
    """
    for step in steps_offered(session, actor, run, now=now):
        if step.trigger == trigger:
            return step
    raise StepNotAvailable(NOT_NOW)


def move_run(  # noqa: PLR0913 - who, which, what, with what, when, and what they saw
    session: Session,
    actor: Actor,
    reference: str,
    trigger: str,
    answers: Answers,
    *,
    now: datetime,
    version: int | None = None,
) -> Outcome[Any]:
    """Take a step of an audit by its reference. Raises as ``take_run_step``, and ``NotFound``.

    Signing it off also asks for its report.
    """
    run = run_of(session, reference)
    outcome = take_run_step(session, actor, run, trigger, answers, now=now, version=version)
    if trigger == SIGN_OFF:
        report_on(session, actor, run, now=now)
    return outcome


def _offered(session: Session, actor: Actor, run: AuditRun, now: datetime) -> Iterator[StepOffered]:
    facts = run_facts(session, actor, run, now=now, answers={})
    for step in AUDIT_RUN.steps_from(AUDIT_RUN.state(run.state)):
        by_itself = facts.sample_size and step.trigger in BY_EXAMINING
        if step.trigger not in HERE or by_itself or not step.may_be_taken_by(actor):
            continue
        refusals = step.refusals(facts)
        yield StepOffered(
            trigger=step.trigger,
            label=step.label,
            questions=step.questions(facts),
            reasons=tuple(one.reason for one in refusals if one.rule),
            outcome=step.outcome,
            final_warning=step.final_warning,
        )
