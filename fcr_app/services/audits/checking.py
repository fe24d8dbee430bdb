"""Checks an audit against itself: the frozen frame by its hash, the draw by repeating it."""

import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import BY_HAND, FrameRow, Method, frame_hash, in_order
from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import AuditFrame, AuditItem, AuditRun
from fcr_app.services.audits.freezing import thawed
from fcr_app.services.audits.run_view import NO_RUN, run_of
from fcr_app.services.log import Record, record_view


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check of an audit found.

    Attributes:
        frame_holds: The rows that were kept still give the hash that was kept.
        hash: The one they give now.
        draw_holds: Repeated with the stored seed, the draw gives the same records and reserves in
            the same order; None where somebody chose them.
    """

    run: AuditRun
    row_count: int
    hash: str
    frame_holds: bool
    draw_holds: bool | None


@supports(inspection("FB-03"), how="Anybody who sees an audit can repeat its draw")
def check_run(session: Session, actor: Actor, reference: str, *, now: datetime) -> Checked:
    """Check the frame of an audit against its hash, and its draw against its seed.

    Raises:
        NotFound: If there is no such audit, or this person may see none.
    """
    if not may(actor, Permission.SEE_AUDITS):
        raise NotFound(NO_RUN)
    run = run_of(session, reference)
    record_view(session, actor, "audit:check", Record.AUDIT, run.id, now=now)
    content = session.scalars(select(AuditFrame.content).where(AuditFrame.id == run.frame_id)).one()
    try:
        rows = thawed(content)
    except (zlib.error, ValueError):  # what was damaged can't be read, and does not hold
        rows = []
    found = frame_hash(rows)
    by_hand = run.algorithm == BY_HAND
    return Checked(
        run=run,
        row_count=len(rows),
        hash=found,
        frame_holds=found == run.frame.hash and len(rows) == run.frame.row_count,
        draw_holds=None if by_hand else _draw_holds(session, run, rows),
    )


def _draw_holds(session: Session, run: AuditRun, rows: Iterable[FrameRow]) -> bool:
    """Say whether what was drawn comes first in the order of the seed, stratum by stratum."""
    one_stratum = run.method == Method.SIMPLE.value
    stratum_of = {row.identifier: "" if one_stratum else row.stratum for row in rows}
    ordered = in_order(stratum_of, run.seed)
    drawn: dict[str, list[str]] = defaultdict(list)
    kept = session.execute(
        select(AuditItem.identifier)
        .where(AuditItem.run_id == run.id)
        .order_by(AuditItem.is_reserve, AuditItem.position)
    )
    for (identifier,) in kept:
        if identifier not in stratum_of:
            return False
        drawn[stratum_of[identifier]].append(identifier)
    expected: dict[str, list[str]] = defaultdict(list)
    for identifier in ordered:
        stratum = stratum_of[identifier]
        if len(expected[stratum]) < len(drawn.get(stratum, ())):
            expected[stratum].append(identifier)
    return all(expected[stratum] == picks for stratum, picks in drawn.items())
