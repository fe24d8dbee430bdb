"""Loads the published 2018 inspection as audits, by the same way as any audit goes.

A plan approved twice, lists sent in, samples drawn, each record reviewed, a share of them twice,
signed off. What comes out is printed by the reports of any audit, and the tests compare it with
what was published (reference on statistics, sections 1.2 and 1.3).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.lines import LineGiven
from fcr_app.domain.audits.words import Frame, ReportKind, ReviewKind, Strata
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditItem, AuditLine, AuditPlan, AuditRun, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.line_changes import add_line, take_out
from fcr_app.services.audits.lists import send_list
from fcr_app.services.audits.opening import open_run
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan
from fcr_app.services.audits.plans import move_plan
from fcr_app.services.audits.report_asking import ReportSubject
from fcr_app.services.audits.report_queue import ask_for_report
from fcr_app.services.audits.reviewing import save_review
from fcr_app.services.audits.signing import sign_off
from fcr_app.services.audits.stated_year import state_year
from fcr_app.services.demo_force import email_of
from fcr_app.services.demo_inspection_words import CHECKS, Check

PLAN_YEAR, DUE_ON = date(2017, 4, 1), date(2018, 1, 2)
#: Of the draw: the same records on every machine.
SEED = "20180717" * 4
#: Called with how many reviews are done, and of how many.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What was loaded; nothing where it was there already.

    Attributes:
        references: Of the audits, in the order of the checks.
    """

    references: tuple[str, ...] = ()
    reviews: int = 0


@dataclass(frozen=True, kw_only=True)
class _Cast:
    """Who plays which part: the demonstration's people, acting as on any day."""

    fcr: Actor
    chief: Actor
    auditors: dict[int, Actor]


def load_inspection(session: Session, *, now: datetime, tell: Tell) -> Loaded:
    """Load the inspection into the demonstration force, unless it is there already."""
    there = select(AuditPlan.id).where(AuditPlan.starts_on == PLAN_YEAR)
    if session.scalar(there) is not None:
        return Loaded()
    cast = _cast(session, now)
    lines = _plan(session, cast, now)
    runs = [_open(session, cast, line, check, now) for line, check in lines]
    total = sum(_reviews_wanted(session, run.id) for run in runs)
    done = 0
    for run, (_, check) in zip(runs, lines, strict=True):
        for _each in _examine(session, cast, run, check, now):
            done += 1
            tell(done, total)
        _end(session, cast, run, check, now)
    for run in runs:
        subject = ReportSubject(kind=ReportKind.RUN, key=run.reference, run_id=run.id)
        ask_for_report(session, cast.fcr, subject, now=now)
    return Loaded(references=tuple(run.reference for run in runs), reviews=done)


def _cast(session: Session, now: datetime) -> _Cast:
    today = to_london(now).date()

    def actor(key: str) -> Actor:
        person = select(Person.id).where(Person.email == email_of(key))
        return load_actor(session, session.scalars(person).one(), today=today)

    # The FCR moderates and signs off, so the deputy is the second auditor.
    auditors = {one.id: one for one in (actor("auditor"), actor("deputy"))}
    return _Cast(fcr=actor("fcr"), chief=actor("chief"), auditors=auditors)


def _plan(session: Session, cast: _Cast, now: datetime) -> list[tuple[AuditLine, Check]]:
    """Write the plan of the year with the inspection's samples alone, and have it approved."""
    plan = begin_plan(session, cast.fcr, PlanBegun(starts_on=PLAN_YEAR, monthly_hours=100), now=now)
    # What the starting plan has was never to be done in 2017, and would be opened late by now.
    for line_id in session.scalars(select(AuditLine.id).where(AuditLine.plan_id == plan.id)).all():
        take_out(session, cast.fcr, line_id, now=now)
    lines = [
        (add_line(session, cast.fcr, plan.id, _line(cast, check), now=now), check)
        for check in CHECKS
    ]
    move_plan(session, cast.fcr, plan.id, "approve_for_fcr", {}, now=now)
    move_plan(session, cast.chief, plan.id, "approve", {}, now=now)
    return lines


def _line(cast: _Cast, check: Check) -> LineGiven:
    return LineGiven(
        code=check.code,
        title=check.title,
        frame=Frame.LISTED,
        counted_as=check.counted_as,
        first_due_on=DUE_ON,
        every_months=0,
        covers_months=6,
        method=Method.FIXED,
        hours=max(2.0, check.size / 10),
        strata=Strata.LISTED if len(check.reviews()) > 1 else Strata.NONE,
        fixed_size=check.size,
        owner_id=cast.fcr.id,
        auditor_ids=tuple(cast.auditors),
    )


def _open(session: Session, cast: _Cast, line: AuditLine, check: Check, now: datetime) -> AuditRun:
    content = "Reference,Stratum\n" + "".join(
        f"DEMO-{check.code}-{at:02}-{number:05},{stratum}\n"
        for at, stratum in enumerate(check.reviews(), start=1)
        for number in range(1, check.of_each + 1)
    )
    name = f"{check.title}, made up.csv"
    send_list(session, cast.fcr, line.id, DUE_ON, name=name, content=content.encode(), now=now)
    run = open_run(session, cast.fcr, line.id, DUE_ON, now=now, seed=SEED)
    if check.year is not None:
        state_year(session, cast.fcr, run.id, check.year, now=now)
    return run


def _reviews_wanted(session: Session, run_id: int) -> int:
    items = session.scalars(
        select(AuditItem).where(AuditItem.run_id == run_id, AuditItem.in_sample)
    ).all()
    return len(items) + sum(item.second_auditor_id is not None for item in items)


def _examine(
    session: Session, cast: _Cast, run: AuditRun, check: Check, now: datetime
) -> Iterator[int]:
    """Examine each record, and yield its id; the second auditor says what the first said."""
    reviews = {stratum: iter(given) for stratum, given in check.reviews().items()}
    rows = session.execute(
        select(AuditItem.id, AuditItem.stratum, AuditItem.auditor_id, AuditItem.second_auditor_id)
        .where(AuditItem.run_id == run.id, AuditItem.in_sample)
        .order_by(AuditItem.position)
    ).all()
    for item_id, stratum, first, second in rows:
        given: ReviewGiven = next(reviews[stratum])
        for kind, auditor in ((ReviewKind.FIRST, first), (ReviewKind.SECOND, second)):
            if auditor is not None:
                actor = cast.auditors[auditor]
                save_review(session, actor, item_id, kind, given, now=now, done=True)
                yield item_id


def _end(session: Session, cast: _Cast, run: AuditRun, check: Check, now: datetime) -> None:
    said = {"conclusion": check.conclusion, "limits": check.limits, "grade": check.grade}
    sign_off(session, cast.fcr, run.id, said, now=now)
