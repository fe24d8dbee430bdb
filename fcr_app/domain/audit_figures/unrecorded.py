"""Crimes a year that go unrecorded, as the inspectorate estimates them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor

from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.rates import Rate

#: Printed as "over so many", rounded down to a hundred, or to ten where there are fewer than this:
#: the 2018 inspection has 94,500, 28,100 and 1,890 (reference, section 1.3).
ROUNDED_TO_HUNDREDS_FROM = 2_000


@dataclass(frozen=True, kw_only=True)
class RecordedAYear:
    """Crimes recorded in the 12 months to the end of the period, without fraud.

    Attributes:
        total: None where nobody stated it.
        families: Of them, by family of offences, where stated.
        source: Who says so.
    """

    total: int | None = None
    families: Mapping[Family, int] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class UnrecordedRow:
    """How many crimes a year go unrecorded: R(1-p)/p.

    Attributes:
        recorded_a_year: R.
        value: The estimate, not rounded.
        low: With ``high``: what the ends of the rate's interval give; None without an interval.
    """

    label: str
    recorded_a_year: int
    rate: Rate
    value: float
    low: float | None
    high: float | None

    @property
    def over(self) -> int:
        """The estimate as it is published: rounded down."""
        return rounded_down(self.value)


def rounded_down(value: float) -> int:
    """Return an estimate as it is published: 94,508 is 94,500, and 1,893 is 1,890."""
    step = 100 if value >= ROUNDED_TO_HUNDREDS_FROM else 10
    return floor(value / step) * step


def unrecorded(recorded: float, rate: float) -> float:
    """Return how many crimes went unrecorded for so many that were recorded.

    U = R·(1 − p)/p, since what was recorded is the share p of all that should have been.

    Source: HMICFRS, crime data integrity inspections: explanatory notes, for the definition; the
    algebra is the only one that gives the published figures (reference, section 1.3).

    Raises:
        ValueError: If nothing was recorded of what should have been, which says nothing of R.
    """
    if not 0 < rate <= 1:
        raise ValueError("A rate above nought is needed, and at most one.")
    return recorded * (1 - rate) / rate


def unrecorded_rows(
    year: RecordedAYear, headline: Rate, families: Mapping[str, Rate]
) -> tuple[UnrecordedRow, ...]:
    """Return the estimates for all crimes and for each family whose R is stated."""
    wanted = [("All crimes", year.total, headline)]
    wanted += [
        (family.label, year.families.get(family), families[family.label])
        for family in Family
        if family.label in families
    ]
    return tuple(
        _row(label, recorded, rate) for label, recorded, rate in wanted if recorded and rate.value
    )


def _row(label: str, recorded: int, rate: Rate) -> UnrecordedRow:
    ends = rate.interval
    return UnrecordedRow(
        label=label,
        recorded_a_year=recorded,
        rate=rate,
        value=unrecorded(recorded, rate.value or 1),
        low=unrecorded(recorded, min(ends.high, 1)) if ends else None,
        high=unrecorded(recorded, ends.low) if ends and ends.low > 0 else None,
    )
