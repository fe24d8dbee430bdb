"""The demonstration's reports: asked for here, made by the queue as any other."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.models import AuditRun
from fcr_app.services.audits.report_asking import ReportSubject
from fcr_app.services.audits.report_queue import ask_for_report
from fcr_app.services.audits.report_schedule import ask_for_what_is_due
from fcr_app.workflows.audit_run import State


def add_report_requests(session: Session, *, now: datetime) -> int:
    """Ask for the reports on the plan that are due, and of each audit that is signed off.

    Returns:
        How many were asked for. The timetable makes them within a minute or two.
    """
    asked = len(ask_for_what_is_due(session, now=now))
    signed_off = session.execute(
        select(AuditRun.id, AuditRun.reference)
        .where(AuditRun.state == State.SIGNED_OFF.value)
        .order_by(AuditRun.id)
    ).all()
    for run_id, reference in signed_off:
        subject = ReportSubject(kind=ReportKind.RUN, key=reference, run_id=run_id)
        ask_for_report(session, SYSTEM_ACTOR, subject, now=now)
    return asked + len(signed_off)
