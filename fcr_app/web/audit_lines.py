"""One audit of the plan: what it says, writing it, stopping it for a time, dropping it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from fcr_app.errors import InvalidValue, SomeoneElseChangedIt, StepNotAvailable
from fcr_app.services.audits.line_changes import (
    ONLY_A_DRAFT,
    add_line,
    change_line,
    take_out,
)
from fcr_app.services.audits.line_status import (
    approve_drop,
    ask_to_drop,
    refuse_drop,
    resume,
    suspend,
)
from fcr_app.services.audits.line_view import LineView, line_page
from fcr_app.services.audits.plan_auditors import name_auditors
from fcr_app.services.audits.plan_lines import given_of
from fcr_app.services.audits.plan_people import examiners
from fcr_app.services.audits.plan_view import plan_page
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_line_form import LineForm, shown
from fcr_app.web.audit_plan_forms import AuditorsForm, ConfirmForm, ReasonForm
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, problems_of, see_other

bp = Blueprint("audit_lines", __name__, url_prefix="/audits/plan")

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


@bp.get("/lines/<int:line_id>")
@requires(SEE)
def show(line_id: int) -> str:
    """Show one audit of a plan."""
    return render_template("audits/plan/line.html", view=_view(line_id))


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
    view = _view(line_id)
    _must_be_a_draft(may_write=view.may_change)
    page = {**_page(view, "Change the audit", "Save the audit"), "version": view.line.version}
    if request.method == "GET":
        return _line_form(opened(LineForm, **shown(given_of(view.line))), page)
    form = _offered(LineForm())
    if not _done(form, lambda session, **seen: change_line(
        session, current_actor(), line_id, form.given(), **seen
    )):  # fmt: skip
        return _line_form(form, page), BAD_INPUT
    flash("The audit was changed.", "success")
    return see_other(page["back"])


@bp.route("/lines/<int:line_id>/removal", methods=["GET", "POST"])
@requires(RUN)
def remove(line_id: int) -> Page:
    """Take an audit out of a plan that is being written."""
    view = _view(line_id)
    _must_be_a_draft(may_write=view.may_change)
    page = _page(view, "Take the audit out of the plan", "Take it out")
    page["note"] = "Whoever approves the edition sees that it was taken out."
    form = ConfirmForm()
    if request.method == "GET":
        return form_page(form, **page)
    if not done(form, lambda session: take_out(session, current_actor(), line_id, now=clock.now())):
        return form_page(form, **page), BAD_INPUT
    flash("The audit was taken out.", "success")
    return see_other(url_for("audit_plan.show", plan_id=view.plan.id))


@bp.route("/lines/<int:line_id>/suspension", methods=["GET", "POST"])
@requires(RUN)
def suspension(line_id: int) -> Page:
    """Stop an audit for a time."""
    return _with_reason(line_id, SUSPEND)


@bp.route("/lines/<int:line_id>/resumption", methods=["GET", "POST"])
@requires(RUN)
def resumption(line_id: int) -> Page:
    """Go on with an audit that was suspended."""
    return _with_reason(line_id, RESUME)


@bp.route("/lines/<int:line_id>/drop", methods=["GET", "POST"])
@requires(RUN)
def drop(line_id: int) -> Page:
    """Ask to drop an audit."""
    return _with_reason(line_id, ASK_TO_DROP)


@bp.route("/lines/<int:line_id>/drop-refusal", methods=["GET", "POST"])
@requires(SEE)
def keep(line_id: int) -> Page:
    """Keep an audit that somebody asked to drop."""
    return _with_reason(line_id, KEEP)


@bp.route("/lines/<int:line_id>/drop-approval", methods=["GET", "POST"])
@requires(SEE)
def approve(line_id: int) -> Page:
    """Approve that an audit is dropped."""
    view = _view(line_id)
    page = _page(view, "Approve that the audit is dropped", "Approve it")
    page["note"] = f"Why: {view.line.status_reason}"
    page["warning"] = "It does not run again this year. A new edition can bring it back."
    page["version"] = view.line.version
    form = ConfirmForm()
    if request.method == "GET":
        return form_page(form, **page)
    if not _done(form, lambda session, **seen: approve_drop(
        session, current_actor(), line_id, **seen
    )):  # fmt: skip
        return form_page(form, **page), BAD_INPUT
    flash("The audit is dropped.", "success")
    return see_other(page["back"])


def _must_be_a_draft(*, may_write: bool) -> None:
    if not may_write:
        raise StepNotAvailable(ONLY_A_DRAFT)


def _with_reason(line_id: int, said: Act) -> Page:
    view = _view(line_id)
    page = _page(view, said.heading, said.button)
    page["note"], page["version"] = said.note, view.line.version
    if request.method == "GET":
        return form_page(opened(ReasonForm), **page)
    form = ReasonForm()
    if not _done(form, lambda session, **seen: said.act(
        session, current_actor(), line_id, form.reason.data or "", **seen
    )):  # fmt: skip
        return form_page(form, **page), BAD_INPUT
    flash(said.said, "success")
    return see_other(page["back"])


def _done(form: Any, act: Callable[..., object]) -> bool:
    """Do what a form asks, if nobody changed the audit since; the words stay where somebody did."""

    def seen(session: Session) -> None:
        try:
            act(session, now=clock.now(), version=request.form.get("version", type=int))
        except SomeoneElseChangedIt as overtaken:
            raise InvalidValue(str(overtaken)) from overtaken

    return done(form, seen)


def _view(line_id: int) -> LineView:
    with transaction() as session:
        return line_page(session, current_actor(), line_id, now=clock.now())


def _page(view: LineView, heading: str, button: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "caption": f"{view.row.code} {view.row.title}",
        "button": button,
        "back": url_for(".show", line_id=view.line.id),
    }


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
