"""Opening an audit by hand."""

from flask import Blueprint, flash, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.by_hand import Openable, open_by_hand, openable
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_run_forms import OpenForm, read_key
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of, see_other

bp = Blueprint("audit_opening", __name__, url_prefix="/audits")

Page = str | Response | tuple[str, int]
RUN = Permission.RUN_AUDITS


@bp.get("/open")
@requires(RUN)
def by_hand() -> str:
    """Ask which audit is opened."""
    with transaction() as session:
        found = openable(session, clock.now())
    form = opened(OpenForm)
    form.offer(found)
    return _open_page(form, found)


@bp.post("/open")
@requires(RUN)
def open_it() -> Page:
    """Open an audit by hand. Each period is drawn once, whoever tries."""
    with transaction() as session:
        found = openable(session, clock.now())
    form = OpenForm()
    form.offer(found)
    made: list[str] = []

    def open_one(session: Session) -> None:
        line_id, due_on = read_key(form.audit.data)
        numbers = (form.numbers.data or "").splitlines()
        run = open_by_hand(
            session, current_actor(), line_id, due_on, numbers=numbers, now=clock.now()
        )
        made.append(run.reference)

    if not done(form, open_one):
        return _open_page(form, found), BAD_INPUT
    flash(f"{made[-1]} was opened, and its auditors were told.", "success")
    return see_other(url_for("audits.show", reference=made[-1]))


def _open_page(form: OpenForm, found: list[Openable]) -> str:
    problems = problems_of(form)
    if not form.audit.choices:  # then there is no box that a message could lead to
        problems = [{**one, "href": ""} for one in problems]
    return render_template("audits/runs/open.html", form=form, found=found, problems=problems)
