"""Actions: what audits recommended, and what came of it."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.audit_actions import (
    AuditActionChangeGiven,
    AuditActionGiven,
    AuditActionMadeAnswer,
    AuditActionMoveGiven,
    AuditActionsAnswer,
    AuditActionsAsked,
    AuditActionViewAnswer,
)
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.versions import version_read
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits import actions
from fcr_app.services.audits.action_changes import change_action
from fcr_app.services.audits.action_list import ActionFilters, action_page
from fcr_app.services.audits.action_view import one_action
from fcr_app.services.transaction import transaction

area = Area("Audit actions", "What audits recommended: whose it is, by when, and the evidence.")

ACT, RUN = Permission.ACT_ON_AUDITS, Permission.RUN_AUDITS
DONE = {"done": True}
ONE = "/audits/actions/<id:action_id>"


@area.reads("/audits/actions", needs=ACT, asks=AuditActionsAsked, gives=AuditActionsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read one's own actions, and whoever sees audits all of them; what is due first at the top."""
    filters = ActionFilters(
        owner_id=asked["owner_id"], run=asked["run"].strip().upper(), late=asked["late"]
    )
    with transaction() as session:
        page = action_page(
            session, current_actor(), asked["list"], filters, now=clock.now(),
            after=asked["after"], before=asked["before"],
        )  # fmt: skip
    return reply(AuditActionsAnswer, page)


@area.reads(ONE, needs=ACT, gives=AuditActionViewAnswer, versioned=True)
def show(action_id: int) -> Response:
    """Read an action with its evidence and all that happened to it."""
    with transaction() as session:
        view = one_action(session, current_actor(), action_id, now=clock.now())
    return reply(AuditActionViewAnswer, view, version=view.action.version)


@area.writes(
    "/audits/actions",
    needs=RUN,
    takes=AuditActionGiven,
    gives=AuditActionMadeAnswer,
    status=CREATED,
)
def add(given: actions.NewAuditAction) -> Response:
    """Write down what is to be done, and whose it is; they are told."""
    with transaction() as session:
        made = actions.add_action(session, current_actor(), given, now=clock.now())
        said = {"id": made.id, "reference": made.reference}
    place = f"{ROOT}/audits/actions/{said['id']}"
    return reply(AuditActionMadeAnswer, said, status=CREATED, place=place)


@area.writes(f"{ONE}/moves", needs=ACT, takes=AuditActionMoveGiven, gives=DoneAnswer)
def move(given: dict[str, Any], action_id: int) -> Response:
    """Carry an action on; what one may do with it now is read with it."""
    with transaction() as session:
        actions.move_action(
            session, current_actor(), action_id, given["move"], given["text"], now=clock.now()
        )
    return reply(DoneAnswer, DONE)


@area.writes(
    ONE,
    method="PUT",
    needs=RUN,
    takes=AuditActionChangeGiven,
    gives=DoneAnswer,
    versioned=True,
    overwrites=True,
)
def change(given: dict[str, Any], action_id: int) -> Response:
    """Give an action another owner or another day, with a reason."""
    version = version_read()
    with transaction() as session:
        action = change_action(
            session, current_actor(), action_id, **given, now=clock.now(), version=version
        )
        return reply(DoneAnswer, DONE, version=action.version)
