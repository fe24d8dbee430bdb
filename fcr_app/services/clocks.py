"""Looks for clocks that have something to say, and says it once.

What a clock has said is a row of ``clock_alerts`` under a unique key. Whoever adds the row tells
the people, in the same transaction; of two who try at once one adds nothing and tells nobody.
"""

from collections.abc import Iterator, Sequence, Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.escalation import Escalation, Ladder, Whom
from fcr_app.domain.london import to_london
from fcr_app.models import ClockAlert, Person
from fcr_app.services.clock_sources import Clock, ClockSource
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import Mail, insert_once, mail_all, note

#: A clock that is heard within this time was heard in time.
IN_TIME = timedelta(minutes=30)

Place = tuple[datetime, int]


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One rung of a ladder, with the clocks of one source that are on it."""

    source: ClockSource
    clocks: tuple[Clock, ...]
    ladder: Ladder
    position: int

    @property
    def escalation(self) -> Escalation:
        """When it speaks and to whom."""
        return self.ladder[self.position]

    @property
    def moment(self) -> Any:
        """The column its moment is counted from."""
        return self.source.started_at if self.escalation.at.from_start else self.source.due_at


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What one batch of clocks said.

    Attributes:
        caught_up_count: Those that should have spoken while nobody was there to hear them.
        last: Where the next batch goes on; None after the last one.
    """

    clock_count: int
    told_count: int
    caught_up_count: int
    last: Place | None


def rungs(sources: Sequence[ClockSource]) -> Iterator[Rung]:
    """Yield every rung there is, the last of each ladder first.

    A clock that has passed several speaks once, at its latest level.
    """
    for source in sources:
        ladders: dict[Ladder, list[Clock]] = {}
        for clock in source.clocks():
            ladders.setdefault(clock.ladder, []).append(clock)
        for ladder, clocks in ladders.items():
            for position in reversed(range(len(ladder))):
                yield Rung(source=source, clocks=tuple(clocks), ladder=ladder, position=position)


def hear(  # noqa: PLR0913 - what, when, how many, and from where on
    session: Session,
    rung: Rung,
    *,
    now: datetime,
    limit: int,
    after: Place | None = None,
    silent_since: datetime | None = None,
) -> Heard:
    """Let the clocks on one rung whose moment has come say so, each once.

    Args:
        after: Where the batch before ended.
        silent_since: Since when nobody listened, if that was longer than usual.
    """
    found = _due(session, rung, now, limit, after)
    mine = _enter(session, rung, found, now)
    people = _People(session, rung.source, mine, now)
    mails: list[Mail] = []
    told_count = caught_up_count = 0
    for row in mine:
        caught_up = _missed(rung, row, silent_since, now)
        whom = people.told_by(row, rung.escalation.to)
        message = _message(rung, row, caught_up=caught_up)
        topic, level = rung.source.topic(row), rung.escalation.level.value
        note(session, whom, message, topic, now=now, level=level)
        mails.append(Mail(people=whom, message=message, about=topic, key=_key(rung, row)))
        told_count += len(whom)
        caught_up_count += caught_up
    mail_all(session, mails, now=now)
    return Heard(
        clock_count=len(mine),
        told_count=told_count,
        caught_up_count=caught_up_count,
        last=(found[-1].moment, found[-1].id) if len(found) == limit else None,
    )


def _due(
    session: Session, rung: Rung, now: datetime, limit: int, after: Place | None
) -> list[Row[Any]]:
    """Return the clocks that have reached a rung and have not spoken on it."""
    source, moment = rung.source, rung.moment
    found = (
        select(
            source.id.label("id"),
            source.reference.label("reference"),
            source.clock.label("clock"),
            source.started_at.label("started_at"),
            source.due_at.label("due_at"),
            source.responsible_id.label("responsible_id"),
            source.holder_id.label("holder_id"),
            moment.label("moment"),
        )
        .where(or_(*(clock.runs for clock in rung.clocks)))
        .where(moment <= now - rung.escalation.at.offset, ~_spoken(rung))
        .order_by(moment, source.id)
        .limit(limit)
    )
    if after:
        found = found.where(tuple_(moment, source.id) > after)
    return list(session.execute(found))


def _spoken(rung: Rung) -> ColumnElement[bool]:
    source = rung.source
    return (
        exists()
        .where(
            ClockAlert.source == source.name,
            ClockAlert.subject_id == source.id,
            ClockAlert.clock == source.clock,
            ClockAlert.level == rung.escalation.level.value,
            ClockAlert.due_at == source.due_at,
        )
        .correlate(source.table)
    )


def _enter(
    session: Session, rung: Rung, found: Sequence[Row[Any]], now: datetime
) -> list[Row[Any]]:
    """Enter that clocks speak; return those that nobody else entered meanwhile.

    The rungs before are entered as passed over, so that they never speak.
    """
    if not found:
        return []
    level = rung.escalation.level.value
    spoke = [_entry(rung, row, level, now, spoke=True) for row in found]
    entered = session.execute(
        insert_once(session, ClockAlert)
        .values(spoke)
        .returning(ClockAlert.subject_id, ClockAlert.clock)
    )
    mine = {(subject_id, clock) for subject_id, clock in entered}
    rows = [row for row in found if (row.id, row.clock) in mine]
    before = [escalation.level.value for escalation in rung.ladder[: rung.position]]
    passed = [_entry(rung, row, level, now, spoke=False) for row in rows for level in before]
    if passed:
        session.execute(insert_once(session, ClockAlert).values(passed))
    return rows


def _entry(
    rung: Rung, row: Row[Any], level: str, now: datetime, *, spoke: bool
) -> dict[str, object]:
    return {
        "source": rung.source.name,
        "subject_id": row.id,
        "clock": row.clock,
        "level": level,
        "due_at": row.due_at,
        "told_at": now,
        "spoke": spoke,
    }


def _missed(rung: Rung, row: Row[Any], silent_since: datetime | None, now: datetime) -> bool:
    """Say whether a clock should have spoken while nobody was there to hear it.

    One that is heard late because its record was entered late is not among them.
    """
    moment = rung.escalation.at.of(row.started_at, row.due_at)
    return silent_since is not None and silent_since < moment < now - IN_TIME


def _message(rung: Rung, row: Row[Any], *, caught_up: bool) -> str:
    clock = next(clock for clock in rung.clocks if clock.name == row.clock)
    message = rung.escalation.message(clock.what, row.due_at)
    return f"{message} You are told late because the service was stopped." if caught_up else message


def _key(rung: Rung, row: Row[Any]) -> str:
    level = rung.escalation.level.value
    return f"{rung.source.name} {row.id} {row.clock} {level} {row.due_at:%Y%m%dT%H%M%S}"


class _People:
    """Whom the clocks of one batch speak to."""

    def __init__(
        self, session: Session, source: ClockSource, rows: Sequence[Row[Any]], now: datetime
    ) -> None:
        self.session = session
        self.today = to_london(now).date()
        self.appointed = _appointed(session, source, [row.id for row in rows])
        ids = {row.responsible_id for row in rows} | {row.holder_id for row in rows}
        ids = ids.union(*self.appointed.values())
        self.in_post = _in_post(session, ids - {None}) if rows else {}
        self.registrars: set[int] | None = None

    def told_by(self, row: Row[Any], to: tuple[Whom, ...]) -> set[int]:
        """Return whom a clock speaks to; the registrars where nobody else is left in post."""
        found: set[int] = set()
        for whom in to:
            match whom:
                case Whom.HOLDER:
                    found |= self._person(row.holder_id)
                case Whom.RESPONSIBLE:
                    found |= self._person(row.responsible_id)
                case Whom.SUPERVISOR:
                    found |= self._supervisor(row.responsible_id)
                case Whom.APPOINTED:
                    for person_id in self.appointed.get(row.id, ()):
                        found |= self._person(person_id) | self._supervisor(person_id)
                case Whom.REGISTRARS:
                    found |= self._registrars()
        return found or self._registrars()

    def _person(self, person_id: int | None) -> set[int]:
        active, _ = self.in_post.get(person_id, (False, None))
        return {person_id} if active and person_id is not None else set()

    def _supervisor(self, person_id: int | None) -> set[int]:
        _, above = self.in_post.get(person_id, (False, None))
        return set() if above is None else {above}

    def _registrars(self) -> set[int]:
        if self.registrars is None:
            self.registrars = set(registrars_on(self.session, self.today))
        return self.registrars


def _appointed(session: Session, source: ClockSource, ids: Sequence[int]) -> dict[int, set[int]]:
    """Return who goes to appointments about some rows, by row."""
    found: dict[int, set[int]] = {}
    if source.appointed_ids is not None and ids:
        for row_id, person_id in session.execute(source.appointed_ids, {"ids": list(ids)}):
            found.setdefault(row_id, set()).add(person_id)
    return found


def _in_post(
    session: Session, people: AbstractSet[int]
) -> dict[int | None, tuple[bool, int | None]]:
    """Return whether each person is in post, and their supervisor if that one is."""
    supervisor = aliased(Person)
    rows = session.execute(
        select(Person.id, Person.active, supervisor.id)
        .outerjoin(supervisor, and_(supervisor.id == Person.supervisor_id, supervisor.active))
        .where(Person.id.in_(people))
    )
    return {person: (active, above) for person, active, above in rows}
