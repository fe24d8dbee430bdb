"""Everything the case page and the decision page show, worked out for one person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.authority import Needed
from fcr_app.domain.facts import ExceptionState, Part
from fcr_app.domain.guards import Check, Verdict
from fcr_app.domain.questions import Kind, Option, Question
from fcr_app.domain.removal_questions import NO_VICTIM_ON_RECORD
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import WARNING_RATIONALE, Step, Workflow
from fcr_app.models import CaseStep, CrimePerson, Decision, FeedbackItem, Person, RegistrarAdvice
from fcr_app.services.loading import Loaded, load
from fcr_app.services.log import Record, record_view


STATE_COLOURS = {
    "submitted": "blue",
    "returned": "yellow",
    "refused": "red",
    "approved_pending_transfer_reference": "purple",
    "approved_pending_victim": "purple",
    "removed": "green",
}
DECISION_LABELS = {
    "approved": "Approved",
    "refused": "Refused",
    "set_aside": "Earlier decision set aside",
    "reinstated": "Crime reinstated",
}


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A question that was answered, as people read it."""

    name: str
    title: str
    text: str
    long: bool


@dataclass(frozen=True, kw_only=True)
class StepView:
    """A step that one person may take now, or why they may not."""

    trigger: str
    label: str
    final_warning: str
    decision: bool
    request: bool
    questions: tuple[Question, ...]
    checks: tuple[Check, ...]

    @property
    def refusals(self) -> tuple[Check, ...]:
        """The rules that stop the step whatever is answered."""
        return tuple(check for check in self.checks if check.verdict is Verdict.NOT_MET)

    @property
    def warnings(self) -> tuple[Check, ...]:
        """The rules that ask for a reason."""
        return tuple(check for check in self.checks if check.verdict is Verdict.WARNING)

    @property
    def available(self) -> bool:
        """Whether the person may take it, given the right answers."""
        return not self.refusals


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of the timeline."""

    position: int
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
    """A victim, and how far they have been told."""

    id: int | None
    name: str
    enhanced: bool
    told_at: datetime | None
    exception: ExceptionState


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
    """Feedback that came out of the case."""

    subject: str
    to_name: str
    created_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """What the pages of one case show to one person."""

    loaded: Loaded
    title: str
    state_label: str
    asked_label: str
    request: tuple[Answered, ...]
    steps: tuple[StepView, ...]
    timeline: tuple[Event, ...]
    victims: tuple[VictimView, ...]
    opened_by: str
    feedback: tuple[FeedbackView, ...]
    people: tuple[InvolvedView, ...]
    decided: tuple[DecisionView, ...]
    advice: tuple[AdviceView, ...]
    rules_then: tuple[Check, ...]

    @property
    def state_colour(self) -> str:
        """The colour of the state's tag."""
        return STATE_COLOURS.get(self.loaded.case.state, "grey")

    @property
    def sent_at(self) -> datetime | None:
        """When the request was last sent."""
        return self.loaded.request.sent_at if self.loaded.request else None

    @property
    def letters(self) -> bool:
        """Whether there is a decision that victims can be written to about."""
        return self.loaded.case.state in ("approved_pending_victim", "removed")

    @property
    def holder_sentence(self) -> str:
        """Who holds the case, in a sentence."""
        facts, case = self.loaded.facts, self.loaded.case
        if case.claimed_by_id == facts.actor.id:
            return "You hold this case."
        if case.claimed_by_id:
            return f"{facts.holder_name} holds this case."
        if case.needs:
            return f"Nobody has claimed it. It waits for {Needed(case.needs).label}."
        return "Nobody holds it."

    @property
    def decisions(self) -> tuple[StepView, ...]:
        """The ways to decide that the person's role has, taken or not."""
        return tuple(step for step in self.steps if step.decision)

    @property
    def other_steps(self) -> tuple[StepView, ...]:
        """What else can be done, one button each."""
        return tuple(s for s in self.steps if not s.decision and not s.request)

    @property
    def request_step(self) -> StepView | None:
        """The step that writes and sends the request, where it is this person's to write."""
        return next((s for s in self.steps if s.request and s.available), None)


def case_view(session: Session, actor: Actor, reference: str, *, now: datetime) -> CaseView:
    """Return what a person sees of a case, and log that they looked.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
    """
    loaded = load(session, actor, reference, now=now)
    record_view(session, actor, "case:read", Record.CASE, loaded.case.id, now=now)
    timeline = _timeline(session, loaded)
    opened_by = session.scalar(select(Person.name).where(Person.id == loaded.case.opened_by_id))
    return CaseView(
        loaded=loaded,
        title=title_of(loaded),
        state_label=loaded.workflow.labels[loaded.workflow.state(loaded.case.state)],
        asked_label=_asked_label(loaded),
        request=answered(loaded.workflow, loaded.case.answers, loaded),
        steps=step_views(loaded),
        timeline=timeline,
        victims=_victims(loaded),
        opened_by=opened_by or "",
        feedback=_feedback(session, loaded),
        people=_people(session, loaded),
        decided=_decided(session, loaded),
        advice=_advice(session, loaded),
        rules_then=_rules_then(loaded, timeline),
    )


def step_views(loaded: Loaded) -> tuple[StepView, ...]:
    """Return the steps from here that the person's role has and that make sense for the case."""
    state = loaded.workflow.state(loaded.case.state)
    return tuple(
        step_view(loaded, step)
        for step in loaded.workflow.steps_from(state)
        if step.may_be_taken_by(loaded.facts.actor) and step.offered(loaded.facts)
    )


def step_view(loaded: Loaded, step: Step[Any]) -> StepView:
    """Return one step as it stands for the person."""
    facts = loaded.facts
    checks = step.checks(facts)
    warned = any(check.verdict is Verdict.WARNING for check in checks)
    questions = [_with_victims(question, loaded) for question in step.questions(facts)]
    return StepView(
        trigger=step.trigger,
        label=step.label,
        final_warning=step.final_warning,
        decision=step.decision,
        request=step.sets_request,
        questions=tuple(q for q in questions if warned or q.name != WARNING_RATIONALE.name),
        checks=checks,
    )


def _with_victims(question: Question, loaded: Loaded) -> Question:
    """Return a question about a victim with this crime's victims to choose from."""
    if question.kind is not Kind.VICTIM:
        return question
    options = tuple(
        Option(str(victim.id or NO_VICTIM_ON_RECORD), victim.name)
        for victim in loaded.facts.victims
    )
    return replace(question, options=options)


def title_of(loaded: Loaded) -> str:
    """Return what a case asks, for headings: "Cancel: Rape of a female 16 and over"."""
    offence = loaded.offence.class_title if loaded.offence else ""
    what = (
        offence or (loaded.crime.offence_text if loaded.crime else "") or "offence not classified"
    )
    verb = "Transfer" if loaded.case.asked == "C1" else "Cancel"
    return f"{verb}: {what}"


def _asked_label(loaded: Loaded) -> str:
    first = next((step.asks[0] for step in loaded.workflow.steps if step.sets_request), None)
    if first is None or not loaded.case.asked:
        return ""
    return f"{loaded.case.asked}: {first.shown(loaded.case.answers)}"


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
    return _with_victims(question, loaded).shown(answers)


def _timeline(session: Session, loaded: Loaded) -> tuple[Event, ...]:
    rows = session.execute(
        select(CaseStep, Person.name)
        .outerjoin(Person, Person.id == CaseStep.actor_id)
        .where(CaseStep.case_id == loaded.case.id)
        .order_by(CaseStep.position)
    ).all()
    done = {step.trigger: step.done for step in loaded.workflow.steps}
    return tuple(
        Event(
            position=step.position,
            what=done.get(
                step.trigger, "Opened the request" if step.position == 1 else step.trigger
            ),
            who=name or "The system",
            authority=step.authority,
            at=step.at,
            answers=answered(loaded.workflow, step.answers, loaded),
            warnings=tuple(r for r in step.rules if r["verdict"] == Verdict.WARNING.value),
            rules=tuple(step.rules),
            rule_set=step.rule_set,
        )
        for step, name in rows
    )


def _victims(loaded: Loaded) -> tuple[VictimView, ...]:
    return tuple(
        VictimView(
            id=victim.id,
            name=victim.name,
            enhanced=victim.enhanced,
            told_at=victim.told_at,
            exception=victim.exception,
        )
        for victim in getattr(loaded.facts, "victims", ())
    )


def _people(session: Session, loaded: Loaded) -> tuple[InvolvedView, ...]:
    if loaded.crime is None:
        return ()
    rows = session.execute(
        select(Person.name, CrimePerson.part)
        .join(Person, Person.id == CrimePerson.person_id)
        .where(CrimePerson.crime_id == loaded.crime.id)
        .order_by(CrimePerson.id)
    )
    return tuple(InvolvedView(name=name, part=Part(part).label) for name, part in rows)


def _decided(session: Session, loaded: Loaded) -> tuple[DecisionView, ...]:
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


def _advice(session: Session, loaded: Loaded) -> tuple[AdviceView, ...]:
    rows = session.execute(
        select(RegistrarAdvice, Person.name)
        .join(Person, Person.id == RegistrarAdvice.by_id)
        .where(RegistrarAdvice.case_id == loaded.case.id)
        .order_by(RegistrarAdvice.id)
    )
    return tuple(AdviceView(text=a.advice, who=name, at=a.at) for a, name in rows)


def _feedback(session: Session, loaded: Loaded) -> tuple[FeedbackView, ...]:
    rows = session.execute(
        select(FeedbackItem, Person.name)
        .join(Person, Person.id == FeedbackItem.to_id)
        .where(FeedbackItem.case_id == loaded.case.id)
        .order_by(FeedbackItem.id)
    )
    return tuple(
        FeedbackView(
            subject=item.subject,
            to_name=name,
            created_at=item.created_at,
            acknowledged_at=item.acknowledged_at,
        )
        for item, name in rows
    )


def _rules_then(loaded: Loaded, timeline: tuple[Event, ...]) -> tuple[Check, ...]:
    """Return the rules as they were found at the last step that looked at any."""
    guards = {guard.name: guard for step in loaded.workflow.steps for guard in step.guards}
    written = next((event.rules for event in reversed(timeline) if event.rules), ())
    return tuple(
        Check(
            name=rule["name"],
            sentence=guards[rule["name"]].sentence,
            cite=guards[rule["name"]].cite,
            verdict=Verdict(rule["verdict"]),
            reason=rule["reason"],
        )
        for rule in written
        if rule["name"] in guards
    )
