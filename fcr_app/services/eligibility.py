"""Which cases a person could decide at this moment, as SQL.

Says exactly what ``fcr_app.domain.authority`` says, for a whole list at once: the authority is
asked of that module itself, and a test holds the independence to it for random people and crimes.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from fcr_app.domain.authority import Needed, authority_of
from fcr_app.domain.facts import ForceFacts, Part
from fcr_app.domain.roles import Actor
from fcr_app.models import Case, CrimePerson, Force
from fcr_app.services.case_statements import registered_fcr_exists
from fcr_app.services.visibility import people_supervised_by
from fcr_app.workflows import WORKFLOWS

#: States in which a case waits for somebody with authority.
AWAITING = sorted({state.value for workflow in WORKFLOWS for state in workflow.awaiting})


def decidable_by(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that a person could decide it now, whoever holds it."""
    return and_(Case.state.in_(AWAITING), has_authority(actor, now), is_independent(actor))


def has_authority(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition that what a person holds today is enough for a case."""
    always = _levels(actor, has_registered_fcr=True)
    only_without = _levels(actor, has_registered_fcr=False) - always
    enough = Case.needs.in_(sorted(always))
    if not only_without:
        return enough
    return or_(enough, and_(Case.needs.in_(sorted(only_without)), ~registered_fcr_exists(now)))


def _levels(actor: Actor, *, has_registered_fcr: bool) -> set[Needed]:
    force = ForceFacts(has_registered_fcr=has_registered_fcr)
    return {level for level in Needed if authority_of(actor, level, force)}


def is_independent(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a person is independent of the investigation (CANC-05, CANC-08)."""
    plays_a_part = exists().where(
        CrimePerson.crime_id == Case.crime_id, CrimePerson.person_id == actor.id
    )
    managed = people_supervised_by(actor)
    manages_the_officer = exists().where(
        CrimePerson.crime_id == Case.crime_id,
        CrimePerson.part == Part.OFFICER_IN_CASE.value,
        CrimePerson.person_id.in_(managed),
    )
    allowed = select(Force.line_manager_may_decide).where(Force.id == 1).scalar_subquery()
    return and_(
        Case.opened_by_id != actor.id,
        ~plays_a_part,
        or_(allowed, and_(Case.opened_by_id.not_in(managed), ~manages_the_officer)),
    )


def held_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a person, or somebody they cover for, has claimed a case."""
    return Case.claimed_by_id.in_(sorted({actor.id, *actor.deputises_for}))


def not_held_by_others(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that nobody stands in a person's way of deciding a case."""
    return or_(Case.claimed_by_id.is_(None), held_by(actor))
