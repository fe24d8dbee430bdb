"""The vocabulary a workflow is written in, and the engine that enforces it.

A workflow module is a policy document made of :class:`Step` and
:class:`~fcr_app.domain.deadlines.Deadline` values. :meth:`Workflow.decide` is pure: it says what
*would* happen. ``fcr_app.services.cases`` makes it happen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from transitions import EventData, Machine

from fcr_app.domain.authority import roles_held
from fcr_app.domain.citations import Citation
from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import Effect
from fcr_app.domain.facts import Facts
from fcr_app.domain.guards import Check, Guard, Verdict
from fcr_app.domain.guide import NO_GUIDE, Guide
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.questions import Question
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import PermissionRefused, Refusal, StepNotAvailable, StepRefused

F = TypeVar("F", bound=Facts)

#: Asked whenever a rule warns. A warning never stops a step; going on without a reason does.
WARNING_RATIONALE = Question(
    name="warning_rationale",
    label="Why is it right to go on despite the warning?",
    thing="why it is right to go on despite the warning",
    summary="Reason for going on despite a warning",
    min_length=20,
    optional=True,
)


class About(StrEnum):
    """What a case of a workflow is about."""

    CRIME = "crime"
    INCIDENT = "incident"
    AUDIT = "audit"


class Holding(StrEnum):
    """What a step does to the claim on a case."""

    KEEP = "keep"
    TAKE = "take"
    RELEASE = "release"


def offered_always(_facts: Facts) -> bool:
    """The step makes sense whatever the case is about."""
    return True


@dataclass(frozen=True, kw_only=True)
class Step(Generic[F]):
    """One thing a person, or the system, may do to a case.

    Attributes:
        label: The button: a verb.
        by: The widest set of roles that may ever take it; guards narrow it.
        offered: Whether the step makes sense for this case; if not it is not shown at all.
        done: What happened, for the timeline: "Approved in principle".
        outcome: What happened and what comes next, shown to whoever took it.
        decision: One of the ways to decide, offered together on the decision page.
        final_warning: What will happen, shown before a step that can't be undone.
        holding: Whether whoever takes it holds the case from then on, or lets it go.
        key: The single key that chooses it, for people who decide many in a row.
        at: The step on whose page it is taken too, where one page leads to either; it has no
            button of its own there.
        sets_request: Its answers become what the case holds; later steps can look at them.
        seen_by: The only roles that may read that it was taken; everybody's where empty.
    """

    trigger: str
    label: str
    source: StrEnum | tuple[StrEnum, ...]
    dest: StrEnum
    by: frozenset[Role]
    cite: Citation
    done: str
    outcome: str
    decision: bool = False
    asks: tuple[Question, ...] = ()
    guards: tuple[Guard[F], ...] = ()
    effects: tuple[Effect, ...] = ()
    offered: Callable[[F], bool] = offered_always
    final_warning: str = ""
    key: str = ""
    at: str = ""
    sets_request: bool = False
    holding: Holding = Holding.KEEP
    seen_by: frozenset[Role] = frozenset()

    @property
    def sources(self) -> tuple[StrEnum, ...]:
        """The states the step may start from."""
        return self.source if isinstance(self.source, tuple) else (self.source,)

    @property
    def may_warn(self) -> bool:
        """Whether any of its rules can warn."""
        return any(not guard.blocking for guard in self.guards)

    def checks(self, facts: F) -> tuple[Check, ...]:
        """Return every rule that applies, and whether it is met."""
        return tuple(check for guard in self.guards if (check := guard.check(facts)))

    def questions(self, facts: F) -> tuple[Question, ...]:
        """Return what is to be asked in this case, in order."""
        known = facts.known
        asked = tuple(question for question in self.asks if question.when(known))
        return (*asked, WARNING_RATIONALE) if self.may_warn else asked

    def refusals(self, facts: F, checks: tuple[Check, ...] | None = None) -> tuple[Refusal, ...]:
        """Return every reason the step is forbidden; empty if it is allowed.

        Args:
            checks: The rules as they were looked at already, to save looking twice.
        """
        known = facts.known
        asked = (question for question in self.asks if question.when(known))
        shape = [problem for q in asked if (problem := q.problem(facts.answers))]
        checks = self.checks(facts) if checks is None else checks
        blocked = [check.refusal for check in checks if check.verdict is Verdict.NOT_MET]
        warned = [check for check in checks if check.verdict is Verdict.WARNING]
        if warned and (problem := _rationale_problem(facts, warned)):
            shape.append(problem)
        return (*shape, *blocked)

    def must_be_allowed(self, event: EventData) -> bool:
        """Condition run by ``transitions`` before the state moves.

        ``transitions`` would treat False as a silent no, so this raises instead.

        Raises:
            PermissionRefused: If none of the actor's roles may take the step.
            StepRefused: With every rule broken and question unanswered.
        """
        facts: F = event.kwargs["facts"]
        if not self.may_be_taken_by(facts.actor):
            raise PermissionRefused(f"Your role may not “{self.label}”.")
        if refusals := self.refusals(facts, event.kwargs["checks"]):
            raise StepRefused(refusals)
        return True

    def may_be_taken_by(self, actor: Actor) -> bool:
        """Say whether any of a person's roles may ever take the step."""
        return not self.by.isdisjoint(actor.roles)


def _rationale_problem(facts: Facts, warned: list[Check]) -> Refusal | None:
    said = facts.answers.get(WARNING_RATIONALE.name, "").strip()
    if len(said) >= WARNING_RATIONALE.min_length:
        return WARNING_RATIONALE.problem(facts.answers)
    reason = (
        "Say why it is right to go on despite the warning, in at least "
        f"{WARNING_RATIONALE.min_length} characters."
    )
    rules = ", ".join(check.cite.rule for check in warned)
    first = warned[0].refusal
    return replace(first, rule=rules, reason=reason, field=WARNING_RATIONALE.name)


@dataclass(frozen=True)
class Outcome(Generic[F]):
    """What a step does: the new state, effects for services to carry out, every rule looked at."""

    step: Step[F]
    state: StrEnum
    effects: tuple[Effect, ...]
    checks: tuple[Check, ...]

    @property
    def warnings(self) -> tuple[Check, ...]:
        """The rules that warned and were passed with a reason."""
        return tuple(check for check in self.checks if check.verdict is Verdict.WARNING)


def nothing_asked(_asked: str) -> str:
    """Say nothing; the workflow's title stands in."""
    return ""


def suits_every_report(_report: IncidentFacts) -> bool:
    """It makes sense whatever was reported."""
    return True


def nothing(_facts: Facts) -> str:
    """Say nothing: for workflows that need no authority level and ask for no code."""
    return ""


class _Subject:
    """The throw-away model a machine moves, so ORM objects are never touched."""

    def __init__(self, state: str) -> None:
        self.state = state


@dataclass(frozen=True, kw_only=True)
class Workflow(Generic[F]):
    """A whole policy: its states, steps and deadlines.

    Attributes:
        about: What a case is about; decides what its rules are given to look at.
        begins: What its references begin with; the key's first three letters unless given.
        headline: What a case is, for headings, by what is asked: "Cancel", "Rape report".
        asked_labels: What can be asked, in as many words as a row of a list has room for.
        short_labels: States whose own words are longer than a column.
        colours: The colour of a state's tag, where it is not grey.
        guide: What the pages that lead through the request say round its questions.
        private: Whether each case is for one person, whom only a service can name: nobody opens
            one from a page by its kind, and only they, whoever gave it, their supervisor and the
            registrars see it.
        one_at_a_time: Whether a second case about the same thing has to wait for the first.
        opener: The button on the page of a crime or report that opens a case: "Start a diary
            appointment". The title unless given.
        suits: Whether a case makes sense for a report; if not, it is not offered there.
        classes: The offence classes that a case about a crime can be about; any where empty.
        labels: Each state as people say it.
        settled: States in which nobody has anything left to do, though some can be taken up again.
        awaiting: States in which the case waits for a decision by somebody with authority.
        authority: What entitles the actor, in words; frozen into the history.
        needs: The authority a decision needs, stored for worklists; empty while none is waited for.
        asked: What is asked, as a short code for lists.
    """

    key: str
    title: str
    summary: str
    policy: Citation
    states: type[StrEnum]
    initial: StrEnum
    final: frozenset[StrEnum]
    labels: dict[StrEnum, str]
    steps: tuple[Step[F], ...]
    settled: frozenset[StrEnum]
    awaiting: frozenset[StrEnum]
    deadlines: tuple[Deadline[F], ...] = ()
    authority: Callable[[F], str] = roles_held
    needs: Callable[[F], str] = nothing
    asked: Callable[[F], str] = nothing
    about: About = About.CRIME
    begins: str = ""
    headline: Callable[[str], str] = nothing_asked
    asked_labels: Mapping[str, str] = field(default_factory=dict)
    short_labels: Mapping[StrEnum, str] = field(default_factory=dict)
    colours: Mapping[StrEnum, str] = field(default_factory=dict)
    one_at_a_time: bool = True
    private: bool = False
    opener: str = ""
    classes: frozenset[str] = frozenset()
    suits: Callable[[IncidentFacts], bool] = suits_every_report
    guide: Guide = NO_GUIDE

    @property
    def subject(self) -> str:
        """What a case is about, in words."""
        return {About.CRIME: "crime", About.INCIDENT: "report", About.AUDIT: "audit"}[self.about]

    @property
    def prefix(self) -> str:
        """What its references begin with: CAN for a cancellation."""
        return self.begins or self.key[:3].upper()

    def may_be_asked(self, trigger: str) -> tuple[Question, ...]:
        """Return every question that a step of this name may ask, in whatever case."""
        asks = (
            question for step in self.steps if step.trigger == trigger for question in step.asks
        )
        return (*asks, WARNING_RATIONALE)

    def state(self, stored: str) -> StrEnum:
        """Return the state that a stored value stands for."""
        return self.states(stored)

    def steps_from(self, state: StrEnum) -> Iterator[Step[F]]:
        """Yield the steps that start in a state, in the order they are written."""
        return (step for step in self.steps if state in step.sources)

    def step(self, trigger: str, state: StrEnum) -> Step[F]:
        """Return one step.

        Raises:
            StepNotAvailable: If the state has no such step.
        """
        for step in self.steps_from(state):
            if step.trigger == trigger:
                return step
        raise StepNotAvailable(
            f"That can't be done now: the case is “{self.labels[state].lower()}”. "
            "Reload the page to see what can be done."
        )

    def deadline(self, state: StrEnum) -> Deadline[F] | None:
        """Return the deadline that runs in a state, if there is one."""
        return next((d for d in self.deadlines if d.state is state), None)

    def decide(self, trigger: str, state: StrEnum, facts: F) -> Outcome[F]:
        """Say what taking a step would do, changing nothing.

        Raises:
            StepNotAvailable: If the state has no such step, or it makes no sense for this case.
            PermissionRefused: If none of the actor's roles may take it.
            StepRefused: If a rule or an unanswered question forbids it.
        """
        step = self.step(trigger, state)
        if not step.offered(facts):
            raise StepNotAvailable(f"“{step.label}” does not apply to this case.")
        subject, checks = _Subject(state.value), step.checks(facts)
        self._machine.events[trigger].trigger(subject, facts=facts, checks=checks)
        return Outcome(step, self.states(subject.state), step.effects, checks)

    @cached_property
    def _machine(self) -> Machine:
        """Compile the policy once. No model is ever added, so nothing is kept alive.

        ``auto_transitions`` is off because it adds a ``to_<state>()`` back door.
        """
        return Machine(
            model=None,
            states=[state.value for state in self.states],
            initial=self.initial.value,
            auto_transitions=False,
            send_event=True,
            transitions=[
                {
                    "trigger": step.trigger,
                    "source": source.value,
                    "dest": step.dest.value,
                    "conditions": step.must_be_allowed,
                }
                for step in self.steps
                for source in step.sources
            ],
        )
