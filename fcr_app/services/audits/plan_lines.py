"""The lines of a plan as rows: written, read back, copied from edition to edition."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session, joinedload, selectinload

from fcr_app.domain.audit_sampling.allocation import Allocation
from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.line_words import Words, key_order, words_of
from fcr_app.domain.audits.lines import LineGiven
from fcr_app.domain.audits.recurrence import Span, months_later, next_after
from fcr_app.domain.audits.risk import LIKELIHOOD, PART_LABELS, Risk
from fcr_app.domain.audits.words import CountedAs, Frame, LineStatus, Strata
from fcr_app.models import AuditLine, AuditLineAuditor, AuditPlan

#: Columns that hold the parts of a risk.
RISK_COLUMNS: Mapping[str, str] = {
    name: f"risk_{name}" if name in LIKELIHOOD else f"impact_{name}" for name in PART_LABELS
}
#: What a year's plan takes over of the last: whatever is still to be done.
_GONE = frozenset({LineStatus.DROPPED})
_A_YEAR = 12


def with_people(plan_id: int) -> Select[AuditLine]:
    """Return the query of a plan's lines, each with its owner and its auditors."""
    return (
        select(AuditLine)
        .options(
            joinedload(AuditLine.owner),
            selectinload(AuditLine.auditors).joinedload(AuditLineAuditor.person),
        )
        .where(AuditLine.plan_id == plan_id)
    )


def lines_of(session: Session, plan_id: int) -> Sequence[AuditLine]:
    """Return a plan's lines with their people, in the order of the audit types."""
    rows = session.scalars(with_people(plan_id)).all()
    return sorted(rows, key=lambda line: key_order(line.line_key))


def given_of(line: AuditLine) -> LineGiven:
    """Return a line as it was written. Its auditors must be loaded."""
    return LineGiven(
        code=line.code,
        title=line.title,
        frame=Frame(line.frame),
        counted_as=CountedAs(line.counted_as),
        first_due_on=line.first_due_on,
        every_months=line.every_months,
        covers_months=line.covers_months,
        method=Method(line.method),
        hours=line.hours,
        frame_filter=line.frame_filter,
        strata=Strata(line.strata),
        allocation=Allocation(line.allocation),
        fixed_size=line.fixed_size,
        census_below=line.census_below,
        precision=line.precision,
        expected_rate=line.expected_rate,
        yield_rate=line.yield_rate,
        design_effect=line.design_effect,
        risk=risk_of(line),
        owner_id=line.owner_id,
        auditor_ids=tuple(sorted(auditor.person_id for auditor in line.auditors)),
    )


def risk_of(line: AuditLine) -> Risk:
    """Return the risk of a line."""
    return Risk(**{name: getattr(line, column) for name, column in RISK_COLUMNS.items()})


def words_of_line(line: AuditLine) -> Words:
    """Return a line in words. Its owner and its auditors must be loaded."""
    return words_of(
        given_of(line),
        owner=line.owner.name if line.owner else "",
        auditors=sorted(auditor.person.name for auditor in line.auditors),
    )


def add_row(  # noqa: PLR0913 - which line of which plan, saying what, standing where
    session: Session,
    plan: AuditPlan,
    line_key: str,
    given: LineGiven,
    *,
    status: LineStatus = LineStatus.PLANNED,
    reason: str = "",
) -> AuditLine:
    """Add a line to a plan."""
    line = AuditLine(plan_id=plan.id, line_key=line_key, status=status.value, status_reason=reason)
    write_onto(line, given)
    session.add(line)
    session.flush()
    _name_auditors(session, line.id, given.auditor_ids)
    return line


def write_onto(line: AuditLine, given: LineGiven) -> None:
    """Write what is said of an audit onto its line, but for its auditors."""
    line.code, line.title = given.code, given.title.strip()
    line.frame, line.counted_as = given.frame.value, given.counted_as.value
    line.frame_filter = {key: list(ones) for key, ones in given.frame_filter.items() if ones}
    line.strata, line.method = given.strata.value, given.method.value
    line.allocation = given.allocation.value
    if given.first_due_on:
        line.first_due_on = given.first_due_on
    line.every_months, line.covers_months = given.every_months, given.covers_months
    line.fixed_size, line.census_below = given.fixed_size, given.census_below
    line.precision, line.expected_rate = given.precision, given.expected_rate
    line.yield_rate, line.design_effect = given.yield_rate, given.design_effect
    line.hours, line.owner_id = given.hours, given.owner_id
    for name, column in RISK_COLUMNS.items():
        setattr(line, column, getattr(given.risk, name))


def change_auditors(session: Session, line: AuditLine, auditor_ids: Iterable[int]) -> None:
    """Name other auditors for a line."""
    session.execute(delete(AuditLineAuditor).where(AuditLineAuditor.line_id == line.id))
    _name_auditors(session, line.id, auditor_ids)
    session.expire(line, ["auditors"])


def copy_lines(session: Session, source: AuditPlan, plan: AuditPlan) -> None:
    """Copy the lines of an edition to another, each with its key.

    In a later year a line is due on the first day of its rhythm that falls in that year; what was
    to be done once is done, or comes back a year later.
    """
    year = Span(plan.starts_on, plan.ends_on)
    same_year = source.starts_on == plan.starts_on
    for line in lines_of(session, source.id):
        status = LineStatus(line.status)
        once_done = status is LineStatus.DONE and line.every_months == 0
        if status in _GONE or (once_done and not same_year):
            continue
        due_on = line.first_due_on if same_year else _due_in(line, year)
        stays = same_year or status is LineStatus.SUSPENDED
        copied = add_row(
            session,
            plan,
            line.line_key,
            given_of(line),
            status=status if stays else LineStatus.PLANNED,
            reason=line.status_reason if stays else "",
        )
        copied.first_due_on = due_on
        if same_year:
            copied.drop_asked_by_id = line.drop_asked_by_id
            copied.drop_asked_at = line.drop_asked_at


def _due_in(line: AuditLine, year: Span) -> date:
    """Return the first day of a year on which a line is due."""
    eve = year.starts_on - timedelta(days=1)
    following = next_after(line.first_due_on, line.every_months, eve)
    if following is not None and following <= year.ends_on:
        return following
    day = months_later(line.first_due_on, _A_YEAR)
    return day if year.starts_on <= day <= year.ends_on else year.starts_on


def _name_auditors(session: Session, line_id: int, auditor_ids: Iterable[int]) -> None:
    rows = [{"line_id": line_id, "person_id": person} for person in sorted(set(auditor_ids))]
    if rows:
        session.execute(insert(AuditLineAuditor), rows)
