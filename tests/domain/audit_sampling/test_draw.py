r"""Draws: the same from the same seed for ever, by chance alone, with reserves in order.

The orders written out here come from another program, not from the code that is tested:

    for i in $(seq 1 12); do
      printf '%s crime:%s\n' "$(printf '%s' "$seed:crime:$i" | sha256sum | cut -c1-64)" $i
    done | sort

and likewise with ``$seed:second:crime:$i`` for the second reviews.
"""

from collections import Counter
from datetime import date
from hashlib import sha256
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, strategies as st
from scipy.stats import chisquare

from fcr_app.domain.audit_sampling import (
    ALGORITHM,
    Allocation,
    DrawRule,
    FrameRow,
    Method,
    Pick,
    Spread,
    draw,
    frame_hash,
    in_order,
    method_for,
    picked_by_hand,
    replacement,
    second_review_size,
    second_reviews,
    strata_of,
)

SEED = "5eed5eed5eed5eed5eed5eed5eed5eed"
STORED_ORDER = [2, 4, 8, 10, 1, 5, 3, 6, 7, 9, 12, 11]
STORED_SECOND = [9, 5, 1, 12, 3, 6, 4, 2, 11, 8, 7, 10]
ON = date(2026, 11, 25)

#: Twelve crimes, the odd ones in one stratum and the even ones in another.
FRAME = tuple(FrameRow(f"crime:{i}", "odd" if i % 2 else "even") for i in range(1, 13))


def numbers(picks: tuple[Pick, ...]) -> list[int]:
    return [int(pick.identifier.removeprefix("crime:")) for pick in picks]


# --- stored draws ---------------------------------------------------------------------------


def test_the_stored_order_is_drawn_again() -> None:
    assert ALGORITHM == "sha256-order-1"
    assert in_order((row.identifier for row in FRAME), SEED) == [f"crime:{i}" for i in STORED_ORDER]
    listed = [f"listed:{name}" for name in ("\u00c4/1", "B/2", "C/3", "D/4")]
    assert in_order(listed, SEED) == ["listed:D/4", "listed:\u00c4/1", "listed:B/2", "listed:C/3"]


def test_a_stored_draw_of_fifty_from_a_thousand() -> None:
    """As above for incident:1 to incident:1000, then head -50 | awk '{print $2}' | sha256sum."""
    frame = [FrameRow(f"incident:{i}") for i in range(1, 1_001)]
    drawn = draw(frame, DrawRule(method=Method.SIMPLE, size=50), "0123456789abcdef" * 2)

    listed = "".join(f"{pick.identifier}\n" for pick in drawn.selected)
    assert listed.startswith("incident:762\nincident:848\nincident:894\nincident:961\n")
    assert sha256(listed.encode()).hexdigest() == (
        "eedf5c0bb6bba77d6c3f49ece2379c750695671a2ebe6ff0578ad6f65632d7ab"
    )


def test_a_simple_sample_takes_the_first_whatever_their_stratum_and_then_the_reserves() -> None:
    drawn = draw(FRAME, DrawRule(method=Method.SIMPLE, size=4, reserves=3), SEED)

    assert drawn.algorithm == ALGORITHM
    assert numbers(drawn.selected) == [2, 4, 8, 10]
    assert numbers(drawn.reserves) == [1, 5, 3]
    assert [pick.position for pick in drawn.selected + drawn.reserves] == [1, 2, 3, 4, 5, 6, 7]
    assert [pick.stratum for pick in drawn.selected] == ["even"] * 4
    assert {pick.inclusion_probability for pick in drawn.selected} == {4 / 12}
    assert not drawn.examines_all


def test_a_stratified_sample_takes_the_first_of_each_stratum() -> None:
    drawn = draw(FRAME, DrawRule(method=Method.STRATIFIED, size=6, reserves=2), SEED)

    assert numbers(drawn.selected) == [2, 4, 8, 1, 5, 3]
    assert numbers(drawn.reserves) == [10, 7]
    assert [pick.position for pick in drawn.reserves] == [7, 8]
    assert {pick.inclusion_probability for pick in drawn.selected} == {0.5}


def test_a_fixed_number_is_of_each_stratum_and_all_of_a_small_one() -> None:
    frame = [row for row in FRAME if row.identifier not in {"crime:1", "crime:3", "crime:5"}]
    drawn = draw(frame, DrawRule(method=Method.FIXED, size=4), SEED)

    assert numbers(drawn.selected) == [2, 4, 8, 10, 7, 9, 11]
    assert {pick.stratum: pick.inclusion_probability for pick in drawn.selected} == {
        "even": 4 / 6,
        "odd": 1.0,
    }
    assert drawn.reserves == ()


def test_a_census_takes_all_in_the_seeds_order() -> None:
    drawn = draw(FRAME, DrawRule(method=Method.CENSUS, reserves=5), SEED)

    assert numbers(drawn.selected) == STORED_ORDER
    assert drawn.reserves == ()
    assert drawn.examines_all


def test_another_seed_draws_others() -> None:
    other = draw(FRAME, DrawRule(method=Method.SIMPLE, size=4), "0" * 32)
    assert numbers(other.selected) != STORED_ORDER[:4]


def test_an_allocation_is_drawn_as_it_says() -> None:
    spread = Spread(allocation=Allocation.NEYMAN, rates={"odd": 0.5, "even": 0.95}, at_least=1)
    drawn = draw(FRAME, DrawRule(method=Method.STRATIFIED, size=6, spread=spread), SEED)
    assert Counter(pick.stratum for pick in drawn.selected) == {"odd": 4, "even": 2}


# --- by chance alone ------------------------------------------------------------------------


@st.composite
def frames(draw_one: st.DrawFn) -> list[FrameRow]:
    names = draw_one(st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=30))
    return [FrameRow(name, draw_one(st.sampled_from(["", "a", "b", "c"]))) for name in names]


@given(
    frame=frames(),
    method=st.sampled_from([Method.SIMPLE, Method.STRATIFIED, Method.FIXED, Method.CENSUS]),
    size=st.integers(0, 40),
    reserves=st.integers(0, 8),
    seed=st.integers(0, 16**32 - 1),
)
def test_a_draw_is_sound_and_the_order_of_the_frame_does_not_matter(
    frame: list[FrameRow], method: Method, size: int, reserves: int, seed: int
) -> None:
    rule = DrawRule(method=method, size=size, reserves=reserves)
    drawn = draw(frame, rule, f"{seed:032x}")
    shuffled = list(frame)
    Random(seed).shuffle(shuffled)  # noqa: S311 - no secret

    assert draw(shuffled, rule, f"{seed:032x}") == drawn
    every = drawn.selected + drawn.reserves
    assert [pick.position for pick in every] == list(range(1, len(every) + 1))
    assert len({pick.identifier for pick in every}) == len(every)
    rows = {row.identifier: row.stratum for row in frame}
    assert all(rows[pick.identifier] == pick.stratum for pick in every)
    if method in {Method.SIMPLE, Method.STRATIFIED}:
        assert len(drawn.selected) == min(size, len(frame))
    # Whoever weights by the inclusion probability counts the frame again.
    if drawn.selected and method is not Method.STRATIFIED and size:
        weights = sum(1 / (pick.inclusion_probability or 1) for pick in drawn.selected)
        assert weights == pytest.approx(len(frame))


def test_each_set_of_records_is_as_likely_as_any_other() -> None:
    """Twenty sets of 3 out of 6, drawn with 6,000 seeds, against chi-squared."""
    frame = FRAME[:6]
    rule = DrawRule(method=Method.SIMPLE, size=3)
    found = Counter(
        frozenset(numbers(draw(frame, rule, f"{seed:032x}").selected)) for seed in range(6_000)
    )
    every = [frozenset(three) for three in combinations(range(1, 7), 3)]
    assert chisquare([found[three] for three in every]).pvalue > 0.001


def test_a_record_that_joins_the_frame_moves_no_other() -> None:
    before = in_order((row.identifier for row in FRAME), SEED)
    after = in_order([*(row.identifier for row in FRAME), "crime:13"], SEED)
    assert [one for one in after if one != "crime:13"] == before


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", ["", "5eed", SEED.upper(), SEED + "0", "g" * 32])
def test_a_seed_is_32_hex_digits(seed: str) -> None:
    with pytest.raises(ValueError, match="32 hex digits"):
        draw(FRAME, DrawRule(method=Method.CENSUS), seed)


def test_a_record_is_in_a_frame_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw([*FRAME, FrameRow("crime:1", "even")], DrawRule(method=Method.CENSUS), SEED)


def test_a_sample_is_not_smaller_than_nothing() -> None:
    for rule in (
        DrawRule(method=Method.SIMPLE, size=-1),
        DrawRule(method=Method.FIXED, size=1, reserves=-1),
    ):
        with pytest.raises(ValueError, match="nought"):
            draw(FRAME, rule, SEED)


def test_a_dip_sample_is_chosen_by_hand_and_has_no_chances() -> None:
    with pytest.raises(ValueError, match="by hand"):
        draw(FRAME, DrawRule(method=Method.DIP, size=3), SEED)

    drawn = picked_by_hand(FRAME, ["crime:7", "crime:2"])

    assert numbers(drawn.selected) == [7, 2]
    assert [pick.inclusion_probability for pick in drawn.selected] == [None, None]
    assert (drawn.reserves, drawn.algorithm, drawn.examines_all) == ((), "by-hand", False)
    with pytest.raises(ValueError, match="twice"):
        picked_by_hand(FRAME, ["crime:7", "crime:7"])
    with pytest.raises(ValueError, match="not in the frame"):
        picked_by_hand(FRAME, ["crime:70"])


def test_an_empty_frame_gives_an_empty_sample() -> None:
    for method in (Method.SIMPLE, Method.STRATIFIED, Method.FIXED, Method.CENSUS):
        drawn = draw([], DrawRule(method=method, size=5, reserves=2), SEED)
        assert (drawn.selected, drawn.reserves) == ((), ())


# --- replacements ---------------------------------------------------------------------------


def test_a_replacement_is_the_next_reserve_of_the_stratum() -> None:
    reserves = draw(FRAME, DrawRule(method=Method.STRATIFIED, size=6, reserves=4), SEED).reserves
    assert numbers(reserves) == [10, 6, 7, 9]

    def next_odd(used: set[str]) -> Pick | None:
        return replacement(reserves[::-1], used, method=Method.STRATIFIED, stratum="odd")

    first, second, none = next_odd(set()), next_odd({"crime:7"}), next_odd({"crime:7", "crime:9"})
    assert first
    assert second
    assert (first.identifier, second.identifier, none) == ("crime:7", "crime:9", None)


def test_each_stratum_that_was_drawn_from_has_a_reserve() -> None:
    frame = [FrameRow(f"crime:{i}", "few" if i > 180 else "many") for i in range(200)]
    drawn = draw(frame, DrawRule(method=Method.STRATIFIED, size=20, reserves=3), SEED)
    assert Counter(pick.stratum for pick in drawn.reserves) == {"many": 3, "few": 1}


def test_a_simple_sample_is_filled_up_with_the_next_of_all() -> None:
    reserves = draw(FRAME, DrawRule(method=Method.SIMPLE, size=4, reserves=2), SEED).reserves
    found = replacement(reserves, (), method=Method.SIMPLE, stratum="even")
    assert found
    assert found.identifier == "crime:1"


# --- method, frame, second reviews ----------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "population", "size", "used"),
    [
        (Method.STRATIFIED, 99, 40, Method.CENSUS),
        (Method.STRATIFIED, 100, 40, Method.STRATIFIED),
        (Method.SIMPLE, 120, 120, Method.CENSUS),
        (Method.FIXED, 120, 120, Method.FIXED),
        (Method.FIXED, 20, 120, Method.CENSUS),
        (Method.DIP, 5, 5, Method.DIP),
        (Method.CENSUS, 5_000, None, Method.CENSUS),
    ],
)
def test_few_records_are_all_examined(
    wanted: Method, population: int, size: int | None, used: Method
) -> None:
    assert method_for(wanted, population, size=size, census_below=100) is used


def test_only_a_dip_sample_is_not_statistical_and_each_has_words() -> None:
    assert [method for method in Method if not method.is_statistical] == [Method.DIP]
    assert len({method.label for method in Method}) == len(Method)
    assert len({one.label for one in Allocation}) == len(Allocation)


def test_the_hash_of_a_frame_is_that_of_its_json() -> None:
    r"""From: printf '%s' '[["crime:1","robbery"],...,["listed:\u00c4/1",""]]' | sha256sum."""
    rows = [
        FrameRow("listed:\u00c4/1"),
        FrameRow("crime:2", "violence"),
        FrameRow("crime:1", "robbery"),
    ]
    assert frame_hash(rows) == "9b23a8b37fc44debfc39f0fc912a50013afca8941664293e02976a3c82b85b0d"
    assert frame_hash(rows[::-1]) == frame_hash(rows)
    assert frame_hash([FrameRow("a", "b,c")]) != frame_hash([FrameRow("a,b", "c")])
    assert strata_of(rows) == {"": 1, "robbery": 1, "violence": 1}


@pytest.mark.parametrize(
    ("drawn", "reviewed"),
    [(0, 0), (7, 7), (10, 10), (11, 10), (100, 10), (101, 11), (110, 11), (111, 12), (1_396, 140)],
)
def test_a_tenth_is_reviewed_twice_and_at_least_ten(drawn: int, reviewed: int) -> None:
    assert second_review_size(drawn, ON) == reviewed


def test_second_reviews_are_a_draw_of_their_own() -> None:
    drawn = [row.identifier for row in FRAME]
    assert second_reviews(drawn, seed=SEED, on=ON) == tuple(
        f"crime:{i}" for i in STORED_SECOND[:10]
    )
    assert second_reviews(drawn[::-1], seed=SEED, on=ON) == second_reviews(drawn, seed=SEED, on=ON)
