"""Two guards on authority over authority: nobody grants it to themselves; somebody must keep it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import PermissionRefused
from fcr_app.models import Person, RoleGrant
from fcr_app.services.actors import in_force


def refuse_own(actor: Actor, person_id: int) -> None:
    """Refuse to let people change their own roles and accreditations.

    Raises:
        PermissionRefused: If it is their own record.
    """
    if actor.id == person_id:
        raise PermissionRefused(
            "You may not change your own roles or accreditations. Ask another administrator."
        )


def require_another_administrator(session: Session, person_id: int, *, today: date) -> None:
    """Refuse a change after which nobody could manage people any more.

    Only an administrator whose role has no end counts: with an end, the same day would come.

    Raises:
        PermissionRefused: If the person is the last one.
    """
    holders = set(
        session.scalars(
            select(RoleGrant.person_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(
                RoleGrant.role == Role.ADMINISTRATOR.value,
                RoleGrant.ends_on.is_(None),
                in_force(RoleGrant, today),
                Person.active,
            )
        )
    )
    if holders == {person_id}:
        raise PermissionRefused(
            "This is the last administrator, so nobody could manage people afterwards. Give "
            "somebody else the role of administrator first, without an end date."
        )
