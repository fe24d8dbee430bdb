"""Feedback: the reasons, with the rule, for whoever asked or decided before (FB-01).

It is about accuracy both ways, never about numbers: nothing here ranks people (FB-04).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.domain.feedback.questions import REPLY
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound
from fcr_app.models import Case, CaseStep, FeedbackItem, Person
from fcr_app.services.cases import take_step
from fcr_app.services.loading import load
from fcr_app.services.log import Record, record_view
from fcr_app.services.visibility import people_supervised_by, visible_cases
from fcr_app.workflows import workflow_by_key

PER_PAGE = 25
LONGEST_REPLY = 1000
MOST_COUNTED = 1000


class Listed(StrEnum):
    """Which items a list shows."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    TEAM = "team"


@dataclass(frozen=True, kw_only=True)
class FeedbackView:
    """One item, as its reader sees it.

    Attributes:
        done: What was done in the step it comes from: "Refused the request".
        case_reference: Empty where the reader may not see the case now.
        rules: The rules with their source, one each.
    """

    id: int
    subject: str
    done: str
    reasons: str
    rules: tuple[str, ...]
    sender: str
    to: str
    created_at: datetime
    due_at: datetime
    acknowledged_at: datetime | None
    reply: str
    case_reference: str


@dataclass(frozen=True, kw_only=True)
class FeedbackPage:
    """Some items of a list, and how to get the next ones.

    Attributes:
        next_after: What to ask for next; empty on the last page.
    """

    listed: Listed
    items: tuple[FeedbackView, ...]
    counts: dict[Listed, int]
    next_after: str


def lists_of(actor: Actor) -> tuple[Listed, ...]:
    """Return the lists a person has: their own, and as a supervisor their team's."""
    own = (Listed.OPEN, Listed.ACKNOWLEDGED)
    return (*own, Listed.TEAM) if actor.has(Role.SUPERVISOR) else own


@supports(
    inspection("FB-01"),
    inspection("FB-04"),
    how="Feedback with its rule and reasons, for what was right too; it ranks nobody",
)
def feedback_page(
    session: Session, actor: Actor, listed: Listed, *, now: datetime, after: int | None = None
) -> FeedbackPage:
    """Return a page of a person's feedback, and log the look at each case it tells of.

    Open items come oldest first, since they are due first; acknowledged ones newest first.

    Args:
        after: The id of the last item of the page before.

    Raises:
        NotFound: If the person has no such list.
    """
    if listed not in lists_of(actor):
        raise NotFound("There is no such list.")
    newest_first = listed is Listed.ACKNOWLEDGED
    found = _items(actor).where(*_belongs(actor, listed)).limit(PER_PAGE + 1)
    found = found.order_by(FeedbackItem.id.desc() if newest_first else FeedbackItem.id)
    if after is not None:
        found = found.where(FeedbackItem.id < after if newest_first else FeedbackItem.id > after)
    rows = session.execute(found).all()
    shown = rows[:PER_PAGE]
    for kind, record_id in dict.fromkeys(_about(row) for row in shown):
        record_view(session, actor, "feedback:read", kind, record_id, now=now)
    return FeedbackPage(
        listed=listed,
        items=tuple(_view(row) for row in shown),
        counts=_counts(session, actor, lists_of(actor)),
        next_after=str(shown[-1].id) if len(rows) > PER_PAGE else "",
    )


def feedback_item(session: Session, actor: Actor, item_id: int, *, now: datetime) -> FeedbackView:
    """Return one item that a person was given, and log the look at its case.

    Raises:
        NotFound: If there is no such item, or it is somebody else's.
    """
    found = _items(actor).where(FeedbackItem.id == item_id, FeedbackItem.to_id == actor.id)
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound("There is no such feedback, or it is not yours.")
    kind, record_id = _about(row)
    record_view(session, actor, "feedback:read", kind, record_id, now=now)
    return _view(row)


def open_count(session: Session, actor: Actor) -> int:
    """Return how many items a person has to acknowledge, counting no further than 1,000."""
    return _counts(session, actor, (Listed.OPEN,))[Listed.OPEN]


def acknowledge(session: Session, actor: Actor, item_id: int, reply: str, *, now: datetime) -> None:
    """Say that one has read and understood an item, with a reply if one likes.

    Raises:
        NotFound: If there is no such item, or it is somebody else's.
        AlreadyDone: If it was acknowledged before; the first reply counts.
        InvalidValue: If the reply is too long.
    """
    reply = reply.strip()
    if len(reply) > LONGEST_REPLY:
        raise InvalidValue(
            f"Your reply must be {LONGEST_REPLY:,} characters or fewer.", field="reply"
        )
    row = session.execute(
        select(FeedbackItem.acknowledged_at, Case.reference)
        .join(Case, Case.id == FeedbackItem.feedback_case_id)
        .where(FeedbackItem.id == item_id, FeedbackItem.to_id == actor.id)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such feedback, or it is not yours.")
    if row.acknowledged_at is not None:
        raise AlreadyDone("You have acknowledged this already.")
    facts: FeedbackFacts = load(session, actor, row.reference, now=now).facts
    trigger = "read" if facts.only_to_read else "acknowledge"
    take_step(session, actor, row.reference, trigger, {REPLY.name: reply}, now=now)


def _belongs(actor: Actor, listed: Listed) -> tuple[ColumnElement[bool], ...]:
    """Return what makes an item belong to a list. A team's items show only visible cases."""
    if listed is Listed.TEAM:
        return (
            FeedbackItem.to_id.in_(people_supervised_by(actor)),
            FeedbackItem.acknowledged_at.is_(None),
            or_(
                FeedbackItem.case_id.is_(None),
                FeedbackItem.case_id.in_(select(Case.id).where(visible_cases(actor))),
            ),
        )
    is_open = FeedbackItem.acknowledged_at.is_(None)
    return (FeedbackItem.to_id == actor.id, is_open if listed is Listed.OPEN else ~is_open)


def _items(actor: Actor) -> Select[*tuple[Any, ...]]:
    sender, to = aliased(Person), aliased(Person)
    return (
        select(
            FeedbackItem.id,
            FeedbackItem.case_id,
            FeedbackItem.crime_id,
            FeedbackItem.incident_id,
            FeedbackItem.subject,
            FeedbackItem.reasons,
            FeedbackItem.rules,
            FeedbackItem.created_at,
            FeedbackItem.due_at,
            FeedbackItem.acknowledged_at,
            FeedbackItem.reply,
            sender.name.label("sender"),
            to.name.label("to"),
            Case.workflow,
            CaseStep.trigger,
            case((visible_cases(actor), Case.reference), else_="").label("reference"),
        )
        .outerjoin(Case, Case.id == FeedbackItem.case_id)
        .join(sender, sender.id == FeedbackItem.from_id)
        .join(to, to.id == FeedbackItem.to_id)
        .outerjoin(
            CaseStep,
            (CaseStep.case_id == FeedbackItem.case_id)
            & (CaseStep.position == FeedbackItem.step_position),
        )
    )


def _view(row: Any) -> FeedbackView:
    return FeedbackView(
        id=row.id,
        subject=row.subject,
        done=_done(row.workflow, row.trigger),
        reasons=row.reasons,
        rules=tuple(line for line in row.rules.splitlines() if line),
        sender=row.sender,
        to=row.to,
        created_at=row.created_at,
        due_at=row.due_at,
        acknowledged_at=row.acknowledged_at,
        reply=row.reply,
        case_reference=row.reference or "",
    )


def _about(row: Any) -> tuple[Record, int]:
    """Return which record an item is about: a case, or else a crime or a report."""
    if row.case_id is not None:
        return Record.CASE, row.case_id
    return (Record.CRIME, row.crime_id) if row.crime_id else (Record.INCIDENT, row.incident_id)


def _done(workflow: str | None, trigger: str | None) -> str:
    if workflow is None:
        return ""
    steps = workflow_by_key(workflow).steps
    return next((step.done for step in steps if step.trigger == trigger), "")


def _counts(session: Session, actor: Actor, lists: tuple[Listed, ...]) -> dict[Listed, int]:
    """Count several lists in one statement, none further than 1,000."""
    counts = []
    for listed in lists:
        some = select(FeedbackItem.id).where(*_belongs(actor, listed)).limit(MOST_COUNTED)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    return dict(zip(lists, session.execute(select(*counts)).one(), strict=True))
