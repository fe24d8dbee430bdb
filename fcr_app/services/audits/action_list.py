"""Lists of actions, a page at a time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, literal_column, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import ActionState
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditAction, AuditRun, Person
from fcr_app.services.audits.action_rows import ActionRow, action_rows, row_of
from fcr_app.services.audits.action_sight import is_theirs_to_see
from fcr_app.services.paging import (
    MOST_COUNTED,
    Cursor,
    Order,
    Page,
    at_day,
    cut,
    page_of_ids,
    read_cursor,
)

SOONEST = Order(AuditAction.due_on, AuditAction.id)
LATEST = Order(AuditAction.due_on, AuditAction.id, newest_first=True)
#: As the partial index has it.
_NOT_CLOSED = AuditAction.state != literal_column("'closed'")
_NOT_DONE = AuditAction.state.in_([ActionState.OPEN.value, ActionState.IN_PROGRESS.value])


class Listed(StrEnum):
    """Which actions a list shows."""

    MINE = "mine"
    OPEN = "open"
    TO_CHECK = "to_check"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """What the list is called."""
        return {
            "mine": "Yours",
            "open": "Not closed",
            "to_check": "To be checked",
            "closed": "Closed",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class ActionFilters:
    """What a list is narrowed by; nothing where all are empty.

    Attributes:
        run: The reference of an audit.
    """

    owner_id: int | None = None
    run: str = ""
    late: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is narrowed."""
        return self != ActionFilters()


@dataclass(frozen=True, kw_only=True)
class ActionPage:
    """One page of a list, and how many the person's lists have, counted no further than 1,000."""

    listed: Listed
    filters: ActionFilters
    counts: dict[Listed, int]
    page: Page[ActionRow]
    owners: tuple[tuple[int, str], ...]


def lists_of(actor: Actor) -> tuple[Listed, ...]:
    """Return the lists a person has: whoever sees only their own needs no other list of them."""
    if may(actor, Permission.SEE_AUDITS):
        return tuple(Listed)
    return (Listed.MINE, Listed.CLOSED)


def action_page(  # noqa: PLR0913 - whose list, which, narrowed how, from where
    session: Session,
    actor: Actor,
    listed: Listed | None,
    filters: ActionFilters,
    *,
    now: datetime,
    after: str = "",
    before: str = "",
) -> ActionPage:
    """Return one page of actions, what is due first at the top; of the closed, the latest first.

    Takes three statements, however long the list is.

    Args:
        listed: None, or one the person does not have, for the list they start from.
    """
    lists = lists_of(actor)
    today = to_london(now).date()
    if listed not in lists:
        listed = Listed.OPEN if Listed.OPEN in lists else Listed.MINE
    order = LATEST if listed is Listed.CLOSED else SOONEST
    cursor = order.place(read_cursor(after, before))
    wanted = actions_listed(actor, listed, filters, today)
    ids = page_of_ids((wanted,), order, cursor).subquery("page")
    down = order.by(cursor)
    found = session.execute(
        action_rows()
        .join(ids, ids.c.id == AuditAction.id)
        .order_by(*(key.desc() if down else key.asc() for key in (ids.c.moment, ids.c.id)))
    )
    rows = [(Cursor(at_day(row[0].due_on), row[0].id), row_of(row, today)) for row in found]
    return ActionPage(
        listed=listed,
        filters=filters,
        counts=_counts(session, actor, lists),
        page=cut(rows, cursor),
        owners=_owners(session) if may(actor, Permission.SEE_AUDITS) else (),
    )


def actions_listed(
    actor: Actor, listed: Listed, filters: ActionFilters, today: date
) -> ColumnElement[bool]:
    """Return the condition on ``AuditAction`` that a list shows it."""
    return and_(_in(listed, actor), is_theirs_to_see(actor), *_narrowed(filters, today))


def read_listed(said: Mapping[str, str]) -> Listed | None:
    """Read from an address which list is asked for; None where it makes no sense."""
    return next((one for one in Listed if one == said.get("list")), None)


def read_filters(said: Mapping[str, str]) -> ActionFilters:
    """Read from an address what a list is narrowed by; what makes no sense is left out."""
    owner = said.get("owner", "")
    return ActionFilters(
        owner_id=int(owner) if re.fullmatch(r"[0-9]{1,9}", owner) else None,
        run=said.get("run", "").strip().upper()[:20],
        late=bool(said.get("late")),
    )


def _in(listed: Listed, actor: Actor) -> ColumnElement[bool]:
    if listed is Listed.CLOSED:
        return AuditAction.state == ActionState.CLOSED
    if listed is Listed.TO_CHECK:
        return AuditAction.state == ActionState.DONE
    return (
        and_(_NOT_CLOSED, AuditAction.owner_id == actor.id)
        if listed is Listed.MINE
        else _NOT_CLOSED
    )


def _narrowed(filters: ActionFilters, today: date) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if filters.owner_id is not None:
        wanted.append(AuditAction.owner_id == filters.owner_id)
    if filters.run:
        of_run = select(AuditRun.id).where(AuditRun.reference == filters.run)
        wanted.append(AuditAction.run_id.in_(of_run))
    if filters.late:
        wanted += [_NOT_DONE, AuditAction.due_on < today]
    return wanted


def _counts(session: Session, actor: Actor, lists: Sequence[Listed]) -> dict[Listed, int]:
    counted = [
        select(func.count())
        .select_from(
            select(AuditAction.id)
            .where(_in(one, actor), is_theirs_to_see(actor))
            .limit(MOST_COUNTED)
            .subquery()
        )
        .scalar_subquery()
        for one in lists
    ]
    return dict(zip(lists, session.execute(select(*counted)).one(), strict=True))


def _owners(session: Session) -> tuple[tuple[int, str], ...]:
    owning = select(AuditAction.owner_id).where(AuditAction.owner_id.is_not(None)).distinct()
    found = session.execute(
        select(Person.id, Person.name).where(Person.id.in_(owning)).order_by(Person.name_key)
    )
    return tuple((one, name) for one, name in found)
