"""A rate estimated from a sample that is not simply so many of so many, with its interval."""

from dataclasses import dataclass
from math import sqrt

from fcr_app.domain.statistics.interval import USUAL_LEVEL, Interval, z_for

#: What stands in place of an interval where nothing was left to chance.
ALL_EXAMINED = "All records examined, so there is no sampling error"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A rate estimated from a sample, and how sure it is.

    Attributes:
        k: What was counted in the sample, unweighted: ``rate`` is in general not k of n.
        n: Out of how many, in crimes that should exist.
        variance: Of the rate; nought where all records were examined.
        interval: None where all records were examined: there is nothing to estimate then.
        design_effect: How many times the variance of a simple random sample of n crimes from an
            endless frame, p(1−p)/n; below 1 where the design or a small frame helps. None where
            all were examined, or all crimes came out alike, so that there is nothing to divide by.
        effective_n: How large such a simple random sample would have to be. None where all were
            examined.
        method: How the interval was worked out, in words fit to print.
        left_out: Strata of which nothing was examined, which the rate says nothing about.
        covered: The share of the whole, by weight, that the rate is about: 1 with none left out.
    """

    rate: float
    k: int
    n: int
    variance: float
    interval: Interval | None
    design_effect: float | None
    effective_n: float | None
    method: str
    left_out: tuple[str, ...] = ()
    covered: float = 1.0


def wilson_effective(rate: float, effective_n: float, level: float = USUAL_LEVEL) -> Interval:
    """Return Wilson's interval round a rate that is worth so many records, whole or not.

    centre = (p + z²/2n) / (1 + z²/n); half = z / (1 + z²/n) · √(p(1−p)/n + z²/4n²).

    Source: Wilson as in ``wilson``; with an effective n, E. L. Korn and B. I. Graubard, Survey
    Methodology 24 (1998), 193–201, and N. Dean and M. Pagano, Journal of Survey Statistics and
    Methodology 3 (2015), 484–503, who found it hold for rates near 1.

    Raises:
        ValueError: If the rate is not from 0 to 1, or n not above nought.
    """
    if not 0 <= rate <= 1 or effective_n <= 0:
        raise ValueError("An interval needs a rate from 0 to 1, and records to rest on.")
    z = z_for(level)
    part = z * z / effective_n
    centre = (rate + part / 2) / (1 + part)
    half = sqrt(part * rate * (1 - rate) + part * part / 4) / (1 + part)
    low = 0.0 if rate == 0 else max(0.0, centre - half)
    high = 1.0 if rate == 1 else min(1.0, centre + half)
    return Interval(low, high)
