"""Feedback: one's own lists, and for the FCR all of it. An item's page is its case's page."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.permissions import Permission
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.feedback import (
    Filters,
    Listed,
    feedback_page,
    lists_of,
    read_filters,
)
from fcr_app.services.feedback_view import feedback_item
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import see_other
from fcr_app.workflows.feedback import FEEDBACK_ON_A_CRIME, State

bp = Blueprint("feedback", __name__, url_prefix="/feedback")

#: States that feedback is ever left in, as a filter offers them.
STATES = tuple(
    (state.value, FEEDBACK_ON_A_CRIME.labels[state]) for state in State if state is not State.DRAFT
)


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show a person's feedback, what they gave, or as a supervisor their team's."""
    asked = request.args.get("list", "")
    mine = [listed for listed in lists_of(current_actor()) if listed is not Listed.ALL]
    return _list(next((one for one in mine if one.value == asked), mine[0]), Filters())


@bp.get("/all")
@requires(Permission.REVIEW_RECORDING)
def register() -> str:
    """Show all feedback, narrowed as the address says."""
    return _list(Listed.ALL, read_filters(request.args))


@bp.get("/<int:item_id>")
@requires(Permission.WORK_ON_CASES)
def show(item_id: int) -> Response:
    """Lead to the page of an item: that of its case."""
    with transaction() as session:
        item = feedback_item(session, current_actor(), item_id, now=clock.now())
    return see_other(url_for("cases.show", reference=item.reference))


def _list(listed: Listed, filters: Filters) -> str:
    with transaction() as session:
        found = feedback_page(
            session,
            current_actor(),
            listed,
            now=clock.now(),
            filters=filters,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    return render_template(
        "feedback/index.html",
        found=found,
        tabs=_tabs(found.counts, listed),
        before=_address(found.page.before, "before"),
        after=_address(found.page.after, "after"),
        further_on=bool(request.args.get("after") or request.args.get("before")),
        states=STATES,
        errors=[(error.value, error.full_label) for error in ErrorType],
        sources=[(source.value, source.label) for source in Source],
    )


def _tabs(counts: dict[Listed, int], shown: Listed) -> list[dict[str, object]]:
    return [
        {
            "text": listed.label,
            "href": url_for(".register")
            if listed is Listed.ALL
            else url_for(".index", list=listed.value),
            "active": listed is shown,
            "count": "1,000+" if count >= 1000 else count,  # noqa: PLR2004 - counted no further
        }
        for listed, count in counts.items()
    ]


def _address(cursor: str, which: str) -> str:
    """Return the address of another page of the list that is shown; empty where there is none."""
    if not cursor:
        return ""
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name not in ("after", "before")
    }
    return url_for(request.endpoint or "", **{**kept, which: cursor})
