"""Whether the auditors' hours are enough for what a plan asks, month by month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fcr_app.domain.audits.recurrence import Span, occurrences, period_before
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.audits.year import months_of

#: What is not carried out takes no hours.
STOPPED = frozenset({LineStatus.SUSPENDED, LineStatus.DROPPED})


@dataclass(frozen=True, kw_only=True)
class LineLoad:
    """What the hours of a line depend on."""

    id: int
    line_key: str
    code: str
    title: str
    first_due_on: date
    every_months: int
    covers_months: int
    hours: float
    status: LineStatus


@dataclass(frozen=True, kw_only=True)
class Due:
    """One audit that is due on a day."""

    line: LineLoad
    due_on: date
    period: Span


@dataclass(frozen=True, kw_only=True)
class MonthLoad:
    """A month of a plan.

    Attributes:
        month: Its first day.
        planned: Hours of the audits due in it.
        done: Hours that audits due in it took, as entered when they were signed off.
        available: Hours of auditors there are; None where nobody has said.
    """

    month: date
    due: tuple[Due, ...]
    planned: float
    done: float
    available: float | None

    @property
    def label(self) -> str:
        """The month in words."""
        return f"{self.month:%B %Y}"

    @property
    def over(self) -> float:
        """Hours by which the plan asks for more than there are; 0 where it does not."""
        return 0.0 if self.available is None else max(0.0, self.planned - self.available)


def due_in(line: LineLoad, year: Span) -> tuple[Due, ...]:
    """Return each time a line is due in a year; never where it is suspended or dropped."""
    if line.status in STOPPED:
        return ()
    days = occurrences(line.first_due_on, line.every_months, year.ends_on)
    return tuple(
        Due(line=line, due_on=day, period=period_before(day, line.covers_months))
        for day in days
        if day >= year.starts_on
    )


def load_of(
    lines: Iterable[LineLoad],
    year: Span,
    *,
    available: Mapping[date, float],
    done: Mapping[date, float],
) -> tuple[MonthLoad, ...]:
    """Return what each month of a year asks for, and what there is.

    Args:
        available: Hours of auditors, by the first day of the month.
        done: Hours that finished audits took, likewise by the month they were due in.
    """
    due = sorted(
        (one for line in lines for one in due_in(line, year)),
        key=lambda one: (one.due_on, one.line.code, one.line.line_key),
    )
    months = []
    for month in months_of(year):
        here = tuple(one for one in due if one.due_on.replace(day=1) == month)
        months.append(
            MonthLoad(
                month=month,
                due=here,
                planned=sum(one.line.hours for one in here),
                done=done.get(month, 0.0),
                available=available.get(month),
            )
        )
    return tuple(months)
