"""Audits as they are carried out: what was drawn, opening one, and what becomes of its records."""

from typing import Any

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.http import parse_options_header

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, CSV, ROOT, Area, reply
from fcr_app.api.schemas import audit_runs as schemas
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.assigning import give_records
from fcr_app.services.audits.by_hand import open_by_hand, openable
from fcr_app.services.audits.checking import check_run
from fcr_app.services.audits.item_list import item_page
from fcr_app.services.audits.lists import list_page, send_list
from fcr_app.services.audits.replacing import replace_item
from fcr_app.services.audits.run_list import run_page
from fcr_app.services.audits.run_steps import move_run, steps_offered
from fcr_app.services.audits.run_view import reference_of, run_of, run_view, run_with
from fcr_app.services.audits.size_planner import SizeAsked, plan_size
from fcr_app.services.transaction import transaction

area = Area("Audit runs", "Audits as they are drawn: frames, samples, who examines what.")

SEE, RUN, REVIEW = Permission.SEE_AUDITS, Permission.RUN_AUDITS, Permission.REVIEW_AUDITS
ONE = "/audits/runs/<id:audit_id>"
UNNAMED = "list.csv"


@area.reads("/audits/runs", needs=SEE, asks=schemas.AuditRunsAsked, gives=schemas.AuditRunsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read a page of audits, what was due last at the top."""
    with transaction() as session:
        page = run_page(
            session, asked["list"], asked["type"], after=asked["after"], before=asked["before"]
        )
    return reply(schemas.AuditRunsAnswer, page)


@area.reads(ONE, needs=SEE, gives=schemas.AuditRunViewAnswer)
def show(audit_id: int) -> Response:
    """Read an audit: its frame and sample, how far its auditors are, what happened to it."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        view = run_view(session, actor, reference_of(session, audit_id), now=now)
        steps = steps_offered(session, actor, view.run, now=now)
        return reply(schemas.AuditRunViewAnswer, {"view": view, "steps": steps})


@area.reads(
    f"{ONE}/records",
    needs=SEE,
    asks=schemas.AuditDrawnRecordsAsked,
    gives=schemas.AuditDrawnRecordsAnswer,
)
def records(asked: dict[str, Any], audit_id: int) -> Response:
    """Read records of an audit in the order drawn: who examines them, never what was found."""
    with transaction() as session:
        page = item_page(
            session, current_actor(), reference_of(session, audit_id), asked["list"],
            now=clock.now(), after=asked["after"],
        )  # fmt: skip
    return reply(schemas.AuditDrawnRecordsAnswer, page)


@area.reads(f"{ONE}/check", needs=SEE, gives=schemas.AuditCheckAnswer)
def check(audit_id: int) -> Response:
    """Check the frozen frame of an audit against its hash, and repeat the draw."""
    with transaction() as session:
        reference = reference_of(session, audit_id)
        found = check_run(session, current_actor(), reference, now=clock.now())
    return reply(schemas.AuditCheckAnswer, found)


@area.reads("/audits/openable", needs=RUN, gives=schemas.AuditOpenablesAnswer)
def can_open() -> Response:
    """Read which audits can be opened by hand now."""
    with transaction() as session:
        found = openable(session, clock.now())
    return reply(schemas.AuditOpenablesAnswer, {"items": found})


@area.writes(
    "/audits/runs",
    needs=RUN,
    takes=schemas.AuditRunGiven,
    gives=schemas.AuditRunMadeAnswer,
    status=CREATED,
)
def open_one(given: dict[str, Any]) -> Response:
    """Open an audit for the days it is about on a day. Each period is drawn once."""
    with transaction() as session:
        run = open_by_hand(
            session, current_actor(), given["line_id"], given["due_on"],
            numbers=given["numbers"], now=clock.now(),
        )  # fmt: skip
        said = {"id": run.id, "reference": run.reference}
    place = f"{ROOT}/audits/runs/{said['id']}"
    return reply(schemas.AuditRunMadeAnswer, said, status=CREATED, place=place)


@area.writes(
    "/audits/records/<id:audited_id>/replacement",
    needs=RUN,
    takes=schemas.AuditReplacementGiven,
    gives=schemas.AuditReplacementAnswer,
)
def replace(given: dict[str, str], audited_id: int) -> Response:
    """Replace a record that can’t be examined by the next reserve of its stratum."""
    with transaction() as session:
        found = replace_item(
            session, current_actor(), run_with(session, audited_id), audited_id,
            given["reason"], now=clock.now(),
        )  # fmt: skip
        return reply(schemas.AuditReplacementAnswer, found)


@area.writes(
    f"{ONE}/hand-over",
    needs=RUN,
    takes=schemas.AuditHandOverGiven,
    gives=schemas.AuditHandOverAnswer,
)
def hand_over(given: dict[str, Any], audit_id: int) -> Response:
    """Give records that somebody has not begun to another auditor."""
    with transaction() as session:
        run = run_of(session, reference_of(session, audit_id))
        done = give_records(
            session, current_actor(), run, given["from_id"], given["to_id"],
            kind=given["kind"], now=clock.now(),
        )  # fmt: skip
    return reply(schemas.AuditHandOverAnswer, done)


@area.writes(f"{ONE}/steps", needs=REVIEW, takes=schemas.AuditRunStepGiven, gives=DoneAnswer)
def step(given: dict[str, Any], audit_id: int) -> Response:
    """Take a step of an audit as a whole, such as giving it up."""
    with transaction() as session:
        move_run(
            session, current_actor(), reference_of(session, audit_id), given["trigger"],
            given["answers"],
            now=clock.now(),
        )  # fmt: skip
    return reply(DoneAnswer, {"done": True})


@area.reads(
    "/audits/lists", needs=SEE, asks=schemas.AuditListsAsked, gives=schemas.AuditListsAnswer
)
def lists(asked: dict[str, str]) -> Response:
    """Read a page of the lists that were sent in, the newest first."""
    with transaction() as session:
        page = list_page(session, after=asked["after"], before=asked["before"])
    return reply(schemas.AuditListsAnswer, {"page": page})


@area.uploads(
    "/audits/lists",
    needs=RUN,
    takes=CSV,
    asks=schemas.AuditListAsked,
    gives=schemas.AuditListMadeAnswer,
    status=CREATED,
)
def send(asked: dict[str, Any]) -> Response:
    """Send in a list for an audit that draws from one; if one row can’t be taken, none is."""
    if request.mimetype != CSV.type:
        raise UnsupportedMediaType
    _, said = parse_options_header(request.headers.get("Content-Disposition"))
    with transaction() as session:
        kept = send_list(
            session, current_actor(), asked["line_id"], asked["due_on"],
            name=said.get("filename") or UNNAMED, content=request.get_data(), now=clock.now(),
        )  # fmt: skip
        return reply(schemas.AuditListMadeAnswer, kept, status=CREATED)


@area.reads("/audits/size", needs=SEE, asks=schemas.AuditSizeAsked, gives=schemas.AuditSizeAnswer)
def size(asked: dict[str, Any]) -> Response:
    """Work out how many records a precision takes, and what a number of records gives."""
    plan = plan_size(SizeAsked(**asked))
    others = [{"precision": one, "records": count} for one, count in plan.others]
    said = {"records": plan.records, "gives": plan.gives, "others": others}
    return reply(schemas.AuditSizeAnswer, said)
