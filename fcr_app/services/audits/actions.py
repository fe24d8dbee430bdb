"""What happens to an action: written down, carried out, checked, closed. All of it stays readable.

Recommendations of an audit become actions with an owner, a day and evidence, and are followed up in
later reports (reference on audits, 2.5).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.actions import (
    RULE_OF,
    ActionMove,
    ActionWords,
    MoveRule,
    moves_for,
    words_problem,
)
from fcr_app.domain.audits.words import ActionState
from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import REGISTRARS, Actor
from fcr_app.errors import InvalidValue, InvalidValues, StepNotAvailable
from fcr_app.models import AuditAction, AuditRun, Force
from fcr_app.services.audits.action_owners import (
    KIND,
    action_to_change,
    owner_problems,
    require_registrar,
    tell_owner,
    topic_of,
)
from fcr_app.services.audits.steps import write_step
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import tell


@dataclass(frozen=True, kw_only=True)
class NewAuditAction:
    """A recommendation that is to become somebody's.

    Attributes:
        run_reference: The audit that recommended it; empty where it came from elsewhere.
    """

    words: ActionWords
    owner_id: int | None
    run_reference: str = ""


@supports(
    force_policy("ROLE-03"), how="What an audit recommends has an owner and a day, and is followed"
)
def add_action(
    session: Session, actor: Actor, new: NewAuditAction, *, now: datetime
) -> AuditAction:
    """Write down what is to be done, and tell who does it.

    Raises:
        PermissionRefused: If the person is no registrar.
        InvalidValues: If something about it can't be.
    """
    require_registrar(actor)
    today = to_london(now).date()
    run = _run(session, new.run_reference)
    problems = list(new.words.problems(today=today, of_audit=bool(new.run_reference)))
    if new.run_reference and run is None:
        problems.append(InvalidValue("There is no audit with this reference.", field="run"))
    problems += owner_problems(session, new.owner_id, today)
    if problems or new.words.due_on is None:
        raise InvalidValues(problems)
    action = AuditAction(
        reference=_next_reference(session, now),
        run_id=run.id if run else None,
        source=new.words.source.strip() if run is None else f"Audit {run.reference}",
        recommended=new.words.recommended.strip(),
        measure=new.words.measure.strip(),
        owner_id=new.owner_id,
        due_on=new.words.due_on,
        opened_at=now,
        opened_by_id=actor.id or None,
    )
    session.add(action)
    session.flush()
    write_step(
        session, actor, KIND, action.id, trigger="add", said="Wrote it down", now=now,
        to_state=ActionState.OPEN,
    )  # fmt: skip
    tell_owner(session, actor, action, "An audit recommended something that is yours to do.", now)
    return action


def move_action(  # noqa: PLR0913 - who, which, what, saying what, when, and what they saw
    session: Session,
    actor: Actor,
    action_id: int,
    move: ActionMove,
    said: str,
    *,
    now: datetime,
    version: int | None = None,
) -> AuditAction:
    """Carry an action on: begin it, say how it goes, show that it is done; check and close it.

    Raises:
        NotFound: If there is no such action, or it is not theirs to see.
        SomeoneElseChangedIt: If it changed since the person looked at it.
        StepNotAvailable: If that can't happen to it now, or is somebody else's to do.
        InvalidValue: If too little is said.
    """
    action = action_to_change(session, actor, action_id, version)
    before = ActionState(action.state)
    rule = RULE_OF[move]
    if rule not in moves_of(action, actor):
        raise StepNotAvailable("That can’t be done with this action now, or not by you.")
    if problem := words_problem(said):
        raise problem
    if rule.dest is not None:
        action.state = rule.dest.value
    if move is ActionMove.FINISH:
        action.evidence = said.strip()
    closed = action.state == ActionState.CLOSED
    action.closed_at, action.closed_by_id = (now, actor.id) if closed else (None, None)
    write_step(
        session, actor, KIND, action.id, trigger=move.value, said=rule.done, now=now,
        from_state=before.value, to_state=action.state, reason=said.strip(),
    )  # fmt: skip
    session.flush()
    _tell_of(session, actor, action, move, now)
    return action


def moves_of(action: AuditAction, actor: Actor) -> tuple[MoveRule, ...]:
    """Return what somebody may do with an action as it stands."""
    return moves_for(
        ActionState(action.state),
        is_owner=action.owner_id == actor.id,
        is_registrar=actor.has(*REGISTRARS),
    )


def _run(session: Session, reference: str) -> AuditRun | None:
    wanted = reference.strip().upper()
    return session.scalar(select(AuditRun).where(AuditRun.reference == wanted)) if wanted else None


def _next_reference(session: Session, now: datetime) -> str:
    """Return ACT-2026-0003. Two that are written down at once get two numbers."""
    # Held until the transaction ends.
    session.execute(select(Force.id).with_for_update())
    year = f"ACT-{to_london(now).year}-"
    last = session.scalar(
        select(func.max(AuditAction.reference)).where(AuditAction.reference.startswith(year))
    )
    return f"{year}{int(last.removeprefix(year)) + 1 if last else 1:04d}"


def _tell_of(
    session: Session, actor: Actor, action: AuditAction, move: ActionMove, now: datetime
) -> None:
    """Tell who has to go on with it: the registrars where it is done, else its owner."""
    if move is ActionMove.FINISH:
        people = set(registrars_on(session, to_london(now).date())) - {actor.id}
        tell(
            session, people, "An action is done, and waits to be checked.", topic_of(action),
            now=now,
        )  # fmt: skip
    elif not RULE_OF[move].by_owner:
        said = RULE_OF[move].done
        message = f"What you do about an audit: a registrar {said[0].lower()}{said[1:]}."
        tell_owner(session, actor, action, message, now)
