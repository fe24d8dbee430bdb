"""Giving feedback on a crime, a report or a decision, to whoever made it.

The kind of error is chosen first. The form then holds what feedback on such an error usually says,
to be changed as it suits.
"""

from functools import partial

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField

from fcr_app import clock
from fcr_app.domain.feedback import questions as q
from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.domain.feedback.questions import NO_ERROR, RIGHT
from fcr_app.domain.feedback.suggestions import suggestion
from fcr_app.domain.permissions import Permission
from fcr_app.domain.questions import Question
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.errors import StepRefused
from fcr_app.services.crime_choices import find_people
from fcr_app.services.feedback_giving import Given, give_feedback
from fcr_app.services.feedback_subject import (
    Subject,
    subject_of_case,
    subject_of_crime,
    subject_of_report,
)
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.web.pick_field import PickField

bp = Blueprint("feedback_giving", __name__)

Page = str | Response | tuple[str, int]

NOTE = (
    "It is about getting records right, whichever way, and never a target. Its reader and their "
    "supervisor see who wrote it."
)
KINDS = [(option.value, option.label) for option in q.ERROR.options if option.value != NO_ERROR]


def _select(question: Question, *, none: str = "") -> SelectField:
    options = [(option.value, option.label) for option in question.options]
    first = [("", none)] if none else []
    return SelectField(question.label, choices=choices([*first, *options]), widget=GovSelect())


def _words(question: Question, rows: int) -> TextAreaField:
    return TextAreaField(
        question.label,
        description=question.hint,
        widget=GovTextArea(),
        render_kw={"params": {"rows": rows}},
    )


class FeedbackForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who it is for, what was wrong or right, and what to do."""

    to = PickField(
        "Who made the decision?",
        thing="colleague",
        missing="Enter who it is for.",
        description="Staff number, e-mail address or name.",
    )
    error = SelectField("What is it about?", choices=choices(KINDS), widget=GovSelect())
    reasons = _words(q.REASONS, 5)
    rule = _select(q.RULE, none="None")
    right_decision = _words(q.RIGHT_DECISION, 3)
    to_do = _words(q.TO_DO, 3)
    correction = _select(q.CORRECTION)
    harm = _select(q.HARM)

    def given(self, subject: Subject, source: Source) -> Given:
        """Return the feedback as it was written."""
        chosen = self.error.data
        return Given(
            to_id=self.to.data,
            error=None if chosen == RIGHT else ErrorType(chosen),
            reasons=_clean(self.reasons.data),
            rule_id=self.rule.data or "",
            right_decision=_clean(self.right_decision.data),
            to_do=_clean(self.to_do.data),
            correction=Correction(self.correction.data),
            harm=Harm(self.harm.data),
            source=source,
            subject=subject.words,
            crime_id=subject.crime_id,
            incident_id=subject.incident_id,
            case_id=subject.case_id,
            step_position=subject.step_position,
        )


def _clean(text: str | None) -> str:
    return (text or "").replace("\0", "")


@bp.route("/crimes/<int:crime_id>/feedback", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def on_crime(crime_id: int) -> Page:
    """Give feedback on a crime."""
    with transaction() as session:
        subject = subject_of_crime(session, current_actor(), crime_id)
    return _page(subject, url_for("crimes.show", crime_id=crime_id))


@bp.route("/incidents/<int:incident_id>/feedback", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def on_incident(incident_id: int) -> Page:
    """Give feedback on a report of a crime."""
    with transaction() as session:
        subject = subject_of_report(session, current_actor(), incident_id)
    return _page(subject, url_for("incidents.show", incident_id=incident_id))


@bp.route("/cases/<string:reference>/feedback", methods=["GET", "POST"])
@requires(Permission.GIVE_FEEDBACK)
def on_case(reference: str) -> Page:
    """Give feedback on the latest decision in a case."""
    with transaction() as session:
        subject = subject_of_case(session, current_actor(), reference, now=clock.now())
    return _page(subject, url_for("cases.show", reference=reference))


def _page(subject: Subject, back: str) -> Page:
    page = {
        "heading": "Give feedback",
        "caption": subject.number,
        "note": NOTE,
        "button": "Give feedback",
        "back": back,
    }
    if request.method == "GET":
        about = request.args.get("about", "")
        if about not in dict(KINDS):
            return render_template("feedback/about.html", kinds=KINDS, back=back, subject=subject)
        return form_page(_begun(about, subject), **page)
    form = FeedbackForm()
    with transaction() as session:
        form.to.look_up(partial(find_people, session))
    try:
        if done(form, lambda session: _give(session, form, subject)):
            words = "The feedback was given. Its reader has 5 working days to acknowledge it."
            flash(words, "success")
            return see_other(back)
    except StepRefused as refused:
        form.correction.errors = [refusal.reason for refusal in refused.refusals]
    return form_page(form, **page), BAD_INPUT


def _give(session: Session, form: FeedbackForm, subject: Subject) -> None:
    said = request.args.get("source", "")
    source = Source.LATE_RECORD if said == Source.LATE_RECORD.value else Source.BY_HAND
    give_feedback(session, current_actor(), form.given(subject, source), now=clock.now())


def _begun(about: str, subject: Subject) -> FeedbackForm:
    """Return the form with what feedback on such an error usually says."""
    form = opened(FeedbackForm)
    form.error.data, form.to.text = about, subject.staff_number
    usual = suggestion(None if about == RIGHT else ErrorType(about))
    if usual is not None:
        form.rule.data = usual.rule
        form.right_decision.data, form.to_do.data = usual.right_decision, usual.to_do
        form.correction.data, form.harm.data = usual.correction.value, usual.harm.value
    return form
