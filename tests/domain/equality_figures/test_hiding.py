"""The linked tables of decisions by group, attacked with everything that is published of them."""

from itertools import product
from random import Random
from time import perf_counter

from hypothesis import given, settings, strategies as st

from fcr_app.domain.disclosure import INTERNAL, PUBLIC, Publication, Sum, Thresholds, protect
from fcr_app.domain.equality_figures.hiding import publication
from fcr_app.domain.equality_figures.tallies import ALL, NOT_KNOWN, CrimeTally, ReportTally, tally
from tests.domain.disclosure.attack import check

GROUPS = ("a", "b", NOT_KNOWN)
COUNTS = st.one_of(st.integers(0, 5), st.integers(0, 60))


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """Two characteristics of the same people: the second only has its groups mixed anew."""
    kinds = draw(st.tuples(*(st.booleans() for _ in GROUPS)))
    rows = [[draw(COUNTS) for _ in range(4)] for _ in GROUPS]
    crimes = [(draw(COUNTS), draw(COUNTS)) for _ in GROUPS]
    items = {}
    for item in ("first", "second"):
        order = draw(st.permutations(GROUPS))
        items[item] = tally(
            [
                _report(group, "rape" if is_rape else "theft", "101", counts)
                for group, is_rape, counts in zip(order, kinds, rows, strict=True)
            ],
            [
                CrimeTally(group=group, offence_group="Theft", cancelled=k, standing=rest)
                for group, (k, rest) in zip(order, crimes, strict=True)
            ],
        )
    return publication(items, dict.fromkeys(items, GROUPS))


@settings(deadline=None, max_examples=25)
@given(published=publications(), thresholds=st.sampled_from([INTERNAL, PUBLIC]))
def test_nothing_comes_out(published: Publication, thresholds: Thresholds) -> None:
    hidden = [key for key in published.counts if key[2] == ALL and key[3] == "hidden"]
    known = (
        Sum(total, tuple((item, total[1], group, total[3]) for group in GROUPS))
        for total, item in product(hidden, ("first", "second"))
    )
    check(published, thresholds, tuple(known))


def test_nine_characteristics_are_protected_while_somebody_waits() -> None:
    """As many tables as the annual report has, with small counts in all of them."""
    rng = Random(7)  # noqa: S311 - the same tables every time
    groups = [str(number) for number in range(9)]
    base = {
        (about, route): [rng.choice((2, 12, 300)) for _ in range(4)]
        for about, route in product(("rape", "theft", "violence"), ("101", "sarc"))
    }
    items = {}
    for item in range(9):
        reports = []
        for (about, route), counts in base.items():
            left = list(counts)
            for group in groups:
                taken = [rng.randint(0, count // 2 + count % 2) for count in left]
                left = [had - took for had, took in zip(left, taken, strict=True)]
                reports.append(_report(group, about, route, taken))
            reports.append(_report(NOT_KNOWN, about, route, left))
        items[str(item)] = tally(reports, [])
    published = publication(items, dict.fromkeys(items, (*groups, NOT_KNOWN)))
    started = perf_counter()
    gaps = protect(published, PUBLIC)
    assert perf_counter() - started < 60
    assert gaps


def _report(group: str, about: str, route: str, counts: list[int]) -> ReportTally:
    in_time, late, n100, other = counts
    return ReportTally(
        group=group, about=about, route=route, is_rape=about == "rape", in_time=in_time,
        late=late, n100=n100 if about == "rape" else 0, other_unrecorded=other,
    )  # fmt: skip
