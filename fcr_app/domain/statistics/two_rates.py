"""Two shares beside each other: their difference and their ratio, with intervals.

Never compare two shares by whether their intervals overlap: that finds too little.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

from fcr_app.domain.statistics.interval import USUAL_LEVEL, Interval, z_for
from fcr_app.domain.statistics.proportion import wilson

#: Added to every cell where one is empty, so that a ratio and its logarithm exist.
CONTINUITY = 0.5


@dataclass(frozen=True)
class Counted:
    """How many of how many; together they make a share."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if self.n < 0 or not 0 <= self.k <= self.n:
            raise ValueError(f"{self.k} of {self.n} is no share.")

    @property
    def rate(self) -> float | None:
        """The share from 0 to 1; None where there was nothing to count."""
        return self.k / self.n if self.n else None


@dataclass(frozen=True)
class Comparison:
    """A difference or a ratio, with its interval.

    Attributes:
        corrected: A half was added to each cell because one was empty.
    """

    value: float
    interval: Interval
    corrected: bool = False


def newcombe_difference(a: Counted, b: Counted, level: float = USUAL_LEVEL) -> Comparison:
    """Return a's share less b's, with the interval that two Wilson intervals give.

    low = d − √((p₁−l₁)² + (u₂−p₂)²), high = d + √((u₁−p₁)² + (p₂−l₂)²).

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10.

    Raises:
        ValueError: If one of the two counts nothing.
    """
    p, q = _rate(a), _rate(b)
    return difference_within(p, wilson(a.k, a.n, level), q, wilson(b.k, b.n, level))


def difference_within(p: float, first: Interval, q: float, second: Interval) -> Comparison:
    """Return p less q, with the interval that the intervals of both give by squaring and adding.

    Source: as ``newcombe_difference``; for any two intervals of values found independently,
    G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693–1702.
    """
    low = p - q - sqrt((p - first.low) ** 2 + (second.high - q) ** 2)
    high = p - q + sqrt((first.high - p) ** 2 + (q - second.low) ** 2)
    return Comparison(p - q, Interval(low, high))


def risk_ratio(a: Counted, b: Counted, level: float = USUAL_LEVEL) -> Comparison:
    """Return a's share over b's: the relative rate index between two stages.

    RR = (k₁/n₁)/(k₂/n₂), interval exp(ln RR ± z·√(1/k₁ − 1/n₁ + 1/k₂ − 1/n₂)). Where nothing
    was counted in one of them, a half is added to both counts and to both totals.

    Source: D. Katz and others, Biometrics 34 (1978), 469–474; as the Ministry of Justice uses it
    for its relative rate index (2016).

    Raises:
        ValueError: If one of the two has no total.
    """
    _rate(a), _rate(b)
    k1, n1, k2, n2 = float(a.k), float(a.n), float(b.k), float(b.n)
    corrected = not (a.k and b.k)
    if corrected:
        k1, n1, k2, n2 = (value + CONTINUITY for value in (k1, n1, k2, n2))
    ratio = (k1 / n1) / (k2 / n2)
    error = sqrt(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2)
    return Comparison(ratio, _on_the_log_scale(ratio, error, level), corrected)


def rate_ratio(
    a: int, exposure_a: float, b: int, exposure_b: float, level: float = USUAL_LEVEL
) -> Comparison:
    """Return the ratio of two rates per head of a population, or per any other exposure.

    (a/e₁)/(b/e₂), interval exp(ln ratio ± z·√(1/a + 1/b)); a half is added to both counts where
    one is nought. For counts that are small beside the population they come from.

    Source: K. J. Rothman, Epidemiology: An Introduction (2012), chapter 9.

    Raises:
        ValueError: If a count is below nought, or an exposure is not above it.
    """
    if min(a, b) < 0 or min(exposure_a, exposure_b) <= 0:
        raise ValueError("A rate needs a count, and something above nought to count it in.")
    corrected = not (a and b)
    first, second = (a + CONTINUITY, b + CONTINUITY) if corrected else (a, b)
    ratio = (first / exposure_a) / (second / exposure_b)
    error = sqrt(1 / first + 1 / second)
    return Comparison(ratio, _on_the_log_scale(ratio, error, level), corrected)


def _rate(counted: Counted) -> float:
    if counted.rate is None:
        raise ValueError("Nothing was counted, so there is no share to compare.")
    return counted.rate


def _on_the_log_scale(ratio: float, error: float, level: float) -> Interval:
    half = z_for(level) * error
    return Interval(exp(log(ratio) - half), exp(log(ratio) + half))
