"""Replaces a record that can't be examined: by the next reserve, never by one that is chosen."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import Method, Pick, replacement
from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import enforces
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import (
    InvalidValue,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import AuditItem, AuditReview, AuditRun
from fcr_app.services.audits.conflicts import may_examine
from fcr_app.services.audits.steps import CHANGED, write_step
from fcr_app.workflows.audit_run import State

SHORTEST_REASON, LONGEST_REASON = 10, 400
OPEN = frozenset({State.DRAWN.value, State.REVIEWING.value})
NO_ITEM = "There is no such record in this audit."
NOT_YOURS = "Only the FCR and deputies replace a record of a sample."
OVER = "The records of this audit are examined. Nothing is replaced any more."
EXAMINED = "The record was examined already, so it stays in the sample."
NOT_IN_SAMPLE = "The record is not in the sample."
NO_RESERVE = (
    "There is no reserve left that this record could be replaced by. Examine it as far as it goes."
)
CHOSEN = "A dip sample has no reserves: its records were chosen."


@enforces(inspection("FB-03"), how="A record of a sample is replaced by the next reserve only")
def replace_item(  # noqa: PLR0913 - who, which record, why, when, and what they saw
    session: Session,
    actor: Actor,
    run: AuditRun,
    item_id: int,
    reason: str,
    *,
    now: datetime,
    version: int | None = None,
) -> AuditItem:
    """Put the next reserve of its stratum in the place of a record, and return it.

    Raises:
        PermissionRefused: If this person may not.
        NotFound: If the audit has no such record.
        StepNotAvailable: If it can't be replaced.
        SomeoneElseChangedIt: If it changed since ``version``.
        InvalidValue: If no reason is given.
    """
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused(NOT_YOURS)
    item = item_of(session, run, item_id)
    if version is not None and version != item.version:
        raise SomeoneElseChangedIt(CHANGED)
    require_replaceable(session, run, item)
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise InvalidValue(
            f"Say why it can’t be examined, in {SHORTEST_REASON} to {LONGEST_REASON} characters.",
            field="reason",
        )
    reserve = _next_reserve(session, run, item)
    item.in_sample, item.replaced_by_id, item.replaced_why = False, reserve.id, reason
    reserve.in_sample = True
    _hand_on(session, item, reserve)
    said = f"Replaced record {item.position} by reserve {reserve.position}"
    write_step(session, actor, "run", run.id, trigger="replace", said=said, now=now, reason=reason)
    session.flush()
    return reserve


def item_of(session: Session, run: AuditRun, item_id: int) -> AuditItem:
    """Return a record of an audit.

    Raises:
        NotFound: If the audit has no such record.
    """
    item = session.get(AuditItem, item_id)
    if item is None or item.run_id != run.id:
        raise NotFound(NO_ITEM)
    return item


def require_replaceable(session: Session, run: AuditRun, item: AuditItem) -> None:
    """Let a record be replaced.

    Raises:
        StepNotAvailable: If it can't be, and why.
    """
    if run.state not in OPEN:
        raise StepNotAvailable(OVER)
    if run.method == Method.DIP.value:
        raise StepNotAvailable(CHOSEN)
    if not item.in_sample:
        raise StepNotAvailable(NOT_IN_SAMPLE)
    begun = select(AuditReview.id).where(
        AuditReview.item_id == item.id, AuditReview.done_at.is_not(None)
    )
    if item.done_at or item.second_done_at or session.scalar(begun.limit(1)):
        raise StepNotAvailable(EXAMINED)


def _next_reserve(session: Session, run: AuditRun, item: AuditItem) -> AuditItem:
    # Locked in order, so that two registrars at once never take the same one.
    reserves = session.scalars(
        select(AuditItem)
        .where(AuditItem.run_id == run.id, AuditItem.is_reserve)
        .order_by(AuditItem.position)
        .with_for_update()
    ).all()
    used = {one.identifier for one in reserves if one.in_sample or one.replaced_by_id is not None}
    picks = [
        Pick(one.identifier, one.stratum, one.inclusion_probability, one.position)
        for one in reserves
    ]
    pick = replacement(picks, used, method=Method(run.method), stratum=item.stratum)
    if pick is None:
        raise StepNotAvailable(NO_RESERVE)
    return next(one for one in reserves if one.identifier == pick.identifier)


def _hand_on(session: Session, item: AuditItem, reserve: AuditItem) -> None:
    """Let those examine the reserve who had the record, as far as they may."""
    for_first = item.auditor_id
    if for_first is not None and may_examine(session, for_first, [reserve]):
        reserve.auditor_id = for_first
    second = item.second_auditor_id
    if second not in {None, reserve.auditor_id} and may_examine(session, second, [reserve]):
        reserve.second_auditor_id = second
