"""Nobody can work out what was left out, with everything that was published and a computer."""

from math import inf

import pytest
from hypothesis import given, settings, strategies as st

from fcr_app.domain.disclosure import (
    INTERNAL,
    PUBLIC,
    Publication,
    Sum,
    Thresholds,
    is_protected,
    protect,
)
from fcr_app.domain.disclosure.bounds import Equation, Possible
from tests.domain.disclosure.attack import check, narrowed, table

A, B, C = ("a",), ("b",), ("c",)
#: Counts as they are: many noughts and small ones among large ones.
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40), st.integers(0, 900))
THRESHOLDS = st.sampled_from([INTERNAL, PUBLIC])


@st.composite
def tables(draw: st.DrawFn) -> Publication:
    rows, columns = draw(st.integers(2, 7)), draw(st.integers(2, 4))
    cells = {(f"g{r}", f"c{c}"): draw(COUNTS) for r in range(rows) for c in range(columns)}
    return table(cells)


@st.composite
def linked_tables(draw: st.DrawFn) -> Publication:
    """Two tables of the same people by different characteristics, so with the same totals."""
    first = {(f"g{r}", f"c{c}"): draw(COUNTS) for r in range(3) for c in range(3)}
    second: dict[tuple[str, str], int] = {}
    for c in range(3):
        left = sum(count for (_, column), count in first.items() if column == f"c{c}")
        for r in range(3):
            taken = draw(st.integers(0, left))
            second[f"h{r}", f"c{c}"] = taken
            left -= taken
        second["h3", f"c{c}"] = left
    one, two = table(first, named="one"), table(second, named="two")
    return Publication(
        counts={**one.counts, **two.counts},
        sums=one.sums + two.sums,
        rows=one.rows + two.rows,
        worth={**one.worth, **two.worth},
    )


@st.composite
def with_what_no_table_shows(draw: st.DrawFn) -> Publication:
    """A table, and beside it a part of one of its columns; the rest is shown nowhere."""
    shown = draw(tables())
    counts, sums, unshown = dict(shown.counts), list(shown.sums), set()
    rows = sorted({key[1] for key in counts if len(key) == 3})
    for row in rows:
        whole = ("", row, "c0")
        part = draw(st.integers(0, counts[whole]))
        counts[("part", row)], counts[("rest", row)] = part, counts[whole] - part
        sums.append(Sum(whole, (("part", row), ("rest", row))))
        unshown.add(("rest", row))
    return Publication(counts=counts, sums=tuple(sums), rows=shown.rows, unshown=frozenset(unshown))


@settings(deadline=None, max_examples=120)
@given(publication=tables(), thresholds=THRESHOLDS)
def test_a_table_gives_nothing_back(publication: Publication, thresholds: Thresholds) -> None:
    check(publication, thresholds)


@settings(deadline=None, max_examples=80)
@given(publication=linked_tables(), thresholds=THRESHOLDS)
def test_tables_with_the_same_totals_give_nothing_back(
    publication: Publication, thresholds: Thresholds
) -> None:
    check(publication, thresholds)


@settings(deadline=None, max_examples=80)
@given(publication=with_what_no_table_shows())
def test_what_no_table_shows_is_not_given_by_subtraction(publication: Publication) -> None:
    check(publication, INTERNAL)


def test_so_few_people_that_everything_is_left_out() -> None:
    """Five people, each of whom every total tells of: no count is left to cover another with."""
    first = {(f"g{r}", f"c{c}"): 0 for r in range(3) for c in range(3)} | {("g0", "c0"): 5}
    second = {(f"h{r}", f"c{c}"): 0 for r in range(4) for c in range(3)}
    second |= {("h1", "c0"): 1, ("h2", "c0"): 1, ("h3", "c0"): 3}
    one, two = table(first, named="one"), table(second, named="two")
    shown = Publication(
        counts={**one.counts, **two.counts},
        sums=one.sums + two.sums,
        rows=one.rows + two.rows,
        worth={**one.worth, **two.worth},
    )
    assert protect(shown, INTERNAL) == frozenset(shown.counts)
    check(shown, INTERNAL)


def test_without_secondary_suppression_the_attack_succeeds() -> None:
    """So the attack is one: it recovers a lone gap exactly."""
    shown = table({("a", "x"): 3, ("a", "y"): 30, ("b", "x"): 40, ("b", "y"): 50})
    alone = frozenset({("", "a", "x")})
    assert narrowed(shown, alone, INTERNAL) == {("", "a", "x"): (3, 3)}
    assert not is_protected(shown, alone)


def test_a_lone_small_count_takes_three_more_with_it_and_no_total() -> None:
    shown = table({(row, column): 30 for row in "abc" for column in "xyz"} | {("a", "x"): 2})
    gaps = protect(shown, INTERNAL)
    assert ("", "a", "x") in gaps
    assert len(gaps) == 4
    assert not [key for key in gaps if "all" in key]
    assert is_protected(shown, gaps)


def test_a_large_table_without_small_counts_is_shown_whole() -> None:
    shown = table({(row, column): 30 for row in "abc" for column in "xyz"} | {("a", "x"): 0})
    assert protect(shown, PUBLIC) == frozenset()


@pytest.mark.parametrize(("thresholds", "is_left_out"), [(INTERNAL, False), (PUBLIC, True)])
def test_everybody_of_a_small_group_in_one_cell_is_told_of_nobody(
    thresholds: Thresholds, *, is_left_out: bool
) -> None:
    """All twelve were recorded late: so was the one whom a reader knows."""
    shown = table({("a", "x"): 12, ("a", "y"): 0, ("b", "x"): 400, ("b", "y"): 600})
    gaps = protect(shown, thresholds)
    assert ({("", "a", "x"), ("", "a", "y")} <= gaps) is is_left_out


def test_a_force_with_next_to_nothing_shows_nothing() -> None:
    shown = table({("a", "x"): 1, ("a", "y"): 0, ("b", "x"): 0, ("b", "y"): 1})
    gaps = protect(shown, INTERNAL)
    assert ("all", "all") in gaps
    check(shown, INTERNAL)


def test_public_counts_are_printed_to_the_nearest_five() -> None:
    assert [PUBLIC.printed(count) for count in (0, 5, 7, 8, 12, 13, 1002)] == [
        0, 5, 5, 10, 10, 15, 1000,
    ]  # fmt: skip
    assert INTERNAL.printed(7) == 7


def test_a_count_that_nothing_bounds_has_no_end() -> None:
    possible = Possible([Equation({A: 1, B: -1}, 3)])
    assert possible.ends(A, 5) == (3, inf)
    assert possible.ends(B, 2) == (0, inf)
    assert possible.ends(C, 9) == (0, inf)


def test_equations_that_repeat_each_other_do_no_harm() -> None:
    possible = Possible([Equation({A: 1, B: 1}, 7), Equation({A: -1, B: -1}, -7)])
    assert possible.ends(A, 5) == (0, 7)
