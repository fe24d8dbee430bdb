"""The form of one audit of the plan."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextInput,
)
from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from fcr_app.domain.audit_sampling.allocation import Allocation
from fcr_app.domain.audit_sampling.methods import Method
from fcr_app.domain.audits.frame_choices import Narrowed
from fcr_app.domain.audits.lines import LONGEST_TITLE, RECURRENCES, LineGiven
from fcr_app.domain.audits.recurrence import every_label
from fcr_app.domain.audits.risk import PART_LABELS, SCALE, Risk
from fcr_app.domain.audits.types import TYPES
from fcr_app.domain.audits.words import CountedAs, Frame, Strata
from fcr_app.services.crime_choices import Choice
from fcr_app.web.crime_forms import legend, text as without_nul
from fcr_app.web.fields import DayField, choices
from fcr_app.web.number_field import NumberField, WholeNumberField

WIDE: dict[str, Any] = {"params": {"classes": "govuk-!-width-full"}}
COLUMNS = "govuk-checkboxes--small app-columns"
HUNDRED = 100.0


def _narrowing(by: Narrowed) -> SelectMultipleField:
    return SelectMultipleField(
        by.label,
        choices=choices((one.value, by.in_words(one.value)) for one in by.choices),
        widget=GovCheckboxesInput(),
        render_kw=legend(f"Only these {by.label.lower()} (optional)", COLUMNS),
    )


def _risk(name: str) -> SelectField:
    return SelectField(
        PART_LABELS[name],
        choices=choices((value, f"{value}: {said}") for value, said in enumerate(SCALE[name])),
        coerce=int,
        widget=GovSelect(),
        render_kw=WIDE,
    )


class LineForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """One audit: what is audited, when, how many records, by whom, and why."""

    code = SelectField(
        "Type of audit",
        choices=choices((one.code, one.full_label) for one in TYPES.values()),
        widget=GovSelect(),
    )
    title = StringField(
        "What is audited",
        widget=GovTextInput(),
        render_kw=WIDE,
        validators=[
            InputRequired("Say what is audited."),
            Length(max=LONGEST_TITLE, message=f"Use {LONGEST_TITLE} characters or fewer."),
        ],
        filters=[without_nul],
    )
    frame = SelectField(
        "Records it draws from",
        choices=choices((one.value, one.label) for one in Frame),
        widget=GovSelect(),
        render_kw=WIDE,
    )
    counted_as = SelectField(
        "What is counted",
        choices=choices((one.value, one.label) for one in CountedAs),
        widget=GovSelect(),
    )
    opening_codes = _narrowing(Narrowed.OPENING_CODES)
    closing_codes = _narrowing(Narrowed.CLOSING_CODES)
    routes = _narrowing(Narrowed.ROUTES)
    groups = _narrowing(Narrowed.GROUPS)
    removal_codes = _narrowing(Narrowed.REMOVAL_CODES)
    first_due_on = DayField("First due on", missing="Enter the day on which it is first due.")
    every_months = SelectField(
        "How often",
        choices=choices((months, every_label(months)) for months in RECURRENCES),
        coerce=int,
        widget=GovSelect(),
    )
    covers_months = SelectField(
        "About how many whole months before",
        choices=choices((months, str(months)) for months in range(1, 13)),
        coerce=int,
        widget=GovSelect(),
    )
    method = RadioField(
        "How are records chosen?",
        choices=choices((one.value, one.label) for one in Method),
        widget=GovRadioInput(),
        render_kw=legend("How are records chosen?", "govuk-radios--small"),
        validators=[InputRequired("Select how records are chosen.")],
    )
    strata = SelectField(
        "Divided by",
        choices=choices((one.value, one.label) for one in Strata),
        widget=GovSelect(),
    )
    allocation = SelectField(
        "How a sample is shared among the parts",
        choices=choices((one.value, one.label) for one in Allocation),
        widget=GovSelect(),
        render_kw=WIDE,
    )
    precision = NumberField(
        "Precision wanted, in percentage points (optional)",
        description="For a random sample: 5 for plus or minus 5.",
    )
    fixed_size = WholeNumberField(
        "How many records (optional)",
        description="For a fixed number, from each part, or a dip sample.",
    )
    census_below = WholeNumberField("All records where there are fewer than (optional)")
    expected_rate = NumberField(
        "Rate expected, in per cent",
        missing="Enter the rate that is expected, such as 90.",
    )
    yield_rate = NumberField(
        "Crimes for each record",
        description="Crimes that should exist for each record examined: 0.8 where two records in "
        "ten hold none.",
        missing="Enter how many crimes there are for each record, such as 1.",
    )
    design_effect = NumberField(
        "Design effect",
        description="1 for a simple sample; more where records of a part are alike.",
        missing="Enter the design effect, such as 1.",
    )
    hours = NumberField(
        "Hours of auditors each time", missing="Enter the hours that it takes each time."
    )
    owner_id = SelectField("Who sees to it", coerce=int, widget=GovSelect(), render_kw=WIDE)
    auditors = SelectMultipleField(
        "Who examines the records",
        coerce=int,
        widget=GovCheckboxesInput(),
        render_kw=legend("Who examines the records", COLUMNS),
    )
    risk_rate = _risk("rate")
    risk_trend = _risk("trend")
    risk_change = _risk("change")
    risk_age = _risk("age")
    risk_victims = _risk("victims")
    risk_volume = _risk("volume")
    risk_concern = _risk("concern")

    def offer(self, people: list[Choice]) -> None:
        """Offer whoever may examine audits."""
        named = [(one.id, one.label) for one in people]
        self.owner_id.choices = choices([(0, "Nobody yet"), *named])
        self.auditors.choices = choices(named)

    def given(self) -> LineGiven:
        """Return what was entered."""
        return LineGiven(
            code=self.code.data,
            title=self.title.data or "",
            frame=Frame(self.frame.data),
            counted_as=CountedAs(self.counted_as.data),
            frame_filter={by.value: self[by.value].data or [] for by in Narrowed},
            first_due_on=self.first_due_on.data,
            every_months=self.every_months.data,
            covers_months=self.covers_months.data,
            method=Method(self.method.data),
            strata=Strata(self.strata.data),
            allocation=Allocation(self.allocation.data),
            fixed_size=self.fixed_size.data,
            census_below=self.census_below.data,
            precision=_share(self.precision.data),
            expected_rate=_share(self.expected_rate.data) or 0.0,
            yield_rate=self.yield_rate.data or 0.0,
            design_effect=self.design_effect.data or 0.0,
            hours=self.hours.data or 0.0,
            owner_id=self.owner_id.data or None,
            auditor_ids=tuple(self.auditors.data or ()),
            risk=Risk(**{name: self[f"risk_{name}"].data for name in SCALE}),
        )

    @property
    def risk_fields(self) -> list[Field]:
        """The parts of the risk."""
        return [self[f"risk_{name}"] for name in SCALE]


def shown(given: LineGiven) -> dict[str, Any]:
    """Return the values with which the form shows a line."""
    return {
        "code": given.code,
        "title": given.title,
        "frame": given.frame.value,
        "counted_as": given.counted_as.value,
        **{by.value: list(given.frame_filter.get(by.value, ())) for by in Narrowed},
        "first_due_on": given.first_due_on,
        "every_months": given.every_months,
        "covers_months": given.covers_months,
        "method": given.method.value,
        "strata": given.strata.value,
        "allocation": given.allocation.value,
        "fixed_size": given.fixed_size,
        "census_below": given.census_below,
        "precision": None if given.precision is None else round(given.precision * HUNDRED, 6),
        "expected_rate": round(given.expected_rate * HUNDRED, 6),
        "yield_rate": given.yield_rate,
        "design_effect": given.design_effect,
        "hours": given.hours,
        "owner_id": given.owner_id or 0,
        "auditors": list(given.auditor_ids),
        **{f"risk_{name}": getattr(given.risk, name) for name in SCALE},
    }


def _share(points: float | None) -> float | None:
    return None if points is None else points / HUNDRED
