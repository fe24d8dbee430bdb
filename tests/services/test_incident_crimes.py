"""Recording a crime from a report settles it, stops its clock, and asks why it is late."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.london import from_london
from fcr_app.domain.roles import Role
from fcr_app.errors import InvalidValue
from fcr_app.models import Crime, IncidentCrime, LateRecord
from fcr_app.services.crimes import NewCrime
from fcr_app.services.incident_crimes import (
    NewRecord,
    enter_by_hand,
    record_by_hand,
    record_crime,
)
from tests.builders import NOW, a_person, an_incident, an_offence, as_actor

WHY = "The victim could not be reached until this morning."


def test_a_record_in_time_settles_the_report(session: Session) -> None:
    officer = a_person(session, roles=[Role.OFFICER])
    incident = an_incident(session, officer=officer)
    new = NewRecord(offence_id=an_offence(session).id)

    crime_id = record_crime(session, as_actor(session, officer), incident, new, now=NOW)

    crime = session.get_one(Crime, crime_id)
    assert crime.crime_number == f"{incident.reference}/1"
    assert crime.reported_at == incident.first_reported_at
    assert (incident.settled_at, incident.closing_code) == (NOW, "crime_recorded")
    assert session.scalars(select(IncidentCrime.crime_id)).all() == [crime_id]
    assert session.scalar(select(LateRecord.id)) is None


def test_a_second_record_gets_the_next_number_and_stops_no_clock_again(session: Session) -> None:
    officer = a_person(session)
    incident = an_incident(session, officer=officer)
    new = NewRecord(offence_id=an_offence(session).id)
    actor = as_actor(session, officer)

    record_crime(session, actor, incident, new, now=NOW)
    second = record_crime(session, actor, incident, new, now=NOW + timedelta(hours=1))

    assert session.get_one(Crime, second).crime_number == f"{incident.reference}/2"
    assert incident.settled_at == NOW


def test_exactly_the_limit_is_in_time_and_a_moment_later_needs_its_reason(session: Session) -> None:
    officer = a_person(session)
    new = NewRecord(offence_id=an_offence(session).id)
    actor = as_actor(session, officer)
    in_time = an_incident(session, officer=officer, first_reported_at=NOW - timedelta(hours=24))
    late = an_incident(
        session, officer=officer, first_reported_at=NOW - timedelta(hours=24, microseconds=1)
    )

    record_crime(session, actor, in_time, new, now=NOW)
    assert session.scalar(select(LateRecord.id)) is None

    with pytest.raises(InvalidValue, match="Say why"):
        record_crime(session, actor, late, new, now=NOW)
    assert late.settled_at is None

    with_reason = NewRecord(offence_id=new.offence_id, late_reason=WHY)
    crime_id = record_crime(session, actor, late, with_reason, now=NOW)
    row = session.scalars(select(LateRecord)).one()
    assert (row.crime_id, row.reason, row.limit_at) == (crime_id, WHY, late.record_by_at)


@pytest.mark.parametrize(
    ("reported", "limit"),
    [
        ("2026-03-28 10:00", "2026-03-29 11:00"),
        ("2026-10-24 10:00", "2026-10-25 09:00"),
        ("2027-03-27 10:00", "2027-03-28 11:00"),
        ("2027-10-30 10:00", "2027-10-31 09:00"),
    ],
)
def test_over_a_clock_change_the_database_keeps_24_elapsed_hours(
    session: Session, reported: str, limit: str
) -> None:
    reported_at, limit_at = (from_london(datetime.fromisoformat(at)) for at in (reported, limit))
    officer = a_person(session)
    new = NewRecord(offence_id=an_offence(session).id)
    actor = as_actor(session, officer)
    in_time, late = (
        an_incident(session, officer=officer, first_reported_at=reported_at) for _ in range(2)
    )
    session.expire_all()

    assert in_time.record_by_at == limit_at
    record_crime(session, actor, in_time, new, now=limit_at)
    with pytest.raises(InvalidValue, match="Say why"):
        record_crime(session, actor, late, new, now=limit_at + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("opened_as", "settled_as", "what_to_do"),
    [
        (OpeningCode.RAPE, "", "Use “Decide on a report of rape”"),
        (OpeningCode.SEXUAL, "", "Use “Decide on a report of rape”"),
        (OpeningCode.VIOLENCE, "", "Say on the report’s page that what was disclosed may be rape"),
        (OpeningCode.DOMESTIC, "crime_recorded", "a report of its own"),
    ],
)
def test_rape_is_recorded_by_its_own_test_alone(
    session: Session, opened_as: OpeningCode, settled_as: str, what_to_do: str
) -> None:
    officer = a_person(session)
    incident = an_incident(session, officer=officer, opening_code=opened_as)
    if settled_as:
        incident.settled_at, incident.closing_code = NOW, settled_as
    kind = an_offence(session, offence_class="19C", offence_code="019/08")
    new = NewRecord(offence_id=kind.id)

    with pytest.raises(InvalidValue, match=what_to_do):
        record_by_hand(session, as_actor(session, officer), incident, new, now=NOW)
    assert session.scalar(select(Crime.id)) is None


def test_another_crime_is_recorded_from_a_report_of_rape_and_does_not_settle_it(
    session: Session,
) -> None:
    officer = a_person(session)
    incident = an_incident(session, officer=officer, opening_code=OpeningCode.RAPE)
    kind = an_offence(session, offence_class="34B", offence_code="034/01")

    new = NewRecord(offence_id=kind.id)
    record_by_hand(session, as_actor(session, officer), incident, new, now=NOW)

    assert session.scalar(select(Crime.id)) is not None
    assert (incident.settled_at, incident.closing_code) == (None, "")


def test_a_rape_that_another_system_recorded_is_not_entered_past_its_report(
    session: Session,
) -> None:
    officer = a_person(session)
    incident = an_incident(session, officer=officer)
    kind = an_offence(session, offence_class="19C", offence_code="019/08")

    def entered(number: str, reference: str) -> int:
        new = NewCrime(
            crime_number=number,
            incident_reference=reference,
            reported_at=NOW - timedelta(hours=2),
            recorded_at=NOW - timedelta(hours=1),
            offence_id=kind.id,
        )
        return enter_by_hand(session, as_actor(session, officer), new, now=NOW)

    with pytest.raises(InvalidValue, match="Decide on its page"):
        entered("DEMO 7/26", f" {incident.reference.lower()} ")
    assert entered("DEMO 7/26", "CAD 1 of a system before this one")
