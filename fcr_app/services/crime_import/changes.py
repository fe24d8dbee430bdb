"""Updates the crimes of a batch whose rows have changed since the last import."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.facts import Part
from fcr_app.models import Crime, CrimeClass, CrimeFlag, CrimePerson, Victim
from fcr_app.services.crime_import.crime_row import CrimeRow
from fcr_app.services.equality.columns import write_columns
from fcr_app.services.equality.records import begin_records
from fcr_app.services.imports.batch import Origin, insert_rows
from fcr_app.services.log import Record, record_changes

#: Decided here, by people; an extract only brings them with a crime that is new.
_DECIDED_HERE = ("status", "removal_code", "removed_at")


def change(session: Session, changed: Sequence[tuple[CrimeRow, Row[Any]]], origin: Origin) -> None:
    """Write what the changed rows say, and log it.

    A row never changes whether a crime counts, nor what it was first recorded as (CLS-01), nor a
    class that was decided here (CLS-02).
    """
    if not changed:
        return
    decided = _classes_decided_here(session, [crime.id for _, crime in changed])
    # Rows that say the same things share a statement; most extracts have one or two such sets.
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row, crime in changed:
        values = {name: v for name, v in row.values.items() if name not in _DECIDED_HERE}
        values["row_hash"] = row.digest
        if crime.id in decided:
            values.pop("offence_id", None)
        if crime.first_offence_id is None and "offence_id" in values:
            values["first_offence_id"] = values["offence_id"]
        named = {f"new_{name}": value for name, value in values.items()}
        alike.setdefault(tuple(values), []).append({"crime": crime.id, **named})
    _keep_classes(session, changed, decided, origin)
    table = Crime.__table__.c
    for names, crimes in alike.items():
        session.connection().execute(
            update(Crime)
            .where(table.id == bindparam("crime"))
            .values(
                {name: bindparam(f"new_{name}") for name in names} | {"version": Crime.version + 1}
            ),
            crimes,
        )
    _people(session, changed, origin)
    _victims(session, changed)
    begin_records(session, [crime.id for _, crime in changed], now=origin.now)
    write_equality(session, [(row, crime.id) for row, crime in changed], origin)
    _flags(session, changed)
    record_changes(
        session,
        origin.actor,
        "crime:import",
        Record.CRIME,
        [crime.id for _, crime in changed],
        now=origin.now,
    )


@enforces(crr26("CLS-02", "13"), how="An import never changes a class that was decided here")
def _classes_decided_here(session: Session, ids: Sequence[int]) -> frozenset[int]:
    """Return those of some crimes whose class was decided by a case."""
    found = select(CrimeClass.crime_id).where(
        CrimeClass.crime_id.in_(ids), CrimeClass.case_id.is_not(None)
    )
    return frozenset(session.scalars(found))


def _keep_classes(
    session: Session,
    changed: Sequence[tuple[CrimeRow, Row[Any]]],
    decided: frozenset[int],
    origin: Origin,
) -> None:
    """Keep the class that an extract changes, where the crime had one."""
    entries = [
        {
            "crime_id": crime.id,
            "from_offence_id": crime.offence_id,
            "to_offence_id": row.values["offence_id"],
            "at": origin.now,
            "by_id": origin.actor.id or None,
            "reason": "The extract gives another class than before.",
            "source": origin.source,
        }
        for row, crime in changed
        if crime.id not in decided
        and crime.offence_id is not None
        and row.values.get("offence_id") not in (None, crime.offence_id)
    ]
    if entries:
        session.execute(insert(CrimeClass), entries)


def _people(session: Session, changed: Sequence[tuple[CrimeRow, Row[Any]]], origin: Origin) -> None:
    """Add people who are new on a crime. Nobody who took part is ever taken off."""
    held: dict[int, set[tuple[Part, int]]] = {}
    for entry in session.execute(
        select(CrimePerson.crime_id, CrimePerson.person_id, CrimePerson.part).where(
            CrimePerson.crime_id.in_([crime.id for _, crime in changed])
        )
    ):
        held.setdefault(entry.crime_id, set()).add((Part(entry.part), entry.person_id))
    added: list[dict[str, Any]] = []
    for row, crime in changed:
        before = held.get(crime.id, set())
        new = set(row.people) - before
        if any(part is Part.OFFICER_IN_CASE for part, _ in new):
            new |= _step_down(session, crime.id, before) - before
        added += [person_entry(crime.id, entry, origin) for entry in sorted(new)]
    insert_rows(session, CrimePerson, added)


def _step_down(
    session: Session, crime_id: int, before: Iterable[tuple[Part, int]]
) -> set[tuple[Part, int]]:
    """Return the officers whom a new one succeeds, as former ones."""
    session.execute(
        delete(CrimePerson).where(
            CrimePerson.crime_id == crime_id, CrimePerson.part == Part.OFFICER_IN_CASE
        )
    )
    return {
        (Part.FORMER_OFFICER_IN_CASE, person)
        for part, person in before
        if part is Part.OFFICER_IN_CASE
    }


def _victims(session: Session, changed: Sequence[tuple[CrimeRow, Row[Any]]]) -> None:
    """Add victims who are new on a crime, and update those of the same name."""
    held = {
        (victim.crime_id, victim.name_key): victim
        for victim in session.scalars(
            select(Victim).where(Victim.crime_id.in_([crime.id for _, crime in changed]))
        )
    }
    added = []
    for row, crime in changed:
        for victim in row.victims:
            known = held.get((crime.id, victim["name_key"]))
            if known is None:
                added.append({"crime_id": crime.id, **victim})
                continue
            for name, value in victim.items():
                if value:  # a blank says nothing
                    setattr(known, name, value)
    session.flush()
    insert_rows(session, Victim, added)


def _flags(session: Session, changed: Sequence[tuple[CrimeRow, Row[Any]]]) -> None:
    """Give crimes the flags of their rows, where the extract has flags at all."""
    flagged = [(row, crime) for row, crime in changed if row.flags is not None]
    if not flagged:
        return
    session.execute(
        delete(CrimeFlag).where(CrimeFlag.crime_id.in_([crime.id for _, crime in flagged]))
    )
    insert_rows(
        session,
        CrimeFlag,
        (
            {"crime_id": crime.id, "flag": flag}
            for row, crime in flagged
            for flag in sorted(row.flags or ())
        ),
    )


def write_equality(session: Session, rows: Iterable[tuple[CrimeRow, int]], origin: Origin) -> None:
    """Write what rows say about their victims’ equality, to the records that they have."""
    said = {(crime_id, key): what for row, crime_id in rows for key, what in row.equality.items()}
    if not said:
        return
    found = session.execute(
        select(Victim.crime_id, Victim.name_key, Victim.equality_record_id).where(
            Victim.crime_id.in_({crime_id for crime_id, _ in said}),
            Victim.equality_record_id.is_not(None),
        )
    )
    write_columns(
        session,
        {
            row.equality_record_id: said[row.crime_id, row.name_key]
            for row in found
            if (row.crime_id, row.name_key) in said
        },
        origin,
    )


def person_entry(crime_id: int, entry: tuple[Part, int], origin: Origin) -> dict[str, Any]:
    """Return the row of a person's part in an investigation."""
    part, person_id = entry
    return {
        "crime_id": crime_id,
        "person_id": person_id,
        "part": part.value,
        "since_on": origin.now.date(),
    }
