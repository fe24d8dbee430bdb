"""Everything that the report of an audit says, gathered at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audit_figures.change import Change
from fcr_app.domain.audit_figures.equality import EqualityRow, equality_rows
from fcr_app.domain.audit_figures.figures import RunFigures, figures_of
from fcr_app.domain.audit_figures.rates import Method
from fcr_app.domain.audit_sampling import Method as SampleMethod
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import ActionState, Frame
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.london import to_london
from fcr_app.errors import NotFound
from fcr_app.models import AuditAction, AuditFinding, AuditItem, AuditRun, Force
from fcr_app.services.audits.agreement import QuestionAgreement, run_agreement
from fcr_app.services.audits.annex import Annex, annex_of
from fcr_app.services.audits.change import beside, change_since_last
from fcr_app.services.audits.equality import equality_cells
from fcr_app.services.audits.figures import run_counts
from fcr_app.workflows.audit_run import AUDIT_RUN, State


@dataclass(frozen=True, kw_only=True)
class RunAbout:
    """What an audit is, in the words of its report; nobody is named.

    Attributes:
        asks: What its type asks, in a sentence.
        late_days: Days after the day it was due on which it was opened.
        signed_off_on: None where it is not signed off.
    """

    type_label: str
    asks: str
    state_label: str
    purpose: str
    rule_set: str
    method_label: str
    size_why: str
    precision: float | None
    expected_rate: float
    due_on: date
    late_days: int
    hours: float
    hours_spent: float | None
    grade: str
    conclusion: str
    limits: str
    signed_off_on: date | None


@dataclass(frozen=True, kw_only=True)
class FrameAbout:
    """The frozen frame, and how the sample was drawn from it."""

    kind_label: str
    in_words: str
    query: str
    taken_at: datetime
    hash: str
    seed: str
    algorithm: str
    reserves: int


@dataclass(frozen=True, kw_only=True)
class CorrectionCount:
    """What has to be put right of one kind, and how much of it was."""

    label: str
    found: int
    closed: int


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """A recommendation and how far it is; its owner stands in the annex.

    Attributes:
        is_earlier: It comes from an earlier audit or from elsewhere, and is followed up here.
    """

    reference: str
    source: str
    recommended: str
    due_on: date
    state_label: str
    is_earlier: bool


@dataclass(frozen=True, kw_only=True)
class RunMaterial:
    """All that a report of an audit says.

    Attributes:
        usual: The figures with the usual intervals.
        printed: The same with the inspectorate's.
        beside: Other signed-off audits of the same days, in both ways.
        equality: Groups of victims; empty where too little can be shown.
        edition: From 1; a later one says why there is one.
    """

    force: str
    about: RunAbout
    frame: FrameAbout
    usual: RunFigures
    printed: RunFigures
    change: Change | None
    beside: tuple[tuple[RunFigures, RunFigures], ...]
    agreement: tuple[QuestionAgreement, ...]
    corrections: tuple[CorrectionCount, ...]
    actions: tuple[ActionLine, ...]
    annex: Annex
    equality: tuple[EqualityRow, ...]
    edition: int = 1
    why: str = ""


def run_material(session: Session, run_id: int, *, edition: int = 1, why: str = "") -> RunMaterial:
    """Return everything that the report of an audit says.

    Args:
        edition: Of the report, from 1.
        why: Why there is a later edition.

    Raises:
        NotFound: If there is no such audit.
    """
    run = session.scalar(
        select(AuditRun).options(joinedload(AuditRun.frame)).where(AuditRun.id == run_id)
    )
    if run is None:
        raise NotFound("There is no such audit.")
    counts = run_counts(session, run_id)
    usual = figures_of(counts)
    return RunMaterial(
        force=session.scalar(select(Force.name)) or "",
        about=_about(run),
        frame=_frame(session, run),
        usual=usual,
        printed=figures_of(counts, Method.WALD),
        change=change_since_last(session, usual),
        beside=tuple(beside(session, usual)),
        agreement=run_agreement(session, run_id).questions,
        corrections=_corrections(session, run_id),
        actions=_actions(session, run),
        annex=annex_of(session, run),
        equality=equality_rows(equality_cells(session, run_id)),
        edition=edition,
        why=why,
    )


def _about(run: AuditRun) -> RunAbout:
    kind = TYPES.get(run.code)
    signed = run.signed_off_at
    return RunAbout(
        type_label=kind.full_label if kind else run.code,
        asks=kind.about if kind else "",
        state_label=AUDIT_RUN.labels[State(run.state)],
        purpose=run.purpose,
        rule_set=run.rule_set,
        method_label=SampleMethod(run.method).label,
        size_why=run.size_why,
        precision=run.precision,
        expected_rate=run.expected_rate,
        due_on=run.due_on,
        late_days=run.late_days,
        hours=run.hours,
        hours_spent=run.hours_spent,
        grade=run.grade,
        conclusion=run.conclusion,
        limits=run.limits,
        signed_off_on=to_london(signed).date() if signed else None,
    )


def _frame(session: Session, run: AuditRun) -> FrameAbout:
    reserves = session.scalar(
        select(func.count()).where(AuditItem.run_id == run.id, AuditItem.is_reserve)
    )
    return FrameAbout(
        kind_label=Frame(run.frame.kind).label,
        in_words=run.frame.in_words,
        query=run.frame.query,
        taken_at=run.frame.taken_at,
        hash=run.frame.hash,
        seed=run.seed,
        algorithm=run.algorithm,
        reserves=reserves or 0,
    )


def _corrections(session: Session, run_id: int) -> tuple[CorrectionCount, ...]:
    rows = session.execute(
        select(
            AuditFinding.correction,
            func.count(),
            func.count().filter(AuditFinding.closed_at.is_not(None)),
        )
        .where(AuditFinding.run_id == run_id)
        .group_by(AuditFinding.correction)
        .order_by(AuditFinding.correction)
    )
    return tuple(
        CorrectionCount(label=Correction(name).label, found=found, closed=closed)
        for name, found, closed in rows
    )


def _actions(session: Session, run: AuditRun) -> tuple[ActionLine, ...]:
    """Return what this audit recommended, and what earlier ones of its line did that is open."""
    earlier = select(AuditRun.id).where(
        AuditRun.line_key == run.line_key, AuditRun.period_ends_on < run.period_ends_on
    )
    own = AuditAction.run_id == run.id
    still_open = AuditAction.state != ActionState.CLOSED.value
    rows: Sequence[AuditAction] = session.scalars(
        select(AuditAction)
        .where(own | (AuditAction.run_id.in_(earlier) & still_open))
        .order_by(AuditAction.due_on, AuditAction.id)
    ).all()
    return tuple(
        ActionLine(
            reference=row.reference,
            source=row.source,
            recommended=row.recommended,
            due_on=row.due_on,
            state_label=ActionState(row.state).label,
            is_earlier=row.run_id != run.id,
        )
        for row in rows
    )
