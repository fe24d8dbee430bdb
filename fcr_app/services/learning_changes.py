"""What happens to a learning plan or training task: actions, reviews, handing over, closing.

Everything that was said stays: an action is done, never taken back; a review is added.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues, NotFound, PermissionRefused
from fcr_app.models import LearningAction, LearningEntry, LearningPlan, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.learning_plans import NOT_THERE, is_managed_by, is_theirs
from fcr_app.services.log import Record, record_change
from fcr_app.services.tell import tell

SHORTEST_TEXT, LONGEST_TEXT = 10, 4000
#: No plan looks further ahead than this.
FURTHEST = timedelta(days=366)
REVIEWED, HANDED_OVER = "reviewed", "handed_over"


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """Something to do that would help.

    Attributes:
        owner_id: Who does it; None for the person it is about, or who sees to the unit's task.
    """

    text: str
    due_on: date | None
    owner_id: int | None = None


@supports(force_policy("FB-02"), how="A plan has actions with an owner and a day, and a review")
def add_action(
    session: Session, actor: Actor, plan_id: int, new: NewAction, *, now: datetime
) -> int:
    """Add something to do, and tell who does it. With the first, the plan is agreed.

    Returns:
        The action's id.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
        PermissionRefused: If it is not theirs to change.
        InvalidValues: If it is closed, or something about the action can't be.
    """
    plan = _open(session, actor, plan_id, "text")
    owner_id = new.owner_id or plan.person_id or plan.owner_id or actor.id
    problems = _too_short(new.text, "text", "Say what is to be done")
    problems += _not_ahead(new.due_on, to_london(now).date(), "due_on", "today on")
    if not _active(session, owner_id):
        problems.append(InvalidValue("Enter a colleague who is still here.", field="owner"))
    if problems or new.due_on is None:
        raise InvalidValues(problems)
    action = LearningAction(
        plan_id=plan.id,
        text=new.text.strip(),
        owner_id=owner_id,
        due_on=new.due_on,
        added_at=now,
        added_by_id=actor.id,
    )
    session.add(action)
    plan.due_at = _end_of(plan.review_on)
    session.flush()
    if owner_id != actor.id:
        message = "A colleague asks you to do something that was agreed to help with recording."
        tell(session, [owner_id], message, _topic(plan), now=now)
    _log(session, actor, plan, "action-added", now)
    return action.id


def finish_action(  # noqa: PLR0913 - who, what of which plan, saying what, when
    session: Session, actor: Actor, plan_id: int, action_id: int, remark: str, *, now: datetime
) -> None:
    """Say that an action is done: who does it may, and whoever sees to the plan.

    Raises:
        NotFound: If there is no such action, or it is not theirs.
        InvalidValue: If it was done already, or the plan is closed.
    """
    action = session.scalar(
        select(LearningAction)
        .join(LearningPlan, LearningPlan.id == LearningAction.plan_id)
        .where(
            LearningAction.id == action_id,
            LearningPlan.id == plan_id,
            or_(LearningAction.owner_id == actor.id, is_managed_by(actor)),
        )
    )
    if action is None:
        raise NotFound("There is no such action, or it is not yours.")
    plan = session.get_one(LearningPlan, plan_id)
    _still_open(plan, "remark")
    if action.done_on is not None:
        raise InvalidValue("Somebody has said already that this is done.", field="remark")
    if len(remark) > LONGEST_TEXT:
        raise InvalidValue(f"Say it in at most {LONGEST_TEXT:,} characters.", field="remark")
    action.done_on, action.done_by_id = to_london(now).date(), actor.id
    action.remark = remark.strip()
    _log(session, actor, plan, "action-done", now)


@supports(force_policy("FB-02"), how="A plan is reviewed, and extended with the day of the next")
def review(  # noqa: PLR0913 - who, which, saying what, until when, when
    session: Session,
    actor: Actor,
    plan_id: int,
    text: str,
    review_on: date | None,
    *,
    now: datetime,
) -> None:
    """Say how it goes, and when it is looked at again, which extends it.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
        PermissionRefused: If it is not theirs to change.
        InvalidValues: If it is closed, too little is said, or the day is not after today.
    """
    plan = _open(session, actor, plan_id, "text")
    problems = _too_short(text, "text", "Say how it goes")
    tomorrow = to_london(now).date() + timedelta(days=1)
    problems += _not_ahead(review_on, tomorrow, "review_on", "tomorrow on")
    if problems or review_on is None:
        raise InvalidValues(problems)
    plan.review_on, plan.due_at = review_on, _end_of(review_on)
    session.add(
        LearningEntry(
            plan_id=plan.id, at=now, by_id=actor.id, kind=REVIEWED, text=text.strip(),
            review_on=review_on,
        )
    )  # fmt: skip
    _log(session, actor, plan, "reviewed", now)


def hand_over(  # noqa: PLR0913 - who, which, to whom, saying what, when
    session: Session, actor: Actor, plan_id: int, owner_id: int | None, text: str, *, now: datetime
) -> None:
    """Let somebody else see to a plan, such as whoever leads training, and tell them.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
        PermissionRefused: If it is not theirs to change.
        InvalidValues: If it is closed, or the other may not see to it.
    """
    plan = _open(session, actor, plan_id, "owner")
    problems = _too_short(text, "text", "Say why")
    problems += _not_an_owner(session, plan, owner_id, now)
    if problems or owner_id is None:
        raise InvalidValues(problems)
    plan.owner_id = owner_id
    session.add(
        LearningEntry(
            plan_id=plan.id, at=now, by_id=actor.id, kind=HANDED_OVER, text=text.strip(),
            owner_id=owner_id,
        )
    )  # fmt: skip
    session.flush()
    if owner_id != actor.id:
        message = "A colleague handed over to you what was agreed about an error seen again."
        tell(session, [owner_id], message, _topic(plan), now=now)
    _log(session, actor, plan, "handed-over", now)


def close_plan(
    session: Session, actor: Actor, plan_id: int, outcome: str, *, now: datetime
) -> None:
    """Say what came of a plan, which ends it. The next errors open another.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
        PermissionRefused: If it is not theirs to change.
        InvalidValue: If it was closed already, or nothing is said about what came of it.
    """
    plan = _open(session, actor, plan_id, "outcome")
    if problems := _too_short(outcome, "outcome", "Say what came of it"):
        raise problems[0]
    plan.closed_at, plan.closed_by_id, plan.outcome = now, actor.id, outcome.strip()
    _log(session, actor, plan, "closed", now)


def _open(session: Session, actor: Actor, plan_id: int, field: str) -> LearningPlan:
    row = session.execute(
        select(LearningPlan, is_managed_by(actor)).where(
            LearningPlan.id == plan_id, is_theirs(actor)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    plan: LearningPlan = row[0]
    if not row[1]:
        raise PermissionRefused("Somebody else sees to this plan. Ask them, or the FCR.")
    _still_open(plan, field)
    return plan


def _still_open(plan: LearningPlan, field: str) -> None:
    if plan.closed_at is not None:
        raise InvalidValue("Somebody has closed this plan already.", field=field)


def _too_short(text: str, field: str, what: str) -> list[InvalidValue]:
    if SHORTEST_TEXT <= len(text.strip()) <= LONGEST_TEXT:
        return []
    said = f"{what}, in {SHORTEST_TEXT} to {LONGEST_TEXT:,} characters."
    return [InvalidValue(said, field=field)]


def _not_ahead(day: date | None, first: date, field: str, since: str) -> list[InvalidValue]:
    if day is not None and first <= day <= first + FURTHEST:
        return []
    return [InvalidValue(f"Enter a day from {since}, within a year.", field=field)]


def _active(session: Session, person_id: int) -> bool:
    return session.scalar(select(Person.active).where(Person.id == person_id)) or False


def _not_an_owner(
    session: Session, plan: LearningPlan, owner_id: int | None, now: datetime
) -> list[InvalidValue]:
    if owner_id is None or not _active(session, owner_id):
        return [InvalidValue("Enter a colleague who is still here.", field="owner")]
    if owner_id == plan.person_id:
        return [InvalidValue("Nobody sees to a plan about themselves.", field="owner")]
    if not may(
        load_actor(session, owner_id, today=to_london(now).date()), Permission.GIVE_FEEDBACK
    ):
        said = "Their roles do not let them see to a plan: choose a supervisor, a DDM or the FCR."
        return [InvalidValue(said, field="owner")]
    return []


def _end_of(day: date) -> datetime:
    return from_london(datetime.combine(day + timedelta(days=1), time.min))


def _topic(plan: LearningPlan) -> Topic:
    name = "Training task" if plan.unit_id else "Learning plan"
    return Topic(name=name, path=f"/learning/{plan.id}")


def _log(session: Session, actor: Actor, plan: LearningPlan, what: str, now: datetime) -> None:
    record_change(session, actor, f"learning:{what}", Record.LEARNING, plan.id, now=now)
