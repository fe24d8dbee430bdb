"""An audit that is signed off is reported on by itself: nobody has to remember to ask."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditRun, AuditStep
from fcr_app.services.audits.report_asking import ReportSubject
from fcr_app.services.audits.report_queue import ask_for_report
from fcr_app.services.audits.signature import REOPEN


def report_on(session: Session, actor: Actor, run: AuditRun, *, now: datetime) -> None:
    """Ask for the report of an audit that was just signed off.

    One that had been opened again gets another edition, for the reason for which it was opened.
    """
    subject = ReportSubject(kind=ReportKind.RUN, key=run.reference, run_id=run.id)
    ask_for_report(session, actor, subject, why=_why_again(session, run), now=now)


def _why_again(session: Session, run: AuditRun) -> str:
    """Return why an audit was last opened again; empty if it never was."""
    found = session.scalar(
        select(AuditStep.reason)
        .where(AuditStep.kind == "run", AuditStep.subject_id == run.id, AuditStep.trigger == REOPEN)
        .order_by(AuditStep.id.desc())
        .limit(1)
    )
    return found or ""
