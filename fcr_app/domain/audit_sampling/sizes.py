"""How many records to draw for a precision, and what precision so many records give.

Precision is half the width of the interval, 0 to 1: ±3 percentage points are 0.03. The interval
meant is the plain normal one with z = 1.96, as in the inspectorate's tables.
"""

from math import ceil, inf, sqrt

from fcr_app.domain.statistics.proportion import HMICFRS_Z

#: What a float adds or takes at a whole number, which must not be rounded up to the next.
_HAIR = 9


def size_for(  # noqa: PLR0913 - the quantities of one formula, by name
    precision: float,
    expected_rate: float,
    *,
    population: int | None = None,
    design_effect: float = 1.0,
    yield_rate: float = 1.0,
    z: float = HMICFRS_Z,
) -> int:
    """Return how many records to draw: n₀ = z²·p(1−p)/e², n = n₀/(1 + (n₀−1)/N), rounded up.

    Then times the design effect, then over the yield, each rounded up: what is counted are crimes
    that should exist, and a record holds fewer or more than one. N is counted in them too. Never
    more than the records there are. The design effect comes after the finite population, as in
    the reference and in common use, which asks for somewhat too many where few records are left.

    Args:
        population: Records in the frame; None where it is large.
        yield_rate: Crimes that should exist for each record: 39 of 50 records are 0.78.

    Source: W. G. Cochran, Sampling Techniques (1977), 4.4; reference, section 2.3.

    Raises:
        ValueError: If a quantity makes no sense.
    """
    _check(expected_rate, population, design_effect, yield_rate)
    if not 0 < precision < 1:
        raise ValueError("A precision lies between 0 and 1.")
    counted = z * z * expected_rate * (1 - expected_rate) / precision**2
    if population is not None:
        if not population:
            return 0
        counted /= 1 + (counted - 1) / (population * yield_rate)
    counted = _up(_up(counted) * design_effect)
    records = max(1, _up(counted / yield_rate))
    return records if population is None else min(records, population)


def precision_of(  # noqa: PLR0913 - the quantities of one formula, by name
    size: int,
    expected_rate: float,
    *,
    population: int | None = None,
    design_effect: float = 1.0,
    yield_rate: float = 1.0,
    z: float = HMICFRS_Z,
) -> float:
    """Return the precision that so many records give; 0 where all are examined.

    ``size_for`` turned round: n = records · yield / design effect, n₀ = n(N−1)/(N−n),
    e = z·√(p(1−p)/n₀). Infinite for no record.

    Raises:
        ValueError: If a quantity makes no sense.
    """
    _check(expected_rate, population, design_effect, yield_rate)
    if size < 0:
        raise ValueError("A sample has no fewer than nought records.")
    if population is not None and size >= population:
        return 0.0
    if size == 0:
        return inf
    counted = size * yield_rate / design_effect
    spread = expected_rate * (1 - expected_rate)
    if population is None:
        return z * sqrt(spread / counted)
    whole = population * yield_rate
    return z * sqrt(spread * max(0.0, whole - counted) / (counted * (whole - 1)))


def _check(
    expected_rate: float, population: int | None, design_effect: float, yield_rate: float
) -> None:
    if not 0 < expected_rate < 1:
        raise ValueError("An expected rate lies between 0 and 1.")
    if population is not None and population < 0:
        raise ValueError("A frame has no fewer than nought records.")
    if not (0 < design_effect < inf and 0 < yield_rate < inf):
        raise ValueError("A design effect and a yield lie above nought.")


def _up(value: float) -> int:
    return ceil(round(value, _HAIR))
