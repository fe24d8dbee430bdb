"""A rate of crimes where what was drawn are records, each with none, one or several crimes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from fcr_app.domain.statistics.estimate import ALL_EXAMINED, Estimate, wilson_effective
from fcr_app.domain.statistics.interval import USUAL_LEVEL

#: Squares smaller than this share of those they come from are rounding.
_DUST = 1e-24
RATIO = "Ratio of crimes in records drawn, Wilson interval with effective n"
HORVITZ_THOMPSON = "Weighted by the chance of being drawn, Wilson interval with effective n"


@dataclass(frozen=True)
class Record:
    """A record that was drawn.

    Attributes:
        recorded: Crimes that were recorded, of those that
        should: should have been; nought for a record without a crime, which counts all the same.
        probability: How likely the record was to be drawn, above 0 and at most 1.
    """

    recorded: int
    should: int
    probability: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.recorded <= self.should:
            raise ValueError(f"{self.recorded} of {self.should} is no share.")
        if not 0 < self.probability <= 1:
            raise ValueError("A record was drawn with a chance above 0, and at most 1.")


def ratio_rate(
    pairs: Sequence[tuple[int, int]],
    population: int | None = None,
    level: float = USUAL_LEVEL,
) -> Estimate:
    """Return recorded crimes over those that should exist, with records as what was drawn.

    p = Σy/Σx, variance (1−f)/(n·x̄²) · Σ(y−p·x)²/(n−1), by Taylor: crimes of one record tend to
    fare alike, which a count of crimes takes no notice of. n are the records, f = n/N.

    Where the variance can't be seen, since all crimes fared alike or one record was drawn, crimes
    of one record are taken to be one: effective n = (Σx)²/((1−f)·Σx²) (Kish, for crimes wholly
    alike).

    Args:
        pairs: Recorded, and should have been, for each record drawn, those without any included.
        population: Records in the frame; None where it is large.

    Source: W. G. Cochran, Sampling Techniques (1977), 2.11 and 6.4; reference, section 3.

    Raises:
        ValueError: If no record drawn has a crime, or the frame has fewer records than the sample.
    """
    if population is not None and population < len(pairs):
        raise ValueError("More records were drawn than there are.")
    left = 1.0 if population is None else 1 - len(pairs) / max(1, population)
    return _estimate([Record(*pair) for pair in pairs], [left] * len(pairs), RATIO, level)


def horvitz_thompson_rate(drawn: Sequence[Record], level: float = USUAL_LEVEL) -> Estimate:
    """Return the rate from records that were not all as likely to be drawn.

    p = Σ(y/π) / Σ(x/π). With e = (y−p·x)/π and a = Σ(1−π)e/Σ(1−π), the variance is
    n/(n−1) · Σ(1−π)(e−a)² / (Σx/π)², which needs no chance of two records being drawn together.
    It is the ratio estimator's where all chances are equal. Where strata were drawn from apart it
    takes no notice of them and is then somewhat too large.

    Source: D. G. Horvitz and D. J. Thompson, Journal of the American Statistical Association 47
    (1952), 663–685; variance: J. Hájek, Annals of Mathematical Statistics 35 (1964), 1491–1523;
    of a ratio: C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling (1992),
    5.7.

    Raises:
        ValueError: If no record drawn has a crime.
    """
    left = [1 - one.probability for one in drawn]
    return _estimate(drawn, left, HORVITZ_THOMPSON, level)


def _estimate(
    drawn: Sequence[Record], left: Sequence[float], method: str, level: float
) -> Estimate:
    """Work out both; ``left`` is the share of the frame that each record leaves unexamined."""
    whole = fsum(one.should / one.probability for one in drawn)
    if not whole:
        raise ValueError("No record that was drawn has a crime, so there is no rate.")
    k, n = sum(one.recorded for one in drawn), sum(one.should for one in drawn)
    # Added up apart, so that a rate of 0 or 1 is exactly that.
    missing = fsum((one.should - one.recorded) / one.probability for one in drawn)
    rate = 1 - missing / whole if missing else 1.0
    rate = rate if k else 0.0
    variance = _variance(drawn, left, rate) / whole**2
    effective: float | None = None
    if any(left):
        effective = rate * (1 - rate) / variance if variance else _wholly_alike(drawn, left)
    spread = rate * (1 - rate)
    return Estimate(
        rate=rate,
        k=k,
        n=n,
        variance=variance,
        interval=None if effective is None else wilson_effective(rate, effective, level),
        design_effect=n / effective if effective and spread and variance else None,
        effective_n=effective,
        method=ALL_EXAMINED if effective is None else method,
    )


def _variance(drawn: Sequence[Record], left: Sequence[float], rate: float) -> float:
    if len(drawn) < 2 or not any(left):  # noqa: PLR2004 - one alone has no spread
        return 0.0
    errors = [(one.recorded - rate * one.should) / one.probability for one in drawn]
    middle = fsum(part * e for part, e in zip(left, errors, strict=True)) / fsum(left)
    squares = fsum(part * (e - middle) ** 2 for part, e in zip(left, errors, strict=True))
    found = len(drawn) / (len(drawn) - 1) * squares
    # What floats leave of nought is nought.
    scale = fsum((one.should / one.probability) ** 2 for one in drawn)
    return found if found > _DUST * scale else 0.0


def _wholly_alike(drawn: Sequence[Record], left: Sequence[float]) -> float:
    crimes = fsum(one.should / one.probability for one in drawn)
    squares = fsum(
        part * (one.should / one.probability) ** 2 for one, part in zip(drawn, left, strict=True)
    )
    return crimes**2 / squares if squares else crimes
