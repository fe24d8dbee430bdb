"""What is published of how much is known gives no small count back."""

from hypothesis import given, settings, strategies as st

from fcr_app.domain.disclosure import PUBLIC, protect
from fcr_app.domain.equality.answers import Missing
from fcr_app.domain.equality_figures.completeness import Completeness
from fcr_app.domain.equality_figures.hiding_known import (
    DECLINED,
    KNOWN,
    known_key,
    known_publication,
    parts_of,
)
from tests.domain.disclosure.attack import check

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 900))


def a_line(known: int, declined: int, other: int, blank: int, key: str = "sex") -> Completeness:
    return Completeness(
        key=key,
        label="Sex",
        asked_of=known + declined + other + blank,
        known=known,
        reasons={Missing.DECLINED: declined, Missing.URGENT: other},
        blank=blank,
    )


@settings(deadline=None)
@given(counts=st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=3))
def test_nothing_comes_out(counts: list[tuple[int, int, int, int]]) -> None:
    lines = [a_line(*four, key=str(number)) for number, four in enumerate(counts)]
    check(known_publication(lines), PUBLIC)


def test_one_who_declined_takes_another_part_along() -> None:
    line = a_line(50, 1, 20, 30)
    gaps = protect(known_publication([line]), PUBLIC)
    assert known_key("sex", DECLINED) in gaps
    assert len(gaps) > 1
    assert parts_of(line)[KNOWN] == 50
