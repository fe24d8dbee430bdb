"""The demonstration's reports of rape and sudden death, in every state their policies know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import Case, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.cases import open_case, open_incident_case, take_step
from fcr_app.services.demo_recording_words import OPEN, STORIES, Act, Report, Story
from fcr_app.services.incidents import NewIncident, enter_incident
from fcr_app.services.rape_disclosure import say_it_may_be_rape


@dataclass(frozen=True)
class Stage:
    """Where the stories are played: the database, the people, and what time it is."""

    session: Session
    people: Mapping[str, Person]
    now: datetime
    cases: list[Case] = field(default_factory=list)

    def opened(self, case: Case) -> Case:
        """Count a case, and return it."""
        self.cases.append(case)
        return case

    def actor(self, who: str, at: datetime) -> Actor:
        """Return a demonstration person as they were on a day."""
        day = to_london(at).date()
        return load_actor(self.session, self.people[who].id, today=day, address="demonstration")


def play_recording(session: Session, people: Mapping[str, Person], *, now: datetime) -> int:
    """Play every story; return how many cases came of them."""
    stage = Stage(session, people, now)
    for story in STORIES:
        _play(stage, story)
    return len(stage.cases)


def _play(stage: Stage, story: Story) -> None:
    reported_at = stage.now - timedelta(hours=story.report.hours_ago)
    incident_id = _enter(stage, story.report, reported_at)
    opened_at = reported_at + timedelta(minutes=20)
    officer = stage.actor(story.report.officer, opened_at)
    case = stage.opened(_open(stage, story, officer, incident_id, opened_at))
    for act in story.acts:
        at = reported_at + timedelta(hours=act.hours_after)
        case = _case_of(stage, incident_id, act, case, at)
        if act.trigger == OPEN:
            continue
        answers = {name: _said(answer, reported_at) for name, answer in act.answers.items()}
        actor = stage.actor(act.who, at)
        take_step(stage.session, actor, case.reference, act.trigger, answers, now=at)
        stage.session.flush()


def _open(stage: Stage, story: Story, officer: Actor, incident_id: int, at: datetime) -> Case:
    """Open the first case of a story, or say what was disclosed, which opens it."""
    session, disclosed = stage.session, story.report.disclosed
    if disclosed:
        return say_it_may_be_rape(session, officer, incident_id, disclosed, version=None, now=at)
    return open_incident_case(session, officer, story.workflow, incident_id, now=at)


def _said(answer: str | float, reported_at: datetime) -> str:
    """Return an answer as text; a number is a moment, so many hours after the report."""
    if isinstance(answer, str):
        return answer
    return (reported_at + timedelta(hours=answer)).isoformat()


def _case_of(stage: Stage, incident_id: int, act: Act, case: Case, at: datetime) -> Case:
    """Return the case that an act belongs to: the N100 that came of it, a move of its crime."""
    if not act.on or case.workflow == act.on:
        return case
    if act.on == "n100_move":
        assert case.crime_id is not None  # noqa: S101 - an earlier act recorded it
        return stage.opened(
            open_case(stage.session, stage.actor(act.who, at), act.on, case.crime_id, now=at)
        )
    found = stage.session.scalars(
        select(Case).where(Case.incident_id == incident_id, Case.workflow == act.on)
    ).one()
    return stage.opened(found)


def _enter(stage: Stage, report: Report, reported_at: datetime) -> int:
    officer = stage.people[report.officer]
    entered_at = reported_at + timedelta(minutes=6)
    incident = enter_incident(
        stage.session,
        stage.actor(report.officer, entered_at),
        NewIncident(
            first_reported_at=reported_at,
            officer_id=officer.id,
            unit_id=officer.unit_id,
            route=Route(report.route),
            sarc_case=SarcCase(report.sarc_case) if report.sarc_case else None,
            reporter_type=ReporterType(report.reporter_type),
            victim_name=report.victim,
            victim_traced=Known.YES if report.victim else Known.UNKNOWN,
            victim_confirmed=Known(report.confirmed),
            account=report.account,
            location=report.location,
            opening_code=OpeningCode(report.opening),
            vulnerabilities=frozenset(Vulnerability(flag) for flag in report.flags),
        ),
        now=entered_at,
    )
    return incident.id
