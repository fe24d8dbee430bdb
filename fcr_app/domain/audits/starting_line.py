"""What the lines of the starting plan are made of."""

from dataclasses import dataclass, replace
from datetime import timedelta

from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.lines import LineGiven
from fcr_app.domain.audits.recurrence import Span, months_later
from fcr_app.domain.audits.risk import Risk
from fcr_app.domain.audits.words import CountedAs, Frame

#: Nothing was audited yet, as far as this system knows.
_NEVER_AUDITED = 3

#: A sample of reports of the month before, to plus or minus 5 percentage points.
MONTHLY = LineGiven(
    code="A1",
    title="",
    frame=Frame.INCIDENTS,
    counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
    first_due_on=None,
    every_months=1,
    covers_months=1,
    method=Method.SIMPLE,
    precision=0.05,
    hours=1,
)
QUARTERLY = replace(MONTHLY, every_months=3, covers_months=3)
HALF_YEARLY = replace(MONTHLY, every_months=6, covers_months=6)
YEARLY = replace(MONTHLY, every_months=12, covers_months=12)
ONCE = replace(MONTHLY, every_months=0)


@dataclass(frozen=True, kw_only=True)
class StartingLine:
    """One audit of the starting plan.

    Attributes:
        key: Its ``line_key``: the audit type and a number.
        month: When it is first due: months after the plan's first.
        day: The day of that month. They are spread, so that not all come at once.
        suspended_why: Why it does not run from the start; empty where it does.
    """

    key: str
    month: int = 0
    day: int
    line: LineGiven
    suspended_why: str = ""

    def for_year(
        self, year: Span, *, owner_id: int | None = None, auditor_ids: tuple[int, ...] = ()
    ) -> LineGiven:
        """Return it with the day of a year on which it is first due, and who does it."""
        first = months_later(year.starts_on, self.month)
        return replace(
            self.line,
            first_due_on=first + timedelta(days=self.day - 1),
            owner_id=owner_id,
            auditor_ids=auditor_ids,
        )


def fixed(line: LineGiven, size: int) -> LineGiven:
    """Return a line that draws a fixed number of records (from each stratum)."""
    return replace(line, method=Method.FIXED, fixed_size=size, precision=None)


def risk_of(victims: int, volume: int, concern: int, *, rate: int = 0, change: int = 0) -> Risk:
    """Return the risk of an area that was never audited."""
    return Risk(
        rate=rate,
        change=change,
        age=_NEVER_AUDITED,
        victims=victims,
        volume=volume,
        concern=concern,
    )
