"""The slots that are free, for whoever books one: each says beforehand whether it is in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.diary.days import Span, day_span, starts_on
from fcr_app.domain.diary.facts import DiaryFacts
from fcr_app.models import Appointment, Person
from fcr_app.services.loading import Loaded

#: How many days are offered at once.
DAYS_OFFERED = 5
MOST_PEOPLE = 60


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody a slot can be for."""

    id: int
    name: str
    staff_number: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A slot that is free.

    Attributes:
        late: It begins after the limit while nothing is recorded (DIA-02).
    """

    span: Span
    who: Colleague
    late: bool

    @property
    def value(self) -> str:
        """What a form sends for it."""
        return f"{self.span.start:%Y%m%dT%H%MZ} {self.who.staff_number}"


@dataclass(frozen=True, kw_only=True)
class DayOffers:
    """The slots that are free on a day."""

    day: date
    offers: tuple[Offer, ...]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person looks for.

    Attributes:
        whom: A staff number; empty for anybody of the unit, None for the usual officer.
        minutes: How long.
        since: The first day to look at.
    """

    whom: str | None
    minutes: int
    since: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days looked at."""
        return tuple(self.since + timedelta(days=n) for n in range(DAYS_OFFERED))


def colleagues(session: Session, loaded: Loaded) -> list[Colleague]:
    """Return whom a slot can be for: whoever deals with the report, and the people of the unit."""
    incident, actor = loaded.incident, loaded.facts.actor
    assert incident is not None  # noqa: S101 - the workflow is about a report
    officer = usual_officer(loaded)
    unit = select(Person.unit_id).where(Person.id == officer).correlate(None).scalar_subquery()
    rows = session.execute(
        select(Person.id, Person.name, Person.staff_number)
        .where(
            Person.active,
            (Person.unit_id == unit)
            | (Person.unit_id == incident.unit_id)
            | Person.id.in_([officer, actor.id]),
        )
        .order_by(Person.id != officer, Person.name_key)
        .limit(MOST_PEOPLE)
    )
    return [Colleague(id=r.id, name=r.name, staff_number=r.staff_number) for r in rows]


def usual_officer(loaded: Loaded) -> int:
    """Return whom a slot is for unless somebody else is named."""
    facts: DiaryFacts = loaded.facts
    if facts.appointment:
        return facts.appointment.officer_id
    return facts.incident.officer_id or facts.actor.id


def offers(
    session: Session, loaded: Loaded, people: Sequence[Colleague], wanted: Wanted
) -> list[DayOffers]:
    """Return the free slots of the days looked at, of the first who is free in each."""
    whom = [person for person in people if not wanted.whom or person.staff_number == wanted.whom]
    busy = _busy(session, whom, wanted, loaded.case.id)
    facts: DiaryFacts = loaded.facts
    limit = facts.incident.record_by_at if facts.report_is_open else None
    return [
        DayOffers(day=day, offers=tuple(_of_day(day, whom, busy, wanted, limit, facts.now)))
        for day in wanted.days
    ]


def _of_day(  # noqa: PLR0913, PLR0917 - whose, when, and what stands in the way
    day: date,
    whom: Sequence[Colleague],
    busy: dict[int, list[Span]],
    wanted: Wanted,
    limit: datetime | None,
    now: datetime,
) -> Iterator[Offer]:
    for start in starts_on(day):
        span = Span(start, start + timedelta(minutes=wanted.minutes))
        free = (p for p in whom if not any(span.overlaps(other) for other in busy.get(p.id, ())))
        person = next(free, None)
        if start > now and person is not None:
            yield Offer(span=span, who=person, late=limit is not None and start > limit)


def _busy(
    session: Session, whom: Sequence[Colleague], wanted: Wanted, case_id: int
) -> dict[int, list[Span]]:
    """Return when people are at other appointments, whoever may see those."""
    days = day_span(wanted.since, DAYS_OFFERED)
    rows = session.execute(
        select(Appointment.officer_id, Appointment.starts_at, Appointment.ends_at).where(
            Appointment.officer_id.in_([person.id for person in whom]),
            Appointment.outcome == "",
            Appointment.starts_at < days.end,
            Appointment.ends_at > days.start,
            Appointment.case_id != case_id,
        )
    )
    found: dict[int, list[Span]] = {}
    for row in rows:
        found.setdefault(row.officer_id, []).append(Span(row.starts_at, row.ends_at))
    return found
