"""A workflow as a page that a registrar can read: the policy, printed from the code that runs.

One page in the service (``policy.show``) and one in ``docs/workflows``, from the same data.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from inspect import getdoc, isfunction
from typing import Any

from markupsafe import Markup

from fcr_app.domain.deadlines import Deadline
from fcr_app.domain.effects import (
    ApplyRuling,
    Audience,
    Effect,
    GiveFeedback,
    KeepOutcome,
    KeepSlot,
    MakeRuling,
    Notify,
    ReclassifyCrime,
    RecordAdvice,
    RecordAppeal,
    RecordDecision,
    RecordException,
    RecordFromAppointment,
    RecordReportedCrime,
    RecordTransferReference,
    RecordVictimNotice,
    ReinstateCrime,
    RemoveCrime,
    ReopenReport,
    SettleReport,
)
from fcr_app.domain.escalation import Escalation
from fcr_app.domain.feedback.effects import ChangeFeedback, MarkFeedback
from fcr_app.domain.guards import Guard
from fcr_app.domain.workflow import Holding, Step, Workflow
from fcr_app.reports.diagram import diagram_svg
from fcr_app.reports.recording_words import RECORDING_DONE

PEOPLE = {
    Audience.REQUESTER: "the requester",
    Audience.REQUESTER_SUPERVISOR: "the requester’s supervisor",
    Audience.OFFICER_IN_CASE: "the officer in the case",
    Audience.DECIDER: "the decider",
    Audience.REGISTRARS: "the FCR and deputies",
    Audience.OFFICER: "the officer",
    Audience.OFFICER_SUPERVISOR: "the officer’s supervisor",
    Audience.APPOINTED: "the officer who goes",
    Audience.APPOINTED_SUPERVISOR: "the supervisor of the officer who goes",
    Audience.ADDRESSEE: "the person it is for",
    Audience.ADDRESSEE_SUPERVISOR: "the supervisor of the person it is for",
}
DONE: dict[type[Effect], str] = {
    RemoveCrime: "The crime leaves the statistics.",
    MarkFeedback: "When it came to this is kept, for lists and figures.",
    ChangeFeedback: "What the FCR says instead takes the place of what was said.",
    ReinstateCrime: "The crime counts again.",
    RecordDecision: "The decision is kept with its reasons, the authority and the rule set.",
    RecordVictimNotice: "How the victim was told is kept.",
    RecordException: "Why the victim can’t be told is kept, and who approved it.",
    RecordTransferReference: "The receiving force’s number is kept.",
    RecordAdvice: "The advice is kept.",
    **RECORDING_DONE,
    KeepSlot: "The slot stands in the diary.",
    KeepOutcome: "What became of the appointment is kept.",
    RecordFromAppointment: "A crime is recorded from the report, which settles it.",
    ReclassifyCrime: "The crime gets the new class; those before it are kept.",
    SettleReport: "The report is settled, and its clock stops.",
    ReopenReport: "The report is open again, and its clock counts from the first report.",
    RecordReportedCrime: "The crime is recorded from the report.",
    RecordAppeal: "The appeal is kept: by whom, when, and what it says.",
    MakeRuling: "The ruling gets its number in the register and is linked.",
    ApplyRuling: "The ruling is linked.",
}
HELD = {
    Holding.KEEP: "",
    Holding.TAKE: "Whoever does this holds the case from then on.",
    Holding.RELEASE: "Nobody holds the case after this.",
}


@dataclass(frozen=True, kw_only=True)
class RuleEntry:
    """One rule of the policy.

    Attributes:
        anchor: Its name in the code.
        kind: What it does when it is not met.
        when: What it is limited to, in words; empty if nothing.
        steps: The labels of the steps it is checked at.
    """

    anchor: str
    name: str
    sentence: str
    rule: str
    source: str
    kind: str
    when: str
    steps: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that a step asks, and when."""

    label: str
    when: str


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    """One step of the policy, in words."""

    anchor: str
    label: str
    sources: tuple[str, ...]
    dest: str
    who: tuple[str, ...]
    when: str
    cite: str
    asks: tuple[Asked, ...]
    rules: tuple[RuleEntry, ...]
    effects: tuple[str, ...]
    final_warning: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class StateEntry:
    """One state of the policy: what can be done in it, and by when."""

    name: str
    label: str
    kind: str
    steps: tuple[StepEntry, ...]
    time: str


@dataclass(frozen=True, kw_only=True)
class DeadlineEntry:
    """A time allowed: what has to happen, in which state, within what, and by which rule."""

    what: str
    state: str
    lengths: tuple[str, ...]
    told: tuple[str, ...]
    cite: str


@dataclass(frozen=True, kw_only=True)
class PolicyPage:
    """A whole policy, in words, and as a picture (SVG)."""

    key: str
    title: str
    summary: str
    cite: str
    states: tuple[StateEntry, ...]
    steps: tuple[StepEntry, ...]
    rules: tuple[RuleEntry, ...]
    deadlines: tuple[DeadlineEntry, ...]
    sources: tuple[str, ...]
    diagram: Markup


def policy_page(workflow: Workflow[Any]) -> PolicyPage:
    """Put a workflow into words."""
    rules = {guard.name: _rule(guard, workflow) for step in workflow.steps for guard in step.guards}
    steps = _anchored(tuple(_step(step, workflow, rules) for step in workflow.steps))
    deadlines = tuple(_deadline(deadline, workflow) for deadline in workflow.deadlines)
    cites = [
        workflow.policy,
        *(step.cite for step in workflow.steps),
        *(guard.cite for step in workflow.steps for guard in step.guards),
        *(deadline.cite for deadline in workflow.deadlines),
    ]
    return PolicyPage(
        key=workflow.key,
        title=workflow.title,
        summary=workflow.summary,
        cite=str(workflow.policy),
        states=_states(workflow, steps),
        steps=_each_once(steps),
        rules=tuple(rules.values()),
        deadlines=deadlines,
        sources=tuple(sorted({cite.source.value for cite in cites})),
        diagram=Markup(diagram_svg(workflow)),  # noqa: S704 - its serialiser escapes every word
    )


def in_words(condition: Callable[..., Any]) -> str:
    """Return what a condition limits something to, in words; empty where it says nothing itself.

    A condition on the code asked for names its codes; a function says it in its first line.
    """
    if codes := getattr(condition, "codes", None):
        return "Only for " + _listed(sorted(code.value for code in codes if code))
    first_line = (getdoc(condition) or "").split("\n")[0] if isfunction(condition) else ""
    said = first_line.removeprefix("Say whether ")
    return f"Only if {said.rstrip('.')}" if said != first_line else ""


def _could_apply(condition: Callable[..., Any], step: Step[Any]) -> bool:
    """Say whether a condition can hold at a step: a rule on C2 can't where only C1 is decided."""
    codes, offered = getattr(condition, "codes", None), getattr(step.offered, "codes", None)
    return not codes or not offered or not set(codes).isdisjoint(offered)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _rule(guard: Guard[Any], workflow: Workflow[Any]) -> RuleEntry:
    kind = "Stops the step" if guard.blocking else "Warns, and asks for a reason"
    if guard.judged_by is not None:
        kind = "Stops the step; the decider judges"
    return RuleEntry(
        anchor=anchor_of(guard.name),
        name=as_sentence(guard.name),
        sentence=guard.sentence,
        rule=guard.cite.rule,
        source=f"{guard.cite.source.value}{guard.cite.where}",
        kind=kind,
        when=in_words(guard.when),
        steps=tuple(
            dict.fromkeys(
                step.label
                for step in workflow.steps
                if guard in step.guards and _could_apply(guard.when, step)
            )
        ),
    )


def anchor_of(name: str) -> str:
    """Return what a rule or step is called in the address of its place on the page."""
    return name.replace("_", "-")


def as_sentence(name: str) -> str:
    """Return the name of a guard as the sentence it is."""
    said = name.replace("_", " ").replace("self defence", "self-defence")
    said = " ".join("FCR" if word == "fcr" else word for word in said.split())
    return said[0].upper() + said[1:]


def _step(step: Step[Any], workflow: Workflow[Any], rules: dict[str, RuleEntry]) -> StepEntry:
    effects = [effect_in_words(effect) for effect in step.effects]
    if held := HELD[step.holding]:
        effects.append(held)
    return StepEntry(
        anchor=anchor_of(step.trigger),
        label=step.label,
        sources=tuple(workflow.labels[state] for state in step.sources),
        dest=workflow.labels[step.dest],
        who=tuple(sorted(role.label for role in step.by)),
        when=in_words(step.offered),
        cite=str(step.cite),
        asks=tuple(
            Asked(label=question.title, when=in_words(question.when))
            for question in step.asks
            if _could_apply(question.when, step)
        ),
        rules=tuple(rules[g.name] for g in step.guards if _could_apply(g.when, step)),
        effects=tuple(effects),
        final_warning=step.final_warning,
        outcome=step.outcome,
    )


def _but_for_its_ends(step: StepEntry) -> StepEntry:
    return replace(step, sources=(), dest="")


def _anchored(steps: tuple[StepEntry, ...]) -> tuple[StepEntry, ...]:
    """Give steps of one trigger that differ in more than their ends a place each on the page."""
    kinds: dict[str, list[StepEntry]] = {}
    anchored = []
    for step in steps:
        alike = kinds.setdefault(step.anchor, [])
        if _but_for_its_ends(step) not in alike:
            alike.append(_but_for_its_ends(step))
        place = alike.index(_but_for_its_ends(step))
        anchored.append(replace(step, anchor=f"{step.anchor}-{place + 1}") if place else step)
    return tuple(anchored)


def _each_once(steps: tuple[StepEntry, ...]) -> tuple[StepEntry, ...]:
    """Put steps that differ only in where they start and lead into one entry."""
    once: dict[StepEntry, list[StepEntry]] = {}
    for step in steps:
        once.setdefault(_but_for_its_ends(step), []).append(step)
    return tuple(
        replace(
            same[0],
            sources=tuple(dict.fromkeys(source for step in same for source in step.sources)),
            dest=_ends(same),
        )
        for same in once.values()
    )


def _ends(same: list[StepEntry]) -> str:
    if len(same) > 1 and all(step.sources == (step.dest,) for step in same):
        return "Where it stands"
    return "; ".join(dict.fromkeys(step.dest for step in same))


def effect_in_words(effect: Effect) -> str:
    """Return what happens beside the move, in a sentence."""
    if isinstance(effect, Notify):
        people = _listed([PEOPLE[audience] for audience in effect.to])
        return f"A notice goes to {people}: “{effect.message}”"
    if isinstance(effect, GiveFeedback):
        only = " if the decider wrote a remark" if effect.only_with_remark else ""
        return (
            f"Feedback goes to {PEOPLE[effect.to]}{only}: “{effect.subject}”, to be acknowledged."
        )
    if isinstance(effect, RecordFromAppointment) and effect.if_enough:
        return f"Where there is enough: {_lower(DONE[type(effect)])}"
    return DONE[type(effect)]


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _deadline(deadline: Deadline[Any], workflow: Workflow[Any]) -> DeadlineEntry:
    lengths = tuple(
        f"{_length(entry.value)} since {entry.since:%-d %B %Y} ({rule.name})"
        for rule in deadline.lengths
        for entry in rule.history
    )
    return DeadlineEntry(
        what=deadline.what,
        state=workflow.labels[deadline.state],
        lengths=lengths,
        told=tuple(_rung(escalation) for escalation in deadline.escalation),
        cite=str(deadline.cite),
    )


def _rung(escalation: Escalation) -> str:
    whom = _listed([whom.label for whom in escalation.to])
    return f"{escalation.level.label}, {escalation.at}: {whom}"


def _length(time: int | timedelta) -> str:
    if isinstance(time, timedelta):
        return f"{time // timedelta(hours=1)} hours from the report"
    return f"{time} working {'day' if time == 1 else 'days'}"


def _states(workflow: Workflow[Any], steps: tuple[StepEntry, ...]) -> tuple[StateEntry, ...]:
    return tuple(
        StateEntry(
            name=state.value,
            label=workflow.labels[state],
            kind=_kind(workflow, state),
            steps=tuple(step for step in steps if workflow.labels[state] in step.sources),
            time=_time(workflow.deadline(state)),
        )
        for state in workflow.states
    )


def _time(deadline: Deadline[Any] | None) -> str:
    """Return the time allowed in a state by the newest rules; empty where no clock runs."""
    if deadline is None:
        return ""
    days = [_length(rule.history[-1].value) for rule in deadline.lengths]
    return f"{' or '.join(days)} to {deadline.what}"


def _kind(workflow: Workflow[Any], state: Any) -> str:
    if state is workflow.initial:
        return "Starts here"
    if state in workflow.final:
        return "Ends here"
    return "Settled, but can be taken up again" if state in workflow.settled else ""
