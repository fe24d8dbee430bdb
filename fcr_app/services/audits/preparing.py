"""Prepares an audit: everything that only reads, so that nobody waits while it is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fcr_app.domain.audit_sampling import (
    Allocation,
    Drawn,
    Method,
    Pick,
    draw,
    picked_by_hand,
    second_reviews,
)
from fcr_app.domain.audits.recurrence import Span, period_before
from fcr_app.domain.audits.sample_size import SampleSize, SizeAsked, sample_size
from fcr_app.domain.audits.sharing import share_out
from fcr_app.domain.audits.words import Frame, Strata
from fcr_app.domain.london import to_london
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import AuditFrame, AuditLine, AuditList
from fcr_app.services.audits.conflicts import had_a_hand
from fcr_app.services.audits.earlier_rates import earlier_rates
from fcr_app.services.audits.examiners import examiners_of
from fcr_app.services.audits.frames import Asked, FrameRecord, Taken, take_frame
from fcr_app.services.audits.freezing import frozen, rows_of
from fcr_app.services.audits.year_recorded import YearRecorded, year_recorded

NOTHING_CHOSEN = "Choose the records of a dip sample. They are not drawn."
NOT_IN_FRAME = "A record that was chosen is not among those of these days, or is there twice."


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An audit that is ready to be opened.

    Attributes:
        line_version: Of the line as it was read; another one means that it was changed since.
        records: What was drawn, reserves last, in the order drawn.
        auditors: Who examines each record first; None where nobody may.
        second_auditors: Who examines those again that were drawn for it.
    """

    line_id: int
    line_version: int
    due_on: date
    span: Span
    list_id: int | None
    frame: AuditFrame
    seed: str
    size: SampleSize
    drawn: Drawn
    records: Mapping[str, FrameRecord]
    auditors: Mapping[str, int | None]
    second_auditors: Mapping[str, int | None]
    recorded: YearRecorded

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What was drawn, then the reserves."""
        return self.drawn.selected + self.drawn.reserves


def line_to_open(session: Session, line_id: int) -> AuditLine:
    """Return a line of the plan as it is now, with its plan.

    Raises:
        NotFound: If there is no such line.
    """
    line = session.scalar(
        select(AuditLine)
        .options(joinedload(AuditLine.plan))
        .where(AuditLine.id == line_id)
        .execution_options(populate_existing=True)
    )
    if line is None:
        raise NotFound("There is no such audit in the plan.")
    return line


def prepare_run(  # noqa: PLR0913 - which line, which day, by what chance or choice, and when
    session: Session,
    line_id: int,
    due_on: date,
    *,
    now: datetime,
    seed: str | None = None,
    picked: Sequence[str] | None = None,
    list_id: int | None = None,
) -> Prepared:
    """Take the frame of a line, draw from it and share the records out. It only reads.

    Args:
        due_on: The day it is due, which says what days are audited.
        seed: 32 hex digits; made anew unless given.
        picked: The identifiers of a dip sample.
        list_id: The list to draw from; the latest for these days unless given.

    Raises:
        NotFound: If there is no such line, or no list for it.
        InvalidValue: If the records of a dip sample are not chosen, or not in the frame.
    """
    line = line_to_open(session, line_id)
    span, today = period_before(due_on, line.covers_months), to_london(now).date()
    if line.frame == Frame.LISTED.value and list_id is None:
        list_id = latest_list(session, line.line_key, span)
    asked = Asked(
        kind=Frame(line.frame),
        span=span,
        narrowed=line.frame_filter,
        strata=Strata(line.strata),
        list_id=list_id if line.frame == Frame.LISTED.value else None,
    )
    taken, seed = take_frame(session, asked), seed or token_hex(16)
    frame = frozen(asked.kind, taken, now=now)
    size = sample_size(_wanted(session, line), frame.strata_counts)
    drawn = _drawn(line, taken, size, seed, picked)
    auditors, second = _shared_out(session, line, drawn, taken, seed=seed, today=today)
    kept = {pick.identifier for pick in drawn.selected + drawn.reserves}
    return Prepared(
        line_id=line.id,
        line_version=line.version,
        due_on=due_on,
        span=span,
        list_id=asked.list_id,
        frame=frame,
        seed=seed,
        size=size,
        drawn=drawn,
        records={one.identifier: one for one in taken.records if one.identifier in kept},
        auditors=auditors,
        second_auditors=second,
        recorded=year_recorded(session, span),
    )


def latest_list(session: Session, line_key: str, span: Span) -> int | None:
    """Return the id of the latest list sent in for a line and a period; None if there is none."""
    return session.scalar(
        select(AuditList.id)
        .where(
            AuditList.line_key == line_key,
            AuditList.period_starts_on == span.starts_on,
            AuditList.period_ends_on == span.ends_on,
        )
        .order_by(AuditList.id.desc())
        .limit(1)
    )


def _wanted(session: Session, line: AuditLine) -> SizeAsked:
    allocation = Allocation(line.allocation)
    neyman = allocation is Allocation.NEYMAN
    return SizeAsked(
        method=Method(line.method),
        allocation=allocation,
        fixed_size=line.fixed_size,
        census_below=line.census_below,
        precision=line.precision,
        expected_rate=line.expected_rate,
        yield_rate=line.yield_rate,
        design_effect=line.design_effect,
        rates=earlier_rates(session, line.line_key) if neyman else {},
    )


def _drawn(
    line: AuditLine, taken: Taken, size: SampleSize, seed: str, picked: Sequence[str] | None
) -> Drawn:
    rows = rows_of(taken)
    if line.method != Method.DIP.value:
        return draw(rows, size.rule, seed)
    if not picked:
        raise InvalidValue(NOTHING_CHOSEN, field="picked")
    try:
        return picked_by_hand(rows, picked)
    except ValueError:
        raise InvalidValue(NOT_IN_FRAME, field="picked") from None


def _shared_out(  # noqa: PLR0913 - what was drawn, from what, by what chance, for whom, and when
    session: Session, line: AuditLine, drawn: Drawn, taken: Taken, *, seed: str, today: date
) -> tuple[dict[str, int | None], dict[str, int | None]]:
    pools = examiners_of(session, line.id, today)
    picks = drawn.selected + drawn.reserves
    kept = {pick.identifier for pick in picks}
    records = [record for record in taken.records if record.identifier in kept]
    barred = had_a_hand(session, records, [one for pool in pools for one in pool])
    first = share_out((pick.identifier for pick in picks), pools, barred)
    twice = second_reviews([pick.identifier for pick in drawn.selected], seed=seed, on=today)
    return first, share_out(twice, pools, barred, taken_by=first)
