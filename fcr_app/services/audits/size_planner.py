"""The size planner: how many records for a precision, and what precision for so many records."""

from dataclasses import dataclass

from fcr_app.domain.audit_sampling import precision_of, size_for
from fcr_app.errors import InvalidValue, InvalidValues

#: Precisions that stand in the table beside the one that was asked for, 0 to 1.
SHOWN = (0.01, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1)
MOST_RECORDS = 10_000_000


@dataclass(frozen=True, kw_only=True)
class SizeAsked:
    """What is known of a sample that is planned.

    Attributes:
        population: Records in the frame; None where there are very many.
        rate: The rate that is expected, 0 to 1.
        precision: Half the interval wanted, 0 to 1.
        size: Records that can be examined; None where it is not asked what they give.
    """

    population: int | None = None
    rate: float = 0.9
    precision: float = 0.05
    size: int | None = None
    yield_rate: float = 1.0
    effect: float = 1.0


@dataclass(frozen=True, kw_only=True)
class SizePlan:
    """What a sample of a size gives.

    Attributes:
        records: Records to draw for the precision that was asked for.
        gives: The precision that so many records give, 0 to 1; None where that was not asked. 0
            where it is every record.
        others: Records to draw for other precisions.
    """

    asked: SizeAsked
    records: int
    gives: float | None
    others: tuple[tuple[float, int], ...]


def plan_size(asked: SizeAsked) -> SizePlan:
    """Return how many records a precision takes, and what precision a number of records gives.

    Raises:
        InvalidValues: If a quantity makes no sense.
    """
    if problems := list(_problems(asked)):
        raise InvalidValues(problems)
    gives = None
    if asked.size is not None:
        gives = precision_of(
            asked.size,
            asked.rate,
            population=asked.population,
            design_effect=asked.effect,
            yield_rate=asked.yield_rate,
        )
    return SizePlan(
        asked=asked,
        records=_size(asked, asked.precision),
        gives=gives,
        others=tuple((one, _size(asked, one)) for one in SHOWN),
    )


def _size(asked: SizeAsked, precision: float) -> int:
    return size_for(
        precision,
        asked.rate,
        population=asked.population,
        design_effect=asked.effect,
        yield_rate=asked.yield_rate,
    )


def _problems(asked: SizeAsked) -> list[InvalidValue]:
    checks = (
        (
            asked.population is None or 1 <= asked.population <= MOST_RECORDS,
            "population",
            f"Enter a number of records from 1 to {MOST_RECORDS:,}.",
        ),
        (0 < asked.rate < 1, "rate", "Enter a rate between 0 and 100 per cent, such as 90."),
        (
            0 < asked.precision < 1,
            "precision",
            "Enter a precision between 0 and 100 percentage points, such as 5.",
        ),
        (
            asked.size is None or 1 <= asked.size <= MOST_RECORDS,
            "size",
            f"Enter a number of records from 1 to {MOST_RECORDS:,}.",
        ),
        (
            0.01 <= asked.yield_rate <= 100,  # noqa: PLR2004 - a hundredth and a hundred
            "yield_rate",
            "Enter crimes for each record from 0.01 to 100.",
        ),
        (
            0.1 <= asked.effect <= 100,  # noqa: PLR2004 - a tenth and a hundred
            "effect",
            "Enter a design effect from 0.1 to 100.",
        ),
    )
    return [InvalidValue(text, field=name) for right, name, text in checks if not right]
