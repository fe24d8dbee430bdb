"""One ratio across strata: what is left of a gap once like is compared with like.

Groups may differ only because they report different crimes. Mantel and Haenszel compare within
each stratum (here: offence group) and put the comparisons together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt

from fcr_app.domain.statistics.interval import USUAL_LEVEL, Interval, z_for
from fcr_app.domain.statistics.two_rates import CONTINUITY, Comparison, Counted

#: Below this the strata are said to differ, so one ratio for all hides something.
DIFFERS_BELOW = 0.05


@dataclass(frozen=True)
class Stratum:
    """Two shares of the same stratum: the group's, and those it is compared with."""

    a: Counted
    b: Counted

    @property
    def informative(self) -> bool:
        """Whether anything can be compared: somebody in both, and the event somewhere."""
        return bool(self.a.n and self.b.n and (self.a.k or self.b.k))


@dataclass(frozen=True)
class Homogeneity:
    """Whether the ratio is the same in all strata.

    Attributes:
        p_value: How often strata would differ at least this much if their true ratios were equal.
    """

    statistic: float
    degrees: int
    p_value: float

    @property
    def differs(self) -> bool:
        """Whether one ratio for all strata hides that they differ."""
        return self.p_value < DIFFERS_BELOW


def mantel_haenszel(strata: Sequence[Stratum], level: float = USUAL_LEVEL) -> Comparison | None:
    """Return the pooled risk ratio, or None where no stratum can be compared.

    RR = Σ(k₁n₂/N) / Σ(k₂n₁/N), with N = n₁ + n₂ in each stratum. The interval is
    exp(ln RR ± z·√V), V = Σ((m·n₁n₂ − k₁k₂N)/N²) / (Σ(k₁n₂/N) · Σ(k₂n₁/N)), m = k₁ + k₂.

    Where one of the two sums is nought there is no logarithm: a half is then added to the counts
    of every stratum (and one to its totals), which the result says.

    Source: N. Mantel and W. Haenszel, Journal of the National Cancer Institute 22 (1959),
    719–748; variance: S. Greenland and J. M. Robins, Biometrics 41 (1985), 55–68.
    """
    cells = [_cells(one) for one in strata if one.informative]
    if not cells:
        return None
    corrected = not (any(k1 for k1, *_ in cells) and any(k2 for _, _, k2, _ in cells))
    if corrected:
        cells = [
            (k1 + CONTINUITY, n1 + 2 * CONTINUITY, k2 + CONTINUITY, n2 + 2 * CONTINUITY)
            for k1, n1, k2, n2 in cells
        ]
    over = sum(k1 * n2 / (n1 + n2) for k1, n1, k2, n2 in cells)
    under = sum(k2 * n1 / (n1 + n2) for k1, n1, k2, n2 in cells)
    spread = sum(
        ((k1 + k2) * n1 * n2 - k1 * k2 * (n1 + n2)) / (n1 + n2) ** 2 for k1, n1, k2, n2 in cells
    )
    ratio = over / under
    half = z_for(level) * sqrt(max(0.0, spread / (over * under)))
    interval = Interval(exp(log(ratio) - half), exp(log(ratio) + half))
    return Comparison(ratio, interval, corrected)


def homogeneity(strata: Sequence[Stratum]) -> Homogeneity | None:
    """Return a test that the ratio is the same in all strata; None for fewer than two to compare.

    Q = Σ wᵢ(ln RRᵢ − mean)², with wᵢ = 1/Var(ln RRᵢ) and the mean weighted alike; chi-squared
    with one degree fewer than strata. Strata in which one count is nought get a half in each cell.

    Source: B. Woolf, Annals of Human Genetics 19 (1955), 251–253, for the ratio of shares as in
    Rothman, Greenland and Lash, Modern Epidemiology (2008), chapter 15. (Breslow and Day's test
    is for odds ratios.)
    """
    terms = [_log_ratio(one) for one in strata if one.informative]
    terms = [(ratio, variance) for ratio, variance in terms if variance > 0]
    if len(terms) < 2:  # noqa: PLR2004 - one alone differs from nothing
        return None
    weights = [1 / variance for _, variance in terms]
    mean = sum(w * ratio for w, (ratio, _) in zip(weights, terms, strict=True)) / sum(weights)
    q = sum(w * (ratio - mean) ** 2 for w, (ratio, _) in zip(weights, terms, strict=True))
    return Homogeneity(q, len(terms) - 1, chi_squared_beyond(q, len(terms) - 1))


def chi_squared_beyond(value: float, degrees: int) -> float:
    """Return the chance that a chi-squared variable with so many degrees exceeds a value.

    Q(degrees/2, value/2), the upper regularised gamma function, from its value at ½ or 1 by the
    recurrence Q(s+1, x) = Q(s, x) + x^s·e^(−x)/Γ(s+1).

    Source: NIST Digital Library of Mathematical Functions, 8.4.4, 8.4.6 and 8.8.6.
    """
    x = value / 2
    if x <= 0:
        return 1.0
    s, beyond = (1.0, exp(-x)) if degrees % 2 == 0 else (0.5, erfc(sqrt(x)))
    while s < degrees / 2:
        beyond += exp(s * log(x) - x - lgamma(s + 1))
        s += 1
    return min(1.0, beyond)


def _cells(one: Stratum) -> tuple[float, float, float, float]:
    return float(one.a.k), float(one.a.n), float(one.b.k), float(one.b.n)


def _log_ratio(one: Stratum) -> tuple[float, float]:
    k1, n1, k2, n2 = _cells(one)
    if not (k1 and k2):
        k1, n1, k2, n2 = (value + CONTINUITY for value in (k1, n1, k2, n2))
    return log((k1 / n1) / (k2 / n2)), 1 / k1 - 1 / n1 + 1 / k2 - 1 / n2
