"""Finding reports of crime: what waits to be recorded, most urgent first, and all that came in.

A page takes two statements however long the list is: its rows, and what stands around them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import crr26, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.recording_clock import Light, light
from fcr_app.domain.roles import Actor
from fcr_app.models import Incident, Person, Unit
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import Ways, ways_to_see_incidents
from fcr_app.services.worklist_surroundings import Counts, capped, in_words, part, tree_place

ME, NOBODY = "me", "nobody"
_LONGEST_ID = 9
#: The name under which the filtered list is counted.
SHOWN = "shown"


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


@dataclass(frozen=True, kw_only=True)
class Row:
    """One report in a list.

    Attributes:
        light: How near its limit it is, or was when it was settled.
    """

    id: int
    reference: str
    opened: str
    route: str
    first_reported_at: datetime
    record_by_at: datetime | None
    settled_at: datetime | None
    outcome: str
    light: Light
    unit: str
    officer: str
    other_force: str


@dataclass(frozen=True, kw_only=True)
class IncidentList:
    """One page of reports with what stands around it.

    Attributes:
        units: Id and name, the whole tree in order, each with how deep it lies.
        officer: The name of the officer that is filtered by, if one is.
    """

    asked: Asked
    page: Page[Row]
    counts: Counts
    units: tuple[tuple[str, str, int], ...]
    officer: str


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


@supports(inspection("TRF-05"), how="Reports from other forces are a list with a clock each")
@supports(crr26("REC-10", "10"), how="Reports that wait are listed by how soon their limit ends")
def incident_list(session: Session, actor: Actor, asked: Asked, *, now: datetime) -> IncidentList:
    """Return one page of reports, with the count of every list."""
    order = ORDERS[asked.tab]
    cursor = order.place(read_cursor(asked.after, asked.before))
    narrowed = [*_conditions(asked.filters, actor)]
    shown = tuple(and_(way, *narrowed) for way in ways_into(asked.tab, actor, now))
    ids = page_of_ids(shown, order, cursor)
    lists = {tab.value: ways_into(tab, actor, now) for tab in Tab}
    if narrowed:
        lists[SHOWN] = shown
    page = _rows(session, ids, order, cursor, now)
    return _surrounded(session, asked, page, lists)


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


def _conditions(filters: Filters, actor: Actor) -> Iterator[ColumnElement[bool]]:
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


def _rows(
    session: Session, ids: Select[Any], order: Order, cursor: Cursor | None, now: datetime
) -> Page[Row]:
    page, officer = ids.subquery("page"), aliased(Person)
    down = order.by(cursor)
    found = session.execute(
        select(
            page.c.moment,
            Incident.id,
            Incident.reference,
            Incident.opening_code,
            Incident.route,
            Incident.first_reported_at,
            Incident.record_by_at,
            Incident.settled_at,
            Incident.closing_code,
            Incident.other_force,
            Unit.name.label("unit"),
            officer.name.label("officer"),
        )
        .select_from(page)
        .join(Incident, Incident.id == page.c.id)
        .outerjoin(Unit, Unit.id == Incident.unit_id)
        .outerjoin(officer, officer.id == Incident.officer_id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    return cut([(Cursor(line.moment, line.id), _row(line, now)) for line in found], cursor)


def _row(line: Any, now: datetime) -> Row:
    return Row(
        id=line.id,
        reference=line.reference,
        opened=OpeningCode(line.opening_code).label,
        route=Route(line.route).label,
        first_reported_at=line.first_reported_at,
        record_by_at=line.record_by_at,
        settled_at=line.settled_at,
        outcome=ClosingCode(line.closing_code).label if line.closing_code else "",
        light=light(line.first_reported_at, line.settled_at or now),
        unit=line.unit or "",
        officer=line.officer or "",
        other_force=line.other_force,
    )


def _surrounded(
    session: Session, asked: Asked, page: Page[Row], lists: Mapping[str, Ways]
) -> IncidentList:
    """Put the counts of some lists and the choices around a page, in one statement."""
    parts = [
        part("count", literal(name), literal(""), capped(ways, Incident.id))
        for name, ways in lists.items()
    ]
    units = part("unit", cast(Unit.id, String), Unit.name, None, Unit.path).where(Unit.active)
    parts.append(units)
    if asked.filters.officer.isdigit():
        person = Person.id == int(asked.filters.officer)
        parts.append(part("officer", literal(asked.filters.officer), Person.name).where(person))
    found = session.execute(union_all(*parts)).all()
    tree = sorted((line for line in found if line.kind == "unit"), key=tree_place)
    return IncidentList(
        asked=asked,
        page=page,
        counts={line.key: in_words(line.number) for line in found if line.kind == "count"},
        units=tuple((line.key, line.name, line.path.count("/") - 2) for line in tree),
        officer=next((line.name for line in found if line.kind == "officer"), ""),
    )
