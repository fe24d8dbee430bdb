"""Agreement of reviewers, control charts and the order of causes."""

from itertools import pairwise, product
from random import Random
from statistics import fmean

import pytest
from hypothesis import given, strategies as st
from scipy.stats import multinomial

from fcr_app.domain.statistics import (
    ControlMethod,
    Counts,
    agreement,
    control_limits,
    half_up,
    pareto,
    wilson,
)

# --- agreement ------------------------------------------------------------------------------

#: Two dermatologists on 88 patients, as the SAS manual has them for PROC FREQ; κ is 0.3449 with a
#: standard error of 0.0724 and an interval of 0.2030 to 0.4868.
SKIN = ((10, 4, 1, 0), (5, 10, 12, 2), (2, 4, 12, 5), (0, 2, 6, 13))


def pairs_of(table: tuple[tuple[int, ...], ...]) -> list[tuple[str, str]]:
    return [
        (str(row), str(column))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def test_kappa_gives_the_published_example() -> None:
    found = agreement(pairs_of(SKIN))
    assert found
    assert found.kappa
    assert found.kappa_interval
    assert (found.agreed, found.n) == (45, 88)
    assert half_up(found.kappa, 4) == "0.3449"
    assert half_up(found.kappa_interval.low, 4) == "0.2030"
    assert half_up(found.kappa_interval.high, 4) == "0.4868"
    assert (found.rate, found.interval) == (45 / 88, wilson(45, 88))


def test_kappa_of_two_answers_by_hand() -> None:
    """Cohen's own arithmetic: 20 and 15 of 50 agreed, chance gives (25·30 + 25·20)/2500."""
    found = agreement(pairs_of(((20, 5), (10, 15))))
    assert found
    assert found.rate == 0.7
    assert found.kappa == pytest.approx((0.7 - 0.5) / (1 - 0.5))


@pytest.mark.parametrize("table", [SKIN, ((20, 5), (10, 15)), ((40, 9, 3), (2, 30, 6), (1, 0, 9))])
def test_the_variance_of_kappa_is_that_of_the_delta_method(
    table: tuple[tuple[int, ...], ...],
) -> None:
    """By small steps instead of the formula: V = g'Σg, with scipy's covariance of the counts."""
    n, size = sum(map(sum, table)), len(table)
    cells = [count / n for row in table for count in row]

    def kappa(shares: list[float]) -> float:
        rows = [sum(shares[size * i : size * i + size]) for i in range(size)]
        columns = [sum(shares[i::size]) for i in range(size)]
        seen = sum(shares[(size + 1) * i] for i in range(size))
        chance = sum(a * b for a, b in zip(rows, columns, strict=True))
        return (seen - chance) / (1 - chance)

    step = 1e-6
    slopes = []
    for at in range(len(cells)):
        up, down = list(cells), list(cells)
        up[at] += step
        down[at] -= step
        slopes.append((kappa(up) - kappa(down)) / (2 * step))
    covariance = multinomial(n, cells).cov() / n**2
    expected = sum(
        slopes[i] * slopes[j] * covariance[i][j] for i, j in product(range(len(cells)), repeat=2)
    )
    found = agreement(pairs_of(table), 0.6826894921370859)  # one standard error either way
    assert found
    assert found.kappa_interval
    half = (found.kappa_interval.high - found.kappa_interval.low) / 2
    assert half**2 == pytest.approx(expected, rel=1e-5)


def test_kappa_where_nothing_can_be_said_of_it() -> None:
    same = agreement([("yes", "yes")] * 12)
    assert same
    assert (same.rate, same.kappa, same.kappa_interval) == (1, None, None)
    assert same.interval == wilson(12, 12)
    agreed = agreement([("yes", "yes")] * 8 + [("no", "no")] * 4)
    assert agreed
    assert (agreed.kappa, agreed.kappa_interval) == (1, None)
    assert agreement([]) is None


def test_kappa_below_chance_and_at_chance() -> None:
    opposite = agreement([("yes", "no"), ("no", "yes")] * 10)
    assert opposite
    assert opposite.kappa == pytest.approx(-1)
    assert opposite.kappa_interval
    assert opposite.kappa_interval.low == -1
    one_sided = agreement([("yes", "yes")] * 9 + [("yes", "no")])
    assert one_sided
    assert one_sided.kappa == pytest.approx(0)


@given(
    pairs=st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1),
    names=st.permutations("abcd"),
)
def test_kappa_takes_no_notice_of_names_or_of_who_was_first(
    pairs: list[tuple[str, str]], names: list[str]
) -> None:
    renamed = dict(zip("abcd", names, strict=True))
    found = agreement(pairs)
    again = agreement([(renamed[second], renamed[first]) for first, second in pairs])
    assert found
    assert again
    assert (found.agreed, found.n) == (again.agreed, again.n)
    assert (found.kappa is None) == (again.kappa is None)
    if found.kappa is not None and again.kappa is not None:
        assert -1 - 1e-9 <= found.kappa <= 1
        assert again.kappa == pytest.approx(found.kappa)
    if found.kappa_interval and again.kappa_interval:
        assert found.kappa is not None
        assert found.kappa_interval.low - 1e-9 <= found.kappa <= found.kappa_interval.high + 1e-9
        assert again.kappa_interval.low == pytest.approx(found.kappa_interval.low, abs=1e-7)


# --- control charts -------------------------------------------------------------------------


def series(*counts: tuple[int, int]) -> list[Counts]:
    return [Counts(f"Month {at}", k, n) for at, (k, n) in enumerate(counts, 1)]


def test_a_p_chart_by_hand() -> None:
    """Centre 0.9; limits 0.9 ± 3·0.3/√n: ± 0.09 of 100, and ± 0.18, cut off, of 25."""
    chart = control_limits(series((90, 100), (20, 25), (87, 100), (93, 100), (25, 25)))
    assert chart
    assert (chart.method, chart.centre) == (ControlMethod.P, 0.9)
    first, second = chart.points[0], chart.points[1]
    assert (first.low, first.high) == pytest.approx((0.81, 0.99))
    assert (second.low, second.high) == pytest.approx((0.72, 1.0))
    assert not any(point.signals for point in chart.points)


def test_a_point_beyond_its_limits_is_told() -> None:
    chart = control_limits(series(*[(90, 100)] * 8, (75, 100), (90, 100)))
    assert chart
    assert [point.label for point in chart.points if point.outside] == ["Month 9"]


def test_eight_in_a_row_on_one_side_are_told() -> None:
    up, down, on = (92, 100), (88, 100), (90, 100)

    def in_run(*counts: tuple[int, int]) -> list[int]:
        chart = control_limits(series(*counts), ControlMethod.P)
        assert chart
        assert chart.centre == 0.9
        return [at for at, point in enumerate(chart.points, 1) if point.in_run]

    assert in_run(*[up] * 8, *[down] * 8) == list(range(1, 17))
    assert in_run(*[up] * 7, *[down] * 7) == []
    assert in_run(*[up] * 7, on, up, *[down] * 8) == list(range(10, 18))
    assert in_run(*[up] * 9, *[down] * 9) == list(range(1, 19))


def test_laneys_limits_by_hand() -> None:
    counts = [(90, 100), (95, 100), (82, 100), (93, 100)] * 3
    chart = control_limits(series(*counts), ControlMethod.LANEY)
    assert chart
    centre = sum(k for k, _ in counts) / 1_200
    error = (centre * (1 - centre) / 100) ** 0.5
    scores = [(k / 100 - centre) / error for k, _ in counts]
    moved = fmean(abs(b - a) for a, b in pairwise(scores)) / 1.128
    assert chart.sigma_z == pytest.approx(moved)
    assert chart.points[0].low == pytest.approx(centre - 3 * moved * error)


def drawn(rng: Random, n: int, rates: list[float]) -> list[Counts]:
    """Return binomial counts of n; sums of many are drawn as normal."""
    return series(
        *(
            (min(n, max(0, round(rng.gauss(n * rate, (n * rate * (1 - rate)) ** 0.5)))), n)
            for rate in rates
        )
    )


def test_with_large_counts_that_vary_otherwise_laneys_chart_is_chosen() -> None:
    """A p chart would have nearly every month outside its limits; that helps nobody."""
    rng = Random(2002)  # noqa: S311 - the same samples every time
    points = drawn(rng, 60_000, [0.9 + rng.gauss(0, 0.006) for _ in range(24)])
    chosen, plain = control_limits(points), control_limits(points, ControlMethod.P)
    assert chosen
    assert plain
    assert chosen.method is ControlMethod.LANEY
    assert chosen.sigma_z
    assert chosen.sigma_z > 2
    assert sum(point.outside for point in plain.points) > 8
    assert sum(point.outside for point in chosen.points) == 0


def test_where_only_chance_moves_it_a_p_chart_is_chosen_and_rarely_cries_wolf() -> None:
    rng = Random(1931)  # noqa: S311 - the same samples every time
    charts = [control_limits(drawn(rng, 400, [0.9] * 24)) for _ in range(200)]
    assert sum(chart is not None and chart.method is ControlMethod.P for chart in charts) > 170
    outside = sum(point.outside for chart in charts if chart for point in chart.points)
    assert outside < 0.01 * 200 * 24


def test_points_that_vary_too_little_are_held_to_narrower_limits() -> None:
    chart = control_limits(series(*[(90, 100), (91, 100), (89, 100)] * 5))
    assert chart
    assert chart.method is ControlMethod.LANEY
    assert chart.sigma_z
    assert chart.sigma_z < 1
    few = control_limits(series(*[(90, 100), (91, 100), (89, 100)] * 3))
    assert few
    assert few.method is ControlMethod.P


@pytest.mark.parametrize("k", [0, 50])
def test_where_all_or_none_were_recorded_there_is_no_spread(k: int) -> None:
    chart = control_limits(series(*[(k, 50)] * 15))
    assert chart
    assert (chart.method, chart.sigma_z) == (ControlMethod.P, None)
    assert {(point.low, point.high, point.signals) for point in chart.points} == {
        (k / 50, k / 50, False)
    }
    forced = control_limits(series((k, 50)), ControlMethod.LANEY)
    assert forced
    assert forced.points[0].low == k / 50


def test_a_chart_needs_points_and_each_point_a_count() -> None:
    assert control_limits([]) is None
    for k, n in ((0, 0), (3, 2)):
        with pytest.raises(ValueError, match="no share"):
            Counts("May", k, n)
    assert len({method.label for method in ControlMethod}) == len(ControlMethod)


@given(
    counts=st.lists(
        st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=30,
    ),
    method=st.sampled_from([None, *ControlMethod]),
)
def test_limits_lie_round_the_centre(
    counts: list[tuple[int, int]], method: ControlMethod | None
) -> None:
    chart = control_limits(series(*counts), method)
    assert chart
    for point in chart.points:
        assert 0 <= point.low <= chart.centre + 1e-12
        assert chart.centre - 1e-12 <= point.high <= 1
        assert point.rate == point.k / point.n


# --- causes ---------------------------------------------------------------------------------


def test_causes_from_the_most_frequent_down() -> None:
    found = pareto({"E01": 10, "E02": 60, "E03": 0, "E04": 10, "E05": 20})
    assert [(one.key, one.count, one.rate, one.is_of_the_most) for one in found] == [
        ("E02", 60, 0.6, True),
        ("E05", 20, 0.2, True),
        ("E01", 10, 0.1, False),
        ("E04", 10, 0.1, False),
    ]
    assert [one.so_far for one in found] == [0.6, 0.8, 0.9, 1.0]
    assert pareto({}) == pareto({"E01": 0}) == ()
    with pytest.raises(ValueError, match="nought"):
        pareto({"E01": -1})
