"""The periods that reports on the audit plan are about: whole months, and quarters of the year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from fcr_app.domain.audits.recurrence import Span, months_later
from fcr_app.domain.audits.words import ReportKind

MONTHS_OF = {ReportKind.PLAN_MONTHLY: 1, ReportKind.PLAN_QUARTERLY: 3}
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(20[0-9]{2})-Q([1-4])")


@dataclass(frozen=True, order=True)
class ReportPeriod:
    """A month or a quarter that a report on the plan is about.

    Attributes:
        key: As it is kept: ``2026-10``, or ``2026-Q3`` for July to September.
    """

    kind: ReportKind
    key: str
    span: Span

    @property
    def label(self) -> str:
        """It in words."""
        return self.span.label


def read_period(kind: ReportKind, key: str) -> ReportPeriod | None:
    """Return the period that a key stands for; None where it stands for none."""
    if kind is ReportKind.PLAN_MONTHLY and (found := _MONTH.fullmatch(key)):
        first = date(int(found[1]), int(found[2]), 1)
    elif kind is ReportKind.PLAN_QUARTERLY and (found := _QUARTER.fullmatch(key)):
        first = date(int(found[1]), 3 * int(found[2]) - 2, 1)
    else:
        return None
    return ReportPeriod(kind, key, _from(first, MONTHS_OF[kind]))


def last_over(kind: ReportKind, today: date) -> ReportPeriod:
    """Return the last month or quarter that was over before a day."""
    months = MONTHS_OF[kind]
    begun = today.replace(day=1, month=today.month - (today.month - 1) % months)
    first = months_later(begun, -months)
    key = f"{first:%Y-%m}" if months == 1 else f"{first.year}-Q{(first.month + 2) // 3}"
    return ReportPeriod(kind, key, _from(first, months))


def is_over(period: ReportPeriod, today: date) -> bool:
    """Say whether all its days are past."""
    return period.span.ends_on < today


def _from(first: date, months: int) -> Span:
    last = months_later(first, months) - timedelta(days=1)
    return Span(first, date(last.year, last.month, monthrange(last.year, last.month)[1]))
