"""Working days in England and Wales, with the bank holidays of 2026 to 2028."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from fcr_app.domain.london import to_london
from fcr_app.domain.working_days import add_working_days, end_of_working_day, is_working_day

#: As published for England and Wales, substitute days included; (month, day).
BANK_HOLIDAYS = {
    2026: [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)],
    2027: [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)],
    2028: [(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)],
}
HOLIDAYS = frozenset(date(year, *day) for year, days in BANK_HOLIDAYS.items() for day in days)


@pytest.mark.parametrize("day", sorted(HOLIDAYS), ids=str)
def test_nobody_works_on_a_bank_holiday(day: date) -> None:
    assert not is_working_day(day, HOLIDAYS)


@pytest.mark.parametrize("day", ["2026-11-28", "2026-11-29"])
def test_nobody_works_at_the_weekend(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day), HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-11-24", 5, "2026-12-01"),  # over a weekend
        ("2026-11-24", 1, "2026-11-25"),  # enhanced rights
        ("2026-11-27", 1, "2026-11-30"),  # Friday to Monday
        ("2026-11-28", 1, "2026-11-30"),  # Saturday is day 0 all the same
        ("2026-12-24", 1, "2026-12-29"),  # Christmas on a Friday, its substitute on Monday
        ("2026-12-24", 5, "2027-01-05"),  # Christmas and New Year
        ("2026-04-02", 1, "2026-04-07"),  # Good Friday and Easter Monday
        ("2027-03-25", 5, "2027-04-05"),  # Easter
        ("2028-04-13", 1, "2028-04-18"),
        ("2027-12-24", 1, "2027-12-29"),  # both substitutes
        ("2026-12-25", 1, "2026-12-29"),  # decided on the holiday itself
        ("2026-11-24", 0, "2026-11-24"),
    ],
)
def test_the_day_of_the_event_is_day_0(start: str, days: int, last: str) -> None:
    counted = add_working_days(date.fromisoformat(start), days, HOLIDAYS)

    assert counted == date.fromisoformat(last)


def test_the_last_day_counts_to_its_midnight_in_london() -> None:
    due_at = end_of_working_day(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), 5, HOLIDAYS)

    assert due_at == datetime(2026, 12, 2, 0, 0, tzinfo=UTC)


def test_a_midnight_of_summer_is_eleven_in_utc() -> None:
    due_at = end_of_working_day(datetime(2026, 6, 1, 9, 0, tzinfo=UTC), 1, HOLIDAYS)

    assert due_at == datetime(2026, 6, 2, 23, 0, tzinfo=UTC)


def test_late_in_a_summer_evening_it_is_tomorrow_already() -> None:
    evening = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # half past midnight on 2 June in London

    assert end_of_working_day(evening, 1, HOLIDAYS) == datetime(2026, 6, 3, 23, 0, tzinfo=UTC)


def test_a_week_with_a_clock_change_is_not_an_hour_short() -> None:
    friday = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)

    due_at = end_of_working_day(friday, 1, HOLIDAYS)

    assert due_at - end_of_working_day(friday, 0, HOLIDAYS) == timedelta(days=3, hours=1)


@pytest.mark.parametrize(
    ("friday", "hours"),
    [
        ("2026-03-27", 23 + 24 + 24),  # the clocks go forward
        ("2026-10-23", 25 + 24 + 24),  # and back
        ("2027-03-24", 24),  # a Wednesday: Good Friday follows, so Thursday is the last day
        ("2027-10-29", 25 + 24 + 24),
    ],
)
def test_a_working_day_ends_at_midnight_on_either_side_of_a_change(friday: str, hours: int) -> None:
    start_at = datetime.fromisoformat(f"{friday}T12:00+00:00")
    today, next_working_day = (end_of_working_day(start_at, days, HOLIDAYS) for days in (0, 1))

    assert next_working_day - today == timedelta(hours=hours)


#: Moments of 2026 and 2027, in UTC.
moments = st.integers(0, 2 * 365 * 86400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(moments, st.integers(0, 15))
def test_time_always_runs_out_at_a_midnight_of_london_after_a_working_day(
    start_at: datetime, days: int
) -> None:
    end_at = to_london(end_of_working_day(start_at, days, HOLIDAYS))

    assert (end_at.hour, end_at.minute, end_at.second) == (0, 0, 0)
    assert days == 0 or is_working_day(end_at.date() - timedelta(days=1), HOLIDAYS)


@given(moments, st.integers(0, 15), st.integers(0, 3 * 86400))
def test_what_starts_later_never_runs_out_earlier(start_at: datetime, days: int, wait: int) -> None:
    later = start_at + timedelta(seconds=wait)

    assert end_of_working_day(start_at, days, HOLIDAYS) <= end_of_working_day(later, days, HOLIDAYS)
