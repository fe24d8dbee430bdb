"""Who can examine records: the auditors of a line, then those who stand in for them."""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from fcr_app.domain.permissions import ROLES_WITH, Permission
from fcr_app.domain.roles import Role
from fcr_app.models import AuditLineAuditor, Person, RoleGrant
from fcr_app.services.actors import in_force


def examiners_of(session: Session, line_id: int, today: date) -> tuple[tuple[int, ...], ...]:
    """Return who examines the records of a line, in three pools of ids.

    First the auditors that the plan names; then other auditors; then registrars. All of them have
    a role today that lets them.
    """
    named = select(AuditLineAuditor.person_id).where(AuditLineAuditor.line_id == line_id)
    pool = case((Person.id.in_(named), 0), (RoleGrant.role == Role.AUDITOR.value, 1), else_=2)
    rows = session.execute(
        select(Person.id, func.min(pool))
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.active,
            RoleGrant.role.in_([role.value for role in ROLES_WITH[Permission.REVIEW_AUDITS]]),
            in_force(RoleGrant, today),
        )
        .group_by(Person.id)
        .order_by(Person.id)
    ).all()
    return tuple(tuple(id_ for id_, place in rows if place == number) for number in range(3))
