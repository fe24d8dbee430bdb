"""What is said of one audit of a plan, and what can't be said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from fcr_app.domain.audit_sampling.allocation import Allocation
from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.frame_choices import DIVIDED_BY, NARROWED_BY, Filter, Narrowed
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.risk import MOST_OF_A_PART, SCALE, Risk
from fcr_app.domain.audits.words import CountedAs, Frame, Strata
from fcr_app.errors import InvalidValue

SHORTEST_TITLE, LONGEST_TITLE = 5, 160
#: Every so many months; 0 for once.
RECURRENCES = (0, 1, 2, 3, 4, 6, 12)
MOST_COVERED = 12
MOST_RECORDS = 5000
LEAST_PRECISION, MOST_PRECISION = 0.005, 0.25
LEAST_RATE, MOST_RATE = 0.01, 0.99
LEAST_YIELD, MOST_YIELD = 0.05, 5.0
LEAST_EFFECT, MOST_EFFECT = 0.5, 5.0
MOST_HOURS = 2000.0
MOST_AUDITORS = 20


@dataclass(frozen=True, kw_only=True)
class LineGiven:
    """One audit of a plan, as it is written.

    Attributes:
        code: The audit type, as ``types.TYPES`` has it.
        frame_filter: What the frame is narrowed to.
        first_due_on: The first day of the plan's year on which it is due.
        every_months: Due again after so many months; 0 for once.
        covers_months: How many whole months before the month it is due in are audited.
        fixed_size: Records, for a fixed number (from each stratum) or a dip sample.
        census_below: All records are examined where there are fewer; None for no such threshold.
        precision: Half the interval that is wanted, 0 to 1.
        yield_rate: Crimes that should exist for each record examined.
        hours: Hours of auditors for each time it runs.
        owner_id: Who sees to it, and gets its report.
    """

    code: str
    title: str
    frame: Frame
    counted_as: CountedAs
    first_due_on: date | None
    every_months: int
    covers_months: int
    method: Method
    hours: float
    frame_filter: Filter = field(default_factory=dict)
    strata: Strata = Strata.NONE
    allocation: Allocation = Allocation.PROPORTIONAL
    fixed_size: int | None = None
    census_below: int | None = None
    precision: float | None = None
    expected_rate: float = 0.9
    yield_rate: float = 1.0
    design_effect: float = 1.0
    risk: Risk = field(default_factory=Risk)
    owner_id: int | None = None
    auditor_ids: tuple[int, ...] = ()


def problems_of(given: LineGiven, year: Span, codes: Mapping[str, object]) -> list[InvalidValue]:
    """Return everything that can't be said of an audit of a plan; empty where all can.

    Args:
        year: Of the plan.
        codes: The audit types there are.
    """
    return [
        InvalidValue(text, field=name)
        for part in (_about(given, codes), _when(given, year), _size(given), _rates(given))
        for name, text in part
    ]


Problems = Iterator[tuple[str, str]]


def _about(given: LineGiven, codes: Mapping[str, object]) -> Problems:
    if given.code not in codes:
        yield "code", "Select the type of audit."
    if not SHORTEST_TITLE <= len(given.title.strip()) <= LONGEST_TITLE:
        yield "title", f"Say what is audited in {SHORTEST_TITLE} to {LONGEST_TITLE} characters."
    if given.strata is not Strata.NONE and given.strata not in DIVIDED_BY[given.frame]:
        allowed = DIVIDED_BY[given.frame]
        said = ", ".join(one.label.lower() for one in allowed) or "nothing"
        yield "strata", f"These records can be divided by {said}."
    yield from _narrowed(given)


def _narrowed(given: LineGiven) -> Problems:
    allowed = {by.value for by in NARROWED_BY.get(given.frame, ())}
    for key, values in given.frame_filter.items():
        if not values:
            continue
        if key not in allowed:
            yield key, "These records can’t be narrowed by that."
        elif not set(values) <= {one.value for one in Narrowed(key).choices}:
            yield key, "Select what there is to choose from."


def _when(given: LineGiven, year: Span) -> Problems:
    day = given.first_due_on
    if day is None or not year.starts_on <= day <= year.ends_on:
        yield "first_due_on", f"Enter a day of the plan’s year, {year}."
    if given.every_months not in RECURRENCES:
        yield "every_months", "Select how often it is due."
    if not 1 <= given.covers_months <= MOST_COVERED:
        yield "covers_months", f"Enter a number of months from 1 to {MOST_COVERED}."


def _size(given: LineGiven) -> Problems:
    if given.method is Method.STRATIFIED and given.strata is Strata.NONE:
        yield "strata", "Select what the records are divided by, to draw from each stratum."
    if given.method in {Method.FIXED, Method.DIP} and not given.fixed_size:
        yield "fixed_size", f"Enter how many records are drawn, from 1 to {MOST_RECORDS:,}."
    elif given.fixed_size is not None and not 1 <= given.fixed_size <= MOST_RECORDS:
        yield "fixed_size", f"Enter a number of records from 1 to {MOST_RECORDS:,}."
    if given.census_below is not None and not 1 <= given.census_below <= MOST_RECORDS:
        yield "census_below", f"Enter a number of records from 1 to {MOST_RECORDS:,}."
    if given.method in {Method.SIMPLE, Method.STRATIFIED} and given.precision is None:
        yield "precision", "Enter the precision that is wanted, such as 5 for plus or minus 5."
    elif given.precision is not None and not _within(
        given.precision, LEAST_PRECISION, MOST_PRECISION
    ):
        yield "precision", "Enter a precision from 0.5 to 25 percentage points."


def _rates(given: LineGiven) -> Problems:
    if not _within(given.expected_rate, LEAST_RATE, MOST_RATE):
        yield "expected_rate", "Enter an expected rate from 1 to 99 per cent."
    if not _within(given.yield_rate, LEAST_YIELD, MOST_YIELD):
        yield "yield_rate", f"Enter crimes for each record from {LEAST_YIELD} to {MOST_YIELD}."
    if not _within(given.design_effect, LEAST_EFFECT, MOST_EFFECT):
        yield "design_effect", f"Enter a design effect from {LEAST_EFFECT} to {MOST_EFFECT}."
    if not 0 < given.hours <= MOST_HOURS:
        yield "hours", f"Enter the hours it takes, more than 0 and at most {MOST_HOURS:,.0f}."
    if len(given.auditor_ids) > MOST_AUDITORS:
        yield "auditors", f"Name at most {MOST_AUDITORS} auditors."
    for name in SCALE:
        if getattr(given.risk, name) not in range(MOST_OF_A_PART + 1):
            yield f"risk_{name}", "Select how it stands."


def _within(value: float, least: float, most: float) -> bool:
    """Say whether a number lies between two; what is no number does not."""
    return least <= value <= most
