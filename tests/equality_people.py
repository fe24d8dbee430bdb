"""Many reports and crimes at once, by what became of them and what is known of their victims."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import Item
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.models import EqualityAnswer, EqualityRecord, Incident, Offence, Unit
from tests.builders import a_crime, a_victim, an_incident

#: In the twelve months before the test's day.
THEN = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)


def answered(
    session: Session,
    record: EqualityRecord,
    group: str = "",
    *,
    item: Item = Item.ETHNICITY,
    reason: str = "",
) -> None:
    """Add an answer in force: a group, or why there is none; with neither it stays blank."""
    if not (group or reason):
        return
    session.add(
        EqualityAnswer(
            record_id=record.id,
            item=item.value,
            value=group,
            group=group,
            source="self",
            missing_reason=reason,
            given_on=THEN.date(),
            code_list="test",
            entered_at=THEN,
        )
    )


def reports(
    session: Session,
    count: int,
    group: str = "",
    *,
    reason: str = "",
    item: Item = Item.ETHNICITY,
    closing: ClosingCode | None = ClosingCode.CRIME_RECORDED,
    late: bool = False,
    opening: OpeningCode = OpeningCode.VIOLENCE,
    route: Route = Route.NON_EMERGENCY,
    at: datetime = THEN,
    unit: Unit | None = None,
) -> list[Incident]:
    """Add reports that ended alike, of victims of whom the same is known."""
    made = []
    for _ in range(count):
        incident = an_incident(
            session, opening_code=opening, route=route, first_reported_at=at, unit=unit
        )
        if closing:
            incident.closing_code = closing.value
            incident.settled_at = at + timedelta(hours=30 if late else 3)
        record = EqualityRecord(
            incident_id=incident.id, opened_at=at, counted_on=at.date(), version=1
        )
        session.add(record)
        session.flush()
        answered(session, record, group, item=item, reason=reason)
        made.append(incident)
    session.flush()
    return made


def crimes(
    session: Session,
    count: int,
    group: str = "",
    *,
    cancelled: bool = False,
    offence: Offence | None = None,
    at: datetime = THEN,
    unit: Unit | None = None,
) -> None:
    """Add recorded crimes with a victim each, of whom the same is known."""
    for _ in range(count):
        status = CrimeStatus.CANCELLED if cancelled else CrimeStatus.RECORDED
        crime = a_crime(
            session, status=status, recorded_at=at, victims=0, offence=offence, unit=unit
        )
        victim = a_victim(session, crime)
        record = EqualityRecord(opened_at=at, counted_on=at.date(), version=1)
        session.add(record)
        session.flush()
        victim.equality_record_id = record.id
        answered(session, record, group)
    session.flush()
