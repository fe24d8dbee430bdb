"""Everything that a report on the audit plan says of a month or a quarter, gathered at one moment.

It says how things stood when the period was over, as far as that can still be read, so that a
report which is made late says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audits.capacity import MonthLoad
from fcr_app.domain.audits.report_periods import ReportPeriod
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.audits.year import year_label, year_of
from fcr_app.domain.london import from_london, to_london
from fcr_app.errors import NotFound
from fcr_app.models import AuditLine, AuditPlan, Force
from fcr_app.services.audits.capacity import months_of_plan
from fcr_app.services.audits.plan_actions import ActionsThen, actions_then
from fcr_app.services.audits.plan_done import DueThen, due_then
from fcr_app.services.audits.plan_heat import HeatLine, heat_lines
from fcr_app.services.audits.plan_risk import RiskChange, risk_changes
from fcr_app.workflows.audit_plan import State

IN_FORCE = (State.APPROVED.value, State.REPLACED.value)


@dataclass(frozen=True, kw_only=True)
class EditionAbout:
    """An edition of the plan that was approved in the period."""

    edition: int
    approved_on: date
    why: str


@dataclass(frozen=True, kw_only=True)
class StoppedLine:
    """An audit of the plan that is not carried out.

    Attributes:
        reason: For the annex: it may name people.
    """

    code: str
    title: str
    status: LineStatus
    reason: str


@dataclass(frozen=True, kw_only=True)
class PlanMaterial:
    """All that a report on the plan says.

    Attributes:
        months: Of the whole year: what is due in each, its hours, and those there are.
        due: What was due from the beginning of the year to the end of the period.
        quarters: The columns of the heat map, the oldest first.
        approver: Who approved the plan for the force; for the annex.
        edition: Of the report, from 1.
        why: Why there is a later edition.
    """

    force: str
    period: ReportPeriod
    plan_id: int
    year: str
    plan_edition: int
    approved_on: date | None
    approver: str
    editions: tuple[EditionAbout, ...]
    months: tuple[MonthLoad, ...]
    due: tuple[DueThen, ...]
    stopped: tuple[StoppedLine, ...]
    quarters: tuple[str, ...]
    heat: tuple[HeatLine, ...]
    actions: ActionsThen
    risk: tuple[RiskChange, ...]
    edition: int = 1
    why: str = ""

    @property
    def due_in_period(self) -> tuple[DueThen, ...]:
        """What was due in the period itself."""
        span = self.period.span
        return tuple(one for one in self.due if span.starts_on <= one.due_on <= span.ends_on)


def plan_material(
    session: Session, period: ReportPeriod, *, edition: int = 1, why: str = ""
) -> PlanMaterial:
    """Return everything that a report on the plan says of a period.

    Raises:
        NotFound: If no plan was in force then.
    """
    over = _moment_after(period.span.ends_on)
    editions = _editions(session, period, over)
    if not editions:
        raise NotFound("No plan was approved for that period.")
    plan = editions[-1]
    lines = plan.lines
    quarters, heat = heat_lines(session, lines, period.span.ends_on, over)
    begun = _moment_after(period.span.starts_on - timedelta(days=1))
    return PlanMaterial(
        force=session.scalar(select(Force.name)) or "",
        period=period,
        plan_id=plan.id,
        year=year_label(year_of(plan.starts_on)),
        plan_edition=plan.edition,
        approved_on=_day(plan.approved_at),
        approver=plan.approved_by.name if plan.approved_by else "",
        editions=tuple(_about(one) for one in editions if _since(one, begun)),
        months=months_of_plan(session, plan, lines),
        due=due_then(session, plan, lines, period.span.ends_on, over),
        stopped=_stopped(lines),
        quarters=quarters,
        heat=heat,
        actions=actions_then(session, period.span, begun, over),
        risk=risk_changes(_before(editions, begun), plan),
        edition=edition,
        why=why,
    )


def _moment_after(day: date) -> datetime:
    return from_london(datetime.combine(day + timedelta(days=1), time.min))


def _editions(session: Session, period: ReportPeriod, over: datetime) -> list[AuditPlan]:
    """Return the editions of the year's plan that were approved by the end of the period."""
    found = session.scalars(
        select(AuditPlan)
        .options(joinedload(AuditPlan.lines), joinedload(AuditPlan.approved_by))
        .where(
            AuditPlan.state.in_(IN_FORCE),
            AuditPlan.starts_on <= period.span.ends_on,
            AuditPlan.ends_on >= period.span.ends_on,
        )
        .order_by(AuditPlan.edition)
    ).unique()
    every = list(found)
    then = [one for one in every if one.approved_at is None or one.approved_at < over]
    # A plan that was only approved afterwards is better than none.
    return then or every[:1]


def _since(plan: AuditPlan, begun: datetime) -> bool:
    return plan.approved_at is not None and plan.approved_at >= begun


def _before(editions: Sequence[AuditPlan], begun: datetime) -> AuditPlan | None:
    """Return the edition in force as the period began."""
    earlier = [one for one in editions if not _since(one, begun)]
    return earlier[-1] if earlier else None


def _about(plan: AuditPlan) -> EditionAbout:
    approved_on = _day(plan.approved_at) or plan.starts_on
    return EditionAbout(edition=plan.edition, approved_on=approved_on, why=plan.why)


def _day(moment: datetime | None) -> date | None:
    return to_london(moment).date() if moment else None


def _stopped(lines: Sequence[AuditLine]) -> tuple[StoppedLine, ...]:
    stopped = (LineStatus.SUSPENDED, LineStatus.DROPPED)
    return tuple(
        StoppedLine(
            code=line.code, title=line.title, status=LineStatus(line.status),
            reason=line.status_reason,
        )
        for line in lines
        if line.status in stopped
    )  # fmt: skip
