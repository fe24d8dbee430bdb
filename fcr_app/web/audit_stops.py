"""Stopping an audit of the plan for a time, going on with it, and dropping it with approval."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.line_status import (
    approve_drop,
    ask_to_drop,
    refuse_drop,
    resume,
    suspend,
)
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_line_pages import done_unchanged, line_heading, line_view
from fcr_app.web.audit_plan_forms import ConfirmForm, ReasonForm
from fcr_app.web.forms import BAD_INPUT, form_page, opened, see_other

bp = Blueprint("audit_stops", __name__, url_prefix="/audits/plan/lines")

SEE, RUN = Permission.SEE_AUDITS, Permission.RUN_AUDITS
Page = str | Response | tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something done to an audit with a reason.

    Attributes:
        act: The service that does it.
    """

    heading: str
    button: str
    note: str
    said: str
    act: Callable[..., None]


SUSPEND = Act(
    heading="Suspend the audit",
    button="Suspend it",
    note="Nothing more is drawn until you go on with it. What was drawn already is finished.",
    said="The audit is suspended.",
    act=suspend,
)
RESUME = Act(
    heading="Go on with the audit",
    button="Go on with it",
    note="It runs again from the next day on which it is due.",
    said="The audit goes on.",
    act=resume,
)
ASK_TO_DROP = Act(
    heading="Ask to drop the audit",
    button="Ask to drop it",
    note="It is suspended until the chief officer, or the FCR if somebody else asked, has decided.",
    said="The chief officer and the FCR are asked to approve it.",
    act=ask_to_drop,
)
KEEP = Act(
    heading="Keep the audit in the plan",
    button="Keep it",
    note="It goes on. Whoever asked to drop it is told.",
    said="The audit stays in the plan.",
    act=refuse_drop,
)


@bp.route("/<int:line_id>/suspension", methods=["GET", "POST"])
@requires(RUN)
def suspension(line_id: int) -> Page:
    """Stop an audit for a time."""
    return _with_reason(line_id, SUSPEND)


@bp.route("/<int:line_id>/resumption", methods=["GET", "POST"])
@requires(RUN)
def resumption(line_id: int) -> Page:
    """Go on with an audit that was suspended."""
    return _with_reason(line_id, RESUME)


@bp.route("/<int:line_id>/drop", methods=["GET", "POST"])
@requires(RUN)
def drop(line_id: int) -> Page:
    """Ask to drop an audit."""
    return _with_reason(line_id, ASK_TO_DROP)


@bp.route("/<int:line_id>/drop-refusal", methods=["GET", "POST"])
@requires(SEE)
def keep(line_id: int) -> Page:
    """Keep an audit that somebody asked to drop."""
    return _with_reason(line_id, KEEP)


@bp.route("/<int:line_id>/drop-approval", methods=["GET", "POST"])
@requires(SEE)
def approve(line_id: int) -> Page:
    """Approve that an audit is dropped."""
    view = line_view(line_id)
    page = line_heading(view, "Approve that the audit is dropped", "Approve it")
    page["note"] = f"Why: {view.line.status_reason}"
    page["warning"] = "It does not run again this year. A new edition can bring it back."
    page["version"] = view.line.version
    form = ConfirmForm()
    if request.method == "GET":
        return form_page(form, **page)
    if not done_unchanged(form, lambda session, **seen: approve_drop(
        session, current_actor(), line_id, **seen
    )):  # fmt: skip
        return form_page(form, **page), BAD_INPUT
    flash("The audit is dropped.", "success")
    return see_other(page["back"])


def _with_reason(line_id: int, said: Act) -> Page:
    view = line_view(line_id)
    page = line_heading(view, said.heading, said.button)
    page["note"], page["version"] = said.note, view.line.version
    if request.method == "GET":
        return form_page(opened(ReasonForm), **page)
    form = ReasonForm()
    if not done_unchanged(form, lambda session, **seen: said.act(
        session, current_actor(), line_id, form.reason.data or "", **seen
    )):  # fmt: skip
        return form_page(form, **page), BAD_INPUT
    flash(said.said, "success")
    return see_other(page["back"])
