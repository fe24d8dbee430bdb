"""The figures of an audit as they stand, for whoever sees audits."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_figures.change import Change
from fcr_app.domain.audit_figures.figures import RunFigures, figures_of
from fcr_app.domain.audit_figures.rates import Method
from fcr_app.errors import NotFound
from fcr_app.models import AuditRun
from fcr_app.services.audits.change import change_since_last
from fcr_app.services.audits.figures import run_counts
from fcr_app.workflows.audit_run import State

NO_AUDIT = "There is no audit with this reference."


@dataclass(frozen=True, kw_only=True)
class FiguresPage:
    """The figures of an audit, with the intervals asked for.

    Attributes:
        asked: With the intervals asked for.
        usual: With the usual ones, which a change is worked out from.
        printed: With the inspectorate's.
        grade: As entered; empty where there is none.
        version: Of the audit.
    """

    asked: RunFigures
    usual: RunFigures
    printed: RunFigures
    change: Change | None
    grade: str
    state: State
    version: int


def run_id_of(session: Session, reference: str) -> int:
    """Return the id of an audit by its reference, however it is typed.

    Raises:
        NotFound: If there is none.
    """
    found = session.scalar(
        select(AuditRun.id).where(AuditRun.reference == reference.strip().upper())
    )
    if found is None:
        raise NotFound(NO_AUDIT)
    return found


def figures_page(session: Session, run_id: int, method: Method = Method.WILSON) -> FiguresPage:
    """Return the figures of an audit.

    Raises:
        NotFound: If there is no such audit.
    """
    counts = run_counts(session, run_id)
    run = session.get_one(AuditRun, run_id)
    usual = figures_of(counts)
    return FiguresPage(
        asked=figures_of(counts, method),
        usual=usual,
        printed=figures_of(counts, Method.WALD),
        change=change_since_last(session, usual),
        grade=run.grade,
        state=State(run.state),
        version=run.version,
    )
