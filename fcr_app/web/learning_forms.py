"""The forms of the pages about learning."""

from dataclasses import asdict
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired

from fcr_app.services.learning_changes import NewAction
from fcr_app.services.thresholds import Thresholds
from fcr_app.web.fields import DayField
from fcr_app.web.pick_field import PickField

LINES: dict[str, Any] = {"params": {"rows": 5}}
NUMBER: dict[str, Any] = {"params": {"classes": "govuk-input--width-3", "inputmode": "numeric"}}
WHOLE = [InputRequired("Enter a whole number.")]


class OutcomeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What came of a plan."""

    outcome = TextAreaField(
        "What was agreed, and what came of it?",
        description="For example: sat with the crime management unit for a morning; went through "
        "the rule on reports by professionals.",
        widget=GovTextArea(),
        render_kw=LINES,
    )


class ActionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Something to do that would help."""

    text = TextAreaField(
        "What is to be done?",
        description="For example: a morning beside the crime management unit.",
        widget=GovTextArea(),
        render_kw=LINES,
    )
    owner = PickField(
        "Who does it? (optional)",
        thing="colleague",
        description="Staff number, e-mail address or name. Leave it empty for the person whose "
        "plan it is, or for whoever sees to the unit’s task.",
    )
    due_on = DayField("By when?", missing="Enter by when.")

    def action(self) -> NewAction:
        """Return what was entered."""
        return NewAction(
            text=self.text.data or "", owner_id=self.owner.data, due_on=self.due_on.data
        )


class DoneForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """An action is done."""

    remark = TextAreaField(
        "How was it? (optional)",
        description="What helped, and what did not.",
        widget=GovTextArea(),
        render_kw=LINES,
    )


class ReviewForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """How it goes, and when it is looked at again."""

    text = TextAreaField("How does it go?", widget=GovTextArea(), render_kw=LINES)
    review_on = DayField("When is it looked at again?", missing="Enter the day of the next review.")


class HandOverForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who sees to it from now on."""

    owner = PickField(
        "Who sees to it from now on?",
        thing="colleague",
        missing="Enter who sees to it.",
        description="Staff number, e-mail address or name: a supervisor, a DDM or the FCR.",
    )
    text = TextAreaField("Why?", widget=GovTextArea(), render_kw=LINES)


def _number(label: str) -> IntegerField:
    return IntegerField(label, widget=GovTextInput(), validators=WHOLE, render_kw=NUMBER)


class ThresholdsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """How often the same error is seen before somebody helps."""

    learning_count = _number("Errors of one person, of the same kind, that open a learning plan")
    learning_days = _number("Within how many days?")
    training_count = _number("Errors in one unit, of the same kind, that open a training task")
    training_days = _number("Within how many days, for a unit?")

    def say_where_it_begins(self, shipped: Thresholds) -> None:
        """Say beside each number what it is where the force has set none."""
        for name, value in asdict(shipped).items():
            self[name].description = f"Shipped as {value}."

    def thresholds(self) -> Thresholds:
        """Return what was entered."""
        return Thresholds(
            learning_count=self.learning_count.data or 0,
            learning_days=self.learning_days.data or 0,
            training_count=self.training_count.data or 0,
            training_days=self.training_days.data or 0,
        )
