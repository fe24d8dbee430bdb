"""The months and quarters that reports on the plan are about."""

from datetime import date

import pytest

from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.report_periods import is_over, last_over, read_period
from fcr_app.domain.audits.words import ReportKind

MONTHLY, QUARTERLY = ReportKind.PLAN_MONTHLY, ReportKind.PLAN_QUARTERLY


@pytest.mark.parametrize(
    ("kind", "today", "key", "span"),
    [
        (MONTHLY, date(2026, 11, 25), "2026-10", Span(date(2026, 10, 1), date(2026, 10, 31))),
        (MONTHLY, date(2027, 1, 1), "2026-12", Span(date(2026, 12, 1), date(2026, 12, 31))),
        (MONTHLY, date(2028, 3, 31), "2028-02", Span(date(2028, 2, 1), date(2028, 2, 29))),
        (QUARTERLY, date(2026, 11, 25), "2026-Q3", Span(date(2026, 7, 1), date(2026, 9, 30))),
        (QUARTERLY, date(2026, 10, 1), "2026-Q3", Span(date(2026, 7, 1), date(2026, 9, 30))),
        (QUARTERLY, date(2026, 9, 30), "2026-Q2", Span(date(2026, 4, 1), date(2026, 6, 30))),
        (QUARTERLY, date(2027, 2, 14), "2026-Q4", Span(date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_the_last_period_that_was_over(kind: ReportKind, today: date, key: str, span: Span) -> None:
    found = last_over(kind, today)

    assert (found.key, found.span) == (key, span)
    assert read_period(kind, key) == found
    assert is_over(found, today)
    assert not is_over(found, span.ends_on)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (MONTHLY, "2026-13"), (MONTHLY, "2026-Q3"), (MONTHLY, "October"), (MONTHLY, ""),
        (QUARTERLY, "2026-Q5"), (QUARTERLY, "2026-10"), (ReportKind.RUN, "2026-10"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_none(kind: ReportKind, key: str) -> None:
    assert read_period(kind, key) is None
