"""The register of the FCR's rulings: finding and reading one, making one, applying one."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.schemas.rulings import (
    AppliedGiven,
    RulingAnswer,
    RulingGiven,
    RulingsAnswer,
    RulingsAsked,
)
from fcr_app.domain.permissions import Permission
from fcr_app.services.ruling_list import read_sought, register
from fcr_app.services.ruling_view import ruling_view
from fcr_app.services.rulings import (
    NewRuling,
    find_target,
    link_ruling,
    make_ruling,
    ruling_at,
)
from fcr_app.services.transaction import transaction

area = Area("Rulings", "The register of the FCR’s rulings: numbered, and kept as made.")

WORK, RULE = Permission.WORK_ON_CASES, Permission.MAKE_RULINGS


@area.reads("/rulings", needs=WORK, asks=RulingsAsked, gives=RulingsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read one page of the register: by words, class, rule, year or question."""
    sought = read_sought({**asked, "class": asked["offence_class"]})
    with transaction() as session:
        found = register(session, sought, after=asked["after"], before=asked["before"])
    return reply(RulingsAnswer, found)


@area.reads("/rulings/<id:year>/<id:serial>", needs=WORK, gives=RulingAnswer)
def show(year: int, serial: int) -> Response:
    """Read one ruling, and what it was applied to as far as the person may see it."""
    return _ruling(year, serial)


@area.writes("/rulings", needs=RULE, takes=RulingGiven, gives=RulingAnswer, status=CREATED)
def make(given: dict[str, Any]) -> Response:
    """Make a ruling under the next number of its year."""
    with transaction() as session:
        made = make_ruling(session, current_actor(), NewRuling(**given), now=clock.now())
        year, serial = made.year, made.serial
    return _ruling(year, serial, CREATED)


@area.writes(
    "/rulings/<id:year>/<id:serial>/links", needs=RULE, takes=AppliedGiven, gives=RulingAnswer
)
def apply(given: dict[str, str], year: int, serial: int) -> Response:
    """Apply a ruling to a crime, a report or a case; twice counts once."""
    actor = current_actor()
    with transaction() as session:
        ruling = ruling_at(session, year, serial)
        target = find_target(session, actor, given["number"])
        link_ruling(session, actor, ruling.id, target, now=clock.now())
    return _ruling(year, serial)


def _ruling(year: int, serial: int, status: int = 200) -> Response:
    with transaction() as session:
        found = ruling_view(session, current_actor(), year, serial, now=clock.now())
    place = f"{ROOT}/rulings/{year}/{serial}" if status == CREATED else ""
    return reply(RulingAnswer, found, status=status, place=place)
