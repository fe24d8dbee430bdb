"""One record for a victim and what happened to them: begun, shared between report and crimes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import VictimKind
from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound, PermissionRefused
from fcr_app.models import Crime, EqualityAnswer, EqualityRecord, Incident, IncidentCrime, Victim
from fcr_app.services.equality.access import NOT_YOURS, may_ask_about_report
from fcr_app.services.log import Record, record_change
from fcr_app.services.visibility import visible_incidents


def is_complete(record: EqualityRecord) -> bool:
    """Say whether nothing is left to ask: each item has a value, or was declined (E23)."""
    return record.completed_at is not None


def all_complete(session: Session, *, crime_id: int) -> bool:
    """Say whether the record of every victim of a crime who is a person is complete."""
    incomplete = (
        select(Victim.id)
        .outerjoin(EqualityRecord, EqualityRecord.id == Victim.equality_record_id)
        .where(
            Victim.crime_id == crime_id,
            Victim.kind == VictimKind.PERSON,
            EqualityRecord.completed_at.is_(None),
        )
        .limit(1)
    )
    return session.scalar(incomplete) is None


def begin_records(session: Session, crime_ids: Sequence[int], *, now: datetime) -> None:
    """Begin an empty record for each victim of these crimes who is a person and has none."""
    victims = session.execute(
        select(Victim, Crime.reported_at, Crime.recorded_at, Crime.recorded_month)
        .join(Crime, Crime.id == Victim.crime_id)
        .where(
            Victim.crime_id.in_(crime_ids),
            Victim.kind == VictimKind.PERSON,
            Victim.equality_record_id.is_(None),
        )
        .order_by(Victim.id)
    ).all()
    if not victims:
        return
    ids = session.scalars(
        insert(EqualityRecord).returning(EqualityRecord.id, sort_by_parameter_order=True),
        [
            {
                "opened_at": victim.recorded_at or now,
                "counted_on": _day_of(victim, now),
                "version": 1,
            }
            for victim in victims
        ],
    ).all()
    for row, record_id in zip(victims, ids, strict=True):
        row[0].equality_record_id = record_id
    session.flush()


def _day_of(victim: Row[*tuple[Any, ...]], now: datetime) -> date:
    """Return the London day of the report, as far as it is known."""
    if victim.reported_at is None and victim.recorded_at is None and victim.recorded_month:
        month: date = victim.recorded_month
        return month
    return to_london(victim.reported_at or victim.recorded_at or now).date()


def record_of_report(session: Session, incident: Incident) -> EqualityRecord:
    """Return the record of a report's victim; begin it, or find their crime's, if it has none."""
    found = session.scalar(select(EqualityRecord).where(EqualityRecord.incident_id == incident.id))
    if found is None:
        found = EqualityRecord(
            incident_id=incident.id,
            opened_at=incident.first_reported_at,
            counted_on=to_london(incident.first_reported_at).date(),
        )
        session.add(found)
        session.flush()
    return found


#: Whoever reports is on the phone or at the counter and can be asked, for themselves or a child.
_CAN_BE_ASKED = frozenset({ReporterType.VICTIM, ReporterType.PARENT_OR_CARER})


def begin_if_asked_now(session: Session, incident: Incident) -> None:
    """Begin the record of a report whose victim is named and can be asked, so that it is listed.

    Others are begun by whoever comes to ask. A report does not say whether its victim is a
    business; a crime does, and takes the record away again.
    """
    if incident.victim_name.strip() and incident.reporter_type in _CAN_BE_ASKED:
        record_of_report(session, incident)


def share_with_report(session: Session, incident: Incident, crime_id: int) -> None:
    """Let the victim of a crime and of the report it came from have one record.

    The victim of the report is the one of its name, or the crime's only one where the report
    names nobody. Where both have answers already, each keeps its own: nothing is merged.
    """
    victim = _victim_of(session, incident, crime_id)
    if victim is None:
        return
    if victim.kind == VictimKind.BUSINESS:
        _forget_of_business(session, incident)
        return
    theirs = session.get(EqualityRecord, victim.equality_record_id or 0)
    ours = session.scalar(select(EqualityRecord).where(EqualityRecord.incident_id == incident.id))
    if theirs is ours or theirs is None:
        return
    if ours is None:
        theirs.incident_id = theirs.incident_id or incident.id
    elif not _has_answers(session, theirs.id):
        victim.equality_record_id = ours.id
        session.flush()
        _forget_if_unused(session, theirs)


def _victim_of(session: Session, incident: Incident, crime_id: int) -> Victim | None:
    victims = session.scalars(
        select(Victim).where(Victim.crime_id == crime_id).order_by(Victim.id)
    ).all()
    if incident.victim_key:
        return next((one for one in victims if one.name_key == incident.victim_key), None)
    people = [one for one in victims if one.kind == VictimKind.PERSON]
    return people[0] if len(people) == 1 else None


def _forget_of_business(session: Session, incident: Incident) -> None:
    """Take away the record of a report whose victim turned out to be a business."""
    ours = session.scalar(select(EqualityRecord).where(EqualityRecord.incident_id == incident.id))
    if ours is not None and not _has_answers(session, ours.id):
        ours.incident_id = None
        session.flush()
        _forget_if_unused(session, ours)


def _has_answers(session: Session, record_id: int) -> bool:
    found = select(EqualityAnswer.id).where(EqualityAnswer.record_id == record_id).limit(1)
    return session.scalar(found) is not None


def _forget_if_unused(session: Session, record: EqualityRecord) -> None:
    """Delete a record in which nobody wrote anything and that nobody has any more."""
    used = session.scalar(select(func.count()).where(Victim.equality_record_id == record.id))
    if not used and record.incident_id is None:
        session.delete(record)
        session.flush()


def reports_of(session: Session, crime_id: int) -> Sequence[Incident]:
    """Return the reports that a crime came from."""
    linked = select(IncidentCrime.incident_id).where(IncidentCrime.crime_id == crime_id)
    return session.scalars(
        select(Incident).where(Incident.id.in_(linked)).order_by(Incident.id)
    ).all()


def begin_for_report(session: Session, actor: Actor, incident_id: int, *, now: datetime) -> int:
    """Begin, or find, the record of a report's victim, for somebody who may ask; return its id.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
        PermissionRefused: If they may see the report and not ask.
    """
    incident = session.scalar(
        select(Incident).where(Incident.id == incident_id, visible_incidents(actor))
    )
    if incident is None:
        raise NotFound("There is no such report, or you may not see it.")
    if not may_ask_about_report(session, actor, incident_id):
        raise PermissionRefused(NOT_YOURS)
    known = report_record_id(session, incident.id)
    if known is not None:
        return known
    record = record_of_report(session, incident)
    record_change(
        session, actor, "equality:begin", Record.EQUALITY, record.id, now=now, verb="collection"
    )
    return record.id


def report_record_id(session: Session, incident_id: int) -> int | None:
    """Return the id of the record of a report's victim; None where it was not begun."""
    return session.scalar(
        select(EqualityRecord.id).where(EqualityRecord.incident_id == incident_id)
    )
