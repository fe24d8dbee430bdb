"""Lists of feedback: a person's own, what they gave, their team's, and for the FCR all of it.

It is about accuracy both ways, never about numbers: nothing here ranks people (FB-04). Who sees
an item is asked of its case (``services/visibility.py``), like of any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.domain.feedback.questions import REPLY
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound
from fcr_app.models import Case, CaseStep, Crime, FeedbackItem, Incident, Person, Unit
from fcr_app.services.cases import take_step
from fcr_app.services.loading import load
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import MOST_COUNTED, Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import (
    people_supervised_by,
    visible_cases,
    visible_crimes,
    visible_incidents,
)
from fcr_app.workflows import workflow_by_key
from fcr_app.workflows.feedback import FEEDBACK_ON_A_CRIME, TO_CORRECT, State

LONGEST_REPLY = 1000
NOT_THERE = "There is no such feedback, or you may not see it."
NEWEST_FIRST = Order(FeedbackItem.created_at, FeedbackItem.id, newest_first=True)
OLDEST_FIRST = Order(FeedbackItem.created_at, FeedbackItem.id)


class Listed(StrEnum):
    """Which items a list shows."""

    OPEN = "open"
    TO_CORRECT = "to_correct"
    DISPUTED = "disputed"
    CLOSED = "closed"
    SENT = "sent"
    TEAM = "team"
    ALL = "all"

    @property
    def label(self) -> str:
        """The list's name."""
        return {
            "open": "To answer",
            "to_correct": "To correct",
            "disputed": "Disputed",
            "closed": "Closed",
            "sent": "Sent by me",
            "team": "My team",
            "all": "All feedback",
        }[self.value]


#: The states of a person's own lists.
STATES = {
    Listed.OPEN: (State.SENT, State.ACKNOWLEDGED),
    Listed.TO_CORRECT: TO_CORRECT,
    Listed.DISPUTED: (State.DISPUTED,),
    Listed.CLOSED: (State.CLOSED, State.SET_ASIDE, State.WITHDRAWN),
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the FCR narrows the list of all feedback by; nothing where all are empty."""

    state: State | None = None
    error: ErrorType | None = None
    source: Source | None = None
    unit_id: int | None = None
    overdue: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return self != Filters()


@dataclass(frozen=True, kw_only=True)
class FeedbackView:
    """One item, as its reader sees it.

    Attributes:
        reference: Of the case of this feedback.
        done: What was done in the step it is about: "Refused the request".
        case_reference: Of the case it is about; empty where there is none, or the reader may not
            see it now.
        rules: The rules with their source, one each.
        crime_id: The crime it is about, where the reader may see it now.
        due_at: By when something is to be done about it now; None where no clock runs.
        corrected_by: What on the record shows the correction; empty before.
    """

    id: int
    reference: str
    state: State
    subject: str
    done: str
    error: ErrorType | None
    positive: bool
    harm: Harm
    source: Source
    reasons: str
    rule_id: str
    rules: tuple[str, ...]
    right_decision: str
    to_do: str
    correction: Correction
    correct_by_at: datetime | None
    corrected_at: datetime | None
    corrected_by: str
    sender: str
    to: str
    unit: str
    created_at: datetime
    due_at: datetime | None
    acknowledged_at: datetime | None
    closed_at: datetime | None
    reply: str
    case_reference: str
    crime_id: int | None
    crime_number: str
    incident_id: int | None
    incident_reference: str

    @property
    def state_label(self) -> str:
        """Where it stands, in words."""
        return FEEDBACK_ON_A_CRIME.labels[self.state]

    @property
    def state_short(self) -> str:
        """The same in as few words as a tag has room for."""
        return FEEDBACK_ON_A_CRIME.short_labels.get(self.state, self.state_label)

    @property
    def state_colour(self) -> str:
        """The colour of its tag."""
        return FEEDBACK_ON_A_CRIME.colours.get(self.state, "grey")

    @property
    def about(self) -> str:
        """What it is about: the error with its code, that it was right, or neither."""
        if self.error:
            return self.error.full_label
        return "Done right" if self.positive else "Reasons to read"

    @property
    def outstanding(self) -> bool:
        """Whether the record has to be put right still."""
        nothing = self.correction is Correction.NONE
        return not nothing and self.corrected_at is None and self.closed_at is None


@dataclass(frozen=True, kw_only=True)
class FeedbackPage:
    """One page of a list."""

    listed: Listed
    page: Page[FeedbackView]
    counts: dict[Listed, int]
    filters: Filters
    units: tuple[tuple[int, str], ...] = ()

    @property
    def items(self) -> tuple[FeedbackView, ...]:
        """What the page shows."""
        return tuple(self.page.rows)


def lists_of(actor: Actor) -> tuple[Listed, ...]:
    """Return the lists a person has; the first is where they start."""
    own = (Listed.OPEN, Listed.TO_CORRECT, Listed.DISPUTED, Listed.CLOSED)
    lists: tuple[Listed, ...] = own
    if actor.has(*GIVES):
        lists = (*lists, Listed.SENT)
    if actor.has(Role.SUPERVISOR):
        lists = (*lists, Listed.TEAM)
    return (*lists, Listed.ALL) if actor.has(*REGISTRARS) else lists


GIVES = (Role.SUPERVISOR, Role.DDM, *sorted(REGISTRARS), Role.AUDITOR, Role.CHIEF_OFFICER)


def read_filters(said: Mapping[str, str]) -> Filters:
    """Read filters from an address; what makes no sense there counts as not said."""
    unit = said.get("unit", "")
    return Filters(
        state=next((one for one in State if one.value == said.get("state")), None),
        error=next((one for one in ErrorType if one.value == said.get("error")), None),
        source=next((one for one in Source if one.value == said.get("source")), None),
        unit_id=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,  # noqa: PLR2004 - as long as an id can be
        overdue=said.get("overdue") == "yes",
    )


@supports(
    inspection("FB-01"),
    inspection("FB-04"),
    how="Feedback with its rule and reasons, for what was right too; it ranks nobody",
)
def feedback_page(  # noqa: PLR0913 - whose list, which, narrowed how, from where, when
    session: Session,
    actor: Actor,
    listed: Listed,
    *,
    now: datetime,
    filters: Filters = Filters(),
    after: str = "",
    before: str = "",
) -> FeedbackPage:
    """Return a page of a list of feedback, and log the look at each item.

    What waits comes oldest first, since it is due first; everything else newest first.

    Raises:
        NotFound: If the person has no such list.
    """
    if listed not in lists_of(actor):
        raise NotFound("There is no such list.")
    order = OLDEST_FIRST if listed in (Listed.OPEN, Listed.TO_CORRECT) else NEWEST_FIRST
    cursor = order.place(read_cursor(after, before))
    way = and_(_belongs(actor, listed), *_narrowed(filters, now))
    page = page_of_ids((way,), order, cursor).subquery("page")
    down = order.by(cursor)
    rows = session.execute(
        _items(actor)
        .add_columns(page.c.moment)
        .join(page, page.c.id == FeedbackItem.id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    shown = cut([(Cursor(row.moment, row.FeedbackItem.id), _view(row)) for row in rows], cursor)
    for row in rows:
        _log_look(session, actor, row, now)
    return FeedbackPage(
        listed=listed,
        page=shown,
        counts=_counts(session, actor, lists_of(actor)),
        filters=filters,
        units=_units(session) if listed is Listed.ALL else (),
    )


def feedback_item(session: Session, actor: Actor, item_id: int, *, now: datetime) -> FeedbackView:
    """Return one item that a person may see, and log the look at it.

    Raises:
        NotFound: If there is no such item, or it is not theirs to see.
    """
    return _one(session, actor, FeedbackItem.id == item_id, now)


def feedback_of_case(session: Session, actor: Actor, case_id: int) -> FeedbackView | None:
    """Return what a feedback case says; None for any other case. The case's page logs the look."""
    found = _items(actor).where(FeedbackItem.feedback_case_id == case_id)
    row = session.execute(found).one_or_none()
    return _view(row) if row else None


def _one(session: Session, actor: Actor, which: ColumnElement[bool], now: datetime) -> FeedbackView:
    seen = select(Case.id).where(visible_cases(actor)).correlate(None)
    found = _items(actor).where(which, FeedbackItem.feedback_case_id.in_(seen))
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    _log_look(session, actor, row, now)
    return _view(row)


def open_count(session: Session, actor: Actor) -> int:
    """Return how many items a person has to answer, counting no further than 1,000."""
    return _counts(session, actor, (Listed.OPEN,))[Listed.OPEN]


def acknowledge(session: Session, actor: Actor, item_id: int, reply: str, *, now: datetime) -> None:
    """Say that one has read an item, with a reply if one likes.

    One that names no error and asks for nothing is done with.

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
        raise NotFound(NOT_THERE)
    if row.acknowledged_at is not None:
        raise AlreadyDone("You have acknowledged this already.")
    facts: FeedbackFacts = load(session, actor, row.reference, now=now).facts
    trigger = "read" if facts.only_to_read else "acknowledge"
    take_step(session, actor, row.reference, trigger, {REPLY.name: reply}, now=now)


def _belongs(actor: Actor, listed: Listed) -> ColumnElement[bool]:
    """Return what makes an item belong to a list."""
    match listed:
        case Listed.SENT:
            return FeedbackItem.from_id == actor.id
        case Listed.TEAM:
            return and_(
                FeedbackItem.to_id.in_(people_supervised_by(actor)),
                FeedbackItem.closed_at.is_(None),
            )
        case Listed.ALL:
            return FeedbackItem.id > 0 if actor.has(*REGISTRARS) else false()
        case _:
            mine = select(Case.id).where(
                Case.addressee_id == actor.id, Case.state.in_([s.value for s in STATES[listed]])
            )
            return FeedbackItem.feedback_case_id.in_(mine.correlate(None))


def _narrowed(filters: Filters, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that filters stand for."""
    asked: list[ColumnElement[bool]] = []
    if filters.state:
        there = select(Case.id).where(Case.state == filters.state.value).correlate(None)
        asked.append(FeedbackItem.feedback_case_id.in_(there))
    if filters.error:
        asked.append(FeedbackItem.error_type == filters.error.value)
    if filters.source:
        asked.append(FeedbackItem.source == filters.source.value)
    if filters.unit_id:
        path = select(Unit.path).where(Unit.id == filters.unit_id).scalar_subquery()
        within = select(Unit.id).where(Unit.path.startswith(func.coalesce(path, "none")))
        asked.append(FeedbackItem.unit_id.in_(within.correlate(None)))
    if filters.overdue:
        asked.append(is_overdue(now))
    return tuple(asked)


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an item should have been acknowledged, or its record put right."""
    late = and_(FeedbackItem.acknowledged_at.is_(None), FeedbackItem.due_at < now)
    not_right = and_(FeedbackItem.corrected_at.is_(None), FeedbackItem.correct_by_at < now)
    return and_(FeedbackItem.closed_at.is_(None), or_(late, not_right))


def _items(actor: Actor) -> Select[*tuple[Any, ...]]:
    sender, to, private = aliased(Person), aliased(Person), aliased(Case)
    return (
        select(
            FeedbackItem,
            private.reference.label("own_reference"),
            private.state,
            private.due_at.label("runs_out_at"),
            sender.name.label("sender"),
            to.name.label("to"),
            Unit.name.label("unit"),
            Case.workflow,
            CaseStep.trigger,
            case((visible_cases(actor), Case.reference), else_="").label("reference"),
            case((visible_crimes(actor), Crime.crime_number), else_="").label("crime_number"),
            case((visible_incidents(actor), Incident.reference), else_="").label("report"),
        )
        .join(private, private.id == FeedbackItem.feedback_case_id)
        .outerjoin(Case, Case.id == FeedbackItem.case_id)
        .outerjoin(Crime, Crime.id == FeedbackItem.crime_id)
        .outerjoin(Incident, Incident.id == FeedbackItem.incident_id)
        .outerjoin(Unit, Unit.id == FeedbackItem.unit_id)
        .join(sender, sender.id == FeedbackItem.from_id)
        .join(to, to.id == FeedbackItem.to_id)
        .outerjoin(
            CaseStep,
            (CaseStep.case_id == FeedbackItem.case_id)
            & (CaseStep.position == FeedbackItem.step_position),
        )
    )


def _view(row: Any) -> FeedbackView:
    item = row.FeedbackItem
    return FeedbackView(
        id=item.id,
        reference=row.own_reference,
        state=State(row.state),
        subject=item.subject,
        done=_done(row.workflow, row.trigger),
        error=ErrorType(item.error_type) if item.error_type else None,
        positive=item.positive,
        harm=Harm(item.harm),
        source=Source(item.source),
        reasons=item.reasons,
        rule_id=item.rule_id,
        rules=tuple(line for line in item.rules.splitlines() if line),
        right_decision=item.right_decision,
        to_do=item.to_do,
        correction=Correction(item.correction),
        correct_by_at=item.correct_by_at,
        corrected_at=item.corrected_at,
        corrected_by=item.corrected_by,
        sender=row.sender,
        to=row.to,
        unit=row.unit or "",
        created_at=item.created_at,
        due_at=row.runs_out_at,
        acknowledged_at=item.acknowledged_at,
        closed_at=item.closed_at,
        reply=item.reply,
        case_reference=row.reference or "",
        crime_id=item.crime_id if row.crime_number else None,
        crime_number=row.crime_number or "",
        incident_id=item.incident_id if row.report else None,
        incident_reference=row.report or "",
    )


def _log_look(session: Session, actor: Actor, row: Any, now: datetime) -> None:
    """Log a look at what an item says."""
    case_id = row.FeedbackItem.feedback_case_id
    record_view(session, actor, "feedback:read", Record.CASE, case_id, now=now)


def _done(workflow: str | None, trigger: str | None) -> str:
    if workflow is None:
        return ""
    steps = workflow_by_key(workflow).steps
    return next((step.done for step in steps if step.trigger == trigger), "")


def _counts(session: Session, actor: Actor, lists: tuple[Listed, ...]) -> dict[Listed, int]:
    """Count several lists in one statement, none further than 1,000."""
    counts = []
    for listed in lists:
        some = select(FeedbackItem.id).where(_belongs(actor, listed)).limit(MOST_COUNTED)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    return dict(zip(lists, session.execute(select(*counts)).one(), strict=True))


def _units(session: Session) -> tuple[tuple[int, str], ...]:
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.active).order_by(Unit.name))
    return tuple((row.id, row.name) for row in rows)
