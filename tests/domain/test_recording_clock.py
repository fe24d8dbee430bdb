"""The recording clock counts elapsed time: over clock changes, through nights, without a pause."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from fcr_app.domain.london import LONDON, from_london, to_london
from fcr_app.domain.recording_clock import Light, amber_from, late_by, light, record_by
from fcr_app.domain.rules import RECORDING_LIMIT

DAY = timedelta(hours=24)
INSTANT = timedelta(microseconds=1)
FORWARD = (date(2026, 3, 29), date(2027, 3, 28))
BACK = (date(2026, 10, 25), date(2027, 10, 31))
#: The clocks of Britain change at 01:00 UTC, in spring and in autumn.
CHANGES = [datetime(day.year, day.month, day.day, 1, tzinfo=UTC) for day in sorted(FORWARD + BACK)]

#: Any moment of 2026 and 2027, most of them within three days of a clock change.
moments = st.one_of(
    st.builds(
        lambda change, seconds: change + timedelta(seconds=seconds),
        st.sampled_from(CHANGES),
        st.integers(-3 * 86400, 3 * 86400),
    ),
    st.builds(
        lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds),
        st.integers(0, 2 * 365 * 86400),
    ),
)
lengths = st.timedeltas(timedelta(0), timedelta(days=5))


def london(day: date, clock: str, *, second: bool = False) -> datetime:
    return from_london(datetime.fromisoformat(f"{day} {clock}"), second=second)


def limit_of(reported_at: datetime) -> datetime:
    limit = record_by(reported_at)
    assert limit is not None
    return limit


def on_the_clock(moment: datetime) -> str:
    return f"{to_london(moment):%d %H:%M}"


# --- both changes of 2026 and 2027 -----------------------------------------------------------


@pytest.mark.parametrize("change", FORWARD, ids=str)
@pytest.mark.parametrize(
    ("reported", "limit", "days"),
    [
        ("00:59", "00:59", 0),  # before the clocks change
        ("01:00", "02:00", 0),  # 01:00 does not exist on that day
        ("10:00", "11:00", 0),
        ("23:30", "00:30", 1),
    ],
)
def test_when_the_clocks_go_forward_the_limit_reads_an_hour_later(
    change: date, reported: str, limit: str, days: int
) -> None:
    reported_at = london(change - timedelta(days=1), reported)

    assert limit_of(reported_at) == london(change + timedelta(days=days), limit)
    assert limit_of(reported_at) - reported_at == DAY


@pytest.mark.parametrize("change", BACK, ids=str)
@pytest.mark.parametrize(
    ("reported", "limit", "second"),
    [
        ("00:59", "00:59", False),  # before the clocks change
        ("01:30", "01:30", False),  # in the first of the two hours from 01:00 to 02:00
        ("02:00", "01:00", True),  # as the second begins
        ("02:30", "01:30", True),
        ("10:00", "09:00", False),
    ],
)
def test_when_the_clocks_go_back_the_limit_reads_an_hour_earlier(
    change: date, reported: str, limit: str, second: bool
) -> None:
    reported_at = london(change - timedelta(days=1), reported)

    assert limit_of(reported_at) == london(change, limit, second=second)
    assert limit_of(reported_at) - reported_at == DAY


@pytest.mark.parametrize("change", BACK, ids=str)
def test_two_reports_of_the_repeated_hour_have_limits_an_hour_apart(change: date) -> None:
    first, second = london(change, "01:30"), london(change, "01:30", second=True)

    assert limit_of(second) - limit_of(first) == timedelta(hours=1)
    assert on_the_clock(limit_of(first)) == on_the_clock(second + timedelta(hours=23))
    assert late_by(first, limit_of(second)) == timedelta(hours=1)


@pytest.mark.parametrize("change", FORWARD + BACK, ids=str)
def test_amber_is_12_elapsed_hours_across_a_change(change: date) -> None:
    reported_at = london(change - timedelta(days=1), "20:00")
    amber_at = amber_from(reported_at)

    assert amber_at == reported_at + timedelta(hours=12)
    assert on_the_clock(amber_at)[3:] == ("09:00" if change in FORWARD else "07:00")


@pytest.mark.parametrize("change", [date(2014, 3, 30), date(2014, 10, 26)], ids=str)
def test_72_hours_were_elapsed_hours_too(change: date) -> None:
    reported_at = london(change - timedelta(days=1), "12:00")

    assert limit_of(reported_at) == reported_at + timedelta(hours=72)
    assert on_the_clock(limit_of(reported_at))[3:] == ("13:00" if change.month == 3 else "11:00")


# --- exactly the limit, and the rules of the day ---------------------------------------------


@pytest.mark.parametrize(
    ("after", "expected", "late"),
    [
        (timedelta(0), Light.GREEN, None),
        (timedelta(hours=12) - INSTANT, Light.GREEN, None),
        (timedelta(hours=12), Light.AMBER, None),
        (DAY - INSTANT, Light.AMBER, None),
        (DAY, Light.AMBER, None),  # exactly 24:00:00 is within
        (DAY + INSTANT, Light.RED, INSTANT),
        (timedelta(hours=26), Light.RED, timedelta(hours=2)),
    ],
)
@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_exactly_24_hours_is_in_time_and_an_instant_more_is_late(
    change: datetime, after: timedelta, expected: Light, late: timedelta | None
) -> None:
    for reported_at in (change - DAY, change - timedelta(hours=5), change, change + DAY):
        assert light(reported_at, reported_at + after) is expected
        assert late_by(reported_at, reported_at + after) == late


@pytest.mark.parametrize(
    ("reported", "hours"),
    [
        ("2002-04-01 00:00", 72),
        ("2014-06-01 12:00", 72),
        ("2015-03-31 23:59", 72),
        ("2015-04-01 00:00", 24),  # in UTC it was still March
        ("2026-11-25 12:00", 24),
    ],
)
def test_a_report_is_judged_by_the_limit_of_its_day_in_london(reported: str, hours: int) -> None:
    reported_at = from_london(datetime.fromisoformat(reported))

    assert limit_of(reported_at) - reported_at == timedelta(hours=hours)


def test_before_there_was_a_limit_nothing_is_late() -> None:
    reported_at = london(date(2002, 3, 31), "23:59")

    assert record_by(reported_at) is None
    assert amber_from(reported_at) is None
    assert light(reported_at, reported_at + timedelta(days=9000)) is Light.GREEN
    assert late_by(reported_at, reported_at + timedelta(days=9000)) is None


def test_each_light_is_said_in_words() -> None:
    assert len({colour.label for colour in Light}) == len(Light)


# --- whatever the moment ---------------------------------------------------------------------


@given(moments)
def test_the_limit_is_always_24_elapsed_hours_away(reported_at: datetime) -> None:
    assert limit_of(reported_at) - reported_at == DAY == RECORDING_LIMIT.on(reported_at.date())


@given(moments)
def test_it_does_not_matter_in_which_zone_a_moment_is_written(reported_at: datetime) -> None:
    in_london = reported_at.astimezone(LONDON)

    assert limit_of(in_london).astimezone(UTC) == limit_of(reported_at)
    assert amber_from(in_london) == amber_from(reported_at)


@given(moments, lengths, lengths)
def test_a_light_never_goes_back(reported_at: datetime, one: timedelta, other: timedelta) -> None:
    order = list(Light)
    earlier, later = (light(reported_at, reported_at + after) for after in sorted((one, other)))

    assert order.index(earlier) <= order.index(later)


@given(moments, lengths)
def test_red_and_late_are_one_thing(reported_at: datetime, after: timedelta) -> None:
    recorded_at = reported_at + after
    late = late_by(reported_at, recorded_at)

    assert (late is not None) == (light(reported_at, recorded_at) is Light.RED) == (after > DAY)
    if late is not None:
        assert late == after - DAY


@given(moments, lengths)
def test_nothing_pauses_the_clock(reported_at: datetime, wait: timedelta) -> None:
    """A report made later by some time has a limit later by just that time."""
    assert limit_of(reported_at + wait) - limit_of(reported_at) == wait
