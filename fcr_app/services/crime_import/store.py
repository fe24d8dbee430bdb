"""Writes a batch of crimes from an extract: a few statements, however many rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.london import to_london
from fcr_app.models import Crime, CrimeFlag, CrimePerson, Offence, Victim
from fcr_app.services.crime_import.changes import change, person_entry, write_equality
from fcr_app.services.crime_import.crime_row import CrimeRow, Lookups
from fcr_app.services.equality.columns import code_lists
from fcr_app.services.equality.records import begin_records
from fcr_app.services.imports.batch import (
    MOST_KEYS,
    Origin,
    Stored,
    insert_rows,
    people_by_number,
    units_by_name,
)
from fcr_app.services.imports.reading import Problem
from fcr_app.services.log import Record, record_changes

#: What a new crime has where its row says nothing.
_BLANK: Mapping[str, Any] = {
    "incident_reference": "", "incident_key": "", "reported_at": None, "recorded_at": None,
    "recorded_month": None, "time_note": "", "offence_id": None, "offence_text": "",
    "unit_id": None, "oic_id": None, "location": "", "summary": "", "status": "recorded",
    "removal_code": None, "removed_at": None,
}  # fmt: skip


def read_lookups(session: Session, now: datetime) -> Lookups:
    """Read what the values of an extract are looked up in."""
    offences: dict[tuple[str, str], int | None] = {}
    classes: dict[str, list[str]] = {}
    for offence_id, offence_class, code, incident in session.execute(
        select(
            Offence.id, Offence.offence_class, Offence.offence_code, Offence.reported_incident
        ).order_by(Offence.offence_class)
    ):
        offences[offence_class, code] = None if incident else offence_id
        classes.setdefault(code, []).append(offence_class)
    return Lookups(
        people=people_by_number(session),
        units=units_by_name(session),
        offences=offences,
        classes=classes,
        equality=code_lists(session, to_london(now).date()),
    )


@enforces(crr26("CLS-01", "13"), how="An import never changes what a crime was first recorded as")
def store(session: Session, rows: Sequence[CrimeRow], origin: Origin) -> Stored:
    """Add new crimes, update changed ones, leave the others alone.

    A row never changes whether a crime counts, nor what it was first recorded as (CLS-01).
    """
    stored = Stored()
    held = _held(session, [row.key for row in rows])
    new: list[CrimeRow] = []
    changed: list[tuple[CrimeRow, Row[Any]]] = []
    for row in rows:
        crime = held.get(row.key)
        if crime is None:
            new.append(row)
            continue
        _check_status(row, crime, stored.problems)
        if crime.row_hash == row.digest:
            stored.unchanged_count += 1
        else:
            changed.append((row, crime))
    stored.added_count, stored.changed_count = len(new), len(changed)
    if not origin.dry_run:
        _add(session, new, origin)
        change(session, changed, origin)
    return stored


def _held(session: Session, keys: Sequence[str]) -> dict[str, Row[Any]]:
    """Return what is held of some crimes, by key of their number."""
    held: dict[str, Row[Any]] = {}
    for start in range(0, len(keys), MOST_KEYS):
        found = session.execute(
            select(
                Crime.id,
                Crime.number_key,
                Crime.row_hash,
                Crime.status,
                Crime.offence_id,
                Crime.first_offence_id,
            ).where(Crime.number_key.in_(keys[start : start + MOST_KEYS]))
        )
        held |= {crime.number_key: crime for crime in found}
    return held


def _check_status(row: CrimeRow, crime: Row[Any], problems: list[Problem]) -> None:
    status = row.values.get("status", crime.status)
    if status == crime.status:
        return
    reason = (
        "This crime was removed here. Its status was left as it is: only reinstating it in its "
        "case brings it back."
        if crime.status != CrimeStatus.RECORDED
        else "This crime stands here. Its status was left as it is: only a request that is "
        "decided here removes it."
    )
    problems.append(Problem(line=row.line, column="status", value=status, reason=reason))


def _add(session: Session, rows: Sequence[CrimeRow], origin: Origin) -> None:
    if not rows:
        return
    # Without RETURNING, which costs more than asking for the ids: SQLite would insert one row at
    # a time, and PostgreSQL's driver would parse a statement of 20,000 values.
    insert_rows(session, Crime, (_new_crime(row, origin) for row in rows))
    ids = {key: crime.id for key, crime in _held(session, [row.key for row in rows]).items()}
    pairs = [(row, ids[row.key]) for row in rows]
    insert_rows(
        session, CrimePerson, (person_entry(i, p, origin) for row, i in pairs for p in row.people)
    )
    insert_rows(session, Victim, ({"crime_id": i, **v} for row, i in pairs for v in row.victims))
    insert_rows(
        session,
        CrimeFlag,
        ({"crime_id": i, "flag": f} for row, i in pairs for f in sorted(row.flags or ())),
    )
    begin_records(session, list(ids.values()), now=origin.now)
    write_equality(session, pairs, origin)
    record_changes(
        session,
        origin.actor,
        "crime:import",
        Record.CRIME,
        ids.values(),
        now=origin.now,
        verb="collection",
    )


def _new_crime(row: CrimeRow, origin: Origin) -> dict[str, Any]:
    return {
        **_BLANK,
        **row.values,
        "first_offence_id": row.values.get("offence_id"),
        "source": origin.source,
        "row_hash": row.digest,
        "created_at": origin.now,
        "version": 1,
    }
