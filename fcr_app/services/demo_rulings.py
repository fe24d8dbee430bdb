"""The demonstration's decisions not to record, on classes, and rulings, in every state.

Each is played through the services that everybody's cases go through, with clocks that run from
now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.domain.rulings import Topic
from fcr_app.models import Case, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.cases import open_case, open_incident_case, save_draft, take_step
from fcr_app.services.demo_ruling_words import (
    CLASS_STORIES,
    DRAFT,
    QUESTION_STORIES,
    REPORTS,
    RULINGS,
    Act,
    Report,
)
from fcr_app.services.incidents import NewIncident, enter_incident
from fcr_app.services.rulings import NewRuling, Target, link_ruling, make_ruling


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Who and what the demonstration has, and what time it is there."""

    session: Session
    people: Mapping[str, Person]
    crimes: Mapping[str, int]
    now: datetime
    made: dict[str, int] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """Return a demonstration person as they act today."""
        today = to_london(self.now).date()
        return load_actor(self.session, self.people[key].id, today=today, address="demonstration")

    def ago(self, hours: float) -> datetime:
        """Return the moment so many hours ago."""
        return self.now - timedelta(hours=hours)


def add_rulings(
    session: Session, people: Mapping[str, Person], crimes: Mapping[str, int], *, now: datetime
) -> int:
    """Add the register and the cases around it; return how many cases there are."""
    stage = Stage(session=session, people=people, crimes=crimes, now=now)
    for ruling in RULINGS:
        _rule(stage, ruling)
    for crime, acts in CLASS_STORIES:
        _play(stage, _about_crime(stage, "reclassification", crime, acts), acts)
    for crime, acts in QUESTION_STORIES:
        _play(stage, _about_crime(stage, "ruling_request", crime, acts), acts)
    for report in REPORTS:
        _report(stage, report)
    return len(CLASS_STORIES) + len(QUESTION_STORIES) + len(REPORTS)


def _rule(stage: Stage, said: Mapping[str, str]) -> None:
    actor = stage.actor(said["by"])
    at = stage.ago(24 * int(said["days_ago"]))
    ruling = make_ruling(
        stage.session,
        actor,
        NewRuling(
            question=said["question"],
            topic=Topic(said["topic"]),
            offence_class=said["class"],
            facts=said["facts"],
            ruling=said["ruling"],
            reasons=said["reasons"],
            rules=tuple(said["rules"].split()),
            supersedes_id=stage.made.get(said.get("supersedes", "")),
        ),
        now=at,
    )
    stage.made[said["question"]] = ruling.id
    if crime := said.get("crime"):
        target = Target(crime_id=stage.crimes[crime])
        link_ruling(stage.session, actor, ruling.id, target, now=at)


def _about_crime(stage: Stage, workflow: str, crime: str, acts: tuple[Act, ...]) -> Case:
    first = acts[0]
    opened_at = stage.ago(first.hours_ago) - timedelta(minutes=12)
    opener = stage.actor(first.who)
    return open_case(stage.session, opener, workflow, stage.crimes[crime], now=opened_at)


def _report(stage: Stage, report: Report) -> None:
    """Enter a report and play what became of it."""
    first = report.acts[0]
    officer, made_at = stage.people[first.who], stage.ago(report.hours_ago)
    incident = enter_incident(
        stage.session,
        stage.actor(first.who),
        NewIncident(
            first_reported_at=made_at,
            officer_id=officer.id,
            unit_id=officer.unit_id,
            route=Route.NON_EMERGENCY,
            reporter_type=ReporterType(report.reporter),
            victim_traced=Known(report.traced),
            victim_confirmed=Known(report.confirmed),
            account=report.account,
            location=report.location,
            opening_code=OpeningCode(report.opening),
        ),
        now=made_at + timedelta(minutes=5),
    )
    opened_at = stage.ago(first.hours_ago) - timedelta(minutes=12)
    case = open_incident_case(
        stage.session, stage.actor(first.who), report.workflow, incident.id, now=opened_at
    )
    _play(stage, case, report.acts)


def _play(stage: Stage, case: Case, acts: tuple[Act, ...]) -> None:
    stage.session.flush()
    for act in acts:
        at, actor = stage.ago(act.hours_ago), stage.actor(act.who)
        answers = {name: _said(answer, at) for name, answer in act.answers.items()}
        if act.trigger == DRAFT:
            save_draft(stage.session, actor, case.reference, answers, now=at)
        else:
            take_step(stage.session, actor, case.reference, act.trigger, answers, now=at)
        stage.session.flush()


def _said(answer: str, at: datetime) -> str:
    """Return an answer; "just before" is the moment five minutes before the step."""
    return (at - timedelta(minutes=5)).isoformat() if answer == "just before" else answer
