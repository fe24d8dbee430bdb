"""Reports on audits: asking for one, seeing how far it is, reading and taking it."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, PDF, ROOT, Area, Media, file_reply, reply
from fcr_app.api.schemas.audit_reports import (
    AnnexCopyGiven,
    AuditReportAskedGiven,
    AuditReportRequestAnswer,
    AuditReportsAnswer,
    AuditReportsAsked,
    AuditReportViewAnswer,
)
from fcr_app.domain.permissions import Permission
from fcr_app.reports.audits.kept import as_page
from fcr_app.services.audits.report_asking import subject_of
from fcr_app.services.audits.report_list import (
    PublicFile,
    editions_of,
    file_name,
    one_report,
    report_page,
    take_annex_copy,
    take_public_copy,
)
from fcr_app.services.audits.report_queue import ask_for_report, one_request
from fcr_app.services.transaction import transaction

area = Area("Audit reports", "Reports on audits and on the audit plan, kept as they were made.")

SEE, ASK, ANNEX = Permission.SEE_AUDITS, Permission.RUN_AUDITS, Permission.REVIEW_AUDITS
ONE = "/audits/reports/<id:audit_report_id>"
XLSX = Media("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
HTML = Media("text/html")


@area.reads("/audits/reports", needs=SEE, asks=AuditReportsAsked, gives=AuditReportsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read which reports there are, and which are being made."""
    with transaction() as session:
        page = report_page(
            session, run_reference=asked["run"].strip().upper(), after=asked["after"],
            before=asked["before"],
        )  # fmt: skip
    return reply(AuditReportsAnswer, page)


@area.writes(
    "/audits/reports/requests",
    needs=ASK,
    takes=AuditReportAskedGiven,
    gives=AuditReportRequestAnswer,
    status=CREATED,
)
def ask(given: dict[str, Any]) -> Response:
    """Ask for a report; its making is read at the address that is answered."""
    with transaction() as session:
        subject = subject_of(session, given["kind"], given["key"])
        made = ask_for_report(session, current_actor(), subject, why=given["why"], now=clock.now())
        place = f"{ROOT}/audits/reports/requests/{made.id}"
        return reply(AuditReportRequestAnswer, made, status=CREATED, place=place)


@area.reads("/audits/reports/requests/<id:request_id>", needs=SEE, gives=AuditReportRequestAnswer)
def making(request_id: int) -> Response:
    """Read how far the making of a report is."""
    with transaction() as session:
        return reply(AuditReportRequestAnswer, one_request(session, request_id))


@area.reads(ONE, needs=SEE, gives=AuditReportViewAnswer)
def show(audit_report_id: int) -> Response:
    """Read the tables of a report, and its editions."""
    with transaction() as session:
        report = one_report(session, audit_report_id)
        editions = editions_of(session, report)
    found = {"report": report, "tables": report.tables, "editions": editions}
    return reply(AuditReportViewAnswer, found)


@area.reads(f"{ONE}/pdf", needs=SEE, gives=PDF)
def as_pdf(audit_report_id: int) -> Response:
    """Take the PDF of the publishable part, which is logged."""
    return _public(audit_report_id, PublicFile.PDF)


@area.reads(f"{ONE}/html", needs=SEE, gives=HTML)
def as_html(audit_report_id: int) -> Response:
    """Take the publishable part as a page, which is logged."""
    return _public(audit_report_id, PublicFile.HTML)


@area.reads(f"{ONE}/tables", needs=SEE, gives=XLSX)
def as_tables(audit_report_id: int) -> Response:
    """Take the tables as a spreadsheet, which is logged."""
    return _public(audit_report_id, PublicFile.XLSX)


@area.looks(f"{ONE}/annex/copy", needs=ANNEX, takes=AnnexCopyGiven, gives=PDF)
def annex(given: dict[str, str], audit_report_id: int) -> Response:
    """Take the restricted annex, saying who gets it, which is logged."""
    with transaction() as session:
        report = take_annex_copy(
            session, current_actor(), audit_report_id, given["recipient"], now=clock.now()
        )
    return file_reply(report.annex_pdf, PDF, file_name(report, "pdf", "-annex"))


def _public(report_id: int, file: PublicFile) -> Response:
    with transaction() as session:
        report = take_public_copy(session, current_actor(), report_id, file, now=clock.now())
    name = file_name(report, file.value)
    if file is PublicFile.HTML:
        return file_reply(as_page(report.title, report.public_html), HTML, name)
    if file is PublicFile.PDF:
        return file_reply(report.public_pdf, PDF, name)
    return file_reply(report.spreadsheet, XLSX, name)
