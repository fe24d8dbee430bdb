"""The findings of audits: reading them, putting them right, telling whoever they go back to."""

from dataclasses import replace
from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.audit_findings import (
    AuditCorrectionAnswer,
    AuditFindingAnswer,
    AuditFindingClosingGiven,
    AuditFindingFeedbackAnswer,
    AuditFindingFeedbackGiven,
    AuditFindingsAnswer,
    AuditFindingsAsked,
)
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.correcting import (
    feedback_proposed,
    give_feedback_on,
    open_correction,
)
from fcr_app.services.audits.finding_closing import close_finding, to_act_on
from fcr_app.services.audits.finding_list import finding_page
from fcr_app.services.audits.finding_view import finding_view
from fcr_app.services.audits.review_page import run_by_id
from fcr_app.services.transaction import transaction

area = Area("Audit findings", "Errors that audits found: each closes once its record shows it.")

EXAMINE, RUN = Permission.REVIEW_AUDITS, Permission.RUN_AUDITS
ONE = "/audits/findings/<id:finding_id>"


@area.reads(
    "/audits/runs/<id:audit_id>/findings",
    needs=EXAMINE,
    asks=AuditFindingsAsked,
    gives=AuditFindingsAnswer,
)
def find(asked: dict[str, Any], audit_id: int) -> Response:
    """Read one page of the findings of an audit, what is due first at the top."""
    today = to_london(clock.now()).date()
    with transaction() as session:
        run = run_by_id(session, audit_id)
        found = finding_page(
            session, run.id, closed=asked["closed"], today=today,
            after=asked["after"], before=asked["before"],
        )  # fmt: skip
    return reply(AuditFindingsAnswer, found)


@area.reads(ONE, needs=EXAMINE, gives=AuditFindingAnswer)
def show(finding_id: int) -> Response:
    """Read a finding. The look is logged."""
    with transaction() as session:
        view = finding_view(session, current_actor(), finding_id, now=clock.now())
    return reply(AuditFindingAnswer, view)


@area.writes(f"{ONE}/correction", needs=RUN, gives=AuditCorrectionAnswer)
def correct(finding_id: int) -> Response:
    """Open what puts a finding right: a case with its draft, or what is known for a form."""
    with transaction() as session:
        opened = open_correction(session, current_actor(), finding_id, now=clock.now())
    return reply(AuditCorrectionAnswer, opened)


@area.writes(
    f"{ONE}/feedback",
    needs=RUN,
    takes=AuditFindingFeedbackGiven,
    gives=AuditFindingFeedbackAnswer,
)
def give_feedback(given: dict[str, Any], finding_id: int) -> Response:
    """Give the feedback that a finding proposes, to another or in other words if these are sent."""
    actor = current_actor()
    changed = {name: said for name, said in given.items() if said is not None}
    with transaction() as session:
        proposed = feedback_proposed(session, to_act_on(session, actor, finding_id))
        said = replace(proposed, **changed)
        item_id = give_feedback_on(session, actor, finding_id, said, now=clock.now())
    return reply(AuditFindingFeedbackAnswer, {"item_id": item_id})


@area.writes(f"{ONE}/closing", needs=RUN, takes=AuditFindingClosingGiven, gives=DoneAnswer)
def close(given: dict[str, str], finding_id: int) -> Response:
    """Close a finding that nothing on the record can put right."""
    with transaction() as session:
        close_finding(session, current_actor(), finding_id, given["why"], now=clock.now())
    return reply(DoneAnswer, {"done": True})
