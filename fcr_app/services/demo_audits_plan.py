"""The demonstration force's audit plan: a first edition, and the one that replaced it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.audits.risk import Risk
from fcr_app.domain.audits.year import year_of
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditPlan, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.line_changes import add_line, change_line, set_hours, take_out
from fcr_app.services.audits.line_status import ask_to_drop, suspend
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan
from fcr_app.services.audits.plan_lines import given_of, lines_of
from fcr_app.services.audits.plans import move_plan
from fcr_app.services.demo_force import email_of

WHY_CHANGED = (
    "Rape and N100 audits took longer than was planned, and the new control room system makes "
    "wrongly closed domestic reports more likely. Public order is covered by the audit of reports."
)
WHY_SUSPENDED = "The list of referrals for the national mechanism comes late until the new post."
WHY_DROP = "The outcomes team checks every disposal itself since the summer."
#: How long ago the dip check was due.
DIP_DUE_DAYS = 9
#: Less time in the months of leave, and in the month of the inspection.
_FEWER_HOURS = {8: 195.0, 12: 200.0, 1: 215.0}


def add_plan(session: Session, *, now: datetime) -> AuditPlan:
    """Add this year's plan, in its second edition. Returns the edition in force.

    As the FCR, the chief officer and the deputy would have written and approved it in their time.
    """
    year = year_of(to_london(now).date())
    begun = PlanBegun(starts_on=year.starts_on, monthly_hours=235)
    fcr, chief = (_actor(session, key, now) for key in ("fcr", "chief"))
    # A year is planned before it begins; the demonstration's people were in post two years ago.
    days = (to_london(now).date() - year.starts_on).days
    morning = now.replace(hour=9, minute=20, second=0, microsecond=0)
    planned_at = morning - timedelta(days=days + 20)
    changed_at = morning - timedelta(days=max(days // 2, 4))
    first = begin_plan(session, fcr, begun, now=planned_at)
    _fewer_hours(session, fcr, first, planned_at)
    _approve(session, fcr, chief, first, planned_at + timedelta(days=3))
    second = begin_plan(
        session, fcr, replace(begun, why=WHY_CHANGED, monthly_hours=None), now=changed_at
    )
    _change(session, fcr, second, changed_at, now=now)
    _approve(session, fcr, chief, second, changed_at + timedelta(hours=25))
    stopped_at = changed_at + timedelta(days=2)
    by_key = {line.line_key: line.id for line in lines_of(session, second.id)}
    suspend(session, fcr, by_key["A6-2"], WHY_SUSPENDED, now=stopped_at)
    ask_to_drop(session, fcr, by_key["A12-1"], WHY_DROP, now=stopped_at)
    return second


def _approve(session: Session, fcr: Actor, chief: Actor, plan: AuditPlan, at: datetime) -> None:
    move_plan(session, fcr, plan.id, "approve_for_fcr", {}, now=at)
    move_plan(session, chief, plan.id, "approve", {}, now=at + timedelta(hours=5))


def _change(session: Session, fcr: Actor, plan: AuditPlan, at: datetime, *, now: datetime) -> None:
    lines = {line.line_key: line for line in lines_of(session, plan.id)}
    rape, domestic = lines["A2-1"], lines["A10-1"]
    change_line(session, fcr, rape.id, replace(given_of(rape), hours=42), now=at)
    risk = replace(given_of(domestic).risk, change=3, rate=2, age=0)
    change_line(session, fcr, domestic.id, replace(given_of(domestic), risk=risk), now=at)
    stalking = replace(
        given_of(lines["A14-2"]),
        title="Theme: stalking and harassment online",
        frame_filter={"opening_codes": ["stalking"]},
        risk=Risk(rate=1, change=2, age=3, victims=2, volume=1, concern=2),
    )
    add_line(session, fcr, plan.id, stalking, now=at)
    # Due a few days ago in every demonstration, and chosen by hand: no figure comes of it.
    due = max(plan.starts_on, to_london(now).date() - timedelta(days=DIP_DUE_DAYS))
    dip = replace(
        stalking,
        title="Dip check: damage reported online",
        frame_filter={"opening_codes": ["damage"]},
        first_due_on=due,
        every_months=0,
        covers_months=1,
        method=Method.DIP,
        fixed_size=6,
        precision=None,
        hours=2,
    )
    add_line(session, fcr, plan.id, dip, now=at)
    take_out(session, fcr, lines["A14-5"].id, now=at)


def _fewer_hours(session: Session, fcr: Actor, plan: AuditPlan, at: datetime) -> None:
    months = {
        plan.starts_on.replace(
            year=plan.starts_on.year + (month < plan.starts_on.month), month=month
        ): hours
        for month, hours in _FEWER_HOURS.items()
    }
    set_hours(session, fcr, plan.id, months, now=at)


def _actor(session: Session, key: str, now: datetime) -> Actor:
    person = session.scalars(select(Person.id).where(Person.email == email_of(key))).one()
    return load_actor(session, person, today=to_london(now).date(), address="demonstration")
