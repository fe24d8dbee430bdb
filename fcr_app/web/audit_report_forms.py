"""The forms of the pages about reports on audits."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from fcr_app.domain.audits.words import ReportKind
from fcr_app.web.fields import choices

SHORT: dict[str, Any] = {"params": {"classes": "govuk-input--width-20"}}


class AskForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What a report is to be about."""

    kind = RadioField(
        "What is it about?",
        choices=choices((one.value, one.label) for one in ReportKind),
        validators=[InputRequired("Select what it is about.")],
        widget=GovRadioInput(),
        default=ReportKind.RUN.value,
    )
    key = StringField(
        "Which audit, or which period?",
        description="The reference of an audit, such as AUD-2026-0007; a month such as 2026-10; or "
        "a quarter of the year, such as 2026-Q3 for July to September.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    why = TextAreaField(
        "Why is there to be another edition?",
        description="Only where there is a report of it already. It is kept with the edition.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 3}},
    )


class RecipientForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who gets a copy of the annex."""

    recipient = StringField(
        "Who gets this copy?",
        description="A name and an office, for example Professional Standards. It is logged.",
        widget=GovTextInput(),
        render_kw={"params": {"classes": "govuk-!-width-two-thirds"}},
    )
