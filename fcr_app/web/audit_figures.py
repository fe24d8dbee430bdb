"""The figures of an audit: rates with the interval that is asked for, and what a year recorded."""

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audit_figures.rates import CHOICES, Method
from fcr_app.domain.permissions import Permission, may
from fcr_app.reports.audits.run_report import figure_parts
from fcr_app.services.audits.figures_page import figures_page, run_id_of
from fcr_app.services.audits.second import require_nothing_blind_left
from fcr_app.services.audits.stated_year import state_year
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_figure_forms import YearForm
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.workflows.audit_run import State

bp = Blueprint("audit_figures", __name__, url_prefix="/audits/runs/<string:reference>/figures")

Page = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.SEE_AUDITS)
def show(reference: str) -> str:
    """Show the figures of an audit as they stand."""
    asked = request.args.get("interval", "")
    method = next((one for one in CHOICES if one.value == asked), Method.WILSON)
    with transaction() as session:
        run_id = run_id_of(session, reference)
        require_nothing_blind_left(session, current_actor().id, run_id)
        found = figures_page(session, run_id, method)
    runs_audits = may(current_actor(), Permission.RUN_AUDITS)
    return render_template(
        "audits/figures/show.html",
        found=found,
        run=found.asked.run,
        method=method,
        choices=CHOICES,
        sections=[one.section for one in figure_parts(found.asked, found.printed)],
        may_state=runs_audits and not found.asked.run.is_settled,
        may_sign=runs_audits and found.state is State.MODERATING,
        may_reopen=runs_audits and found.state is State.SIGNED_OFF,
    )


@bp.route("/year", methods=["GET", "POST"])
@requires(Permission.RUN_AUDITS)
def year(reference: str) -> Page:
    """State how many crimes were recorded in a year."""
    with transaction() as session:
        run_id = run_id_of(session, reference)
        found = figures_page(session, run_id)
    stated, run = found.usual.recorded_a_year, found.usual.run
    back = url_for(".show", reference=run.reference)
    page = {
        "heading": "What was recorded in a year",
        "caption": f"{run.reference}: {run.title}",
        "note": f"Crimes recorded in the twelve months to {run.period.ends_on:%-d %B %Y}, without "
        "fraud. Unrecorded crimes a year are estimated from them.",
        "button": "Keep these numbers",
        "back": back,
        "version": found.version,
    }
    if request.method == "GET":
        return form_page(opened(YearForm, **YearForm.values(stated)), **page)
    form, seen = YearForm(), request.form.get("version", type=int)
    if not done(
        form,
        lambda session: state_year(
            session, current_actor(), run_id, form.year(), now=clock.now(), version=seen
        ),
    ):
        return form_page(form, **{**page, "version": seen}), BAD_INPUT
    flash("The numbers are kept, and the estimates were worked out from them.", "success")
    return see_other(back)
