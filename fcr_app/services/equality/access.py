"""Who may ask victims about equality, and who may see what. Decided here and nowhere else.

It is narrower than who may see the crime or the report (docs/decisions/0017): the values are for
whoever has the victim before them and asks, and for the registrars who answer for the data.
Supervisors and auditors see which questions are open and why, never an answer. DDMs, chief
officers and administrators see nothing; whoever decides a case is shown nothing on its pages.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session

from fcr_app.domain.equality.items import INFO, Item
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.errors import NotFound, PermissionRefused
from fcr_app.models import Appointment, Crime, EqualityRecord, Incident, Victim
from fcr_app.services.log import Record, record_view
from fcr_app.services.visibility import (
    Ways,
    incidents_involving,
    people_supervised_by,
    units_below,
)

NOT_THERE = "There is no such record, or you may not see it."
NOT_YOURS = (
    "Only whoever deals with the crime or the report now, and the FCR, may ask the victim and see "
    "what they answer."
)


class Sight(StrEnum):
    """How much of a record a person may see."""

    VALUES = "values"
    GAPS = "gaps"


def ways_to_ask(actor: Actor) -> Ways:
    """Return conditions on ``EqualityRecord`` of which each lets a person ask and see values."""
    return (true(),) if actor.has(*REGISTRARS) else own(actor)


def own(actor: Actor) -> Ways:
    """Return how a record is a person's own: they deal with the report, or with the crime now.

    Whoever goes to the appointment has the victim before them, so they ask too.
    """
    if not actor.has(Role.OFFICER, Role.SUPERVISOR):
        return ()
    return (
        EqualityRecord.incident_id.in_(incidents_involving(actor)),
        EqualityRecord.incident_id.in_(_visited(actor)),
        _of_victims_of(Crime.oic_id == actor.id),
    )


def _visited(actor: Actor) -> Select[int]:
    """Return the ids of the reports to whose appointment a person goes, or went."""
    return (
        select(Appointment.incident_id)
        .where(Appointment.officer_id == actor.id, Appointment.outcome != "cancelled")
        .correlate(None)
    )


def team(actor: Actor) -> Ways:
    """Return how a record belongs to a supervisor's team: by officer or by unit."""
    if not actor.has(Role.SUPERVISOR):
        return ()
    people, units = people_supervised_by(actor), units_below(actor)
    reports = select(Incident.id).where(
        or_(Incident.officer_id.in_(people), Incident.unit_id.in_(units))
    )
    return (
        EqualityRecord.incident_id.in_(reports.correlate(None)),
        _of_victims_of(or_(Crime.oic_id.in_(people), Crime.unit_id.in_(units))),
    )


def ways_to_see_gaps(actor: Actor) -> Ways:
    """Return conditions on ``EqualityRecord`` of which each lets a person see what is missing."""
    if actor.has(*REGISTRARS, Role.AUDITOR):
        return (true(),)
    return (*own(actor), *team(actor))


def _of_victims_of(crimes: ColumnElement[bool]) -> ColumnElement[bool]:
    victims = (
        select(Victim.equality_record_id)
        .join(Crime, Crime.id == Victim.crime_id)
        .where(crimes, Victim.equality_record_id.is_not(None))
    )
    return EqualityRecord.id.in_(victims.correlate(None))


def sight_of(session: Session, actor: Actor, record_id: int) -> Sight:
    """Return how much of a record a person may see.

    Raises:
        NotFound: If there is no such record, or the person may see nothing of it.
    """
    asks, gaps = or_(false(), *ways_to_ask(actor)), or_(false(), *ways_to_see_gaps(actor))
    found = session.execute(
        select(asks.label("asks")).where(EqualityRecord.id == record_id, gaps)
    ).one_or_none()
    if found is None:
        raise NotFound(NOT_THERE)
    return Sight.VALUES if found.asks else Sight.GAPS


def seen_records(session: Session, actor: Actor, record_ids: Sequence[int]) -> frozenset[int]:
    """Return those of some records of which a person may see at least what is missing."""
    if not record_ids:
        return frozenset()
    seen = or_(false(), *ways_to_see_gaps(actor))
    found = select(EqualityRecord.id).where(EqualityRecord.id.in_(record_ids), seen)
    return frozenset(session.scalars(found))


def may_ask_about_report(session: Session, actor: Actor, incident_id: int) -> bool:
    """Say whether a person may begin the record of a report's victim."""
    if actor.has(*REGISTRARS):
        return True
    if not actor.has(Role.OFFICER, Role.SUPERVISOR):
        return False
    mine = or_(Incident.id.in_(incidents_involving(actor)), Incident.id.in_(_visited(actor)))
    return session.scalar(select(Incident.id).where(Incident.id == incident_id, mine)) is not None


def must_ask(session: Session, actor: Actor, record_id: int) -> None:
    """Refuse whoever may not ask.

    Raises:
        NotFound: If the person may see nothing of the record.
        PermissionRefused: If they may see only what is missing.
    """
    if sight_of(session, actor, record_id) is not Sight.VALUES:
        raise PermissionRefused(NOT_YOURS)


def may_reveal(session: Session, actor: Actor, record_id: int, item: Item) -> bool:
    """Say whether a person may be shown what the law on gender recognition protects.

    Only whoever deals with the victim: their purpose is the investigation. Registrars answer for
    completeness, which needs no value (Gender Recognition Act 2004 section 22).
    """
    if not INFO[item].protected_history:
        return True
    mine = or_(false(), *own(actor))
    found = select(EqualityRecord.id).where(EqualityRecord.id == record_id, mine)
    return session.scalar(found) is not None


def log_look(session: Session, actor: Actor, what: str, record_id: int, *, now: datetime) -> None:
    """Log a look at a record. Whatever shows a value calls this first (DPA 2018 section 62).

    Args:
        what: As ``equality:read``, ``equality:gaps`` or ``equality:reveal``.
    """
    record_view(session, actor, what, Record.EQUALITY, record_id, now=now)
