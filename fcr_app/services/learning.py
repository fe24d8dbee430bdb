"""The same error again: a plan for whoever can help, never a count against anybody (FB-02, FB-04).

A learning plan opens by itself with the item that makes it three, a unit's training task with the
one that takes the unit to its threshold. Whoever sees to it is told once, and so is the FCR.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.domain.rules import LEARNING_DAYS, LEARNING_REVIEW
from fcr_app.domain.working_days import end_of_working_day
from fcr_app.models import FeedbackItem, LearningPlan, Person, RoleGrant, Unit
from fcr_app.services.actors import in_force
from fcr_app.services.calendar import bank_holidays
from fcr_app.services.counted_errors import counted_since
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import insert_once, tell
from fcr_app.services.thresholds import thresholds


@supports(
    force_policy("FB-02"),
    inspection("FB-02"),
    how="The same error again opens a person’s learning plan or a unit’s training task",
)
def look_for_repeats(session: Session, person_id: int, error: ErrorType, *, now: datetime) -> None:
    """Open a plan for a person, and one for their unit, where an error was seen often enough.

    However often it is seen after that, one plan for one error of one person or unit is open.
    """
    limits = thresholds(session, now)
    here = aliased(Person)
    row = session.execute(
        select(
            here.unit_id,
            here.supervisor_id,
            _errors_of_person(person_id, error, now - limits.learning_window).label("own"),
            _errors_of_unit(here, error, now - limits.training_window).label("units"),
            _is_open(LearningPlan.person_id == here.id, here, error).label("plan"),
            _is_open(LearningPlan.unit_id == here.unit_id, here, error).label("task"),
        ).where(here.id == person_id)
    ).one()
    if row.own >= limits.learning_count and row.plan is None:
        _open_plan(session, row, person_id, error, now)
    if row.unit_id and row.units >= limits.training_count and row.task is None:
        _open_task(session, row, error, now)


def _errors_of_person(person_id: int, error: ErrorType, since: datetime) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(FeedbackItem)
        .where(
            FeedbackItem.to_id == person_id,
            FeedbackItem.error_type == error.value,
            counted_since(since),
        )
        .scalar_subquery()
    )


def _errors_of_unit(here: Any, error: ErrorType, since: datetime) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(FeedbackItem)
        .where(
            FeedbackItem.unit_id == here.unit_id,
            FeedbackItem.error_type == error.value,
            counted_since(since),
        )
        .correlate(here)
        .scalar_subquery()
    )


def _is_open(whose: Any, here: Any, error: ErrorType) -> ScalarSelect[int]:
    return (
        select(LearningPlan.id)
        .where(whose, LearningPlan.error_type == error.value, LearningPlan.closed_at.is_(None))
        .correlate(here)
        .scalar_subquery()
    )


def _open_plan(session: Session, row: Any, person_id: int, error: ErrorType, now: datetime) -> None:
    about = {"person_id": person_id, "owner_id": row.supervisor_id, "item_count": row.own}
    plan_id = _insert(session, about, error, now)
    if plan_id is None:
        return
    topic = Topic(name="Learning plan", path=f"/learning/{plan_id}")
    _tell_who_helps(
        session,
        {row.supervisor_id},
        f"A colleague was given feedback {row.own} times on the same error ({error.value}). Agree "
        "with them what would help. It is under Learning, with their name.",
        topic,
        but=person_id,
        now=now,
    )
    whoever = "Your supervisor" if row.supervisor_id else "Somebody"
    message = (
        f"You were given feedback {row.own} times on the same matter ({error.value}). {whoever} "
        "will agree with you what would help. A plan is help, and measures nobody."
    )
    tell(session, [person_id], message, topic, now=now)


def _open_task(session: Session, row: Any, error: ErrorType, now: datetime) -> None:
    head = head_of_unit(session, row.unit_id, now)
    about = {"unit_id": row.unit_id, "owner_id": head, "item_count": row.units}
    plan_id = _insert(session, about, error, now)
    if plan_id is None:
        return
    _tell_who_helps(
        session,
        {head},
        f"The same error ({error.value}) was seen {row.units} times in a unit. Agree what training "
        "would help. It is under Learning, with the unit’s name.",
        Topic(name="Training task", path=f"/learning/{plan_id}"),
        now=now,
    )


def _insert(session: Session, about: dict[str, Any], error: ErrorType, now: datetime) -> int | None:
    """Add a plan. None where somebody else's feedback opened it a moment before."""
    today = to_london(now).date()
    values = {
        "person_id": None,
        "unit_id": None,
        **about,
        "error_type": error.value,
        "opened_at": now,
        "due_at": end_of_working_day(now, LEARNING_DAYS.on(today), bank_holidays(session, now)),
        "review_on": today + LEARNING_REVIEW.on(today),
        "outcome": "",
        "version": 1,
    }
    added: int | None = session.scalar(
        insert_once(session, LearningPlan).values(**values).returning(LearningPlan.id)
    )
    return added


def _tell_who_helps(  # noqa: PLR0913 - whom but whom, what, about what, when
    session: Session,
    whom: set[int | None],
    message: str,
    topic: Topic,
    *,
    now: datetime,
    but: int | None = None,
) -> None:
    people = {*whom, *registrars_on(session, to_london(now).date())} - {None, but}
    tell(session, [one for one in people if one is not None], message, topic, now=now)


def head_of_unit(session: Session, unit_id: int, now: datetime) -> int | None:
    """Return who sees to a unit's training: its supervisor, or the one of the unit above it."""
    below = aliased(Unit)
    return session.scalar(
        select(Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .join(below, below.path.startswith(Unit.path))
        .where(
            below.id == unit_id,
            Person.active,
            RoleGrant.role == Role.SUPERVISOR.value,
            in_force(RoleGrant, to_london(now).date()),
        )
        .order_by(func.length(Unit.path).desc(), Person.id)
        .limit(1)
    )
