"""Actions: what audits recommended, whose it is, by when, and what shows that it is done."""

from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.audits.actions import RULE_OF, ActionMove
from fcr_app.domain.permissions import Permission
from fcr_app.services.audits.action_changes import change_action
from fcr_app.services.audits.action_list import action_page, lists_of, read_filters, read_listed
from fcr_app.services.audits.action_view import one_action
from fcr_app.services.audits.actions import add_action, move_action
from fcr_app.services.crime_choices import find_people
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.audit_action_forms import ChangeForm, MoveForm, NewActionForm
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("audit_actions", __name__, url_prefix="/audits/actions")

Page = str | Response | tuple[str, int]
ACT, RUN = Permission.ACT_ON_AUDITS, Permission.RUN_AUDITS
NOT_FOUND = 404


@bp.get("")
@requires(ACT)
def index() -> str:
    """Show one's own actions, and whoever sees audits all of them."""
    with transaction() as session:
        found = action_page(
            session,
            current_actor(),
            read_listed(request.args),
            read_filters(request.args),
            now=clock.now(),
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    further_on = bool(request.args.get("after") or request.args.get("before"))
    lists = lists_of(current_actor())
    return render_template(
        "audits/actions/index.html", found=found, lists=lists, further_on=further_on
    )


@bp.get("/<int:action_id>")
@requires(ACT)
def show(action_id: int) -> str:
    """Show an action with its evidence and all that happened to it."""
    with transaction() as session:
        view = one_action(session, current_actor(), action_id, now=clock.now())
    return render_template("audits/actions/show.html", view=view)


@bp.route("/new", methods=["GET", "POST"])
@requires(RUN)
def new() -> Page:
    """Write down what is to be done, and whose it is."""
    page = {
        "heading": "Add an action",
        "note": "Whoever does it is told. Later reports follow it up until it is closed.",
        "button": "Add the action",
        "back": url_for(".index"),
    }
    if request.method == "GET":
        return form_page(opened(NewActionForm, run=request.args.get("run", "")[:20]), **page)
    form = NewActionForm()
    made: list[int] = []
    with transaction() as session:
        form.owner.look_up(partial(find_people, session))
    if not done(
        form,
        lambda s: made.append(add_action(s, current_actor(), form.action(), now=clock.now()).id),
    ):
        return form_page(form, **page), BAD_INPUT
    flash("The action was added.", "success")
    return see_other(url_for(".show", action_id=made[-1]))


@bp.route("/<int:action_id>/moves/<string:move>", methods=["GET", "POST"])
@requires(ACT)
def move_on(action_id: int, move: str) -> Page:
    """Carry an action on, saying what was done or what was seen."""
    if move not in set(ActionMove):
        abort(NOT_FOUND)
    rule = RULE_OF[ActionMove(move)]
    form = opened(MoveForm) if request.method == "GET" else MoveForm()
    form.ask(rule)
    page = _page(action_id, rule.label, rule.label)
    if request.method == "GET":
        return form_page(form, **page)
    seen = request.form.get("version", type=int)
    if not done(
        form,
        lambda s: move_action(
            s, current_actor(), action_id, rule.move, form.text.data or "", now=clock.now(),
            version=seen,
        ),
    ):  # fmt: skip
        return form_page(form, **{**page, "version": seen}), BAD_INPUT
    flash(f"{rule.done}.", "success")
    return see_other(page["back"])


@bp.route("/<int:action_id>/change", methods=["GET", "POST"])
@requires(RUN)
def change(action_id: int) -> Page:
    """Give an action another owner, or another day."""
    page = _page(action_id, "Change who does it or by when", "Save the change")
    if request.method == "GET":
        with transaction() as session:
            action = one_action(session, current_actor(), action_id, now=clock.now()).action
        return form_page(opened(ChangeForm, owner=action.owner, due_on=action.due_on), **page)
    form, seen = ChangeForm(), request.form.get("version", type=int)
    with transaction() as session:
        form.owner.look_up(partial(find_people, session))
    if not done(
        form,
        lambda s: change_action(
            s, current_actor(), action_id, owner_id=form.owner.data, due_on=form.due_on.data,
            why=form.why.data or "", now=clock.now(), version=seen,
        ),
    ):  # fmt: skip
        return form_page(form, **{**page, "version": seen}), BAD_INPUT
    flash("The change was saved, and the owner told.", "success")
    return see_other(page["back"])


def _page(action_id: int, heading: str, button: str) -> dict[str, Any]:
    with transaction() as session:
        action = one_action(session, current_actor(), action_id, now=clock.now()).action
    return {
        "heading": heading,
        "caption": f"{action.reference}: {action.recommended}",
        "button": button,
        "back": url_for(".show", action_id=action_id),
        "version": action.version,
    }
