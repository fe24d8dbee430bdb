"""Signing an audit off, with its figures in sight, and opening it again."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue, StepRefused
from fcr_app.services.audits.figures_page import figures_page
from fcr_app.services.audits.run_steps import move_run
from fcr_app.services.audits.run_view import run_of
from fcr_app.services.audits.signature import REOPEN, SIGN_OFF
from fcr_app.services.audits.steps import run_facts
from fcr_app.services.transaction import transaction
from fcr_app.web import question_form
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_plan import REFUSED, Problem
from fcr_app.web.forms import see_other
from fcr_app.workflows.audit_run import AUDIT_RUN

bp = Blueprint("audit_signing", __name__, url_prefix="/audits/runs/<string:reference>")

Page = str | Response | tuple[str, int]


@bp.route("/sign-off", methods=["GET", "POST"])
@requires(Permission.RUN_AUDITS)
def sign(reference: str) -> Page:
    """Sign an audit off; from then on its figures stand."""
    return _step(reference, SIGN_OFF)


@bp.route("/reopen", methods=["GET", "POST"])
@requires(Permission.RUN_AUDITS)
def reopen(reference: str) -> Page:
    """Open an audit again that was signed off, with the reason."""
    return _step(reference, REOPEN)


def _step(reference: str, trigger: str) -> Page:
    if request.method == "GET":
        return _page(reference, trigger, {})
    typed = question_form.read(AUDIT_RUN.may_be_asked(trigger), request.form)
    seen = request.form.get("version", type=int)
    try:
        with transaction() as session:
            outcome = move_run(
                session, current_actor(), reference, trigger, typed.answers, now=clock.now(),
                version=seen,
            )  # fmt: skip
    except StepRefused as refused:
        found = [
            Problem(one.reason, f"#{one.field or 'step'}", one.field) for one in refused.refusals
        ]
    except InvalidValue as error:
        found = [Problem(str(error), f"#{error.field}", error.field)]
    else:
        flash(outcome.step.outcome, "success")
        return see_other(url_for("audits.show", reference=reference))
    return _page(reference, trigger, typed.fields, found), REFUSED


def _page(
    reference: str, trigger: str, fields: Mapping[str, str], problems: Sequence[Problem] = ()
) -> str:
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        run = run_of(session, reference)
        figures = figures_page(session, run.id)
        step = AUDIT_RUN.step(trigger, AUDIT_RUN.state(run.state))
        facts = run_facts(session, actor, run, now=now, answers={})
        reasons = [one.reason for one in step.refusals(facts) if one.rule]
        questions = step.questions(facts)
    return render_template(
        "audits/figures/sign.html", run=run, figures=figures.usual, step=step,
        questions=questions, reasons=reasons, fields=fields, problems=problems,
    )  # fmt: skip
