"""Which audits of the plan are due, and which were missed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import Span, occurrences, period_before
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.london import to_london
from fcr_app.models import AuditLine, AuditPlan, AuditRun, AuditStep

#: The steps by which a line goes on that was suspended.
TAKEN_UP_AGAIN = ("resume", "refuse_drop")
#: A line that is stopped is not due; one that is done has nothing more to come.
GOING = (LineStatus.PLANNED.value, LineStatus.RUNNING.value)


@dataclass(frozen=True, kw_only=True)
class DueLine:
    """A line of the plan that is due for a period it has not been run for.

    Attributes:
        method: How its records are chosen; a dip sample waits for somebody to choose.
    """

    line_id: int
    line_key: str
    code: str
    title: str
    due_on: date
    span: Span
    method: str
    frame: str
    owner_id: int | None


def lines_due(session: Session, today: date) -> list[DueLine]:
    """Return what is due and has not been run, the longest due first, one for each period.

    A day on which the plan was not in force yet, or on which the line was suspended, is not
    missed: nothing was due then.
    """
    since = _in_force_since(session)
    found = [
        due
        for line, plan in _lines(session)
        for due in _of_line(line, plan, since.get((plan.starts_on, line.line_key)), today)
    ]
    run = _run_already(session, {due.line_key for due in found})
    left = [due for due in found if (due.line_key, due.span) not in run]
    return sorted(left, key=lambda due: (due.due_on, due.code, due.line_id))


def lines_over(session: Session, today: date) -> list[DueLine]:
    """Return every day of the plans in force whose days to audit are over and were not drawn.

    It is what can be opened by hand: what is due, what comes up, and what was not due at its time
    because the plan was not in force or the line was suspended.
    """
    found = [
        one
        for line, plan in _lines(session)
        for day in occurrences(line.first_due_on, line.every_months, plan.ends_on)
        if (one := _due(line, day)).span.ends_on < today
    ]
    run = _run_already(session, {due.line_key for due in found})
    left = [due for due in found if (due.line_key, due.span) not in run]
    return sorted(left, key=lambda due: (due.due_on, due.code, due.line_id))


def _lines(session: Session) -> list[tuple[AuditLine, AuditPlan]]:
    rows = session.execute(
        select(AuditLine, AuditPlan)
        .join(AuditPlan, AuditPlan.id == AuditLine.plan_id)
        .where(AuditPlan.state == "approved", AuditLine.status.in_(GOING))
        .order_by(AuditLine.code, AuditLine.id)
    )
    return [(line, plan) for line, plan in rows]


def _of_line(line: AuditLine, plan: AuditPlan, since: date | None, today: date) -> list[DueLine]:
    days = occurrences(line.first_due_on, line.every_months, min(today, plan.ends_on))
    return [_due(line, day) for day in days if since is None or day >= since]


def _due(line: AuditLine, day: date) -> DueLine:
    return DueLine(
        line_id=line.id,
        line_key=line.line_key,
        code=line.code,
        title=line.title,
        due_on=day,
        span=period_before(day, line.covers_months),
        method=line.method,
        frame=line.frame,
        owner_id=line.owner_id,
    )


def _in_force_since(session: Session) -> dict[tuple[date, str], date]:
    """Return the day from which each line of a year counts: approved, or last taken up again."""
    approved = (
        select(AuditPlan.starts_on, AuditLine.line_key, func.min(AuditPlan.approved_at))
        .join(AuditLine, AuditLine.plan_id == AuditPlan.id)
        .where(AuditPlan.approved_at.is_not(None))
        .group_by(AuditPlan.starts_on, AuditLine.line_key)
    )
    resumed = (
        select(AuditPlan.starts_on, AuditLine.line_key, func.max(AuditStep.at))
        .join(AuditLine, AuditLine.plan_id == AuditPlan.id)
        .join(AuditStep, AuditStep.subject_id == AuditLine.id)
        .where(AuditStep.kind == "line", AuditStep.trigger.in_(TAKEN_UP_AGAIN))
        .group_by(AuditPlan.starts_on, AuditLine.line_key)
    )
    since: dict[tuple[date, str], date] = {}
    for year, key, at in [*session.execute(approved), *session.execute(resumed)]:
        if at is not None:
            day = to_london(at).date()
            since[year, key] = max(day, since.get((year, key), day))
    return since


def _run_already(session: Session, keys: set[str]) -> set[tuple[str, Span]]:
    rows = session.execute(
        select(AuditRun.line_key, AuditRun.period_starts_on, AuditRun.period_ends_on).where(
            AuditRun.line_key.in_(keys)
        )
    )
    return {(key, Span(first, last)) for key, first, last in rows}
