"""An interval, and the number of standard errors that a level of confidence asks for."""

from dataclasses import dataclass
from statistics import NormalDist

#: What HMICFRS and everybody else prints: 19 intervals out of 20 hold the true value.
USUAL_LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """From where to where a true value may be, at a level of confidence."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Say whether a value lies within, ends included."""
        return self.low <= value <= self.high


def z_for(level: float = USUAL_LEVEL) -> float:
    """Return the two-sided normal quantile: 1.95996 for 0.95.

    Raises:
        ValueError: If the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError("A level of confidence lies between 0 and 1.")
    return NormalDist().inv_cdf((1 + level) / 2)
