"""The same error again: a task for whoever can help, never a count against anybody (FB-02, FB-04).

It opens by itself with the item that makes it three, tells the supervisor and the FCR once, and is
closed with what came of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import REGISTRARS, Actor
from fcr_app.domain.rules import LEARNING_COUNT, LEARNING_DAYS, LEARNING_WINDOW
from fcr_app.domain.working_days import end_of_working_day
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import FeedbackItem, LearningTask, Person
from fcr_app.services.calendar import bank_holidays
from fcr_app.services.log import Record, record_change
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import tell
from fcr_app.services.visibility import people_supervised_by

PER_PAGE = 25
SHORTEST_OUTCOME = 10
NOT_THERE = "There is no such learning task, or it is not yours to see."


@dataclass(frozen=True, kw_only=True)
class LearningView:
    """One task, as a supervisor or the FCR sees it."""

    id: int
    person: str
    error: ErrorType
    item_count: int
    opened_at: datetime
    due_at: datetime
    supervisor: str
    closed_at: datetime | None
    outcome: str


@dataclass(frozen=True, kw_only=True)
class LearningPage:
    """Some tasks, the most urgent first; the closed ones, the newest first.

    Attributes:
        next_after: What to ask for next; None on the last page.
    """

    tasks: tuple[LearningView, ...]
    next_after: int | None


@supports(force_policy("FB-02"), how="Three of the same error in 90 days open a learning task")
def look_for_repeats(
    session: Session, person_id: int, error: ErrorType, *, now: datetime
) -> LearningTask | None:
    """Open a task if this error has now been seen often enough, and none is open for it."""
    today = to_london(now).date()
    since = now - LEARNING_WINDOW.on(today)
    same = and_(FeedbackItem.to_id == person_id, FeedbackItem.error_type == error.value)
    count = session.scalar(
        select(func.count()).select_from(FeedbackItem).where(same, FeedbackItem.created_at > since)
    )
    is_open = select(LearningTask.id).where(
        LearningTask.person_id == person_id,
        LearningTask.error_type == error.value,
        LearningTask.closed_at.is_(None),
    )
    if (count or 0) < LEARNING_COUNT.on(today) or session.scalar(is_open):
        return None
    task = LearningTask(
        person_id=person_id,
        error_type=error.value,
        item_count=count or 0,
        opened_at=now,
        due_at=end_of_working_day(now, LEARNING_DAYS.on(today), bank_holidays(session, now)),
    )
    session.add(task)
    session.flush()
    _tell(session, task, error, now)
    return task


def _tell(session: Session, task: LearningTask, error: ErrorType, now: datetime) -> None:
    person = session.get_one(Person, task.person_id)
    people = {person.supervisor_id, *registrars_on(session, to_london(now).date())} - {None}
    message = (
        f"A colleague was given feedback {task.item_count} times on the same error "
        f"({error.value}). Agree with them what would help. It is under Learning, with their name."
    )
    whom = [one for one in people if one and one != task.person_id]
    tell(session, whom, message, Topic(name="Learning", path="/learning"), now=now)


def learning_page(
    session: Session, actor: Actor, *, closed: bool = False, after: int | None = None
) -> LearningPage:
    """Return the tasks about a supervisor's people, or for the FCR about everybody.

    Args:
        after: The id of the last task of the page before.
    """
    supervisor, person = aliased(Person), aliased(Person)
    order = LearningTask.id.desc() if closed else LearningTask.id
    found = (
        select(LearningTask, person.name, supervisor.name)
        .join(person, person.id == LearningTask.person_id)
        .outerjoin(supervisor, supervisor.id == person.supervisor_id)
        .where(_theirs(actor), LearningTask.closed_at.is_not(None) == closed)
        .order_by(order)
        .limit(PER_PAGE + 1)
    )
    if after is not None:
        found = found.where(LearningTask.id < after if closed else LearningTask.id > after)
    rows = session.execute(found).all()
    shown = tuple(_view(row) for row in rows[:PER_PAGE])
    return LearningPage(tasks=shown, next_after=shown[-1].id if len(rows) > PER_PAGE else None)


def learning_task(session: Session, actor: Actor, task_id: int) -> LearningView:
    """Return one task.

    Raises:
        NotFound: If there is no such task, or it is about somebody else's people.
    """
    supervisor, person = aliased(Person), aliased(Person)
    row = session.execute(
        select(LearningTask, person.name, supervisor.name)
        .join(person, person.id == LearningTask.person_id)
        .outerjoin(supervisor, supervisor.id == person.supervisor_id)
        .where(LearningTask.id == task_id, _theirs(actor))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    return _view(row)


def close_task(
    session: Session, actor: Actor, task_id: int, outcome: str, *, now: datetime
) -> None:
    """Say what came of a task, which ends it. The next three errors open another.

    Raises:
        NotFound: If there is no such task, or it is about somebody else's people.
        InvalidValue: If it was closed already, or nothing is said about what came of it.
    """
    task = session.scalar(select(LearningTask).where(LearningTask.id == task_id, _theirs(actor)))
    if task is None:
        raise NotFound(NOT_THERE)
    if task.closed_at is not None:
        raise InvalidValue("Somebody has closed this task already.", field="outcome")
    if len(outcome.strip()) < SHORTEST_OUTCOME:
        raise InvalidValue(
            f"Say what came of it, in at least {SHORTEST_OUTCOME} characters.", field="outcome"
        )
    task.closed_at, task.closed_by_id, task.outcome = now, actor.id, outcome.strip()
    record_change(session, actor, "learning:closed", Record.PERSON, task.person_id, now=now)


def _theirs(actor: Actor) -> ColumnElement[bool]:
    """Return whose tasks a person sees: the FCR everybody's, others those of their people."""
    if actor.has(*REGISTRARS):
        return true()
    return and_(
        LearningTask.person_id.in_(people_supervised_by(actor)),
        LearningTask.person_id != actor.id,
    )


def _view(row: Any) -> LearningView:
    task, person, supervisor = row
    return LearningView(
        id=task.id,
        person=person,
        error=ErrorType(task.error_type),
        item_count=task.item_count,
        opened_at=task.opened_at,
        due_at=task.due_at,
        supervisor=supervisor or "",
        closed_at=task.closed_at,
        outcome=task.outcome,
    )
