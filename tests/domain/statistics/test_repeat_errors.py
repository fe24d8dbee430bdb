"""Repeats before and after feedback: the design, the ratio and its interval, what is not shown."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import inf
from random import Random

import pytest
from scipy.stats import binomtest, poisson_binom

from fcr_app.domain.statistics.repeat_errors import (
    Group,
    MadeError,
    Observation,
    Windows,
    grouped,
    observations,
    repeat_ratio,
)

UNTIL = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = timedelta(days=1)
WINDOWS = Windows(until=UNTIL, length=90 * DAY, told_during=180 * DAY, found_within=30 * DAY)
FIXED = WINDOWS.fixed_at


def made(
    after_fixed: float, *, told_after: float = 3, person: int = 1, kind: str = "E06"
) -> MadeError:
    """Return an error made so many days after the fixed day, told of so many days later."""
    at = FIXED + after_fixed * DAY
    return MadeError(
        person_id=person, kind=kind, unit_id=7, made_at=at, told_at=at + told_after * DAY
    )


def pair(before: int, after: int, *, person: int = 1, **more: float | str) -> Observation:
    return Observation(
        person_id=person,
        kind=str(more.pop("kind", "E06")),
        unit_id=None,
        told_at=UNTIL,
        before=before,
        after=after,
        **{name: float(value) for name, value in more.items()},
    )


def test_the_windows_follow_one_another_and_all_of_after_is_over() -> None:
    assert WINDOWS.begins_at == UNTIL - 390 * DAY
    assert UNTIL - 300 * DAY == FIXED
    assert WINDOWS.told_until == UNTIL - 120 * DAY


def test_what_is_before_after_and_neither() -> None:
    errors = [
        made(-91),  # before the window before
        made(-90),
        made(-0.5),
        made(-20, told_after=31),  # found too late to count
        made(10, told_after=5),  # the feedback that is looked at: told on day 15
        made(12, told_after=20),  # made before the feedback was given
        made(16),
        made(105),
        made(50, told_after=31),  # found too late to count, as before
        made(106),  # after the window after
    ]

    (one,) = observations(errors, WINDOWS)

    assert one.told_at == FIXED + 15 * DAY
    assert (one.before, one.after, one.person_id, one.kind, one.unit_id) == (2, 2, 1, "E06", 7)


@pytest.mark.parametrize(
    "error",
    [made(-5, told_after=10), made(175, told_after=10), made(181)],
    ids=["made before the fixed day", "told too late for its window", "made too late"],
)
def test_who_is_not_looked_at(error: MadeError) -> None:
    assert observations([error, made(-40)], WINDOWS) == []


def test_people_and_kinds_are_looked_at_apart() -> None:
    errors = [made(1), made(2, person=2), made(3, kind="E13")]

    found = {(one.person_id, one.kind) for one in observations(errors, WINDOWS)}

    assert found == {(1, "E06"), (2, "E06"), (1, "E13")}


def test_where_nothing_changes_the_ratio_is_one_however_people_differ() -> None:
    """The design's whole point: nobody is chosen for what is counted before."""
    rng = Random(20261124)  # noqa: S311 - a simulation, no secret
    errors = [
        made(day, told_after=rng.choice([1.0, 5.0, 20.0]), person=person)
        for person in range(6_000)
        for rate in (rng.choice([0.2, 1.0, 4.0]),)
        for day in (rng.uniform(-100, 300) for _ in range(round(rate * 400 / 90)))
    ]

    ratio = repeat_ratio(observations(errors, WINDOWS))

    assert ratio
    assert ratio.value == pytest.approx(1, abs=0.03)


def test_with_equal_windows_the_interval_is_the_exact_binomial_one_as_odds() -> None:
    found = [pair(3, 1), pair(0, 2, person=2), pair(9, 4, person=3), pair(0, 0, person=4)]

    ratio = repeat_ratio(found)

    share = binomtest(7, 19).proportion_ci(method="exact")
    assert ratio
    assert ratio.value == pytest.approx(7 / 12)
    assert ratio.interval.low == pytest.approx(share.low / (1 - share.low))
    assert ratio.interval.high == pytest.approx(share.high / (1 - share.high))


def shares(found: Sequence[Observation], ratio: float) -> list[float]:
    return [
        ratio * one.exposure_after / (ratio * one.exposure_after + one.exposure_before)
        for one in found
        for _ in range(one.before + one.after)
    ]


UNEVEN = [
    pair(3, 1, exposure_before=20, exposure_after=10),
    pair(1, 2, person=2, exposure_before=5, exposure_after=30),
    pair(6, 4, person=3, exposure_before=40, exposure_after=41),
]


def test_with_unequal_exposures_each_end_leaves_half_of_alpha_outside() -> None:
    ratio = repeat_ratio(UNEVEN)

    assert ratio
    assert ratio.value is not None
    low, high = (
        poisson_binom(shares(UNEVEN, end)) for end in (ratio.interval.low, ratio.interval.high)
    )
    assert low.sf(6) == pytest.approx(0.025)
    assert high.cdf(7) == pytest.approx(0.025)
    assert sum(shares(UNEVEN, ratio.value)) == pytest.approx(7)


def test_with_many_repeats_the_score_interval_is_near_the_exact_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact = repeat_ratio(UNEVEN * 5)
    monkeypatch.setattr("fcr_app.domain.statistics.repeat_errors.MOST_EXACT", 1)
    score = repeat_ratio(UNEVEN * 5)

    assert exact
    assert score
    assert score.value == pytest.approx(exact.value)
    assert score.interval.low == pytest.approx(exact.interval.low, rel=0.06)
    assert score.interval.high == pytest.approx(exact.interval.high, rel=0.06)


def test_exposure_scales_the_ratio() -> None:
    ratio = repeat_ratio([pair(4, 4, exposure_before=10, exposure_after=20)])

    assert ratio
    assert ratio.value == pytest.approx(0.5)


@pytest.mark.parametrize("uneven", [1.0, 3.0], ids=["even", "uneven"])
def test_nothing_before_or_nothing_after_has_one_end_open(uneven: float) -> None:
    more = {"exposure_before": 1.0, "exposure_after": uneven}
    none_before = repeat_ratio([pair(0, 4), pair(0, 1, person=2, **more)])
    none_after = repeat_ratio([pair(4, 0), pair(1, 0, person=2, **more)])

    assert none_before
    assert none_after
    assert (none_before.value, none_before.interval.high) == (None, inf)
    assert (none_after.value, none_after.interval.low) == (0.0, 0.0)
    assert none_before.interval.low > 0
    assert none_after.interval.high < inf
    assert repeat_ratio([pair(0, 0)]) is None


def by_kind(found: Sequence[Observation]) -> list[Group]:
    return grouped(found, lambda one: one.kind, fewest_people=3, fewest_repeats=4)


def several(kind: str, people: range) -> list[Observation]:
    return [pair(1, 1, person=person, kind=kind) for person in people]


def test_small_groups_stand_together_and_the_smallest_of_the_others_joins_them() -> None:
    enough = by_kind(
        [*several("A", range(5)), *several("B", range(4)), *several("C", range(2)),
         *several("D", range(2, 4))]
    )  # fmt: skip
    too_few = by_kind([*several("A", range(5)), *several("B", range(4)), *several("C", range(2))])

    assert [(group.keys, group.people) for group in enough] == [
        (("A",), 5), (("B",), 4), (("C", "D"), 4),
    ]  # fmt: skip
    assert [(group.keys, group.people) for group in too_few] == [(("A",), 5), (("B", "C"), 4)]
    assert sum(group.before for group in too_few) == 11


def test_nothing_is_shown_of_too_few_people_and_no_ratio_of_too_few_repeats() -> None:
    quiet = [pair(1, 0, person=person) for person in range(3)]

    assert by_kind(several("A", range(2))) == []
    assert by_kind([]) == []
    assert [(group.before, group.ratio) for group in by_kind(quiet)] == [(3, None)]
