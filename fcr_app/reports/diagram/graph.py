"""What a picture of a workflow shows: its states in order, and one arrow between any two."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fcr_app.domain.workflow import Workflow


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """All steps that lead from one state to another.

    Attributes:
        dest: The number of the state they lead to.
        labels: The steps, in the order of the policy.
    """

    dest: int
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Node:
    """A state, and what leads out of it.

    Attributes:
        number: Its place from the top, from 1.
        arrows: To other states, from the top down.
        stays: The steps that leave the case where it is.
        reached: Whether any arrow leads to it.
    """

    number: int
    label: str
    initial: bool
    final: bool
    arrows: tuple[Arrow, ...]
    stays: tuple[str, ...]
    reached: bool


def nodes(workflow: Workflow[Any]) -> tuple[Node, ...]:
    """Return the states of a workflow from the top down."""
    order = _from_the_top(workflow)
    number = {state: place for place, state in enumerate(order, start=1)}
    led_to = {
        step.dest for step in workflow.steps for source in step.sources if source != step.dest
    }
    return tuple(
        Node(
            number=number[state],
            label=workflow.labels[state],
            initial=state is workflow.initial,
            final=state in workflow.final,
            arrows=tuple(
                Arrow(dest=number[dest], labels=labels)
                for dest in order
                if dest is not state and (labels := _labels(workflow, state, dest))
            ),
            stays=_labels(workflow, state, state),
            reached=state in led_to,
        )
        for state in order
    )


def _labels(workflow: Workflow[Any], source: StrEnum, dest: StrEnum) -> tuple[str, ...]:
    steps = (step.label for step in workflow.steps_from(source) if step.dest is dest)
    return tuple(dict.fromkeys(steps))


def _from_the_top(workflow: Workflow[Any]) -> list[StrEnum]:
    """Return the states so that steps lead downwards, but for those that lead back; ends last."""
    declared = list(workflow.states)
    forward = _forward(workflow, workflow.initial, (), set())
    depth = dict.fromkeys(declared, 0)
    for _ in declared:  # the longest way forward has fewer steps than there are states
        for source, dest in forward:
            depth[dest] = max(depth[dest], depth[source] + 1)
    return sorted(
        declared, key=lambda state: (state in workflow.final, depth[state], declared.index(state))
    )


def _forward(
    workflow: Workflow[Any], state: StrEnum, way: tuple[StrEnum, ...], seen: set[StrEnum]
) -> list[tuple[StrEnum, StrEnum]]:
    """Return the pairs of states that a step joins without leading back to where it came from.

    Args:
        way: The states passed so far.
        seen: The states whose pairs are known already; added to.
    """
    seen.add(state)
    way = (*way, state)
    pairs = []
    for step in workflow.steps_from(state):
        if step.dest in way:
            continue
        pairs.append((state, step.dest))
        if step.dest not in seen:
            pairs += _forward(workflow, step.dest, way, seen)
    return pairs
