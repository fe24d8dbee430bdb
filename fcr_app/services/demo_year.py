"""A year of the demonstration's feedback, so that what is worked out over a year can be seen.

Played through the services like everything else, in the order of its time, always alike. Nobody in
it is real; the people it adds have no sign-in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import VictimKind
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Delivery
from fcr_app.domain.numbers import name_key
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor, Role
from fcr_app.models import LearningPlan, Message, Notice, Offence, Person, RoleGrant, Unit
from fcr_app.services.actors import load_actor
from fcr_app.services.cases import take_step
from fcr_app.services.crimes import NewCrime, NewVictim, enter_crime
from fcr_app.services.demo_crimes import in_words
from fcr_app.services.demo_force import HELD_FOR, email_of
from fcr_app.services.demo_year_words import (
    ACTIONS,
    CORRECTION,
    OUTCOME,
    REASONS,
    REVIEW,
    TALKS,
    WELL_DONE,
)
from fcr_app.services.feedback import acknowledge
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of
from fcr_app.services.learning_changes import (
    NewAction,
    add_action,
    close_plan,
    finish_action,
    review,
)
from fcr_app.services.one_to_one import correct_note, write_note

DAY = timedelta(days=1)
#: Units with the supervisor of the people in them.
UNITS = {
    "North Response Team": "supervisor1",
    "South Response Team": "supervisor2",
}
#: After those who can sign in, who are numbered to six.
FIRST_NUMBER, MORE_PEOPLE = 7, 24
KINDS = (ErrorType.E06, ErrorType.E13, ErrorType.E04, ErrorType.E22)
SENDERS = ("fcr", "deputy", "ddm1")
#: How long ago the first feedback was given, and the last that begins a person's time after.
BEGAN, FIXED, TOLD_UNTIL = 398, 300, 125
#: Acknowledged and closed after so many days; what is younger than that is open.
READ_AFTER, CLOSED_AFTER = 2, 4


@dataclass(frozen=True, order=True)
class _Slip:
    """An error: made so many days ago, by somebody, told of some days later."""

    days_ago: float
    person_id: int
    error: ErrorType | None = field(compare=False)
    told_after: int = field(compare=False, default=3)


def add_year(session: Session, *, now: datetime) -> int:
    """Add the year to a demonstration that was seeded; return how many items of feedback."""
    return _Year(session, now).play()


class _Year:
    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        # Not for secrets: the same year has to come out every time.
        self.rng = Random(6)  # noqa: S311
        self.crimes = 0

    def play(self) -> int:
        staff = self._add_people()
        self.offence_id = self.session.scalars(
            select(Offence.id).where(Offence.offence_class == "46")
        ).first()
        slips = sorted((slip for person in staff for slip in self._slips_of(person)), reverse=True)
        for slip in slips:
            self._tell(slip, staff[slip.person_id])
        self._help()
        self._talk()
        self._read_what_is_old()
        return len(slips)

    def _add_people(self) -> Mapping[int, Person]:
        """Add officers who can't sign in; return them by id."""
        units = {
            unit.name: unit
            for unit in self.session.scalars(select(Unit).where(Unit.name.in_(UNITS)))
        }
        numbers = range(FIRST_NUMBER, FIRST_NUMBER + MORE_PEOPLE)
        added = []
        for number, unit in zip(numbers, list(UNITS) * (MORE_PEOPLE // len(UNITS)), strict=True):
            name = f"Demo Officer {in_words(number)}"
            person = Person(
                staff_number=f"DEMO1{number:02}",
                name=name,
                name_key=name_key(name),
                email=email_of(f"officer{number}"),
                unit_id=units[unit].id,
                supervisor_id=self._person(UNITS[unit]).id,
                created_at=self.now - HELD_FOR,
            )
            self.session.add(person)
            added.append(person)
        self.session.flush()
        self.first_id = added[0].id
        since = to_london(self.now).date() - HELD_FOR
        self.session.add_all(
            RoleGrant(person_id=person.id, role=Role.OFFICER.value, starts_on=since)
            for person in added
        )
        self.session.flush()
        return {person.id: person for person in added}

    def _person(self, key: str) -> Person:
        return self.session.scalars(select(Person).where(Person.email == email_of(key))).one()

    def _actor(self, key: str) -> Actor:
        return self._as(self._person(key).id)

    def _as(self, person_id: int) -> Actor:
        today = to_london(self.now).date()
        return load_actor(self.session, person_id, today=today, address="demonstration")

    def _slips_of(self, person_id: int) -> Iterator[_Slip]:
        """Yield a person's errors: fewer after the one that they are given feedback on."""
        rng = self.rng
        for error in rng.sample(KINDS, 2):
            told = rng.uniform(TOLD_UNTIL + 5, FIXED - 5)
            before = [rng.uniform(FIXED, BEGAN - 8) for _ in range(rng.choice((0, 1, 1, 2)))]
            after = [rng.uniform(told - 92, told - 6) for _ in range(rng.choice((0, 0, 1, 1)))]
            for days_ago in (*before, told, *after):
                yield _Slip(days_ago, person_id, error, rng.randint(1, 4))
        if person_id == self.first_id:  # feedback began before the first window does
            yield _Slip(BEGAN + 5, person_id, ErrorType.E13, 1)
        if rng.random() < 0.3:  # noqa: PLR2004 - three people in ten did something well
            yield _Slip(rng.uniform(6, 60), person_id, None)
        if person_id % 8 == 0:  # some have a bad spell now, of one kind
            yield from (_Slip(rng.uniform(9, 80), person_id, ErrorType.E13) for _ in range(3))
        elif person_id % 3 == 0:
            yield from (_Slip(rng.uniform(4, 50), person_id, ErrorType.E06) for _ in range(2))

    def _tell(self, slip: _Slip, reader: Person) -> None:
        made_at = self.now - slip.days_ago * DAY
        told_at = made_at + slip.told_after * DAY
        sender = self._actor(self.rng.choice(SENDERS))
        given = Given(
            to_id=reader.id,
            error=slip.error,
            reasons=REASONS[slip.error] if slip.error else WELL_DONE,
            crime_id=self._crime(reader, made_at),
        )
        item_id = give_feedback(self.session, sender, given, now=told_at)
        self.session.flush()
        if told_at + READ_AFTER * DAY < self.now:
            read_at = told_at + READ_AFTER * DAY
            acknowledge(self.session, self._as(reader.id), item_id, "", now=read_at)
            self.session.flush()
        if slip.error and told_at + CLOSED_AFTER * DAY < self.now:
            reference = reference_of(self.session, item_id)
            closed_at = told_at + CLOSED_AFTER * DAY
            take_step(self.session, sender, reference, "close", {}, now=closed_at)
            self.session.flush()

    def _crime(self, officer: Person, recorded_at: datetime) -> int:
        self.crimes += 1
        assert self.offence_id is not None  # noqa: S101 - theft from a shop is always shipped
        victim = NewVictim(
            kind=VictimKind.BUSINESS, name="Demo Supermarket", speaks_for="Demo Contact"
        )
        crime_id: int = enter_crime(
            self.session,
            self._actor("fcr"),
            NewCrime(
                crime_number=f"DC/{recorded_at:%y}/{8000 + self.crimes}",
                reported_at=recorded_at - timedelta(hours=3),
                recorded_at=recorded_at,
                offence_id=self.offence_id,
                unit_id=officer.unit_id,
                oic_id=officer.id,
                victims=(victim,),
                summary="Demonstration: goods taken from a shop.",
            ),
            now=recorded_at,
        )
        return crime_id

    def _help(self) -> None:
        """Agree actions on some plans, review one, and close what is older."""
        plans = self.session.scalars(
            select(LearningPlan).where(LearningPlan.closed_at.is_(None)).order_by(LearningPlan.id)
        ).all()
        today = to_london(self.now).date()
        for place, plan in enumerate(plans[:-1]):
            owner = self._as(plan.owner_id or self._person("fcr").id)
            due_on = today + (7 + place) * DAY
            new = NewAction(text=ACTIONS[place % len(ACTIONS)], due_on=due_on)
            action = add_action(self.session, owner, plan.id, new, now=self.now - DAY)
            if place % 2 == 0 or plan.opened_at < self.now - 60 * DAY:
                finish_action(self.session, owner, plan.id, action, "Done.", now=self.now)
                review(self.session, owner, plan.id, REVIEW, today + 45 * DAY, now=self.now)
            if plan.opened_at < self.now - 60 * DAY:
                close_plan(self.session, owner, plan.id, OUTCOME, now=self.now)

    def _talk(self) -> None:
        """Keep notes of talks between supervisors and the people who can sign in."""
        for place, (key, supervisor) in enumerate(
            (("officer1", "supervisor1"), ("officer3", "supervisor2"))
        ):
            writer, about = self._actor(supervisor), self._person(key).id
            first, last = (self.now - (days + place) * DAY for days in (40, 12))
            self._write(writer, about, first, TALKS[0])
            note = self._write(writer, about, last, TALKS[1])
            day = to_london(last).date()
            correct_note(self.session, writer, note, day, CORRECTION, now=last + DAY)

    def _write(self, writer: Actor, about: int, at: datetime, text: str) -> int:
        return write_note(self.session, writer, about, to_london(at).date(), text, now=at)

    def _read_what_is_old(self) -> None:
        """Mark what was told long ago as read and sent, as it would be by now."""
        long_ago = self.now - 10 * DAY
        old = update(Notice).where(Notice.created_at < long_ago, Notice.read_at.is_(None))
        self.session.execute(old.values(read_at=self.now - DAY))
        waiting = Message.status == Delivery.WAITING.value
        sent = update(Message).where(Message.created_at < long_ago, waiting)
        self.session.execute(sent.values(status=Delivery.NOT_SENT.value))
