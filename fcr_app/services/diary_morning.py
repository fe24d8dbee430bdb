"""The daily list as it is sent each morning: to supervisors what to do, to the FCR a copy."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.diary.clock import Band, band
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.roles import Role
from fcr_app.models import Appointment, Case, DiaryDay, Incident, Person, RoleGrant, Unit
from fcr_app.services.actors import in_force
from fcr_app.services.diary_daily import listed
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import Mail, mail_all, note

#: Where a message about it leads.
LIST = Topic(name="Daily list of appointments", path="/diary/daily")
#: London time, whatever the clocks do.
SENT_AT = time(6)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What one morning's list said."""

    day: date
    appointment_count: int
    told_count: int


def send_morning_list(session: Session, *, now: datetime) -> Sent | None:
    """Tell supervisors and the FCR, once a London day; None if it is too early or was done.

    The day is entered first, under its key, so of two who try at once one does nothing.
    """
    local = to_london(now)
    if local.time() < SENT_AT or session.get(DiaryDay, local.date()) is not None:
        return None
    rows = list(_listed(session))
    bands = Counter(band(row.first_reported_at, now) for row in rows)
    session.add(
        DiaryDay(
            day=local.date(),
            told_at=now,
            under_12_count=bands[Band.UNDER_12],
            to_24_count=bands[Band.TO_24],
            over_24_count=bands[Band.OVER_24],
        )
    )
    session.flush()
    told = _tell(session, rows, bands, now)
    return Sent(day=local.date(), appointment_count=len(rows), told_count=told)


def _listed(session: Session) -> Any:
    boss = aliased(Person)
    return session.execute(
        select(
            Incident.first_reported_at,
            boss.id.label("supervisor_id"),
            Unit.path.label("unit_path"),
        )
        .select_from(Appointment)
        .join(Case, Case.id == Appointment.case_id)
        .join(Incident, Incident.id == Appointment.incident_id)
        .join(Person, Person.id == Appointment.officer_id)
        .outerjoin(boss, (boss.id == Person.supervisor_id) & boss.active)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(*listed())
    )


def _tell(session: Session, rows: list[Row[Any]], bands: Mapping[Band, int], now: datetime) -> int:
    """Write a notice for each supervisor with something to do, and a copy for the registrars."""
    if not rows:
        return 0
    today = to_london(now).date()
    theirs: dict[int, Counter[Band]] = defaultdict(Counter)
    in_units = _supervisors_of_units(session, today)
    for row in rows:
        for person in _whose(row, in_units):
            theirs[person][band(row.first_reported_at, now)] += 1
    said = {person: f"To do: {message(found)}" for person, found in theirs.items()}
    copy = f"Copy of today’s diary list: {message(bands)}"
    said |= {person: copy for person in registrars_on(session, today) if person not in said}
    for person, text in sorted(said.items()):
        note(session, [person], text, LIST, now=now)
    key = f"diary list {today}"
    mails = [Mail(people=[p], message=text, about=LIST, key=key) for p, text in said.items()]
    mail_all(session, mails, now=now)
    return len(said)


def _whose(row: Row[Any], in_units: Mapping[int, str]) -> set[int]:
    """Return the supervisor of whoever goes; without one, those of the unit it is in."""
    if row.supervisor_id is not None:
        return {row.supervisor_id}
    path = row.unit_path or ""
    return {person for person, above in in_units.items() if path and path.startswith(above)}


def _supervisors_of_units(session: Session, today: date) -> dict[int, str]:
    rows = session.execute(
        select(Person.id, Unit.path)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.active,
            RoleGrant.role == Role.SUPERVISOR.value,
            in_force(RoleGrant, today),
        )
    )
    return {row.id: row.path for row in rows}


def message(bands: Mapping[Band, int]) -> str:
    """Return the list in a sentence, without a name or a reference."""
    count = sum(bands.values())
    things = "appointment has" if count == 1 else "appointments have"
    ages = ", ".join(
        f"{bands[band]} {band.label.lower()}" for band in reversed(Band) if bands.get(band)
    )
    return (
        f"{count} diary {things} no crime recorded: {ages}. Have each recorded, or say which "
        "information is insufficient."
    )
