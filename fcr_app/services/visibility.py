"""Who may see which crime and which case. Decided here, once, and as SQL.

A record that a person may not see answers like one that does not exist.
"""

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from fcr_app.domain.roles import Actor, Role
from fcr_app.models import Case, Crime, CrimePerson, Person, Unit

#: Their work is force-wide: deciding, registering, auditing, answering for it.
SEES_ALL = frozenset({Role.FCR, Role.DEPUTY_FCR, Role.DDM, Role.AUDITOR, Role.CHIEF_OFFICER})


def visible_crimes(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Crime`` that a person may see it."""
    if not actor.roles.isdisjoint(SEES_ALL):
        return true()
    if actor.roles.isdisjoint({Role.OFFICER, Role.SUPERVISOR}):
        return false()
    mine = exists().where(CrimePerson.crime_id == Crime.id, CrimePerson.person_id == actor.id)
    ways = [mine, Crime.oic_id == actor.id]
    if actor.has(Role.SUPERVISOR):
        ways.append(Crime.unit_id.in_(_units_below(actor)))
        ways.append(Crime.oic_id.in_(select(Person.id).where(Person.supervisor_id == actor.id)))
    return or_(*ways)


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that a person may see it."""
    if not actor.roles.isdisjoint(SEES_ALL):
        return true()
    if actor.roles.isdisjoint({Role.OFFICER, Role.SUPERVISOR}):
        return false()
    involved = exists().where(
        CrimePerson.crime_id == Case.crime_id, CrimePerson.person_id == actor.id
    )
    ways = [Case.opened_by_id == actor.id, involved]
    if actor.has(Role.SUPERVISOR):
        team = aliased(Person)
        ways.append(Case.unit_id.in_(_units_below(actor)))
        ways.append(Case.opened_by_id.in_(select(team.id).where(team.supervisor_id == actor.id)))
    return or_(*ways)


def _units_below(actor: Actor) -> Select[int]:
    return select(Unit.id).where(Unit.path.startswith(actor.unit_path or "none"))
