"""How many crimes a year go unrecorded, from a rate and what was recorded; as it is published."""

from math import floor, inf

from fcr_app.domain.statistics.interval import Interval

#: What an estimate is rounded down to, by what it is at least. The inspectorate printed 94,500,
#: 28,100 and 6,100, and 1,890: hundreds, and tens for a small one (reference, section 1.3). Where
#: between 1,890 and 6,100 it changes is not published; below 100 is this system's own.
STEPS = ((5_000, 100), (100, 10), (0, 1))
#: What floats take from a whole number must not cost a hundred crimes.
_HAIR = 6


def unrecorded_a_year(rate: float, recorded: int) -> float:
    """Return U = R·(1−p)/p: of R/p crimes that should have been recorded, R were.

    R are the crimes recorded in the twelve months to the end of the audit's period, without fraud.
    Only what the audit's frame covers is estimated.

    Source: HMICFRS, crime data integrity, explanatory notes; reference, section 1.3.

    Raises:
        ValueError: If the rate is not above 0 and at most 1, or R is below nought.
    """
    if not 0 < rate <= 1 or recorded < 0:
        raise ValueError("What is unrecorded follows from a rate above 0, at most 1, and a count.")
    return recorded * (1 - rate) / rate


def unrecorded_interval(interval: Interval, recorded: int) -> Interval:
    """Return the interval of what is unrecorded: R(1−p)/p at each end of that of the rate.

    From nought where the rate's runs to 1 or past it; without an end where the rate's runs to 0.
    R is taken as certain.

    Source: reference, section 1.3; the function only falls, so the ends change places.
    """
    low, high = interval.high, interval.low
    return Interval(
        unrecorded_a_year(min(low, 1.0), recorded) if low > 0 else inf,
        unrecorded_a_year(high, recorded) if high > 0 else inf,
    )


def additionally_recorded(recorded: int, old_rate: float, new_rate: float) -> float:
    """Return how many more crimes a year are recorded than at the old rate: R·(1 − p₀/p₁).

    Below nought where the rate fell.

    Args:
        recorded: Crimes recorded in the twelve months to the end of the new audit's period.

    Source: HMICFRS, crime data integrity, explanatory notes; reference, section 1.3.

    Raises:
        ValueError: If the new rate is not above 0 and at most 1.
    """
    if not 0 < new_rate <= 1 or not 0 <= old_rate <= 1:
        raise ValueError("Rates lie between 0 and 1, and the new one above 0.")
    return recorded * (1 - old_rate / new_rate)


def rounded_down(value: float) -> int:
    """Return an estimate as it is published after "over": 94,577 is over 94,500.

    Down to hundreds from 5,000, to tens from 100, and to a whole number below that.

    Raises:
        ValueError: If it is below nought or without an end.
    """
    if not 0 <= value < inf:
        raise ValueError("Only an estimate of nought or more can be rounded down.")
    whole = floor(round(value, _HAIR))
    step = next(step for least, step in STEPS if whole >= least)
    return whole // step * step
