"""London time: 24 hours are 24 hours, one hour a year happens twice and one never."""

from datetime import UTC, datetime, timedelta

import pytest

from fcr_app.domain.london import from_london, from_london_exists, is_repeated, to_london
from fcr_app.domain.rules import RECORDING_LIMIT
from fcr_app.errors import NoLivingTime


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("reported", "limit"),
    [
        ("2026-03-28 12:00", "2026-03-29 13:00"),
        ("2026-10-24 12:00", "2026-10-25 11:00"),
        ("2027-03-27 12:00", "2027-03-28 13:00"),
        ("2026-11-23 10:00", "2026-11-24 10:00"),
    ],
)
def test_24_hours_are_counted_across_a_clock_change(reported: str, limit: str) -> None:
    reported_at = from_london(at(reported))

    due_at = reported_at + RECORDING_LIMIT.on(reported_at.date())

    assert to_london(due_at).replace(tzinfo=None) == at(limit)
    assert due_at - reported_at == timedelta(hours=24)


def test_the_repeated_hour_is_taken_as_its_first_unless_said_otherwise() -> None:
    wall = at("2026-10-25 01:30")

    assert from_london(wall) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert from_london(wall, second=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_fold_tells_the_two_repeated_hours_apart() -> None:
    first, second = (
        to_london(from_london(at("2026-10-25 01:30"), second=s)) for s in (False, True)
    )

    assert (first.fold, second.fold) == (0, 1)
    assert first.replace(tzinfo=None) == second.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("wall", "repeated"),
    [
        ("2026-10-25 00:59", False),
        ("2026-10-25 01:00", True),
        ("2026-10-25 01:59", True),
        ("2026-10-25 02:00", False),
        ("2026-03-29 01:30", False),
        ("2026-11-24 01:30", False),
    ],
)
def test_only_the_hour_of_october_is_repeated(wall: str, repeated: bool) -> None:
    assert is_repeated(at(wall)) is repeated


@pytest.mark.parametrize("wall", ["2026-03-29 01:00", "2026-03-29 01:30", "2026-03-29 01:59"])
@pytest.mark.parametrize("second", [False, True])
def test_the_hour_that_the_clocks_skip_is_refused(wall: str, second: bool) -> None:
    with pytest.raises(NoLivingTime, match="did not happen: the clocks went forward"):
        from_london(at(wall), second=second)


@pytest.mark.parametrize("wall", ["2026-03-29 00:59", "2026-03-29 02:00"])
def test_the_minutes_around_the_skipped_hour_exist(wall: str) -> None:
    assert from_london_exists(at(wall))


def test_a_time_outside_the_repeated_hour_has_one_meaning() -> None:
    wall = at("2026-07-01 12:00")

    assert from_london(wall) == from_london(wall, second=True) == at("2026-07-01 11:00+00:00")
