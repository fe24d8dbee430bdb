"""Who may see which crime and which case. Decided here, once, and as SQL.

A record that a person may not see answers like one that does not exist.
"""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.models import Appointment, Case, Crime, CrimePerson, Incident, Person, Unit

#: Their work is force-wide: deciding, registering, auditing, answering for it.
SEES_ALL = frozenset({Role.FCR, Role.DEPUTY_FCR, Role.DDM, Role.AUDITOR, Role.CHIEF_OFFICER})

#: The condition on ``Case`` that it is not for one person. General ways to see cases ask for it.
OPEN_TO_ALL = Case.addressee_id.is_(None)

Ways = tuple[ColumnElement[bool], ...]


def visible_crimes(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Crime`` that a person may see it."""
    return or_(false(), *ways_to_see_crimes(actor))


def sees_every_case(actor: Actor) -> bool:
    """Say whether a person sees every case there is, so that nothing has to be asked of one."""
    return actor.has(*REGISTRARS, Role.SYSTEM)


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that a person may see it."""
    return or_(false(), *ways_to_see_cases(actor))


def visible_incidents(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``Incident`` that a person may see it."""
    return or_(false(), *ways_to_see_incidents(actor))


def ways_to_see_incidents(actor: Actor) -> Ways:
    """Return conditions on ``Incident`` of which each alone lets a person see it."""
    if not actor.roles.isdisjoint(SEES_ALL):
        return (true(),)
    if actor.roles.isdisjoint({Role.OFFICER, Role.SUPERVISOR}):
        return ()
    ways: Ways = (
        Incident.officer_id == actor.id,
        Incident.received_by_id == actor.id,
        Incident.entered_by_id == actor.id,
        Incident.id.in_(_apart(_appointments(actor, Appointment.incident_id))),
    )
    if actor.has(Role.SUPERVISOR):
        ways = (
            *ways,
            Incident.unit_id.in_(units_below(actor)),
            Incident.officer_id.in_(people_supervised_by(actor)),
        )
    return ways


def ways_to_see_crimes(actor: Actor) -> Ways:
    """Return conditions on ``Crime`` of which each alone lets a person see it.

    A list asks for each apart and puts the answers together, so that each can use its index.
    """
    if not actor.roles.isdisjoint(SEES_ALL):
        return (true(),)
    if actor.roles.isdisjoint({Role.OFFICER, Role.SUPERVISOR}):
        return ()
    ways: Ways = (Crime.id.in_(crimes_involving(actor)), Crime.oic_id == actor.id)
    if actor.has(Role.SUPERVISOR):
        ways = (
            *ways,
            Crime.unit_id.in_(units_below(actor)),
            Crime.oic_id.in_(people_supervised_by(actor)),
        )
    return ways


def ways_to_see_cases(actor: Actor) -> Ways:
    """Return conditions on ``Case`` of which each alone lets a person see it."""
    if sees_every_case(actor):
        return (true(),)
    if not actor.roles.isdisjoint(SEES_ALL):
        return (OPEN_TO_ALL, *private_ways(actor))
    if actor.roles.isdisjoint({Role.OFFICER, Role.SUPERVISOR}):
        return ()
    ways = (
        Case.opened_by_id == actor.id,
        and_(OPEN_TO_ALL, Case.crime_id.in_(crimes_involving(actor))),
        and_(OPEN_TO_ALL, about_one_of(incidents_involving(actor))),
        and_(OPEN_TO_ALL, Case.id.in_(_apart(_appointments(actor, Appointment.case_id)))),
        Case.addressee_id == actor.id,
    )
    return (*ways, *team_cases(actor)) if actor.has(Role.SUPERVISOR) else ways


def private_ways(actor: Actor) -> Ways:
    """Return how somebody comes to see a case that is for one person (FB-01).

    It is theirs, they gave it, or they supervise whom it is for. Registrars see every one.
    """
    ways: Ways = (Case.addressee_id == actor.id, Case.opened_by_id == actor.id)
    if actor.has(Role.SUPERVISOR):
        ways = (*ways, Case.addressee_id.in_(people_supervised_by(actor)))
    return ways


def team_cases(actor: Actor) -> Ways:
    """Return how a case belongs to a supervisor's team: by unit, requester or officer.

    A case that is for one person belongs to the team of that person alone.
    """
    team = people_supervised_by(actor)
    return (
        and_(OPEN_TO_ALL, Case.unit_id.in_(units_below(actor))),
        and_(OPEN_TO_ALL, Case.opened_by_id.in_(team)),
        and_(
            OPEN_TO_ALL,
            Case.crime_id.in_(_apart(select(Crime.id).where(Crime.oic_id.in_(team)))),
        ),
        and_(
            OPEN_TO_ALL,
            about_one_of(_apart(select(Incident.id).where(Incident.officer_id.in_(team)))),
        ),
        Case.addressee_id.in_(team),
    )


def crimes_involving(actor: Actor) -> Select[int]:
    """Return the ids of the crimes in which a person plays any part."""
    return _apart(select(CrimePerson.crime_id).where(CrimePerson.person_id == actor.id))


def incidents_involving(actor: Actor) -> Select[int]:
    """Return the ids of the reports that a person received, entered or deals with."""
    return _apart(
        select(Incident.id).where(
            or_(
                Incident.officer_id == actor.id,
                Incident.received_by_id == actor.id,
                Incident.entered_by_id == actor.id,
            )
        )
    )


def about_one_of(incidents: Select[int]) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that it is about one of some reports.

    PostgreSQL forgets that most cases are about no report when it guesses how many that will be,
    and walks all of them in order; so it is told.
    """
    return and_(Case.incident_id.is_not(None), Case.incident_id.in_(incidents))


def _appointments(actor: Actor, column: InstrumentedAttribute[int]) -> Select[int]:
    """Return a column of the appointments that a person goes to, or a supervisor’s team."""
    whose: ColumnElement[bool] = Appointment.officer_id == actor.id
    if actor.has(Role.SUPERVISOR):
        whose = or_(
            whose,
            Appointment.unit_id.in_(units_below(actor)),
            Appointment.officer_id.in_(people_supervised_by(actor)),
        )
    return select(column).where(whose)


def people_supervised_by(actor: Actor) -> Select[int]:
    """Return the ids of the people whose line manager somebody is."""
    return _apart(select(Person.id).where(Person.supervisor_id == actor.id))


def units_below(actor: Actor) -> Select[int]:
    """Return the ids of a person's unit and of every unit within it."""
    return _apart(select(Unit.id).where(Unit.path.startswith(actor.unit_path or "none")))


def _apart(ids: Select[int]) -> Select[int]:
    """Keep a list of ids to itself, even in a statement that reads the same table."""
    return ids.correlate(None)
