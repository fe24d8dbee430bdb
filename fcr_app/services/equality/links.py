"""Where the pages of a crime and of a report lead to: a record, and never what is in it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.models import EqualityRecord, Victim
from fcr_app.services.equality.access import seen_records


def records_of_victims(session: Session, actor: Actor, crime_id: int) -> Mapping[int, int]:
    """Return, by victim of a crime, the record of which a person may see at least the gaps."""
    rows = session.execute(
        select(Victim.id, Victim.equality_record_id).where(
            Victim.crime_id == crime_id, Victim.equality_record_id.is_not(None)
        )
    ).all()
    records = {row.id: int(row.equality_record_id or 0) for row in rows}
    seen = seen_records(session, actor, list(records.values()))
    return {victim: record for victim, record in records.items() if record in seen}


def record_of_victim(session: Session, actor: Actor, incident_id: int) -> int | None:
    """Return the record of a report's victim, for a person who may see at least the gaps."""
    record_id = session.scalar(
        select(EqualityRecord.id).where(EqualityRecord.incident_id == incident_id)
    )
    return record_id if record_id and seen_records(session, actor, [record_id]) else None
