"""The demonstration's reports of crime, in every state, with clocks that run from now."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import VictimKind
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import Incident, LateRecord, Offence, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.crimes import NewVictim
from fcr_app.services.demo_force import rows_of
from fcr_app.services.incident_crimes import NewRecord, record_crime
from fcr_app.services.incidents import NewIncident, enter_incident
from fcr_app.services.late_records import Verdict, review

#: How long a call lasts before it is entered.
TYPING = timedelta(minutes=6)


def add_incidents(
    session: Session,
    people: Mapping[str, Person],
    crimes: Mapping[str, int],
    *,
    now: datetime,
) -> dict[str, int]:
    """Enter the reports as their officers would; return their ids by key."""
    today = to_london(now).date()
    actors = {
        key: load_actor(session, person.id, today=today, address="demonstration")
        for key, person in people.items()
    }
    offences = {
        f"{offence_class} {code}": offence_id
        for offence_id, offence_class, code in session.execute(
            select(Offence.id, Offence.offence_class, Offence.offence_code)
        )
    }
    units: dict[int, int | None] = {
        person.id: person.unit_id for person in session.scalars(select(Person))
    }
    incidents: dict[str, int] = {}
    for row in rows_of("incidents.csv"):
        reported_at = _reported_at(row, now)
        officer = people[row["officer"]] if row["officer"] else None
        incident = enter_incident(
            session,
            actors[row["officer"] or "ddm1"],
            _report(row, reported_at, officer, units, crimes),
            now=reported_at + TYPING,
        )
        if row["recorded_after"]:
            _record(session, row, incident, actors[row["officer"]], offences[row["offence"]])
        if row["verdict"]:
            _review(session, row, incident, actors["fcr"])
        incidents[row["key"]] = incident.id
    return incidents


def _reported_at(row: Mapping[str, str], now: datetime) -> datetime:
    if row["reported_at"]:
        return from_london(datetime.fromisoformat(row["reported_at"]))
    return now - timedelta(hours=float(row["hours_ago"]))


def _report(
    row: Mapping[str, str],
    reported_at: datetime,
    officer: Person | None,
    units: Mapping[int, int | None],
    crimes: Mapping[str, int],
) -> NewIncident:
    return NewIncident(
        first_reported_at=reported_at,
        officer_id=officer.id if officer else None,
        unit_id=units[officer.id] if officer else None,
        route=Route(row["route"]),
        sarc_case=SarcCase(row["sarc_case"]) if row["sarc_case"] else None,
        other_force=row["other_force"],
        other_force_reference=row["other_force_reference"],
        found_in_crime_id=crimes[row["found_in"]] if row["found_in"] else None,
        reporter_type=ReporterType(row["reporter_type"]),
        victim_name=row["victim"],
        victim_traced=Known(row["traced"]),
        victim_confirmed=Known(row["confirmed"]),
        victim_willing=Known(row["willing"]),
        account=row["account"],
        location=row["location"],
        opening_code=OpeningCode(row["opening"]),
        vulnerabilities=frozenset(Vulnerability(flag) for flag in row["flags"].split()),
    )


def _record(
    session: Session,
    row: Mapping[str, str],
    incident: Incident,
    officer: Actor,
    offence_id: int,
) -> None:
    """Record the crime that a report was about, so long after it was made."""
    at = incident.first_reported_at + timedelta(hours=float(row["recorded_after"]))
    victim = NewVictim(kind=VictimKind.PERSON, name=row["victim"])
    record_crime(
        session,
        officer,
        incident,
        NewRecord(offence_id=offence_id, victims=(victim,), late_reason=row["late_reason"]),
        now=at,
    )


def _review(session: Session, row: Mapping[str, str], incident: Incident, fcr: Actor) -> None:
    """Let the FCR say, the day after, what they think of the reason."""
    late = session.scalars(select(LateRecord).where(LateRecord.incident_id == incident.id)).one()
    at = late.recorded_at + timedelta(days=1)
    review(session, fcr, late.id, Verdict(row["verdict"]), row["remark"], now=at)
