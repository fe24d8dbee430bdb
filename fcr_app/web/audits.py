"""Audits: the list of them, one with its frame and sample, and its records."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from fcr_app import clock
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.checking import check_run
from fcr_app.services.audits.item_list import ItemsListed, item_page, read_items_listed
from fcr_app.services.audits.run_list import RunsListed, read_code, read_runs_listed, run_page
from fcr_app.services.audits.run_steps import steps_offered
from fcr_app.services.audits.run_view import run_view
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires

bp = Blueprint("audits", __name__, url_prefix="/audits")

SEE = Permission.SEE_AUDITS
LONGEST_POSITION = 1_000_000


@bp.get("")
@requires(SEE)
def index() -> str:
    """Show one page of a list of audits."""
    after, before = request.args.get("after", ""), request.args.get("before", "")
    with transaction() as session:
        found = run_page(
            session,
            read_runs_listed(request.args),
            read_code(request.args),
            after=after,
            before=before,
        )
    return render_template(
        "audits/runs/index.html",
        found=found,
        types=TYPES,
        lists=list(RunsListed),
        further_on=bool(after or before),
    )


@bp.get("/runs/<string:reference>")
@requires(SEE)
def show(reference: str) -> str:
    """Show an audit: its frame and sample, how far its auditors are, what happened to it."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        view = run_view(session, actor, reference, now=now)
        steps = steps_offered(session, actor, view.run, now=now)
    return render_template(
        "audits/runs/show.html", view=view, run=view.run, frozen=view.frame, steps=steps
    )


@bp.get("/runs/<string:reference>/records")
@requires(SEE)
def records(reference: str) -> str:
    """Show the records of an audit in the order drawn: who examines them, and how far that is."""
    listed = read_items_listed(request.args)
    after = min(request.args.get("after", 0, type=int), LONGEST_POSITION)
    with transaction() as session:
        page = item_page(
            session, current_actor(), reference, listed, now=clock.now(), after=max(0, after)
        )
    here: dict[str, Any] = {"reference": page.run.reference, "list": listed.value}
    return render_template(
        "audits/runs/records.html",
        page=page,
        run=page.run,
        lists=list(ItemsListed),
        first=url_for(".records", **here) if not page.first else "",
        after=url_for(".records", **here, after=page.after) if page.after else "",
    )


@bp.get("/runs/<string:reference>/check")
@requires(SEE)
def check(reference: str) -> str:
    """Check the frozen frame against its hash, and repeat the draw."""
    with transaction() as session:
        checked = check_run(session, current_actor(), reference, now=clock.now())
    return render_template("audits/runs/check.html", checked=checked, run=checked.run)
