"""Lists from other systems that audits draw from: those there are, and sending one in."""

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.lists import list_page, lists_wanted, send_list
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_run_forms import ListForm, read_key
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of, see_other

bp = Blueprint("audit_lists", __name__, url_prefix="/audits/lists")

Page = str | Response | tuple[str, int]
RUN, SEE = Permission.RUN_AUDITS, Permission.SEE_AUDITS


@bp.get("")
@requires(SEE)
def index() -> str:
    """Show the lists that were sent in, the newest first."""
    with transaction() as session:
        page = list_page(
            session,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    return render_template(
        "audits/lists/index.html",
        page=page,
        before=url_for(".index", before=page.before) if page.before else "",
        after=url_for(".index", after=page.after) if page.after else "",
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(RUN)
def new() -> Page:
    """Send in a list for an audit that draws from one."""
    form = opened(ListForm) if request.method == "GET" else ListForm()
    with transaction() as session:
        wanted = lists_wanted(session, clock.now())
    form.offer(wanted)
    page = {"form": form, "wanted": wanted}
    if request.method == "GET":
        return render_template("audits/lists/new.html", problems=[], **page)

    def send(session: Session) -> None:
        line_id, due_on = read_key(form.audit.data)
        file = form.file.data
        send_list(
            session, current_actor(), line_id, due_on, name=file.filename or "list.csv",
            content=file.read(), now=clock.now(),
        )  # fmt: skip

    if not done(form, send):
        problems = problems_of(form)
        if not wanted:  # then there is no box that a message could lead to
            problems = [{**one, "href": ""} for one in problems]
        return render_template("audits/lists/new.html", problems=problems, **page), BAD_INPUT
    flash("The list was kept. The audit is drawn from it when it is due.", "success")
    return see_other(url_for(".index"))
