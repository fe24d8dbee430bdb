"""Learning plans and training tasks as people see them, and who sees which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.errors import NotFound
from fcr_app.models import FeedbackItem, LearningAction, LearningEntry, LearningPlan, Person, Unit
from fcr_app.services.counted_errors import counted_since
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.thresholds import thresholds
from fcr_app.services.visibility import people_supervised_by, units_below

NOT_THERE = "There is no such learning plan, or it is not yours to see."
#: As many errors as a plan shows; a unit may have many more.
MOST_ERRORS = 50
OPEN_ORDER = Order(LearningPlan.due_at, LearningPlan.id)
CLOSED_ORDER = Order(LearningPlan.closed_at, LearningPlan.id, newest_first=True)


class Listed(StrEnum):
    """Which plans a list shows."""

    PEOPLE = "people"
    UNITS = "units"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The list's name."""
        return {
            "people": "Learning plans",
            "units": "Training tasks of units",
            "closed": "Closed",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One plan in a list.

    Attributes:
        subject: The person, or the unit.
        of_unit: Whether it is a unit's training task.
        due_at: Until when to agree what helps, or where something was agreed, to review it.
        owner: Who sees to it; empty where nobody does.
    """

    id: int
    subject: str
    of_unit: bool
    error: ErrorType
    item_count: int
    owner: str
    opened_at: datetime
    due_at: datetime
    review_on: date
    actions: int
    actions_done: int
    closed_at: datetime | None
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ActionView:
    """Something that is done to help."""

    id: int
    text: str
    owner: str
    due_on: date
    done_on: date | None
    remark: str
    may_finish: bool


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """A review, or a handing over."""

    kind: str
    at: datetime
    by: str
    text: str
    review_on: date | None
    owner: str


@dataclass(frozen=True, kw_only=True)
class SeenError:
    """An item of feedback that counted towards a plan."""

    given_at: datetime
    subject: str
    to: str


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """A plan with all there is to it.

    Attributes:
        may_manage: Whether the reader may add to it, review it and close it.
        own: Whether it is about the reader.
    """

    plan: PlanRow
    actions: tuple[ActionView, ...]
    entries: tuple[EntryView, ...]
    errors: tuple[SeenError, ...]
    closed_by: str
    may_manage: bool
    own: bool


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """One page of a list of plans."""

    listed: Listed
    page: Page[PlanRow]


def is_theirs(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on ``LearningPlan`` that somebody may see it.

    The FCR sees all; everybody what is about them, what they see to and what they are to do; a
    supervisor what is about their people and their units.
    """
    if actor.has(*REGISTRARS):
        return true()
    to_do = select(LearningAction.plan_id).where(LearningAction.owner_id == actor.id)
    own = or_(LearningPlan.person_id == actor.id, LearningPlan.owner_id == actor.id)
    return or_(own, LearningPlan.id.in_(to_do.correlate(None)), _of_their_team(actor))


def is_managed_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody may change a plan: nobody their own."""
    if not may(actor, Permission.GIVE_FEEDBACK):
        return false()
    about_another = or_(LearningPlan.person_id.is_(None), LearningPlan.person_id != actor.id)
    if actor.has(*REGISTRARS):
        return about_another
    return and_(about_another, or_(LearningPlan.owner_id == actor.id, _of_their_team(actor)))


def _of_their_team(actor: Actor) -> ColumnElement[bool]:
    if not actor.has(Role.SUPERVISOR):
        return false()
    return or_(
        LearningPlan.person_id.in_(people_supervised_by(actor)),
        LearningPlan.unit_id.in_(units_below(actor)),
    )


def plan_page(
    session: Session, actor: Actor, listed: Listed, *, after: str = "", before: str = ""
) -> PlanPage:
    """Return one page of plans, the most urgent first; of the closed ones, the newest first."""
    order = CLOSED_ORDER if listed is Listed.CLOSED else OPEN_ORDER
    cursor = order.place(read_cursor(after, before))
    ids = page_of_ids((and_(_in(listed), is_theirs(actor)),), order, cursor)
    page = ids.subquery("page")
    keys = (page.c.moment, page.c.id)
    down = order.by(cursor)
    found = session.execute(
        _rows()
        .add_columns(page.c.moment)
        .join(page, page.c.id == LearningPlan.id)
        .order_by(*(key.desc() if down else key.asc() for key in keys))
    )
    rows = [(Cursor(row.moment, row.LearningPlan.id), _row(row)) for row in found]
    return PlanPage(listed=listed, page=cut(rows, cursor))


def _in(listed: Listed) -> ColumnElement[bool]:
    if listed is Listed.CLOSED:
        return LearningPlan.closed_at.is_not(None)
    whose = LearningPlan.unit_id if listed is Listed.UNITS else LearningPlan.person_id
    return and_(LearningPlan.closed_at.is_(None), whose.is_not(None))


def _rows() -> Select[Any]:
    person, owner = aliased(Person), aliased(Person)
    of_plan = select(func.count()).where(LearningAction.plan_id == LearningPlan.id)
    actions = of_plan.correlate(LearningPlan).scalar_subquery()
    done = (
        of_plan.where(LearningAction.done_on.is_not(None)).correlate(LearningPlan).scalar_subquery()
    )
    return (
        select(
            LearningPlan,
            func.coalesce(person.name, Unit.name).label("subject"),
            owner.name.label("owner"),
            actions.label("actions"),
            done.label("actions_done"),
        )
        .outerjoin(person, person.id == LearningPlan.person_id)
        .outerjoin(Unit, Unit.id == LearningPlan.unit_id)
        .outerjoin(owner, owner.id == LearningPlan.owner_id)
    )


def _row(row: Any) -> PlanRow:
    plan = row.LearningPlan
    return PlanRow(
        id=plan.id,
        subject=row.subject,
        of_unit=plan.unit_id is not None,
        error=ErrorType(plan.error_type),
        item_count=plan.item_count,
        owner=row.owner or "",
        opened_at=plan.opened_at,
        due_at=plan.due_at,
        review_on=plan.review_on,
        actions=row.actions,
        actions_done=row.actions_done,
        closed_at=plan.closed_at,
        outcome=plan.outcome,
    )


def one_plan(session: Session, actor: Actor, plan_id: int, *, now: datetime) -> PlanView:
    """Return a plan, and log the look: it is about a person's work.

    Raises:
        NotFound: If there is no such plan, or it is not theirs to see.
    """
    closer = aliased(Person)
    row = session.execute(
        _rows()
        .add_columns(closer.name.label("closer"), is_managed_by(actor).label("may_manage"))
        .outerjoin(closer, closer.id == LearningPlan.closed_by_id)
        .where(LearningPlan.id == plan_id, is_theirs(actor))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    plan = row.LearningPlan
    may_manage = bool(row.may_manage) and plan.closed_at is None
    record_view(session, actor, "learning:read", Record.LEARNING, plan_id, now=now)
    return PlanView(
        plan=_row(row),
        actions=_actions(session, actor, plan, may_manage=may_manage),
        entries=_entries(session, plan_id),
        errors=_errors(session, plan, now),
        closed_by=row.closer or "",
        may_manage=may_manage,
        own=plan.person_id == actor.id,
    )


def _actions(
    session: Session, actor: Actor, plan: LearningPlan, *, may_manage: bool
) -> tuple[ActionView, ...]:
    found = session.execute(
        select(LearningAction, Person.name)
        .join(Person, Person.id == LearningAction.owner_id)
        .where(LearningAction.plan_id == plan.id)
        .order_by(LearningAction.due_on, LearningAction.id)
    )
    return tuple(
        ActionView(
            id=action.id,
            text=action.text,
            owner=name,
            due_on=action.due_on,
            done_on=action.done_on,
            remark=action.remark,
            may_finish=plan.closed_at is None
            and action.done_on is None
            and (may_manage or action.owner_id == actor.id),
        )
        for action, name in found
    )


def _entries(session: Session, plan_id: int) -> tuple[EntryView, ...]:
    by, owner = aliased(Person), aliased(Person)
    found = session.execute(
        select(LearningEntry, by.name, owner.name)
        .join(by, by.id == LearningEntry.by_id)
        .outerjoin(owner, owner.id == LearningEntry.owner_id)
        .where(LearningEntry.plan_id == plan_id)
        .order_by(LearningEntry.id)
    )
    return tuple(
        EntryView(
            kind=entry.kind,
            at=entry.at,
            by=name,
            text=entry.text,
            review_on=entry.review_on,
            owner=new_owner or "",
        )
        for entry, name, new_owner in found
    )


def _errors(session: Session, plan: LearningPlan, now: datetime) -> tuple[SeenError, ...]:
    """Return what counted when the plan was opened, and what came after, the newest first."""
    limits = thresholds(session, now)
    of_unit = plan.unit_id is not None
    days = limits.training_window if of_unit else limits.learning_window
    whose = (
        FeedbackItem.unit_id == plan.unit_id if of_unit else FeedbackItem.to_id == plan.person_id
    )
    found = session.execute(
        select(FeedbackItem.created_at, FeedbackItem.subject, Person.name)
        .join(Person, Person.id == FeedbackItem.to_id)
        .where(
            whose,
            FeedbackItem.error_type == plan.error_type,
            counted_since(plan.opened_at - days),
            FeedbackItem.created_at <= (plan.closed_at or now),
        )
        .order_by(FeedbackItem.created_at.desc(), FeedbackItem.id.desc())
        .limit(MOST_ERRORS)
    )
    # A training task is about what to teach, so it names nobody.
    return tuple(
        SeenError(given_at=given_at, subject=subject, to="" if of_unit else name)
        for given_at, subject, name in found
    )


def read_listed(said: Mapping[str, str]) -> Listed:
    """Read which list is asked for from an address; the first where it makes no sense."""
    return next((one for one in Listed if one == said.get("list")), Listed.PEOPLE)
