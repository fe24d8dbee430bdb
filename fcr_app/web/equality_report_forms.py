"""The forms of the yearly equality report."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea, GovTextInput
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired

from fcr_app.domain.equality_figures.report import Words
from fcr_app.web.crime_forms import text as without_nul

ROWS = {"params": {"rows": 10}}
SHORT = {"params": {"classes": "govuk-input--width-10"}}


class PeriodForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Which whole months a report is about."""

    first = StringField(
        "From month",
        description="Such as 2025-11.",
        widget=GovTextInput(),
        render_kw=SHORT,
        filters=[without_nul],
    )
    last = StringField("To month", widget=GovTextInput(), render_kw=SHORT, filters=[without_nul])


class WordsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What stands round the figures."""

    about = TextAreaField(
        "What do the figures show, and what can’t they?",
        description="An empty line begins a new paragraph.",
        widget=GovTextArea(),
        render_kw=ROWS,
        filters=[without_nul],
    )
    actions = TextAreaField(
        "What does the force do about it?",
        widget=GovTextArea(),
        render_kw=ROWS,
        filters=[without_nul],
    )
    objectives = TextAreaField(
        "What are the equality objectives, and how far are they?",
        description="Objectives are set at least every four years. Those of the last report stand "
        "here to begin with.",
        widget=GovTextArea(),
        render_kw=ROWS,
        filters=[without_nul],
    )

    def words(self) -> Words:
        """Return what was written."""
        return Words(
            about=self.about.data or "",
            actions=self.actions.data or "",
            objectives=self.objectives.data or "",
        )


class PublishForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A last look before everybody may read it."""

    looked = BooleanField(
        "I have read all of it, and nobody can be made out",
        widget=GovCheckboxInput(),
        validators=[InputRequired("Read it, and say that nobody can be made out.")],
    )


class CorrectionForm(PublishForm):
    """The same for another edition about the same months."""

    why = TextAreaField(
        "Why is it corrected?",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 3}},
        filters=[without_nul],
    )
