"""The demonstration's feedback, in every state: played through the services, with clocks of now."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.feedback.suggestions import suggestion
from fcr_app.domain.london import to_london
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.models import Incident, Offence, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.cases import take_step
from fcr_app.services.crimes import NewVictim
from fcr_app.services.demo_feedback_words import ON_CRIMES, ON_REPORTS, Story
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of, see_corrections
from fcr_app.services.incident_crimes import NewRecord, record_crime


class Stage:
    """Where the stories are played: the database, the people, and what time it is."""

    def __init__(self, session: Session, people: Mapping[str, Person], now: datetime) -> None:
        self.session, self.people, self.now = session, people, now

    def actor(self, key: str) -> Actor:
        """Return a demonstration person as they act today."""
        today = to_london(self.now).date()
        return load_actor(self.session, self.people[key].id, today=today, address="demonstration")

    def ago(self, hours: float) -> datetime:
        """Return the moment so many hours ago."""
        return self.now - timedelta(hours=hours)


def add_feedback(
    session: Session,
    people: Mapping[str, Person],
    crimes: Mapping[str, int],
    incidents: Mapping[str, int],
    *,
    now: datetime,
) -> int:
    """Give the demonstration's feedback; return how many cases there are."""
    stage = Stage(session, people, now)
    for story in ON_REPORTS:
        _play(stage, story, incident_id=incidents[story.about])
    for story in ON_CRIMES:
        _play(stage, story, crime_id=crimes[story.about])
    return len(ON_REPORTS) + len(ON_CRIMES)


def _play(
    stage: Stage, story: Story, *, crime_id: int | None = None, incident_id: int | None = None
) -> None:
    session = stage.session
    error = ErrorType(story.error) if story.error else None
    usual = suggestion(error)
    given = Given(
        to_id=stage.people[story.to].id,
        error=error,
        reasons=story.reasons,
        to_do=usual.to_do if usual and story.correction else "",
        correction=Correction(story.correction or "none"),
        crime_id=crime_id,
        incident_id=incident_id,
    )
    by = stage.actor(story.by)
    item_id = give_feedback(session, by, given, now=stage.ago(story.hours_ago))
    reference = reference_of(session, item_id)
    for one in story.acts:
        actor, at = stage.actor(one.who), stage.ago(one.hours_ago)
        take_step(session, actor, reference, one.trigger, one.answers, now=at)
        session.flush()
    if story.recorded and incident_id is not None:
        _record(stage, stage.actor(story.to), incident_id, stage.ago(story.recorded))


def _record(stage: Stage, officer: Actor, incident_id: int, at: datetime) -> None:
    """Record the threat that was missing, which closes the feedback by itself."""
    session = stage.session
    incident = session.get_one(Incident, incident_id)
    threat = select(Offence.id).where(
        Offence.offence_class == "3B", Offence.offence_code == "003/01"
    )
    victim = NewVictim(name=incident.victim_name)
    new = NewRecord(offence_id=session.scalars(threat).one(), victims=(victim,))
    record_crime(session, officer, incident, new, now=at)
    see_corrections(session, incident_id=incident_id, now=at)
