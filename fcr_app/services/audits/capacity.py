"""What a plan asks of the auditors month by month, what was done, and what there is."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.capacity import LineLoad, MonthLoad, load_of
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import LineStatus
from fcr_app.models import AuditLine, AuditPlan, AuditPlanMonth, AuditRun
from fcr_app.workflows.audit_run import State


def load_of_line(line: AuditLine) -> LineLoad:
    """Return what the hours of a line depend on."""
    return LineLoad(
        id=line.id,
        line_key=line.line_key,
        code=line.code,
        title=line.title,
        first_due_on=line.first_due_on,
        every_months=line.every_months,
        covers_months=line.covers_months,
        hours=line.hours,
        status=LineStatus(line.status),
    )


def months_of_plan(
    session: Session, plan: AuditPlan, lines: Iterable[AuditLine]
) -> tuple[MonthLoad, ...]:
    """Return each month of a plan's year, in two statements however many audits there are.

    Hours count as done in the month the audit was due in, once it is signed off: as entered then,
    or as planned where nobody said.
    """
    available = {
        row.month: row.hours
        for row in session.execute(
            select(AuditPlanMonth.month, AuditPlanMonth.hours).where(
                AuditPlanMonth.plan_id == plan.id
            )
        )
    }
    done: dict[date, float] = defaultdict(float)
    finished = select(AuditRun.due_on, AuditRun.hours, AuditRun.hours_spent).where(
        AuditRun.due_on.between(plan.starts_on, plan.ends_on),
        AuditRun.state == State.SIGNED_OFF.value,
    )
    for row in session.execute(finished):
        done[row.due_on.replace(day=1)] += row.hours if row.hours_spent is None else row.hours_spent
    return load_of(
        [load_of_line(line) for line in lines],
        Span(plan.starts_on, plan.ends_on),
        available=available,
        done=done,
    )
