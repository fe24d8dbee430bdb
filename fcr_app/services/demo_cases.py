"""Plays the demonstration's stories through the services that everybody's cases go through."""

from collections.abc import Mapping, Set as AbstractSet
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.roles import Actor
from fcr_app.domain.working_days import is_working_day
from fcr_app.models import Crime, Person, Victim
from fcr_app.services.actors import load_actor
from fcr_app.services.calendar import bank_holidays
from fcr_app.services.cases import open_case, save_draft, take_step
from fcr_app.services.claims import claim
from fcr_app.services.demo_stories import CLAIM, DRAFT, STORIES, Story
from fcr_app.services.demo_words import Answer, Day, Moment, TheCrime, TheVictim

WORKFLOW = "cancellation"


class Player:
    """Knows the demonstration's people and crimes by key, and what day it is."""

    def __init__(
        self,
        session: Session,
        people: Mapping[str, Person],
        crimes: Mapping[str, int],
        now: datetime,
    ) -> None:
        self.session = session
        self.people = people
        self.crimes = crimes
        self.today = to_london(now).date()
        self.holidays: AbstractSet[date] = bank_holidays(session, now)

    def play_all(self) -> int:
        """Play every story; return how many there are."""
        for story in STORIES:
            self.play(story)
        return len(STORIES)

    def play(self, story: Story) -> None:
        """Open one case and take its steps."""
        crime_id, first = self.crimes[story.crime], story.acts[0]
        opened_at = self.moment(first.at) - timedelta(minutes=20)
        opener = self.actor(story.who, opened_at)
        reference = open_case(self.session, opener, WORKFLOW, crime_id, now=opened_at).reference
        for act in story.acts:
            at = self.moment(act.at)
            actor = self.actor(act.who, at)
            answers = {name: self.answer(answer, crime_id) for name, answer in act.answers.items()}
            if act.trigger == DRAFT:
                save_draft(self.session, actor, reference, answers, now=at)
            elif act.trigger == CLAIM:
                claim(self.session, actor, reference, now=at)
            else:
                take_step(self.session, actor, reference, act.trigger, answers, now=at)
            self.session.flush()

    def actor(self, key: str, at: datetime) -> Actor:
        """Return a demonstration person as they were on a day."""
        day = to_london(at).date()
        return load_actor(self.session, self.people[key].id, today=day, address="demonstration")

    def answer(self, answer: Answer, crime_id: int) -> str:
        """Return an answer as text."""
        match answer:
            case str():
                return answer
            case Day():
                return self.day(answer.days_ago).isoformat()
            case Moment():
                return self.moment(answer).isoformat()
            case TheVictim():
                victims = select(Victim.id).where(Victim.crime_id == crime_id).order_by(Victim.id)
                return str(self.session.scalars(victims).all()[answer.place])
            case TheCrime():
                return self.session.get_one(Crime, self.crimes[answer.key]).crime_number

    def day(self, days_ago: int) -> date:
        """Return the day that was so many working days ago."""
        day = self.today
        while days_ago:
            day -= timedelta(days=1)
            days_ago -= is_working_day(day, self.holidays)
        return day

    def moment(self, at: Moment) -> datetime:
        """Return the UTC moment of a time of day, so many working days ago."""
        return from_london(datetime.combine(self.day(at.days_ago), time.fromisoformat(at.clock)))
