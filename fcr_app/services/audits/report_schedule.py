"""The reports on the plan that are due by themselves: monthly and quarterly, once per period.

It works from what is kept: a period is due until there is a report of it. So a run that was missed
is caught up, and one too many does nothing. Only the last month and the last quarter are due: an
older one that nobody missed is asked for by hand.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.report_periods import MONTHS_OF, last_over
from fcr_app.domain.audits.words import MakingState
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.errors import InvalidValue
from fcr_app.models import AuditReportRequest
from fcr_app.services.audits.report_asking import ReportSubject, last_edition
from fcr_app.services.audits.report_queue import ask_for_report


def ask_for_what_is_due(session: Session, *, now: datetime) -> list[str]:
    """Ask for the reports that are due. Returns their periods, in words.

    One that could not be made is asked for again, once a day.
    """
    asked = []
    for kind in MONTHS_OF:
        period = last_over(kind, to_london(now).date())
        subject = ReportSubject(kind=kind, key=period.key)
        if last_edition(session, subject) is not None or _is_being_made(session, subject):
            continue
        try:
            ask_for_report(session, SYSTEM_ACTOR, subject, now=now)
        except InvalidValue:  # no plan was in force then
            continue
        asked.append(period.label)
    return asked


def _is_being_made(session: Session, subject: ReportSubject) -> bool:
    found = session.scalar(
        select(AuditReportRequest.id)
        .where(
            AuditReportRequest.kind == subject.kind,
            AuditReportRequest.subject_key == subject.key,
            AuditReportRequest.state != MakingState.FAILED,
        )
        .limit(1)
    )
    return found is not None
