"""The demonstration's reports: asked for here, made by the queue as any other."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import AuditItem, AuditRun
from fcr_app.services.audits.report_asking import ReportSubject
from fcr_app.services.audits.report_queue import ask_for_report
from fcr_app.services.audits.report_schedule import ask_for_what_is_due
from fcr_app.workflows.audit_run import State

#: Of so many audits, the latest, there is a report.
REPORTS = 6


def add_report_requests(session: Session, *, now: datetime) -> int:
    """Ask for the reports on the plan that are due, and of the audits signed off last.

    Making a report takes seconds, and the demonstration has audits of most of a year.

    Returns:
        How many were asked for. The timetable makes them within a minute or two.
    """
    asked = len(ask_for_what_is_due(session, now=now))
    signed_off = session.execute(
        select(AuditRun.id, AuditRun.reference)
        .where(
            AuditRun.state == State.SIGNED_OFF.value,
            select(AuditItem.id).where(AuditItem.run_id == AuditRun.id).exists(),
        )
        .order_by(AuditRun.due_on.desc(), AuditRun.id.desc())
        .limit(REPORTS)
    ).all()
    for run_id, reference in signed_off:
        subject = ReportSubject(kind=ReportKind.RUN, key=reference, run_id=run_id)
        ask_for_report(session, SYSTEM_ACTOR, subject, now=now)
    return asked + len(signed_off)
