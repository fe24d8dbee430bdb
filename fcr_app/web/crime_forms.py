"""The forms of the pages about crimes."""

from functools import partial

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.facts import Part
from fcr_app.services.crime_choices import find_offences, find_people
from fcr_app.services.crimes import NewCrime, NewVictim
from fcr_app.web.fields import choices
from fcr_app.web.moment_field import MomentField
from fcr_app.web.pick_field import PickField

LABEL = {"label": {"classes": "govuk-label--s"}}
SHORT = {"params": {"classes": "govuk-input--width-20", "autocomplete": "off", **LABEL}}
WIDE = {"params": {"classes": "govuk-!-width-two-thirds", "autocomplete": "off", **LABEL}}
LINES = {"params": {"rows": 4, "classes": "govuk-!-width-two-thirds", **LABEL}}
COLLEAGUE = "Staff number, e-mail address or name."
NO_VICTIM = "none"
#: An empty choice says "No ground"; a select can't have no choice.
GROUNDS = choices([("", "None"), *((ground.value, ground.label) for ground in EnhancedGround)])
LONGEST_SUMMARY = 20_000


def legend(said: str, classes: str = "") -> dict[str, object]:
    """Return how a group of choices is headed."""
    shown = {"legend": {"text": said, "classes": "govuk-fieldset__legend--s"}}
    return {"params": {"fieldset": shown, "classes": classes}}


def text(said: str | None) -> str | None:
    """Take out the one character that PostgreSQL can't keep."""
    return said.replace("\0", "") if said else said


class VictimForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A victim: a person or a business."""

    kind = RadioField(
        "Who is the victim?",
        choices=choices((kind.value, kind.label) for kind in VictimKind),
        default=VictimKind.PERSON.value,
        widget=GovRadioInput(),
        render_kw=legend("Who is the victim?"),
        validators=[InputRequired("Select who the victim is.")],
    )
    name = StringField("Name", widget=GovTextInput(), render_kw=WIDE, filters=[text])
    is_child = BooleanField("The victim is under 18", widget=GovCheckboxInput())
    speaks_for = StringField(
        "Parent or guardian, or contact at the business",
        description="Needed for a child and for a business.",
        widget=GovTextInput(),
        render_kw=WIDE,
        filters=[text],
    )
    address = TextAreaField(
        "Address for letters",
        widget=GovTextArea(),
        render_kw=LINES,
        validators=[Length(max=1000, message="The address must be 1,000 characters or fewer.")],
        filters=[text],
    )
    enhanced_ground = SelectField(
        "Ground for enhanced rights under the Victims’ Code",
        description="Somebody under 18 has them anyway.",
        choices=GROUNDS,
        default="",
        widget=GovSelect(),
        render_kw={"params": LABEL},
    )

    def victim(self) -> NewVictim:
        """Return what was typed."""
        ground = self.enhanced_ground.data
        return NewVictim(
            kind=VictimKind(self.kind.data),
            name=self.name.data or "",
            is_child=bool(self.is_child.data),
            speaks_for=self.speaks_for.data or "",
            address=self.address.data or "",
            enhanced_ground=EnhancedGround(ground) if ground else None,
        )


class PersonForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Somebody who takes part in an investigation."""

    person = PickField(
        "Who",
        thing="person",
        description=COLLEAGUE,
        missing="Enter who takes part.",
    )
    part = RadioField(
        "Their part",
        choices=choices((part.value, part.label) for part in Part),
        widget=GovRadioInput(),
        render_kw=legend("Their part"),
        validators=[InputRequired("Select their part.")],
    )


class OffenceForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """The class that a crime was recorded as, where the extract gave none."""

    offence = PickField(
        "Offence it was recorded as",
        thing="offence",
        description="Class and code, such as 34B 034/01, or words of its title.",
        missing="Enter the offence.",
    )


class NewCrimeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A recorded crime."""

    crime_number = StringField(
        "Crime number",
        widget=GovTextInput(),
        render_kw=SHORT,
        validators=[InputRequired("Enter the crime number.")],
        filters=[text],
    )
    incident_reference = StringField(
        "Incident reference",
        description="Leave empty if there is none.",
        widget=GovTextInput(),
        render_kw=SHORT,
        filters=[text],
    )
    reported_at = MomentField(
        "When was it first reported?",
        description="London time, such as 24 11 2026 and 14:05. The 24 hours run from here.",
        missing="Enter when it was reported.",
    )
    recorded_at = MomentField(
        "When was it recorded?",
        description="London time.",
        missing="Enter when it was recorded.",
    )
    offence = PickField(
        "Offence",
        thing="offence",
        description="Class and code, such as 34B 034/01, or words of its title.",
        missing="Enter the offence.",
    )
    location = StringField(
        "Where",
        widget=GovTextInput(),
        render_kw=WIDE,
        validators=[Length(max=300, message="The place must be 300 characters or fewer.")],
        filters=[text],
    )
    summary = TextAreaField(
        "What was reported",
        widget=GovTextArea(),
        render_kw=LINES,
        validators=[Length(max=LONGEST_SUMMARY, message="Write 20,000 characters or fewer.")],
        filters=[text],
    )
    flags = SelectMultipleField(
        "Flags",
        description="Select all that apply.",
        choices=choices((flag.value, flag.label) for flag in Flag),
        widget=GovCheckboxesInput(),
        render_kw=legend("Flags", "govuk-checkboxes--small app-columns"),
    )
    oic = PickField(
        "Officer in the case",
        thing="person",
        description=COLLEAGUE,
        missing="Enter the officer in the case.",
    )
    supervisor = PickField(
        "Supervisor of the investigation",
        thing="person",
        description=f"{COLLEAGUE} Leave empty if nobody supervises it yet.",
    )
    unit = SelectField("Unit", widget=GovSelect(), coerce=int, render_kw=WIDE)
    victim_kind = RadioField(
        "Who is the victim?",
        description="Add others when the crime is entered.",
        choices=choices(
            [
                *((kind.value, kind.label) for kind in VictimKind),
                (NO_VICTIM, "Nobody is named"),
            ]
        ),
        widget=GovRadioInput(),
        render_kw=legend("Who is the victim?"),
        validators=[InputRequired("Select who the victim is.")],
    )
    victim_name = StringField("Name", widget=GovTextInput(), render_kw=WIDE, filters=[text])
    victim_is_child = BooleanField("The victim is under 18", widget=GovCheckboxInput())
    victim_speaks_for = StringField(
        "Parent or guardian, or contact at the business",
        description="Needed for a child and for a business.",
        widget=GovTextInput(),
        render_kw=WIDE,
        filters=[text],
    )
    victim_address = TextAreaField(
        "Address for letters",
        widget=GovTextArea(),
        render_kw=LINES,
        validators=[
            Optional(),
            Length(max=1000, message="The address must be 1,000 characters or fewer."),
        ],
        filters=[text],
    )
    victim_ground = SelectField(
        "Ground for enhanced rights under the Victims’ Code",
        description="Somebody under 18 has them anyway.",
        choices=GROUNDS,
        default="",
        widget=GovSelect(),
        render_kw={"params": LABEL},
    )

    def look_up(self, session: Session) -> None:
        """Find what the words typed mean."""
        self.offence.look_up(partial(find_offences, session))
        self.oic.look_up(partial(find_people, session))
        self.supervisor.look_up(partial(find_people, session))

    def crime(self) -> NewCrime:
        """Return what was typed; the form has been validated."""
        supervisor = self.supervisor.data
        return NewCrime(
            crime_number=self.crime_number.data or "",
            incident_reference=self.incident_reference.data or "",
            reported_at=self.reported_at.data,
            recorded_at=self.recorded_at.data,
            offence_id=self.offence.data,
            unit_id=self.unit.data or None,
            oic_id=self.oic.data,
            others=((Part.SUPERVISOR, supervisor),) if supervisor else (),
            victims=() if self.victim_kind.data == NO_VICTIM else (self._victim(),),
            flags=frozenset(Flag(value) for value in self.flags.data or ()),
            location=self.location.data or "",
            summary=self.summary.data or "",
        )

    def _victim(self) -> NewVictim:
        ground = self.victim_ground.data
        return NewVictim(
            kind=VictimKind(self.victim_kind.data),
            name=self.victim_name.data or "",
            is_child=bool(self.victim_is_child.data),
            speaks_for=self.victim_speaks_for.data or "",
            address=self.victim_address.data or "",
            enhanced_ground=EnhancedGround(ground) if ground else None,
        )
