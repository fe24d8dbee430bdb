"""The daily list: appointments about a crime that is not recorded, by the age of the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Case as Choice,
    ColumnElement,
    Row,
    Select,
    case,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.diary.clock import A_DAY, HALF_A_DAY, Band, band
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import Actor
from fcr_app.models import Appointment, Case, Incident, Person, Unit
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import PAGE_SIZE, Cursor, Order, Page, cut, read_cursor
from fcr_app.services.visibility import visible_cases
from fcr_app.workflows.diary import DIARY

CRIME_CODES = [code.value for code in OpeningCode if code.crime_type]
#: As many rows as one file holds.
MOST_EXPORTED = 20_000


@dataclass(frozen=True, kw_only=True)
class DailyRow:
    """An appointment about a crime that is not recorded.

    Attributes:
        insufficient: Which information the officer said is insufficient, if anybody asked.
    """

    case_id: int
    reference: str
    incident: str
    about: str
    band: Band
    first_reported_at: datetime
    record_by_at: datetime | None
    starts_at: datetime
    state: str
    past_limit: bool
    officer: str
    unit: str
    supervisor: str
    insufficient: str


@dataclass(frozen=True, kw_only=True)
class Daily:
    """A page of the list, and how many there are in each band."""

    page: Page[DailyRow]
    counts: Mapping[Band, int]


def listed() -> tuple[ColumnElement[bool], ...]:
    """Return what puts an appointment on the list: a crime-type code, and nothing recorded."""
    return (
        Case.workflow == DIARY.key,
        Incident.opening_code.in_(CRIME_CODES),
        Incident.settled_at.is_(None),
    )


@supports(
    force_policy("DIA-05"),
    how=(
        "Each day supervisors are told, with a copy to the FCR, of appointments with a crime-type "
        "code and no crime, in bands of age"
    ),
)
def daily(
    session: Session, actor: Actor, *, now: datetime, after: str = "", before: str = ""
) -> Daily:
    """Return a page of the list of what a person may see, the oldest reports first."""
    record_view(session, actor, "diary:daily", Record.APPOINTMENT, None, now=now)
    cursor = _ORDER.place(read_cursor(after, before))
    rows = session.execute(_page_of(_rows().where(visible_cases(actor)), cursor))
    found = [(Cursor(row.first_reported_at, row.case_id), _row(row, now)) for row in rows]
    return Daily(page=cut(found, cursor), counts=_counts(session, actor, now))


def every_row(session: Session, actor: Actor, *, now: datetime) -> list[DailyRow]:
    """Return the whole list of what a person may see, for a file, and log the copy."""
    record_view(
        session,
        actor,
        "diary:daily-file",
        Record.APPOINTMENT,
        None,
        now=now,
        recipient="A file of their own",
    )
    rows = _rows().where(visible_cases(actor)).order_by(*_KEYS).limit(MOST_EXPORTED)
    return [_row(row, now) for row in session.execute(rows)]


_ORDER = Order(moment=Incident.first_reported_at, id=Case.id)
_KEYS = (Incident.first_reported_at, Case.id)


def _page_of(rows: Select[*tuple[Any, ...]], cursor: Cursor | None) -> Select[*tuple[Any, ...]]:
    """Return one page of rows, and one row more to see whether there is another page."""
    down = _ORDER.by(cursor)
    if cursor is not None:
        place = tuple_(
            literal(cursor.at, Incident.first_reported_at.type), literal(cursor.id, Case.id.type)
        )
        rows = rows.where(tuple_(*_KEYS) < place if down else tuple_(*_KEYS) > place)
    keys = [key.desc() if down else key.asc() for key in _KEYS]
    return rows.order_by(*keys).limit(PAGE_SIZE + 1)


def _rows() -> Select[*tuple[Any, ...]]:
    boss = aliased(Person)
    rows: Select[*tuple[Any, ...]] = (
        select(
            Case.id.label("case_id"), Case.reference, Case.state,
            Incident.reference.label("incident"), Incident.opening_code,
            Incident.first_reported_at, Incident.record_by_at,
            Appointment.starts_at, Appointment.past_limit, Appointment.insufficient,
            Person.name.label("officer"), Unit.name.label("unit"), boss.name.label("supervisor"),
        )
        .join(Case, Case.id == Appointment.case_id)
        .join(Incident, Incident.id == Appointment.incident_id)
        .join(Person, Person.id == Appointment.officer_id)
        .outerjoin(boss, boss.id == Person.supervisor_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(*listed())
    )  # fmt: skip
    return rows


def _row(row: Row[Any], now: datetime) -> DailyRow:
    return DailyRow(
        case_id=row.case_id,
        reference=row.reference,
        incident=row.incident,
        about=OpeningCode(row.opening_code).label,
        band=band(row.first_reported_at, now),
        first_reported_at=row.first_reported_at,
        record_by_at=row.record_by_at,
        starts_at=row.starts_at,
        state=DIARY.short_labels[DIARY.state(row.state)],
        past_limit=row.past_limit,
        officer=row.officer,
        unit=row.unit or "",
        supervisor=row.supervisor or "",
        insufficient=row.insufficient,
    )


def band_of(now: datetime) -> Choice[str]:
    """Return the band of a report as a part of a statement, as :func:`band` counts it."""
    reported = Incident.first_reported_at
    return case(
        (reported > now - HALF_A_DAY, Band.UNDER_12.value),
        (reported >= now - A_DAY, Band.TO_24.value),
        else_=Band.OVER_24.value,
    )


def _counts(session: Session, actor: Actor, now: datetime) -> dict[Band, int]:
    rows = session.execute(
        select(band_of(now).label("band"), func.count())
        .select_from(Appointment)
        .join(Case, Case.id == Appointment.case_id)
        .join(Incident, Incident.id == Appointment.incident_id)
        .where(*listed(), visible_cases(actor))
        .group_by("band")  # by name: PostgreSQL takes the same words twice for two expressions
    )
    found = {Band(name): count for name, count in rows}
    return {band: found.get(band, 0) for band in Band}
