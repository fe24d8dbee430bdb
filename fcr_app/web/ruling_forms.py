"""The forms of the register of rulings."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from fcr_app.domain.ruling_questions import is_a_class, normal_class
from fcr_app.domain.rulings import Topic, read_rules
from fcr_app.services.rulings import NewRuling
from fcr_app.web.fields import choices

SHORTEST = 20
LONGEST = 4000
SHORT = {"params": {"classes": "govuk-input--width-10"}}
HALF = {"params": {"classes": "govuk-!-width-one-half"}}
ROWS = {"params": {"rows": 4}}


def _long(label: str, missing: str, hint: str = "") -> TextAreaField:
    too_short = f"Write at least {SHORTEST} characters."
    return TextAreaField(
        label,
        description=hint,
        widget=GovTextArea(),
        render_kw=ROWS,
        validators=[
            InputRequired(missing),
            Length(min=SHORTEST, message=too_short),
            Length(max=LONGEST, message=f"Write {LONGEST:,} characters or fewer."),
        ],
    )


class RulingForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A ruling."""

    question = StringField(
        "The question",
        description="So that it fits the next case too. Name nobody.",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter the question that the ruling answers."),
            Length(max=200, message="The question must be 200 characters or fewer."),
        ],
    )
    topic = RadioField(
        "What is it about?",
        choices=choices((topic.value, topic.label) for topic in Topic),
        widget=GovRadioInput(),
        validators=[InputRequired("Select what it is about.")],
        render_kw={"params": {"classes": "govuk-radios--small"}},
    )
    offence_class = StringField(
        "The class it is about (optional)",
        description="Such as 8L. Leave it empty if it is about any class.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    facts = _long(
        "The facts in brief",
        "Enter the facts in brief.",
        "Everybody who works on cases reads this. Name nobody, and give no address or number.",
    )
    ruling = _long("The ruling", "Enter the ruling.")
    reasons = _long("The reasons", "Enter the reasons.", "At audit the ruling stands by these.")
    rules = StringField(
        "The rules it rests on (optional)",
        description="Their ids with a comma between, such as CLS-04, REC-25.",
        widget=GovTextInput(),
        render_kw=HALF,
    )
    number = StringField(
        "The crime, report or case it was made for (optional)",
        description="Its number. You can link more later.",
        widget=GovTextInput(),
        render_kw=HALF,
    )

    def validate_offence_class(self, field: Field) -> None:
        """Refuse what the published list would not write."""
        typed = normal_class(field.data or "")
        if typed and not is_a_class(typed):
            raise StopValidation("Enter a class as the list writes it, such as 8L or 19C.")

    def validate_rules(self, field: Field) -> None:
        """Refuse what is no rule of the handbook."""
        _, unknown = read_rules(field.data or "")
        if unknown:
            raise StopValidation(f"The handbook has no rule “{unknown[0]}”.")

    def ruling_given(self, supersedes_id: int | None) -> NewRuling:
        """Return the ruling as it was given."""
        rules, _ = read_rules(self.rules.data or "")
        return NewRuling(
            question=self.question.data or "",
            topic=Topic(self.topic.data),
            offence_class=normal_class(self.offence_class.data or ""),
            facts=self.facts.data or "",
            ruling=self.ruling.data or "",
            reasons=self.reasons.data or "",
            rules=rules,
            supersedes_id=supersedes_id,
        )


class LinkForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What a ruling is applied to."""

    number = StringField(
        "The number of the crime, report or case",
        widget=GovTextInput(),
        render_kw=HALF,
        validators=[InputRequired("Enter the number.")],
    )
