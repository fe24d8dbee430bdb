"""Who covers for whom, from when until when. A deputy sees the work; it lends no authority."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import InvalidValue, InvalidValues, NotFound, PermissionRefused
from fcr_app.models import Deputy, Person
from fcr_app.services.log import Record, record_change

#: Cover is for leave and sickness; a lasting change of work is a role.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Cover:
    """One person covering for another; both days inclusive."""

    id: int
    person_id: int
    person: str
    deputy_id: int
    deputy: str
    starts_on: date
    ends_on: date


def covers_of(session: Session, person_id: int, *, today: date) -> list[Cover]:
    """Return who covers for a person and whom they cover for, now or later."""
    covered, covering = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Deputy, covered.name, covering.name)
        .join(covered, covered.id == Deputy.person_id)
        .join(covering, covering.id == Deputy.deputy_id)
        .where(
            or_(Deputy.person_id == person_id, Deputy.deputy_id == person_id),
            Deputy.ends_on >= today,
        )
        .order_by(Deputy.starts_on, Deputy.id)
    )
    return [
        Cover(
            id=entry.id,
            person_id=entry.person_id,
            person=person,
            deputy_id=entry.deputy_id,
            deputy=deputy,
            starts_on=entry.starts_on,
            ends_on=entry.ends_on,
        )
        for entry, person, deputy in rows
    ]


def appoint(  # noqa: PLR0913 - who covers for whom, for how long
    session: Session,
    actor: Actor,
    person_id: int,
    deputy_id: int,
    *,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> None:
    """Let somebody cover for a person: for oneself, or by an administrator for anybody.

    Raises:
        PermissionRefused: If the actor is neither.
        InvalidValues: If the dates or the deputy can't be used.
    """
    _require_may(actor, person_id)
    problems = []
    deputy = session.get(Person, deputy_id)
    if deputy is None or not deputy.active:
        problems.append(InvalidValue("Choose somebody who works here.", field="deputy"))
    if deputy_id == person_id:
        problems.append(InvalidValue("Nobody can cover for themselves.", field="deputy"))
    if ends_on < starts_on:
        problems.append(InvalidValue("The last day must not be before the first.", field="ends_on"))
    elif ends_on < to_london(now).date():
        problems.append(InvalidValue("The last day must not be in the past.", field="ends_on"))
    elif ends_on - starts_on > LONGEST:
        problems.append(
            InvalidValue("Cover lasts a year at most. Enter an earlier last day.", field="ends_on")
        )
    elif _covers_already(session, person_id, deputy_id, starts_on, ends_on):
        problems.append(
            InvalidValue("They cover on some of these days already.", field="starts_on")
        )
    if problems:
        raise InvalidValues(problems)
    session.add(
        Deputy(person_id=person_id, deputy_id=deputy_id, starts_on=starts_on, ends_on=ends_on)
    )
    detail = f"person {deputy_id}, {starts_on} to {ends_on}"
    _log(session, actor, "person:deputy-appointed", person_id, now=now, detail=detail)


def end_cover(session: Session, actor: Actor, cover_id: int, *, now: datetime) -> int:
    """End cover at once; one that has not begun is taken back. Returns whose cover it was.

    Raises:
        PermissionRefused: If the actor is neither the person covered nor an administrator.
        NotFound: If there is no such cover.
    """
    cover = session.get(Deputy, cover_id)
    if cover is None:
        raise NotFound("There is no such deputy.")
    _require_may(actor, cover.person_id)
    yesterday = to_london(now).date() - timedelta(days=1)
    if cover.starts_on > yesterday:
        session.delete(cover)
    else:
        cover.ends_on = min(cover.ends_on, yesterday)
    detail = f"person {cover.deputy_id}"
    _log(session, actor, "person:deputy-ended", cover.person_id, now=now, detail=detail)
    return cover.person_id


def _require_may(actor: Actor, person_id: int) -> None:
    if actor.id != person_id and not actor.has(Role.ADMINISTRATOR):
        raise PermissionRefused("Only the person themselves or an administrator may do this.")


def _covers_already(
    session: Session, person_id: int, deputy_id: int, starts_on: date, ends_on: date
) -> bool:
    return bool(
        session.scalar(
            select(Deputy.id)
            .where(
                Deputy.person_id == person_id,
                Deputy.deputy_id == deputy_id,
                Deputy.starts_on <= ends_on,
                Deputy.ends_on >= starts_on,
            )
            .limit(1)
        )
    )


def _log(  # noqa: PLR0913 - a log entry has this many parts
    session: Session, actor: Actor, what: str, person_id: int, *, now: datetime, detail: str
) -> None:
    record_change(session, actor, what, Record.PERSON, person_id, now=now, detail=detail)
