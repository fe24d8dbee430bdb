"""Crimes that were recorded after their limit: the FCR looks at every one (REC-11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.feedback.items import Source
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound, PermissionRefused
from fcr_app.models import Crime, Incident, LateRecord, Person, Unit
from fcr_app.services.crimes import active_people
from fcr_app.services.feedback_giving import Given, give_feedback
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.log import Record, record_view
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import Ways, visible_incidents
from fcr_app.services.worklist_surroundings import Counts, capped, in_words

SHORTEST_REMARK = 20
LONGEST_REMARK = 4000


class Listed(StrEnum):
    """Which late records a list shows."""

    WAITING = "waiting"
    REVIEWED = "reviewed"

    @property
    def label(self) -> str:
        """The list's name."""
        return {"waiting": "To look at", "reviewed": "Looked at"}[self.value]


class Verdict(StrEnum):
    """What the FCR says of a reason."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"

    @property
    def label(self) -> str:
        """The verdict in words."""
        return {"accepted": "Accepted", "not_accepted": "Not accepted"}[self.value]


ORDERS = {
    Listed.WAITING: Order(LateRecord.recorded_at, LateRecord.id),
    Listed.REVIEWED: Order(LateRecord.recorded_at, LateRecord.id, newest_first=True),
}


@dataclass(frozen=True, kw_only=True)
class LateView:
    """One crime that was recorded late."""

    id: int
    incident_id: int
    reference: str
    crime_id: int
    crime_number: str
    by: timedelta
    limit_at: datetime
    recorded_at: datetime
    reason: str
    unit: str
    officer: str
    given_by_id: int | None
    given_by: str
    verdict: Verdict | None
    remark: str
    reviewed_by: str
    reviewed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class LateList:
    """One page of late records."""

    listed: Listed
    page: Page[LateView]
    counts: Counts


def late_list(
    session: Session,
    actor: Actor,
    listed: Listed,
    *,
    after: str = "",
    before: str = "",
) -> LateList:
    """Return one page of the crimes that were recorded late; what waits, the oldest first."""
    order = ORDERS[listed]
    cursor = order.place(read_cursor(after, before))
    page = page_of_ids(_ways(actor, listed), order, cursor).subquery("page")
    down = order.by(cursor)
    found = session.execute(
        _shown()
        .add_columns(page.c.moment)
        .join(page, page.c.id == LateRecord.id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    counts = session.execute(
        select(*(capped(_ways(actor, one), LateRecord.id).label(one.value) for one in Listed))
    ).one()
    return LateList(
        listed=listed,
        page=cut([(Cursor(row.moment, row.id), _view(row)) for row in found], cursor),
        counts={one.value: in_words(getattr(counts, one.value)) for one in Listed},
    )


def late_record(session: Session, actor: Actor, late_id: int, *, now: datetime) -> LateView:
    """Return one late record, and log that it was looked at.

    Raises:
        NotFound: If there is none, or the person may not see its report.
    """
    row = session.execute(
        _shown().where(LateRecord.id == late_id, visible_incidents(actor))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such late record, or you may not see it.")
    record_view(session, actor, "late-record:read", Record.INCIDENT, row.incident_id, now=now)
    return _view(row)


@enforces(crr26("REC-11", "10"), how="Every late record waits for the FCR, who accepts or refuses")
def review(  # noqa: PLR0913 - who says what of which late record, and when
    session: Session,
    actor: Actor,
    late_id: int,
    verdict: Verdict,
    remark: str,
    *,
    now: datetime,
) -> None:
    """Accept the reason for a late record, or not. Not accepted, it becomes feedback (E13).

    Raises:
        NotFound: If there is none, or the person may not see its report.
        PermissionRefused: If the reason is the person's own.
        AlreadyDone: If somebody has looked at it already.
        InvalidValue: If it is not accepted and nothing says why.
    """
    late = session.scalar(
        select(LateRecord)
        .join(Incident, Incident.id == LateRecord.incident_id)
        .where(LateRecord.id == late_id, visible_incidents(actor))
        .with_for_update(of=LateRecord)
    )
    if late is None:
        raise NotFound("There is no such late record, or you may not see it.")
    if late.given_by_id == actor.id:
        raise PermissionRefused("You gave this reason. Somebody else has to look at it.")
    if late.reviewed_at is not None:
        raise AlreadyDone("Somebody has looked at this late record already.")
    said = remark.strip()
    if verdict is Verdict.NOT_ACCEPTED and len(said) < SHORTEST_REMARK:
        raise InvalidValue(
            f"Say why not, in at least {SHORTEST_REMARK} characters. They read it.", field="remark"
        )
    late.verdict, late.remark = verdict.value, said
    late.reviewed_by_id, late.reviewed_at = actor.id, now
    incident = session.get_one(Incident, late.incident_id)
    accepted = verdict is Verdict.ACCEPTED
    number = session.get_one(Crime, late.crime_id).crime_number
    note(
        session,
        actor,
        incident,
        What.LATE_ACCEPTED if accepted else What.LATE_NOT_ACCEPTED,
        now=now,
        changed=[Changed(title="Crime", after=number)],
        reason=said,
    )
    session.flush()
    if not accepted:
        _give_feedback(session, actor, late, incident, now=now)


def _give_feedback(
    session: Session, actor: Actor, late: LateRecord, incident: Incident, *, now: datetime
) -> None:
    """Send the remark to whoever recorded it late, unless they have left or it is oneself."""
    to_id = late.given_by_id or incident.officer_id
    if to_id and to_id != actor.id and active_people(session, {to_id}):
        given = Given(
            to_id=to_id,
            error=ErrorType.E13,
            reasons=late.remark,
            incident_id=incident.id,
            source=Source.LATE_RECORD,
            subject=f"Recorded late from {incident.reference}",
        )
        give_feedback(session, actor, given, now=now)


def _ways(actor: Actor, listed: Listed) -> Ways:
    waits: ColumnElement[bool] = LateRecord.reviewed_at.is_(None)
    seen = LateRecord.incident_id.in_(select(Incident.id).where(visible_incidents(actor)))
    return ((waits if listed is Listed.WAITING else ~waits) & seen,)


def _shown() -> Select[*tuple[Any, ...]]:
    officer, given_by, reviewer = aliased(Person), aliased(Person), aliased(Person)
    return (
        select(
            LateRecord.id,
            LateRecord.incident_id,
            LateRecord.crime_id,
            LateRecord.limit_at,
            LateRecord.recorded_at,
            LateRecord.reason,
            LateRecord.given_by_id,
            LateRecord.verdict,
            LateRecord.remark,
            LateRecord.reviewed_at,
            Incident.reference,
            Crime.crime_number,
            Unit.name.label("unit"),
            officer.name.label("officer"),
            given_by.name.label("given_by"),
            reviewer.name.label("reviewed_by"),
        )
        .join(Incident, Incident.id == LateRecord.incident_id)
        .join(Crime, Crime.id == LateRecord.crime_id)
        .outerjoin(Unit, Unit.id == Incident.unit_id)
        .outerjoin(officer, officer.id == Incident.officer_id)
        .outerjoin(given_by, given_by.id == LateRecord.given_by_id)
        .outerjoin(reviewer, reviewer.id == LateRecord.reviewed_by_id)
    )


def _view(row: Any) -> LateView:
    return LateView(
        id=row.id,
        incident_id=row.incident_id,
        reference=row.reference,
        crime_id=row.crime_id,
        crime_number=row.crime_number,
        by=row.recorded_at - row.limit_at,
        limit_at=row.limit_at,
        recorded_at=row.recorded_at,
        reason=row.reason,
        unit=row.unit or "",
        officer=row.officer or "",
        given_by_id=row.given_by_id,
        given_by=row.given_by or "",
        verdict=Verdict(row.verdict) if row.verdict else None,
        remark=row.remark,
        reviewed_by=row.reviewed_by or "",
        reviewed_at=row.reviewed_at,
    )
