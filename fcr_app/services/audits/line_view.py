"""One audit of a plan as people see it: what it says, its risk, its runs, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audits.line_words import RISK, Words
from fcr_app.domain.audits.recurrence import Span, rule_text
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.audits.year import year_label
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditLine, AuditPlan, AuditRun, AuditStep
from fcr_app.services.audits.line_changes import line_of
from fcr_app.services.audits.line_status import may_approve
from fcr_app.services.audits.plan_lines import words_of_line
from fcr_app.services.audits.plan_view import LineRow, line_row
from fcr_app.services.audits.plans import IN_FORCE
from fcr_app.workflows.audit_plan import AUDIT_PLAN, State
from fcr_app.workflows.audit_run import AUDIT_RUN

#: As many audits as a line shows; the list of audits has the rest.
MOST_RUNS = 13
MOST_STEPS = 30


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """An audit that was drawn for a line."""

    reference: str
    period: str
    state_label: str
    state_colour: str


@dataclass(frozen=True, kw_only=True)
class LineView:
    """One audit of a plan with all there is to it.

    Attributes:
        words: Title and value of each thing it says.
        history: What happened to it in whatever edition, the oldest first.
        rule: How often, as RFC 5545 writes it; empty for once.
        may_change: Whether the person may write it, while the edition is being written.
        may_suspend, may_resume, may_ask_to_drop, may_approve_drop: What they may do to it now.
    """

    line: AuditLine
    row: LineRow
    plan: AuditPlan
    plan_state: str
    year: str
    about: str
    words: Words
    rule: str
    runs: tuple[RunRow, ...]
    history: Sequence[AuditStep]
    may_change: bool
    may_suspend: bool
    may_resume: bool
    may_ask_to_drop: bool
    may_approve_drop: bool

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What it says between its title and its risk, which have places of their own."""
        said = list(self.words.items())
        return said[1 : list(self.words).index(RISK)]


def line_page(session: Session, actor: Actor, line_id: int, *, now: datetime) -> LineView:
    """Return one audit of a plan with all there is to it.

    Raises:
        NotFound: If there is no such audit, or it is not theirs to see.
    """
    line = line_of(session, actor, line_id)
    plan = session.get_one(AuditPlan, line.plan_id)
    writes = may(actor, Permission.RUN_AUDITS)
    in_force = plan.state == IN_FORCE
    status = LineStatus(line.status)
    return LineView(
        line=line,
        row=line_row(line, to_london(now).date(), plan),
        plan=plan,
        plan_state=AUDIT_PLAN.labels[AUDIT_PLAN.state(plan.state)],
        year=year_label(Span(plan.starts_on, plan.ends_on)),
        about=TYPES[line.code].about if line.code in TYPES else "",
        words=words_of_line(line),
        rule=rule_text(line.every_months),
        runs=_runs(session, line.line_key),
        history=_history(session, line.line_key),
        may_change=writes and plan.state == State.DRAFT.value,
        may_suspend=writes
        and in_force
        and status not in {LineStatus.SUSPENDED, LineStatus.DROPPED},
        may_resume=writes and in_force and status is LineStatus.SUSPENDED,
        may_ask_to_drop=writes
        and in_force
        and line.drop_asked_at is None
        and status is not LineStatus.DROPPED,
        may_approve_drop=in_force and may_approve(actor, line),
    )


def _history(session: Session, line_key: str) -> Sequence[AuditStep]:
    """Return what happened to an audit in whatever edition, the last of it, the oldest first."""
    same = select(AuditLine.id).where(AuditLine.line_key == line_key)
    found = session.scalars(
        select(AuditStep)
        .options(joinedload(AuditStep.actor))
        .where(AuditStep.kind == "line", AuditStep.subject_id.in_(same))
        .order_by(AuditStep.id.desc())
        .limit(MOST_STEPS)
    ).all()
    return found[::-1]


def _runs(session: Session, line_key: str) -> tuple[RunRow, ...]:
    rows = session.execute(
        select(
            AuditRun.reference, AuditRun.period_starts_on, AuditRun.period_ends_on, AuditRun.state
        )
        .where(AuditRun.line_key == line_key)
        .order_by(AuditRun.due_on.desc(), AuditRun.id.desc())
        .limit(MOST_RUNS)
    ).all()
    return tuple(
        RunRow(
            reference=row.reference,
            period=Span(row.period_starts_on, row.period_ends_on).label,
            state_label=AUDIT_RUN.labels[AUDIT_RUN.state(row.state)],
            state_colour=AUDIT_RUN.colours.get(AUDIT_RUN.state(row.state), "grey"),
        )
        for row in rows
    )
