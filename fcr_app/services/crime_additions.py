"""What is added to a crime after it came in: victims, colleagues, a class where it has none."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.crimes import Flag
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import DECIDERS, Actor
from fcr_app.errors import InvalidValue, InvalidValues, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import Crime, CrimeFlag, CrimePerson
from fcr_app.services.crimes import (
    NewVictim,
    active_people,
    offence_problems,
    today_in_london,
    victim_problems,
    victim_row,
    visible_crime,
)
from fcr_app.services.equality.records import begin_records, reports_of, share_with_report
from fcr_app.services.log import Record, record_change


def add_victim(
    session: Session, actor: Actor, crime_id: int, victim: NewVictim, *, now: datetime
) -> None:
    """Add a victim to a crime.

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
        InvalidValues: If something about the victim can't be so.
    """
    crime = visible_crime(session, actor, crime_id)
    problems = [*victim_problems(victim)]
    if problems:
        raise InvalidValues(problems)
    session.add(victim_row(crime.id, victim))
    session.flush()
    begin_records(session, [crime.id], now=now)
    for incident in reports_of(session, crime.id):
        share_with_report(session, incident, crime.id)
    flags = set(session.scalars(select(CrimeFlag.flag).where(CrimeFlag.crime_id == crime.id)))
    if victim.is_child and Flag.CHILD not in flags:
        session.add(CrimeFlag(crime_id=crime.id, flag=Flag.CHILD.value))
    record_change(session, actor, "crime:add-victim", Record.CRIME, crime.id, now=now)


def add_person(  # noqa: PLR0913 - who does what to which crime, and when
    session: Session, actor: Actor, crime_id: int, person_id: int, part: Part, *, now: datetime
) -> None:
    """Note that a member of staff plays a part in an investigation. A part is never taken back.

    Naming an officer in the case makes the present one a former one.

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
        InvalidValues: If the member of staff plays that part already, or has left.
    """
    crime = visible_crime(session, actor, crime_id)
    played = session.scalars(select(CrimePerson).where(CrimePerson.crime_id == crime.id)).all()
    if any(entry.person_id == person_id and entry.part == part for entry in played):
        raise InvalidValues([InvalidValue("They play that part already.", field="person")])
    if not active_people(session, {person_id}):
        raise InvalidValues([InvalidValue("They have left the force.", field="person")])
    if part is Part.OFFICER_IN_CASE:
        _step_down(session, played)
        crime.oic_id = person_id
    session.flush()
    session.add(
        CrimePerson(
            crime_id=crime.id, person_id=person_id, part=part.value, since_on=today_in_london(now)
        )
    )
    record_change(
        session, actor, "crime:add-person", Record.CRIME, crime.id, now=now, detail=part.value
    )


def _step_down(session: Session, played: Sequence[CrimePerson]) -> None:
    """Make the officer in the case a former one; somebody may have been that before."""
    former = {entry.person_id for entry in played if entry.part == Part.FORMER_OFFICER_IN_CASE}
    for entry in played:
        if entry.part == Part.OFFICER_IN_CASE and entry.person_id in former:
            session.delete(entry)
        elif entry.part == Part.OFFICER_IN_CASE:
            entry.part = Part.FORMER_OFFICER_IN_CASE.value


def classify(  # noqa: PLR0913 - who does what to which crime, and when
    session: Session,
    actor: Actor,
    crime_id: int,
    offence_id: int,
    *,
    version: int,
    now: datetime,
) -> None:
    """Give a crime that came in without a class its first one (CLS-02: a DDM or the FCR).

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
        PermissionRefused: If the person is neither a DDM nor a registrar.
        SomeoneElseChangedIt: If the crime has a class, or was changed since it was looked at.
        InvalidValues: If the offence can't be recorded as a crime.
    """
    crime = to_classify(session, actor, crime_id)
    if crime.version != version:
        raise SomeoneElseChangedIt(
            "Somebody else changed this crime while you were writing. Look at it again."
        )
    problems = [*offence_problems(session, offence_id)]
    if problems:
        raise InvalidValues(problems)
    crime.offence_id = crime.first_offence_id = offence_id
    record_change(session, actor, "crime:classify", Record.CRIME, crime.id, now=now)


@enforces(crr26("CLS-02", "13"), how="Only a DDM or the FCR gives a crime its class")
def to_classify(session: Session, actor: Actor, crime_id: int) -> Crime:
    """Return a crime that has no class yet, to somebody who may give it one.

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
        PermissionRefused: If the person is neither a DDM nor a registrar.
        SomeoneElseChangedIt: If the crime has a class.
    """
    crime = visible_crime(session, actor, crime_id)
    if not actor.has(*DECIDERS):
        raise PermissionRefused("Only a DDM or the FCR may say what class a crime has.")
    if crime.offence_id is not None:
        raise SomeoneElseChangedIt("This crime has a class already.")
    return crime
