"""Crimes a year that go unrecorded, as they were published."""

import pytest

from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.rates import Basis, Method, rate_of
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear, unrecorded_rows


@pytest.mark.parametrize(
    ("k", "n", "recorded", "over"),
    [
        (1249, 1396, 803_000, 94_500),
        (459, 524, 198_500, 28_100),
        (343, 377, 19_100, 1_890),
    ],
)
def test_it_is_rounded_down_as_the_inspection_was(k: int, n: int, recorded: int, over: int) -> None:
    rate = rate_of(k, n, Basis.SAMPLE, Method.WALD)

    (row,) = unrecorded_rows(RecordedAYear(total=recorded), rate, {})

    assert row.over == over
    assert row.low is not None
    assert row.high is not None
    assert row.low < row.value < row.high


def test_only_what_was_stated_is_estimated() -> None:
    rate = rate_of(459, 524, Basis.SAMPLE)
    labels = {Family.VIOLENCE.label: rate, Family.SEXUAL.label: rate}

    rows = unrecorded_rows(RecordedAYear(families={Family.VIOLENCE: 198_500}), rate, labels)

    assert [row.label for row in rows] == [Family.VIOLENCE.label]


def test_a_census_has_an_estimate_without_an_interval() -> None:
    (row,) = unrecorded_rows(RecordedAYear(total=1000), rate_of(9, 10, Basis.CENSUS), {})

    assert (row.low, row.high) == (None, None)
