"""Our own statistics beside scipy, statsmodels and published examples.

What statsmodels 0.15.0 gives was worked out once and is written here: it would bring pandas and
patsy for one number (docs/decisions).
"""

from random import Random

import pytest
from hypothesis import given, settings, strategies as st
from scipy.stats import binomtest, chi2, norm
from scipy.stats.contingency import relative_risk

from fcr_app.domain.statistics import (
    Counted,
    Stratum,
    clopper_pearson,
    half_up,
    homogeneity,
    mantel_haenszel,
    newcombe_difference,
    per_cent,
    rate_ratio,
    risk_ratio,
    wald,
    wilson,
    z_for,
)
from fcr_app.domain.statistics.stratified import chi_squared_beyond

#: The published UGDP trial of tolbutamide, by age: deaths of those treated, and of the others.
TOLBUTAMIDE = (
    Stratum(Counted(8, 106), Counted(5, 120)),
    Stratum(Counted(22, 98), Counted(16, 85)),
)


@st.composite
def shares(draw: st.DrawFn, most: int = 400) -> Counted:
    n = draw(st.integers(1, most))
    return Counted(draw(st.integers(0, n)), n)


# --- one share ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (459, 524, "84.50%", "90.15%"),
        (98, 118, "75.27%", "88.75%"),
        (18, 20, "69.90%", "97.21%"),
        (9, 9, "70.09%", "100.00%"),
    ],
)
def test_wilson_gives_the_reference_values(k: int, n: int, low: str, high: str) -> None:
    interval = wilson(k, n)
    assert (per_cent(interval.low, 2), per_cent(interval.high, 2)) == (low, high)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(98, 118, "75.04%", "89.33%"), (9, 9, "66.37%", "100.00%")],
)
def test_clopper_pearson_gives_the_reference_values(k: int, n: int, low: str, high: str) -> None:
    interval = clopper_pearson(k, n)
    assert (per_cent(interval.low, 2), per_cent(interval.high, 2)) == (low, high)


@pytest.mark.parametrize(("k", "n", "printed"), [(459, 524, "2.82"), (343, 377, "2.89")])
def test_wald_prints_what_hmicfrs_printed(k: int, n: int, printed: str) -> None:
    interval = wald(k, n)
    assert half_up((interval.high - interval.low) * 50, 2) == printed


def test_wald_shows_why_it_is_not_used() -> None:
    assert wald(9, 9).low == wald(9, 9).high == 1
    assert wald(18, 20).high > 1


@given(share=shares(most=5000), level=st.sampled_from([0.9, 0.95, 0.99]))
def test_wilson_agrees_with_scipy(share: Counted, level: float) -> None:
    ours = wilson(share.k, share.n, level)
    theirs = binomtest(share.k, share.n).proportion_ci(level, method="wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert ours.holds(share.k / share.n)


@settings(deadline=None)
@given(share=shares(most=20_000), level=st.sampled_from([0.9, 0.95, 0.99]))
def test_clopper_pearson_agrees_with_scipy(share: Counted, level: float) -> None:
    ours = clopper_pearson(share.k, share.n, level)
    theirs = binomtest(share.k, share.n).proportion_ci(level, method="exact")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-8)


@given(level=st.floats(0.5, 0.999))
def test_z_agrees_with_scipy(level: float) -> None:
    assert z_for(level) == pytest.approx(norm.ppf((1 + level) / 2), rel=1e-9)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(k: int, n: int) -> None:
    for interval in (wilson, clopper_pearson, wald):
        with pytest.raises(ValueError, match="no share"):
            interval(k, n)


def test_a_level_lies_between_nought_and_one() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        z_for(1)


# --- two shares -----------------------------------------------------------------------------


def test_newcombe_gives_his_published_example() -> None:
    """Newcombe 1998, table II: 56/70 and 48/80, and 9/10 and 3/10, by his method 10."""
    first = newcombe_difference(Counted(56, 70), Counted(48, 80)).interval
    assert (half_up(first.low, 4), half_up(first.high, 4)) == ("0.0524", "0.3339")
    second = newcombe_difference(Counted(9, 10), Counted(3, 10)).interval
    assert (half_up(second.low, 4), half_up(second.high, 4)) == ("0.1705", "0.8090")


@given(a=shares(), b=shares())
def test_a_risk_ratio_agrees_with_scipy(a: Counted, b: Counted) -> None:
    ours = risk_ratio(a, b)
    assert ours.corrected == (not (a.k and b.k))
    if ours.corrected:
        assert 0 < ours.interval.low <= ours.value <= ours.interval.high
        return
    theirs = relative_risk(a.k, a.n, b.k, b.n)
    interval = theirs.confidence_interval(0.95)
    assert ours.value == pytest.approx(theirs.relative_risk, rel=1e-9)
    assert (ours.interval.low, ours.interval.high) == pytest.approx(tuple(interval), rel=1e-9)


def test_a_rate_ratio_is_the_poisson_one() -> None:
    """Breast cancer after fluoroscopy (Rothman): 41 in 28,010 and 15 in 19,017 person-years."""
    ratio = rate_ratio(41, 28_010, 15, 19_017)
    assert half_up(ratio.value, 2) == "1.86"
    assert (half_up(ratio.interval.low, 2), half_up(ratio.interval.high, 2)) == ("1.03", "3.35")
    assert rate_ratio(0, 10, 5, 10).corrected
    with pytest.raises(ValueError, match="above nought"):
        rate_ratio(1, 0, 1, 1)


def test_nothing_can_be_compared_with_nothing() -> None:
    for compare in (newcombe_difference, risk_ratio):
        with pytest.raises(ValueError, match="Nothing was counted"):
            compare(Counted(0, 0), Counted(1, 2))
    with pytest.raises(ValueError, match="no share"):
        Counted(3, 2)


# --- strata ---------------------------------------------------------------------------------


STATSMODELS_POOLED = 1.3255553241551052


def test_mantel_haenszel_gives_the_published_example() -> None:
    """Statsmodels: StratifiedTable(...).riskratio_pooled gives STATSMODELS_POOLED."""
    pooled = mantel_haenszel(TOLBUTAMIDE)
    assert pooled is not None
    assert pooled.value == pytest.approx(STATSMODELS_POOLED, rel=1e-12)


@given(a=shares(), b=shares())
def test_one_stratum_is_a_plain_ratio(a: Counted, b: Counted) -> None:
    pooled = mantel_haenszel([Stratum(a, b)])
    if not (a.k and b.k):
        return
    plain = risk_ratio(a, b)
    assert pooled is not None
    assert pooled.value == pytest.approx(plain.value)
    # Greenland and Robins' variance is Katz's where there is one stratum.
    assert pooled.interval.low == pytest.approx(plain.interval.low)
    assert pooled.interval.high == pytest.approx(plain.interval.high)


def test_strata_undo_a_gap_that_is_only_a_different_mix() -> None:
    """Group a reports mostly what is hard to record; within each stratum there is no gap."""
    hard = Stratum(Counted(80, 400), Counted(20, 100))
    easy = Stratum(Counted(5, 100), Counted(20, 400))
    crude = risk_ratio(Counted(85, 500), Counted(40, 500))
    pooled = mantel_haenszel([hard, easy])
    assert crude.interval.low > 1
    assert pooled is not None
    assert pooled.value == pytest.approx(1)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """A thousand samples of three strata with a true ratio of 1.5."""
    rng = Random(18)  # noqa: S311 - not for secrets; the same samples every time
    sizes_and_rates = ((60, 90, 0.1), (150, 80, 0.3), (40, 200, 0.05))

    def drawn(n: int, rate: float) -> Counted:
        return Counted(sum(rng.random() < rate for _ in range(n)), n)

    held = 0
    for _ in range(1000):
        strata = [
            Stratum(drawn(n1, 1.5 * rate), drawn(n2, rate)) for n1, n2, rate in sizes_and_rates
        ]
        pooled = mantel_haenszel(strata)
        assert pooled is not None
        held += pooled.interval.holds(1.5)
    assert 930 <= held <= 970


def test_empty_strata_say_nothing() -> None:
    empty = Stratum(Counted(0, 0), Counted(3, 10))
    no_event = Stratum(Counted(0, 9), Counted(0, 10))
    assert mantel_haenszel([empty, no_event]) is None
    assert mantel_haenszel([*TOLBUTAMIDE, empty, no_event]) == mantel_haenszel(TOLBUTAMIDE)


def test_no_event_in_one_of_the_two_is_corrected_and_says_so() -> None:
    pooled = mantel_haenszel([Stratum(Counted(0, 50), Counted(10, 60))])
    assert pooled is not None
    assert pooled.corrected
    assert 0 < pooled.interval.low < pooled.value < pooled.interval.high


def test_homogeneity_tells_strata_that_differ() -> None:
    same = homogeneity(TOLBUTAMIDE)
    assert same is not None
    assert same.degrees == 1
    assert not same.differs
    assert homogeneity(TOLBUTAMIDE[:1]) is None
    opposite = (
        Stratum(Counted(80, 100), Counted(20, 100)),
        Stratum(Counted(20, 100), Counted(80, 100)),
    )
    found = homogeneity(opposite)
    assert found is not None
    assert found.differs


@given(value=st.floats(0, 80), degrees=st.integers(1, 25))
def test_chi_squared_agrees_with_scipy(value: float, degrees: int) -> None:
    assert chi_squared_beyond(value, degrees) == pytest.approx(
        chi2.sf(value, degrees), rel=1e-9, abs=1e-12
    )


# --- print ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [(2.25, 1, "2.3"), (2.35, 1, "2.4"), (0.145, 2, "0.15"), (-0.25, 1, "-0.3"), (7.0, 0, "7")],
)
def test_halves_go_up(value: float, places: int, printed: str) -> None:
    assert half_up(value, places) == printed


def test_a_percentage() -> None:
    assert per_cent(459 / 524) == "87.6%"
    assert per_cent(0.145, 0) == "15%"
    with pytest.raises(ValueError, match="finite"):
        half_up(float("nan"))
