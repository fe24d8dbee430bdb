"""The findings of an audit as lists and pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.audits.finding import LATE
from fcr_app.domain.audits.questions import EVERY_QUESTION
from fcr_app.domain.audits.words import Group, Severity
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.models import (
    AuditCrime,
    AuditFinding,
    AuditItem,
    AuditRun,
    Case,
    FeedbackItem,
    Person,
    Unit,
)
from fcr_app.services.paging import Cursor, Order, Page, at_day, cut, page_of_ids, read_cursor

BY_DAY = Order(AuditFinding.due_on, AuditFinding.id)


@dataclass(frozen=True, kw_only=True)
class FindingRow:
    """One finding.

    Attributes:
        about: The question it comes from, or the crime, in words.
        feedback: Reference of the feedback case; empty before it was given.
        correction_case: Reference of the case that puts it right; empty where there is none.
    """

    id: int
    run_reference: str
    position: int
    label: str
    about: str
    error: ErrorType
    severity: Severity
    correction: Correction
    person: str
    unit: str
    opened_at: datetime
    due_on: date
    late: bool
    feedback: str
    correction_case: str
    closed_at: datetime | None
    closed_how: str
    version: int


@dataclass(frozen=True, kw_only=True)
class FindingPage:
    """One page of the findings of an audit.

    Attributes:
        open_count: Findings of the audit that are not closed.
    """

    closed: bool
    open_count: int
    closed_count: int
    page: Page[FindingRow]


def finding_page(  # noqa: PLR0913 - of which audit, which of them, from where, and what day it is
    session: Session,
    run_id: int,
    *,
    closed: bool,
    today: date,
    after: str = "",
    before: str = "",
) -> FindingPage:
    """Return one page of the findings of an audit, what is due first at the top.

    Takes three statements, however many there are.
    """
    cursor = BY_DAY.place(read_cursor(after, before))
    wanted = and_(AuditFinding.run_id == run_id, _closed(closed=closed))
    ids = page_of_ids((wanted,), BY_DAY, cursor).subquery("page")
    down = BY_DAY.by(cursor)
    found = session.execute(
        finding_rows()
        .join(ids, ids.c.id == AuditFinding.id)
        .order_by(*(key.desc() if down else key.asc() for key in (ids.c.moment, ids.c.id)))
    )
    rows = [(Cursor(at_day(row[0].due_on), row[0].id), row_of(row, today)) for row in found]
    still_open, is_closed = session.execute(
        select(
            func.count().filter(AuditFinding.closed_at.is_(None)),
            func.count().filter(AuditFinding.closed_at.is_not(None)),
        ).where(AuditFinding.run_id == run_id)
    ).one()
    return FindingPage(
        closed=closed, open_count=still_open, closed_count=is_closed, page=cut(rows, cursor)
    )


def finding_rows() -> Select[AuditFinding, AuditItem, AuditCrime, str, str, str, str, str]:
    """Return a SELECT of findings with what their rows show."""
    feedback, correcting = aliased(Case), aliased(Case)
    return (
        select(
            AuditFinding,
            AuditItem,
            AuditCrime,
            AuditRun.reference.label("run_reference"),
            Person.name.label("person"),
            Unit.name.label("unit"),
            feedback.reference.label("feedback"),
            correcting.reference.label("correction_case"),
        )
        .join(AuditItem, AuditItem.id == AuditFinding.item_id)
        .join(AuditRun, AuditRun.id == AuditFinding.run_id)
        .outerjoin(AuditCrime, AuditCrime.id == AuditFinding.audit_crime_id)
        .outerjoin(Person, Person.id == AuditFinding.person_id)
        .outerjoin(Unit, Unit.id == AuditFinding.unit_id)
        .outerjoin(FeedbackItem, FeedbackItem.id == AuditFinding.feedback_item_id)
        .outerjoin(feedback, feedback.id == FeedbackItem.feedback_case_id)
        .outerjoin(correcting, correcting.id == AuditFinding.correction_case_id)
    )


def row_of(row: Any, today: date) -> FindingRow:
    """Return one row of ``finding_rows``, as people see it."""
    finding, item, crime = row[0], row[1], row[2]
    return FindingRow(
        id=finding.id,
        run_reference=row.run_reference,
        position=item.position,
        label=item.label,
        about=about(finding, crime),
        error=ErrorType(finding.error_type),
        severity=Severity(finding.severity),
        correction=Correction(finding.correction),
        person=row.person or "",
        unit=row.unit or "",
        opened_at=finding.opened_at,
        due_on=finding.due_on,
        late=finding.closed_at is None and finding.due_on < today,
        feedback=row.feedback or "",
        correction_case=row.correction_case or "",
        closed_at=finding.closed_at,
        closed_how=finding.closed_how,
        version=finding.version,
    )


def about(finding: AuditFinding, crime: AuditCrime | None) -> str:
    """Return in words what a finding comes from."""
    if crime is not None:
        group = Group(crime.offence_group).label
        named = f"Crime {crime.position}: {group}"
        return f"{named}, recorded late" if finding.question == LATE else named
    question = EVERY_QUESTION.get(finding.question)
    return question.label if question else "A crime that the review no longer names"


def open_on(
    session: Session, which: ColumnElement[bool], *, limit: int | None = None
) -> Sequence[AuditFinding]:
    """Return the findings that are not closed, the first opened first, locked for who closes."""
    return session.scalars(
        select(AuditFinding)
        .join(AuditItem, AuditItem.id == AuditFinding.item_id)
        .where(AuditFinding.closed_at.is_(None), which)
        .order_by(AuditFinding.id)
        .limit(limit)
        .with_for_update(of=AuditFinding)
    ).all()


def _closed(*, closed: bool) -> ColumnElement[bool]:
    return AuditFinding.closed_at.is_not(None) if closed else AuditFinding.closed_at.is_(None)
