"""How many records of a sample come from each stratum."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor, sqrt

#: From fewer than two records of a stratum its spread can't be estimated.
LEAST_PER_STRATUM = 2
#: An earlier sample without an error does not show that there are none: a rate that Neyman's
#: allocation is given counts as lying at least this far from 0 and from 1. This system's own.
LEAST_ERROR_RATE = 0.05


class Allocation(StrEnum):
    """By what a sample is shared among strata. Stored."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    NEYMAN = "neyman"

    @property
    def label(self) -> str:
        """It in words."""
        return {
            "proportional": "In proportion to the size of each stratum",
            "equal": "The same number from each stratum",
            "neyman": "More from strata that are large or vary more (Neyman)",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Spread:
    """By what a sample is shared among strata, and what that needs to know.

    Attributes:
        rates: For Neyman: the rate expected or found earlier in each stratum, 0 to 1.
        expected_rate: For Neyman: that of strata without one.
    """

    allocation: Allocation = Allocation.PROPORTIONAL
    rates: Mapping[str, float] = field(default_factory=dict)
    expected_rate: float = 0.9
    at_least: int = LEAST_PER_STRATUM


def allocate(populations: Mapping[str, int], size: int, spread: Spread) -> dict[str, int]:
    """Return how many records to draw from each stratum; together exactly the size wanted.

    Where the frame has fewer, it is all of them. No stratum gives more than it has, and each gives
    at least two, or all it has, where the size allows: with more strata than that the least is
    lowered to one, then to nought.

    n_h = λ·w_h, held between the least and N_h, with λ such that they add up; w_h is N_h for
    proportional, 1 for equal and N_h·√(p_h(1−p_h)) for Neyman's allocation. Whole numbers by the
    largest remainder; equal ones go to the larger stratum, then by name. The arithmetic is exact,
    so it comes out alike everywhere.

    Source: J. Neyman, Journal of the Royal Statistical Society 97 (1934), 558–625; W. G. Cochran,
    Sampling Techniques (1977), 5.5 and 5.8 (strata that would give more than they have).

    Raises:
        ValueError: If the size is below nought, or a rate is not from 0 to 1.
    """
    if size < 0:
        raise ValueError("A sample has no fewer than nought records.")
    strata = {name: count for name, count in sorted(populations.items()) if count > 0}
    size = min(size, sum(strata.values()))
    least = _least(strata, size, spread.at_least)
    weights = {name: _weight(name, count, spread) for name, count in strata.items()}
    shares = _shares(strata, weights, least, size)
    whole = {name: floor(share) for name, share in shares.items()}
    by_remainder = sorted(
        strata, key=lambda name: (whole[name] - shares[name], -strata[name], name)
    )
    for name in by_remainder[: size - sum(whole.values())]:
        whole[name] += 1
    return {name: whole.get(name, 0) for name in sorted(populations)}


def _least(strata: Mapping[str, int], size: int, at_least: int) -> dict[str, int]:
    """Return the least for each stratum: as asked, or as much of it as the size allows."""
    for least in range(at_least, 0, -1):
        each = {name: min(least, count) for name, count in strata.items()}
        if sum(each.values()) <= size:
            return each
    return dict.fromkeys(strata, 0)


def _weight(name: str, count: int, spread: Spread) -> Fraction:
    match spread.allocation:
        case Allocation.PROPORTIONAL:
            return Fraction(count)
        case Allocation.EQUAL:
            return Fraction(1)
        case Allocation.NEYMAN:
            rate = spread.rates.get(name, spread.expected_rate)
            if not 0 <= rate <= 1:
                raise ValueError("A rate lies between 0 and 1.")
            rate = min(max(rate, LEAST_ERROR_RATE), 1 - LEAST_ERROR_RATE)
            return count * Fraction(sqrt(rate * (1 - rate)))


def _shares(
    strata: Mapping[str, int],
    weights: Mapping[str, Fraction],
    least: Mapping[str, int],
    size: int,
) -> dict[str, Fraction]:
    """Return λ·w_h, held between the least and all there is, with λ such that they add up."""

    def held(name: str, scale: Fraction) -> Fraction:
        return min(max(scale * weights[name], Fraction(least[name])), Fraction(strata[name]))

    def total(scale: Fraction) -> Fraction:
        return sum((held(name, scale) for name in strata), Fraction(0))

    # Between two neighbouring turns the total grows along a straight line.
    turns = sorted(
        {Fraction(end[name]) / weights[name] for end in (least, strata) for name in strata}
    )
    after = bisect_left(turns, Fraction(size), key=total)
    scale = turns[after] if turns else Fraction(0)
    if after > 0:
        low, high = turns[after - 1], turns[after]
        part = (size - total(low)) / (total(high) - total(low))
        scale = low + part * (high - low)
    return {name: held(name, scale) for name in strata}
