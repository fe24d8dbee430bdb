"""What an administrator keeps besides people: units, the force's settings, bank holidays."""

from datetime import date
from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.base import DoneAnswer
from fcr_app.api.schemas.settings import (
    DayGiven,
    ForceAnswer,
    ForceGiven,
    HolidayGiven,
    HolidaysAnswer,
    HolidaysAsked,
    UnitGiven,
    UnitMadeAnswer,
    UnitTreeAnswer,
    force_version,
    unit_version,
)
from fcr_app.api.versions import require_same, version_read
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.services import units
from fcr_app.services.bank_holiday_list import add_holiday, holidays_of, remove_holiday
from fcr_app.services.force import ForceSettings, change_force, force_settings
from fcr_app.services.transaction import transaction

area = Area("Settings", "Units, the force’s settings, bank holidays.")

REFERENCE = Permission.MANAGE_REFERENCE
DONE = {"done": True}


@area.reads("/units/tree", needs=REFERENCE, gives=UnitTreeAnswer)
def unit_tree() -> Response:
    """Read the units in use as a tree, with how many people work in each."""
    with transaction() as session:
        found = units.unit_tree(session)
    return reply(UnitTreeAnswer, {"items": found})


@area.manages("/units", needs=REFERENCE, takes=UnitGiven, gives=UnitMadeAnswer, status=CREATED)
def add_unit(given: dict[str, Any]) -> Response:
    """Add a unit to the tree."""
    with transaction() as session:
        unit_id = units.add_unit(
            session, current_actor(), given["name"], given["parent_id"], now=clock.now()
        )
    return reply(UnitMadeAnswer, {"id": unit_id}, status=CREATED, place=f"{ROOT}/units/tree")


@area.manages(
    "/units/<id:unit_id>",
    method="PUT",
    needs=REFERENCE,
    takes=UnitGiven,
    gives=DoneAnswer,
    overwrites=True,
)
def change_unit(given: dict[str, Any], unit_id: int) -> Response:
    """Rename a unit, or move it with all its parts. If-Match is its version in the tree."""
    version = version_read()
    with transaction() as session:
        require_same(version, unit_version(units.get_unit(session, unit_id, to_change=True)))
        units.change_unit(
            session, current_actor(), unit_id, given["name"], given["parent_id"], now=clock.now()
        )
    return reply(DoneAnswer, DONE)


@area.reads("/force", needs=REFERENCE, gives=ForceAnswer, versioned=True, may_lack=True)
def force() -> Response:
    """Read the settings of the force."""
    return _force()


@area.manages(
    "/force",
    method="PUT",
    needs=REFERENCE,
    takes=ForceGiven,
    gives=ForceAnswer,
    versioned=True,
    overwrites=True,
)
def change_settings(settings: ForceSettings) -> Response:
    """Change the settings of the force; they count for decisions taken from now on."""
    version = version_read()
    with transaction() as session:
        require_same(version, force_version(force_settings(session, to_change=True)))
        change_force(session, current_actor(), settings, now=clock.now())
    return _force()


@area.reads("/bank-holidays", needs=REFERENCE, asks=HolidaysAsked, gives=HolidaysAnswer)
def bank_holidays(asked: dict[str, Any]) -> Response:
    """Read the bank holidays of a year."""
    return _holidays(asked["year"] or to_london(clock.now()).year)


@area.manages(
    "/bank-holidays", needs=REFERENCE, takes=HolidayGiven, gives=HolidaysAnswer, status=CREATED
)
def add_bank_holiday(given: dict[str, Any]) -> Response:
    """Add a day that working-day deadlines skip from now on."""
    with transaction() as session:
        add_holiday(session, current_actor(), given["day"], given["name"], now=clock.now())
    return _holidays(given["day"].year, CREATED)


@area.manages("/bank-holidays/removal", needs=REFERENCE, takes=DayGiven, gives=DoneAnswer)
def remove_bank_holiday(given: dict[str, date]) -> Response:
    """Make a bank holiday a working day again."""
    with transaction() as session:
        remove_holiday(session, current_actor(), given["day"], now=clock.now())
    return reply(DoneAnswer, DONE)


def _force() -> Response:
    with transaction() as session:
        settings = force_settings(session)
    return reply(ForceAnswer, settings, version=force_version(settings))


def _holidays(year: int, status: int = 200) -> Response:
    with transaction() as session:
        found = {"year": year, "items": holidays_of(session, year)}
        place = f"{ROOT}/bank-holidays" if status == CREATED else ""
        return reply(HolidaysAnswer, found, status=status, place=place)
