"""Who a bulletin is for. Decided here, once, and as SQL: for one person, and for everybody."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from fcr_app.domain.bulletins import BulletinState
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.models import (
    Bulletin,
    BulletinEdition,
    BulletinReceipt,
    BulletinRole,
    BulletinUnit,
    Person,
    RoleGrant,
    Unit,
)
from fcr_app.services.actors import in_force


def newest_edition() -> ColumnElement[bool]:
    """Return what joins a bulletin to its newest edition."""
    return and_(
        BulletinEdition.bulletin_id == Bulletin.id, BulletinEdition.number == Bulletin.edition
    )


def standing(today: date) -> ColumnElement[bool]:
    """Return the condition on ``Bulletin`` that it is published and has begun."""
    return and_(Bulletin.state == BulletinState.PUBLISHED.value, Bulletin.starts_on <= today)


def is_for(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``BulletinEdition`` that it is for a person."""
    return and_(
        exists().where(
            BulletinRole.edition_id == BulletinEdition.id,
            BulletinRole.role.in_([role.value for role in actor.roles]),
        ),
        or_(
            ~exists().where(BulletinUnit.edition_id == BulletinEdition.id),
            exists().where(
                BulletinUnit.edition_id == BulletinEdition.id,
                BulletinUnit.unit_id.in_([int(part) for part in actor.unit_path.split("/") if part])
                if actor.unit_path
                else false(),
            ),
        ),
    )


def may_be_read_by(actor: Actor, today: date) -> ColumnElement[bool]:
    """Return the condition on a bulletin and its newest edition that a person may read it.

    Whoever publishes bulletins reads all; others those for them, from their first day on.
    """
    if may(actor, Permission.PUBLISH_BULLETINS):
        return true()
    return and_(Bulletin.edition > 0, Bulletin.starts_on <= today, is_for(actor))


def read_by(person_id: int) -> ColumnElement[bool]:
    """Return the condition on ``Bulletin`` that a person has read what has to be read of it."""
    return exists().where(
        BulletinReceipt.bulletin_id == Bulletin.id,
        BulletinReceipt.person_id == person_id,
        BulletinReceipt.number >= Bulletin.read_from,
    )


def in_audience(edition_id: int, today: date) -> ColumnElement[bool]:
    """Return the condition on ``Person`` that an edition is for them today."""
    own, above = aliased(Unit), aliased(Unit)
    for_units = select(BulletinUnit.unit_id).where(BulletinUnit.edition_id == edition_id)
    holders = (
        select(RoleGrant.person_id)
        .join(BulletinRole, BulletinRole.role == RoleGrant.role)
        .where(BulletinRole.edition_id == edition_id, in_force(RoleGrant, today))
    )
    below = (
        select(own.id)
        .join(above, own.path.startswith(above.path))
        .where(above.id.in_(for_units.correlate(None)))
    )
    return and_(
        Person.active,
        Person.id.in_(holders),
        or_(~for_units.exists(), Person.unit_id.in_(below)),
    )
