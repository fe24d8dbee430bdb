"""The forms of the pages about actions."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import StringField, TextAreaField

from fcr_app.domain.audits.actions import ActionWords, MoveRule
from fcr_app.services.audits.actions import NewAuditAction
from fcr_app.web.fields import DayField
from fcr_app.web.pick_field import PickField

LINES: dict[str, Any] = {"params": {"rows": 5}}
SHORT: dict[str, Any] = {"params": {"classes": "govuk-input--width-20"}}
LONG: dict[str, Any] = {"params": {"classes": "govuk-!-width-two-thirds"}}
OWNER_HINT = (
    "Staff number, e-mail address or name: a supervisor, a DDM, an auditor, a registrar or the "
    "chief officer."
)


class NewActionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A recommendation that is to become somebody's."""

    recommended = TextAreaField(
        "What is to be done?",
        description="One thing, as the report says it. It stands in what is published, so name "
        "nobody.",
        widget=GovTextArea(),
        render_kw=LINES,
    )
    measure = TextAreaField(
        "How will it show that it worked? (optional)",
        description="For example: the next audit of cancellations finds the victim told in 19 of "
        "20.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 3}},
    )
    run = StringField(
        "Which audit recommended it?",
        description="Its reference, such as AUD-2026-0007. Leave it empty where somebody else did.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    source = StringField(
        "Who recommended it, if no audit did?",
        description="For example: HMICFRS, crime data integrity inspection.",
        widget=GovTextInput(),
        render_kw=LONG,
    )
    owner = PickField(
        "Who does it?", thing="colleague", missing="Enter who does it.", description=OWNER_HINT
    )
    due_on = DayField("By when?", missing="Enter by when.")

    def action(self) -> NewAuditAction:
        """Return what was entered."""
        return NewAuditAction(
            words=ActionWords(
                recommended=self.recommended.data or "",
                measure=self.measure.data or "",
                source=self.source.data or "",
                due_on=self.due_on.data,
            ),
            owner_id=self.owner.data,
            run_reference=(self.run.data or "").strip(),
        )


class MoveForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What is said when an action is carried on."""

    text = TextAreaField("", widget=GovTextArea(), render_kw={"params": {"rows": 6}})

    def ask(self, rule: MoveRule) -> None:
        """Ask what this move asks."""
        self.text.label.text = rule.asks
        self.text.description = rule.hint


class ChangeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Another owner, or another day."""

    owner = PickField(
        "Who does it?", thing="colleague", missing="Enter who does it.", description=OWNER_HINT
    )
    due_on = DayField("By when?", missing="Enter by when.")
    why = TextAreaField(
        "Why is it changed?",
        description="It stays in the history, and later reports say that the day was changed.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 3}},
    )
