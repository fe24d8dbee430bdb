"""Everybody a case could be given to: those whom the rules would let decide it today."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import DECIDERS, Accreditation, Actor, Role
from fcr_app.models import Case, Person, PersonAccreditation, RoleGrant
from fcr_app.services.actors import as_accreditation, in_force
from fcr_app.services.loading import Loaded
from fcr_app.services.standing import reasons_against

_WHO_DECIDES = [role.value for role in (*DECIDERS, Role.CHIEF_OFFICER)]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody a case could be given to.

    Attributes:
        holding: How many open cases they hold already.
    """

    id: int
    name: str
    holding: int


def candidates(session: Session, loaded: Loaded) -> tuple[Candidate, ...]:
    """Return everybody who could decide a case today, the least busy first."""
    today = loaded.facts.today
    grants = session.execute(
        select(Person.id, Person.name, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.active, RoleGrant.role.in_(_WHO_DECIDES), in_force(RoleGrant, today))
    ).all()
    roles: dict[int, set[Role]] = defaultdict(set)
    for grant in grants:
        roles[grant.id].add(Role(grant.role))
    names = {grant.id: grant.name for grant in grants}
    held = _accreditations(session, list(names), today)
    eligible = [
        person_id
        for person_id, name in names.items()
        if not _reasons(
            loaded,
            Actor(
                id=person_id,
                name=name,
                roles=frozenset(roles[person_id]),
                accreditations=tuple(held[person_id]),
            ),
        )
    ]
    busy = _holding(session, eligible)
    found = (Candidate(id=one, name=names[one], holding=busy.get(one, 0)) for one in eligible)
    return tuple(sorted(found, key=lambda one: (one.holding, one.name, one.id)))


def _reasons(loaded: Loaded, person: Actor) -> tuple[str, ...]:
    facts = replace(loaded.facts, actor=person)
    return reasons_against(loaded.workflow, loaded.case.state, facts)


def _accreditations(
    session: Session, people: list[int], today: date
) -> dict[int, list[Accreditation]]:
    held: dict[int, list[Accreditation]] = defaultdict(list)
    for entry in session.scalars(
        select(PersonAccreditation).where(
            PersonAccreditation.person_id.in_(people), in_force(PersonAccreditation, today)
        )
    ):
        held[entry.person_id].append(as_accreditation(entry))
    return held


def _holding(session: Session, people: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(Case.claimed_by_id, func.count())
        .where(Case.open, Case.claimed_by_id.in_(people))
        .group_by(Case.claimed_by_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}
