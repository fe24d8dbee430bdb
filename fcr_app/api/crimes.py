"""Crimes: finding, reading and entering them, and what is added later."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.crimes import (
    ClassGiven,
    ColleagueGiven,
    CrimeAnswer,
    CrimeGiven,
    EnteredAnswer,
    VictimGiven,
    VictimsAnswer,
)
from fcr_app.api.schemas.lists import CrimesFoundAnswer, NumberAsked
from fcr_app.api.versions import version_read
from fcr_app.domain.permissions import Permission
from fcr_app.services import crime_additions, crimes as service
from fcr_app.services.crime_page import crime_page
from fcr_app.services.crimes import NewCrime, NewVictim
from fcr_app.services.incident_crimes import enter_by_hand
from fcr_app.services.search import log_search, search
from fcr_app.services.search_statement import Kind
from fcr_app.services.transaction import transaction

area = Area("Crimes", "Recorded crimes, with their people and victims.")

WORK, ENTER = Permission.WORK_ON_CASES, Permission.ENTER_CRIMES


@area.reads("/crimes", needs=WORK, asks=NumberAsked, gives=CrimesFoundAnswer)
def find(asked: dict[str, str]) -> Response:
    """Find crimes by how their number, or their incident’s, begins."""
    with transaction() as session:
        found = search(session, current_actor(), asked["number"], names=False)
        log_search(session, current_actor(), found, now=clock.now())
    said = {"items": found.crimes, "more": Kind.CRIME in found.more}
    return reply(CrimesFoundAnswer, said)


@area.writes("/crimes", needs=ENTER, takes=CrimeGiven, gives=EnteredAnswer, status=CREATED)
def enter(new: NewCrime) -> Response:
    """Enter a recorded crime."""
    with transaction() as session:
        crime_id = enter_by_hand(session, current_actor(), new, now=clock.now())
        may_open = service.may_see(session, current_actor(), crime_id)
    return reply(
        EnteredAnswer,
        {"id": crime_id, "may_open": may_open},
        status=CREATED,
        place=f"{ROOT}/crimes/{crime_id}",
    )


@area.reads("/crimes/<id:crime_id>", needs=WORK, gives=CrimeAnswer, versioned=True)
def show(crime_id: int) -> Response:
    """Read a crime, its people and victims, and the cases about it."""
    return _crime(crime_id, CrimeAnswer)


@area.reads("/crimes/<id:crime_id>/victims", needs=WORK, gives=VictimsAnswer)
def victims(crime_id: int) -> Response:
    """Read the victims of a crime."""
    return _crime(crime_id, VictimsAnswer)


@area.writes(
    "/crimes/<id:crime_id>/victims",
    needs=ENTER,
    takes=VictimGiven,
    gives=VictimsAnswer,
    status=CREATED,
)
def add_victim(victim: NewVictim, crime_id: int) -> Response:
    """Add a victim to a crime."""
    with transaction() as session:
        crime_additions.add_victim(session, current_actor(), crime_id, victim, now=clock.now())
    return _crime(crime_id, VictimsAnswer, CREATED, f"{ROOT}/crimes/{crime_id}/victims")


@area.writes(
    "/crimes/<id:crime_id>/people",
    needs=ENTER,
    takes=ColleagueGiven,
    gives=CrimeAnswer,
    status=CREATED,
)
def add_person(given: dict[str, Any], crime_id: int) -> Response:
    """Note that a colleague takes part in the investigation. A part is never taken back."""
    with transaction() as session:
        crime_additions.add_person(
            session, current_actor(), crime_id, given["person_id"], given["part"], now=clock.now()
        )
    return _crime(crime_id, CrimeAnswer, CREATED, f"{ROOT}/crimes/{crime_id}")


@area.writes(
    "/crimes/<id:crime_id>/class",
    method="PUT",
    needs=ENTER,
    takes=ClassGiven,
    gives=CrimeAnswer,
    versioned=True,
    overwrites=True,
)
def classify(given: dict[str, int], crime_id: int) -> Response:
    """Give a crime that came in without a class its first one (CLS-02: a DDM or the FCR)."""
    version = version_read()
    with transaction() as session:
        crime_additions.classify(
            session,
            current_actor(),
            crime_id,
            given["offence_id"],
            version=version,
            now=clock.now(),
        )
    return _crime(crime_id, CrimeAnswer)


def _crime(crime_id: int, schema: Any, status: int = 200, place: str = "") -> Response:
    with transaction() as session:
        crime = crime_page(session, current_actor(), crime_id, now=clock.now())
    version = crime.version if schema is CrimeAnswer else None
    return reply(schema, crime, status=status, version=version, place=place)
