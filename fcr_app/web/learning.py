"""Learning plans and training tasks: where the same error was seen again, and what came of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.services.crime_choices import find_people
from fcr_app.services.learning_changes import (
    add_action,
    close_plan,
    finish_action,
    hand_over,
    review,
)
from fcr_app.services.learning_plans import Listed, one_plan, plan_page, read_listed
from fcr_app.services.thresholds import change_thresholds, shipped, thresholds
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.web.learning_forms import (
    ActionForm,
    DoneForm,
    HandOverForm,
    OutcomeForm,
    ReviewForm,
    ThresholdsForm,
)

bp = Blueprint("learning", __name__, url_prefix="/learning")

Page = str | Response | tuple[str, int]
NEXT_REVIEW = timedelta(days=30)


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show the open plans of people, the tasks of units, or what is closed."""
    listed = read_listed(request.args)
    with transaction() as session:
        found = plan_page(
            session,
            current_actor(),
            listed,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
        limits = thresholds(session, clock.now())
    return render_template("learning/index.html", found=found, lists=Listed, limits=limits)


@bp.get("/<int:plan_id>")
@requires(Permission.WORK_ON_CASES)
def show(plan_id: int) -> str:
    """Show a plan with its actions and reviews."""
    with transaction() as session:
        view = one_plan(session, current_actor(), plan_id, now=clock.now())
    return render_template("learning/show.html", view=view)


@bp.route("/<int:plan_id>/actions/new", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def new_action(plan_id: int) -> Page:
    """Add something to do."""
    page = _page(plan_id, "Add an action", "Whoever does it is told.", "Add the action")
    if request.method == "GET":
        return form_page(opened(ActionForm), **page)
    form = ActionForm()
    with transaction() as session:
        form.owner.look_up(partial(find_people, session))
    return _finish(
        form,
        page,
        "The action was added.",
        lambda s: add_action(s, current_actor(), plan_id, form.action(), now=clock.now()),
    )


@bp.route("/<int:plan_id>/actions/<int:action_id>", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASES)
def finish(plan_id: int, action_id: int) -> Page:
    """Say that an action is done."""
    page = _page(plan_id, "Say that an action is done", "", "It is done")
    if request.method == "GET":
        return form_page(opened(DoneForm), **page)
    form = DoneForm()
    return _finish(
        form,
        page,
        "The action is done.",
        lambda s: finish_action(
            s, current_actor(), plan_id, action_id, form.remark.data or "", now=clock.now()
        ),
    )


@bp.route("/<int:plan_id>/review", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def review_plan(plan_id: int) -> Page:
    """Review a plan, and set the next review."""
    note = "What was said before stays. A later day extends the plan."
    page = _page(plan_id, "Review", note, "Save the review")
    if request.method == "GET":
        day = to_london(clock.now()).date() + NEXT_REVIEW
        return form_page(opened(ReviewForm, review_on=day), **page)
    form = ReviewForm()
    return _finish(
        form,
        page,
        "The review was saved.",
        lambda s: review(
            s, current_actor(), plan_id, form.text.data or "", form.review_on.data, now=clock.now()
        ),
    )


@bp.route("/<int:plan_id>/owner", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def owner(plan_id: int) -> Page:
    """Let somebody else see to a plan."""
    note = "Such as whoever leads training. They are told, and see what you see."
    page = _page(plan_id, "Hand over", note, "Hand over")
    if request.method == "GET":
        return form_page(opened(HandOverForm), **page)
    form = HandOverForm()
    with transaction() as session:
        form.owner.look_up(partial(find_people, session))
    return _finish(
        form,
        page,
        "It was handed over.",
        lambda s: hand_over(
            s, current_actor(), plan_id, form.owner.data, form.text.data or "", now=clock.now()
        ),
    )


@bp.route("/<int:plan_id>/closing", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def close(plan_id: int) -> Page:
    """Close a plan with what came of it."""
    note = "Closing keeps what came of it. If the same error is seen as often again, another opens."
    page = _page(plan_id, "Close", note, "Close it")
    if request.method == "GET":
        return form_page(opened(OutcomeForm), **page)
    form = OutcomeForm()
    return _finish(
        form,
        page,
        "It is closed, with what came of it.",
        lambda s: close_plan(s, current_actor(), plan_id, form.outcome.data or "", now=clock.now()),
    )


@bp.route("/thresholds", methods=["GET", "POST"])
@requires(Permission.SET_THRESHOLDS)
def limits() -> Page:
    """Say how often the same error is seen before somebody helps."""
    page = {
        "heading": "When a plan opens",
        "note": "Force policy (FB-02). A change counts from the next feedback on; what is open "
        "stays open. Who changed what is logged.",
        "button": "Save",
        "back": url_for(".index"),
    }
    if request.method == "GET":
        with transaction() as session:
            was = thresholds(session, clock.now())
        shown = opened(ThresholdsForm, obj=was)
        shown.say_where_it_begins(shipped(to_london(clock.now()).date()))
        return form_page(shown, **page)
    form = ThresholdsForm()
    form.say_where_it_begins(shipped(to_london(clock.now()).date()))
    if done(
        form, lambda s: change_thresholds(s, current_actor(), form.thresholds(), now=clock.now())
    ):
        flash("The numbers were saved.", "success")
        return see_other(url_for(".index"))
    return form_page(form, **page), BAD_INPUT


def _page(plan_id: int, heading: str, note: str, button: str) -> dict[str, Any]:
    with transaction() as session:
        plan = one_plan(session, current_actor(), plan_id, now=clock.now()).plan
    return {
        "heading": heading,
        "caption": f"{plan.subject}: {plan.error.full_label}",
        "note": note,
        "button": button,
        "back": url_for(".show", plan_id=plan_id),
    }


def _finish(
    form: FlaskForm, page: dict[str, Any], said: str, act: Callable[[Session], object]
) -> Page:
    if done(form, act):
        flash(said, "success")
        return see_other(page["back"])
    return form_page(form, **page), BAD_INPUT
