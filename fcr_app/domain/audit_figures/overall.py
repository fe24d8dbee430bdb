"""The rate of all records of an audit, with each stratum at its weight."""

from collections.abc import Sequence
from dataclasses import dataclass

from fcr_app.domain.audit_figures.rates import Method, Rate, rate_of
from fcr_app.domain.audit_figures.sampled import Sampled, StratumSize


@dataclass(frozen=True, kw_only=True)
class Part:
    """What was counted in one stratum: k of n units, in the records examined of it."""

    size: StratumSize
    k: int
    n: int


def overall(parts: Sequence[Part], drawn: Sampled, method: Method) -> Rate:
    """Return the rate of all records."""
    k, n = sum(part.k for part in parts), sum(part.n for part in parts)
    return rate_of(k, n, drawn.basis, method)
