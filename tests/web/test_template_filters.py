"""How times read on a page."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fcr_app.domain.spoken_time import day, duration, moment, near_day, wall_time
from fcr_app.web.template_filters import clock

#: A Tuesday in winter, when London time is UTC.
NOW = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=3, minutes=20), "due in 3 hours 20 minutes (today 16:40)"),
        (timedelta(hours=1), "due in 1 hour (today 14:20)"),
        (timedelta(minutes=1), "due in 1 minute (today 13:21)"),
        (timedelta(seconds=20), "due in less than a minute (today 13:20)"),
        (timedelta(hours=20), "due in 20 hours (tomorrow 09:20)"),
        (timedelta(hours=25, minutes=10), "due in 1 day 1 hour (tomorrow 14:30)"),
        (timedelta(days=3), "due in 3 days (Friday 27 November 13:20)"),
        (timedelta(days=60), "due in 60 days (23 January 2027 13:20)"),
        (timedelta(minutes=-5), "5 minutes late (today 13:15)"),
        (timedelta(days=-1), "1 day late (yesterday 13:20)"),
        (timedelta(days=-2), "2 days late (Sunday 22 November 13:20)"),
    ],
)
def test_a_deadline_reads_like_speech_with_the_exact_time(away: timedelta, words: str) -> None:
    assert clock(NOW + away, NOW) == words


@pytest.mark.parametrize("due_at", [None, datetime(9999, 12, 31, tzinfo=UTC)])
def test_where_no_clock_runs_it_says_so(due_at: datetime | None) -> None:
    assert clock(due_at, NOW) == "no deadline"


def test_a_moment_is_shown_in_london_time() -> None:
    assert moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026 at 00:30"
    assert day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"
    assert day(date(2026, 7, 1)) == "1 July 2026"


def test_nothing_is_shown_for_no_time() -> None:
    assert (moment(None), day(None)) == ("", "")


def test_the_two_hours_that_octobers_clock_shows_twice_are_told_apart() -> None:
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))

    assert wall_time(first) == "01:30 BST"
    assert wall_time(second) == "01:30 GMT"


def test_a_time_left_counts_real_hours_across_a_clock_change() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)

    assert clock(before + timedelta(hours=24), before) == "due in 1 day (tomorrow 13:00)"
    assert near_day(before, before) == "today"
    assert duration(timedelta(hours=-2)) == "2 hours"
