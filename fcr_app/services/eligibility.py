"""Which cases a person could decide at this moment, as SQL.

Says exactly what ``fcr_app.domain.authority`` says, for a whole list at once: the authority is
asked of that module itself, and a test holds the independence to it for random people and crimes.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from fcr_app.domain.authority import Needed, authority_of
from fcr_app.domain.facts import ForceFacts, Part
from fcr_app.domain.roles import REGISTRARS, AccreditationKind, Actor, Role
from fcr_app.models import (
    CancellationRequest,
    Case,
    CrimePerson,
    Decision,
    Force,
    NoticeException,
    RegistrarAdvice,
)
from fcr_app.services.case_statements import registered_fcr_exists
from fcr_app.services.visibility import Ways, incidents_involving, people_supervised_by
from fcr_app.workflows import WORKFLOWS

#: States in which a case waits for somebody with authority.
AWAITING = sorted({state.value for workflow in WORKFLOWS for state in workflow.awaiting})

#: States in which somebody has to be told, unless the registrar excuses it.
TO_TELL = ("approved_pending_victim", "not_recorded_to_tell", "appeal_dismissed_to_tell")


def waits_for(actor: Actor, now: datetime) -> Ways:
    """Return the ways in which a case waits for a person's authority, and nobody is in the way.

    Besides a decision, a registrar's may be needed for advice (CANC-02) or an exception (VIC-05).
    """
    free = or_(Case.claimed_by_id.is_(None), held_by(actor))
    ways: Ways = (and_(decidable_by(actor, now), free),)
    if actor.has(*REGISTRARS):
        ways = (*ways, _wants_advice(actor, now), _wants_exception(actor))
    return ways


def decidable_by(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that a person could decide it now, whoever holds it."""
    return and_(Case.state.in_(AWAITING), _has_authority(actor, now), is_independent(actor))


def _has_authority(actor: Actor, now: datetime) -> ColumnElement[bool]:
    always = _levels(actor, has_registered_fcr=True)
    enough = Case.needs.in_(sorted(always))
    only_without = _levels(actor, has_registered_fcr=False) - always
    if not only_without:
        return enough
    instead = and_(
        Case.needs.in_(sorted(only_without)), ~registered_fcr_exists(now), _advice_is_attached()
    )
    return or_(enough, instead)


def _levels(actor: Actor, *, has_registered_fcr: bool) -> set[Needed]:
    force = ForceFacts(has_registered_fcr=has_registered_fcr)
    return {level for level in Needed if authority_of(actor, level, force)}


def _advice_is_attached() -> ColumnElement[bool]:
    """Return the condition that a registrar has advised on the request as it was last sent."""
    return exists().where(
        RegistrarAdvice.case_id == Case.id,
        CancellationRequest.case_id == Case.id,
        RegistrarAdvice.at >= CancellationRequest.sent_at,
    )


def _wants_advice(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition that the chief officer waits for a registrar's advice."""
    # With this one on the register, no chief officer decides.
    if actor.has(Role.CHIEF_OFFICER) or actor.holds(AccreditationKind.REGISTER):
        return false()
    return and_(
        Case.state.in_(AWAITING),
        Case.needs == Needed.REGISTERED_FCR_OR_CHIEF.value,
        ~registered_fcr_exists(now),
        ~_advice_is_attached(),
    )


def _wants_exception(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody asked not to have to tell a victim, and waits."""
    force = ForceFacts(has_registered_fcr=True)
    if authority_of(actor, Needed.FCR, force) is None:
        return false()
    proposed, approved = aliased(NoticeException), aliased(NoticeException)
    answered = exists().where(
        approved.decision_id == proposed.decision_id,
        approved.approved,
        func.coalesce(approved.victim_id, 0) == func.coalesce(proposed.victim_id, 0),
    )
    latest = (
        select(func.max(Decision.id)).where(Decision.case_id == proposed.case_id).scalar_subquery()
    )
    waiting = select(proposed.case_id).where(
        ~proposed.approved, proposed.decision_id == latest, ~answered
    )
    return and_(Case.id.in_(waiting), Case.state.in_(TO_TELL), is_independent(actor))


def is_independent(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a person is independent of the investigation (CANC-05, CANC-08)."""
    plays_a_part = exists().where(
        CrimePerson.crime_id == Case.crime_id, CrimePerson.person_id == actor.id
    )
    managed = people_supervised_by(actor)
    # Whether it matters is asked inside: outside, PostgreSQL would look up every officer in the
    # case of the force before it reads a case.
    manages_the_officer = exists().where(
        CrimePerson.crime_id == Case.crime_id,
        CrimePerson.part == Part.OFFICER_IN_CASE.value,
        CrimePerson.person_id.in_(managed),
        ~_line_manager_may_decide(),
    )
    return and_(
        Case.opened_by_id != actor.id,
        ~plays_a_part,
        # Written so that a case about no report passes: nothing is in a list with nothing. Asked as
        # the others are, PostgreSQL would take it that hardly any case passes, and sort them all.
        or_(Case.incident_id.is_(None), Case.incident_id.not_in(incidents_involving(actor))),
        or_(_line_manager_may_decide(), Case.opened_by_id.not_in(managed)),
        ~manages_the_officer,
    )


def _line_manager_may_decide() -> ColumnElement[bool]:
    """Return the force's policy; a force that has not said so yet allows nothing."""
    allowed = select(Force.line_manager_may_decide).where(Force.id == 1).scalar_subquery()
    return func.coalesce(allowed, false())


def held_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a person, or somebody they cover for, has claimed a case."""
    return Case.claimed_by_id.in_(sorted({actor.id, *actor.deputises_for}))
