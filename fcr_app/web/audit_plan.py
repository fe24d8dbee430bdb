"""The audit plan of a year: its audits, its calendar, its editions, and who approved it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.errors import SomeoneElseChangedIt, StepNotAvailable, StepRefused
from fcr_app.reports.charts.capacity import CapacityChart, CapacityMonth, capacity_chart
from fcr_app.services.audits.line_changes import ONLY_A_DRAFT, set_hours
from fcr_app.services.audits.plan_beginning import PlanBegun, begin_plan, years_to_begin
from fcr_app.services.audits.plan_editions import MOST_EDITIONS, editions, usual_plan
from fcr_app.services.audits.plan_view import PlanView, plan_page, step_offered
from fcr_app.services.audits.plans import move_plan
from fcr_app.services.transaction import transaction
from fcr_app.web import question_form
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_plan_forms import (
    FirstEditionForm,
    NextEditionForm,
    hours_form,
    hours_of,
)
from fcr_app.web.forms import BAD_INPUT, CONFLICT, done, form_page, opened, see_other
from fcr_app.workflows.audit_plan import AUDIT_PLAN

bp = Blueprint("audit_plan", __name__, url_prefix="/audits/plan")

SEE, RUN = Permission.SEE_AUDITS, Permission.RUN_AUDITS
Page = str | Response | tuple[str, int]
REFUSED = 422


@dataclass(frozen=True)
class Problem:
    """One line of the error summary of a step."""

    text: str
    href: str
    field: str = ""


@bp.get("")
@requires(SEE)
def index() -> str | Response:
    """Lead to this year's plan, or say that there is none."""
    with transaction() as session:
        plan_id = usual_plan(session, current_actor(), now=clock.now())
    if plan_id is None:
        return render_template("audits/plan/none.html")
    return see_other(url_for(".show", plan_id=plan_id))


@bp.get("/<int:plan_id>")
@requires(SEE)
def show(plan_id: int) -> str:
    """Show a plan with its audits."""
    return render_template("audits/plan/show.html", view=_view(plan_id))


@bp.get("/<int:plan_id>/calendar")
@requires(SEE)
def calendar(plan_id: int) -> str:
    """Show when each audit is due, and whether the hours are enough."""
    view = _view(plan_id)
    chart = CapacityChart(
        key="capacity",
        title=f"Hours of auditors month by month, {view.year}",
        months=[
            CapacityMonth(
                label=f"{month.month:%b}",
                planned=month.planned,
                done=month.done,
                available=month.available or 0.0,
            )
            for month in view.months
        ],
    )
    return render_template("audits/plan/calendar.html", view=view, chart=capacity_chart(chart))


@bp.get("/editions")
@requires(SEE)
def history() -> str:
    """Show the editions of the plans of every year, the last begun first."""
    with transaction() as session:
        rows = editions(session, current_actor(), before_id=request.args.get("before", type=int))
    shown = rows[:MOST_EDITIONS]
    older = shown[-1].plan.id if len(rows) > MOST_EDITIONS else None
    return render_template("audits/plan/editions.html", rows=shown, older=older)


@bp.route("/new", methods=["GET", "POST"])
@requires(RUN)
def new() -> Page:
    """Begin the plan of a year."""
    page = {
        "heading": "Begin an audit plan",
        "button": "Begin the plan",
        "back": url_for(".index"),
        "note": "It can be changed until the FCR approves it. You see to each audit, and the "
        "auditors in post are named for all of them, until you say otherwise.",
    }
    with transaction() as session:
        years = years_to_begin(session, to_london(clock.now()).date())
    if not years:
        flash(
            "This year and the next have a plan. Change that one, or take up its edition.", "info"
        )
        return see_other(url_for(".history"))
    form = opened(FirstEditionForm) if request.method == "GET" else FirstEditionForm()
    form.offer(years)
    if request.method == "GET":
        return form_page(form, **page)
    return _begun(form, page, form.begun)


@bp.route("/<int:plan_id>/editions/new", methods=["GET", "POST"])
@requires(RUN)
def change(plan_id: int) -> Page:
    """Begin a new edition of a plan that is in force, with the reason."""
    view = _view(plan_id)
    page = {
        "heading": "Change the plan",
        "caption": f"Audit plan {view.year}, edition {view.plan.edition}",
        "button": "Begin a new edition",
        "back": url_for(".show", plan_id=plan_id),
        "note": "The edition in force stays as it is until the chief officer has approved the new "
        "one. Everything in it is copied, and you can change it then.",
    }
    if request.method == "GET":
        return form_page(opened(NextEditionForm), **page)
    form = NextEditionForm()
    starts_on = view.plan.starts_on
    return _begun(form, page, lambda: PlanBegun(starts_on=starts_on, why=form.why.data or ""))


@bp.route("/<int:plan_id>/hours", methods=["GET", "POST"])
@requires(RUN)
def hours(plan_id: int) -> Page:
    """Say how many hours of auditors there are in each month."""
    view = _view(plan_id)
    if not view.may_write:
        raise StepNotAvailable(ONLY_A_DRAFT)
    kind = hours_form(view.plan.starts_on)
    page = {
        "heading": "Hours of auditors",
        "caption": f"Audit plan {view.year}, edition {view.plan.edition}",
        "button": "Save the hours",
        "back": url_for(".calendar", plan_id=plan_id),
        "note": "All auditors together, without leave, training and their other work.",
    }
    if request.method == "GET":
        was = {f"hours_{one.month:%Y_%m}": one.available for one in view.months}
        return form_page(opened(kind, **was), **page)
    form = kind()
    saved = done(
        form,
        lambda session: set_hours(
            session, current_actor(), plan_id, hours_of(form, view.plan.starts_on), now=clock.now()
        ),
    )
    if not saved:
        return form_page(form, **page), BAD_INPUT
    flash("The hours were saved.", "success")
    return see_other(url_for(".calendar", plan_id=plan_id))


@bp.route("/<int:plan_id>/steps/<string:trigger>", methods=["GET", "POST"])
@requires(SEE)
def step(plan_id: int, trigger: str) -> Page:
    """Take a step: approve the plan, send it back, give an edition up."""
    name = trigger.replace("-", "_")
    if request.method == "GET":
        return _step_page(_view(plan_id), name)
    typed = question_form.read(AUDIT_PLAN.may_be_asked(name), request.form)
    try:
        with transaction() as session:
            outcome = move_plan(
                session,
                current_actor(),
                plan_id,
                name,
                typed.answers,
                now=clock.now(),
                version=request.form.get("version", type=int),
            )
    except StepRefused as refused:
        found = [
            Problem(one.reason, f"#{one.field or 'step'}", one.field) for one in refused.refusals
        ]
        return _step_page(_view(plan_id), name, typed.fields, found), REFUSED
    except SomeoneElseChangedIt as overtaken:
        problems = [Problem(str(overtaken), "#step")]
        return _step_page(_view(plan_id), name, typed.fields, problems), CONFLICT
    flash(outcome.step.outcome, "success")
    return see_other(url_for(".show", plan_id=plan_id))


def _step_page(
    view: PlanView,
    trigger: str,
    fields: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> str:
    return render_template(
        "audits/plan/step.html",
        view=view,
        step=step_offered(view, trigger),
        fields=fields or {},
        problems=problems,
    )


def _view(plan_id: int) -> PlanView:
    with transaction() as session:
        return plan_page(session, current_actor(), plan_id, now=clock.now())


def _begun(form: FlaskForm, page: dict[str, str], begun: Callable[[], PlanBegun]) -> Page:
    """Begin an edition with what was entered, and lead to it."""
    made: list[int] = []

    def act(session: Session) -> None:
        made.append(begin_plan(session, current_actor(), begun(), now=clock.now()).id)

    if not done(form, act):
        return form_page(form, **page), BAD_INPUT
    flash("The plan can be written. Nothing is in force yet.", "success")
    return see_other(url_for(".show", plan_id=made[-1]))
