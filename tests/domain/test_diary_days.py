"""The days of a diary, over the clock changes of 2026 and 2027, and the clock of its reports."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from fcr_app.domain.diary.clock import Band, band, baselines
from fcr_app.domain.diary.days import (
    Span,
    day_of,
    day_span,
    hours_of,
    monday_of,
    starts_on,
    week_of,
)
from fcr_app.domain.london import to_london

MARCH = (date(2026, 3, 29), date(2027, 3, 28))
OCTOBER = (date(2026, 10, 25), date(2027, 10, 31))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "count"),
    [*((day, 23) for day in MARCH), *((day, 25) for day in OCTOBER), (date(2026, 11, 24), 24)],
)
def test_a_day_has_the_hours_it_really_has(day: date, count: int) -> None:
    hours = hours_of(day)

    assert len(hours) == count
    assert len({hour.label for hour in hours}) == count
    assert all(b.start - a.start == HOUR for a, b in pairwise(hours))
    assert day_span(day).end - day_span(day).start == count * HOUR
    assert (hours[0].start, hours[-1].start + HOUR) == (day_span(day).start, day_span(day).end)


@pytest.mark.parametrize("day", OCTOBER)
def test_the_hour_that_comes_twice_says_which_it_is(day: date) -> None:
    labels = [hour.label for hour in hours_of(day)]

    assert labels[:4] == ["00:00", "01:00 BST", "01:00 GMT", "02:00"]


@pytest.mark.parametrize("day", MARCH)
def test_the_hour_that_never_comes_is_not_there(day: date) -> None:
    labels = [hour.label for hour in hours_of(day)]

    assert labels[:3] == ["00:00", "02:00", "03:00"]


@pytest.mark.parametrize("day", [*MARCH, *OCTOBER])
def test_a_week_with_a_clock_change_is_an_hour_longer_or_shorter(day: date) -> None:
    monday = monday_of(day)
    span = day_span(monday, 7)

    assert week_of(day) == tuple(monday + timedelta(days=n) for n in range(7))
    assert span.end - span.start == timedelta(days=7) + (HOUR if day in OCTOBER else -HOUR)


@pytest.mark.parametrize("day", [*MARCH, *OCTOBER, date(2026, 7, 1), date(2026, 12, 31)])
def test_slots_are_offered_by_the_london_clock(day: date) -> None:
    shown = [f"{to_london(start):%H:%M}" for start in starts_on(day)]

    assert shown[0] == "08:00"
    assert shown[-1] == "19:00"
    assert all(day_of(start) == day for start in starts_on(day))


def test_touching_is_not_overlapping() -> None:
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    first = Span(start, start + HOUR)

    assert not first.overlaps(Span(start + HOUR, start + 2 * HOUR))
    assert first.overlaps(Span(start + HOUR / 2, start + 2 * HOUR))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0, Band.UNDER_12), (11.99, Band.UNDER_12), (12, Band.TO_24), (24, Band.TO_24),
        (24.001, Band.OVER_24), (300, Band.OVER_24),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reported_on", [*MARCH, *OCTOBER])
def test_the_age_of_a_report_is_elapsed_time_whatever_the_clocks_do(
    hours: float, expected: Band, reported_on: date
) -> None:
    reported_at = day_span(reported_on).start

    assert band(reported_at, reported_at + hours * HOUR) is expected


def test_the_figures_of_the_inspection_are_its_own() -> None:
    violence, sexual = baselines()

    assert (violence.in_time, violence.of, violence.percent) == (301, 459, 66)
    assert (sexual.in_time, sexual.of, sexual.percent) == (188, 325, 58)
