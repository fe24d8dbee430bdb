"""How many records an audit draws, and why that many; in words, since both are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from fcr_app.domain.audit_sampling import Allocation, DrawRule, Method, Spread, method_for, size_for

#: Reserves for records that can't be examined: a tenth of the sample, and a few at least. Ours.
RESERVE_SHARE = 0.1
LEAST_RESERVES = 5


@dataclass(frozen=True, kw_only=True)
class SizeAsked:
    """What the plan says of the sample of an audit.

    Attributes:
        precision: Half the interval that is wanted, 0 to 1; None where the number is fixed.
        rates: The rate found earlier in each stratum, 0 to 1, for Neyman’s allocation.
    """

    method: Method
    allocation: Allocation = Allocation.PROPORTIONAL
    fixed_size: int | None = None
    census_below: int | None = None
    precision: float | None = None
    expected_rate: float = 0.9
    yield_rate: float = 1.0
    design_effect: float = 1.0
    rates: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SampleSize:
    """How a sample is drawn, and why it has the size it has.

    Attributes:
        wanted: Records in all that were wanted, before strata that have fewer.
    """

    rule: DrawRule
    wanted: int
    why: str


def sample_size(asked: SizeAsked, strata: Mapping[str, int]) -> SampleSize:
    """Return how many records to draw from a frame.

    Args:
        strata: How many records each stratum of the frame has; one where it is not divided.
    """
    population = sum(strata.values())
    size, why = _size(asked, population, len(strata))
    method = method_for(asked.method, population, size=size, census_below=asked.census_below)
    if method is Method.FIXED and all(size >= count for count in strata.values()):
        method = Method.CENSUS
    if method is Method.CENSUS:
        return SampleSize(
            rule=DrawRule(method=method), wanted=population, why=_why_all(asked, population, why)
        )
    total = size * max(1, len(strata)) if method is Method.FIXED else size
    return SampleSize(
        rule=DrawRule(
            method=method,
            size=size,
            reserves=max(LEAST_RESERVES, ceil(round(total * RESERVE_SHARE, 9))),
            spread=Spread(
                allocation=asked.allocation,
                rates=asked.rates,
                expected_rate=asked.expected_rate,
            ),
        ),
        wanted=total,
        why=why,
    )


def _size(asked: SizeAsked, population: int, strata: int) -> tuple[int, str]:
    if asked.method is Method.CENSUS:
        return population, "The plan has every record examined."
    if asked.method is Method.FIXED or asked.precision is None:
        size = asked.fixed_size or 0
        each = f" from each of {strata} strata" if strata > 1 else ""
        return size, f"The plan fixes {size:,} records{each}."
    size = size_for(
        asked.precision,
        asked.expected_rate,
        population=population,
        design_effect=asked.design_effect,
        yield_rate=asked.yield_rate,
    )
    said = (
        f"{size:,} of {population:,} records give plus or minus "
        f"{asked.precision * 100:.3g} percentage points at an expected rate of "
        f"{asked.expected_rate * 100:.3g} per cent"
    )
    if asked.yield_rate != 1:
        said += f", {asked.yield_rate:.3g} crimes for each record"
    if asked.design_effect != 1:
        said += f", a design effect of {asked.design_effect:.3g}"
    return size, f"{said}."


def _why_all(asked: SizeAsked, population: int, why: str) -> str:
    if not population:
        return "There was no record in these days."
    if asked.method is Method.CENSUS:
        return why
    if asked.census_below is not None and population < asked.census_below:
        return (
            f"All {population:,} records are examined: the plan says so below "
            f"{asked.census_below:,}."
        )
    return f"All {population:,} records are examined: the sample would take as many."
