"""Which list of reports is asked for, and what it is narrowed to: all of it from an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, select

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.roles import Actor
from fcr_app.models import Incident, Unit
from fcr_app.services.paging import Order
from fcr_app.services.visibility import Ways, ways_to_see_incidents

ME, NOBODY = "me", "nobody"
_LONGEST_ID = 9


class Tab(StrEnum):
    """A list of its own."""

    WAITING = "waiting"
    MINE = "mine"
    LATE = "late"
    INCOMING = "incoming"
    FURTHER = "further"
    ALL = "all"

    @property
    def label(self) -> str:
        """The tab's name."""
        return {
            "waiting": "To be recorded",
            "mine": "Mine",
            "late": "Late",
            "incoming": "From other forces",
            "further": "Further offences",
            "all": "All",
        }[self.value]


#: What waits is listed by its limit, everything else by when it came in.
URGENT = Order(Incident.record_by_at, Incident.id, may_lack=True)
NEWEST = Order(Incident.first_reported_at, Incident.id, newest_first=True)
ORDERS = {
    Tab.WAITING: URGENT,
    Tab.MINE: URGENT,
    Tab.LATE: URGENT,
    Tab.INCOMING: URGENT,
    Tab.FURTHER: NEWEST,
    Tab.ALL: NEWEST,
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed to; an empty text narrows nothing.

    Attributes:
        unit: The id of a unit; stands for every unit within it too.
        officer: ``nobody``, ``me`` or the id of whoever deals with it.
    """

    route: str = ""
    opened: str = ""
    unit: str = ""
    officer: str = ""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield each filter that is set, by name."""
        for field in fields(self):
            if value := getattr(self, field.name):
                yield field.name, value


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which list, narrowed how, from where: all of it from the address."""

    tab: Tab = Tab.WAITING
    filters: Filters = Filters()
    after: str = ""
    before: str = ""


def read_asked(said: Mapping[str, str]) -> Asked:
    """Read what is asked for from an address; what makes no sense there counts as not said."""
    officer = said.get("officer", "").strip()
    return Asked(
        tab=next((tab for tab in Tab if tab.value == said.get("tab")), Tab.WAITING),
        filters=Filters(
            route=_one_of(said.get("route", ""), Route),
            opened=_one_of(said.get("opened", ""), OpeningCode),
            unit=_an_id(said.get("unit", "").strip()),
            officer=officer if officer in (ME, NOBODY) else _an_id(officer),
        ),
        after=said.get("after", ""),
        before=said.get("before", ""),
    )


def _one_of(value: str, known: type[StrEnum]) -> str:
    return value if value in {one.value for one in known} else ""


def _an_id(value: str) -> str:
    return value if value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID else ""


def ways_into(tab: Tab, actor: Actor, now: datetime) -> Ways:
    """Return conditions on ``Incident`` of which each alone puts it on a tab."""
    waits = Incident.settled_at.is_(None)
    listed: dict[Tab, Ways] = {
        Tab.WAITING: (waits,),
        Tab.MINE: (waits, Incident.officer_id == actor.id),
        Tab.LATE: (waits, Incident.record_by_at < now),
        Tab.INCOMING: (waits, Incident.route == Route.OTHER_FORCE.value),
        Tab.FURTHER: (Incident.route == Route.FURTHER_OFFENCE.value,),
        Tab.ALL: (),
    }
    return tuple(and_(*listed[tab], way) for way in ways_to_see_incidents(actor))


def conditions(filters: Filters, actor: Actor) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on ``Incident`` that the filters stand for."""
    if filters.route:
        yield Incident.route == filters.route
    if filters.opened:
        yield Incident.opening_code == filters.opened
    if filters.unit:
        # Every path holds its own id, so the unit itself is found with those within it.
        yield Incident.unit_id.in_(select(Unit.id).where(Unit.path.contains(f"/{filters.unit}/")))
    if filters.officer == NOBODY:
        yield Incident.officer_id.is_(None)
    elif filters.officer:
        yield Incident.officer_id == (actor.id if filters.officer == ME else int(filters.officer))
