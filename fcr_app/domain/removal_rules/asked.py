"""What a request asks for, read from its answers."""

from dataclasses import dataclass

from fcr_app.domain.facts import CancellationFacts
from fcr_app.domain.removal import RemovalCode, Risk
from fcr_app.domain.removal_questions import CODE, RISK


def code_of(facts: CancellationFacts) -> RemovalCode | None:
    """Return the code asked for, or None while there is none."""
    said = facts.said(CODE)
    return RemovalCode(said) if said in RemovalCode.__members__ else None


@dataclass(frozen=True)
class AsksFor:
    """Whether the request is for one of some codes."""

    codes: frozenset[RemovalCode]

    def __call__(self, facts: CancellationFacts) -> bool:
        """Say whether it is."""
        return code_of(facts) in self.codes


def asks_for(*codes: RemovalCode) -> AsksFor:
    """Return the condition that a request is for one of some codes."""
    return AsksFor(frozenset(codes))


def risk_of(facts: CancellationFacts) -> Risk | None:
    """Return the harm a wrong decision would do, as the requester sees it."""
    said = facts.said(RISK)
    return Risk(said) if said in set(Risk) else None
