"""What the rules on appointments look at, beside what every case about a report has."""

import re
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.diary import Became, Place, questions as q
from fcr_app.domain.diary.days import Span
from fcr_app.domain.diary.facts import (
    AppointmentFacts,
    DiaryFacts,
    OffenceFacts,
    OfficerFacts,
)
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.models import Appointment, Case, Person, Unit
from fcr_app.services import recording_facts
from fcr_app.services.crime_choices import find_offences
from fcr_app.services.joined import Asking, Joined
from fcr_app.workflows.diary import State

_CLASS_AND_CODE = re.compile(r"\S+\s+\d{3}/\d{2}\b")


def build(session: Session, joined: Joined, asking: Asking) -> DiaryFacts:
    """Build the facts of an appointment, and find who and what the answers name."""
    plain = recording_facts.build(session, joined, asking)
    row = session.execute(_appointment_statement(), {"case_id": joined.case.id}).one_or_none()
    appointment = (
        AppointmentFacts(
            span=Span(row.starts_at, row.ends_at),
            place=Place(row.place),
            officer_id=row.officer_id,
            officer=row.officer,
            unit=row.unit or "",
            became=Became(row.outcome),
            past_limit=row.past_limit,
            insufficient=row.insufficient,
            rebooked_from=row.rebooked_from,
        )
        if row
        else None
    )
    facts = _with(
        plain,
        appointment=appointment,
        offence=_offence(session, asking),
        record_required=joined.case.state == State.RECORD_FIRST.value,
    )
    if facts.wanted is None:
        return facts
    return _with(facts, officer=_officer(session, facts, joined.case.id, lock=asking.lock))


def _with(facts: RecordingFacts, **more: Any) -> DiaryFacts:
    """Return facts with more of them; what depends on the answers is worked out anew."""
    known = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return DiaryFacts(**{**known, **more})


@cache
def _appointment_statement() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Appointment.starts_at, Appointment.ends_at, Appointment.place,
            Appointment.officer_id, Appointment.outcome, Appointment.past_limit,
            Appointment.insufficient, Appointment.rebooked_from,
            Person.name.label("officer"), Unit.name.label("unit"),
        )
        .join(Person, Person.id == Appointment.officer_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.case_id == bindparam("case_id", type_=Integer))
    )  # fmt: skip


def _officer(
    session: Session, facts: DiaryFacts, case_id: int, *, lock: bool
) -> OfficerFacts | None:
    """Find who goes, and whether they are free; hold them, so that nobody books them twice."""
    number, before = facts.said(q.OFFICER), facts.appointment
    usual = before.officer_id if before else facts.incident.officer_id or facts.actor.id
    whom = func.upper(Person.staff_number) == number.upper() if number else Person.id == usual
    found = select(Person.id, Person.name, Person.unit_id).where(Person.active, whom)
    row = session.execute(found.with_for_update() if lock else found).one_or_none()
    wanted = facts.wanted
    if row is None or wanted is None:
        return None
    busy = session.scalar(
        select(Case.reference)
        .join(Appointment, Appointment.case_id == Case.id)
        .where(
            Appointment.officer_id == row.id,
            Appointment.outcome == "",
            Appointment.starts_at < wanted.end,
            Appointment.ends_at > wanted.start,
            Case.id != case_id,
        )
        .limit(1)
    )
    return OfficerFacts(id=row.id, name=row.name, unit_id=row.unit_id, busy_with=busy or "")


def _offence(session: Session, asking: Asking) -> OffenceFacts | None:
    said = asking.answers
    named = (said.get(q.RECORD_OFFENCE.name) or said.get(q.OFFENCE.name) or "").strip()
    if not named:
        return None
    # A page sends it in full, with its title; a program may send class and code alone.
    in_full = _CLASS_AND_CODE.match(named)
    found = find_offences(session, in_full[0] if in_full else named).choices
    if not found:
        return None
    return OffenceFacts(id=found[0].id, label=found[0].label, others=len(found) - 1)


def appointed(session: Session, officer_id: int | None) -> tuple[int | None, int | None]:
    """Return an officer in post, and their supervisor in post."""
    boss = select(Person.id).where(Person.active).correlate(None).subquery()
    row = session.execute(
        select(Person.id, Person.active, boss.c.id.label("supervisor_id"))
        .outerjoin(boss, boss.c.id == Person.supervisor_id)
        .where(Person.id == officer_id)
    ).one_or_none()
    if row is None:
        return None, None
    return (row.id if row.active else None), row.supervisor_id
