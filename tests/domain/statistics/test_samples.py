"""Rates from strata, from records of several crimes and of unequal chances, and what follows."""

from math import inf, isfinite, sqrt
from statistics import variance

import pytest
from hypothesis import given, strategies as st
from scipy.optimize import brentq
from scipy.stats import binomtest, norm

from fcr_app.domain.statistics import (
    ALL_EXAMINED,
    Counted,
    Estimate,
    Interval,
    Layer,
    Record,
    additionally_recorded,
    difference,
    horvitz_thompson_rate,
    newcombe_difference,
    ratio_rate,
    rounded_down,
    simple_rate,
    stratified_rate,
    unrecorded_a_year,
    unrecorded_interval,
    wald,
    wald_fpc,
    wilson,
    wilson_effective,
    wilson_finite,
)

Z = float(norm.ppf(0.975))


@st.composite
def drawn_counts(draw: st.DrawFn) -> tuple[int, int, int]:
    """Return k of n out of a population."""
    n = draw(st.integers(1, 300))
    return draw(st.integers(0, n)), n, n + draw(st.integers(0, 2_000))


# --- finite frames --------------------------------------------------------------------------


@given(k=st.integers(0, 400), more=st.integers(0, 400))
def test_with_a_whole_effective_n_it_is_wilsons(k: int, more: int) -> None:
    if k + more == 0:
        return
    theirs = binomtest(k, k + more).proportion_ci(method="wilson")
    ours = wilson_effective(k / (k + more), k + more)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(counts=drawn_counts())
def test_wilson_of_a_finite_frame_solves_its_equation(counts: tuple[int, int, int]) -> None:
    """Its ends are z standard errors of theirs away from what was seen, found by a root finder."""
    k, n, population = counts
    interval = wilson_finite(k, n, population)
    if n == population:
        assert interval is None
        return
    assert interval

    def apart(rate: float, side: int) -> float:
        error = sqrt(rate * (1 - rate) / n * (population - n) / (population - 1))
        return side * (k / n - rate) - Z * error

    ends = [
        brentq(apart, 1e-12, min(k / n, 1 - 1e-12), args=(1,), xtol=1e-13) if k else 0.0,
        brentq(apart, max(k / n, 1e-12), 1 - 1e-12, args=(-1,), xtol=1e-13) if k < n else 1.0,
    ]
    expected = (max(ends[0], k / population), min(ends[1], 1 - (n - k) / population))
    assert (interval.low, interval.high) == pytest.approx(expected, abs=1e-6)
    assert interval.holds(k / n)


def test_a_large_frame_is_as_good_as_endless() -> None:
    far = wilson_finite(90, 100, 10**9)
    assert far
    assert (far.low, far.high) == pytest.approx((wilson(90, 100).low, wilson(90, 100).high))
    assert wald_fpc(90, 100, 10**9).low == pytest.approx(wald(90, 100).low)
    assert wald_fpc(90, 100, 100) == Interval(0.9, 0.9)
    assert wald_fpc(1, 1, 1) == Interval(1, 1)


def test_the_correction_is_made_where_more_than_a_twentieth_was_drawn() -> None:
    plain, corrected, every = (simple_rate(90, 100, size) for size in (2_000, 1_999, 100))
    assert (plain.interval, plain.effective_n, plain.design_effect) == (wilson(90, 100), 100, 1)
    assert corrected.interval == wilson_finite(90, 100, 1_999)
    assert corrected.design_effect
    assert corrected.variance == pytest.approx(0.09 / 100 * 1_899 / 1_998)
    assert (every.interval, every.effective_n, every.variance) == (None, None, 0)
    assert every.method == ALL_EXAMINED
    assert simple_rate(9, 9).interval == wilson(9, 9)


@pytest.mark.parametrize(("k", "n", "population"), [(1, 0, 5), (6, 5, 9), (1, 5, 4), (-1, 5, 9)])
def test_what_is_no_share_of_a_frame_is_refused(k: int, n: int, population: int) -> None:
    for interval in (wilson_finite, wald_fpc, simple_rate):
        with pytest.raises(ValueError, match="no share"):
            interval(k, n, population)


def test_an_interval_rests_on_something() -> None:
    for rate, n in ((0.5, 0.0), (1.1, 10.0)):
        with pytest.raises(ValueError, match="rest on"):
            wilson_effective(rate, n)


# --- strata ---------------------------------------------------------------------------------

ROUTES = (
    Layer("By report", 800, 900, population=60_000),
    Layer("Recorded directly", 450, 496, population=20_000),
)


def test_the_formula_beside_plain_variances_of_noughts_and_ones() -> None:
    found = stratified_rate(ROUTES)
    expected, spread = 0.0, 0.0
    for layer in ROUTES:
        seen = [1] * layer.k + [0] * (layer.n - layer.k)
        weight = (layer.population or 0) / 80_000
        expected += weight * sum(seen) / layer.n
        left = 1 - layer.n / (layer.population or 1)
        spread += weight**2 * left * variance(seen) / layer.n

    assert found.rate == pytest.approx(expected)
    assert found.variance == pytest.approx(spread)
    assert found.effective_n == pytest.approx(expected * (1 - expected) / spread)
    assert found.design_effect == pytest.approx(1_396 * spread / (expected * (1 - expected)))
    assert (found.k, found.n, found.left_out, found.covered) == (1_250, 1_396, (), 1.0)
    assert found.interval == wilson_effective(found.rate, found.effective_n or 0)


def test_weights_are_shares_of_crimes_and_not_of_the_sample() -> None:
    """Nine tenths of crime has a rate of 0.9, and a tenth, of which as much was drawn, 0.5."""
    found = stratified_rate([Layer("a", 90, 100, weight=9), Layer("b", 50, 100, weight=1)])
    assert found.rate == pytest.approx(0.86)
    assert found.k / found.n == 0.7
    assert found.design_effect
    assert found.design_effect > 1


def test_in_proportion_and_without_an_end_it_costs_nothing() -> None:
    found = stratified_rate([Layer("a", 450, 500, weight=1), Layer("b", 450, 500, weight=1)])
    assert found.design_effect == pytest.approx(1, abs=0.003)
    assert found.effective_n == pytest.approx(998)


def test_the_mild_imbalance_that_explains_the_published_interval_overall() -> None:
    """1.64 instead of 1.61 is a design effect of 1.04 (reference, 1.3): an example, no proof."""
    layers = [Layer("By report", 805, 900, weight=0.72), Layer("Directly", 444, 496, weight=0.28)]
    found = stratified_rate(layers)
    assert found.design_effect
    assert 1.0 < found.design_effect < 1.2


def test_a_census_of_all_strata_has_no_interval() -> None:
    found = stratified_rate([Layer("a", 9, 10, population=10), Layer("b", 30, 30, population=30)])
    assert found.rate == pytest.approx(39 / 40)
    assert (found.interval, found.effective_n, found.design_effect) == (None, None, None)
    assert (found.variance, found.method) == (0, ALL_EXAMINED)


def test_a_census_of_one_stratum_adds_nothing_to_the_variance() -> None:
    census, sample = Layer("a", 9, 10, population=10), Layer("b", 40, 50, population=990)
    alone = stratified_rate([sample])
    found = stratified_rate([census, sample])
    assert found.variance == pytest.approx(0.99**2 * alone.variance)
    # More examined than the estimate of what there is: that is all of it.
    over = stratified_rate([Layer("a", 9, 10, population=8), sample])
    assert over.variance == pytest.approx((990 / 1_000) ** 2 * alone.variance)


def test_a_stratum_that_came_out_alike_may_still_be_otherwise() -> None:
    mixed = Layer("a", 80, 100, weight=0.5)
    for alike in (Layer("b", 9, 9, weight=0.5), Layer("b", 1, 1, weight=0.5)):
        found = stratified_rate([mixed, alike])
        assert found.variance > 0.25 * 0.2 * 0.8 / 99
        assert found.interval
        assert found.interval.high > 0.9
    centre = (9 + Z**2 / 2) / (9 + Z**2)
    found = stratified_rate([mixed, Layer("b", 9, 9, weight=0.5)])
    assert found.variance == pytest.approx(0.25 * 0.8 * 0.2 / 99 + 0.25 * centre * (1 - centre) / 9)


@pytest.mark.parametrize("k", [0, 1])
def test_all_alike_everywhere_is_as_sure_as_the_weights_leave_it(k: int) -> None:
    layers = [Layer("a", 30 * k, 30, weight=0.3), Layer("b", 70 * k, 70, weight=0.7)]
    found = stratified_rate(layers)
    assert (found.rate, found.design_effect) == (float(k), None)
    assert found.effective_n == pytest.approx(100)
    assert found.interval
    expected = wilson(100 * k, 100)
    assert (found.interval.low, found.interval.high) == pytest.approx((expected.low, expected.high))
    uneven = stratified_rate(
        [Layer("a", 30 * k, 30, weight=0.7), Layer("b", 70 * k, 70, weight=0.3)]
    )
    assert uneven.effective_n
    assert uneven.effective_n < 100


def test_a_stratum_of_which_nothing_was_examined_is_named() -> None:
    found = stratified_rate(
        [*ROUTES, Layer("Online", 0, 0, population=20_000), Layer("None", 0, 0, population=0)]
    )
    assert found.rate == pytest.approx(stratified_rate(ROUTES).rate)
    assert (found.left_out, found.covered) == (("Online",), 0.8)


def test_strata_that_can_not_be_put_together_are_refused() -> None:
    with pytest.raises(ValueError, match="weight or a population"):
        stratified_rate([Layer("a", 1, 2)])
    with pytest.raises(ValueError, match="or none"):
        stratified_rate([Layer("a", 1, 2, weight=1), Layer("b", 1, 2, population=5)])
    for nothing in ([], [Layer("a", 0, 0, population=5)]):
        with pytest.raises(ValueError, match="Nothing was examined"):
            stratified_rate(nothing)
    with pytest.raises(ValueError, match="no share"):
        Layer("a", 3, 2)


@st.composite
def layers(draw: st.DrawFn) -> list[Layer]:
    found = []
    for at in range(draw(st.integers(1, 5))):
        k, n, population = draw(drawn_counts())
        found.append(Layer(f"s{at}", k, n, population=population))
    return found


@given(strata=layers())
def test_a_stratified_rate_is_sound(strata: list[Layer]) -> None:
    found = stratified_rate(strata)
    rates = [one.k / one.n for one in strata]
    assert min(rates) - 1e-9 <= found.rate <= max(rates) + 1e-9
    _is_sound(found)
    assert (found.interval is None) == all(one.population == one.n for one in strata)
    again = stratified_rate(strata[::-1])
    assert (again.rate, again.variance) == pytest.approx((found.rate, found.variance))


def _is_sound(found: Estimate) -> None:
    assert 0 <= found.rate <= 1
    assert found.variance >= 0
    if found.interval is not None:
        assert 0 <= found.interval.low <= found.interval.high <= 1
        assert found.interval.low - 1e-9 <= found.rate <= found.interval.high + 1e-9
        assert found.interval.high > found.interval.low
        assert found.effective_n
        assert isfinite(found.effective_n)


# --- records of several crimes, unequal chances ---------------------------------------------


def test_the_ratio_formula_beside_plain_variances_of_residuals() -> None:
    pairs = [(1, 1), (0, 0), (2, 3), (0, 1), (4, 4), (1, 2), (1, 1), (0, 0)]
    found = ratio_rate(pairs, population=80)
    rate = 9 / 12
    residuals = [y - rate * x for y, x in pairs]
    expected = 0.9 / (8 * 1.5**2) * variance(residuals)

    assert (found.rate, found.k, found.n) == (rate, 9, 12)
    assert found.variance == pytest.approx(expected)
    assert found.design_effect == pytest.approx(expected / (rate * (1 - rate) / 12))


def test_with_one_crime_in_each_record_a_ratio_is_a_share() -> None:
    found = ratio_rate([(1, 1)] * 90 + [(0, 1)] * 10, population=1_000)
    assert found.rate == 0.9
    assert found.variance == pytest.approx(0.9 * 0.09 / 99)


@given(
    pairs=st.lists(
        st.integers(0, 4).flatmap(lambda x: st.tuples(st.integers(0, x), st.just(x))),
        min_size=1,
        max_size=60,
    ),
    more=st.integers(0, 200),
)
def test_equal_chances_make_the_weighted_rate_the_ratio(
    pairs: list[tuple[int, int]], more: int
) -> None:
    if not any(x for _, x in pairs):
        with pytest.raises(ValueError, match="no rate"):
            ratio_rate(pairs)
        return
    population = len(pairs) + more
    ratio = ratio_rate(pairs, population)
    weighted = horvitz_thompson_rate([Record(*pair, len(pairs) / population) for pair in pairs])
    _is_sound(ratio)
    _is_sound(weighted)
    assert weighted.rate == pytest.approx(ratio.rate)
    assert weighted.variance == pytest.approx(ratio.variance, abs=1e-15)
    assert (weighted.interval is None) == (ratio.interval is None) == (more == 0)


def test_records_drawn_with_other_chances_count_for_what_they_stand_for() -> None:
    """Ten of 100 records in doubt, all drawn of ten; three of ninety that are not, of a tenth."""
    drawn = [Record(0, 1, 1.0)] * 5 + [Record(1, 1, 1.0)] * 5 + [Record(1, 1, 0.1)] * 9
    found = horvitz_thompson_rate(drawn)
    assert found.rate == pytest.approx(95 / 100)
    assert found.k / found.n == pytest.approx(14 / 19)


def test_the_weighted_formula_step_by_step() -> None:
    """Estimated totals 10 + 4 + 5 of 10 + 8 + 5; errors round their mean, weighted by 1 − π."""
    found = horvitz_thompson_rate([Record(1, 1, 0.1), Record(2, 4, 0.5), Record(4, 4, 0.8)])
    rate = 19 / 23
    errors = [10 * (1 - rate), (2 - 4 * rate) / 0.5, (4 - 4 * rate) / 0.8]
    mean = (0.9 * errors[0] + 0.5 * errors[1] + 0.2 * errors[2]) / 1.6
    squares = sum(
        left * (error - mean) ** 2 for left, error in zip((0.9, 0.5, 0.2), errors, strict=True)
    )
    assert found.rate == pytest.approx(rate)
    assert found.variance == pytest.approx(3 / 2 * squares / 23**2)


@pytest.mark.parametrize("y", [0, 1])
def test_crimes_that_all_fared_alike_are_worth_their_records(y: int) -> None:
    found = ratio_rate([(2 * y, 2)] * 10 + [(0, 0)] * 5)
    assert (found.rate, found.variance, found.design_effect) == (float(y), 0, None)
    assert found.effective_n == pytest.approx(10)
    assert ratio_rate([(1, 2)] * 10).effective_n == pytest.approx(10)
    assert ratio_rate([(1, 3)] * 10).effective_n == pytest.approx(10)
    assert ratio_rate([(1, 3)]).effective_n == pytest.approx(1)
    # Floats leave errors of 1e-17 here, which would make a rate of two records all but certain.
    rounding = horvitz_thompson_rate([Record(1, 3, 0.3), Record(1, 3, 0.7)])
    assert rounding.effective_n
    assert rounding.effective_n < 4


def test_all_records_examined_have_no_interval() -> None:
    assert ratio_rate([(1, 2), (0, 0)], population=2).method == ALL_EXAMINED
    assert horvitz_thompson_rate([Record(1, 2)]).interval is None
    with pytest.raises(ValueError, match="More records"):
        ratio_rate([(1, 2), (0, 0)], population=1)


def test_a_record_that_can_not_be_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        Record(2, 1)
    for chance in (0.0, 1.1):
        with pytest.raises(ValueError, match="chance"):
            Record(1, 1, chance)


# --- change ---------------------------------------------------------------------------------


@given(a=drawn_counts(), b=drawn_counts())
def test_the_change_of_plain_shares_is_newcombes(
    a: tuple[int, int, int], b: tuple[int, int, int]
) -> None:
    ours = difference(simple_rate(a[0], a[1]), simple_rate(b[0], b[1]))
    assert ours == newcombe_difference(Counted(a[0], a[1]), Counted(b[0], b[1]))


def test_a_census_has_no_error_to_add_to_a_change() -> None:
    census, sample = simple_rate(45, 50, 50), simple_rate(80, 100)
    found = difference(sample, census)
    assert found.value == pytest.approx(-0.1)
    assert sample.interval
    assert found.interval.low == pytest.approx(sample.interval.low - 0.9)
    assert difference(census, census).interval == Interval(0, 0)


# --- unrecorded a year ----------------------------------------------------------------------


@given(rate=st.floats(0.01, 1), recorded=st.integers(0, 2_000_000))
def test_recorded_and_unrecorded_are_what_should_be(rate: float, recorded: int) -> None:
    unrecorded = unrecorded_a_year(rate, recorded)
    assert recorded == pytest.approx(rate * (recorded + unrecorded))
    around = unrecorded_interval(Interval(rate * 0.9, rate * 1.1), recorded)
    assert around.low <= unrecorded <= around.high


def test_an_interval_that_runs_to_an_end_or_past_it() -> None:
    assert unrecorded_interval(Interval(0.8, 1.03), 1_000).low == 0
    assert unrecorded_interval(Interval(0, 0.5), 1_000) == Interval(1_000, inf)
    assert unrecorded_interval(Interval(0, 0), 1_000) == Interval(inf, inf)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (94_577.5, 94_500), (94_499.9999999, 94_500), (94_499.9, 94_400), (5_000, 5_000),
        (4_999.9, 4_990), (1_899, 1_890), (100, 100), (99.9, 99), (0.4, 0), (0, 0),
    ],
)  # fmt: skip
def test_an_estimate_is_rounded_down(value: float, printed: int) -> None:
    assert rounded_down(value) == printed


def test_estimates_that_can_not_be_are_refused() -> None:
    for rate, recorded in ((0.0, 5), (1.1, 5), (0.5, -1)):
        with pytest.raises(ValueError, match="above 0"):
            unrecorded_a_year(rate, recorded)
    for old, new in ((0.5, 0.0), (1.2, 0.5)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            additionally_recorded(5, old, new)
    for value in (-1.0, inf):
        with pytest.raises(ValueError, match="rounded down"):
            rounded_down(value)
