"""Feedback: read the reasons, acknowledge them."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import AlreadyDone
from fcr_app.services.feedback import (
    Listed,
    acknowledge,
    feedback_item,
    feedback_page,
    lists_of,
)
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of, see_other

bp = Blueprint("feedback", __name__, url_prefix="/feedback")

TABS = {
    Listed.OPEN: "To acknowledge",
    Listed.ACKNOWLEDGED: "Acknowledged",
    Listed.TEAM: "My team",
}


class AcknowledgeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A reply, if one likes."""

    reply = TextAreaField(
        "Your reply (optional)",
        description="Whoever gave the feedback sees it. If you disagree, say why.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 4}},
    )


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show a person's feedback, or as a supervisor their team's."""
    actor = current_actor()
    asked = request.args.get("list", "")
    listed = Listed(asked) if asked in set(lists_of(actor)) else Listed.OPEN
    after = request.args.get("after", type=int)
    with transaction() as session:
        page = feedback_page(session, actor, listed, now=clock.now(), after=after)
    return render_template("feedback/index.html", page=page, tabs=TABS, is_first=after is None)


@bp.get("/<int:item_id>")
@requires(Permission.WORK_ON_CASES)
def show(item_id: int) -> str:
    """Show one item, to acknowledge it with a reply."""
    return _item_page(item_id, opened(AcknowledgeForm))


@bp.post("/<int:item_id>")
@requires(Permission.WORK_ON_CASES)
def answer(item_id: int) -> str | Response | tuple[str, int]:
    """Acknowledge an item, with a reply or without."""
    form = AcknowledgeForm()
    try:
        answered = done(
            form,
            lambda session: acknowledge(
                session, current_actor(), item_id, form.reply.data or "", now=clock.now()
            ),
        )
    except AlreadyDone as already:
        flash(str(already), "info")
        return see_other(url_for(".index"))
    if not answered:
        return _item_page(item_id, form), BAD_INPUT
    flash("You have acknowledged the feedback. Whoever gave it can see that.", "success")
    return see_other(url_for(".index"))


def _item_page(item_id: int, form: AcknowledgeForm) -> str:
    with transaction() as session:
        item = feedback_item(session, current_actor(), item_id, now=clock.now())
    return render_template("feedback/show.html", item=item, form=form, problems=problems_of(form))
