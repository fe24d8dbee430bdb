"""Whose turn it is in each state, worked out from the policies."""

from collections.abc import Iterator

from fcr_app.domain.removal_rules import only_the_requester
from fcr_app.domain.roles import REQUESTERS
from fcr_app.workflows import WORKFLOWS


def _left_to_requesters(*, to_any_of_them: bool) -> Iterator[str]:
    """Yield the states, neither settled nor awaiting a decision, in which requesters can act."""
    for workflow in WORKFLOWS:
        for step in workflow.steps:
            own = only_the_requester.name in {guard.name for guard in step.guards}
            if step.by.isdisjoint(REQUESTERS) or (to_any_of_them and own):
                continue
            for state in step.sources:
                if state not in workflow.awaiting | workflow.settled:
                    yield state.value


#: What comes next is for the person who made the request.
REQUESTERS_TURN = sorted(set(_left_to_requesters(to_any_of_them=False)))
#: What comes next can be done by any officer of the investigation.
OFFICERS_TURN = sorted(set(_left_to_requesters(to_any_of_them=True)))
