"""Crimes and their victims."""

from typing import Any

from marshmallow import fields, post_load, validate

from fcr_app.api.schemas.base import Answer, Given, Moment, Text, YesNo, an_id, text_of
from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.facts import CrimeStatus, Part
from fcr_app.domain.removal import RemovalCode
from fcr_app.services.crimes import LONGEST_NAME, LONGEST_NUMBER, NewCrime, NewVictim

LONGEST_SUMMARY = 20_000
LONGEST_PLACE = 300
LONGEST_ADDRESS = 1000
MOST_VICTIMS = 50


class VictimGiven(Given):
    """A victim to be added."""

    kind = fields.Enum(VictimKind, by_value=True, load_default=VictimKind.PERSON)
    name = text_of(LONGEST_NAME, 1, required=True)
    is_child = YesNo(load_default=False)
    speaks_for = text_of(
        LONGEST_NAME,
        load_default="",
        metadata={"description": "Parent or guardian of a child; contact of a business."},
    )
    address = text_of(LONGEST_ADDRESS, load_default="")
    enhanced_ground = fields.Enum(EnhancedGround, by_value=True, allow_none=True, load_default=None)

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> NewVictim:
        """Return the victim as services take it."""
        return NewVictim(**data)


class CrimeGiven(Given):
    """A recorded crime to be entered."""

    crime_number = text_of(LONGEST_NUMBER, 1, required=True)
    incident_reference = text_of(LONGEST_NUMBER, load_default="")
    reported_at = Moment(required=True)
    recorded_at = Moment(required=True)
    offence_id = an_id(required=True)
    unit_id = an_id(allow_none=True, load_default=None)
    oic_id = an_id(required=True, metadata={"description": "The officer in the case."})
    supervisor_id = an_id(allow_none=True, load_default=None)
    victims = fields.List(
        fields.Nested(VictimGiven), load_default=[], validate=validate.Length(max=MOST_VICTIMS)
    )
    flags = fields.List(
        fields.Enum(Flag, by_value=True), load_default=[], validate=validate.Length(max=len(Flag))
    )
    location = text_of(LONGEST_PLACE, load_default="")
    summary = text_of(LONGEST_SUMMARY, load_default="")

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> NewCrime:
        """Return the crime as services take it."""
        supervisor = data.pop("supervisor_id")
        data["flags"] = frozenset(data["flags"])
        return NewCrime(**data, others=((Part.SUPERVISOR, supervisor),) if supervisor else ())


class ColleagueGiven(Given):
    """Somebody who takes part in an investigation."""

    person_id = an_id(required=True)
    part = fields.Enum(Part, by_value=True, required=True)


class ClassGiven(Given):
    """The first class of a crime that came in without one."""

    offence_id = an_id(required=True)


class EnteredAnswer(Answer):
    """A crime that was entered."""

    id = fields.Integer()
    may_open = fields.Boolean(
        metadata={"description": "False where the person takes no part in it."}
    )


class VictimAnswer(Answer):
    """A victim, with their rights."""

    id = fields.Integer()
    kind = fields.Enum(VictimKind, by_value=True)
    name = Text()
    is_child = fields.Boolean()
    speaks_for = Text()
    address = Text()
    enhanced_ground = fields.Enum(EnhancedGround, by_value=True, allow_none=True)


class VictimsAnswer(Answer):
    """The victims of a crime."""

    items = fields.List(fields.Nested(VictimAnswer), attribute="victims")


class ColleagueAnswer(Answer):
    """A member of staff in the investigation."""

    id = fields.Integer()
    name = Text()
    staff_number = Text()
    part = fields.Enum(Part, by_value=True)
    since_on = fields.Date(allow_none=True)


class RequestAnswer(Answer):
    """A case about the crime."""

    reference = Text()
    workflow = Text()
    title = Text()
    state = Text(metadata={"description": "Where it stands, in words."})
    opened_at = Moment()
    opened_by = Text()
    open = fields.Boolean()


class StartAnswer(Answer):
    """A kind of case that can be opened."""

    key = Text()
    label = Text()


class ClassChangeAnswer(Answer):
    """A change of a crime's class (CLS-02)."""

    before = Text()
    after = Text()
    at = Moment()
    who = Text()
    reason = Text()
    reference = Text(metadata={"description": "The case that decided it; empty for an import."})


class CrimeAnswer(Answer):
    """A crime, its people and victims, and the cases about it."""

    id = fields.Integer()
    version = fields.Integer()
    number = Text()
    incident_reference = Text()
    status = fields.Enum(CrimeStatus, by_value=True)
    removal_code = fields.Enum(RemovalCode, by_value=True, allow_none=True)
    removed_at = Moment(allow_none=True)
    reported_at = Moment(allow_none=True)
    recorded_at = Moment(allow_none=True)
    recorded_month = fields.Date(allow_none=True)
    recorded_after = fields.TimeDelta(
        allow_none=True, metadata={"description": "Seconds from report to record."}
    )
    late_by = fields.TimeDelta(
        allow_none=True, metadata={"description": "Seconds past the limit then in force."}
    )
    time_note = Text()
    offence = Text()
    first_offence = Text(metadata={"description": "As first recorded, where that differs."})
    classes = fields.List(
        fields.Nested(ClassChangeAnswer),
        metadata={"description": "Every change of its class, the latest first."},
    )
    conduct = fields.Boolean(
        metadata={"description": "A crime of conduct: its class is reviewed as it grows (CLS-05)."}
    )
    offence_text = Text()
    unit = Text()
    location = Text()
    summary = Text()
    source = Text()
    created_at = Moment()
    flags = fields.List(fields.Enum(Flag, by_value=True))
    people = fields.List(fields.Nested(ColleagueAnswer))
    victims = fields.List(fields.Nested(VictimAnswer))
    requests = fields.List(fields.Nested(RequestAnswer))
    may_classify = fields.Boolean()
    may_start = fields.List(
        fields.Nested(StartAnswer),
        metadata={"description": "The kinds of case the person may open about it."},
    )
