"""Statistics of counts: shares, comparisons of two shares, comparisons across strata.

Standard library only. Each function's docstring has its formula and where that comes from; the
tests check every one of them against another implementation (docs/decisions). All intervals are
two-sided, at 95% unless another level is asked for.
"""

from fcr_app.domain.statistics.interval import Interval, z_for
from fcr_app.domain.statistics.printing import half_up, per_cent
from fcr_app.domain.statistics.proportion import clopper_pearson, wald, wilson
from fcr_app.domain.statistics.stratified import (
    Homogeneity,
    Stratum,
    homogeneity,
    mantel_haenszel,
)
from fcr_app.domain.statistics.two_rates import (
    Comparison,
    Counted,
    newcombe_difference,
    rate_ratio,
    risk_ratio,
)

__all__ = [
    "Comparison",
    "Counted",
    "Homogeneity",
    "Interval",
    "Stratum",
    "clopper_pearson",
    "half_up",
    "homogeneity",
    "mantel_haenszel",
    "newcombe_difference",
    "per_cent",
    "rate_ratio",
    "risk_ratio",
    "wald",
    "wilson",
    "z_for",
]
