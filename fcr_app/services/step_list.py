"""Every step from where a case stands, for one person, with each reason why one is refused.

Pages show the steps that a person's role has. A program is told of the others too, and why they
are not its person's to take.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain.guards import Check
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Step
from fcr_app.errors import Refusal, StepNotAvailable
from fcr_app.services.case_view import step_view
from fcr_app.services.loading import Loaded, load
from fcr_app.services.log import Record, record_view


@dataclass(frozen=True, kw_only=True)
class ListedStep:
    """A step, whether the person may take it, and every reason why not."""

    trigger: str
    label: str
    decision: bool
    final_warning: str
    available: bool
    refusals: tuple[Refusal, ...]
    questions: tuple[Question, ...]
    rules: tuple[Check, ...]


@dataclass(frozen=True, kw_only=True)
class StepList:
    """The steps from where a case stands."""

    reference: str
    state: str
    version: int
    steps: tuple[ListedStep, ...]


def list_steps(session: Session, actor: Actor, reference: str, *, now: datetime) -> StepList:
    """Return every step from where a case stands, and log that the case was looked at.

    What has been drafted counts as answered, for the one who drafts it.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
    """
    loaded = load(session, actor, reference, now=now)
    record_view(session, actor, "case:read", Record.CASE, loaded.case.id, now=now)
    drafted = _drafted(session, loaded, actor, now)
    state = loaded.workflow.state(loaded.case.state)
    return StepList(
        reference=reference,
        state=loaded.case.state,
        version=loaded.case.version,
        steps=tuple(
            _listed(drafted if step.sets_request else loaded, step)
            for step in loaded.workflow.steps_from(state)
            if step.offered(loaded.facts)
        ),
    )


def rehearse(  # noqa: PLR0913 - who, which case, which step, with what, when
    session: Session,
    actor: Actor,
    reference: str,
    trigger: str,
    answers: Mapping[str, str],
    *,
    now: datetime,
) -> ListedStep:
    """Return how a step would stand with these answers: what is asked and refused. Changes nothing.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        StepNotAvailable: If the case is in a state that has no such step.
    """
    loaded = load(session, actor, reference, now=now, answers=answers)
    record_view(session, actor, "case:read", Record.CASE, loaded.case.id, now=now)
    step = loaded.workflow.step(trigger, loaded.workflow.state(loaded.case.state))
    if not step.offered(loaded.facts):
        raise StepNotAvailable(f"“{step.label}” does not apply to this case.")
    return _listed(loaded, step, with_answers=True)


def _drafted(session: Session, loaded: Loaded, actor: Actor, now: datetime) -> Loaded:
    case = loaded.case
    if not case.draft or case.opened_by_id != actor.id:
        return loaded
    answers = {**case.answers, **case.draft}
    return load(session, actor, case.reference, now=now, answers=answers)


def _listed(loaded: Loaded, step: Step[Any], *, with_answers: bool = False) -> ListedStep:
    facts, view = loaded.facts, step_view(loaded, step)
    refusals = tuple(check.refusal for check in view.refusals)
    if with_answers:
        refusals = step.refusals(facts)
    if not step.may_be_taken_by(facts.actor):
        refusals = (_not_their_role(step), *refusals)
    return ListedStep(
        trigger=step.trigger,
        label=step.label,
        decision=step.decision,
        final_warning=step.final_warning,
        available=not refusals,
        refusals=refusals,
        questions=view.questions,
        rules=tuple(sorted(view.checks, key=lambda check: check.verdict.urgency)),
    )


def _not_their_role(step: Step[Any]) -> Refusal:
    who = ", ".join(sorted(role.label for role in step.by))
    return Refusal(
        rule=step.cite.rule,
        reason=f"Your role may not “{step.label}”. These may: {who}.",
        source=step.cite.source.value,
        page=step.cite.page,
    )
