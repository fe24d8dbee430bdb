"""The audit plan: read, begun, written, approved, and its audits stopped or dropped."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.audit_plan import (
    AuditLineGiven,
    AuditLinePageAnswer,
    AuditPlanAnswer,
    EditionsAnswer,
    EditionsAsked,
    LineReasonGiven,
    PlanAuditorsAnswer,
    PlanAuditorsGiven,
    PlanBegunGiven,
    PlanCalendarAnswer,
    PlanHoursGiven,
    PlanMadeAnswer,
    PlanStepGiven,
)
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.versions import version_read
from fcr_app.domain.audits.lines import LineGiven
from fcr_app.domain.permissions import Permission
from fcr_app.errors import NotFound
from fcr_app.services.audits import line_changes, line_status
from fcr_app.services.audits.line_view import line_page
from fcr_app.services.audits.plan_auditors import name_auditors
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan
from fcr_app.services.audits.plan_editions import MOST_EDITIONS, editions, usual_plan
from fcr_app.services.audits.plan_view import plan_page
from fcr_app.services.audits.plans import NOT_THERE, move_plan
from fcr_app.services.transaction import transaction

area = Area("Audit plan", "The audits of a year: planned, approved twice, changed with a reason.")

SEE, RUN = Permission.SEE_AUDITS, Permission.RUN_AUDITS
DONE = {"done": True}
PLANS, LINES = "/audits/plans", "/audits/plan-lines"


@area.reads(PLANS, needs=SEE, asks=EditionsAsked, gives=EditionsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read the editions of the plans of every year, the last begun first."""
    with transaction() as session:
        rows = editions(session, current_actor(), before_id=asked["before"])
        shown = rows[:MOST_EDITIONS]
        older = shown[-1].plan.id if len(rows) > MOST_EDITIONS else None
        return reply(EditionsAnswer, {"items": shown, "before": older})


@area.reads(f"{PLANS}/current", needs=SEE, gives=AuditPlanAnswer, versioned=True, may_lack=True)
def current() -> Response:
    """Read this year's plan: the edition in force, or the one that is being written."""
    with transaction() as session:
        plan_id = usual_plan(session, current_actor(), now=clock.now())
        if plan_id is None:
            raise NotFound(NOT_THERE)
        view = plan_page(session, current_actor(), plan_id, now=clock.now())
        return reply(AuditPlanAnswer, view, version=view.plan.version)


@area.writes(PLANS, needs=RUN, takes=PlanBegunGiven, gives=PlanMadeAnswer, status=CREATED)
def begin(given: PlanBegun) -> Response:
    """Begin a plan, or a new edition of one that is in force."""
    with transaction() as session:
        made = begin_plan(session, current_actor(), given, now=clock.now()).id
    return reply(PlanMadeAnswer, {"id": made}, status=CREATED, place=f"{ROOT}{PLANS}/{made}")


@area.reads(f"{PLANS}/<id:plan_id>", needs=SEE, gives=AuditPlanAnswer, versioned=True)
def show(plan_id: int) -> Response:
    """Read a plan with its audits and what it changes."""
    with transaction() as session:
        view = plan_page(session, current_actor(), plan_id, now=clock.now())
        return reply(AuditPlanAnswer, view, version=view.plan.version)


@area.reads(f"{PLANS}/<id:plan_id>/calendar", needs=SEE, gives=PlanCalendarAnswer)
def calendar(plan_id: int) -> Response:
    """Read when each audit is due, and whether the hours are enough."""
    with transaction() as session:
        view = plan_page(session, current_actor(), plan_id, now=clock.now())
        return reply(PlanCalendarAnswer, view)


@area.writes(
    f"{PLANS}/<id:plan_id>/steps/<trigger:trigger>",
    needs=SEE,
    takes=PlanStepGiven,
    gives=DoneAnswer,
    overwrites=True,
)
def step(given: dict[str, Mapping[str, str]], plan_id: int, trigger: str) -> Response:
    """Take a step: approve the plan, send it back, give an edition up."""
    with transaction() as session:
        move_plan(
            session,
            current_actor(),
            plan_id,
            trigger,
            given["answers"],
            now=clock.now(),
            version=version_read(),
        )
    return reply(DoneAnswer, DONE)


@area.writes(
    f"{PLANS}/<id:plan_id>/hours",
    method="PUT",
    needs=RUN,
    takes=PlanHoursGiven,
    gives=DoneAnswer,
)
def hours(given: Mapping[date, float], plan_id: int) -> Response:
    """Say how many hours of auditors there are in some months."""
    with transaction() as session:
        line_changes.set_hours(session, current_actor(), plan_id, given, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.writes(
    f"{PLANS}/<id:plan_id>/lines",
    needs=RUN,
    takes=AuditLineGiven,
    gives=PlanMadeAnswer,
    status=CREATED,
)
def add_line(given: LineGiven, plan_id: int) -> Response:
    """Add an audit to a plan that is being written."""
    with transaction() as session:
        made = line_changes.add_line(session, current_actor(), plan_id, given, now=clock.now()).id
    return reply(PlanMadeAnswer, {"id": made}, status=CREATED, place=f"{ROOT}{LINES}/{made}")


@area.writes(
    f"{PLANS}/<id:plan_id>/auditors",
    method="PUT",
    needs=RUN,
    takes=PlanAuditorsGiven,
    gives=PlanAuditorsAnswer,
)
def auditors(given: dict[str, Any], plan_id: int) -> Response:
    """Name the same auditors for every audit of a plan that is being written."""
    with transaction() as session:
        count = name_auditors(
            session,
            current_actor(),
            plan_id,
            given["auditor_ids"],
            only_missing=given["only_missing"],
            now=clock.now(),
        )
    return reply(PlanAuditorsAnswer, {"changed": count})


@area.reads(f"{LINES}/<id:line_id>", needs=SEE, gives=AuditLinePageAnswer, versioned=True)
def line(line_id: int) -> Response:
    """Read one audit of a plan."""
    with transaction() as session:
        view = line_page(session, current_actor(), line_id, now=clock.now())
        return reply(AuditLinePageAnswer, view, version=view.line.version)


@area.writes(
    f"{LINES}/<id:line_id>",
    method="PUT",
    needs=RUN,
    takes=AuditLineGiven,
    gives=DoneAnswer,
    overwrites=True,
)
def change_line(given: LineGiven, line_id: int) -> Response:
    """Change an audit of a plan that is being written."""
    with transaction() as session:
        line_changes.change_line(
            session, current_actor(), line_id, given, now=clock.now(), version=version_read()
        )
    return reply(DoneAnswer, DONE)


@area.writes(f"{LINES}/<id:line_id>/removal", needs=RUN, gives=DoneAnswer)
def remove_line(line_id: int) -> Response:
    """Take an audit out of a plan that is being written."""
    with transaction() as session:
        line_changes.take_out(session, current_actor(), line_id, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.writes(f"{LINES}/<id:line_id>/suspension", needs=RUN, takes=LineReasonGiven, gives=DoneAnswer)
def suspend(given: dict[str, str], line_id: int) -> Response:
    """Stop an audit for a time."""
    with transaction() as session:
        line_status.suspend(session, current_actor(), line_id, given["reason"], now=clock.now())
    return reply(DoneAnswer, DONE)


@area.writes(f"{LINES}/<id:line_id>/resumption", needs=RUN, takes=LineReasonGiven, gives=DoneAnswer)
def resume(given: dict[str, str], line_id: int) -> Response:
    """Go on with an audit that was suspended."""
    with transaction() as session:
        line_status.resume(session, current_actor(), line_id, given["reason"], now=clock.now())
    return reply(DoneAnswer, DONE)


@area.writes(f"{LINES}/<id:line_id>/drop", needs=RUN, takes=LineReasonGiven, gives=DoneAnswer)
def ask_to_drop(given: dict[str, str], line_id: int) -> Response:
    """Ask to drop an audit; it is suspended until that is approved."""
    with transaction() as session:
        line_status.ask_to_drop(session, current_actor(), line_id, given["reason"], now=clock.now())
    return reply(DoneAnswer, DONE)


@area.writes(f"{LINES}/<id:line_id>/drop-approval", needs=SEE, gives=DoneAnswer)
def approve_drop(line_id: int) -> Response:
    """Approve that an audit is dropped: the chief officer or the FCR, and not who asked."""
    with transaction() as session:
        line_status.approve_drop(session, current_actor(), line_id, now=clock.now())
    return reply(DoneAnswer, DONE)


@area.writes(
    f"{LINES}/<id:line_id>/drop-refusal", needs=SEE, takes=LineReasonGiven, gives=DoneAnswer
)
def refuse_drop(given: dict[str, str], line_id: int) -> Response:
    """Keep an audit that somebody asked to drop."""
    with transaction() as session:
        line_status.refuse_drop(session, current_actor(), line_id, given["reason"], now=clock.now())
    return reply(DoneAnswer, DONE)
