"""Is a rate over time moved by chance alone, or did something happen?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import fsum, sqrt

from fcr_app.domain.statistics.stratified import chi_squared_beyond

#: Limits are so many standard errors away (W. A. Shewhart, 1931).
LIMITS_AT = 3
#: So many points in a row on one side of the centre are a shift.
RUN_LENGTH = 8
#: With fewer points how far they vary can't be told from how far chance has them vary. Ours.
LANEY_FROM = 12
#: Points vary more, or less, than chance would have it in fewer cases than this. Ours.
_UNLIKELY = 0.05
#: The mean moving range of two independent normal values is so many standard deviations.
_MOVING_RANGE = 1.128


class ControlMethod(StrEnum):
    """How the limits of a control chart are worked out."""

    P = "p"
    LANEY = "laney"

    @property
    def label(self) -> str:
        """The method in words."""
        return {
            "p": "p chart: limits at three standard errors of the rate",
            "laney": "Laney p′ chart: limits at three standard errors, scaled by how far the "
            "points vary from one to the next",
        }[self.value]


@dataclass(frozen=True)
class Counts:
    """One point in time: k of n."""

    label: str
    k: int
    n: int

    def __post_init__(self) -> None:
        if self.n < 1 or not 0 <= self.k <= self.n:
            raise ValueError(f"{self.k} of {self.n} is no share.")


@dataclass(frozen=True, kw_only=True)
class ChartedPoint:
    """One point with its limits.

    Attributes:
        rate: From 0 to 1, as are
        low: the lower limit and
        high: the upper limit, both cut off at 0 and 1.
        outside: Beyond a limit.
        in_run: One of eight or more in a row on the same side of the centre.
    """

    label: str
    k: int
    n: int
    rate: float
    low: float
    high: float
    outside: bool
    in_run: bool

    @property
    def signals(self) -> bool:
        """Whether chance is a poor explanation."""
        return self.outside or self.in_run


@dataclass(frozen=True, kw_only=True)
class ControlLimits:
    """A control chart.

    Attributes:
        centre: All that was counted, out of all: Σk/Σn.
        sigma_z: How far points vary from one to the next, where 1 is what chance has them do;
            None where it can't be told, with fewer than two points or no spread at all.
    """

    method: ControlMethod
    centre: float
    sigma_z: float | None
    points: tuple[ChartedPoint, ...]


def control_limits(
    points: Sequence[Counts], method: ControlMethod | None = None
) -> ControlLimits | None:
    """Return a control chart, p or Laney's p′, or None without a point.

    p: p̄ ± 3·√(p̄(1−p̄)/n_i). p′: the same times σ_z, the mean moving range of
    z_i = (p_i−p̄)/√(p̄(1−p̄)/n_i) over 1.128. Unless one is asked for it is p′ where there are
    twelve points or more and Σz² is, by chi-squared, beyond what chance gives in 95 of 100 cases
    or below what it gives in 5: with large counts the p chart has nearly all points outside,
    since rates also vary otherwise than by chance.

    Source: W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931); D. B.
    Laney, Quality Engineering 14 (2002), 531–537; eight in a row: Western Electric, Statistical
    Quality Control Handbook (1956). A point on the centre ends a run.
    """
    if not points:
        return None
    k, n = sum(one.k for one in points), sum(one.n for one in points)
    centre = k / n
    scores = [_score(one, centre) for one in points] if 0 < k < n else []
    sigma_z = _sigma_z(scores)
    if method is None:
        method = ControlMethod.LANEY if _varies_otherwise(scores) else ControlMethod.P
    scale = sigma_z if method is ControlMethod.LANEY and sigma_z is not None else 1.0
    runs = _runs([_side(one, k, n) for one in points])
    return ControlLimits(
        method=method,
        centre=centre,
        sigma_z=sigma_z,
        points=tuple(
            _charted(one, centre, scale, in_run) for one, in_run in zip(points, runs, strict=True)
        ),
    )


def _error(point: Counts, centre: float) -> float:
    return sqrt(centre * (1 - centre) / point.n)


def _score(point: Counts, centre: float) -> float:
    return (point.k / point.n - centre) / _error(point, centre)


def _sigma_z(scores: Sequence[float]) -> float | None:
    ranges = [abs(b - a) for a, b in pairwise(scores)]
    return fsum(ranges) / len(ranges) / _MOVING_RANGE if ranges else None


def _varies_otherwise(scores: Sequence[float]) -> bool:
    if len(scores) < LANEY_FROM:
        return False
    beyond = chi_squared_beyond(fsum(z * z for z in scores), len(scores) - 1)
    return not _UNLIKELY <= beyond <= 1 - _UNLIKELY


def _charted(point: Counts, centre: float, scale: float, in_run: bool) -> ChartedPoint:
    rate, half = point.k / point.n, LIMITS_AT * scale * _error(point, centre)
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return ChartedPoint(
        label=point.label,
        k=point.k,
        n=point.n,
        rate=rate,
        low=low,
        high=high,
        outside=not low <= rate <= high,
        in_run=in_run,
    )


def _side(point: Counts, k: int, n: int) -> int:
    """Return 1 above the centre, -1 below, 0 on it; in whole numbers, which are exact."""
    return (point.k * n > k * point.n) - (point.k * n < k * point.n)


def _runs(sides: Sequence[int]) -> list[bool]:
    found = [False] * len(sides)
    first = 0
    for at in range(1, len(sides) + 1):
        if at < len(sides) and sides[at] == sides[first]:
            continue
        if sides[first] and at - first >= RUN_LENGTH:
            found[first:at] = [True] * (at - first)
        first = at
    return found
