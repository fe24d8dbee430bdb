"""The forms of the pages about people."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect, GovTextInput
from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.services.authority_records import Term
from fcr_app.services.person_details import Details
from fcr_app.web.fields import DayField, choices

WIDE = {"params": {"classes": "govuk-!-width-two-thirds"}}
SHORT = {"params": {"classes": "govuk-input--width-10", "spellcheck": False}}

#: Every role a person can be given, with what it is for.
ROLES = [(role.value, role.label) for role in Role if role is not Role.SYSTEM]
KINDS = [(kind.value, kind.label) for kind in AccreditationKind]


class DetailsForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who a person is and where they work. The service says what can't be used."""

    name = StringField("Full name", widget=GovTextInput(), render_kw=WIDE)
    staff_number = StringField("Staff number", widget=GovTextInput(), render_kw=SHORT)
    email = EmailField(
        "E-mail address",
        description="They sign in with it.",
        widget=GovTextInput(),
        render_kw={"params": {"type": "email", "spellcheck": False, **WIDE["params"]}},
    )
    unit_id = SelectField("Unit", widget=GovSelect(), coerce=int, render_kw=WIDE)
    supervisor = StringField(
        "Supervisor’s staff number",
        description="Leave empty for nobody.",
        widget=GovTextInput(),
        render_kw=SHORT,
    )

    def offer_units(self, units: list[tuple[int, str]]) -> None:
        """Fill the list of units."""
        self.unit_id.choices = choices([(0, "No unit"), *units])

    def details(self) -> Details:
        """Return what was typed."""
        return Details(
            name=self.name.data or "",
            staff_number=self.staff_number.data or "",
            email=self.email.data or "",
            unit_id=self.unit_id.data or None,
            supervisor=self.supervisor.data or "",
        )


class TermForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """From when until when something counts."""

    starts_on = DayField(
        "First day", description="For example, 24 11 2026.", missing="Enter the first day."
    )
    ends_on = DayField(
        "Last day", description="Leave empty for no end. It counts until the end of this day."
    )

    def term(self) -> Term:
        """Return the days that were entered; the form has been validated."""
        starts_on: date = self.starts_on.data
        return Term(starts_on=starts_on, ends_on=self.ends_on.data)


class RoleForm(TermForm):
    """A role and its days."""

    role = RadioField(
        "Role",
        choices=choices(ROLES),
        widget=GovRadioInput(),
        validators=[InputRequired("Select a role.")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _first(self, "role")


def _evidence() -> StringField:
    return StringField(
        "Evidence",
        description="Such as the register entry or certificate number.",
        widget=GovTextInput(),
        render_kw=WIDE,
    )


class HeldForm(TermForm):
    """The days and the evidence of an accreditation."""

    evidence = _evidence()


class AccreditationForm(TermForm):
    """An accreditation, its days and its evidence."""

    kind = RadioField(
        "Accreditation",
        choices=choices(KINDS),
        widget=GovRadioInput(),
        validators=[InputRequired("Select an accreditation.")],
    )
    evidence = _evidence()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _first(self, "kind")


class DeputyForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who covers, and when."""

    deputy = StringField(
        "Who covers",
        description="Their staff number, e-mail address or name.",
        widget=GovTextInput(),
        validators=[InputRequired("Enter who covers.")],
        render_kw=WIDE,
    )
    starts_on = DayField("First day", missing="Enter the first day.")
    ends_on = DayField("Last day", missing="Enter the last day.")


class ConfirmForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Asks nothing: pressing the button is the answer."""


def _first(form: FlaskForm, name: str) -> None:
    """Ask a question of a subclass before those it inherits."""
    fields = form._fields
    form._fields = {name: fields[name], **fields}
