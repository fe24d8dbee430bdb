"""Everything about one person that an administrator, or the person, may see on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.london import to_london
from fcr_app.domain.mail import MailChoice
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.errors import NotFound
from fcr_app.models import Person, PersonAccreditation, RoleGrant, SignIn, Unit
from fcr_app.services.deputies import Cover, covers_of


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role or an accreditation that a person holds, held or will hold.

    Attributes:
        key: Which one, as the code names it.
        standing: "in force", "ended" or "not yet".
    """

    id: int
    key: str
    label: str
    starts_on: date
    ends_on: date | None
    evidence: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """A person with their authority and accreditations, all dated.

    Attributes:
        warnings: Where a role they hold today lacks the accreditation it needs (ROLE-01).
        last_signed_in_at: None if never, or too long ago to be known.
    """

    id: int
    name: str
    staff_number: str
    email: str
    unit: str
    unit_id: int | None
    supervisor: str
    supervisor_staff_number: str
    active: bool
    mail_choice: MailChoice
    has_password: bool
    must_change_password: bool
    last_signed_in_at: datetime | None
    version: int
    roles: Sequence[Held]
    accreditations: Sequence[Held]
    covered_by: Sequence[Cover]
    covers_for: Sequence[Cover]
    warnings: Sequence[str]


def person_view(session: Session, person_id: int, *, now: datetime) -> PersonView:
    """Return everything about one person. Takes four statements.

    Raises:
        NotFound: If there is no such person.
    """
    today = to_london(now).date()
    supervisor = aliased(Person)
    last = select(func.max(SignIn.started_at)).where(SignIn.person_id == person_id)
    row = session.execute(
        select(Person, Unit.name, supervisor.name, supervisor.staff_number, last.scalar_subquery())
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(supervisor, supervisor.id == Person.supervisor_id)
        .where(Person.id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such person.")
    person, unit, supervisor_name, supervisor_number, last_at = row
    roles = _roles(session, person_id, today)
    accreditations = _accreditations(session, person_id, today)
    covers = covers_of(session, person_id, today=today)
    return PersonView(
        id=person.id,
        name=person.name,
        staff_number=person.staff_number,
        email=person.email,
        unit=unit or "",
        unit_id=person.unit_id,
        supervisor=supervisor_name or "",
        supervisor_staff_number=supervisor_number or "",
        active=person.active,
        mail_choice=MailChoice(person.mail_choice),
        has_password=person.password_hash is not None,
        must_change_password=person.must_change_password,
        last_signed_in_at=last_at,
        version=person.version,
        roles=roles,
        accreditations=accreditations,
        covered_by=[cover for cover in covers if cover.person_id == person_id],
        covers_for=[cover for cover in covers if cover.deputy_id == person_id],
        warnings=_warnings(roles, accreditations),
    )


def one_of(held: Sequence[Held], held_id: int) -> Held:
    """Return one of a person's entries; another person's is not found here.

    Raises:
        NotFound: If it is not theirs.
    """
    for entry in held:
        if entry.id == held_id:
            return entry
    raise NotFound("There is no such entry.")


def _roles(session: Session, person_id: int, today: date) -> list[Held]:
    grants = session.scalars(
        select(RoleGrant)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.starts_on.desc(), RoleGrant.id.desc())
    )
    return [_held(grant, Role(grant.role), "", today) for grant in grants]


def _accreditations(session: Session, person_id: int, today: date) -> list[Held]:
    entries = session.scalars(
        select(PersonAccreditation)
        .where(PersonAccreditation.person_id == person_id)
        .order_by(PersonAccreditation.starts_on.desc(), PersonAccreditation.id.desc())
    )
    return [_held(entry, AccreditationKind(entry.kind), entry.evidence, today) for entry in entries]


def _held(
    row: RoleGrant | PersonAccreditation,
    what: Role | AccreditationKind,
    evidence: str,
    today: date,
) -> Held:
    if row.starts_on > today:
        standing = "not yet"
    elif row.ends_on and row.ends_on < today:
        standing = "ended"
    else:
        standing = "in force"
    return Held(
        id=row.id,
        key=what.value,
        label=what.label,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        evidence=evidence,
        standing=standing,
    )


def _warnings(roles: Sequence[Held], accreditations: Sequence[Held]) -> list[str]:
    """Say which role held today can't be used for want of an accreditation."""
    today = {held.label for held in roles if held.standing == "in force"}
    trained = {held.label for held in accreditations if held.standing == "in force"}
    course, register = AccreditationKind.DDM_COURSE.label, AccreditationKind.REGISTER.label
    found = []
    if Role.DDM.label in today and course not in trained:
        found.append(
            "They hold the role of DDM, but no DDM course is in force, so they can’t decide "
            "anything today."
        )
    if {Role.FCR.label, Role.DEPUTY_FCR.label} & today and register not in trained:
        found.append(
            "They are not on the College of Policing register today, so they can’t decide a "
            "cancellation (C2) of rape or homicide."
        )
    if not today:
        found.append("They hold no role today, so they can’t do anything here.")
    return found
