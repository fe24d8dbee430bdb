"""Learning tasks: where the same error was seen again, and what came of it."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.services.learning import close_task, learning_page, learning_task
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("learning", __name__, url_prefix="/learning")


class OutcomeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What came of a learning task."""

    outcome = TextAreaField(
        "What was agreed, and what came of it?",
        description="For example: sat with the crime management unit for a morning; went through "
        "the rule on reports by professionals.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 5}},
    )


@bp.get("")
@requires(Permission.GIVE_FEEDBACK)
def index() -> str:
    """Show the open tasks, or the closed ones."""
    closed = request.args.get("list") == "closed"
    after = request.args.get("after", type=int)
    with transaction() as session:
        page = learning_page(session, current_actor(), closed=closed, after=after)
    return render_template("learning/index.html", page=page, closed=closed, is_first=after is None)


@bp.route("/<int:task_id>", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def show(task_id: int) -> str | Response | tuple[str, int]:
    """Close a task with what came of it."""
    actor = current_actor()
    with transaction() as session:
        task = learning_task(session, actor, task_id)
    page = {
        "heading": "Close a learning task",
        "caption": f"{task.person}: {task.error.full_label}",
        "note": f"Feedback was given {task.item_count} times on this error. Closing the task "
        "keeps what came of it; the next three errors open another.",
        "button": "Close the task",
        "back": url_for(".index"),
    }
    if request.method == "GET":
        return form_page(opened(OutcomeForm), **page)
    form = OutcomeForm()
    if done(
        form,
        lambda session: close_task(
            session, actor, task_id, form.outcome.data or "", now=clock.now()
        ),
    ):
        flash("The task is closed, with what came of it.", "success")
        return see_other(url_for(".index"))
    return form_page(form, **page), BAD_INPUT
