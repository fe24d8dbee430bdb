"""The diary: who sees whom about which report, a week or a day at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from fcr_app.domain.diary import Became, Place
from fcr_app.domain.diary.clock import light_of
from fcr_app.domain.diary.days import DAYS_OF_A_WEEK, Hour, day_of, day_span, hours_of, week_of
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.recording_clock import Light
from fcr_app.domain.roles import Actor, Role
from fcr_app.models import Appointment, Case, Incident, Person, Unit
from fcr_app.services.crime_choices import Choice
from fcr_app.services.diary_choices import choices, within
from fcr_app.services.log import Record, record_view
from fcr_app.services.visibility import visible_cases
from fcr_app.workflows.diary import DIARY

#: More than any unit has in a week; the page says so where there are more.
MOST_SHOWN = 500
#: Hours of a day that are shown even if nothing is in them, as places in the day.
USUAL_HOURS = (8, 18)
#: The years a diary can be turned to.
FIRST_YEAR, LAST_YEAR = 2002, 2100


class View(StrEnum):
    """How much of the diary is shown."""

    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of the diary a person wants to see.

    Attributes:
        unit: A unit, with all units within it; None for any.
        officer: Who goes; None for anybody.
    """

    view: View = View.WEEK
    on: date
    unit: int | None = None
    officer: int | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days that are shown."""
        return week_of(self.on) if self.view is View.WEEK else (self.on,)

    @property
    def step(self) -> timedelta:
        """How far it is to the page before and to the next."""
        return timedelta(days=DAYS_OF_A_WEEK if self.view is View.WEEK else 1)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """An appointment, as the diary shows it.

    Attributes:
        light: How the report stands, or stood when it was settled.
        settled: A crime is recorded, or it was decided that none is to be.
    """

    reference: str
    starts_at: datetime
    ends_at: datetime
    officer_id: int
    officer: str
    unit: str
    place: str
    about: str
    state: str
    colour: str
    became: Became
    past_limit: bool
    record_by_at: datetime | None
    light: Light
    settled: bool
    recorded: bool


@dataclass(frozen=True, kw_only=True)
class Diary:
    """What one person sees of the diary.

    Attributes:
        officers: Whom the diary can be narrowed to: those of the unit, or who have a slot here.
        more: There are more than are shown.
    """

    asked: Asked
    slots: tuple[Slot, ...]
    units: Sequence[Choice]
    officers: Sequence[Choice]
    more: bool = False

    @property
    def by_day(self) -> Mapping[date, tuple[Slot, ...]]:
        """The slots of each day shown, in order."""
        return {
            day: tuple(slot for slot in self.slots if day_of(slot.starts_at) == day)
            for day in self.asked.days
        }

    @property
    def by_hour(self) -> tuple[tuple[Hour, tuple[Slot, ...]], ...]:
        """The hours of the day, with the slots that begin in each; quiet nights are left out."""
        hours = hours_of(self.asked.on)
        filled = [
            (hour, tuple(s for s in self.slots if hour.span.start <= s.starts_at < hour.span.end))
            for hour in hours
        ]
        busy = [place for place, (_, slots) in enumerate(filled) if slots]
        first, last = min([USUAL_HOURS[0], *busy]), max([USUAL_HOURS[1], *busy])
        return tuple(filled[first : last + 1])


def read_asked(args: Mapping[str, str], actor: Actor, today: date) -> Asked:
    """Read from an address what is asked for. What can't be read is as if it was not said.

    An officer begins with their own diary, a supervisor with that of their unit.
    """
    view = View.DAY if args.get("view") == View.DAY.value else View.WEEK
    unit, officer = _number(args.get("unit", "")), _number(args.get("officer", ""))
    if "unit" not in args and "officer" not in args:
        if actor.has(Role.SUPERVISOR):
            unit = actor.unit_id
        elif actor.has(Role.OFFICER):
            officer = actor.id
    return Asked(view=view, on=_day(args.get("on", ""), today), unit=unit, officer=officer)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 - fits an id


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today


def diary(session: Session, actor: Actor, asked: Asked, *, now: datetime) -> Diary:
    """Return a part of the diary, and log that somebody looked."""
    record_view(session, actor, "diary:read", Record.APPOINTMENT, None, now=now)
    rows = list(_rows(session, actor, asked, now))
    slots = tuple(rows[:MOST_SHOWN])
    here = {slot.officer_id for slot in slots} | {actor.id, asked.officer or actor.id}
    units, officers = choices(session, here, asked.unit or actor.unit_id, MOST_SHOWN)
    return Diary(
        asked=asked,
        slots=slots,
        units=units,
        officers=officers,
        more=len(rows) > MOST_SHOWN,
    )


def _rows(session: Session, actor: Actor, asked: Asked, now: datetime) -> Iterator[Slot]:
    span = day_span(asked.days[0], len(asked.days))
    found: Select[*tuple[Any, ...]] = (
        select(
            Case.reference, Case.state,
            Appointment.starts_at, Appointment.ends_at, Appointment.place, Appointment.outcome,
            Appointment.past_limit, Appointment.officer_id,
            Person.name.label("officer"), Unit.name.label("unit"),
            Incident.opening_code, Incident.closing_code, Incident.first_reported_at,
            Incident.record_by_at, Incident.settled_at,
        )
        .join(Case, Case.id == Appointment.case_id)
        .join(Incident, Incident.id == Appointment.incident_id)
        .join(Person, Person.id == Appointment.officer_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(
            Appointment.starts_at >= span.start,
            Appointment.starts_at < span.end,
            visible_cases(actor),
            *_narrowed(asked),
        )
        .order_by(Appointment.starts_at, Person.name, Case.id)
        .limit(MOST_SHOWN + 1)
    )  # fmt: skip
    return (_slot(row, now) for row in session.execute(found))


def _narrowed(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.officer is not None:
        yield Appointment.officer_id == asked.officer
    if asked.unit is not None:
        yield Appointment.unit_id.in_(within(asked.unit))


def _slot(row: Row[Any], now: datetime) -> Slot:
    state = DIARY.state(row.state)
    return Slot(
        reference=row.reference,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        officer_id=row.officer_id,
        officer=row.officer,
        unit=row.unit or "",
        place=Place(row.place).label,
        about=OpeningCode(row.opening_code).label,
        state=DIARY.short_labels[state],
        colour=DIARY.colours.get(state, "grey"),
        became=Became(row.outcome),
        past_limit=row.past_limit,
        record_by_at=row.record_by_at,
        light=light_of(row.first_reported_at, row.settled_at, now),
        settled=row.settled_at is not None,
        recorded=row.closing_code == "crime_recorded",
    )
