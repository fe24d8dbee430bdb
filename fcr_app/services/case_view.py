"""Everything the case page and the decision page show, worked out for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.authority import Needed
from fcr_app.domain.guards import Check, Verdict
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import Actor
from fcr_app.domain.shared_rules import only_the_requester
from fcr_app.domain.workflow import WARNING_RATIONALE, Step
from fcr_app.models import Person
from fcr_app.services import case_parts as parts
from fcr_app.services.appeals import AppealView, read_appeals
from fcr_app.services.bulletins_here import BulletinHere, bulletins_on_case
from fcr_app.services.feedback_view import FeedbackView, feedback_of_case
from fcr_app.services.loading import Loaded, load
from fcr_app.services.log import Record, record_view
from fcr_app.services.recording_view import Led, ReportedView, led, reported_view
from fcr_app.services.ruling_list import RulingRow
from fcr_app.services.rulings_here import rulings_here, subject_of
from fcr_app.services.standing import Standing, standing


@dataclass(frozen=True, kw_only=True)
class StepView:
    """A step that one person may take now, or why they may not.

    Attributes:
        checks: Every rule, looked at with what the person has said so far.
        refusals: The rules that stop the step whatever is answered.
        at: The step on whose page it is taken too.
    """

    trigger: str
    label: str
    final_warning: str
    decision: bool
    request: bool
    key: str
    at: str
    questions: tuple[Question, ...]
    checks: tuple[Check, ...]
    refusals: tuple[Check, ...]

    @property
    def slug(self) -> str:
        """The step's name in addresses."""
        return self.trigger.replace("_", "-")

    @property
    def warnings(self) -> tuple[Check, ...]:
        """The rules that ask for a reason."""
        return tuple(check for check in self.checks if check.verdict is Verdict.WARNING)

    @property
    def available(self) -> bool:
        """Whether the person may take it, given the right answers."""
        return not self.refusals


@dataclass(frozen=True, kw_only=True)
class Impossible:
    """Steps that can’t be taken now, and each reason with its rule."""

    labels: tuple[str, ...]
    why: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """What the pages of one case show to one person."""

    loaded: Loaded
    title: str
    state_label: str
    asked_label: str
    request: tuple[parts.Answered, ...]
    steps: tuple[StepView, ...]
    timeline: tuple[parts.Event, ...]
    victims: tuple[parts.VictimView, ...]
    opened_by: str
    feedback: tuple[parts.FeedbackView, ...]
    people: tuple[parts.InvolvedView, ...]
    standing: Standing
    decided: tuple[parts.DecisionView, ...]
    advice: tuple[parts.AdviceView, ...]
    rules_then: tuple[Check, ...]
    rulings: tuple[RulingRow, ...]
    bulletins: tuple[BulletinHere, ...]
    led: Led | None
    reported: ReportedView | None
    appeals: tuple[AppealView, ...]
    given: FeedbackView | None

    @property
    def state_colour(self) -> str:
        """The colour of the state's tag."""
        workflow = self.loaded.workflow
        return workflow.colours.get(workflow.state(self.loaded.case.state), "grey")

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
    def deciding(self) -> StepView | None:
        """The step whose rules the page lists: a decision, or else what most rules hang on."""
        steps = self.decisions or self.other_steps
        return max(steps, key=lambda step: len(step.checks), default=None)

    @property
    def decisions(self) -> tuple[StepView, ...]:
        """The ways to decide that the person's role has, taken or not."""
        return tuple(step for step in self.steps if step.decision)

    @property
    def other_steps(self) -> tuple[StepView, ...]:
        """What else can be done, one button each.

        What only the requester may do is not a reason to tell others about it.
        """
        return tuple(
            step
            for step in self.steps
            if not step.decision
            and not step.request
            and not any(check.name == only_the_requester.name for check in step.refusals)
        )

    @property
    def said_last(self) -> parts.Event | None:
        """What was said with the step that put a report before its reviewer."""
        waits = self.loaded.incident is not None and bool(self.loaded.case.needs)
        last = self.timeline[-1] if waits and self.timeline else None
        return last if last and last.answers else None

    @property
    def led_to(self) -> StepView | None:
        """The step that does what the answers lead to, where the person may take it."""
        trigger = self.led.trigger if self.led else ""
        return next((s for s in self.other_steps if s.available and s.trigger == trigger), None)

    @property
    def further_steps(self) -> tuple[StepView, ...]:
        """What else can be done, besides what the answers lead to."""
        return tuple(step for step in self.other_steps if step != self.led_to)

    @property
    def possible_steps(self) -> tuple[StepView, ...]:
        """What else the person can do, a button each; one page serves steps that share it."""
        possible = [step for step in self.further_steps if step.available]
        shown = {step.trigger for step in possible}
        return tuple(step for step in possible if step.at not in shown)

    @property
    def impossible_steps(self) -> tuple["Impossible", ...]:
        """What can’t be done now: the steps that are refused for the same reasons together."""
        found: dict[tuple[tuple[str, str], ...], list[str]] = {}
        shown = {step.trigger for step in self.further_steps if step.available}
        for step in self.further_steps:
            if not step.available and step.at not in shown:
                why = tuple((check.reason, check.cite.rule) for check in step.refusals)
                found.setdefault(why, []).append(step.label)
        return tuple(Impossible(labels=tuple(labels), why=why) for why, labels in found.items())

    @property
    def request_step(self) -> StepView | None:
        """The step that writes and sends the request, where it is this person's to write."""
        return next((s for s in self.steps if s.request and s.available), None)


def case_view(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    now: datetime,
    said: Mapping[str, str] | None = None,
) -> CaseView:
    """Return what a person sees of a case, and log that they looked.

    Args:
        said: What they answered with a step that was refused; what is asked and what warns may
            depend on it.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
    """
    loaded = load(session, actor, reference, now=now)
    heard = load(session, actor, reference, now=now, answers=said) if said else None
    record_view(session, actor, "case:read", Record.CASE, loaded.case.id, now=now)
    timeline = parts.read_timeline(session, loaded)
    opened_by = session.scalar(select(Person.name).where(Person.id == loaded.case.opened_by_id))
    return CaseView(
        loaded=loaded,
        title=title_of(loaded),
        state_label=loaded.workflow.labels[loaded.workflow.state(loaded.case.state)],
        asked_label=_asked_label(loaded),
        request=parts.answered(loaded.workflow, loaded.case.answers, loaded),
        steps=step_views(loaded, heard),
        timeline=timeline,
        victims=parts.read_victims(session, loaded),
        opened_by=opened_by or "",
        feedback=parts.read_feedback(session, loaded),
        people=parts.read_people(session, loaded),
        standing=standing(loaded),
        decided=parts.read_decided(session, loaded),
        advice=parts.read_advice(session, loaded),
        rules_then=parts.rules_then(loaded, timeline),
        rulings=rulings_here(session, subject_of(loaded)),
        bulletins=bulletins_on_case(session, actor, loaded, now=now),
        led=led(loaded),
        reported=reported_view(session, loaded, timeline) if loaded.incident else None,
        appeals=read_appeals(session, loaded),
        given=feedback_of_case(session, actor, loaded.case.id) if loaded.workflow.private else None,
    )


def step_views(loaded: Loaded, heard: Loaded | None = None) -> tuple[StepView, ...]:
    """Return the steps from here that the person's role has and that make sense for the case."""
    state = loaded.workflow.state(loaded.case.state)
    return tuple(
        step_view(loaded, step, heard)
        for step in loaded.workflow.steps_from(state)
        if step.may_be_taken_by(loaded.facts.actor) and step.offered(loaded.facts)
    )


def step_view(loaded: Loaded, step: Step[Any], heard: Loaded | None = None) -> StepView:
    """Return one step as it stands for the person.

    Args:
        heard: The same case with what the person has answered so far.
    """
    facts = (heard or loaded).facts
    checks = step.checks(facts)
    stops = step.checks(loaded.facts) if heard else checks
    warned = any(check.verdict is Verdict.WARNING for check in checks)
    questions = [parts.with_victims(question, loaded) for question in step.questions(facts)]
    return StepView(
        trigger=step.trigger,
        label=step.label,
        final_warning=step.final_warning,
        decision=step.decision,
        request=step.sets_request,
        key=step.key,
        at=step.at,
        questions=tuple(q for q in questions if warned or q.name != WARNING_RATIONALE.name),
        checks=checks,
        refusals=tuple(check for check in stops if check.verdict is Verdict.NOT_MET),
    )


def title_of(loaded: Loaded) -> str:
    """Return what a case asks, for headings: "Cancel: Rape of a female 16 and over"."""
    workflow = loaded.workflow
    headline = workflow.headline(loaded.case.asked) or workflow.title
    return f"{headline}: {_what_about(loaded)}"


def _what_about(loaded: Loaded) -> str:
    if loaded.crime is None and loaded.incident is not None:
        return OpeningCode(loaded.incident.opening_code).label.lower()
    offence = loaded.offence.class_title if loaded.offence else ""
    unclassified = loaded.crime.offence_text if loaded.crime else ""
    return offence or unclassified or "offence not classified"


def _asked_label(loaded: Loaded) -> str:
    first = next((step.asks[0] for step in loaded.workflow.steps if step.sets_request), None)
    if first is None or not loaded.case.asked:
        return ""
    asked, words = loaded.case.asked, first.shown(loaded.case.answers)
    if loaded.incident is not None and asked in loaded.workflow.asked_labels:
        return loaded.workflow.asked_labels[asked]
    # A code that people say comes first; one of ours, or one that the words begin with, does not.
    return f"{asked}: {words}" if asked.isupper() and not words.startswith(asked) else words
