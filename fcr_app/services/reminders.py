"""Tells people, unasked, what can't wait: a case that is late, a history that is broken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.london import to_london
from fcr_app.models import Case, Notice, Person
from fcr_app.services.notices import registrars_on
from fcr_app.workflows import workflow_by_key

#: As many characters as a notice holds.
_MESSAGE_LENGTH = 300


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """What one batch of reminders did.

    Attributes:
        last: Where the next batch goes on: the last case's deadline and id.
    """

    case_count: int
    notice_count: int
    last: tuple[datetime, int] | None


def remind(
    session: Session, *, now: datetime, limit: int, after: tuple[datetime, int] | None = None
) -> Reminded:
    """Remind whoever has to act, and their supervisor, of cases whose time has run out.

    Each deadline is reminded of once; coming into another state sets another deadline. Where
    nobody in post is left to remind, the registrars are.
    """
    late = _newly_late(session, now, limit, after)
    whom = _with_supervisors(session, {_has_to_act(row) for row in late})
    registrars: list[int] | None = None
    notices: list[Notice] = []
    for row in late:
        people = whom.get(_has_to_act(row), set())
        if not people:
            if registrars is None:
                registrars = registrars_on(session, to_london(now).date())
            people = set(registrars)
        notices += [_reminder(row, person, now) for person in sorted(people)]
    session.add_all(notices)
    return Reminded(
        case_count=len(late),
        notice_count=len(notices),
        last=(late[-1].due_at, late[-1].id) if late else None,
    )


def _newly_late(
    session: Session, now: datetime, limit: int, after: tuple[datetime, int] | None
) -> list[Row[Any]]:
    reminded = exists().where(Notice.case_id == Case.id, Notice.late_for == Case.due_at)
    found = (
        select(
            Case.id,
            Case.workflow,
            Case.state,
            Case.due_at,
            Case.needs,
            Case.claimed_by_id,
            Case.opened_by_id,
        )
        .where(Case.open, Case.due_at <= now, ~reminded)
        .order_by(Case.due_at, Case.id)
        .limit(limit)
    )
    if after:
        at, last_id = after
        found = found.where(or_(Case.due_at > at, and_(Case.due_at == at, Case.id > last_id)))
    return list(session.execute(found))


def _has_to_act(row: Row[Any]) -> int:
    """Return who is waited for: the holder of a case to be decided, or else the requester."""
    holder = row.claimed_by_id if row.needs else None
    return int(holder or row.opened_by_id)


def _with_supervisors(session: Session, people: set[int]) -> dict[int, set[int]]:
    """Return each person with their supervisor, leaving out whoever has left."""
    supervisor = aliased(Person)
    rows = session.execute(
        select(Person.id, Person.active, supervisor.id)
        .outerjoin(supervisor, and_(supervisor.id == Person.supervisor_id, supervisor.active))
        .where(Person.id.in_(people))
    )
    return {
        person: {known for known in (person if active else None, above) if known is not None}
        for person, active, above in rows
    }


def _reminder(row: Row[Any], person_id: int, now: datetime) -> Notice:
    workflow = workflow_by_key(row.workflow)
    deadline = workflow.deadline(workflow.state(row.state))
    what = f"{deadline.what}. It" if deadline else "it"
    last_day = to_london(row.due_at - timedelta(microseconds=1))
    return Notice(
        person_id=person_id,
        case_id=row.id,
        message=f"Late: {what} was due by the end of {last_day:%-d %B %Y}.",
        created_at=now,
        late_for=row.due_at,
    )


def alarm_registrars(session: Session, broken: str, *, now: datetime) -> None:
    """Tell every registrar that a history does not verify, once until they have read it."""
    message = f"A case’s history does not verify. {broken}"[:_MESSAGE_LENGTH]
    unread = set(
        session.scalars(
            select(Notice.person_id).where(Notice.message == message, Notice.read_at.is_(None))
        )
    )
    session.add_all(
        Notice(person_id=person, message=message, created_at=now)
        for person in registrars_on(session, to_london(now).date())
        if person not in unread
    )
