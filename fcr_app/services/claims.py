"""Who holds a case: taking it, letting it go, giving it to somebody else.

A claim keeps two people from deciding the same request. It gives nobody any authority: who may
hold a case is asked of the same rules as who may decide it, at the moment of asking.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.mail import case_topic
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import REGISTRARS, Actor
from fcr_app.errors import (
    InvalidValue,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import Case, Person
from fcr_app.services.candidates import Candidate, candidates
from fcr_app.services.eligibility import decidable_by
from fcr_app.services.loading import Loaded, load
from fcr_app.services.log import Record, record_change, record_view
from fcr_app.services.standing import reasons_against, steps_of_the_holder
from fcr_app.services.tell import tell


def claim(session: Session, actor: Actor, reference: str, *, now: datetime) -> None:
    """Take a case for oneself; taking it twice counts once.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        SomeoneElseChangedIt: If somebody else has it, or was a moment faster.
        StepNotAvailable: If it is in a state that nobody needs to hold it in.
        PermissionRefused: With every reason why the person could not decide it.
    """
    loaded = load(session, actor, reference, now=now)
    case = loaded.case
    if case.claimed_by_id == actor.id:
        return
    if case.claimed_by_id is not None:
        raise SomeoneElseChangedIt(_taken(session, case.id))
    _has_a_holder(loaded)
    if reasons := reasons_against(loaded.workflow, case.state, loaded.facts):
        raise PermissionRefused(" ".join(reasons))
    if not _give(session, case, before=None, to=actor.id, now=now):
        raise SomeoneElseChangedIt(_taken(session, case.id))
    record_change(session, actor, "case:claimed", Record.CASE, case.id, now=now)


def claim_next(session: Session, actor: Actor, *, now: datetime) -> str | None:
    """Take the most urgent case that this person can decide and nobody holds.

    Returns:
        Its reference; None if there is none.
    """
    # PostgreSQL passes over what somebody else is just taking; SQLite lets one in at a time.
    found = session.execute(
        select(Case.id, Case.reference, Case.version)
        .where(Case.open, decidable_by(actor, now), Case.claimed_by_id.is_(None))
        .order_by(Case.due_at, Case.id)
        .limit(1)
        .with_for_update(of=Case, skip_locked=True)
    ).one_or_none()
    if found is None or not _give(session, found, before=None, to=actor.id, now=now):
        return None
    record_change(session, actor, "case:claimed", Record.CASE, found.id, now=now)
    return str(found.reference)


def release(session: Session, actor: Actor, reference: str, *, now: datetime) -> None:
    """Let a case go, for others to take; letting go twice counts once.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        PermissionRefused: If neither they nor anybody they cover for holds it.
        StepNotAvailable: If it was approved, and so is its decider's to finish.
        SomeoneElseChangedIt: If it changed hands meanwhile.
    """
    loaded = load(session, actor, reference, now=now)
    case, holder = loaded.case, loaded.case.claimed_by_id
    if holder is None:
        return
    if holder not in {actor.id, *actor.deputises_for}:
        raise PermissionRefused(
            f"{loaded.facts.holder_name} holds this case. Ask them to release it, or the FCR to "
            "reassign it."
        )
    if not waits_for_a_decision(loaded):
        raise StepNotAvailable(
            "An approved request stays with its decider until the crime is removed or the decision "
            "is set aside. The FCR can reassign it."
        )
    if not _give(session, case, before=holder, to=None, now=now):
        raise SomeoneElseChangedIt("This case changed hands meanwhile. Reload the page.")
    record_change(session, actor, "case:released", Record.CASE, case.id, now=now)


def reassign(
    session: Session, actor: Actor, reference: str, person_id: int | None, *, now: datetime
) -> str:
    """Give a case to somebody who could decide it, whoever holds it now.

    Returns:
        The new holder's name.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        PermissionRefused: If the person may not give this case to anybody.
        StepNotAvailable: If it is in a state that nobody holds it in.
        InvalidValue: If the new holder could not decide it now.
        SomeoneElseChangedIt: If it changed meanwhile.
    """
    loaded = load(session, actor, reference, now=now)
    case, before = loaded.case, loaded.case.claimed_by_id
    _may_reassign(loaded, actor)
    chosen = next((one for one in candidates(session, loaded) if one.id == person_id), None)
    if chosen is None:
        raise InvalidValue(
            "Select somebody from the list: it holds everybody who could decide this case today.",
            field="person",
        )
    if before == chosen.id:
        return chosen.name
    if not _give(session, case, before=before, to=chosen.id, now=now):
        raise SomeoneElseChangedIt("This case changed meanwhile. Reload the page and try again.")
    detail = f"from {before or 'nobody'} to {chosen.id}, as numbered in the list of people"
    record_change(session, actor, "case:reassigned", Record.CASE, case.id, now=now, detail=detail)
    if chosen.id != actor.id:
        message = f"{actor.name} gave you case {reference} to decide."
        tell(session, [chosen.id], message, case_topic(case.id, reference), now=now)
    return chosen.name


def who_could_hold(
    session: Session, actor: Actor, reference: str, *, now: datetime
) -> tuple[Loaded, tuple[Candidate, ...]]:
    """Return a case and everybody it could be given to now, the least busy first.

    Raises:
        NotFound: If there is no such case, or the person may not see it.
        PermissionRefused: If the person may not give this case to anybody.
        StepNotAvailable: If it is in a state that nobody holds it in.
    """
    loaded = load(session, actor, reference, now=now)
    _may_reassign(loaded, actor)
    record_view(session, actor, "case:who-could-hold", Record.CASE, loaded.case.id, now=now)
    return loaded, candidates(session, loaded)


def waits_for_a_decision(loaded: Loaded) -> bool:
    """Say whether a case is in a state that somebody with authority ends by deciding."""
    return loaded.workflow.state(loaded.case.state) in loaded.workflow.awaiting


def _may_reassign(loaded: Loaded, actor: Actor) -> None:
    """Refuse, unless the person may give this case away.

    A supervisor may give away what is a requester's to do. In today's policy none of that can
    pass to another officer, so only registrars are left.
    """
    if not may(actor, Permission.REASSIGN):
        raise PermissionRefused("Your role may not give a case to somebody else. Ask the FCR.")
    _has_a_holder(loaded)
    if not actor.has(*REGISTRARS):
        raise PermissionRefused(
            "This case is its decider’s, and a supervisor may not choose who decides. Ask the FCR."
        )


def _has_a_holder(loaded: Loaded) -> None:
    """Refuse in a state in which nobody holds a case."""
    case, workflow = loaded.case, loaded.workflow
    state = workflow.state(case.state)
    if case.open and steps_of_the_holder(workflow, state):
        return
    label = workflow.labels[state].lower()
    ending = "It is with the person who made the request." if case.open else "It is settled."
    raise StepNotAvailable(f"Nobody has to hold a case that is “{label}”. {ending}")


def _give(
    session: Session, case: Any, *, before: int | None, to: int | None, now: datetime
) -> bool:
    """Change hands if nothing has changed since the case was read; say whether it did.

    One statement asks and writes, so of two people who try at once only one can succeed.

    Args:
        case: A case, or a row with its id and version.
    """
    held = Case.claimed_by_id.is_(None) if before is None else Case.claimed_by_id == before
    result: Any = session.execute(
        update(Case)
        .where(Case.id == case.id, Case.version == case.version, held)
        .values(claimed_by_id=to, claimed_at=None if to is None else now, version=Case.version + 1)
        .execution_options(synchronize_session=False)
    )
    if isinstance(case, Case):
        session.expire(case)
    return bool(result.rowcount)


def _taken(session: Session, case_id: int) -> str:
    """Return who was faster."""
    row = session.execute(
        select(Person.name, Case.claimed_at)
        .join(Person, Person.id == Case.claimed_by_id)
        .where(Case.id == case_id)
    ).one_or_none()
    if row is None:
        return "Somebody else changed this case a moment ago. Look at it again, then claim it."
    at = to_london(row.claimed_at)
    return (
        f"{row.name} holds this case since {at:%H:%M} on {at:%-d %B %Y}. Take another one, or ask "
        "them to release it."
    )
