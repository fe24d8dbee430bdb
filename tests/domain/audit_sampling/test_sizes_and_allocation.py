"""How many records, and from which strata: the reference's table, and what always holds."""

from math import inf, sqrt

import pytest
from hypothesis import given, strategies as st

from fcr_app.domain.audit_sampling import Allocation, Spread, allocate, precision_of, size_for

# --- sizes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "precision", "sizes"),
    [
        (0.5, 0.05, (385, 357, 218, 80)),
        (0.9, 0.03, (385, 357, 218, 80)),
        (0.85, 0.03, (545, 491, 261, 85)),
        (0.9, 0.05, (139, 135, 109, 59)),
        (0.95, 0.05, (73, 72, 64, 43)),
    ],
)
def test_the_sizes_of_the_reference(
    rate: float, precision: float, sizes: tuple[int, int, int, int]
) -> None:
    """Section 2.3: without an end, and of 5,000, 500 and 100."""
    found = tuple(size_for(precision, rate, population=n) for n in (None, 5_000, 500, 100))
    assert found == sizes


def test_one_is_taken_from_the_size_without_an_end() -> None:
    """384.16 / (1 + 383.16/60) is 52.01, so 53; with 384.16/60 it would be 51.89, so 52."""
    assert size_for(0.05, 0.5, population=60) == 53


def test_a_design_effect_and_a_yield_ask_for_more() -> None:
    assert size_for(0.03, 0.9, design_effect=1.04) == 401  # 385 · 1.04 = 400.4
    assert size_for(0.05, 0.9, yield_rate=0.78) == 179  # 139 / 0.78 = 178.2
    assert size_for(0.05, 0.5, yield_rate=2) == 193
    # 5,000 records with 0.78 crimes each hold 3,900, of which 134 are needed, in 172 records.
    assert size_for(0.05, 0.9, population=5_000, yield_rate=0.78) == 172
    assert size_for(0.05, 0.5, population=60, design_effect=1.5) == 60
    assert size_for(0.05, 0.5, population=0) == 0


def test_a_whole_number_is_not_rounded_up() -> None:
    assert size_for(0.1, 0.5, z=2) == 100


def test_the_met_sample_gives_the_precision_that_was_printed() -> None:
    assert precision_of(524, 459 / 524) == pytest.approx(0.0282, abs=0.00005)
    assert precision_of(1_396, 0.895) == pytest.approx(0.0161, abs=0.00005)


@given(
    precision=st.floats(0.005, 0.3),
    rate=st.floats(0.05, 0.95),
    population=st.one_of(st.none(), st.integers(2, 100_000)),
    design_effect=st.floats(1, 3),
    yield_rate=st.floats(0.3, 2),
)
def test_one_way_and_back(
    precision: float, rate: float, population: int | None, design_effect: float, yield_rate: float
) -> None:
    """The size that is planned gives the precision that was wanted; two records fewer do not."""
    whole = None if population is None else population * yield_rate
    size = size_for(
        precision, rate, population=population, design_effect=design_effect, yield_rate=yield_rate
    )

    def reached(size: int) -> float:
        return precision_of(
            size, rate, population=population, design_effect=design_effect, yield_rate=yield_rate
        )

    assert reached(size) <= precision * (1 + 1e-9)
    assert population is None or size <= population
    if whole is None:
        # Two roundings up, of which the first is of crimes: a crime more, and a record more.
        fewer = size - 1 - int(2 * design_effect / yield_rate) - 1
        if fewer > 0:
            assert reached(fewer) > precision


def test_all_records_have_no_error_and_none_have_any() -> None:
    assert precision_of(60, 0.9, population=60, design_effect=2) == 0
    assert precision_of(0, 0.9) == inf
    assert precision_of(30, 0.9, population=60) == pytest.approx(1.96 * sqrt(0.09 / 30 * 30 / 59))


def test_what_makes_no_sense_is_refused() -> None:
    for precision, rate in ((0.0, 0.5), (1.0, 0.5), (0.05, 0.0), (0.05, 1.0)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            size_for(precision, rate)
    with pytest.raises(ValueError, match="nought"):
        size_for(0.05, 0.5, population=-1)
    with pytest.raises(ValueError, match="above nought"):
        size_for(0.05, 0.5, yield_rate=0)
    with pytest.raises(ValueError, match="nought"):
        precision_of(-1, 0.5)


# --- allocation -----------------------------------------------------------------------------

MIX = {"violence": 600, "sexual": 300, "robbery": 95, "other": 5}


def test_in_proportion_by_the_largest_remainder_and_two_at_least() -> None:
    assert allocate(MIX, 100, Spread()) == {"violence": 59, "sexual": 30, "robbery": 9, "other": 2}


def test_the_same_from_each_and_what_one_lacks_from_the_others() -> None:
    equal = Spread(allocation=Allocation.EQUAL)
    assert allocate(MIX, 40, equal) == dict.fromkeys(MIX, 10) | {
        "violence": 12, "sexual": 12, "robbery": 11, "other": 5,
    }  # fmt: skip


def test_neyman_takes_more_where_more_varies() -> None:
    """N_h·√(p(1−p)) is 600·0.3 and 300·0.5 and 95·0.4: 180, 150 and 38 of 368."""
    strata = {name: MIX[name] for name in ("violence", "sexual", "robbery")}
    spread = Spread(
        allocation=Allocation.NEYMAN, rates={"violence": 0.9, "sexual": 0.5, "robbery": 0.2}
    )
    assert allocate(strata, 184, spread) == {"violence": 90, "sexual": 75, "robbery": 19}
    # Without a rate of its own a stratum has the one expected.
    assert allocate({"a": 100, "b": 100}, 50, Spread(allocation=Allocation.NEYMAN)) == {
        "a": 25, "b": 25,
    }  # fmt: skip


def test_an_earlier_sample_without_an_error_is_not_taken_for_none() -> None:
    spread = Spread(allocation=Allocation.NEYMAN, rates={"a": 1.0, "b": 0.5}, at_least=0)
    found = allocate({"a": 1000, "b": 1000}, 100, spread)
    assert found == {"a": 30, "b": 70}
    with pytest.raises(ValueError, match="between 0 and 1"):
        allocate({"a": 3}, 1, Spread(allocation=Allocation.NEYMAN, rates={"a": 1.2}))


def test_with_more_strata_than_the_size_allows_the_least_is_lowered() -> None:
    many = {f"{i:02}": 50 - i for i in range(10)}
    assert set(allocate(many, 12, Spread(allocation=Allocation.EQUAL)).values()) == {1, 2}
    few = allocate(many, 3, Spread())
    assert sum(few.values()) == 3
    assert max(few.values()) == 1


@given(
    counts=st.lists(st.integers(0, 400), max_size=12),
    size=st.integers(0, 2_000),
    allocation=st.sampled_from(Allocation),
    rates=st.lists(st.floats(0, 1), min_size=12, max_size=12),
)
def test_an_allocation_adds_up_and_takes_no_more_than_there_is(
    counts: list[int], size: int, allocation: Allocation, rates: list[float]
) -> None:
    strata = {f"s{i}": count for i, count in enumerate(counts)}
    named = dict(zip(strata, rates, strict=False))
    spread = Spread(allocation=allocation, rates=named)
    found = allocate(strata, size, spread)

    assert set(found) == set(strata)
    assert sum(found.values()) == min(size, sum(counts))
    assert all(0 <= found[name] <= count for name, count in strata.items())
    if size >= sum(min(2, count) for count in counts):
        assert all(found[name] >= min(2, count) for name, count in strata.items())
    assert allocate(dict(reversed(strata.items())), size, spread) == found


def test_an_allocation_has_no_fewer_than_nought() -> None:
    with pytest.raises(ValueError, match="nought"):
        allocate(MIX, -1, Spread())
