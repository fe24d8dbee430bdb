"""A rate over strata that were examined more or less thoroughly, each counted by its true size."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from fcr_app.domain.statistics.estimate import ALL_EXAMINED, Estimate, wilson_effective
from fcr_app.domain.statistics.interval import USUAL_LEVEL, z_for

STRATIFIED = "Stratified, Wilson interval with effective n"


@dataclass(frozen=True)
class Layer:
    """One stratum of a sample: what was found, and how much of the whole it stands for.

    Attributes:
        population: How many crimes that should exist the stratum holds: records times yield, not
            records. None where it is large or not known. A sample of as many or more is all of it.
        weight: Its share of the whole where that is known from elsewhere; any unit, since weights
            are scaled to add up to 1. None to take the populations.
    """

    name: str
    k: int
    n: int
    population: int | None = None
    weight: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n or (self.population or 0) < 0 or (self.weight or 0) < 0:
            raise ValueError(f"{self.k} of {self.n} in {self.name} is no share.")

    @property
    def size(self) -> float:
        """What it weighs among the others: no less than was seen."""
        if self.weight is not None:
            return self.weight
        return float(max(self.population or 0, self.n))

    @property
    def not_examined(self) -> float:
        """The share of the stratum that was not drawn: 1 − f; 1 where its size is not known."""
        return 1.0 if self.population is None else max(0.0, 1 - self.n / max(1, self.population))


def stratified_rate(layers: Sequence[Layer], level: float = USUAL_LEVEL) -> Estimate:
    """Return the rate of all strata together: p = Σ W_h·p_h.

    Variance Σ W_h²·(1−f_h)·p_h(1−p_h)/(n_h−1), f_h = n_h/N_h, and Wilson's interval with the
    effective n = p(1−p)/variance.

    * All crimes of a stratum examined: f_h = 1, and it adds nothing to the variance. If that is so
      everywhere there is no interval.
    * All crimes of a stratum alike, or one only: the formula would have it that the stratum can't
      be otherwise. Its spread is taken as p̃(1−p̃)/n_h with p̃ = (k+z²/2)/(n+z²), which is never
      nought: Wilson's centre, as Agresti and Coull use it.
    * All crimes of all strata alike: there is no p(1−p) to divide. Effective n is then
      1/Σ(W_h²(1−f_h)/n_h), which is what unequal weights leave of n (Kish).
    * Nothing examined of a stratum: it is left out, the others' weights are scaled up, and the
      result names it.

    Source: W. G. Cochran, Sampling Techniques (1977), 5.6 (5.14 with p_h); A. Agresti and B. A.
    Coull, The American Statistician 52 (1998), 119–126; L. Kish, Survey Sampling (1965), 11.7.

    Raises:
        ValueError: If nothing was examined, or some strata have a weight and others none, or
            neither weight nor population.
    """
    _check(layers)
    whole = fsum(one.size for one in layers)
    used = [one for one in layers if one.n and one.size]
    covered = fsum(one.size for one in used)
    if not used:
        raise ValueError("Nothing was examined, so there is no rate.")
    weights = [one.size / covered for one in used]
    k, n = sum(one.k for one in used), sum(one.n for one in used)
    rate = _within(fsum(w * one.k / one.n for w, one in zip(weights, used, strict=True)))
    alike = all(one.k == 0 for one in used) or all(one.k == one.n for one in used)
    rate = float(used[0].k > 0) if alike else rate
    variance = fsum(w * w * _spread(one, level) for w, one in zip(weights, used, strict=True))
    left = fsum(w * w * one.not_examined / one.n for w, one in zip(weights, used, strict=True))
    effective = None if not variance else 1 / left if alike else rate * (1 - rate) / variance
    return Estimate(
        rate=rate,
        k=k,
        n=n,
        variance=variance,
        interval=None if effective is None else wilson_effective(rate, effective, level),
        design_effect=None if effective is None or alike else n / effective,
        effective_n=effective,
        method=ALL_EXAMINED if effective is None else STRATIFIED,
        left_out=tuple(one.name for one in layers if one.size and not one.n),
        covered=covered / whole,
    )


def _check(layers: Sequence[Layer]) -> None:
    given = {one.weight is None for one in layers}
    if len(given) > 1:
        raise ValueError("Either all strata have a weight, or none.")
    if any(one.weight is None and one.population is None for one in layers):
        raise ValueError("A stratum needs a weight or a population.")


def _spread(one: Layer, level: float) -> float:
    """Return the variance of a stratum's own rate."""
    if 0 < one.k < one.n:
        rate = one.k / one.n
        return one.not_examined * rate * (1 - rate) / (one.n - 1)
    square = z_for(level) ** 2
    rate = (one.k + square / 2) / (one.n + square)
    return one.not_examined * rate * (1 - rate) / one.n


def _within(rate: float) -> float:
    return min(1.0, max(0.0, rate))
