"""Beginning an edition of the audit plan: from the starting plan, or from one there is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.starting_plan import STARTING_HOURS, STARTING_PLAN
from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.audits.year import months_of, year_after, year_label, year_of
from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import AuditPlan, AuditPlanMonth
from fcr_app.services.audits.plan_lines import add_row, copy_lines
from fcr_app.services.audits.plan_people import people_with
from fcr_app.services.audits.plans import IN_FORCE, MOST_MONTHLY_HOURS, must_run_audits
from fcr_app.services.audits.steps import write_step
from fcr_app.workflows.audit_plan import State

SHORTEST_WHY, LONGEST_WHY = 20, 4000
#: Before crime data integrity was inspected there was no such plan.
EARLIEST = date(2000, 4, 1)
BEING_WRITTEN = (State.DRAFT.value, State.SUBMITTED.value)


@dataclass(frozen=True, kw_only=True)
class PlanBegun:
    """How an edition of a plan is begun.

    Attributes:
        starts_on: The first day of its year.
        from_last: Where the year has no plan yet, begin from the last year's and not from the
            starting plan.
        monthly_hours: Auditors' hours in each month; where None, as the last plan had them.
        why: Why the plan of the year is changed; empty for its first edition.
    """

    starts_on: date
    from_last: bool = False
    monthly_hours: float | None = None
    why: str = ""


def years_to_begin(session: Session, today: date) -> list[Span]:
    """Return this year and the next, as far as they have no plan in force or being written."""
    this = year_of(today)
    return [
        year
        for year in (this, year_after(this))
        if not _has(session, year.starts_on, (IN_FORCE, *BEING_WRITTEN))
    ]


@supports(
    inspection("FB-03"), how="The FCR writes a plan of audits for each year, edition by edition"
)
def begin_plan(session: Session, actor: Actor, begun: PlanBegun, *, now: datetime) -> AuditPlan:
    """Begin an edition of the plan of a year.

    A year's first edition begins from the starting plan or from the last year's; each after it
    from the edition in force, with a reason.

    Raises:
        PermissionRefused: If the person does not plan audits.
        InvalidValues: If the year is none, an edition is being written already, or a change has
            no reason.
    """
    must_run_audits(actor)
    edition = _next_edition(session, begun.starts_on)
    if problems := _problems(session, begun, edition, now):
        raise InvalidValues(problems)
    year = year_of(begun.starts_on)
    plan = AuditPlan(
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        edition=edition,
        state=State.DRAFT.value,
        why=_why(begun, edition),
        begun_at=now,
        begun_by_id=actor.id,
    )
    source = _source(session, begun)
    session.add(plan)
    session.flush()
    if source is None:
        _start(session, actor, plan, now)
    else:
        copy_lines(session, source, plan)
    _copy_hours(session, source, plan, begun.monthly_hours)
    said = "Began the plan" if edition == 1 else f"Began edition {edition}"
    write_step(
        session, actor, "plan", plan.id, trigger="begin", said=said, now=now,
        to_state=plan.state, reason=plan.why,
    )  # fmt: skip
    return plan


def _next_edition(session: Session, starts_on: date) -> int:
    last = session.scalar(
        select(func.max(AuditPlan.edition)).where(AuditPlan.starts_on == starts_on)
    )
    return (last or 0) + 1


def _problems(
    session: Session, begun: PlanBegun, edition: int, now: datetime
) -> list[InvalidValue]:
    problems = []
    latest = year_after(year_of(to_london(now).date()))
    # Compared first: a year is worked out of no day outside the calendar.
    near = EARLIEST <= begun.starts_on <= latest.starts_on
    if not near or begun.starts_on != year_of(begun.starts_on).starts_on:
        said = f"A plan is for a year from 1 April, at the latest {year_label(latest)}."
        problems.append(InvalidValue(said, field="starts_on"))
    elif _has(session, begun.starts_on, BEING_WRITTEN):
        said = "An edition of this plan is being written. Take that one up, or give it up."
        problems.append(InvalidValue(said, field="starts_on"))
    changes = edition > 1 and _has(session, begun.starts_on, (IN_FORCE,))
    if changes and not SHORTEST_WHY <= len(begun.why.strip()) <= LONGEST_WHY:
        said = f"Say why the plan is changed, in {SHORTEST_WHY} to {LONGEST_WHY:,} characters."
        problems.append(InvalidValue(said, field="why"))
    hours = begun.monthly_hours
    if hours is not None and not 0 <= hours <= MOST_MONTHLY_HOURS:
        said = f"Enter hours in a month, from 0 to {MOST_MONTHLY_HOURS:,.0f}."
        problems.append(InvalidValue(said, field="monthly_hours"))
    return problems


def _has(session: Session, starts_on: date, states: Collection[str]) -> bool:
    found = select(AuditPlan.id).where(
        AuditPlan.starts_on == starts_on, AuditPlan.state.in_(states)
    )
    return session.scalar(found) is not None


def _why(begun: PlanBegun, edition: int) -> str:
    """Return why an edition is begun; a year’s first says nothing."""
    said = begun.why.strip()
    if edition == 1 or said:
        return said if edition > 1 else ""
    # The reason why it was given up stands in its history.
    return f"Edition {edition - 1} was given up before it was in force."


def _source(session: Session, begun: PlanBegun) -> AuditPlan | None:
    """Return the edition that another begins from; None for the starting plan."""
    of_this_year = AuditPlan.starts_on == begun.starts_on
    before = AuditPlan.starts_on < begun.starts_on
    wanted = of_this_year | before if begun.from_last else of_this_year
    return session.scalar(
        select(AuditPlan)
        .where(wanted, AuditPlan.state == IN_FORCE)
        .order_by(AuditPlan.starts_on.desc())
        .limit(1)
    )


@supports(force_policy("ROLE-03"), how="The auditors in post are named on each audit of the plan")
def _start(session: Session, actor: Actor, plan: AuditPlan, now: datetime) -> None:
    """Fill a plan with the starting lines; whoever begins it owns them, the auditors examine."""
    year = Span(plan.starts_on, plan.ends_on)
    auditors = tuple(people_with(session, [Role.AUDITOR], to_london(now).date()))
    for one in STARTING_PLAN:
        status = LineStatus.SUSPENDED if one.suspended_why else LineStatus.PLANNED
        given = one.for_year(year, owner_id=actor.id or None, auditor_ids=auditors)
        add_row(session, plan, one.key, given, status=status, reason=one.suspended_why)


def _copy_hours(
    session: Session, source: AuditPlan | None, plan: AuditPlan, hours: float | None
) -> None:
    """Write the hours of each month: as given, or as the last plan had them."""
    months = months_of(Span(plan.starts_on, plan.ends_on))
    known: list[float] = []
    if source is not None and hours is None:
        known = list(
            session.scalars(
                select(AuditPlanMonth.hours)
                .where(AuditPlanMonth.plan_id == source.id)
                .order_by(AuditPlanMonth.month)
            )
        )
    usual = STARTING_HOURS if hours is None else hours
    each = known if len(known) == len(months) else [usual] * len(months)
    session.execute(
        insert(AuditPlanMonth),
        [
            {"plan_id": plan.id, "month": month, "hours": count}
            for month, count in zip(months, each, strict=True)
        ],
    )
