"""Writes a batch of reports: a few statements for what is new, and what changed as history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incidents import Route
from fcr_app.domain.london import to_london
from fcr_app.domain.recording_clock import late_by
from fcr_app.models import Crime, Incident, IncidentChange, IncidentCrime, IncidentFlag
from fcr_app.services.equality.columns import code_lists, write_columns
from fcr_app.services.equality.records import record_of_report
from fcr_app.services.imports.batch import (
    MOST_KEYS,
    Origin,
    Stored,
    insert_rows,
    people_by_number,
    units_by_name,
)
from fcr_app.services.imports.reading import Problem
from fcr_app.services.incident_crimes import SHORTEST_REASON, link_crime, settle_with_crime
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.incident_import.mapping import FIELDS
from fcr_app.services.incident_import.rows import IncidentRow
from fcr_app.services.incident_import.values import Lookups
from fcr_app.services.log import Record, record_changes
from fcr_app.services.rape_standing import told_of_rape

NO_CRIME = "No crime with this number is here. The report was taken without it."
NO_REASON = "The import gave no reason."
LATER_TIME = (
    "This report was first made earlier. The clock runs from the first of them, so its time was "
    "left as it is (REC-10)."
)
STAYS_RAPE = (
    "This report tells of rape. It stays so here until a crime or an N100 settles it (N100-01)."
)
#: Said of a change whose old and new value nobody needs to read in full, or may not.
CHANGED = "changed"


def read_lookups(session: Session, now: datetime) -> Lookups:
    """Read what the values of a file are looked up in."""
    return Lookups(
        people=people_by_number(session),
        units=units_by_name(session),
        equality=code_lists(session, to_london(now).date()),
    )


@enforces(crr26("REC-10", "10"), how="An import never stops or restarts the clock of a report")
def store(session: Session, rows: Sequence[IncidentRow], origin: Origin) -> Stored:
    """Add new reports, update changed ones, leave the others alone.

    What was decided here about a report stays: a row changes only what was reported.
    """
    stored = Stored()
    held = _held(session, [row.key for row in rows])
    crimes = _crimes(session, rows, stored.problems)
    new = [row for row in rows if row.key not in held]
    changed = [(row, held[row.key]) for row in rows if row.key in held]
    changed = [(row, incident) for row, incident in changed if incident.row_hash != row.digest]
    for row, incident in changed:
        stored.problems += _left_alone(row, incident)
    stored.added_count, stored.changed_count = len(new), len(changed)
    stored.unchanged_count = len(rows) - len(new) - len(changed)
    if origin.dry_run:
        return stored
    _add(session, new, crimes, origin)
    for row, incident in changed:
        _change(session, row, incident, crimes, origin)
    session.flush()
    _equality(session, [row for row in rows if row.equality], origin)
    _link(session, [row for row in rows if row.crime in crimes], crimes, origin)
    return stored


def _equality(session: Session, rows: Sequence[IncidentRow], origin: Origin) -> None:
    """Write what rows say about their victims’ equality, each to the record of its report."""
    if not rows:
        return
    held = _held(session, [row.key for row in rows])
    said = {record_of_report(session, held[row.key]).id: row.equality for row in rows}
    write_columns(session, said, origin)


def _held(session: Session, keys: Sequence[str]) -> dict[str, Incident]:
    held: dict[str, Incident] = {}
    for start in range(0, len(keys), MOST_KEYS):
        wanted = Incident.reference_key.in_(keys[start : start + MOST_KEYS])
        for incident in session.scalars(select(Incident).where(wanted)):
            held[incident.reference_key] = incident
    return held


def _crimes(
    session: Session, rows: Sequence[IncidentRow], problems: list[Problem]
) -> dict[str, Crime]:
    """Return the crimes that the rows name, by key of their number; tell which are not here."""
    keys = sorted({key for row in rows for key in (row.found_in, row.crime) if key})
    found: dict[str, Crime] = {}
    for start in range(0, len(keys), MOST_KEYS):
        wanted = Crime.number_key.in_(keys[start : start + MOST_KEYS])
        for crime in session.scalars(select(Crime).where(wanted)):
            found[crime.number_key] = crime
    for row in rows:
        for name, key in (("found_in", row.found_in), ("crime_number", row.crime)):
            if key and key not in found:
                problems.append(
                    Problem(line=row.line, column=row.headings[name], value=key, reason=NO_CRIME)
                )
    return found


def _add(
    session: Session, rows: Sequence[IncidentRow], crimes: Mapping[str, Crime], origin: Origin
) -> None:
    if not rows:
        return
    insert_rows(session, Incident, (_new_incident(row, crimes, origin) for row in rows))
    held = _held(session, [row.key for row in rows])
    ids = {key: incident.id for key, incident in held.items()}
    insert_rows(
        session,
        IncidentFlag,
        ({"incident_id": ids[r.key], "flag": flag} for r in rows for flag in sorted(r.flags)),
    )
    insert_rows(
        session,
        IncidentChange,
        (
            {
                "incident_id": ids[row.key],
                "at": origin.now,
                "person_id": origin.actor.id or None,
                "what": What.IMPORTED.value,
                "changed": [["Import", "", origin.source]],
                "reason": "",
            }
            for row in rows
        ),
    )
    record_changes(
        session,
        origin.actor,
        "incident:import",
        Record.INCIDENT,
        ids.values(),
        now=origin.now,
        verb="collection",
    )


def _new_incident(row: IncidentRow, crimes: Mapping[str, Crime], origin: Origin) -> dict[str, Any]:
    found_in = crimes.get(row.found_in)
    return {
        **row.values,
        "reference_key": row.key,
        "found_in_crime_id": found_in.id if found_in else None,
        "entered_by_id": None,
        "closing_code": "",
        "settled_at": None,
        "duplicate_of_id": None,
        "source": origin.source,
        "row_hash": row.digest,
        "created_at": origin.now,
        "version": 1,
    }


def _change(
    session: Session,
    row: IncidentRow,
    incident: Incident,
    crimes: Mapping[str, Crime],
    origin: Origin,
) -> None:
    """Write what a changed row says; a blank says nothing. What changed is history."""
    found_in = crimes.get(row.found_in)
    values = {**row.values, "found_in_crime_id": found_in.id if found_in else None}
    if values["first_reported_at"] > incident.first_reported_at:
        del values["first_reported_at"], values["record_by_at"]
    if told_of_rape(incident):
        del values["opening_code"]
    if values["route"] != Route.SARC:
        incident.sarc_case = ""  # nothing of the centre is known of another route
    changed = []
    for name, value in values.items():
        if value in (None, "", "unknown") or getattr(incident, name) == value:
            continue
        setattr(incident, name, value)
        title = FIELDS.get(name.removesuffix("_id"), "")
        if title:
            changed.append(Changed(title=title, after=CHANGED))
    incident.row_hash = row.digest
    if row.flags:
        session.execute(delete(IncidentFlag).where(IncidentFlag.incident_id == incident.id))
        insert_rows(
            session,
            IncidentFlag,
            [{"incident_id": incident.id, "flag": flag} for flag in sorted(row.flags)],
        )
    what = What.CHANGED_IN_SOURCE
    note(session, origin.actor, incident, what, now=origin.now, changed=changed)


def _left_alone(row: IncidentRow, incident: Incident) -> list[Problem]:
    """Tell what a changed row says that no import may change."""
    told = []
    if row.values["first_reported_at"] > incident.first_reported_at:
        told.append(("first_reported_at", str(row.values["first_reported_at"]), LATER_TIME))
    opened = row.values["opening_code"]
    if told_of_rape(incident) and opened != incident.opening_code:
        told.append(("opening_code", str(opened), STAYS_RAPE))
    return [
        Problem(line=row.line, column=FIELDS[name], value=value, reason=reason)
        for name, value, reason in told
    ]


def _link(
    session: Session, rows: Sequence[IncidentRow], crimes: Mapping[str, Crime], origin: Origin
) -> None:
    """Link the crimes that were recorded from these reports, which settles those that wait."""
    incidents = _held(session, [row.key for row in rows])
    linked = {
        (link.incident_id, link.crime_id)
        for link in session.execute(
            select(IncidentCrime.incident_id, IncidentCrime.crime_id).where(
                IncidentCrime.incident_id.in_([one.id for one in incidents.values()])
            )
        )
    }
    for row in rows:
        incident, crime = incidents[row.key], crimes[row.crime]
        if (incident.id, crime.id) in linked:
            continue
        link_crime(session, origin.actor, incident, crime.id, now=origin.now)
        at = crime.recorded_at
        waits = incident.settled_at is None and crime.status == CrimeStatus.RECORDED
        if waits and at and at >= incident.first_reported_at:
            late = late_by(incident.first_reported_at, at) is not None
            given = row.late_reason if len(row.late_reason) >= SHORTEST_REASON else ""
            reason = (given or f"{row.late_reason} ({NO_REASON})".strip()) if late else ""
            settle_with_crime(session, origin.actor, incident, crime.id, reason, at=at)
