"""Notices: what happened to one's cases, to read and put away."""

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.services.notices import mark_read, my_notices, unread_count
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import see_other

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show a person's notices, newest first."""
    before = request.args.get("before", type=int)
    with transaction() as session:
        page = my_notices(session, current_actor(), before=before)
        unread = unread_count(session, current_actor())
    return render_template("notices/index.html", page=page, unread=unread, is_first=before is None)


@bp.post("/<int:notice_id>/read")
@requires(Permission.WORK_ON_CASES)
def read(notice_id: int) -> Response:
    """Mark one notice as read."""
    with transaction() as session:
        mark_read(session, current_actor(), now=clock.now(), notice_id=notice_id)
    return see_other(url_for(".index"))


@bp.post("/read")
@requires(Permission.WORK_ON_CASES)
def read_all() -> Response:
    """Mark every notice as read."""
    with transaction() as session:
        mark_read(session, current_actor(), now=clock.now())
    flash("Every notice is marked as read.", "success")
    return see_other(url_for(".index"))
