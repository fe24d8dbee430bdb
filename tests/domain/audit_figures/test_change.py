"""By how much a rate changed, and what can be said of it."""

from dataclasses import replace
from datetime import date

from fcr_app.domain.audit_figures.change import change_between
from fcr_app.domain.audit_figures.figures import (
    Counts,
    RunFigures,
    RunKeys,
    SecondReviews,
    figures_of,
)
from fcr_app.domain.audit_figures.results import CrimeCell
from fcr_app.domain.audit_figures.sampled import sampled
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear
from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import CountedAs, Group, Verdict


def figures(k: int, n: int, method: Method = Method.SIMPLE) -> RunFigures:
    run = RunKeys(
        id=1,
        reference="AUD-2026-0001",
        title="An audit",
        code="A1",
        line_key="A1-1",
        counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
        period=Span(date(2026, 4, 1), date(2026, 6, 30)),
        due_on=date(2026, 7, 1),
        is_settled=True,
    )
    counts = Counts(
        run=run,
        sampled=sampled(method, {"": 100_000}, [("", n, n)], 0),
        crimes=[cell(Verdict.RECORDED, k), cell(Verdict.MISSING, n - k)],
        answers=(),
        n100s=(),
        errors=(),
        second=SecondReviews(drawn=0, done=0, differ=0, moderated=0),
        recorded_a_year=RecordedAYear(),
    )
    return figures_of(counts)


def cell(verdict: Verdict, count: int) -> CrimeCell:
    return CrimeCell(
        stratum="", group=Group.VIOLENCE, domestic=False, verdict=verdict, band=None, count=count
    )


def test_a_small_difference_may_be_chance() -> None:
    change = change_between(figures(175, 200), figures(170, 200))

    assert change is not None
    assert change.printed == "+2.5"
    assert change.range_printed.startswith("−")
    assert "Chance alone can explain" in change.said


def test_a_large_one_is_hardly_chance() -> None:
    change = change_between(figures(150, 200), figures(180, 200))

    assert change is not None
    assert change.printed == "−15.0"
    assert "poor explanation" in change.said


def test_two_complete_counts_differ_exactly() -> None:
    change = change_between(figures(150, 200, Method.CENSUS), figures(180, 200, Method.CENSUS))

    assert change is not None
    assert change.range_printed == "All records examined, both times"


def test_what_somebody_chose_is_not_compared() -> None:
    change = change_between(figures(150, 200), figures(180, 200, Method.DIP))

    assert change is not None
    assert (change.comparison, change.printed) == (None, "–")


def test_nothing_to_count_is_no_change() -> None:
    empty = replace(figures(1, 2), headline=replace(figures(1, 2).headline, value=None))

    assert change_between(figures(1, 2), empty) is None
