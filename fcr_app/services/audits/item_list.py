"""The records of an audit in the order drawn, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import AuditItem, AuditRun, Person
from fcr_app.services.audits.run_view import NO_RUN, run_of
from fcr_app.services.log import Record, record_view

PER_PAGE = 25


class ItemsListed(StrEnum):
    """Which records of an audit a list shows."""

    SAMPLE = "sample"
    MINE = "mine"
    TO_DO = "to_do"
    TWICE = "twice"
    RESERVES = "reserves"
    REPLACED = "replaced"

    @property
    def label(self) -> str:
        """What the list is called."""
        return {
            "sample": "The sample",
            "mine": "Yours",
            "to_do": "Not examined yet",
            "twice": "Examined twice",
            "reserves": "Reserves",
            "replaced": "Replaced",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One record of an audit. It says who examines it and how far that is, never what was found.

    Attributes:
        may_replace: Whether it is not examined yet and not replaced.
    """

    id: int
    position: int
    identifier: str
    label: str
    stratum: str
    in_sample: bool
    is_reserve: bool
    auditor: str
    second_auditor: str
    done: bool
    second_done: bool
    differs: bool
    replaced_by: int | None
    replaced_why: str
    may_replace: bool


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """Some records of an audit.

    Attributes:
        after: The position to go on from; None on the last page.
        first: Whether it is the first page.
    """

    run: AuditRun
    listed: ItemsListed
    rows: tuple[ItemRow, ...]
    after: int | None
    first: bool


def item_page(  # noqa: PLR0913 - who looks, at which list of which audit, from where, and when
    session: Session,
    actor: Actor,
    reference: str,
    listed: ItemsListed,
    *,
    now: datetime,
    after: int = 0,
) -> ItemPage:
    """Return some records of an audit, in the order drawn.

    Raises:
        NotFound: If there is no such audit, or this person may see none.
    """
    if not may(actor, Permission.SEE_AUDITS):
        raise NotFound(NO_RUN)
    run = run_of(session, reference)
    record_view(session, actor, "audit:records", Record.AUDIT, run.id, now=now)
    first, second, by = aliased(Person), aliased(Person), aliased(AuditItem)
    found = session.execute(
        select(AuditItem, first.name, second.name, by.position)
        .outerjoin(first, first.id == AuditItem.auditor_id)
        .outerjoin(second, second.id == AuditItem.second_auditor_id)
        .outerjoin(by, by.id == AuditItem.replaced_by_id)
        .where(AuditItem.run_id == run.id, AuditItem.position > after, _in(listed, actor))
        .order_by(AuditItem.position)
        .limit(PER_PAGE + 1)
    ).all()
    more = len(found) > PER_PAGE
    rows = tuple(_row(*line) for line in found[:PER_PAGE])
    return ItemPage(
        run=run,
        listed=listed,
        rows=rows,
        after=rows[-1].position if more else None,
        first=not after,
    )


def read_items_listed(said: Mapping[str, str]) -> ItemsListed:
    """Read from an address which list is asked for; the sample where it makes no sense."""
    return next((one for one in ItemsListed if one == said.get("list")), ItemsListed.SAMPLE)


def _in(listed: ItemsListed, actor: Actor) -> ColumnElement[bool]:
    mine = or_(AuditItem.auditor_id == actor.id, AuditItem.second_auditor_id == actor.id)
    conditions: dict[ItemsListed, ColumnElement[bool]] = {
        ItemsListed.SAMPLE: and_(AuditItem.in_sample),
        ItemsListed.MINE: and_(AuditItem.in_sample, mine),
        ItemsListed.TO_DO: and_(AuditItem.in_sample, AuditItem.done_at.is_(None)),
        ItemsListed.TWICE: and_(AuditItem.in_sample, AuditItem.second_auditor_id.is_not(None)),
        ItemsListed.RESERVES: and_(
            AuditItem.is_reserve, ~AuditItem.in_sample, AuditItem.replaced_by_id.is_(None)
        ),
        ItemsListed.REPLACED: AuditItem.replaced_by_id.is_not(None),
    }
    return conditions[listed]


def _row(
    item: AuditItem, auditor: str | None, second: str | None, replaced_by: int | None
) -> ItemRow:
    untouched = item.done_at is None and item.second_done_at is None
    return ItemRow(
        id=item.id,
        position=item.position,
        identifier=item.identifier,
        label=item.label,
        stratum=item.stratum,
        in_sample=item.in_sample,
        is_reserve=item.is_reserve,
        auditor=auditor or "",
        second_auditor=second or "",
        done=item.done_at is not None,
        second_done=item.second_done_at is not None,
        differs=item.differs and item.moderated_at is None,
        replaced_by=replaced_by,
        replaced_why=item.replaced_why,
        may_replace=item.in_sample and untouched,
    )
