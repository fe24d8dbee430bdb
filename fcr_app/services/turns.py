"""Whose turn it is in each state, worked out from the policies."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from fcr_app.domain.roles import REQUESTERS, Role
from fcr_app.domain.shared_rules import only_the_requester
from fcr_app.domain.workflow import Step, Workflow
from fcr_app.workflows import WORKFLOWS


class Turn(StrEnum):
    """Whom a state that waits for no decision is left to."""

    REQUESTER = "requester"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADDRESSEE = "addressee"


def turns_of(workflow: Workflow[Any], step: Step[Any]) -> Iterator[Turn]:
    """Yield whose turn a step makes the states it starts from."""
    if workflow.private:
        # Whoever gave it, or supervises whom it is for, may act too and need not.
        if workflow.initial not in step.sources:
            yield Turn.ADDRESSEE
        return
    if step.by.isdisjoint(REQUESTERS):
        return
    if Role.OFFICER not in step.by:
        yield Turn.SUPERVISOR
        return
    yield Turn.REQUESTER
    if only_the_requester.name not in {guard.name for guard in step.guards}:
        yield Turn.OFFICER


def _left_to(turn: Turn) -> list[str]:
    """Return the states, neither settled nor awaiting a decision, that are left to somebody."""
    return sorted(
        {
            state.value
            for workflow in WORKFLOWS
            for step in workflow.steps
            if turn in turns_of(workflow, step)
            for state in step.sources
            if state not in workflow.awaiting | workflow.settled
        }
    )


#: What comes next is for the person who made the request.
REQUESTERS_TURN = _left_to(Turn.REQUESTER)
#: What comes next can be done by any officer of the investigation.
OFFICERS_TURN = _left_to(Turn.OFFICER)
#: What comes next is for a supervisor of the officer.
SUPERVISORS_TURN = _left_to(Turn.SUPERVISOR)
#: What comes next is for the one person that the case is for.
ADDRESSEES_TURN = _left_to(Turn.ADDRESSEE)
