"""The forms of the pages about audits that are drawn."""

from collections.abc import Iterable
from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import (
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from fcr_app.domain.audits.words import ReviewKind
from fcr_app.errors import InvalidValue
from fcr_app.services.audits.by_hand import Openable
from fcr_app.services.audits.due import DueLine
from fcr_app.web.crime_forms import legend, text as without_nul
from fcr_app.web.fields import choices

FEW = {"params": {"rows": 3}}
SELECT = "Select an audit."
#: Digits of the number of a record.
LONGEST_ID = 9
SHORT = {"params": {"classes": "govuk-input--width-5"}}


def key_of(line_id: int, due_on: object) -> str:
    """Return how a form names an audit and a day: "12 2026-11-06"."""
    return f"{line_id} {due_on}"


def read_key(key: str) -> tuple[int, date]:
    """Return the audit and the day that a choice names.

    Raises:
        InvalidValue: If it names none.
    """
    line_id, _, due_on = key.partition(" ")
    try:
        return int(line_id[:LONGEST_ID]), date.fromisoformat(due_on)
    except ValueError:
        raise InvalidValue(SELECT, field="audit") from None


class OpenForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Which audit is opened, and for which days."""

    audit = RadioField(
        "Which audit, for which days?",
        widget=GovRadioInput(),
        render_kw=legend("Which audit, for which days?"),
        validators=[InputRequired(SELECT)],
        # Somebody may have opened it meanwhile; the service says so in words.
        validate_choice=False,
    )
    numbers = TextAreaField(
        "Records of a dip sample",
        description="For a dip sample only: the numbers of the records, one on each line. What is "
        "chosen says nothing of the rest, so its results get no interval.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 5}},
        filters=[without_nul],
    )

    def offer(self, found: Iterable[Openable]) -> None:
        """Offer what can be opened now."""
        self.audit.choices = choices(
            (key_of(one.due.line_id, one.due.due_on), _label(one))
            for one in found
            if not one.waits_for_list
        )


def _label(one: Openable) -> str:
    said = f"{one.due.code}, {one.due.span.label}: {one.due.title}"
    if one.is_dip:
        said += " (dip sample)"
    if not one.late_days:
        return f"{said}. Due {one.due.due_on:%-d %B %Y}."
    if one.is_due:
        return f"{said}. Due since {one.due.due_on:%-d %B %Y}."
    return f"{said}. Not drawn on {one.due.due_on:%-d %B %Y}: it was not in force then."


class ListForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A list of another system, for an audit that draws from one."""

    audit = RadioField(
        "Which audit is it for?",
        widget=GovRadioInput(),
        render_kw=legend("Which audit is it for?"),
        validators=[InputRequired(SELECT)],
        validate_choice=False,
    )
    file = FileField(
        "CSV file",
        description="One row for each record, with a heading in the first line. A column "
        "“Reference” holds the number of each record; a column “Stratum” what the list is divided "
        "by, if it is. Auditors see the other columns.",
        widget=GovFileInput(),
        validators=[FileRequired("Select a CSV file.")],
    )

    def offer(self, found: Iterable[DueLine]) -> None:
        """Offer the audits that draw from a list."""
        self.audit.choices = choices(
            (key_of(one.line_id, one.due_on), f"{one.code}, {one.span.label}: {one.title}")
            for one in found
        )


class ReplaceForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Why a record can't be examined."""

    reason = TextAreaField(
        "Why can’t it be examined?",
        description="For example: the record was merged into another. That it is hard, or looks "
        "bad, is no reason. Name nobody.",
        widget=GovTextArea(),
        render_kw=FEW,
        filters=[without_nul],
    )


class GiveForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Whose records are given to whom."""

    whose = SelectField("Whose records?", widget=GovSelect(), validators=[InputRequired()])
    to = SelectField("To whom?", widget=GovSelect(), coerce=int)
    kind = RadioField(
        "Which of them?",
        widget=GovRadioInput(),
        render_kw=legend("Which of them?"),
        choices=choices(
            [
                (ReviewKind.FIRST.value, "Those they examine first"),
                (ReviewKind.SECOND.value, "Those they examine again, as the second auditor"),
            ]
        ),
        default=ReviewKind.FIRST.value,
    )


class SizeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What the size planner is asked. It stands in the address: it holds no secret."""

    class Meta:
        """It changes nothing, so nobody can be tricked into sending it."""

        csrf = False

    population = StringField(
        "Records in the frame",
        description="Leave it empty where there are very many.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    rate = StringField(
        "Expected rate, in per cent",
        description="Such as the rate of the last audit. 50 asks for the most records.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    precision = StringField(
        "Precision wanted, in percentage points",
        description="5 for plus or minus 5.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    size = StringField(
        "Or: records that can be examined",
        description="To see what precision they give.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    yield_rate = StringField(
        "Crimes for each record",
        description="0.78 where 50 records hold 39 crimes. 1 where each record is counted itself.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
    effect = StringField(
        "Design effect",
        description="1 for a simple random sample; more where strata or several crimes in a "
        "record make it less precise.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )
