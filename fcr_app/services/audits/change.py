"""What an audit is compared with: the last one of the same line, and others of the same days."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_figures.change import Change, change_between
from fcr_app.domain.audit_figures.figures import RunFigures, figures_of
from fcr_app.domain.audit_figures.rates import Method
from fcr_app.models import AuditRun
from fcr_app.services.audits.figures import run_counts, run_figures
from fcr_app.workflows.audit_run import State


def change_since_last(session: Session, figures: RunFigures) -> Change | None:
    """Return how the rate changed since the last signed-off audit of the same line.

    Args:
        figures: With the usual intervals.

    Returns:
        None where there was none, or nothing to count.
    """
    run = figures.run
    before = session.scalar(
        select(AuditRun.id)
        .where(
            AuditRun.line_key == run.line_key,
            AuditRun.state == State.SIGNED_OFF.value,
            AuditRun.period_ends_on < run.period.ends_on,
            AuditRun.id != run.id,
        )
        .order_by(AuditRun.period_ends_on.desc(), AuditRun.id.desc())
        .limit(1)
    )
    return None if before is None else change_between(figures, run_figures(session, before))


def beside(session: Session, figures: RunFigures) -> list[tuple[RunFigures, RunFigures]]:
    """Return the other signed-off audits of the same days, with the usual intervals and Wald's."""
    run = figures.run
    ids = session.scalars(
        select(AuditRun.id)
        .where(
            AuditRun.period_starts_on == run.period.starts_on,
            AuditRun.period_ends_on == run.period.ends_on,
            AuditRun.state == State.SIGNED_OFF.value,
            AuditRun.id != run.id,
        )
        .order_by(AuditRun.code, AuditRun.id)
    )
    counted = [run_counts(session, run_id) for run_id in ids.all()]
    return [(figures_of(counts), figures_of(counts, Method.WALD)) for counts in counted]
