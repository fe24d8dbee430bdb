"""An appointment through the services: it is booked, moved, missed, and settles nothing itself."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import NotFound, StepRefused
from fcr_app.models import Appointment, Case, Crime, Incident, LateRecord, Notice, Person
from fcr_app.services.cases import open_incident_case, take_step
from tests.builders import a_person, a_unit, an_incident, an_offence, as_actor

#: A Monday morning in winter, when London time is UTC.
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SOON = MONDAY_10 + timedelta(minutes=5)
TUESDAY_9 = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WEDNESDAY_14 = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
WHY = "Nobody has said yet who was there or what was done to whom."
NOT_YET = {"enough": "no", "still_insufficient": WHY}
ENOUGH = {"enough": "yes", "offence": "34B 034/01"}


def slot(at: datetime, **more: str) -> dict[str, str]:
    """Return the answers that ask for a slot."""
    return {"starts_at": at.isoformat(), "length": "60", "place": "station", **more}


@pytest.fixture
def people(session: Session) -> dict[str, Actor]:
    """Give an officer with a supervisor, another officer, and the FCR."""
    unit = a_unit(session)
    supervisor = a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR], unit=unit)
    officer = a_person(session, supervisor=supervisor, unit=unit, staff_number="D1")
    other = a_person(session, name="Demo Officer Two", supervisor=supervisor, staff_number="D2")
    fcr = a_person(
        session, name="Demo FCR", roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER]
    )
    an_offence(session)
    today = MONDAY_10.date()
    return {
        "officer": as_actor(session, officer, today=today),
        "other": as_actor(session, other, today=today),
        "supervisor": as_actor(session, supervisor, today=today),
        "fcr": as_actor(session, fcr, today=today),
    }


@pytest.fixture
def incident(session: Session, people: dict[str, Actor]) -> Incident:
    """Give a report of violence, made on Monday at 10."""
    officer = session.get_one(Person, people["officer"].id)
    return an_incident(
        session, first_reported_at=MONDAY_10, officer=officer, unit=None, received_by=officer
    )


def opened(session: Session, actor: Actor, incident: Incident) -> Case:
    """Open an appointment about a report."""
    return open_incident_case(session, actor, "diary", incident.id, now=SOON)


def told(session: Session) -> set[tuple[int, str]]:
    """Return who was told what."""
    return {(row.person_id, row.message) for row in session.scalars(select(Notice))}


def test_a_slot_in_time_is_booked_for_the_officer_who_deals_with_the_report(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = opened(session, people["officer"], incident)

    take_step(session, people["officer"], case.reference, "book", slot(TUESDAY_9), now=SOON)

    row = session.scalars(select(Appointment)).one()
    assert case.reference.startswith("DIA-26-")
    assert (case.state, row.starts_at, row.ends_at) == (
        "booked", TUESDAY_9, TUESDAY_9 + timedelta(hours=1),
    )  # fmt: skip
    assert (row.officer_id, row.past_limit, row.sequence) == (people["officer"].id, False, 0)
    assert incident.settled_at is None


def test_exactly_the_limit_is_in_time_and_a_minute_later_is_not(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = opened(session, people["officer"], incident)
    limit = MONDAY_10 + timedelta(hours=24)

    late = slot(limit + timedelta(minutes=1))
    with pytest.raises(StepRefused, match="after the limit to record") as refused:
        take_step(session, people["officer"], case.reference, "book", late, now=SOON)
    assert [refusal.rule for refusal in refused.value.refusals] == ["DIA-02"]

    take_step(session, people["officer"], case.reference, "book", slot(limit), now=SOON)
    assert case.state == "booked"


def test_a_slot_after_the_limit_needs_its_reason_and_waits_for_the_fcr(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = opened(session, people["officer"], incident)
    late = slot(WEDNESDAY_14)

    with pytest.raises(StepRefused, match="insufficient"):
        take_step(session, people["officer"], case.reference, "book_late", late, now=SOON)

    answers = {**late, "insufficient": WHY}
    take_step(session, people["officer"], case.reference, "book_late", answers, now=SOON)
    row = session.scalars(select(Appointment)).one()
    assert (case.state, case.needs, row.past_limit, row.insufficient) == (
        "late_slot", "fcr", True, WHY,
    )  # fmt: skip
    assert any(person == people["fcr"].id for person, _ in told(session))


def test_a_slot_in_time_is_not_for_the_fcr(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = opened(session, people["officer"], incident)
    answers = {**slot(TUESDAY_9), "insufficient": WHY}

    with pytest.raises(StepRefused, match="needs no review"):
        take_step(session, people["officer"], case.reference, "book_late", answers, now=SOON)


def late_case(session: Session, people: dict[str, Actor], incident: Incident) -> Case:
    """Book a slot after the limit."""
    case = opened(session, people["officer"], incident)
    answers = {**slot(WEDNESDAY_14), "insufficient": WHY}
    take_step(session, people["officer"], case.reference, "book_late", answers, now=SOON)
    return case


REASONS = {"rationale": "The account does not say yet whether anything was done."}


@pytest.mark.parametrize(
    ("trigger", "more", "state"),
    [
        ("let_stand", {}, "booked"),
        ("require_record", {}, "record_first"),
        ("move", {"starts_at": TUESDAY_9.isoformat()}, "booked"),
    ],
)
def test_the_fcr_lets_it_stand_has_it_recorded_or_moves_it(  # noqa: PLR0917 - a case of three
    session: Session,
    people: dict[str, Actor],
    incident: Incident,
    trigger: str,
    more: dict[str, str],
    state: str,
) -> None:
    case = late_case(session, people, incident)

    take_step(session, people["fcr"], case.reference, trigger, {**REASONS, **more}, now=SOON)

    row = session.scalars(select(Appointment)).one()
    assert (case.state, case.needs) == (state, "")
    if trigger == "move":
        assert (row.starts_at, row.rebooked_from, row.past_limit) == (
            TUESDAY_9, WEDNESDAY_14, False,
        )  # fmt: skip
        assert row.ends_at - row.starts_at == timedelta(hours=1)
    assert {person for person, _ in told(session)} >= {
        people["officer"].id, people["supervisor"].id,
    }  # fmt: skip


def test_the_fcr_can_not_move_a_slot_to_after_the_limit(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = late_case(session, people, incident)
    later = {**REASONS, "starts_at": (WEDNESDAY_14 + timedelta(hours=2)).isoformat()}

    with pytest.raises(StepRefused, match="after the limit to record"):
        take_step(session, people["fcr"], case.reference, "move", later, now=SOON)


def test_what_the_fcr_requires_to_be_recorded_is_recorded_before_anything_else(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = late_case(session, people, incident)
    take_step(session, people["fcr"], case.reference, "require_record", REASONS, now=SOON)

    with pytest.raises(StepRefused, match="The FCR requires"):
        take_step(session, people["officer"], case.reference, "cancel", NOT_YET, now=SOON)

    said = {"record_offence": "34B 034/01"}
    take_step(session, people["officer"], case.reference, "record", said, now=SOON)
    assert (case.state, incident.closing_code) == ("booked", "crime_recorded")


def booked(session: Session, people: dict[str, Actor], incident: Incident) -> Case:
    """Book a slot in time."""
    case = opened(session, people["officer"], incident)
    take_step(session, people["officer"], case.reference, "book", slot(TUESDAY_9), now=SOON)
    return case


AFTER = TUESDAY_9 + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("trigger", "state"),
    [("attended", "attended"), ("missed", "missed"), ("cancel", "called_off")],
)
def test_whatever_becomes_of_it_the_recording_question_is_asked_and_nothing_is_closed(
    session: Session, people: dict[str, Actor], incident: Incident, trigger: str, state: str
) -> None:
    case = booked(session, people, incident)

    for silent in ({}, {"enough": "no"}, {"enough": "no", "still_insufficient": "Nothing."}):
        with pytest.raises(StepRefused):
            take_step(session, people["officer"], case.reference, trigger, silent, now=AFTER)

    take_step(session, people["officer"], case.reference, trigger, NOT_YET, now=AFTER)
    assert (case.state, case.open, incident.settled_at) == (state, True, None)
    with pytest.raises(StepRefused, match="Nothing is recorded"):
        take_step(session, people["officer"], case.reference, "finish", {}, now=AFTER)


def test_enough_is_recorded_in_the_same_step_and_settles_the_report(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = booked(session, people, incident)
    with pytest.raises(StepRefused, match="Enter the offence"):
        take_step(
            session, people["officer"], case.reference, "missed", {"enough": "yes"}, now=AFTER
        )

    take_step(session, people["officer"], case.reference, "missed", ENOUGH, now=AFTER)

    crime = session.scalars(select(Crime)).one()
    assert (crime.reported_at, crime.recorded_at) == (MONDAY_10, AFTER)
    assert (incident.settled_at, incident.closing_code) == (AFTER, "crime_recorded")
    take_step(session, people["officer"], case.reference, "finish", {}, now=AFTER)
    assert (case.state, case.open) == ("over", False)


def test_a_record_after_the_limit_says_why_and_goes_to_the_list_of_late_records(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = booked(session, people, incident)
    late = MONDAY_10 + timedelta(hours=30)

    for trigger, said in (("record", {"record_offence": "34B 034/01"}), ("missed", ENOUGH)):
        with pytest.raises(StepRefused, match=r"(?i)why .* is recorded"):
            take_step(session, people["officer"], case.reference, trigger, said, now=late)

    why = "The victim was in hospital until this morning."
    answers = {"record_offence": "34B 034/01", "record_late_reason": why}
    take_step(session, people["officer"], case.reference, "record", answers, now=late)
    assert session.scalar(select(LateRecord.reason)) == why
    assert case.state == "booked"  # the visit goes ahead; the crime is recorded before it


def test_a_missed_appointment_is_booked_again_in_the_same_case(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = booked(session, people, incident)
    officer = people["officer"]
    take_step(session, officer, case.reference, "missed", NOT_YET, now=AFTER)
    with pytest.raises(StepRefused, match="after the limit"):
        take_step(
            session, officer, case.reference, "rebook", slot(WEDNESDAY_14) | NOT_YET, now=AFTER
        )

    answers = {**slot(WEDNESDAY_14), "insufficient": WHY}
    take_step(session, officer, case.reference, "rebook_late", answers, now=AFTER)

    row = session.scalars(select(Appointment)).one()
    assert (case.state, row.rebooked_from, row.outcome) == ("late_slot", TUESDAY_9, "")
    assert row.sequence == 2


def test_a_later_slot_is_no_matter_once_the_crime_is_recorded_with_the_step(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = booked(session, people, incident)
    answers = {**slot(WEDNESDAY_14), **ENOUGH}

    take_step(session, people["officer"], case.reference, "rebook", answers, now=AFTER)

    assert (case.state, session.scalars(select(Appointment)).one().past_limit) == ("booked", False)
    assert session.scalar(select(func.count()).select_from(Crime)) == 1


def test_nobody_is_in_two_places_at_once(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    first = booked(session, people, incident)
    second = opened(session, people["officer"], incident)
    overlapping = slot(TUESDAY_9 + timedelta(minutes=30))

    with pytest.raises(StepRefused, match=f"another appointment then .{first.reference}"):
        take_step(session, people["officer"], second.reference, "book", overlapping, now=SOON)

    answers = {**overlapping, "officer": "d2"}
    take_step(session, people["officer"], second.reference, "book", answers, now=SOON)
    assert session.get_one(Appointment, second.id).officer_id == people["other"].id


def test_a_number_that_nobody_has_is_refused(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = opened(session, people["officer"], incident)
    answers = slot(TUESDAY_9, officer="NOBODY")

    with pytest.raises(StepRefused, match="Nobody in post"):
        take_step(session, people["officer"], case.reference, "book", answers, now=SOON)


def test_who_is_to_go_sees_the_case_and_the_report_and_others_do_not(
    session: Session, people: dict[str, Actor], incident: Incident
) -> None:
    case = opened(session, people["officer"], incident)
    answers = slot(TUESDAY_9, officer="D2")
    with pytest.raises(NotFound):
        take_step(session, people["other"], case.reference, "book", answers, now=SOON)

    take_step(session, people["officer"], case.reference, "book", answers, now=SOON)

    take_step(session, people["other"], case.reference, "attended", NOT_YET, now=AFTER)
    assert case.state == "attended"
