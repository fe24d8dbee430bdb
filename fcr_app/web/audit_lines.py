"""One audit of the plan: what it says, writing it, stopping it for a time, dropping it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audits.rules import counted
from fcr_app.domain.audits.starting_line import MONTHLY
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.domain.questions import YES
from fcr_app.errors import StepNotAvailable
from fcr_app.services.audits.line_changes import (
    ONLY_A_DRAFT,
    add_line,
    change_line,
    take_out,
)
from fcr_app.services.audits.plan_auditors import name_auditors
from fcr_app.services.audits.plan_lines import given_of
from fcr_app.services.audits.plan_people import examiners
from fcr_app.services.audits.plan_view import plan_page
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_line_form import LineForm, shown
from fcr_app.web.audit_line_pages import done_unchanged, line_heading, line_view
from fcr_app.web.audit_plan_forms import AuditorsForm, ConfirmForm
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, problems_of, see_other

bp = Blueprint("audit_lines", __name__, url_prefix="/audits/plan")

SEE, RUN = Permission.SEE_AUDITS, Permission.RUN_AUDITS
Page = str | Response | tuple[str, int]


@bp.get("/lines/<int:line_id>")
@requires(SEE)
def show(line_id: int) -> str:
    """Show one audit of a plan."""
    return render_template("audits/plan/line.html", view=line_view(line_id))


@bp.route("/<int:plan_id>/lines/new", methods=["GET", "POST"])
@requires(RUN)
def new(plan_id: int) -> Page:
    """Add an audit to a plan that is being written."""
    with transaction() as session:
        view = plan_page(session, current_actor(), plan_id, now=clock.now())
    _must_be_a_draft(may_write=view.may_write)
    page = {
        "heading": "Add an audit",
        "caption": f"Audit plan {view.year}, edition {view.plan.edition}",
        "button": "Add the audit",
        "back": url_for("audit_plan.show", plan_id=plan_id),
    }
    if request.method == "GET":
        return _line_form(opened(LineForm, **shown(MONTHLY)), page)
    form = _offered(LineForm())
    added = done(
        form,
        lambda session: add_line(session, current_actor(), plan_id, form.given(), now=clock.now()),
    )
    if not added:
        return _line_form(form, page), BAD_INPUT
    flash("The audit was added.", "success")
    return see_other(page["back"])


@bp.route("/<int:plan_id>/auditors", methods=["GET", "POST"])
@requires(RUN)
def auditors(plan_id: int) -> Page:
    """Name the same auditors for many audits at once."""
    with transaction() as session:
        view = plan_page(session, current_actor(), plan_id, now=clock.now())
        people = examiners(session, to_london(clock.now()).date())
    _must_be_a_draft(may_write=view.may_write)
    page = {
        "heading": "Name auditors",
        "caption": f"Audit plan {view.year}, edition {view.plan.edition}",
        "button": "Name them",
        "back": url_for("audit_plan.show", plan_id=plan_id),
        "note": "Each audit can have others: open it to change them. Nobody is given a record to "
        "examine that they decided on.",
    }
    form = opened(AuditorsForm) if request.method == "GET" else AuditorsForm()
    form.offer(people)
    if request.method == "GET":
        return form_page(form, **page)
    counts: list[int] = []

    def act(session: Session) -> None:
        counts.append(
            name_auditors(
                session, current_actor(), plan_id, form.auditors.data or (),
                only_missing=form.which.data == YES, now=clock.now(),
            )
        )  # fmt: skip

    if not done(form, act):
        return form_page(form, **page), BAD_INPUT
    flash(f"Auditors were named for {counted(counts[-1], 'audit')}.", "success")
    return see_other(page["back"])


@bp.route("/lines/<int:line_id>/change", methods=["GET", "POST"])
@requires(RUN)
def change(line_id: int) -> Page:
    """Change an audit of a plan that is being written."""
    view = line_view(line_id)
    _must_be_a_draft(may_write=view.may_change)
    page = {
        **line_heading(view, "Change the audit", "Save the audit"),
        "version": view.line.version,
    }
    if request.method == "GET":
        return _line_form(opened(LineForm, **shown(given_of(view.line))), page)
    form = _offered(LineForm())
    if not done_unchanged(form, lambda session, **seen: change_line(
        session, current_actor(), line_id, form.given(), **seen
    )):  # fmt: skip
        return _line_form(form, page), BAD_INPUT
    flash("The audit was changed.", "success")
    return see_other(page["back"])


@bp.route("/lines/<int:line_id>/removal", methods=["GET", "POST"])
@requires(RUN)
def remove(line_id: int) -> Page:
    """Take an audit out of a plan that is being written."""
    view = line_view(line_id)
    _must_be_a_draft(may_write=view.may_change)
    page = line_heading(view, "Take the audit out of the plan", "Take it out")
    page["note"] = "Whoever approves the edition sees that it was taken out."
    form = ConfirmForm()
    if request.method == "GET":
        return form_page(form, **page)
    if not done(form, lambda session: take_out(session, current_actor(), line_id, now=clock.now())):
        return form_page(form, **page), BAD_INPUT
    flash("The audit was taken out.", "success")
    return see_other(url_for("audit_plan.show", plan_id=view.plan.id))


def _must_be_a_draft(*, may_write: bool) -> None:
    if not may_write:
        raise StepNotAvailable(ONLY_A_DRAFT)


def _offered(form: LineForm) -> LineForm:
    with transaction() as session:
        form.offer(list(examiners(session, to_london(clock.now()).date())))
    return form


def _line_form(form: LineForm, page: Mapping[str, Any]) -> str:
    if form.owner_id.choices is None:
        form = _offered(form)
    return render_template(
        "audits/plan/line_form.html", form=form, problems=problems_of(form), **page
    )
