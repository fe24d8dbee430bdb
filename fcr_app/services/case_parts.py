"""The parts of a case page, read from the tables: answers, timeline, victims, decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import ExceptionState, Part
from fcr_app.domain.guards import Check, Verdict
from fcr_app.domain.london import to_london
from fcr_app.domain.questions import Kind, Option, Question, read_date, read_moment
from fcr_app.domain.removal_questions import NO_VICTIM_ON_RECORD
from fcr_app.domain.roles import Role
from fcr_app.domain.workflow import WARNING_RATIONALE, Workflow
from fcr_app.models import (
    Case,
    CaseStep,
    CrimePerson,
    Decision,
    FeedbackItem,
    Person,
    RegistrarAdvice,
    VictimNotice,
)
from fcr_app.services.loading import Loaded
from fcr_app.services.visibility import visible_cases

DECISION_LABELS = {
    "approved": "Approved",
    "refused": "Refused",
    "set_aside": "Earlier decision set aside",
    "reinstated": "Crime reinstated",
    "agreed": "The FCR agreed",
    "recoded": "The FCR gave another code",
    "recorded": "The FCR had the crime recorded",
    "overridden": "The FCR allowed an N100",
    "moved": "Moved to N100",
    "cancelled": "Cancelled by the FCR",
    "let_stand": "Slot after the limit let stand",
    "record_first": "Crime to be recorded now",
    "slot_moved": "Slot moved to before the limit",
    "reclassified": "Reclassified",
    "not_recorded": "Decided not to record",
    "upheld": "Appeal upheld",
    "dismissed": "Appeal dismissed",
    "ruled": "Ruled",
    "declined": "Declined to rule",
    "feedback_upheld": "Feedback upheld",
    "feedback_in_part": "Feedback upheld in part",
    "feedback_set_aside": "Feedback set aside",
}
#: What there is to say of a victim whom nobody told of the decision that stands.
UNTOLD = {
    "refused": "Nothing to tell: the crime stays recorded",
    "withdrawn": "Nothing to tell: the crime stays recorded",
    "approved_pending_transfer_reference": "Not told yet",
    "approved_pending_victim": "Not told yet",
    "removed": "Not told",
    "reinstated": "Nothing to tell: the crime is recorded again",
}


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A question that was answered, as people read it."""

    name: str
    title: str
    text: str
    long: bool


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of the timeline."""

    position: int
    trigger: str
    what: str
    who: str
    authority: str
    at: datetime
    answers: tuple[Answered, ...]
    warnings: tuple[Mapping[str, Any], ...]
    rules: tuple[Mapping[str, Any], ...]
    rule_set: str


@dataclass(frozen=True, kw_only=True)
class VictimView:
    """A victim, and how far they have been told.

    Attributes:
        told_before_at: When they were told of a decision that no longer stands.
        untold: What to say of them where nobody told them of the one that does.
    """

    id: int | None
    name: str
    enhanced: bool
    told_at: datetime | None
    told_before_at: datetime | None
    exception: ExceptionState
    untold: str


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """One decision, as it is read."""

    outcome: str
    who: str
    at: datetime
    rationale: str
    authority: str
    rule_set: str
    superseded: bool


@dataclass(frozen=True, kw_only=True)
class AdviceView:
    """The registrar’s advice to a chief officer."""

    text: str
    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class InvolvedView:
    """A member of staff and their part."""

    name: str
    part: str


@dataclass(frozen=True, kw_only=True)
class FeedbackView:
    """Feedback that came out of the case, with the reference of its own."""

    reference: str
    subject: str
    to_name: str
    created_at: datetime
    acknowledged_at: datetime | None


def answered(
    workflow: Workflow[Any], answers: Mapping[str, str], loaded: Loaded
) -> tuple[Answered, ...]:
    """Return answers in the order the policy asks them; unknown names last, as they are."""
    questions = {q.name: q for step in workflow.steps for q in (*step.asks, WARNING_RATIONALE)}
    names = [name for name in questions if name in answers]
    names += [name for name in answers if name not in questions]
    return tuple(
        Answered(
            name=name,
            title=questions[name].title if name in questions else name,
            text=_shown(questions[name], answers, loaded) if name in questions else answers[name],
            long=name in questions and questions[name].kind is Kind.LONG_TEXT,
        )
        for name in names
    )


def _shown(question: Question, answers: Mapping[str, str], loaded: Loaded) -> str:
    """Return an answer as people read it: a choice by its words, a time in London."""
    text = with_victims(question, loaded).shown(answers)
    if question.kind is Kind.DATE and (on := read_date(text)):
        return f"{on:%-d %B %Y}"
    if question.kind is Kind.MOMENT and (at := read_moment(text)):
        return f"{to_london(at):%-d %B %Y at %H:%M}"
    return text


def with_victims(question: Question, loaded: Loaded) -> Question:
    """Return a question about a victim with this crime's victims to choose from."""
    if question.kind is not Kind.VICTIM:
        return question
    options = tuple(
        Option(str(victim.id or NO_VICTIM_ON_RECORD), victim.name)
        for victim in loaded.facts.victims
    )
    return replace(question, options=options)


def read_timeline(session: Session, loaded: Loaded) -> tuple[Event, ...]:
    """Return everything that happened to a case, oldest first."""
    rows = session.execute(
        select(CaseStep, Person.name)
        .outerjoin(Person, Person.id == CaseStep.actor_id)
        .where(CaseStep.case_id == loaded.case.id)
        .order_by(CaseStep.position)
    ).all()
    done = {step.trigger: step.done for step in loaded.workflow.steps}
    seen_by = {step.trigger: step.seen_by for step in loaded.workflow.steps}
    opened = "Opened the request" if loaded.incident is None else "Opened the case"
    if loaded.workflow.private:
        opened = "Began the feedback"
    return tuple(
        Event(
            position=step.position,
            trigger=step.trigger,
            what=done.get(step.trigger, opened if step.position == 1 else step.trigger),
            who=name or "The system",
            authority=step.authority,
            at=step.at,
            answers=answered(loaded.workflow, step.answers, loaded),
            warnings=tuple(r for r in step.rules if r["verdict"] == Verdict.WARNING.value),
            rules=tuple(step.rules),
            rule_set=step.rule_set,
        )
        for step, name in rows
        if may_read(seen_by.get(step.trigger), loaded)
    )


def may_read(only: frozenset[Role] | None, loaded: Loaded) -> bool:
    """Say whether the person may read that a step was taken, where only some roles may."""
    return not only or not only.isdisjoint(loaded.facts.actor.roles)


def read_victims(session: Session, loaded: Loaded) -> tuple[VictimView, ...]:
    """Return the victims, and how far each has been told."""
    victims, case = getattr(loaded.facts, "victims", ()), loaded.case
    before: dict[int | None, datetime] = {}
    if any(victim.told_at is None for victim in victims):
        notices = (
            select(VictimNotice.victim_id, func.max(VictimNotice.told_at).label("told_at"))
            .where(VictimNotice.case_id == case.id)
            .group_by(VictimNotice.victim_id)
        )
        before = {row.victim_id: row.told_at for row in session.execute(notices)}
    untold = UNTOLD.get(case.state, "Nothing to tell until it is decided")
    return tuple(
        VictimView(
            id=victim.id,
            name=victim.name,
            enhanced=victim.enhanced,
            told_at=victim.told_at,
            told_before_at=None if victim.told_at else before.get(victim.id),
            exception=victim.exception,
            untold=untold,
        )
        for victim in victims
    )


def read_people(session: Session, loaded: Loaded) -> tuple[InvolvedView, ...]:
    """Return the staff on the crime, with their parts."""
    if loaded.crime is None:
        return ()
    rows = session.execute(
        select(Person.name, CrimePerson.part)
        .join(Person, Person.id == CrimePerson.person_id)
        .where(CrimePerson.crime_id == loaded.crime.id)
        .order_by(CrimePerson.id)
    )
    return tuple(InvolvedView(name=name, part=Part(part).label) for name, part in rows)


def read_decided(session: Session, loaded: Loaded) -> tuple[DecisionView, ...]:
    """Return every decision, the latest first; all but that one are superseded."""
    rows = session.execute(
        select(Decision, Person.name)
        .join(Person, Person.id == Decision.decided_by_id)
        .where(Decision.case_id == loaded.case.id)
        .order_by(Decision.id.desc())
    ).all()
    return tuple(
        DecisionView(
            outcome=DECISION_LABELS[decision.outcome],
            who=name,
            at=decision.decided_at,
            rationale=decision.rationale,
            authority=decision.authority,
            rule_set=decision.rule_set,
            superseded=place > 0,
        )
        for place, (decision, name) in enumerate(rows)
    )


def read_advice(session: Session, loaded: Loaded) -> tuple[AdviceView, ...]:
    """Return the registrar’s advice, oldest first."""
    rows = session.execute(
        select(RegistrarAdvice, Person.name)
        .join(Person, Person.id == RegistrarAdvice.by_id)
        .where(RegistrarAdvice.case_id == loaded.case.id)
        .order_by(RegistrarAdvice.id)
    )
    return tuple(AdviceView(text=a.advice, who=name, at=a.at) for a, name in rows)


def read_feedback(session: Session, loaded: Loaded) -> tuple[FeedbackView, ...]:
    """Return the feedback that came out of a case and that the person may see, oldest first."""
    rows = session.execute(
        select(FeedbackItem, Person.name, Case.reference)
        .join(Person, Person.id == FeedbackItem.to_id)
        .join(Case, Case.id == FeedbackItem.feedback_case_id)
        .where(FeedbackItem.case_id == loaded.case.id, visible_cases(loaded.facts.actor))
        .order_by(FeedbackItem.id)
    )
    return tuple(
        FeedbackView(
            reference=reference,
            subject=item.subject,
            to_name=name,
            created_at=item.created_at,
            acknowledged_at=item.acknowledged_at,
        )
        for item, name, reference in rows
    )


def rules_then(loaded: Loaded, timeline: tuple[Event, ...]) -> tuple[Check, ...]:
    """Return the rules as they were found when the case was last decided, or else sent."""
    steps = loaded.workflow.steps
    weight = {step.done: (step.decision, len(step.guards)) for step in steps}
    events = [event for event in timeline if event.rules]
    last = max(
        events, key=lambda event: (weight.get(event.what, (False, 0)), event.position), default=None
    )
    return checks_then(loaded, last.rules if last else ())


def checks_then(loaded: Loaded, rules: Iterable[Mapping[str, Any]]) -> tuple[Check, ...]:
    """Return rules as the history has them, with their sentences and sources."""
    guards = {guard.name: guard for step in loaded.workflow.steps for guard in step.guards}
    return tuple(
        Check(
            name=rule["name"],
            sentence=guards[rule["name"]].sentence,
            cite=guards[rule["name"]].cite,
            verdict=Verdict(rule["verdict"]),
            reason=rule["reason"],
        )
        for rule in rules
        if rule["name"] in guards
    )
