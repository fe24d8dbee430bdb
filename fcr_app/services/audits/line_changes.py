"""Writing the lines of a plan, and its hours, while the edition is being written."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from fcr_app.domain.audits.line_words import changed_between
from fcr_app.domain.audits.lines import LineGiven, problems_of
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.year import months_of
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import (
    InvalidValue,
    InvalidValues,
    NotFound,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import AuditLine, AuditLineAuditor, AuditPlan, AuditPlanMonth
from fcr_app.services.audits.plan_lines import (
    add_row,
    change_auditors,
    with_people,
    words_of_line,
    write_onto,
)
from fcr_app.services.audits.plan_people import not_examiners
from fcr_app.services.audits.plans import MOST_MONTHLY_HOURS, must_run_audits, plan_of
from fcr_app.services.audits.steps import CHANGED, write_step
from fcr_app.workflows.audit_plan import State

MOST_LINES = 200
LINE_NOT_THERE = "There is no such audit in the plan, or it is not yours to see."
ONLY_A_DRAFT = (
    "This edition is not being written, so its audits can’t be changed. Begin a new edition, with "
    "the reason for the change."
)


def add_line(
    session: Session, actor: Actor, plan_id: int, given: LineGiven, *, now: datetime
) -> AuditLine:
    """Add an audit to an edition that is being written.

    Raises:
        PermissionRefused: If the person does not plan audits.
        NotFound: If there is no such plan.
        StepNotAvailable: If the edition is not being written.
        InvalidValues: With everything that can't be said.
    """
    plan = draft_of(session, actor, plan_id)
    _check(session, plan, given, now)
    lines = session.scalars(select(AuditLine.id).where(AuditLine.plan_id == plan.id)).all()
    if len(lines) >= MOST_LINES:
        raise InvalidValue(f"A plan has at most {MOST_LINES} audits.", field="title")
    line = add_row(session, plan, _new_key(session, given.code), given)
    said = "Added the audit to the plan"
    write_step(session, actor, "line", line.id, trigger="add", said=said, now=now)
    return line


def change_line(  # noqa: PLR0913 - who, which, to what, when, and what they saw
    session: Session,
    actor: Actor,
    line_id: int,
    given: LineGiven,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Change an audit of an edition that is being written; what changed is kept in words.

    Raises:
        PermissionRefused: If the person does not plan audits.
        NotFound: If there is no such audit.
        StepNotAvailable: If the edition is not being written.
        SomeoneElseChangedIt: If somebody changed it since ``version``.
        InvalidValues: With everything that can't be said.
    """
    line = line_of(session, actor, line_id)
    plan = draft_of(session, actor, line.plan_id)
    if version is not None and version != line.version:
        raise SomeoneElseChangedIt(CHANGED)
    _check(session, plan, given, now)
    before = words_of_line(line)
    write_onto(line, given)
    change_auditors(session, line, given.auditor_ids)
    session.flush()
    session.expire(line, ["owner"])
    changed = changed_between(before, words_of_line(line_of(session, actor, line_id)))
    if not changed:
        return
    # Auditors stand in a table of their own, and their change makes another version too.
    flag_modified(line, "title")
    write_step(
        session, actor, "line", line.id, trigger="change", said="Changed the audit", now=now,
        changed=[[one.title, one.before, one.after] for one in changed],
    )  # fmt: skip


def take_out(session: Session, actor: Actor, line_id: int, *, now: datetime) -> int:
    """Take an audit out of an edition that is being written. Returns the plan's id.

    Whoever approves the edition sees that it was taken out.

    Raises:
        PermissionRefused: If the person does not plan audits.
        NotFound: If there is no such audit.
        StepNotAvailable: If the edition is not being written.
    """
    line = line_of(session, actor, line_id)
    plan = draft_of(session, actor, line.plan_id)
    write_step(
        session, actor, "plan", plan.id, trigger="take_out",
        said=f"Took out {line.code} {line.title}"[:200], now=now,
    )  # fmt: skip
    session.execute(delete(AuditLineAuditor).where(AuditLineAuditor.line_id == line.id))
    session.expire(line, ["auditors"])
    session.delete(line)
    session.flush()
    return plan.id


def set_hours(
    session: Session, actor: Actor, plan_id: int, hours: Mapping[date, float], *, now: datetime
) -> None:
    """Say how many hours of auditors there are in each month of an edition being written.

    Args:
        hours: By the first day of the month; months that are not named stay as they are.

    Raises:
        PermissionRefused: If the person does not plan audits.
        NotFound: If there is no such plan.
        StepNotAvailable: If the edition is not being written.
        InvalidValues: If a month is not of the plan's year, or a number can't be.
    """
    plan = draft_of(session, actor, plan_id)
    months = set(months_of(Span(plan.starts_on, plan.ends_on)))
    problems = []
    for month, count in hours.items():
        field = f"hours_{month:%Y_%m}"
        if month not in months:
            problems.append(InvalidValue("The month is not of the plan’s year.", field=field))
        elif not 0 <= count <= MOST_MONTHLY_HOURS:
            said = f"Enter hours from 0 to {MOST_MONTHLY_HOURS:,.0f}."
            problems.append(InvalidValue(said, field=field))
    if problems:
        raise InvalidValues(problems)
    rows = session.scalars(select(AuditPlanMonth).where(AuditPlanMonth.plan_id == plan.id))
    changed = []
    for row in rows:
        wanted = hours.get(row.month, row.hours)
        if wanted != row.hours:
            changed.append([f"{row.month:%B %Y}", f"{row.hours:g} hours", f"{wanted:g} hours"])
            row.hours = wanted
    if changed:
        write_step(
            session, actor, "plan", plan.id, trigger="hours",
            said="Changed the auditors’ hours", now=now, changed=changed,
        )  # fmt: skip


def line_of(session: Session, actor: Actor, line_id: int) -> AuditLine:
    """Return a line that somebody may see, with its people.

    Raises:
        NotFound: If there is no such line, or it is not theirs to see.
    """
    plan_id = session.scalar(select(AuditLine.plan_id).where(AuditLine.id == line_id))
    if plan_id is None:
        raise NotFound(LINE_NOT_THERE)
    plan_of(session, actor, plan_id)
    return session.scalars(
        with_people(plan_id).where(AuditLine.id == line_id),
        execution_options={"populate_existing": True},
    ).one()


def draft_of(session: Session, actor: Actor, plan_id: int) -> AuditPlan:
    """Return an edition that somebody may write.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
        PermissionRefused: If they do not plan audits.
        StepNotAvailable: If the edition is not being written.
    """
    plan = plan_of(session, actor, plan_id)
    must_run_audits(actor)
    if plan.state != State.DRAFT.value:
        raise StepNotAvailable(ONLY_A_DRAFT)
    return plan


def _check(session: Session, plan: AuditPlan, given: LineGiven, now: datetime) -> None:
    problems = problems_of(given, Span(plan.starts_on, plan.ends_on), TYPES)
    today = to_london(now).date()
    named = {given.owner_id, *given.auditor_ids} - {None}
    strangers = not_examiners(session, {person for person in named if person}, today)
    if given.owner_id in strangers:
        said = "Choose somebody who plans or examines audits."
        problems.append(InvalidValue(said, field="owner_id"))
    if strangers & set(given.auditor_ids):
        said = "Choose people whose roles let them examine audits."
        problems.append(InvalidValue(said, field="auditors"))
    if problems:
        raise InvalidValues(problems)


def _new_key(session: Session, code: str) -> str:
    """Return a key that no line of any edition of any year has had: A14-8."""
    keys = session.scalars(select(AuditLine.line_key).where(AuditLine.code == code).distinct())
    ends = [key.rpartition("-")[2] for key in keys if key.startswith(f"{code}-")]
    return f"{code}-{max((int(end) for end in ends if end.isdigit()), default=0) + 1}"
