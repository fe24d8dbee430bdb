"""Crimes a year that go unrecorded, as the inspectorate estimates them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.rates import Rate
from fcr_app.domain.statistics import rounded_down, unrecorded_a_year, unrecorded_interval


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
        low: With ``high``: what the ends of the rate's interval give; None without an interval,
            and ``high`` where there is no end.
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
    ends = unrecorded_interval(rate.interval, recorded) if rate.interval else None
    return UnrecordedRow(
        label=label,
        recorded_a_year=recorded,
        rate=rate,
        value=unrecorded_a_year(rate.value or 1, recorded),
        low=ends.low if ends else None,
        high=ends.high if ends and ends.high < inf else None,
    )
