"""The forms of bulletins: writing one, publishing it, withdrawing it."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from fcr_app.domain.bulletins import (
    LONGEST_EXAMPLE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    READERS,
    Bearing,
    Wording,
)
from fcr_app.domain.handbook import FAMILIES
from fcr_app.domain.questions import NO, YES
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.domain.ruling_questions import normal_class
from fcr_app.services.bulletin_words import PLACES
from fcr_app.services.crime_choices import units
from fcr_app.services.transaction import transaction
from fcr_app.web.crime_forms import legend, text as without_nul
from fcr_app.web.fields import DayField, choices
from fcr_app.workflows import WORKFLOWS

WIDE = {"params": {"classes": "govuk-!-width-full"}}
NARROW = {"params": {"classes": "govuk-input--width-10"}}
SMALL = "govuk-checkboxes--small"
COLUMNS = f"{SMALL} app-columns"
BETWEEN = ":"
RULES = [
    ("", "Choose a rule"),
    *((rule.id, f"{rule.id}: {rule.name}") for family in FAMILIES for rule in family.rules),
]
STEPS = [
    ("", "No one step"),
    *(
        (f"{workflow.key}{BETWEEN}{trigger}", f"{workflow.title}: {label}")
        for workflow in WORKFLOWS
        for trigger, label in {step.trigger: step.label for step in workflow.steps}.items()
    ),
]


def rows(count: int) -> dict[str, Any]:
    """Return how a box of some lines is shown."""
    return {"params": {"rows": count}}


class BulletinForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What a bulletin says, to whom, and where it is shown."""

    title = StringField(
        "Title",
        description="What to do, in a few words, such as: A teacher’s report is enough.",
        widget=GovTextInput(),
        render_kw=WIDE,
        validators=[
            InputRequired("Enter a title."),
            Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer."),
        ],
        filters=[without_nul],
    )
    rule = SelectField(
        "The rule it reminds of",
        choices=choices(RULES),
        widget=GovSelect(),
        render_kw=WIDE,
        validators=[InputRequired("Choose a rule of the handbook.")],
    )
    text = TextAreaField(
        "What the rule asks",
        description="In plain words. Everybody it is for reads this: name nobody.",
        widget=GovTextArea(),
        render_kw=rows(6),
        validators=[
            InputRequired("Say what the rule asks."),
            Length(max=LONGEST_TEXT, message=f"Use {LONGEST_TEXT:,} characters or fewer."),
        ],
        filters=[without_nul],
    )
    right_example = TextAreaField(
        "An example of doing it right (optional)",
        widget=GovTextArea(),
        render_kw=rows(3),
        validators=[Length(max=LONGEST_EXAMPLE, message="Use 1,000 characters or fewer.")],
        filters=[without_nul],
    )
    wrong_example = TextAreaField(
        "An example of doing it wrong (optional)",
        widget=GovTextArea(),
        render_kw=rows(3),
        validators=[Length(max=LONGEST_EXAMPLE, message="Use 1,000 characters or fewer.")],
        filters=[without_nul],
    )
    errors_answered = SelectMultipleField(
        "Errors it answers (optional)",
        choices=choices((error.value, error.full_label) for error in ErrorType),
        widget=GovCheckboxesInput(),
        render_kw=legend("Errors it answers (optional)", COLUMNS),
    )
    places = SelectMultipleField(
        "Shown at (optional)",
        description="It is shown beside these, to whoever it is for.",
        choices=choices(PLACES.items()),
        widget=GovCheckboxesInput(),
        render_kw=legend("Shown at (optional)", COLUMNS),
    )
    step = SelectField(
        "Shown at one step only (optional)",
        description="It is shown with this step as well as at what is selected above.",
        choices=choices(STEPS),
        widget=GovSelect(),
        render_kw=WIDE,
    )
    asked = StringField(
        "Only where this is asked (optional)",
        description="A code such as C2 or 100/01.",
        widget=GovTextInput(),
        render_kw=NARROW,
        validators=[Length(max=20, message="Use 20 characters or fewer.")],
        filters=[without_nul],
    )
    classes = StringField(
        "Only for these classes (optional)",
        description="Such as 8L, 8Q. Leave it empty for every class.",
        widget=GovTextInput(),
        render_kw={"params": {"classes": "govuk-!-width-one-half"}},
        validators=[Length(max=200, message="Use 200 characters or fewer.")],
        filters=[without_nul],
    )
    roles = SelectMultipleField(
        "Who is it for?",
        choices=choices((role.value, role.label) for role in READERS),
        widget=GovCheckboxesInput(),
        render_kw=legend("Who is it for?", SMALL),
    )
    unit_ids = SelectMultipleField(
        "Only these units (optional)",
        description="With every unit below them. Select none for the whole force.",
        coerce=int,
        widget=GovCheckboxesInput(),
        render_kw=legend("Only these units (optional)", COLUMNS),
    )
    starts_on = DayField("First day it is shown", missing="Enter the first day it is shown.")

    def offer_units(self) -> None:
        """Fill the list of units."""
        with transaction() as session:
            found = units(session)
        self.unit_ids.choices = choices((unit.id, unit.label) for unit in found)

    def wording(self) -> Wording:
        """Return what was typed; the form has been validated."""
        return Wording(
            title=self.title.data or "",
            text=self.text.data or "",
            rule=self.rule.data or "",
            right_example=self.right_example.data or "",
            wrong_example=self.wrong_example.data or "",
            errors=tuple(ErrorType(value) for value in self.errors_answered.data or ()),
            bearings=self._bearings(),
            unit_ids=tuple(self.unit_ids.data or ()),
            roles=tuple(Role(value) for value in self.roles.data or ()),
            starts_on=self.starts_on.data,
        )

    def _bearings(self) -> tuple[Bearing, ...]:
        """Return each place with each class."""
        typed = (self.classes.data or "").replace(";", ",").split(",")
        classes = [normal_class(one) for one in typed if one.strip()] or [""]
        asked = "".join((self.asked.data or "").upper().split())
        at = [(place, "") for place in self.places.data or ()]
        if self.step.data:
            place, _, trigger = self.step.data.partition(BETWEEN)
            at.append((place, trigger))
        return tuple(
            Bearing(place=place, trigger=trigger, asked=asked, offence_class=one)
            for place, trigger in at
            for one in classes
        )


def shown_again(said: Wording) -> dict[str, object]:
    """Return what the form shows of words that are kept."""
    step = next((b for b in said.bearings if b.trigger), None)
    return {
        "title": said.title,
        "rule": said.rule,
        "text": said.text,
        "right_example": said.right_example,
        "wrong_example": said.wrong_example,
        "errors_answered": [error.value for error in said.errors],
        "places": list(dict.fromkeys(b.place for b in said.bearings if not b.trigger)),
        "step": f"{step.place}{BETWEEN}{step.trigger}" if step else "",
        "asked": next((b.asked for b in said.bearings if b.asked), ""),
        "classes": ", ".join(
            dict.fromkeys(b.offence_class for b in said.bearings if b.offence_class)
        ),
        "roles": [role.value for role in said.roles],
        "unit_ids": list(said.unit_ids),
        "starts_on": said.starts_on,
    }


class PublishForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Publishing what is written for the first time: nothing is left to ask."""


class CorrectionForm(PublishForm):
    """Publishing a correction."""

    why = TextAreaField(
        "Why is it corrected?",
        description="Everybody it is for can read this.",
        widget=GovTextArea(),
        render_kw=rows(3),
        filters=[without_nul],
    )
    read_again = RadioField(
        "Does everybody have to read it again?",
        choices=choices(
            [
                (YES, "Yes: what they have to do changes"),
                (NO, "No: only words changed, and whoever read it has read it"),
            ]
        ),
        widget=GovRadioInput(),
        validators=[InputRequired("Select whether everybody has to read it again.")],
        render_kw=legend("Does everybody have to read it again?", "govuk-radios--small"),
    )


class WithdrawForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Why a bulletin does not stand any more."""

    reason = TextAreaField(
        "Why is it withdrawn?",
        description="Whoever was told of it can read this.",
        widget=GovTextArea(),
        render_kw=rows(3),
        filters=[without_nul],
    )
    replaced_by = SelectField(
        "What takes its place (optional)", coerce=int, widget=GovSelect(), render_kw=WIDE
    )


class ExampleForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """An example for courses."""

    text = TextAreaField(
        "What came up, and what was right",
        description="In your own words. Change what could tell who it was: place, day, age, trade.",
        widget=GovTextArea(),
        render_kw=rows(5),
        filters=[without_nul],
    )
    names_nobody = BooleanField(
        "I have read it through: nobody can be made out from it", widget=GovCheckboxInput()
    )
