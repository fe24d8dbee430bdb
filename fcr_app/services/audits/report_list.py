"""Reports as people find and read them; and what is being made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, undefer

from fcr_app.domain.audits.words import MakingState, ReportKind
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound, PermissionRefused
from fcr_app.models import AuditReport, AuditReportRequest
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor

NEWEST = Order(AuditReport.made_at, AuditReport.id, newest_first=True)
#: As many requests as the list shows above the reports.
MOST_REQUESTS = 20
LONGEST_RECIPIENT = 120


class PublicFile(StrEnum):
    """A file of the publishable part of a report, by how its name ends."""

    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"


_COLUMNS = {
    PublicFile.PDF: AuditReport.public_pdf,
    PublicFile.HTML: AuditReport.public_html,
    PublicFile.XLSX: AuditReport.spreadsheet,
}


@dataclass(frozen=True, kw_only=True)
class ReportsPage:
    """Some reports, the newest first.

    Attributes:
        requests: What is being made, and what could not be made and was not asked for again.
    """

    page: Page[AuditReport]
    requests: Sequence[AuditReportRequest]


def report_page(
    session: Session,
    *,
    run_reference: str = "",
    after: str = "",
    before: str = "",
) -> ReportsPage:
    """Return one page of reports with what is being made. Takes two statements.

    Args:
        run_reference: Only about this audit.
    """
    cursor = NEWEST.place(read_cursor(after, before))
    about: ColumnElement[bool] = AuditReport.id.is_not(None)
    if run_reference:
        about = and_(AuditReport.kind == ReportKind.RUN, AuditReport.subject_key == run_reference)
    ids = page_of_ids((about,), NEWEST, cursor).subquery("page")
    down = NEWEST.by(cursor)
    found = session.scalars(
        select(AuditReport)
        .options(joinedload(AuditReport.made_by))
        .join(ids, ids.c.id == AuditReport.id)
        .order_by(*(key.desc() if down else key.asc() for key in (ids.c.moment, ids.c.id)))
    )
    rows = [(Cursor(one.made_at, one.id), one) for one in found]
    return ReportsPage(page=cut(rows, cursor), requests=_requests(session))


def _requests(session: Session) -> Sequence[AuditReportRequest]:
    """Return what is to be made, and what failed with nothing asked for after it."""
    one, after = aliased(AuditReportRequest), aliased(AuditReportRequest)
    later = (
        select(after.id)
        .where(
            after.kind == one.kind,
            after.subject_key == one.subject_key,
            after.id > one.id,
        )
        .exists()
    )
    to_make = [MakingState.WAITING.value, MakingState.MAKING.value]
    return session.scalars(
        select(one)
        .where(
            or_(
                one.state.in_(to_make),
                and_(one.state == MakingState.FAILED.value, ~later),
            )
        )
        .order_by(one.id.desc())
        .limit(MOST_REQUESTS)
    ).all()


def one_report(session: Session, report_id: int) -> AuditReport:
    """Return a report with its publishable part as a page.

    Raises:
        NotFound: If there is none.
    """
    return _report(session, report_id, AuditReport.public_html)


def editions_of(session: Session, report: AuditReport) -> Sequence[AuditReport]:
    """Return every edition about the same thing, the newest first."""
    return session.scalars(
        select(AuditReport)
        .options(joinedload(AuditReport.made_by))
        .where(AuditReport.kind == report.kind, AuditReport.subject_key == report.subject_key)
        .order_by(AuditReport.edition.desc())
    ).all()


def take_public_copy(
    session: Session, actor: Actor, report_id: int, file: PublicFile, *, now: datetime
) -> AuditReport:
    """Return a report with one file of its publishable part, and log who took it.

    Raises:
        NotFound: If there is none.
    """
    report = _report(session, report_id, _COLUMNS[file])
    record_view(
        session, actor, "audit-report:copy", Record.AUDIT, report.id, now=now,
        recipient=actor.name,
    )  # fmt: skip
    return report


def read_annex(session: Session, actor: Actor, report_id: int, *, now: datetime) -> AuditReport:
    """Return a report with its restricted annex as a page, and log the look.

    Raises:
        PermissionRefused: If the person does not examine audits.
        NotFound: If there is no such report.
    """
    _require_annex(actor)
    report = _report(session, report_id, AuditReport.annex_html)
    record_view(session, actor, "audit-annex:read", Record.AUDIT, report.id, now=now)
    return report


def take_annex_copy(
    session: Session, actor: Actor, report_id: int, recipient: str, *, now: datetime
) -> AuditReport:
    """Return a report with its restricted annex as a file, and log who gets it.

    Raises:
        PermissionRefused: If the person does not examine audits.
        InvalidValue: If it is not said who gets it.
        NotFound: If there is no such report.
    """
    _require_annex(actor)
    recipient = recipient.strip()
    if not 1 <= len(recipient) <= LONGEST_RECIPIENT:
        said = f"Enter who gets this copy, in at most {LONGEST_RECIPIENT} characters."
        raise InvalidValue(said, field="recipient")
    report = _report(session, report_id, AuditReport.annex_pdf)
    record_view(
        session, actor, "audit-annex:copy", Record.AUDIT, report.id, now=now, recipient=recipient
    )
    return report


def file_name(report: AuditReport, ending: str, part: str = "") -> str:
    """Return what a file of a report is called; the annex carries its marking in its name."""
    marking = "OFFICIAL-SENSITIVE-" if part else ""
    kind = "audit-report" if report.kind == ReportKind.RUN else "audit-plan-report"
    name = f"{kind}-{report.subject_key}-edition-{report.edition}{part}"
    return f"{marking}{name}.{ending}"


def _require_annex(actor: Actor) -> None:
    if not may(actor, Permission.REVIEW_AUDITS):
        raise PermissionRefused("The annex is for registrars and auditors.")


def _report(session: Session, report_id: int, column: Any) -> AuditReport:
    report = session.scalar(
        select(AuditReport)
        .options(joinedload(AuditReport.made_by), undefer(column))
        .where(AuditReport.id == report_id)
        .execution_options(populate_existing=True)
    )
    if report is None:
        raise NotFound("There is no such report.")
    return report
