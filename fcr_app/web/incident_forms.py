"""The forms of the pages about reports of crime."""

from functools import partial
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incident_rules import BY_HAND
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.roles import Actor
from fcr_app.services.crime_choices import find_crimes, find_people
from fcr_app.services.incidents import LONGEST_ACCOUNT, NewIncident
from fcr_app.web.crime_forms import COLLEAGUE, LABEL, LINES, SHORT, WIDE, legend, text
from fcr_app.web.fields import choices
from fcr_app.web.moment_field import MomentField
from fcr_app.web.pick_field import PickField

TOO_LONG = Length(max=LONGEST_ACCOUNT, message="Write 20,000 characters or fewer.")
KNOWN = choices((known.value, known.label) for known in Known)
OPENED = choices([("", "Select one"), *((code.value, code.label) for code in OpeningCode)])
MANY_LINES = {"params": {"rows": 6, **LABEL}}


def known_field(said: str) -> RadioField:
    """Return a question about the victim that is answered yes, no, or not known yet."""
    return RadioField(
        said,
        choices=KNOWN,
        default=Known.UNKNOWN.value,
        widget=GovRadioInput(),
        render_kw=legend(said, "govuk-radios--small govuk-radios--inline"),
        validators=[InputRequired("Select yes, no, or not known yet.")],
    )


def words_field(said: str, hint: str, **options: Any) -> TextAreaField:
    """Return a box for some lines of text."""
    return TextAreaField(
        said,
        description=hint,
        widget=GovTextArea(),
        render_kw=options.pop("render_kw", LINES),
        validators=[*options.pop("validators", ()), TOO_LONG],
        filters=[text],
    )


class NewIncidentForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A report of a crime. Times first: the clock runs while one types."""

    first_reported_at = MomentField(
        "When was it first reported, to anybody in the force?",
        description="London time, such as 24 11 2026 and 14:05. The clock runs from here.",
        missing="Enter when it was first reported.",
    )
    time_note = StringField(
        "Is anything about the time uncertain?",
        description="Leave empty if not.",
        widget=GovTextInput(),
        render_kw=WIDE,
        validators=[Length(max=200, message="The note must be 200 characters or fewer.")],
        filters=[text],
    )
    reference = StringField(
        "Reference",
        description="Of the command and control log. Leave empty to have one made.",
        widget=GovTextInput(),
        render_kw=SHORT,
        filters=[text],
    )
    received_by = PickField("Who received it?", thing="person", description=COLLEAGUE)
    route = RadioField(
        "How did it come in?",
        choices=choices((route.value, route.label) for route in Route),
        validators=[InputRequired("Select how it came in.")],
    )
    sarc_case = SelectField(
        "What did the centre pass on?",
        choices=choices([("", "Select one"), *((case.value, case.label) for case in SarcCase)]),
        default="",
        widget=GovSelect(),
        render_kw={"params": {"classes": "govuk-!-width-full", **LABEL}},
    )
    other_force = StringField("Which force?", widget=GovTextInput(), render_kw=WIDE, filters=[text])
    other_force_reference = StringField(
        "Its reference",
        description="Leave empty if they gave none.",
        widget=GovTextInput(),
        render_kw=SHORT,
        validators=[Length(max=60, message="The reference must be 60 characters or fewer.")],
        filters=[text],
    )
    found_in = PickField(
        "Which crime was being investigated?",
        thing="crime",
        description="Its crime number.",
    )
    reporter_type = RadioField(
        "Who reports it?",
        choices=choices((kind.value, kind.label) for kind in ReporterType),
        widget=GovRadioInput(),
        render_kw=legend("Who reports it?", "govuk-radios--small"),
        validators=[InputRequired("Select who reports it.")],
    )
    reporter = StringField(
        "Name of whoever reports it",
        description="They are told what is decided, if it is decided that no crime is recorded.",
        widget=GovTextInput(),
        render_kw=WIDE,
        filters=[text],
    )
    victim_name = StringField(
        "Name of the victim",
        description="Leave empty if it is not known.",
        widget=GovTextInput(),
        render_kw=WIDE,
        filters=[text],
    )
    victim_traced = known_field("Is the victim traced?")
    victim_confirmed = known_field("Does the victim, or whoever speaks for them, confirm it?")
    victim_willing = known_field("Does the victim support an investigation?")
    vulnerabilities = SelectMultipleField(
        "What makes the victim vulnerable?",
        description="Select all that apply. None of it is a ground for doubt.",
        choices=choices((flag.value, flag.label) for flag in Vulnerability),
        widget=GovCheckboxesInput(),
        render_kw=legend(
            "What makes the victim vulnerable?", "govuk-checkboxes--small app-columns"
        ),
    )
    account = words_field(
        "What was reported?",
        "In brief, in the words that were used: what happened, where and when, and who did it.",
        render_kw=MANY_LINES,
        validators=[InputRequired("Write what was reported.")],
    )
    location = StringField(
        "Where did it happen?",
        widget=GovTextInput(),
        render_kw=WIDE,
        validators=[Length(max=300, message="The place must be 300 characters or fewer.")],
        filters=[text],
    )
    opening_code = SelectField(
        "What is it opened as?",
        choices=OPENED,
        default="",
        widget=GovSelect(),
        render_kw={"params": LABEL},
        validators=[InputRequired("Select what it is opened as.")],
    )
    warning_reason = words_field(
        "Why is there no crime, despite what was reported?",
        "In at least 20 characters. It is kept with the report.",
    )
    officer = PickField(
        "Who deals with it?",
        thing="person",
        description=f"{COLLEAGUE} They see its clock. Leave empty if nobody does yet.",
    )
    unit = SelectField("Unit", widget=GovSelect(), coerce=int, render_kw=WIDE)

    def look_up(self, session: Session, actor: Actor) -> None:
        """Find what the words typed mean."""
        self.received_by.look_up(partial(find_people, session))
        self.officer.look_up(partial(find_people, session))
        if self.route.data == Route.FURTHER_OFFENCE:
            self.found_in.look_up(partial(find_crimes, session, actor))

    def incident(self) -> NewIncident:
        """Return what was typed; the form has been validated."""
        said = {
            name: self[name].data or ""
            for name in (
                "reference", "time_note", "other_force", "other_force_reference", "reporter",
                "victim_name", "account", "location", "warning_reason",
            )
        }  # fmt: skip
        return NewIncident(
            **said,
            first_reported_at=self.first_reported_at.data,
            received_by_id=self.received_by.data,
            officer_id=self.officer.data,
            unit_id=self.unit.data or None,
            route=Route(self.route.data),
            sarc_case=SarcCase(self.sarc_case.data) if self.sarc_case.data else None,
            found_in_crime_id=self.found_in.data,
            reporter_type=ReporterType(self.reporter_type.data),
            victim_traced=Known(self.victim_traced.data),
            victim_confirmed=Known(self.victim_confirmed.data),
            victim_willing=Known(self.victim_willing.data),
            opening_code=OpeningCode(self.opening_code.data),
            vulnerabilities=frozenset(
                Vulnerability(value) for value in self.vulnerabilities.data or ()
            ),
        )


class VictimNewsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What is known of a report’s victim now."""

    victim_traced = known_field("Is the victim traced?")
    victim_confirmed = known_field("Does the victim, or whoever speaks for them, confirm it?")
    victim_willing = known_field("Does the victim support an investigation?")
    name = StringField("Name of the victim", widget=GovTextInput(), render_kw=WIDE, filters=[text])
    learned = words_field(
        "What happened?",
        "Who was spoken to, what was tried, what was said. It stands in the report’s history.",
    )


class RapeDisclosedForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What was disclosed that may be rape."""

    disclosed = words_field(
        "What was disclosed?",
        "What was said, by whom and to whom, in at least 20 characters. It stands in the report’s "
        "history.",
        validators=[InputRequired("Say what was disclosed.")],
    )


class HandOverForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who deals with a report from now on."""

    officer = PickField("Who deals with it?", thing="person", description=COLLEAGUE)
    unit = SelectField("Unit", widget=GovSelect(), coerce=int, render_kw=WIDE)


class LinkForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A crime that is recorded already."""

    number = StringField(
        "Crime number",
        widget=GovTextInput(),
        render_kw=SHORT,
        validators=[InputRequired("Enter the crime number.")],
        filters=[text],
    )
    late_reason = words_field(
        "Why was it recorded late?",
        "Only if it was recorded after this report’s limit. The FCR looks at every late record.",
    )


class CloseForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """How a report is closed without a crime."""

    code = RadioField(
        "How is it closed?",
        choices=choices((code.value, code.label) for code in BY_HAND),
        widget=GovRadioInput(),
        render_kw=legend("How is it closed?", "govuk-radios--small"),
        validators=[InputRequired("Select how it is closed.")],
    )
    original = StringField(
        "Reference of the report that this one repeats",
        description="Only for the same report again.",
        widget=GovTextInput(),
        render_kw=SHORT,
        filters=[text],
    )
    why = words_field("Why?", "In at least 20 characters. It stands in the report’s history.")
    warning_reason = words_field(
        "Why is it right to close it despite the warning?",
        "Only where a rule warns of it.",
    )
