"""Every late record waits for the FCR, who accepts its reason or tells why not (REC-11)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound, PermissionRefused
from fcr_app.models import FeedbackItem, LateRecord, Person
from fcr_app.services.incident_crimes import NewRecord, record_crime
from fcr_app.services.incident_history import read_history
from fcr_app.services.late_records import Listed, Verdict, late_list, late_record, review
from tests.builders import NOW, a_person, an_incident, an_offence, as_actor
from tests.statements import statements

WHY = "The first officer took it for a civil dispute."
NOT_ALLOWED = "A wrong first impression is no reason the rules allow."


@pytest.fixture
def fcr(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo FCR One", roles=[Role.FCR]))


@pytest.fixture
def officer(session: Session) -> Person:
    return a_person(session, name="Demo Officer One")


def a_late_record(session: Session, officer: Person, *, hours: int = 30) -> LateRecord:
    incident = an_incident(session, officer=officer, first_reported_at=NOW - timedelta(hours=hours))
    new = NewRecord(offence_id=an_offence(session).id, late_reason=WHY)
    crime_id = record_crime(session, as_actor(session, officer), incident, new, now=NOW)
    session.flush()
    return session.scalars(select(LateRecord).where(LateRecord.crime_id == crime_id)).one()


def test_a_late_record_waits_with_its_reason_and_by_how_much(
    session: Session, fcr: Actor, officer: Person
) -> None:
    a_late_record(session, officer)
    found = late_list(session, fcr, Listed.WAITING)

    row = found.page.rows[0]
    assert (row.by, row.reason, row.officer) == (timedelta(hours=6), WHY, "Demo Officer One")
    assert found.counts == {"waiting": "1", "reviewed": "0"}


def test_an_accepted_reason_is_settled_on_the_record(
    session: Session, fcr: Actor, officer: Person
) -> None:
    late = a_late_record(session, officer)
    review(session, fcr, late.id, Verdict.ACCEPTED, "", now=NOW)

    assert late_list(session, fcr, Listed.WAITING).page.rows == ()
    assert late_list(session, fcr, Listed.REVIEWED).page.rows[0].verdict is Verdict.ACCEPTED
    assert read_history(session, late.incident_id)[0].what.startswith("Accepted the reason")
    assert session.scalar(select(FeedbackItem.id)) is None
    with pytest.raises(AlreadyDone):
        review(session, fcr, late.id, Verdict.ACCEPTED, "", now=NOW)


def test_a_reason_that_is_not_accepted_becomes_feedback(
    session: Session, fcr: Actor, officer: Person
) -> None:
    late = a_late_record(session, officer)
    with pytest.raises(InvalidValue, match="Say why not"):
        review(session, fcr, late.id, Verdict.NOT_ACCEPTED, "No.", now=NOW)

    review(session, fcr, late.id, Verdict.NOT_ACCEPTED, NOT_ALLOWED, now=NOW)

    item = session.scalars(select(FeedbackItem)).one()
    assert (item.to_id, item.from_id, item.error_type) == (officer.id, fcr.id, "E13")
    assert (item.reasons, item.incident_id) == (NOT_ALLOWED, late.incident_id)


def test_nobody_gets_feedback_who_has_left(session: Session, fcr: Actor, officer: Person) -> None:
    late = a_late_record(session, officer)
    officer.active = False
    session.flush()

    review(session, fcr, late.id, Verdict.NOT_ACCEPTED, NOT_ALLOWED, now=NOW)
    assert session.scalar(select(FeedbackItem.id)) is None


def test_nobody_looks_at_their_own_reason(session: Session) -> None:
    registrar = a_person(session, roles=[Role.FCR])
    late = a_late_record(session, registrar)

    with pytest.raises(PermissionRefused):
        review(session, as_actor(session, registrar), late.id, Verdict.ACCEPTED, "", now=NOW)


def test_what_is_not_there_is_not_found(session: Session, fcr: Actor) -> None:
    with pytest.raises(NotFound):
        late_record(session, fcr, 99, now=NOW)
    with pytest.raises(NotFound):
        review(session, fcr, 99, Verdict.ACCEPTED, "", now=NOW)


def test_a_list_takes_two_statements_however_long_it_is(
    session: Session, fcr: Actor, officer: Person
) -> None:
    for hours in range(30, 60):
        a_late_record(session, officer, hours=hours)
    with statements(session) as sent:
        found = late_list(session, fcr, Listed.WAITING)

    assert len(sent) == 2
    assert found.page.after
    rest = late_list(session, fcr, Listed.WAITING, after=found.page.after)
    assert len(found.page.rows) + len(rest.page.rows) == 30
