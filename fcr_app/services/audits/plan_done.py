"""What of the plan was due by a day, and how far each audit was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.capacity import Due, due_in
from fcr_app.domain.audits.recurrence import Span
from fcr_app.models import AuditLine, AuditPlan, AuditRun
from fcr_app.services.audits.capacity import load_of_line
from fcr_app.workflows.audit_run import AUDIT_RUN, State


@dataclass(frozen=True, kw_only=True)
class DueThen:
    """One audit that was due.

    Attributes:
        reference: Of the run; empty where it was not drawn.
        state_label: Where it stood when the period was over.
        late_days: Days after the day it was due on which it was drawn.
        hours_spent: As entered when it was signed off; None where nobody did.
    """

    code: str
    title: str
    due_on: date
    period: Span
    hours: float
    reference: str
    state_label: str
    is_done: bool
    late_days: int
    hours_spent: float | None

    @property
    def is_drawn(self) -> bool:
        """Whether its sample was drawn."""
        return bool(self.reference)


def due_then(
    session: Session, plan: AuditPlan, lines: Sequence[AuditLine], until: date, over: datetime
) -> tuple[DueThen, ...]:
    """Return what was due from the beginning of a year to a day, the first due first.

    Args:
        over: The moment at which that day had ended: what came later is not seen.
    """
    runs = {
        (run.line_key, run.due_on): run
        for run in session.scalars(
            select(AuditRun).where(
                AuditRun.due_on.between(plan.starts_on, until), AuditRun.opened_at < over
            )
        )
    }
    span = Span(plan.starts_on, until)
    due = sorted(
        (one for line in lines for one in due_in(load_of_line(line), span)),
        key=lambda one: (one.due_on, one.line.code, one.line.line_key),
    )
    return tuple(_then(one, runs.get((one.line.line_key, one.due_on)), over) for one in due)


def _then(due: Due, run: AuditRun | None, over: datetime) -> DueThen:
    done = run is not None and run.signed_off_at is not None and run.signed_off_at < over
    return DueThen(
        code=due.line.code,
        title=due.line.title,
        due_on=due.due_on,
        period=due.period,
        hours=due.line.hours,
        reference=run.reference if run else "",
        state_label=_state(run, done=done),
        is_done=done,
        late_days=run.late_days if run else 0,
        hours_spent=run.hours_spent if run and done else None,
    )


def _state(run: AuditRun | None, *, done: bool) -> str:
    if run is None:
        return "Not drawn"
    if done:
        return AUDIT_RUN.labels[State.SIGNED_OFF]
    # Signed off since: it was under way when the period was over.
    signed_since = run.state == State.SIGNED_OFF
    return AUDIT_RUN.labels[State.REVIEWING if signed_since else State(run.state)]
