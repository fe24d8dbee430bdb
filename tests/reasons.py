"""Asks one rule about one case."""

from fcr_app.domain.facts import CancellationFacts
from fcr_app.domain.guards import Guard


def reason(guard: Guard[CancellationFacts], facts: CancellationFacts) -> str:
    """Return why a rule is not met; empty where it is. The rule has to apply to the case."""
    check = guard.check(facts)
    assert check is not None, f"{guard.name} does not apply"
    return check.reason


def applies(guard: Guard[CancellationFacts], facts: CancellationFacts) -> bool:
    """Say whether a rule applies to a case."""
    return guard.check(facts) is not None
