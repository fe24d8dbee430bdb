"""One share, k of n, with its interval.

Wilson is what to use. Clopper-Pearson is for small samples that must stand a challenge, and for
wording such as "at least 95%". Wald is only there to print what HMICFRS printed.
"""

from collections.abc import Callable
from math import exp, lgamma, log, log1p, sqrt

from fcr_app.domain.statistics.interval import USUAL_LEVEL, Interval, z_for

#: HMICFRS prints with z = 1.96, not 1.95996.
HMICFRS_Z = 1.96
#: Halvings of an interval no wider than 1; more than a float can show.
_HALVINGS = 60
_MOST_TERMS, _CLOSE, _TINY = 10_000, 1e-15, 1e-300


def wilson(k: int, n: int, level: float = USUAL_LEVEL) -> Interval:
    """Return Wilson's score interval; the default for every single share.

    centre = (k + z²/2) / (n + z²); half = z / (n + z²) · √(k(n−k)/n + z²/4).

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212.

    Raises:
        ValueError: If k of n is no share.
    """
    _check(k, n)
    z = z_for(level)
    centre = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * sqrt(k * (n - k) / n + z * z / 4)
    # At the ends the formula gives exactly 0 and 1, which a float misses by a hair.
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return Interval(low, high)


def clopper_pearson(k: int, n: int, level: float = USUAL_LEVEL) -> Interval:
    """Return the exact interval: at least this sure, and in general surer.

    low is the p with P(X ≥ k | n, p) = α/2, high the p with P(X ≤ k | n, p) = α/2; both found by
    halving, since the tail only grows or only falls with p.

    Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404–413.

    Raises:
        ValueError: If k of n is no share.
    """
    _check(k, n)
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else _where(lambda p: _at_least(k, n, p) >= tail)
    high = 1.0 if k == n else _where(lambda p: _at_least(k + 1, n, p) >= 1 - tail)
    return Interval(low, high)


def wald(k: int, n: int, z: float = HMICFRS_Z) -> Interval:
    """Return the plain normal interval as HMICFRS prints it: p ± 1.96 · √(p(1−p)/n).

    It has no width at 9 of 9 and runs past 100% at 18 of 20, which is left as it is so that a
    reader can see why it is not used (reference, section 1.3).

    Raises:
        ValueError: If k of n is no share.
    """
    _check(k, n)
    rate = k / n
    half = z * sqrt(rate * (1 - rate) / n)
    return Interval(rate - half, rate + half)


def _check(k: int, n: int) -> None:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share.")


def _where(over: Callable[[float], bool]) -> float:
    """Return the first rate at which something that only ever turns true is true."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if over(middle):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _at_least(k: int, n: int, rate: float) -> float:
    """Return P(X ≥ k) for a binomial count of n with this rate, 0 < k ≤ n.

    It is the regularised incomplete beta function I_p(k, n−k+1), from its continued fraction,
    which needs few terms however large n is.

    Source: NIST Digital Library of Mathematical Functions, 8.17.5 and 8.17.22; evaluated as
    W. J. Lentz, Applied Optics 15 (1976), 668–671.
    """
    a, b = float(k), float(n - k + 1)
    if rate in (0.0, 1.0):
        return rate
    if rate > (a + 1) / (a + b + 2):  # the fraction of the other tail is the quicker one
        return 1 - _front(b, a, 1 - rate) * _fraction(b, a, 1 - rate)
    return _front(a, b, rate) * _fraction(a, b, rate)


def _front(a: float, b: float, x: float) -> float:
    beta = lgamma(a) + lgamma(b) - lgamma(a + b)
    return exp(a * log(x) + b * log1p(-x) - beta) / a


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _not_nought(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MOST_TERMS):
        before = value
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_nought(1 + term * d)
            c = _not_nought(1 + term / c)
            value *= c * d
        if abs(value - before) <= _CLOSE * abs(value):
            break
    return value


def _not_nought(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
