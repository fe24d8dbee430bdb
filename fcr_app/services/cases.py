"""Opening a case and taking its steps: the only way a case ever changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.domain.rules import RULE_SET
from fcr_app.domain.workflow import WARNING_RATIONALE, About, Holding, Outcome, Workflow
from fcr_app.errors import (
    AlreadyDone,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import Case, Crime, Incident
from fcr_app.services import history, promote
from fcr_app.services.calendar import bank_holidays
from fcr_app.services.effects import carry_out
from fcr_app.services.feedback_settling import see_what_a_step_did
from fcr_app.services.loading import Loaded, load
from fcr_app.services.log import Record, record_change
from fcr_app.services.recording_facts import incident_facts
from fcr_app.services.taken import Follows, Taken
from fcr_app.services.visibility import visible_crimes, visible_incidents
from fcr_app.workflows import WORKFLOWS, workflow_by_key, workflow_of

OPENED = "open"
NO_CRIME = "There is no such crime, or you may not see it."


def open_case(
    session: Session, actor: Actor, workflow_key: str, crime_id: int, *, now: datetime
) -> Case:
    """Open a case about a crime, as a draft of the person who opens it.

    Raises:
        NotFound: If there is no such crime, or the person may not see it; if a case of this kind
            is for one person, whom nobody has named.
        PermissionRefused: If none of their roles may take the workflow's first step.
        SomeoneElseChangedIt: If a case of the same kind about this crime is open already.
    """
    workflow = workflow_by_key(workflow_key)
    _anybody_may_open(workflow)
    crime = session.scalar(select(Crime).where(Crime.id == crime_id, visible_crimes(actor)))
    if crime is None:
        raise NotFound(NO_CRIME)
    _nothing_open(session, workflow, Case.crime_id == crime.id)
    return _open(session, actor, workflow, crime=crime, now=now)


def open_incident_case(
    session: Session, actor: Actor, workflow_key: str, incident_id: int, *, now: datetime
) -> Case:
    """Open a case about a report of a crime.

    Raises:
        NotFound: If there is no such report or policy, or the person may not see it.
        StepNotAvailable: If the policy has nothing to do with a report like this.
        PermissionRefused: If none of their roles may take the workflow's first step.
        SomeoneElseChangedIt: If a case of the same kind about it is open already, where the
            policy has one at a time.
    """
    workflow = next((w for w in WORKFLOWS if w.key == workflow_key), None)
    if workflow is None or workflow.about is not About.INCIDENT:
        raise NotFound("There is no such policy on reports of crime.")
    _anybody_may_open(workflow)
    incident = _held(session, actor, incident_id)
    if not workflow.suits(incident_facts(session, incident)):
        raise StepNotAvailable(f"“{workflow.title}” does not suit this report.")
    if workflow.one_at_a_time:
        _nothing_open(session, workflow, Case.incident_id == incident.id)
    return _open(session, actor, workflow, incident=incident, now=now)


def _anybody_may_open(workflow: Workflow[Any]) -> None:
    if workflow.private:
        raise NotFound("A case of this kind is opened with whom it is for, under Feedback.")


def _held_crime(session: Session, actor: Actor, crime_id: int | None) -> Crime:
    """Return a crime, held until the transaction ends.

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
    """
    crime = session.scalar(
        select(Crime).where(Crime.id == crime_id, visible_crimes(actor)).with_for_update(of=Crime)
    )
    if crime is None:
        raise NotFound(NO_CRIME)
    return crime


def _held(session: Session, actor: Actor, incident_id: int) -> Incident:
    """Return a report, held until the transaction ends: two people can't open a case at once.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
    """
    incident = session.scalar(
        select(Incident)
        .where(Incident.id == incident_id, visible_incidents(actor))
        .with_for_update(of=Incident)
    )
    if incident is None:
        raise NotFound("There is no such report, or you may not see it.")
    return incident


def _nothing_open(session: Session, workflow: Workflow[Any], about_it: ColumnElement[bool]) -> None:
    already = session.scalar(
        select(Case.reference).where(Case.workflow == workflow.key, about_it, Case.open)
    )
    if already:
        raise SomeoneElseChangedIt(
            f"Request {already} about this {workflow.subject} is open already. Use that one, or "
            "wait until it is settled."
        )


def _open(  # noqa: PLR0913 - who, which policy, about what, when
    session: Session,
    actor: Actor,
    workflow: Workflow[Any],
    *,
    now: datetime,
    crime: Crime | None = None,
    incident: Incident | None = None,
    follows: Follows | None = None,
) -> Case:
    """Write the case and the first row of its history."""
    if not any(step.may_be_taken_by(actor) for step in workflow.steps_from(workflow.initial)):
        raise PermissionRefused(f"Your role may not start “{workflow.title}”.")
    about = crime or incident
    assert about is not None  # noqa: S101 - both callers give one
    clock = workflow.deadline(workflow.initial)
    case = Case(
        reference=uuid4().hex[:20],
        workflow=workflow.key,
        state=workflow.initial.value,
        open=True,
        crime_id=crime.id if crime else None,
        incident_id=incident.id if incident else None,
        unit_id=(follows.unit_id if follows else None) or about.unit_id,
        opened_by_id=actor.id,
        addressee_id=follows.addressee_id if follows else None,
        opened_at=now,
        entered_at=now,
        # A draft about a report is on that report's clock.
        due_at=incident.record_by_at if clock and clock.until and incident else None,
        answers={},
        draft={},
        history_length=0,
        history_head="",
    )
    session.add(case)
    session.flush()
    case.reference = f"{workflow.prefix}-{now:%y}-{case.id:06}"
    history.append(
        session,
        case,
        {
            "trigger": OPENED,
            "from_state": "",
            "to_state": case.state,
            "actor_id": actor.id,
            "actor_roles": _roles(actor),
            "authority": "",
            "rule_set": RULE_SET.on(now.date()),
            "answers": {},
            "rules": [],
            "form_key": None,
        },
        at=now,
    )
    record_change(
        session, actor, f"{workflow.key}:{OPENED}", Record.CASE, case.id, now=now, verb="collection"
    )
    return case


def save_draft(  # noqa: PLR0913 - who, which case, what they say, when, and what they saw
    session: Session,
    actor: Actor,
    reference: str,
    answers: Mapping[str, str],
    *,
    now: datetime,
    version: int | None = None,
) -> Case:
    """Keep what the requester has typed so far; nothing is checked, nothing is sent.

    Args:
        version: The case's version that the person was looking at.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        StepNotAvailable: If the case is no longer the requester's to write.
        SomeoneElseChangedIt: If the case changed since the person looked at it.
    """
    loaded = load(session, actor, reference, now=now, lock=True)
    case = loaded.case
    steps = loaded.workflow.steps_from(loaded.workflow.state(case.state))
    if actor.id != case.opened_by_id or not any(step.sets_request for step in steps):
        raise StepNotAvailable("This request can’t be written any more. Reload the page.")
    if version is not None and version != case.version:
        raise SomeoneElseChangedIt(
            "The draft changed since you read it. Read it again, then send yours again if it is "
            "still right."
        )
    case.draft = {**case.draft, **answers}
    return case


def take_step(  # noqa: PLR0913 - who, which case, which step, with what, when
    session: Session,
    actor: Actor,
    reference: str,
    trigger: str,
    answers: Mapping[str, str],
    *,
    now: datetime,
    form_key: str | None = None,
    version: int | None = None,
) -> Outcome[Any]:
    """Take one step of a case: check every rule, move it, carry out what follows, write it down.

    Args:
        answers: What the person says with this step, by question name.
        form_key: A random key of the form; the same form counts once.
        version: The case's version that the person was looking at.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        AlreadyDone: If the same form was sent before.
        SomeoneElseChangedIt: If the case changed since the person looked at it.
        StepNotAvailable: If the case is in a state that has no such step.
        PermissionRefused: If none of the person's roles may take it.
        StepRefused: With every rule that forbids it and every question unanswered.
    """
    form = Form(key=form_key, version=version)
    return _take(session, actor, reference, trigger, answers, now=now, form=form)


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a step was asked for: with which form, by somebody who saw which version."""

    key: str | None = None
    version: int | None = None


def _take(  # noqa: PLR0913 - who, which case, which step, with what, when
    session: Session,
    actor: Actor,
    reference: str,
    trigger: str,
    answers: Mapping[str, str],
    *,
    now: datetime,
    form: Form,
    within: Taken | None = None,
) -> Outcome[Any]:
    """Take one step of a case, by itself or within another case's step."""
    # What a step does not ask can't be answered with it: a decision never changes the request.
    asked = {question.name for question in workflow_of(reference).may_be_asked(trigger)}
    said = {name: text.strip() for name, text in answers.items() if name in asked and text.strip()}
    loaded = load(session, actor, reference, now=now, answers=said, form_key=form.key, lock=True)
    case, workflow, facts = loaded.case, loaded.workflow, loaded.facts
    if loaded.form_key_used:
        raise AlreadyDone("This was already sent. It counts once; nothing was done twice.")
    if form.version is not None and form.version != case.version:
        raise SomeoneElseChangedIt(
            "Somebody else changed this case while you were writing. Look at what changed, then "
            "send it again if it is still right."
        )
    outcome = workflow.decide(trigger, workflow.state(case.state), facts)
    step = history.append(session, case, written(loaded, outcome, form.key), at=now)
    if outcome.step.sets_request:
        promote.request(session, loaded, now)
    taken = Taken(
        session=session,
        loaded=loaded,
        outcome=outcome,
        step=step,
        now=now,
        follow_on=follow_on,
        within=within,
    )
    carry_out(taken)
    _move(session, loaded, outcome, now)
    record_change(session, actor, f"{workflow.key}:{trigger}", Record.CASE, case.id, now=now)
    see_what_a_step_did(taken, take_step)
    return outcome


def follow_on(
    session: Session,
    actor: Actor,
    incident_id: int | None,
    follows: Follows,
    *,
    now: datetime,
) -> Case:
    """Open a case that follows from something, and take its first step.

    It is about a report, or a crime where there is none.

    Raises:
        NotFound: If the person may not see what it is about.
        StepRefused: With every rule of the new case's policy that forbids it.
    """
    workflow = workflow_by_key(follows.workflow_key)
    if incident_id is None:
        crime = _held_crime(session, actor, follows.crime_id)
        case = _open(session, actor, workflow, crime=crime, now=now, follows=follows)
    else:
        incident = _held(session, actor, incident_id)
        case = _open(session, actor, workflow, incident=incident, now=now, follows=follows)
        case.crime_id = follows.crime_id
    if follows.begun:
        follows.begun(case)
    session.flush()
    trigger, answers = follows.trigger, follows.answers
    _take(
        session, actor, case.reference, trigger, answers,
        now=now, form=Form(), within=follows.within,
    )  # fmt: skip
    return case


def _roles(actor: Actor) -> str:
    return ",".join(sorted(actor.roles))


def written(loaded: Loaded, outcome: Outcome[Any], form_key: str | None) -> dict[str, Any]:
    """Return what the history says of a step: who, by what authority, by which rules."""
    facts, step = loaded.facts, outcome.step
    asked = {question.name for question in step.questions(facts)}
    if not outcome.warnings:
        asked.discard(WARNING_RATIONALE.name)
    return {
        "trigger": step.trigger,
        "from_state": loaded.case.state,
        "to_state": outcome.state.value,
        "actor_id": facts.actor.id or None,
        "actor_roles": _roles(facts.actor),
        "authority": loaded.workflow.authority(facts)[:400],
        "rule_set": RULE_SET.on(facts.today),
        "answers": {name: text for name, text in facts.answers.items() if name in asked},
        "rules": [
            {"name": c.name, "rule": c.cite.rule, "verdict": c.verdict.value, "reason": c.reason}
            for c in outcome.checks
        ],
        "form_key": form_key,
    }


def _move(session: Session, loaded: Loaded, outcome: Outcome[Any], now: datetime) -> None:
    """Put the case into its new state, with its clock, its holder and what worklists need."""
    case, workflow, facts = loaded.case, loaded.workflow, loaded.facts
    if outcome.state.value != case.state:
        case.state = outcome.state.value
        case.open = outcome.state not in workflow.settled
        case.entered_at = now
        deadline = workflow.deadline(outcome.state)
        case.due_at = deadline.due_at(facts, bank_holidays(session, now)) if deadline else None
        case.needs = workflow.needs(facts) if outcome.state in workflow.awaiting else ""
        case.asked = workflow.asked(facts) or case.asked
    match outcome.step.holding:
        case Holding.TAKE:
            case.claimed_by_id, case.claimed_at = facts.actor.id, now
        case Holding.RELEASE:
            case.claimed_by_id = case.claimed_at = None
        case Holding.KEEP:
            pass
