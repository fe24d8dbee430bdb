"""Entering a crime by hand, and what has to be so about one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.facts import Part
from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import name_key, number_key
from fcr_app.domain.roles import Actor
from fcr_app.errors import (
    InvalidValue,
    InvalidValues,
    NotFound,
)
from fcr_app.models import Crime, CrimeFlag, CrimePerson, Offence, Person, Unit, Victim
from fcr_app.services.equality.records import begin_records
from fcr_app.services.log import Record, record_change
from fcr_app.services.visibility import visible_crimes

#: How a crime that was entered by hand says where it came from.
BY_HAND = "hand"
LONGEST_NUMBER = 80
LONGEST_NAME = 120
NOT_THERE = "There is no such crime, or you may not see it."


@dataclass(frozen=True, kw_only=True)
class NewVictim:
    """A victim as a person gives them.

    Attributes:
        speaks_for: Parent or guardian of a child, contact of a business.
    """

    kind: VictimKind = VictimKind.PERSON
    name: str
    is_child: bool = False
    speaks_for: str = ""
    address: str = ""
    enhanced_ground: EnhancedGround | None = None
    prefers_language: str = "en"


@dataclass(frozen=True, kw_only=True)
class NewCrime:
    """A recorded crime as a person gives it. Times are UTC."""

    crime_number: str
    incident_reference: str = ""
    reported_at: datetime
    recorded_at: datetime
    time_note: str = ""
    offence_id: int
    unit_id: int | None = None
    oic_id: int | None = None
    others: Sequence[tuple[Part, int]] = ()
    victims: Sequence[NewVictim] = ()
    flags: frozenset[Flag] = frozenset()
    location: str = ""
    summary: str = ""


def enter_crime(session: Session, actor: Actor, new: NewCrime, *, now: datetime) -> int:
    """Enter a recorded crime and return its id.

    Raises:
        InvalidValues: If something about it can't be so; names every field at once.
    """
    problems = [*_problems(session, new, now)]
    if problems:
        raise InvalidValues(problems)
    crime = Crime(
        crime_number=new.crime_number.strip(),
        number_key=number_key(new.crime_number),
        incident_reference=new.incident_reference.strip(),
        incident_key=number_key(new.incident_reference),
        reported_at=new.reported_at,
        recorded_at=new.recorded_at,
        recorded_month=month_of(new.recorded_at),
        time_note=new.time_note,
        offence_id=new.offence_id,
        first_offence_id=new.offence_id,
        unit_id=new.unit_id,
        oic_id=new.oic_id,
        location=new.location.strip(),
        summary=new.summary.strip(),
        source=BY_HAND,
        created_at=now,
    )
    session.add(crime)
    session.flush()
    parts = set(new.others) | ({(Part.OFFICER_IN_CASE, new.oic_id)} if new.oic_id else set())
    session.add_all(
        CrimePerson(
            crime_id=crime.id, person_id=person, part=part.value, since_on=today_in_london(now)
        )
        for part, person in sorted(parts)
        if person
    )
    child = {Flag.CHILD} if any(victim.is_child for victim in new.victims) else set()
    session.add_all(CrimeFlag(crime_id=crime.id, flag=f.value) for f in sorted(new.flags | child))
    session.add_all(victim_row(crime.id, victim) for victim in new.victims)
    session.flush()
    begin_records(session, [crime.id], now=now)
    record_change(session, actor, "crime:enter", Record.CRIME, crime.id, now=now, verb="collection")
    return crime.id


def visible_crime(session: Session, actor: Actor, crime_id: int) -> Crime:
    """Return a crime that a person may see.

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
    """
    crime = session.scalar(select(Crime).where(Crime.id == crime_id, visible_crimes(actor)))
    if crime is None:
        raise NotFound(NOT_THERE)
    return crime


def may_see(session: Session, actor: Actor, crime_id: int) -> bool:
    """Say whether a person may see a crime."""
    found = session.scalar(select(Crime.id).where(Crime.id == crime_id, visible_crimes(actor)))
    return found is not None


def month_of(moment: datetime) -> date:
    """Return the first day of the London month that a moment falls in."""
    return today_in_london(moment).replace(day=1)


def time_problems(
    reported_at: datetime | None, recorded_at: datetime | None, now: datetime
) -> Iterator[InvalidValue]:
    """Give what is wrong with a crime's times: the future, or recorded before it was reported."""
    for field, moment in (("reported_at", reported_at), ("recorded_at", recorded_at)):
        if moment and moment > now:
            verb = field.removesuffix("_at")
            yield InvalidValue(f"The time it was {verb} must be in the past.", field=field)
    if reported_at and recorded_at and recorded_at < reported_at:
        yield InvalidValue(
            "The time it was recorded must be the same as or after the time it was reported.",
            field="recorded_at",
        )


def victim_problems(victim: NewVictim, field: str = "") -> Iterator[InvalidValue]:
    """Give what is wrong with a victim.

    Args:
        field: Goes before the names of fields, where a form asks for more than a victim.
    """
    if not victim.name.strip():
        yield InvalidValue("Enter the victim’s name.", field=f"{field}name")
    for name, text in (("name", victim.name), ("speaks_for", victim.speaks_for)):
        if len(text.strip()) > LONGEST_NAME:
            yield InvalidValue(
                f"A name must be {LONGEST_NAME} characters or fewer.", field=f"{field}{name}"
            )
    if victim.speaks_for.strip():
        return
    if victim.kind is VictimKind.BUSINESS:
        yield InvalidValue("Enter who to contact at the business.", field=f"{field}speaks_for")
    elif victim.is_child:
        yield InvalidValue("Enter the child’s parent or guardian.", field=f"{field}speaks_for")


def victim_row(crime_id: int, victim: NewVictim) -> Victim:
    """Return a victim as it is stored; the problems were looked for before."""
    ground = victim.enhanced_ground
    if victim.is_child and ground is None:
        ground = EnhancedGround.UNDER_18  # VC-05: under 18 counts as vulnerable
    return Victim(
        crime_id=crime_id,
        kind=victim.kind.value,
        name=victim.name.strip(),
        name_key=name_key(victim.name),
        is_child=victim.is_child,
        speaks_for=victim.speaks_for.strip(),
        address="\n".join(line.strip() for line in victim.address.splitlines() if line.strip()),
        enhanced_ground=ground.value if ground else "",
        prefers_language=victim.prefers_language,
    )


def _problems(session: Session, new: NewCrime, now: datetime) -> Iterator[InvalidValue]:
    yield from _number_problems(session, new)
    yield from time_problems(new.reported_at, new.recorded_at, now)
    yield from offence_problems(session, new.offence_id)
    if new.unit_id and session.get(Unit, new.unit_id) is None:
        yield InvalidValue("Select a unit from the list.", field="unit")
    people = {person for _, person in new.others} | ({new.oic_id} if new.oic_id else set())
    if active_people(session, people) != people:
        yield InvalidValue("One of these people has left the force.", field="oic")
    for victim in new.victims:
        yield from victim_problems(victim, field="victim_")


def _number_problems(session: Session, new: NewCrime) -> Iterator[InvalidValue]:
    key = number_key(new.crime_number)
    if not key:
        yield InvalidValue("Enter the crime number.", field="crime_number")
    elif max(len(key), len(new.crime_number.strip())) > LONGEST_NUMBER:
        yield InvalidValue(
            f"The crime number must be {LONGEST_NUMBER} characters or fewer.", field="crime_number"
        )
    elif session.scalar(select(Crime.id).where(Crime.number_key == key)):
        yield InvalidValue(
            "A crime with this number is here already. Check the number, or search for it.",
            field="crime_number",
        )
    if len(number_key(new.incident_reference)) > LONGEST_NUMBER:
        yield InvalidValue(
            f"The incident reference must be {LONGEST_NUMBER} characters or fewer.",
            field="incident_reference",
        )


def offence_problems(session: Session, offence_id: int) -> Iterator[InvalidValue]:
    """Give what is wrong with the offence that a crime is to be recorded as."""
    offence = session.get(Offence, offence_id)
    if offence is None:
        yield InvalidValue("Select an offence from the list.", field="offence")
    elif offence.reported_incident:
        yield InvalidValue(
            f"{offence.offence_class} is a reported incident, not a recorded crime. "
            "Select the offence it was recorded as.",
            field="offence",
        )


def active_people(session: Session, people: set[int]) -> set[int]:
    """Return those of some people who have not left."""
    return set(session.scalars(select(Person.id).where(Person.id.in_(people), Person.active)))


def today_in_london(now: datetime) -> date:
    """Return the London day that a moment falls in."""
    return to_london(now).date()
