"""Age at the time of the report, from a date of birth or from an age told or estimated."""

from datetime import date
from itertools import pairwise

import pytest

from fcr_app.domain.equality.age import (
    BANDS,
    OLDEST,
    age_of,
    age_on,
    band_of,
    from_birth,
    from_years,
    is_estimate,
)
from fcr_app.errors import InvalidValue

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2016, 11, 24), DAY, 10),
        (date(2016, 11, 25), DAY, 9),
        (DAY, DAY, 0),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
    ],
)
def test_an_age_grows_on_the_birthday_and_for_the_29th_of_february_on_1_march(
    born_on: date, day: date, age: int
) -> None:
    assert age_on(born_on, day) == age


def test_the_bands_leave_no_gap_and_do_not_overlap() -> None:
    for before, after in pairwise(BANDS):
        assert before.highest is not None
        assert after.lowest == before.highest + 1
    assert BANDS[0].lowest == 0
    assert BANDS[-1].highest is None


@pytest.mark.parametrize(
    ("age", "key"), [(0, "0-9"), (9, "0-9"), (10, "10-13"), (17, "16-17"), (18, "18-24"),
                     (74, "65-74"), (75, "75+"), (OLDEST, "75+")]
)  # fmt: skip
def test_an_age_falls_in_one_band(age: int, key: str) -> None:
    assert band_of(age).key == key


def test_what_is_stored_reads_back_as_the_age_on_the_day() -> None:
    assert age_of(from_birth(date(2008, 11, 25), DAY), DAY) == 17
    assert age_of(from_years(41, estimated=False), DAY) == 41
    assert age_of(from_years(41, estimated=True), DAY) == 41
    assert is_estimate(from_years(41, estimated=True))
    assert not is_estimate(from_years(41, estimated=False))


@pytest.mark.parametrize("years", [-1, OLDEST + 1])
def test_an_age_that_nobody_has_is_refused(years: int) -> None:
    with pytest.raises(InvalidValue, match="0 to 122"):
        from_years(years, estimated=False)


@pytest.mark.parametrize("born_on", [date(2026, 11, 25), date(1850, 1, 1)])
def test_a_birth_after_the_report_or_too_long_before_is_refused(born_on: date) -> None:
    with pytest.raises(InvalidValue):
        from_birth(born_on, DAY)
