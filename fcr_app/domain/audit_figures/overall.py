"""The rate of all records of an audit, with each stratum at its weight."""

from collections.abc import Sequence
from dataclasses import dataclass

from fcr_app.domain.audit_figures.rates import Basis, Method, Rate, rate_of
from fcr_app.domain.audit_figures.sampled import Sampled, StratumSize
from fcr_app.domain.statistics import Layer, stratified_rate


@dataclass(frozen=True, kw_only=True)
class Part:
    """What was counted in one stratum: k of n units, in the records examined of it."""

    size: StratumSize
    k: int
    n: int

    @property
    def population(self) -> int:
        """How many units the stratum holds, at as many for each record as were found."""
        return units_in(self.size.population, self.size.examined, self.n)


def units_in(records: int, examined: int, found: int) -> int:
    """Return how many units so many records hold, where those examined gave so many."""
    return max(found, round(records * found / examined)) if examined else 0


def overall(parts: Sequence[Part], drawn: Sampled, method: Method) -> Rate:
    """Return the rate of all records.

    Where strata were drawn from separately each counts by the units it holds, not by those drawn,
    so the rate is not k/n; otherwise it is, with the correction for a frame of which more than 5%
    was drawn.
    """
    k, n = sum(part.k for part in parts), sum(part.n for part in parts)
    if not n or drawn.basis is not Basis.SAMPLE:
        return rate_of(k, n, drawn.basis, method)
    if not drawn.is_weighted:
        population = units_in(drawn.population, drawn.examined, n)
        return rate_of(k, n, drawn.basis, method, population=population)
    found = stratified_rate(
        [
            Layer(part.size.name, k=part.k, n=part.n, population=part.population)
            for part in parts
            if part.n
        ]
    )
    return Rate(
        k=k,
        n=n,
        value=found.rate,
        interval=found.interval,
        basis=Basis.SAMPLE if found.interval else Basis.CENSUS,
        method=Method.STRATIFIED if found.interval else None,
        effective_n=found.effective_n,
        design_effect=found.design_effect,
    )
