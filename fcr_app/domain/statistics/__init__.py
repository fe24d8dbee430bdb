"""Statistics of counts: shares, samples, comparisons, agreement and change over time.

Standard library only. Each function's docstring has its formula and where that comes from; the
tests check every one of them against another implementation (docs/decisions). All intervals are
two-sided, at 95% unless another level is asked for.
"""

from fcr_app.domain.statistics.agreement import Agreement, agreement
from fcr_app.domain.statistics.change import difference
from fcr_app.domain.statistics.clusters import Record, horvitz_thompson_rate, ratio_rate
from fcr_app.domain.statistics.control_chart import (
    ChartedPoint,
    ControlLimits,
    ControlMethod,
    Counts,
    control_limits,
)
from fcr_app.domain.statistics.estimate import ALL_EXAMINED, Estimate, wilson_effective
from fcr_app.domain.statistics.finite import simple_rate, wald_fpc, wilson_finite
from fcr_app.domain.statistics.interval import Interval, z_for
from fcr_app.domain.statistics.layers import Layer, stratified_rate
from fcr_app.domain.statistics.pareto import Cause, pareto
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
from fcr_app.domain.statistics.unrecorded import (
    additionally_recorded,
    rounded_down,
    unrecorded_a_year,
    unrecorded_interval,
)

__all__ = [
    "ALL_EXAMINED",
    "Agreement",
    "Cause",
    "ChartedPoint",
    "Comparison",
    "ControlLimits",
    "ControlMethod",
    "Counted",
    "Counts",
    "Estimate",
    "Homogeneity",
    "Interval",
    "Layer",
    "Record",
    "Stratum",
    "additionally_recorded",
    "agreement",
    "clopper_pearson",
    "control_limits",
    "difference",
    "half_up",
    "homogeneity",
    "horvitz_thompson_rate",
    "mantel_haenszel",
    "newcombe_difference",
    "pareto",
    "per_cent",
    "rate_ratio",
    "ratio_rate",
    "risk_ratio",
    "rounded_down",
    "simple_rate",
    "stratified_rate",
    "unrecorded_a_year",
    "unrecorded_interval",
    "wald",
    "wald_fpc",
    "wilson",
    "wilson_effective",
    "wilson_finite",
    "z_for",
]
