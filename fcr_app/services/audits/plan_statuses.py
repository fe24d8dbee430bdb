"""Where the lines of a plan stand, carried over from edition to edition."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import LineStatus
from fcr_app.models import AuditLine, AuditPlan, AuditRun
from fcr_app.workflows.audit_run import AUDIT_RUN

#: States of an audit in which somebody has something to do.
UNDER_WAY = tuple(state.value for state in AUDIT_RUN.states if state not in AUDIT_RUN.settled)


def take_over_statuses(session: Session, older: AuditPlan, newer: AuditPlan) -> None:
    """Let the lines of an edition stand where those of the edition before it stand by now.

    An audit may have been suspended, dropped or begun while the new edition was written. What the
    older edition does not have keeps its own.
    """
    was = {
        line.line_key: line
        for line in session.scalars(select(AuditLine).where(AuditLine.plan_id == older.id))
    }
    for line in session.scalars(select(AuditLine).where(AuditLine.plan_id == newer.id)):
        before = was.get(line.line_key)
        if before is None:
            continue
        line.status, line.status_reason = before.status, before.status_reason
        line.drop_asked_by_id, line.drop_asked_at = before.drop_asked_by_id, before.drop_asked_at
        line.drop_approved_by_id = before.drop_approved_by_id
        line.drop_approved_at = before.drop_approved_at
    session.flush()


def status_by_runs(session: Session, line_key: str) -> LineStatus:
    """Return where a line stands that is neither suspended nor dropped: running, or planned."""
    under_way = session.scalar(
        select(AuditRun.id)
        .where(AuditRun.line_key == line_key, AuditRun.state.in_(UNDER_WAY))
        .limit(1)
    )
    return LineStatus.PLANNED if under_way is None else LineStatus.RUNNING
