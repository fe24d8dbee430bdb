"""What the 2018 inspection of the Metropolitan Police printed, from its own counts.

The counts and figures are in the reference on audit statistics, sections 1.3 and 3, and in the
data of the published inspection. Two can't be had from the counts, which is tested as well: the
interval overall, and that of sexual offences from the 325 of them whose timeliness was told.
"""

from math import ceil, floor

import pytest

from fcr_app.domain.statistics import (
    Interval,
    additionally_recorded,
    clopper_pearson,
    half_up,
    per_cent,
    rounded_down,
    unrecorded_a_year,
    unrecorded_interval,
    wald,
    wald_fpc,
    wilson,
)


def plus_minus(interval: Interval) -> str:
    """Return half an interval in percentage points, as HMICFRS prints it."""
    return half_up((interval.high - interval.low) * 50, 2)


@pytest.mark.parametrize(
    ("k", "n", "rate", "printed"),
    [(459, 524, "87.6%", "2.82"), (343, 377, "91.0%", "2.89")],
)
def test_the_rate_of_an_offence_group_and_its_interval(
    k: int, n: int, rate: str, printed: str
) -> None:
    assert (per_cent(k / n), plus_minus(wald(k, n))) == (rate, printed)


def test_the_interval_overall_is_not_that_of_a_simple_sample() -> None:
    """Published as ±1.64 of 1,396 at 89.5 per cent."""
    recorded = round(0.895 * 1_396)
    assert (per_cent(recorded / 1_396), plus_minus(wald(recorded, 1_396))) == ("89.5%", "1.61")


def test_325_of_357_prints_as_published_only_of_a_frame_of_a_certain_size() -> None:
    assert plus_minus(wald(325, 357)) == "2.96"
    fits = [size for size in range(357, 20_000) if plus_minus(wald_fpc(325, 357, size)) == "2.89"]
    assert (fits[0], fits[-1], len(fits)) == (6_831, 7_817, 7_817 - 6_831 + 1)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (230, 271, "80.12%", "88.65%"),
        (34, 48, "56.82%", "81.76%"),
        (14, 20, "48.10%", "85.45%"),
        (36, 39, "79.68%", "97.35%"),
    ],
)
def test_the_smaller_checks_get_wilsons_interval(k: int, n: int, low: str, high: str) -> None:
    """As scipy gives it; wald runs past 100% for 36 of 39."""
    interval = wilson(k, n)
    assert (per_cent(interval.low, 2), per_cent(interval.high, 2)) == (low, high)
    assert clopper_pearson(k, n).low < interval.low


# --- unrecorded a year ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "recorded", "published"),
    [
        (0.895, 805_500, 94_500),
        (459 / 524, 198_800, 28_100),
        (343 / 377, 19_100, 1_890),
    ],
    ids=["overall", "violence", "sexual"],
)
def test_the_published_estimates(rate: float, recorded: int, published: int) -> None:
    assert rounded_down(unrecorded_a_year(rate, recorded)) == published


@pytest.mark.parametrize(
    ("printed", "published", "step", "least", "most"),
    [
        (0.895, 94_500, 100, 801_235, 810_663),
        (0.876, 28_100, 100, 197_603, 200_140),
        (0.910, 1_890, 10, 18_994, 19_329),
    ],
    ids=["overall", "violence", "sexual"],
)
def test_the_crimes_recorded_that_the_published_estimates_imply(
    printed: float, published: int, step: int, least: int, most: int
) -> None:
    """From the lowest rate that prints so and the estimate itself, to the highest and the next."""

    def implied(rate: float, estimate: int) -> float:
        return estimate * rate / (1 - rate)

    low, high = printed - 0.0005, printed + 0.0005
    assert round(implied(low, published)) == least
    assert round(implied(high, published + step)) == most
    for rate, recorded in ((low, ceil(least + 0.5)), (high, floor(most - 0.5))):
        assert rounded_down(unrecorded_a_year(rate, recorded)) == published


def test_the_share_that_is_unrecorded_is_of_what_should_be_and_not_of_what_is() -> None:
    assert pytest.approx(84_577.5) == 805_500 * (1 - 0.895)
    assert unrecorded_a_year(0.895, 805_500) == pytest.approx(94_500)


def test_the_interval_of_the_estimate() -> None:
    found = unrecorded_interval(Interval(0.895 - 0.0164, 0.895 + 0.0164), 805_500)
    assert (round(found.low), round(found.high)) == (78_305, 111_299)


def test_crimes_additionally_recorded_since_the_last_inspection() -> None:
    """North Yorkshire: over 6,100, with 80.1 and then 92.8 per cent."""
    assert rounded_down(additionally_recorded(44_600, 0.801, 0.928)) == 6_100
    assert additionally_recorded(1_000, 0.9, 0.8) < 0
