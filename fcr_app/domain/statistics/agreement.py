"""How far two reviewers of the same records agree, and how far chance alone would have it so."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from fcr_app.domain.statistics.interval import USUAL_LEVEL, Interval, z_for
from fcr_app.domain.statistics.proportion import wilson


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What two reviewers said of the same question about the same records.

    Attributes:
        agreed: Records of which both said the same, of
        n: all that both reviewed.
        interval: Wilson's, of the share that agreed.
        kappa: 1 for full agreement, 0 for what chance would give, below for less. None where both
            gave one and the same answer throughout: chance would agree as well, and nothing can
            be said of more.
        kappa_interval: None without kappa; and where all agreed, since the formula then knows of
            no error, which so few records don't show.
    """

    agreed: int
    n: int
    rate: float
    interval: Interval
    kappa: float | None
    kappa_interval: Interval | None


def agreement(
    pairs: Sequence[tuple[Hashable, Hashable]], level: float = USUAL_LEVEL
) -> Agreement | None:
    """Return the share that agreed and Cohen's kappa, for any number of answers without an order.

    κ = (p_o − p_e)/(1 − p_e), p_o the share that agreed, p_e = Σ p_i·p'_i what independent
    reviewers with the same shares of answers would agree on. Interval κ ± z·√V, cut off at −1 and
    1, V = (A + B − C)/(n(1−p_e)⁴), with

    * A = Σ p_ii·((1−p_e) − (p_i + p'_i)(1−p_o))²,
    * B = (1−p_o)²·Σ_{i≠j} p_ij·(p'_i + p_j)²,
    * C = (p_o·p_e − 2p_e + p_o)².

    Source: J. Cohen, Educational and Psychological Measurement 20 (1960), 37–46; J. L. Fleiss,
    J. Cohen and B. S. Everitt, Psychological Bulletin 72 (1969), 323–327.

    Args:
        pairs: What the first and the second reviewer said of each record.

    Returns:
        None where no record was reviewed by both.
    """
    if not pairs:
        return None
    n = len(pairs)
    agreed = sum(first == second for first, second in pairs)
    kappa, interval = _kappa(pairs, agreed, level)
    return Agreement(
        agreed=agreed,
        n=n,
        rate=agreed / n,
        interval=wilson(agreed, n, level),
        kappa=kappa,
        kappa_interval=interval,
    )


def _kappa(
    pairs: Sequence[tuple[Hashable, Hashable]], agreed: int, level: float
) -> tuple[float | None, Interval | None]:
    n = len(pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(count * seconds[answer] for answer, count in firsts.items())
    if by_chance == n * n:
        return None, None
    if agreed == n:
        return 1.0, None
    seen, chance = agreed / n, by_chance / n**2
    kappa = (seen - chance) / (1 - chance)
    terms = []
    for (first, second), count in Counter(pairs).items():
        if first == second:
            both = (firsts[first] + seconds[first]) / n
            term = ((1 - chance) - both * (1 - seen)) ** 2
        else:
            term = ((1 - seen) * (seconds[first] + firsts[second]) / n) ** 2
        terms.append(count / n * term)
    spread = fsum(terms) - (seen * chance - 2 * chance + seen) ** 2
    half = z_for(level) * sqrt(max(0.0, spread) / n) / (1 - chance) ** 2
    return kappa, Interval(max(-1.0, kappa - half), min(1.0, kappa + half))
