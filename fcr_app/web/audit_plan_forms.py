"""The forms of the audit plan: beginning an edition, its hours, one audit, why one is stopped."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
)
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.year import months_of, year_label, year_of
from fcr_app.domain.questions import NO, YES
from fcr_app.services.audits.line_status import LONGEST_REASON
from fcr_app.services.audits.plan_beginning import LONGEST_WHY, PlanBegun
from fcr_app.services.crime_choices import Choice
from fcr_app.web.crime_forms import legend, text as without_nul
from fcr_app.web.fields import choices
from fcr_app.web.number_field import NumberField

LINES: dict[str, Any] = {"params": {"rows": 5}}


class FirstEditionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """The first edition of a year's plan."""

    starts_on = SelectField("For which year?", widget=GovSelect())
    from_last = RadioField(
        "What does it begin from?",
        choices=choices(
            [
                (
                    NO,
                    "The starting plan: each of the eighteen types of audit, as usual",
                ),
                (YES, "The last plan that was approved, with the days of this year"),
            ]
        ),
        default=NO,
        widget=GovRadioInput(),
        render_kw=legend("What does it begin from?"),
    )
    monthly_hours = NumberField(
        "Hours of auditors in a month (optional)",
        description="All auditors together. Each month can be changed afterwards. Where you leave "
        "it empty the last plan’s hours are taken, or 240.",
    )

    def offer(self, years: Sequence[Span]) -> None:
        """Offer some years."""
        self.starts_on.choices = choices(
            (year.starts_on.isoformat(), f"{year_label(year)}, {year}") for year in years
        )

    def begun(self) -> PlanBegun:
        """Return what was entered."""
        return PlanBegun(
            starts_on=date.fromisoformat(self.starts_on.data),
            from_last=self.from_last.data == YES,
            monthly_hours=self.monthly_hours.data,
        )


class NextEditionForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A change of a plan that is in force."""

    why = TextAreaField(
        "Why is the plan changed?",
        description="The chief officer reads it, and it stays with the edition.",
        widget=GovTextArea(),
        render_kw=LINES,
        validators=[
            InputRequired("Say why the plan is changed."),
            Length(max=LONGEST_WHY, message=f"Use {LONGEST_WHY:,} characters or fewer."),
        ],
        filters=[without_nul],
    )


class AuditorsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who examines the records of many audits."""

    auditors = SelectMultipleField(
        "Who examines the records?",
        coerce=int,
        widget=GovCheckboxesInput(),
        render_kw=legend("Who examines the records?", "govuk-checkboxes--small app-columns"),
    )
    which = RadioField(
        "Of which audits?",
        choices=choices(
            [
                (YES, "Those that nobody is named for"),
                (NO, "All of them, in place of whoever is named now"),
            ]
        ),
        default=YES,
        widget=GovRadioInput(),
        render_kw=legend("Of which audits?"),
    )

    def offer(self, people: Sequence[Choice]) -> None:
        """Offer whoever may examine audits."""
        self.auditors.choices = choices((one.id, one.label) for one in people)


class ReasonForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Why an audit is stopped, or goes on."""

    reason = TextAreaField(
        "Why?",
        widget=GovTextArea(),
        render_kw=LINES,
        validators=[
            InputRequired("Say why."),
            Length(max=LONGEST_REASON, message=f"Use {LONGEST_REASON:,} characters or fewer."),
        ],
        filters=[without_nul],
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Nothing is asked; what is done was read before the button is pressed."""


def hours_form(starts_on: date) -> type[FlaskForm]:
    """Return the form of the auditors' hours in each month of a plan's year."""
    fields = {
        f"hours_{month:%Y_%m}": NumberField(
            f"{month:%B %Y}", missing=f"Enter the hours there are in {month:%B %Y}."
        )
        for month in months_of(year_of(starts_on))
    }
    return type("HoursForm", (FlaskForm,), fields)


def hours_of(form: FlaskForm, starts_on: date) -> Mapping[date, float]:
    """Return the hours that were entered, by month."""
    return {
        month: form[f"hours_{month:%Y_%m}"].data
        for month in months_of(year_of(starts_on))
        if form[f"hours_{month:%Y_%m}"].data is not None
    }
