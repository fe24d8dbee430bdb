"""Fills an empty database with a demonstration force in which every kind of case can be seen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import Person
from fcr_app.services.demo_bulletins import add_bulletins
from fcr_app.services.demo_cases import Player
from fcr_app.services.demo_crimes import add_crimes
from fcr_app.services.demo_diary import add_appointments
from fcr_app.services.demo_equality import add_answers
from fcr_app.services.demo_feedback import add_feedback
from fcr_app.services.demo_force import (
    DEMO_PASSWORD,
    add_force,
    add_people,
    add_units,
    require_demonstration,
    sign_ins,
)
from fcr_app.services.demo_incidents import add_incidents
from fcr_app.services.demo_recording import play_recording
from fcr_app.services.demo_rulings import add_rulings
from fcr_app.services.log import Record, record_change
from fcr_app.services.offences import load_shipped
from fcr_app.services.passwords import hash_password


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """What was added; nothing where the demonstration was there already."""

    people: int = 0
    crimes: int = 0
    cases: int = 0
    incidents: int = 0


def seed(session: Session, actor: Actor, *, now: datetime) -> Seeded:
    """Add the demonstration force, unless it is there already.

    Raises:
        NotADemonstration: If the database holds a real force.
    """
    force = require_demonstration(session)
    first = sign_ins()[0].email
    if session.scalar(select(Person.id).where(Person.email == first)):
        return Seeded()
    if force is None:
        add_force(session, to_london(now).date())
    load_shipped(session, actor, now=now)
    units = add_units(session)
    people = add_people(session, units, hash_password(DEMO_PASSWORD), now=now)
    crimes = add_crimes(session, actor, units, people, now=now)
    incidents = add_incidents(session, people, crimes, now=now)
    cases = Player(session, people, crimes, now).play_all()
    cases += add_appointments(session, people, now=now)
    cases += add_rulings(session, people, crimes, now=now)
    cases += play_recording(session, people, now=now)
    add_answers(session, now=now)
    add_bulletins(session, people, units, now=now)
    cases += add_feedback(session, people, crimes, incidents, now=now)
    record_change(session, actor, "demo:seed", Record.FORCE, 1, now=now, verb="collection")
    return Seeded(people=len(people), crimes=len(crimes), cases=cases, incidents=len(incidents))
