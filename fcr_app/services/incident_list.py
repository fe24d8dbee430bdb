"""Finding reports of crime: what waits to be recorded, most urgent first, and all that came in.

A page takes two statements however long the list is: its rows, and what stands around them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, cast, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import crr26, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.recording_clock import Light, light
from fcr_app.domain.roles import Actor
from fcr_app.models import Incident, Person, Unit
from fcr_app.services.incident_filters import ORDERS, Asked, Tab, conditions, ways_into
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import Ways
from fcr_app.services.worklist_surroundings import Counts, capped, in_words, part, tree_place

#: The name under which the filtered list is counted.
SHOWN = "shown"


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


@supports(inspection("TRF-05"), how="Reports from other forces are a list with a clock each")
@supports(crr26("REC-10", "10"), how="Reports that wait are listed by how soon their limit ends")
def incident_list(session: Session, actor: Actor, asked: Asked, *, now: datetime) -> IncidentList:
    """Return one page of reports, with the count of every list."""
    order = ORDERS[asked.tab]
    cursor = order.place(read_cursor(asked.after, asked.before))
    narrowed = [*conditions(asked.filters, actor)]
    shown = tuple(and_(way, *narrowed) for way in ways_into(asked.tab, actor, now))
    ids = page_of_ids(shown, order, cursor)
    lists = {tab.value: ways_into(tab, actor, now) for tab in Tab}
    if narrowed:
        lists[SHOWN] = shown
    page = _rows(session, ids, order, cursor, now)
    return _surrounded(session, asked, page, lists)


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
