"""The first thing that is ever done: which force this is, and who looks after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import FcrError, InvalidValue
from fcr_app.models import Force, Person, RoleGrant
from fcr_app.services import passwords
from fcr_app.services.bank_holidays import add_bank_holidays
from fcr_app.services.log import Record, record_change
from fcr_app.services.offences import load_shipped
from fcr_app.services.people import add_person
from fcr_app.services.person_details import Details

#: Old enough for the crimes a force still has open. Later years are added as they are published.
BANK_HOLIDAY_YEARS = range(2015, 2031)


@dataclass(frozen=True, kw_only=True)
class FirstAdministrator:
    """The one person whom nobody else could give a role."""

    name: str
    staff_number: str
    email: str
    password: str


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """What setting up has added."""

    holiday_count: int
    offence_count: int


def require_new(session: Session) -> None:
    """Refuse to set up twice.

    Raises:
        FcrError: If there is a force already.
    """
    name = session.scalar(select(Force.name))
    if name is not None:
        raise FcrError(
            f"This database is already set up for {name}. Nothing was changed. Settings are on "
            "the page “Force”, and people on the page “People”, for administrators."
        )


def check_password(administrator: FirstAdministrator, force_name: str) -> None:
    """Refuse a first password that is easy to guess.

    Raises:
        InvalidValue: If it is.
    """
    about = (administrator.name, administrator.email, force_name)
    passwords.require_good(administrator.password, *about, field="password")


def set_up(
    session: Session,
    actor: Actor,
    force_name: str,
    administrator: FirstAdministrator,
    *,
    now: datetime,
) -> SetUp:
    """Add the force, its first administrator, the bank holidays and the shipped offences.

    Raises:
        FcrError: If there is a force already.
        InvalidValue: If the name of the force or the password can't be used.
        InvalidValues: If the administrator's details can't be used.
    """
    require_new(session)
    if not force_name.strip():
        raise InvalidValue("Enter the name of the force.", field="force_name")
    check_password(administrator, force_name)
    session.add(Force(id=1, name=force_name.strip()))
    record_change(session, actor, "force:set-up", Record.FORCE, 1, now=now, verb="collection")
    details = Details(
        name=administrator.name,
        staff_number=administrator.staff_number,
        email=administrator.email,
    )
    person = session.get_one(Person, add_person(session, actor, details, now=now))
    person.password_hash = passwords.hash_password(administrator.password)
    role = Role.ADMINISTRATOR.value
    today = to_london(now).date()
    session.add(RoleGrant(person_id=person.id, role=role, starts_on=today))
    record_change(
        session,
        actor,
        "person:role-granted",
        Record.PERSON,
        person.id,
        now=now,
        detail=f"{role}, {today} to no end",
    )
    return SetUp(
        holiday_count=add_bank_holidays(session, BANK_HOLIDAY_YEARS),
        offence_count=load_shipped(session, actor, now=now).added_count,
    )
