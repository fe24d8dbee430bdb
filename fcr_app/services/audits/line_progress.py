"""Where a line of the plan stands once an audit of it is over."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import next_after
from fcr_app.domain.audits.words import LineStatus
from fcr_app.models import AuditLine, AuditPlan, AuditRun
from fcr_app.workflows.audit_run import AUDIT_RUN

_UNDER_WAY = tuple(state.value for state in AUDIT_RUN.states if state not in AUDIT_RUN.settled)


def line_after(session: Session, run: AuditRun) -> None:
    """Let the line of an audit stand where its audits stand: running, planned again, or done.

    One that was suspended or dropped meanwhile stays so.
    """
    under_way = session.scalar(
        select(AuditRun.id)
        .where(AuditRun.line_key == run.line_key, AuditRun.state.in_(_UNDER_WAY))
        .limit(1)
    )
    for line, plan in session.execute(
        select(AuditLine, AuditPlan)
        .join(AuditPlan, AuditPlan.id == AuditLine.plan_id)
        .where(AuditLine.line_key == run.line_key, AuditPlan.state == "approved")
    ):
        if line.status in {LineStatus.SUSPENDED.value, LineStatus.DROPPED.value}:
            continue
        following = next_after(line.first_due_on, line.every_months, run.due_on)
        to_come = following is not None and following <= plan.ends_on
        if under_way is not None:
            line.status = LineStatus.RUNNING.value
        else:
            line.status = (LineStatus.PLANNED if to_come else LineStatus.DONE).value
