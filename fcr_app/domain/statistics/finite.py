"""One share of a frame with an end: the more of it is examined, the surer the share."""

from math import sqrt

from fcr_app.domain.statistics.estimate import ALL_EXAMINED, Estimate, wilson_effective
from fcr_app.domain.statistics.interval import USUAL_LEVEL, Interval
from fcr_app.domain.statistics.proportion import HMICFRS_Z, wilson

#: The correction is worth its words where more of the frame is examined (reference, section 3).
WORTH_CORRECTING_FROM = 0.05


WILSON = "Wilson interval"
WILSON_FINITE = "Wilson interval, corrected for a finite frame"


def simple_rate(
    k: int, n: int, population: int | None = None, level: float = USUAL_LEVEL
) -> Estimate:
    """Return k of n with Wilson's interval, corrected where more than 5% of the frame was drawn.

    Variance p(1−p)/n, times (N−n)/(N−1) where corrected.

    Args:
        population: What n was drawn from, counted as n is; None where it is large.

    Raises:
        ValueError: If k of n is no share, or n more than there is.
    """
    _check(k, n, n if population is None else population)
    if population is None or n <= WORTH_CORRECTING_FROM * population:
        left, method = 1.0, WILSON
        interval: Interval | None = wilson(k, n, level)
    else:
        left = (population - n) / max(1, population - 1)
        interval = wilson_finite(k, n, population, level)
        method = WILSON_FINITE if left else ALL_EXAMINED
    rate = k / n
    return Estimate(
        rate=rate,
        k=k,
        n=n,
        variance=rate * (1 - rate) / n * left,
        interval=interval,
        design_effect=left if left and 0 < k < n else None,
        effective_n=n / left if left else None,
        method=method,
    )


def wilson_finite(k: int, n: int, population: int, level: float = USUAL_LEVEL) -> Interval | None:
    """Return Wilson's interval for k of n drawn from so many; None where all were examined.

    The variance of a share drawn without replacement is P(1−P)/n · (N−n)/(N−1). Wilson's interval
    solves (p−P)² = z² times the variance, so it is his with n(N−1)/(N−n) in place of n. What was
    seen is certain: the share is not below k/N, nor above (k+N−n)/N.

    Source: W. G. Cochran, Sampling Techniques (1977), 3.2, theorem 3.2, for the variance.

    Raises:
        ValueError: If k of n of N is no share.
    """
    _check(k, n, population)
    if n == population:
        return None
    found = wilson_effective(k / n, n * (population - 1) / (population - n), level)
    return Interval(max(found.low, k / population), min(found.high, 1 - (n - k) / population))


def wald_fpc(k: int, n: int, population: int, z: float = HMICFRS_Z) -> Interval:
    """Return the plain normal interval with the correction for a finite population.

    p ± z·√(p(1−p)/n · (N−n)/(N−1)). Only to try what HMICFRS may have done: 325 of 357 prints as
    ±2.89 only if the frame had 6,831 to 7,817 crimes (reference, section 1.3). It has no width
    where all were examined.

    Raises:
        ValueError: If k of n of N is no share.
    """
    _check(k, n, population)
    rate = k / n
    left = (population - n) / (population - 1) if population > 1 else 0.0
    half = z * sqrt(rate * (1 - rate) / n * left)
    return Interval(rate - half, rate + half)


def _check(k: int, n: int, population: int) -> None:
    if n < 1 or not 0 <= k <= n <= population:
        raise ValueError(f"{k} of {n} out of {population} is no share.")
