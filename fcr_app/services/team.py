"""A supervisor's page for their team: what is open, what comes up, who could do with help.

It is there to help people get records right, whichever way; nothing here ranks anybody (FB-04).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import REGISTRARS, Actor
from fcr_app.errors import NotFound
from fcr_app.models import Case, FeedbackItem, LearningPlan, Person, Unit
from fcr_app.services.counted_errors import counted_since
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.thresholds import thresholds
from fcr_app.services.visibility import people_supervised_by
from fcr_app.workflows import workflow_by_key
from fcr_app.workflows.feedback import FEEDBACK

ORDER = Order(Case.due_at, Case.id, may_lack=True)
#: How long a theme goes on counting.
THEME_WINDOW = timedelta(days=365)
#: After this many days an item is not just late.
LONG_LATE = timedelta(days=7)
#: As many names as somebody can read; the FCR narrows it by unit.
MOST_NAMES = 60


class Age(StrEnum):
    """How long an item has been open, against its limit."""

    IN_TIME = "in_time"
    LATE = "late"
    LONG_LATE = "long_late"

    @property
    def label(self) -> str:
        """The age in words."""
        return {
            "in_time": "Within the limit",
            "late": "Up to 7 days past it",
            "long_late": "More than 7 days past it",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """Feedback about which something has still to be done.

    Attributes:
        state: How far its case has come, in words.
        due_at: When its clock runs out; None where none runs.
    """

    id: int
    reference: str
    state: str
    person_id: int
    person: str
    subject: str
    error: ErrorType | None
    created_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Theme:
    """How often one kind of error came up in the team."""

    error: ErrorType
    count: int


@dataclass(frozen=True, kw_only=True)
class Needed:
    """Somebody who could do with help about one kind of error.

    Attributes:
        plan_id: Their open plan; None where one more of the same would open it.
    """

    person_id: int
    person: str
    error: ErrorType
    plan_id: int | None


@dataclass(frozen=True, kw_only=True)
class Named:
    """A person or a unit, by name."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class TeamView:
    """Everything on the page.

    Attributes:
        units: What the FCR can narrow it by; empty for a supervisor.
        unit_id: What it is narrowed by.
        people: The supervisor's people in the order of their names; empty for the FCR.
    """

    unit_id: int | None
    units: Sequence[Named]
    people: Sequence[Named]
    ages: dict[Age, int]
    items: Page[OpenItem]
    themes: Sequence[Theme]
    help: Sequence[Needed]


@supports(
    force_policy("FB-02"),
    inspection("FB-04"),
    how="A supervisor sees what is open, what comes up and who needs help, in no order of merit",
)
def team_view(  # noqa: PLR0913 - who asks, about which unit, from where, when
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    unit_id: int | None = None,
    after: str = "",
    before: str = "",
) -> TeamView:
    """Return a supervisor's team, or for the FCR a unit or the whole force.

    Raises:
        NotFound: If the FCR names a unit that there is not.
    """
    registrar = actor.has(*REGISTRARS)
    unit_id = unit_id if registrar else None
    team = _team(session, actor, unit_id)
    record_view(session, actor, "team:read", Record.PERSON, None, now=now)
    return TeamView(
        unit_id=unit_id,
        units=_units(session) if registrar else (),
        people=() if registrar else _people(session, team),
        ages=_ages(session, team, now),
        items=_items(session, team, after, before),
        themes=_themes(session, team, now),
        help=_help(session, team, now),
    )


def _team(session: Session, actor: Actor, unit_id: int | None) -> Select[int] | None:
    """Return the ids of the people it is about; None for everybody."""
    if not actor.has(*REGISTRARS):
        return people_supervised_by(actor)
    if unit_id is None:
        return None
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id))
    if path is None:
        raise NotFound("There is no such unit.")
    below = select(Unit.id).where(Unit.path.startswith(path))
    return select(Person.id).where(Person.unit_id.in_(below)).correlate(None)


def _to(team: Select[int] | None) -> tuple[ColumnElement[bool], ...]:
    return () if team is None else (FeedbackItem.to_id.in_(team),)


def _units(session: Session) -> list[Named]:
    found = session.execute(select(Unit.id, Unit.name).where(Unit.active).order_by(Unit.name))
    return [Named(id=row.id, name=row.name) for row in found]


def _people(session: Session, team: Select[int] | None) -> list[Named]:
    named = select(Person.id, Person.name).where(Person.active).order_by(Person.name_key, Person.id)
    if team is not None:
        named = named.where(Person.id.in_(team))
    return [Named(id=row.id, name=row.name) for row in session.execute(named.limit(MOST_NAMES))]


def _open(team: Select[int] | None) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that it is feedback with something still to be done."""
    to = Case.addressee_id.is_not(None) if team is None else Case.addressee_id.in_(team)
    return and_(Case.open, Case.workflow.in_([one.key for one in FEEDBACK]), to)


def _ages(session: Session, team: Select[int] | None, now: datetime) -> dict[Age, int]:
    age = case(
        (Case.due_at < now - LONG_LATE, Age.LONG_LATE.value),
        (Case.due_at < now, Age.LATE.value),
        else_=Age.IN_TIME.value,
    )
    found = session.execute(select(age, func.count()).where(_open(team)).group_by(age))
    counted = {Age(word): count for word, count in found}
    return {one: counted.get(one, 0) for one in Age}


def _items(session: Session, team: Select[int] | None, after: str, before: str) -> Page[OpenItem]:
    cursor = ORDER.place(read_cursor(after, before))
    page = page_of_ids((_open(team),), ORDER, cursor).subquery("page")
    down = ORDER.by(cursor)
    keys = (page.c.moment, page.c.id)
    found = session.execute(
        select(page.c.moment, page.c.id, Case, FeedbackItem, Person.name)
        .join(Case, Case.id == page.c.id)
        .join(FeedbackItem, FeedbackItem.feedback_case_id == Case.id)
        .join(Person, Person.id == FeedbackItem.to_id)
        .order_by(*(key.desc() if down else key.asc() for key in keys))
    )
    return cut([(Cursor(row.moment, row.id), _item(row)) for row in found], cursor)


def _item(row: Any) -> OpenItem:
    item = row.FeedbackItem
    workflow = workflow_by_key(row.Case.workflow)
    return OpenItem(
        id=item.id,
        reference=row.Case.reference,
        state=workflow.labels[workflow.state(row.Case.state)],
        person_id=item.to_id,
        person=row.name,
        subject=item.subject,
        error=ErrorType(item.error_type) if item.error_type else None,
        created_at=item.created_at,
        due_at=row.Case.due_at,
    )


def _themes(session: Session, team: Select[int] | None, now: datetime) -> list[Theme]:
    found = session.execute(
        select(FeedbackItem.error_type, func.count().label("count"))
        .where(counted_since(now - THEME_WINDOW), *_to(team))
        .group_by(FeedbackItem.error_type)
        .order_by(func.count().desc(), FeedbackItem.error_type)
    )
    return [Theme(error=ErrorType(error), count=count) for error, count in found]


def _help(session: Session, team: Select[int] | None, now: datetime) -> list[Needed]:
    """Return who has a plan, and who would with one more of the same, by name."""
    limits = thresholds(session, now)
    plan = aliased(LearningPlan)
    near = (
        select(FeedbackItem.to_id.label("person_id"), FeedbackItem.error_type)
        .where(counted_since(now - limits.learning_window), *_to(team))
        .group_by(FeedbackItem.to_id, FeedbackItem.error_type)
        .having(func.count() >= limits.learning_count - 1)
    )
    has = select(plan.person_id, plan.error_type).where(
        plan.closed_at.is_(None), plan.person_id.is_not(None)
    )
    if team is not None:
        has = has.where(plan.person_id.in_(team))
    anybody = near.union(has).subquery()
    found = session.execute(
        select(Person.id, Person.name, anybody.c.error_type, LearningPlan.id.label("plan_id"))
        .join(anybody, anybody.c.person_id == Person.id)
        .outerjoin(
            LearningPlan,
            and_(
                LearningPlan.person_id == anybody.c.person_id,
                LearningPlan.error_type == anybody.c.error_type,
                LearningPlan.closed_at.is_(None),
            ),
        )
        .where(Person.active)
        .order_by(Person.name_key, Person.id, anybody.c.error_type)
        .limit(MOST_NAMES)
    )
    return [
        Needed(person_id=who, person=name, error=ErrorType(error), plan_id=plan_id)
        for who, name, error, plan_id in found
    ]
