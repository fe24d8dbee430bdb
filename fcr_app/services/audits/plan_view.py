"""A plan as people see it: its audits, what it changes, who approved it, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audits.capacity import MonthLoad
from fcr_app.domain.audits.line_words import LineChange, changes_between, sample_in_words
from fcr_app.domain.audits.recurrence import Span, every_label, next_after
from fcr_app.domain.audits.risk import Risk
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import Frame, LineStatus
from fcr_app.domain.audits.year import year_label
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import StepNotAvailable
from fcr_app.models import AuditLine, AuditPlan, AuditStep
from fcr_app.services.audits.capacity import months_of_plan
from fcr_app.services.audits.plan_lines import given_of, lines_of, risk_of, words_of_line
from fcr_app.services.audits.plan_steps_offered import StepOffered, steps_offered
from fcr_app.services.audits.plans import IN_FORCE, plan_of
from fcr_app.services.audits.steps import steps_of
from fcr_app.workflows.audit_plan import AUDIT_PLAN, State


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One audit of a plan in its list.

    Attributes:
        next_due_on: The next day on which it is due; None where it is not again, or is stopped.
        asked_to_drop: Somebody asked to drop it, and nobody has approved or refused that.
    """

    id: int
    line_key: str
    code: str
    type_label: str
    title: str
    frame: str
    every: str
    sample: str
    first_due_on: date
    next_due_on: date | None
    hours: float
    owner: str
    auditors: tuple[str, ...]
    risk: Risk
    status: LineStatus
    status_reason: str
    asked_to_drop: bool


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """A plan with all there is to it.

    Attributes:
        changes: How it differs from the edition before; empty for a first edition.
        steps: What the person may do with it now.
        history: What happened to it, the oldest first.
        may_write: Whether the person may change its audits.
        newer_id: An edition that is being written beside one in force, if there is one.
    """

    plan: AuditPlan
    year: str
    state_label: str
    state_colour: str
    lines: tuple[LineRow, ...]
    changes: tuple[LineChange, ...]
    months: tuple[MonthLoad, ...]
    steps: tuple[StepOffered, ...]
    history: Sequence[AuditStep]
    may_write: bool
    may_begin: bool
    newer_id: int | None

    @property
    def over(self) -> tuple[MonthLoad, ...]:
        """The months that ask for more hours than there are."""
        return tuple(month for month in self.months if month.over)


def plan_page(session: Session, actor: Actor, plan_id: int, *, now: datetime) -> PlanView:
    """Return a plan with all there is to it, in as many statements however long it is.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
    """
    plan = _with_people(session, actor, plan_id)
    rows = lines_of(session, plan.id)
    state = AUDIT_PLAN.state(plan.state)
    writes = may(actor, Permission.RUN_AUDITS)
    newer = _newer(session, plan)
    return PlanView(
        plan=plan,
        year=year_label(Span(plan.starts_on, plan.ends_on)),
        state_label=AUDIT_PLAN.labels[state],
        state_colour=AUDIT_PLAN.colours.get(state, "grey"),
        lines=tuple(line_row(line, to_london(now).date(), plan) for line in rows),
        changes=changes_of(session, plan, rows),
        months=months_of_plan(session, plan, rows),
        steps=steps_offered(session, actor, plan, now=now),
        history=steps_of(session, "plan", plan.id),
        may_write=writes and state is State.DRAFT,
        may_begin=writes and state is State.APPROVED and newer is None,
        newer_id=newer,
    )


def line_row(line: AuditLine, today: date, plan: AuditPlan) -> LineRow:
    """Return a line as its list shows it."""
    status = LineStatus(line.status)
    stopped = status in {LineStatus.SUSPENDED, LineStatus.DROPPED}
    following = next_after(line.first_due_on, line.every_months, today)
    return LineRow(
        id=line.id,
        line_key=line.line_key,
        code=line.code,
        type_label=TYPES[line.code].label if line.code in TYPES else line.code,
        title=line.title,
        frame=Frame(line.frame).label,
        every=every_label(line.every_months),
        sample=sample_in_words(given_of(line)),
        first_due_on=line.first_due_on,
        next_due_on=None if stopped or not following or following > plan.ends_on else following,
        hours=line.hours,
        owner=line.owner.name if line.owner else "",
        auditors=tuple(sorted(auditor.person.name for auditor in line.auditors)),
        risk=risk_of(line),
        status=status,
        status_reason=line.status_reason,
        asked_to_drop=line.drop_asked_at is not None and status is not LineStatus.DROPPED,
    )


def step_offered(view: PlanView, trigger: str) -> StepOffered:
    """Return one of the steps that the person's role has now.

    Raises:
        StepNotAvailable: If it is not one of them.
    """
    for step in view.steps:
        if step.trigger == trigger:
            return step
    raise StepNotAvailable("That can’t be done to this plan now.")


def changes_of(
    session: Session, plan: AuditPlan, lines: Sequence[AuditLine]
) -> tuple[LineChange, ...]:
    """Return how an edition differs from the one before it that was in force."""
    before = session.scalar(
        select(AuditPlan.id)
        .where(
            AuditPlan.starts_on == plan.starts_on,
            AuditPlan.edition < plan.edition,
            AuditPlan.state.in_((IN_FORCE, State.REPLACED.value)),
        )
        .order_by(AuditPlan.edition.desc())
        .limit(1)
    )
    if before is None:
        return ()
    # What had been dropped by then was not there to be copied.
    old = [
        line
        for line in lines_of(session, before)
        if line.status != LineStatus.DROPPED or any(one.line_key == line.line_key for one in lines)
    ]
    return changes_between(
        {line.line_key: words_of_line(line) for line in old},
        {line.line_key: words_of_line(line) for line in lines},
    )


def _with_people(session: Session, actor: Actor, plan_id: int) -> AuditPlan:
    plan_of(session, actor, plan_id)
    found = select(AuditPlan).options(
        joinedload(AuditPlan.fcr_approved_by), joinedload(AuditPlan.approved_by)
    )
    return session.scalars(found.where(AuditPlan.id == plan_id)).one()


def _newer(session: Session, plan: AuditPlan) -> int | None:
    return session.scalar(
        select(AuditPlan.id).where(
            AuditPlan.starts_on == plan.starts_on,
            AuditPlan.id != plan.id,
            AuditPlan.state.in_((State.DRAFT.value, State.SUBMITTED.value)),
        )
    )
