"""Does each interval hold the truth as often as it says? Worked out exactly where that is possible.

For a count every outcome is listed with its chance, so that nothing is left to a lucky seed. Where
there are too many outcomes samples are drawn, always the same ones.
"""

from collections.abc import Callable
from itertools import product
from math import prod
from random import Random

import pytest
from scipy.stats import binom, hypergeom

from fcr_app.domain.statistics import (
    Counted,
    Interval,
    Layer,
    Record,
    agreement,
    clopper_pearson,
    horvitz_thompson_rate,
    newcombe_difference,
    ratio_rate,
    stratified_rate,
    wald,
    wilson,
    wilson_finite,
)

RATES = [i / 100 for i in range(2, 99)]


def held(interval: Callable[[int, int], Interval], n: int) -> list[float]:
    """Return the chance that an interval for a binomial count of n holds the rate, for each."""
    intervals = [interval(k, n) for k in range(n + 1)]
    return [
        sum(
            float(chance)
            for chance, one in zip(binom.pmf(range(n + 1), n, rate), intervals, strict=True)
            if one.holds(rate)
        )
        for rate in RATES
    ]


@pytest.mark.parametrize("n", [10, 20, 50, 120])
def test_wilson_holds_about_as_often_as_it_says(n: int) -> None:
    found = held(wilson, n)
    assert sum(found) / len(found) == pytest.approx(0.95, abs=0.007)
    # Known of Wilson's (Brown, Cai and DasGupta 2001): a few rates near 0 and 1 fare worse.
    assert min(found) > 0.83


@pytest.mark.parametrize("n", [5, 20, 50])
def test_clopper_pearson_holds_at_least_as_often_as_it_says(n: int) -> None:
    assert min(held(clopper_pearson, n)) >= 0.95


def test_wald_holds_far_less_often_than_it_says() -> None:
    assert held(wald, 20)[RATES.index(0.95)] < 0.65


@pytest.mark.parametrize(
    ("p", "q"), [(0.5, 0.5), (0.9, 0.8), (0.95, 0.9), (0.875, 0.91), (0.98, 0.95)]
)
def test_newcombes_difference_holds_about_as_often_as_it_says(p: float, q: float) -> None:
    first, second = binom.pmf(range(41), 40, p), binom.pmf(range(61), 60, q)
    found = sum(
        first[k] * second[m]
        for k, m in product(range(41), range(61))
        if newcombe_difference(Counted(k, 40), Counted(m, 60)).interval.holds(p - q)
    )
    assert 0.94 <= found <= 0.985


@pytest.mark.parametrize(("n", "population"), [(20, 40), (30, 300), (60, 80), (100, 400)])
def test_wilson_of_a_finite_frame_holds_about_as_often_as_it_says(n: int, population: int) -> None:
    found = []
    for right in range(population // 20, population):
        seen = range(max(0, n + right - population), min(n, right) + 1)
        chances = hypergeom.pmf(seen, population, right, n)
        rate = right / population
        intervals = [wilson_finite(k, n, population) for k in seen]
        found.append(
            sum(
                chance
                for chance, interval in zip(chances, intervals, strict=True)
                if interval and interval.holds(rate)
            )
        )
    assert sum(found) / len(found) == pytest.approx(0.95, abs=0.015)
    assert min(found) > 0.8
    # Without the correction it holds nearly always where half the frame is drawn: too wide.
    if n / population == 0.5:
        plain = hypergeom.pmf(range(n + 1), population, population // 2, n)
        assert sum(plain[k] for k in range(n + 1) if wilson(k, n).holds(0.5)) > 0.98


@pytest.mark.parametrize(
    "strata",
    [
        # (population, those recorded, drawn): alike, unlike, one nearly a census, one perfect.
        ((200, 180, 16), (150, 135, 14), (100, 90, 12)),
        ((600, 570, 20), (80, 48, 16), (40, 30, 14)),
        ((400, 340, 30), (20, 15, 19)),
        ((300, 300, 12), (300, 240, 20), (60, 45, 10)),
        ((500, 490, 25), (500, 470, 25)),
    ],
    ids=["alike", "unlike", "nearly a census", "one without an error", "high rates"],
)
def test_a_stratified_rate_holds_about_as_often_as_it_says(
    strata: tuple[tuple[int, int, int], ...],
) -> None:
    truth = sum(right for _, right, _ in strata) / sum(whole for whole, _, _ in strata)
    seen = [range(max(0, n + right - whole), min(n, right) + 1) for whole, right, n in strata]
    chances = [
        dict(zip(ks, hypergeom.pmf(ks, whole, right, n), strict=True))
        for ks, (whole, right, n) in zip(seen, strata, strict=True)
    ]
    found = 0.0
    for outcome in product(*seen):
        chance = prod(one[k] for one, k in zip(chances, outcome, strict=True))
        if chance < 1e-9:
            continue
        layers = [
            Layer(str(at), k, n, population=whole)
            for at, (k, (whole, _, n)) in enumerate(zip(outcome, strata, strict=True))
        ]
        interval = stratified_rate(layers).interval
        found += chance * (interval is not None and interval.holds(truth))
    # Small strata that come out alike are taken to vary more than they may: the safe side.
    assert 0.94 <= found <= 0.99


def frame_of_records(rng: Random, records: int) -> list[tuple[int, int]]:
    """Return records with none to four crimes; those of one record fare alike."""
    frame = []
    for _ in range(records):
        should = rng.choice([0, 1, 1, 1, 2, 4])
        rate = rng.choice([0.99, 0.99, 0.6])
        frame.append((sum(rng.random() < rate for _ in range(should)), should))
    return frame


def test_a_ratio_holds_about_as_often_as_it_says_and_crimes_counted_alone_do_not() -> None:
    rng = Random(2018)  # noqa: S311 - the same samples every time
    frame = frame_of_records(rng, 1_000)
    truth = sum(y for y, _ in frame) / sum(x for _, x in frame)
    found = plain = 0
    for _ in range(1_000):
        drawn = rng.sample(frame, 150)
        estimate = ratio_rate(drawn, population=1_000)
        assert estimate.interval
        found += estimate.interval.holds(truth)
        plain += wilson(estimate.k, estimate.n, 0.95).holds(truth)
    assert 930 <= found <= 970
    assert plain < found


def test_a_weighted_rate_holds_about_as_often_as_it_says() -> None:
    """Poisson sampling: riskier records are likelier, and each is drawn on its own."""
    rng = Random(1952)  # noqa: S311 - the same samples every time
    frame = [
        Record(*pair, 0.1 if pair[0] == pair[1] and rng.random() < 0.8 else 0.4)
        for pair in frame_of_records(rng, 1_000)
    ]
    truth = sum(one.recorded for one in frame) / sum(one.should for one in frame)
    found = crude = 0
    for _ in range(1_000):
        drawn = [one for one in frame if rng.random() < one.probability]
        estimate = horvitz_thompson_rate(drawn)
        assert estimate.interval
        found += estimate.interval.holds(truth)
        crude += wilson(estimate.k, estimate.n).holds(truth)
    assert 930 <= found <= 975
    # Counting all alike is wrong: the records in doubt were drawn more often.
    assert crude < 300


def test_kappa_holds_about_as_often_as_it_says() -> None:
    """Two reviewers with errors of their own; the true kappa by the chances of their answers."""
    rng = Random(1969)  # noqa: S311 - the same samples every time
    joint = {("a", "a"): 0.5, ("a", "b"): 0.08, ("b", "a"): 0.06, ("b", "b"): 0.2}
    joint |= {("c", "c"): 0.1, ("b", "c"): 0.04, ("c", "a"): 0.02}
    both = sum(chance for (one, other), chance in joint.items() if one == other)
    shares = [
        {answer: sum(p for pair, p in joint.items() if pair[who] == answer) for answer in "abc"}
        for who in (0, 1)
    ]
    chance = sum(shares[0][answer] * shares[1][answer] for answer in "abc")
    truth = (both - chance) / (1 - chance)
    answers, weights = list(joint), list(joint.values())
    found = 0
    for _ in range(1_000):
        one = agreement(rng.choices(answers, weights, k=120))
        assert one
        assert one.kappa_interval
        found += one.kappa_interval.holds(truth)
    assert 930 <= found <= 970
