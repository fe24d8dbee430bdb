"""The starting plan, what can't be said of an audit, its risk, and the hours of a year."""

from dataclasses import replace
from datetime import date

import pytest

from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.capacity import LineLoad, due_in, load_of
from fcr_app.domain.audits.frame_choices import DIVIDED_BY, narrowed_in_words
from fcr_app.domain.audits.lines import LineGiven, problems_of
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.risk import MOST, Risk, RiskBand
from fcr_app.domain.audits.starting_plan import STARTING_HOURS, STARTING_PLAN
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import CountedAs, Frame, LineStatus, Strata
from fcr_app.domain.audits.year import months_of, year_after, year_label, year_of

YEAR = year_of(date(2026, 11, 25))
GOOD = LineGiven(
    code="A1",
    title="Reports and their crimes",
    frame=Frame.INCIDENTS,
    counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
    strata=Strata.OPENING_CODE,
    first_due_on=date(2026, 4, 6),
    every_months=1,
    covers_months=1,
    method=Method.STRATIFIED,
    precision=0.05,
    hours=40,
)


def load(**said: object) -> LineLoad:
    return replace(
        LineLoad(
            id=1, line_key="A1-1", code="A1", title="Reports", first_due_on=date(2026, 4, 6),
            every_months=1, covers_months=1, hours=40, status=LineStatus.PLANNED,
        ),
        **said,  # type: ignore[arg-type] # each as the class says
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "starts_on"),
    [
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2027, 3, 31), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2026, 12, 31), date(2026, 4, 1)),
    ],
)
def test_a_year_runs_from_april_to_march(day: date, starts_on: date) -> None:
    year = year_of(day)

    assert year.starts_on == starts_on
    assert year.ends_on == date(starts_on.year + 1, 3, 31)
    assert len(months_of(year)) == 12
    assert months_of(year)[-1] == date(starts_on.year + 1, 3, 1)
    assert year_after(year).starts_on == date(starts_on.year + 1, 4, 1)


def test_a_year_is_named_as_forces_name_it() -> None:
    assert year_label(YEAR) == "2026/27"
    assert year_label(year_of(date(1999, 5, 1))) == "1999/00"


def test_the_starting_plan_has_each_audit_type_and_nothing_that_can_t_be_said() -> None:
    assert {one.line.code for one in STARTING_PLAN} == set(TYPES)
    # A1 to A18, and A1b beside A1.
    assert len(TYPES) == 19
    keys = [one.key for one in STARTING_PLAN]
    assert len(keys) == len(set(keys))
    for one in STARTING_PLAN:
        assert one.key.startswith(f"{one.line.code}-")
        given = one.for_year(YEAR)
        assert [str(problem) for problem in problems_of(given, YEAR, TYPES)] == [], one.key


def test_the_starting_plan_fits_the_hours_it_starts_with() -> None:
    lines = [
        load(
            id=number, line_key=one.key, code=one.line.code, hours=one.line.hours,
            first_due_on=one.for_year(YEAR).first_due_on, every_months=one.line.every_months,
            covers_months=one.line.covers_months,
            status=LineStatus.SUSPENDED if one.suspended_why else LineStatus.PLANNED,
        )
        for number, one in enumerate(STARTING_PLAN)
    ]  # fmt: skip

    months = load_of(lines, YEAR, available={}, done={})

    assert max(month.planned for month in months) <= STARTING_HOURS
    assert min(month.planned for month in months) >= STARTING_HOURS / 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "A19"}, "code"),
        ({"title": " A "}, "title"),
        ({"strata": Strata.REMOVAL_CODE}, "strata"),
        ({"strata": Strata.NONE}, "strata"),
        ({"frame_filter": {"groups": ["rape"]}}, "groups"),
        ({"frame_filter": {"opening_codes": ["no such code"]}}, "opening_codes"),
        ({"first_due_on": None}, "first_due_on"),
        ({"first_due_on": date(2026, 3, 31)}, "first_due_on"),
        ({"every_months": 5}, "every_months"),
        ({"covers_months": 13}, "covers_months"),
        ({"precision": None}, "precision"),
        ({"precision": 0.5}, "precision"),
        ({"method": Method.FIXED}, "fixed_size"),
        ({"method": Method.DIP}, "fixed_size"),
        ({"census_below": 0}, "census_below"),
        ({"expected_rate": 1.0}, "expected_rate"),
        ({"yield_rate": 0.0}, "yield_rate"),
        ({"design_effect": 9.0}, "design_effect"),
        ({"hours": 0.0}, "hours"),
        ({"hours": float("nan")}, "hours"),
        ({"auditor_ids": tuple(range(21))}, "auditors"),
        ({"risk": Risk(rate=4)}, "risk_rate"),
    ],
)
def test_what_can_t_be_said_of_an_audit_is_told_at_its_field(
    said: dict[str, object], field: str
) -> None:
    assert problems_of(GOOD, YEAR, TYPES) == []

    problems = problems_of(replace(GOOD, **said), YEAR, TYPES)  # type: ignore[arg-type] # each as the class says

    assert [problem.field for problem in problems] == [field]


def test_every_frame_says_what_it_is_divided_by() -> None:
    assert set(DIVIDED_BY) == set(Frame)


def test_what_a_frame_is_narrowed_to_reads_in_words() -> None:
    said = narrowed_in_words({"opening_codes": ["domestic", "hate"], "groups": []})

    assert said == "Opening codes: Domestic abuse, Hate incident"


def test_a_risk_is_likelihood_times_impact_with_each_part_in_words() -> None:
    risk = Risk(rate=2, age=3, victims=3, concern=2)

    assert (risk.likelihood, risk.impact, risk.score) == (5, 5, 25)
    assert risk.band is RiskBand.MEDIUM
    assert risk.why == "likelihood 5 of 12 times impact 5 of 9"
    assert [part.value for part in risk.parts] == [2, 0, 0, 3, 3, 0, 2]
    assert risk.parts[0].said == "5 to 10 points below the target"
    assert Risk().band is RiskBand.LOW
    assert Risk(rate=3, trend=3, change=3, age=3, victims=3, volume=3, concern=3).score == MOST


def test_a_line_is_due_in_its_year_and_never_while_it_is_suspended_or_dropped() -> None:
    quarterly = load(every_months=3, covers_months=3, first_due_on=date(2026, 5, 31))

    assert [str(one.due_on) for one in due_in(quarterly, YEAR)] == [
        "2026-05-31", "2026-08-31", "2026-11-30", "2027-02-28",
    ]  # fmt: skip
    assert due_in(quarterly, YEAR)[0].period == Span(date(2026, 2, 1), date(2026, 4, 30))
    for status in (LineStatus.SUSPENDED, LineStatus.DROPPED):
        assert due_in(replace(quarterly, status=status), YEAR) == ()
    # What began in an earlier year goes on in this one, and is due in it alone.
    early = load(first_due_on=date(2026, 1, 6))
    assert due_in(early, YEAR)[0].due_on == date(2026, 4, 6)


def test_a_month_asks_for_the_hours_of_what_is_due_in_it() -> None:
    lines = [load(), load(id=2, line_key="A8-1", code="A8", every_months=3, hours=12)]
    may, april = date(2026, 5, 1), date(2026, 4, 1)

    months = load_of(lines, YEAR, available={april: 45, may: 45}, done={april: 50.5})

    assert [month.planned for month in months][:4] == [52, 40, 40, 52]
    assert (months[0].over, months[1].over, months[2].over) == (7, 0, 0)
    assert (months[0].done, months[0].available, months[2].available) == (50.5, 45, None)
    assert [one.line.code for one in months[0].due] == ["A1", "A8"]
    assert months[0].label == "April 2026"
