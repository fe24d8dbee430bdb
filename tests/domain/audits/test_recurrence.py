"""When audits are due, and which whole months they are about."""

import itertools
from datetime import date

import pytest
from hypothesis import given, strategies as st

from fcr_app.domain.audits.recurrence import (
    Span,
    every_label,
    months_later,
    next_after,
    occurrences,
    period_before,
    rule_text,
)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert months_later(date(2026, 11, 5), 3) == date(2027, 2, 5)
    assert months_later(date(2026, 1, 1), -1) == date(2025, 12, 1)


def test_a_last_day_comes_back_after_a_short_month() -> None:
    days = occurrences(date(2026, 1, 31), 1, date(2026, 4, 30))

    assert days == (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (date(2026, 4, 4), ()),
        (date(2026, 4, 5), (date(2026, 4, 5),)),
        (date(2026, 10, 4), (date(2026, 4, 5), date(2026, 7, 5))),
        (date(2026, 10, 5), (date(2026, 4, 5), date(2026, 7, 5), date(2026, 10, 5))),
    ],
)
def test_what_is_due_every_quarter(until: date, expected: tuple[date, ...]) -> None:
    assert occurrences(date(2026, 4, 5), 3, until) == expected


def test_what_is_due_once_never_comes_back() -> None:
    assert occurrences(date(2026, 4, 5), 0, date(2030, 1, 1)) == (date(2026, 4, 5),)
    assert next_after(date(2026, 4, 5), 0, date(2026, 4, 4)) == date(2026, 4, 5)
    assert next_after(date(2026, 4, 5), 0, date(2026, 4, 5)) is None


def test_a_period_is_whole_months_before_the_month_it_is_due_in() -> None:
    assert period_before(date(2026, 4, 5), 1) == Span(date(2026, 3, 1), date(2026, 3, 31))
    assert period_before(date(2026, 4, 30), 3) == Span(date(2026, 1, 1), date(2026, 3, 31))
    assert period_before(date(2026, 1, 5), 12) == Span(date(2025, 1, 1), date(2025, 12, 31))


@given(first=DAYS, every=st.sampled_from([1, 2, 3, 4, 6, 12]), day=DAYS)
def test_the_next_day_is_the_first_after_all_that_were(first: date, every: int, day: date) -> None:
    following = next_after(first, every, day)

    assert following is not None
    assert following > day
    assert following not in occurrences(first, every, day)
    assert occurrences(first, every, following)[-1] == following


@given(first=DAYS, every=st.sampled_from([1, 3, 6, 12]))
def test_periods_of_an_audit_that_covers_its_interval_follow_without_gap(
    first: date, every: int
) -> None:
    due = occurrences(first, every, months_later(first, 3 * every))
    spans = [period_before(day, every) for day in due]

    for one, following in itertools.pairwise(spans):
        assert (following.starts_on - one.ends_on).days == 1


def test_spans_and_rules_in_words() -> None:
    assert Span(date(2026, 3, 1), date(2026, 3, 31)).label == "March 2026"
    assert Span(date(2026, 1, 1), date(2026, 3, 31)).label == "January 2026 to March 2026"
    assert Span(date(2026, 1, 2), date(2026, 3, 31)).label == "2 January 2026 to 31 March 2026"
    assert rule_text(3) == "FREQ=MONTHLY;INTERVAL=3"
    assert rule_text(0) == ""
    assert [every_label(n) for n in (0, 1, 2, 3)] == [
        "Once",
        "Every month",
        "Every 2 months",
        "Every quarter",
    ]
