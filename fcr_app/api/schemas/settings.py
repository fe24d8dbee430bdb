"""Units, the force's settings, bank holidays."""

from typing import Any

from marshmallow import fields, post_load, validate

from fcr_app.api.schemas.base import Answer, Given, Text, YesNo, an_id, text_of
from fcr_app.api.versions import mark
from fcr_app.services import bank_holiday_list, force, units
from fcr_app.services.force import ForceSettings


class UnitGiven(Given):
    """A unit's name and where it belongs."""

    name = text_of(units.LONGEST_NAME, 1, required=True)
    parent_id = an_id(
        allow_none=True,
        load_default=None,
        metadata={"description": "The unit it is part of; nothing for the force itself."},
    )


def unit_version(unit: Any) -> int:
    """Return what stands for what a unit says: as it is shown, or as it is kept."""
    return mark(unit.name, unit.parent_id)


class UnitRowAnswer(Answer):
    """A unit in its place in the tree."""

    id = fields.Integer()
    name = Text()
    parent_id = fields.Integer(allow_none=True)
    depth = fields.Integer(metadata={"description": "0 for a unit that is part of no other."})
    people_count = fields.Integer(
        metadata={"description": "Of people who work in this very unit today."}
    )
    version = fields.Function(
        unit_version, metadata={"type": "integer", "description": "For If-Match."}
    )


class UnitTreeAnswer(Answer):
    """The units, each followed by its parts."""

    items = fields.List(fields.Nested(UnitRowAnswer))


class UnitMadeAnswer(Answer):
    """A unit that was added."""

    id = fields.Integer()


class ForceGiven(Given):
    """Everything that can be set about the force."""

    name = text_of(force.LONGEST_NAME, 1, required=True)
    line_manager_may_decide = YesNo(
        required=True, metadata={"description": "CANC-08: a line manager may decide."}
    )
    registrar_decides_reserved_codes = YesNo(
        required=True,
        metadata={"description": "CANC-10: C1, C3 and C4 on rape and homicide go to the FCR."},
    )
    victim_contact = text_of(
        force.LONGEST_LINES,
        required=True,
        metadata={"description": "How a victim reaches the force, for letters, line by line."},
    )
    victim_support = text_of(
        force.LONGEST_LINES,
        required=True,
        metadata={"description": "Where a victim finds support, for letters, line by line."},
    )

    @post_load
    def made(self, data: dict[str, Any], **_kwargs: Any) -> ForceSettings:
        """Return the settings as services take them."""
        return ForceSettings(**data)


def force_version(settings: ForceSettings) -> int:
    """Return what stands for what the settings say."""
    return mark(*(value for _, value in sorted(vars(settings).items())))


class ForceAnswer(Answer):
    """The settings of the force."""

    name = Text()
    line_manager_may_decide = fields.Boolean()
    registrar_decides_reserved_codes = fields.Boolean()
    victim_contact = Text()
    victim_support = Text()


class HolidaysAsked(Given):
    """The bank holidays of which year; of this one where none is said."""

    year = fields.Integer(
        load_default=None,
        validate=validate.Range(
            min=bank_holiday_list.EARLIEST.year, max=bank_holiday_list.LATEST.year - 1
        ),
    )


class HolidayGiven(Given):
    """A day and what it is called."""

    day = fields.Date(required=True)
    name = text_of(bank_holiday_list.LONGEST_NAME, 1, required=True)


class DayGiven(Given):
    """A day."""

    day = fields.Date(required=True)


class HolidayAnswer(Answer):
    """A bank holiday."""

    day = fields.Date(attribute="on_date")
    name = Text()


class HolidaysAnswer(Answer):
    """The bank holidays of a year, in order."""

    year = fields.Integer()
    items = fields.List(fields.Nested(HolidayAnswer))
