"""Makes what a test needs: plain functions with sensible defaults that return flushed rows.

Nobody here is a real person: they are named by what they are.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.authority import Needed
from fcr_app.domain.facts import CrimeStatus, Part
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.recording_clock import record_by
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.models import (
    CancellationRequest,
    Case,
    Crime,
    CrimeFlag,
    CrimePerson,
    Incident,
    IncidentFlag,
    Offence,
    Person,
    PersonAccreditation,
    RoleGrant,
    Unit,
    Victim,
)
from fcr_app.services.actors import load_actor

#: A Tuesday morning in winter, when London time is UTC.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
#: Before anything that happens in a test: when people's roles and training began.
LONG_AGO = date(2020, 1, 1)

#: What everybody in a test signs in with.
PASSWORD = "a demonstration password"

_numbers = count(1)
#: As weak as argon2id goes: a test signs in to see what happens next, not to resist a thief.
_hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def surname_first(name: str) -> str:
    """Return a name as it is searched for: "Demo Officer One" is "one demo officer"."""
    first, _, last = name.rpartition(" ")
    return f"{last} {first}".strip().lower()


def a_unit(session: Session, *, name: str = "", parent: Unit | None = None) -> Unit:
    """Add a unit of the force."""
    number = next(_numbers)
    unit = Unit(
        name=name or f"Demo Unit {number}", parent_id=parent.id if parent else None, path=""
    )
    session.add(unit)
    session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    session.flush()
    return unit


def a_person(
    session: Session,
    *,
    name: str = "Demo Officer One",
    roles: Iterable[Role] = (Role.OFFICER,),
    accreditations: Iterable[AccreditationKind] = (),
    unit: Unit | None = None,
    supervisor: Person | None = None,
    password: str | None = None,
    staff_number: str = "",
    email: str = "",
    active: bool = True,
) -> Person:
    """Add a member of staff whose roles and training have long been in force.

    Args:
        password: What they can sign in with; without one they can't.
    """
    number = next(_numbers)
    person = Person(
        staff_number=staff_number or f"D{number:05}",
        name=name,
        name_key=surname_first(name),
        email=(email or f"demo.{number}@force.example").lower(),
        unit_id=unit.id if unit else None,
        supervisor_id=supervisor.id if supervisor else None,
        password_hash=_hasher.hash(password) if password else None,
        active=active,
        created_at=NOW - timedelta(days=365),
    )
    session.add(person)
    session.flush()
    for role in roles:
        session.add(RoleGrant(person_id=person.id, role=role.value, starts_on=LONG_AGO))
    for kind in accreditations:
        an_accreditation(session, person, kind)
    session.flush()
    return person


def an_accreditation(
    session: Session,
    person: Person,
    kind: AccreditationKind = AccreditationKind.DDM_COURSE,
    *,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
) -> PersonAccreditation:
    """Add a person's training or place on the register."""
    held = PersonAccreditation(
        person_id=person.id,
        kind=kind.value,
        starts_on=starts_on,
        ends_on=ends_on,
        evidence=f"Demo certificate {next(_numbers)}",
    )
    session.add(held)
    session.flush()
    return held


def as_actor(session: Session, person: Person, *, today: date = TODAY) -> Actor:
    """Return a person as somebody who acts."""
    return load_actor(session, person.id, today=today, address="test")


def an_offence(
    session: Session,
    *,
    offence_class: str = "34B",
    offence_code: str = "034/01",
    title: str = "Robbery of personal property",
    victim_or_state: str = "V",
    reported_incident: bool = False,
) -> Offence:
    """Return the offence with this class and code, added if it is not there yet."""
    known = session.scalar(
        select(Offence).where(
            Offence.offence_class == offence_class, Offence.offence_code == offence_code
        )
    )
    if known:
        return known
    offence = Offence(
        offence_class=offence_class,
        offence_code=offence_code,
        class_title=title,
        title=title,
        offence_group="Demo group",
        offence_subgroup="Demo subgroup",
        victim_or_state=victim_or_state,
        max_sentence="Life",
        mode="IND",
        reported_incident=reported_incident,
    )
    session.add(offence)
    session.flush()
    return offence


def a_crime(
    session: Session,
    *,
    number: str = "",
    offence: Offence | None = None,
    oic: Person | None = None,
    people: Mapping[Part, Person] | Iterable[tuple[Part, Person]] = (),
    unit: Unit | None = None,
    recorded_at: datetime = NOW - timedelta(days=3),
    reported_at: datetime | None = None,
    victims: int = 1,
    flags: Iterable[str] = (),
    status: CrimeStatus = CrimeStatus.RECORDED,
) -> Crime:
    """Add a recorded crime: by default a robbery with one victim, recorded three days ago.

    Args:
        oic: The officer in the case, who is also entered among the people.
        people: Others, with the part they play.
        victims: How many to add; ``a_victim`` makes one to order.
        reported_at: Four hours before it was recorded, unless given.
    """
    offence = offence or an_offence(session)
    number = number or f"DEMO {next(_numbers):06}/26"
    removed = status is not CrimeStatus.RECORDED
    crime = Crime(
        crime_number=number,
        number_key=number.upper().replace(" ", ""),
        incident_reference=f"CAD {next(_numbers)}",
        reported_at=reported_at or recorded_at - timedelta(hours=4),
        recorded_at=recorded_at,
        recorded_month=recorded_at.date().replace(day=1),
        offence_id=offence.id,
        first_offence_id=offence.id,
        unit_id=unit.id if unit else None,
        oic_id=oic.id if oic else None,
        status=status.value,
        removal_code={"transferred": "C1", "cancelled": "C2"}.get(status.value),
        removed_at=recorded_at + timedelta(days=1) if removed else None,
        source="hand",
        created_at=recorded_at,
    )
    crime.incident_key = crime.incident_reference.upper().replace(" ", "")
    session.add(crime)
    session.flush()
    parts = list(people.items() if isinstance(people, Mapping) else people)
    if oic:
        parts.append((Part.OFFICER_IN_CASE, oic))
    session.add_all(
        CrimePerson(crime_id=crime.id, person_id=person.id, part=part.value)
        for part, person in parts
    )
    session.add_all(CrimeFlag(crime_id=crime.id, flag=flag) for flag in flags)
    for _ in range(victims):
        a_victim(session, crime)
    session.flush()
    return crime


def a_victim(
    session: Session,
    crime: Crime,
    *,
    name: str = "",
    kind: str = "person",
    is_child: bool = False,
    speaks_for: str = "",
    enhanced_ground: str = "",
    address: str = "1 Demo Street\nDemo Town\nDM1 1AA",
) -> Victim:
    """Add a victim to a crime."""
    name = name or f"Demo Victim {next(_numbers)}"
    victim = Victim(
        crime_id=crime.id,
        kind=kind,
        name=name,
        name_key=surname_first(name),
        is_child=is_child,
        speaks_for=speaks_for,
        enhanced_ground=enhanced_ground,
        address=address,
    )
    session.add(victim)
    session.flush()
    return victim


def an_incident(
    session: Session,
    *,
    reference: str = "",
    first_reported_at: datetime = NOW - timedelta(hours=2),
    opening_code: OpeningCode = OpeningCode.VIOLENCE,
    route: Route = Route.NON_EMERGENCY,
    reporter_type: ReporterType = ReporterType.VICTIM,
    sarc_case: SarcCase | None = None,
    officer: Person | None = None,
    received_by: Person | None = None,
    unit: Unit | None = None,
    vulnerabilities: Iterable[Vulnerability] = (),
    victim_confirmed: Known = Known.YES,
    account: str = "Demonstration account of what happened.",
) -> Incident:
    """Add a report of a crime: by default of violence, made two hours ago and not settled."""
    reference = reference or f"INC-26-{next(_numbers):06}"
    incident = Incident(
        reference=reference,
        reference_key=reference.upper().replace(" ", ""),
        first_reported_at=first_reported_at,
        record_by_at=record_by(first_reported_at),
        received_by_id=received_by.id if received_by else None,
        officer_id=officer.id if officer else None,
        unit_id=unit.id if unit else None,
        route=route.value,
        sarc_case=sarc_case.value if sarc_case else "",
        reporter_type=reporter_type.value,
        victim_traced=Known.YES.value,
        victim_confirmed=victim_confirmed.value,
        victim_willing=Known.UNKNOWN.value,
        opening_code=opening_code.value,
        account=account,
        source="hand",
        created_at=first_reported_at,
    )
    session.add(incident)
    session.flush()
    session.add_all(IncidentFlag(incident_id=incident.id, flag=flag) for flag in vulnerabilities)
    session.flush()
    return incident


def a_case(
    session: Session,
    *,
    crime: Crime | None = None,
    opened_by: Person | None = None,
    state: str = "submitted",
    needs: Needed | None = None,
    asked: str = "C2",
    risk: str = "low",
    due_at: datetime | None = NOW + timedelta(days=2),
    opened_at: datetime = NOW - timedelta(days=1),
    holder: Person | None = None,
) -> Case:
    """Add a case as it stands, without the steps that led there: for lists, not for decisions.

    Args:
        needs: The authority it waits for; a DDM's while submitted, unless given.
        due_at: None where no clock runs.
    """
    crime = crime or a_crime(session)
    opened_by = opened_by or a_person(session, name="Demo Requester")
    needs = needs or (Needed.DDM if state == "submitted" else None)
    number = next(_numbers)
    case = Case(
        reference=f"CAN-26-{number:06}",
        workflow="cancellation",
        state=state,
        open=state not in {"refused", "removed", "withdrawn", "reinstated"},
        crime_id=crime.id,
        unit_id=crime.unit_id,
        opened_by_id=opened_by.id,
        opened_at=opened_at,
        entered_at=opened_at,
        due_at=due_at,
        claimed_by_id=holder.id if holder else None,
        claimed_at=NOW if holder else None,
        needs=needs.value if needs else "",
        asked="" if state == "draft" else asked,
        answers={"code": asked, "risk": risk},
        draft={},
    )
    session.add(case)
    session.flush()
    if state != "draft":
        session.add(
            CancellationRequest(
                case_id=case.id, code=asked, risk=risk, receiving_reference="", sent_at=opened_at
            )
        )
        session.flush()
    return case
