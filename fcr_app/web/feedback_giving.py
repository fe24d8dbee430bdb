"""Giving feedback on a crime or a report to whoever dealt with it."""

from functools import partial

from flask import Blueprint, flash, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services.crime_choices import find_people
from fcr_app.services.feedback_giving import Given, give_feedback, subject_of
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.web.pick_field import PickField

bp = Blueprint("feedback_giving", __name__)

Page = str | Response | tuple[str, int]

RIGHT = "right"
NOTE = (
    "It is about getting records right, whichever way, and never a target. Its reader sees who "
    "wrote it."
)


class FeedbackForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who it is for, what was wrong or right, and what to do."""

    to = PickField(
        "Who is it for?",
        thing="colleague",
        missing="Enter who it is for.",
        description="Staff number, e-mail address or name.",
    )
    error = SelectField(
        "What is it about?",
        choices=choices(
            [(RIGHT, "It was done right"), *((e.value, e.full_label) for e in ErrorType)]
        ),
        widget=GovSelect(),
    )
    reasons = TextAreaField(
        "What was right or wrong, and what has to be done?",
        description="Name no victim. Say which rule it rests on.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 6}},
    )

    def given(self, crime_id: int | None, incident_id: int | None) -> Given:
        """Return the feedback as it was written."""
        chosen = self.error.data
        return Given(
            to_id=self.to.data,
            error=None if chosen == RIGHT else ErrorType(chosen),
            reasons=(self.reasons.data or "").replace("\0", ""),
            crime_id=crime_id,
            incident_id=incident_id,
        )


@bp.route("/crimes/<int:crime_id>/feedback", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def on_crime(crime_id: int) -> Page:
    """Give feedback on a crime."""
    return _page(crime_id, None, url_for("crimes.show", crime_id=crime_id))


@bp.route("/incidents/<int:incident_id>/feedback", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def on_incident(incident_id: int) -> Page:
    """Give feedback on a report of a crime."""
    return _page(None, incident_id, url_for("incidents.show", incident_id=incident_id))


def _page(crime_id: int | None, incident_id: int | None, back: str) -> Page:
    actor = current_actor()
    about = Given(to_id=None, error=None, reasons="", crime_id=crime_id, incident_id=incident_id)
    with transaction() as session:
        number, _ = subject_of(session, actor, about)
    page = {
        "heading": "Give feedback",
        "caption": number,
        "note": NOTE,
        "button": "Give feedback",
        "back": back,
    }
    if request.method == "GET":
        return form_page(opened(FeedbackForm), **page)
    form = FeedbackForm()
    with transaction() as session:
        form.to.look_up(partial(find_people, session))
    given = form.given(crime_id, incident_id)
    if done(form, lambda session: give_feedback(session, actor, given, now=clock.now())):
        flash("The feedback was given. Its reader has 5 working days to acknowledge it.", "success")
        return see_other(back)
    return form_page(form, **page), BAD_INPUT
