"""Makes reports of rape and death, with facts for the rules and rows for the services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain import recording_questions as q
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incident_facts import IncidentFacts, RecordingFacts
from fcr_app.domain.incidents import ReporterType, Route
from fcr_app.domain.reported_facts import ReportedFacts
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.models import Case, Incident, Person
from fcr_app.services.cases import open_incident_case, take_step
from fcr_app.services.offences import load_shipped
from tests.builders import NOW, a_person, an_incident, as_actor
from tests.facts_builders import OFFICER, SERGEANT, a_force, an_officer

WHY = "It is what the account and the enquiries so far support."
MOMENT_AGO = (NOW - timedelta(minutes=10)).isoformat()
#: Which rape: of a woman, by one man, completed.
OF_A_WOMAN = {
    "victim_sex": "female",
    "victim_age": "16_and_over",
    "offenders": "one",
    "completed": "completed",
}
#: What is answered when the victim says that it happened.
CONFIRMED = {
    "victim_says": "confirms",
    "relationship": "The woman who rang and her lodger",
    "crime_in_law": "yes",
    "contrary": "no",
    "where": "here",
    "safeguarding": "A sexual offences officer is with her.",
    **OF_A_WOMAN,
}
#: When a passer-by saw it and the victim was not found.
UNTRACED = {
    "victim_says": "untraced",
    "relationship": "A woman seen in the park and a man in a red coat",
    "crime_in_law": "yes",
    "contrary": "no",
    "where": "here",
    "necessary": "no",
    "tracing": "The park was searched, and an appeal went to the hospitals.",
    "safeguarding": "Nobody is known yet; patrols in the park were doubled.",
}
#: When cameras show that it can't have happened.
CONTRARY = {
    **CONFIRMED,
    "contrary": "yes",
    "contrary_what": "The cameras cover the whole platform; nobody was on it at that hour.",
    "contrary_at": (NOW - timedelta(hours=1)).isoformat(),
    "contrary_verified": "Watched by two officers; the clock was checked.",
}
#: When it clearly happened in another force's area.
ELSEWHERE = {
    **CONFIRMED,
    "where": "other_force",
    "location_basis": "victim",
    "to_force": "Demo Coast Police",
}
NOT_RAPE = {
    "victim_says": "not_rape",
    "safeguarding": "Nobody is at risk: a car was stolen.",
}
CHECKED = {"safe_checked": "yes"}


def a_report(reporter_type: ReporterType = ReporterType.VICTIM, **facts: Any) -> IncidentFacts:
    """Make a report of rape, made two hours ago."""
    usual: dict[str, Any] = {
        "id": 1,
        "reference": "INC-26-000001",
        "first_reported_at": NOW - timedelta(hours=2),
        "route": Route.NON_EMERGENCY,
        "reporter_type": reporter_type,
        "opening_code": OpeningCode.RAPE,
        "officer_id": OFFICER,
        "involved": frozenset({OFFICER}),
        "supervisor_ids": frozenset({SERGEANT}),
    }
    return IncidentFacts(**{**usual, **facts})


def recording_facts(
    actor: Actor | None = None,
    *,
    report: IncidentFacts | None = None,
    asked: Mapping[str, str] | None = None,
    says: Mapping[str, str] | None = None,
    state: str = "rape_assessed",
    **facts: Any,
) -> RecordingFacts:
    """Make the facts of a rape report; by default an officer's own, in time."""
    usual: dict[str, Any] = {
        "actor": actor or an_officer(),
        "now": NOW,
        "opened_by_id": OFFICER,
        "request": dict(asked or {}),
        "answers": dict(says or {}),
        "incident": report or a_report(),
        "force": a_force(),
        "also": {q.LATE: "no", q.CASE_STATE: state},
    }
    return RecordingFacts(**{**usual, **facts})


def reported_facts(
    actor: Actor | None = None,
    *,
    report: IncidentFacts | None = None,
    asked: Mapping[str, str] | None = None,
    says: Mapping[str, str] | None = None,
    code: str = "100/01",
    **facts: Any,
) -> ReportedFacts:
    """Make the facts of an N100 or N300."""
    usual: dict[str, Any] = {
        "actor": actor or an_officer(),
        "now": NOW,
        "opened_by_id": OFFICER,
        "request": dict(asked or {}),
        "answers": dict(says or {}),
        "incident": report or a_report(ReporterType.WITNESS),
        "force": a_force(),
        "code": code,
        "also": {q.LATE: "no", **({q.RECORDED_CODE: code} if code else {})},
    }
    return ReportedFacts(**{**usual, **facts})


@dataclass
class Desk:
    """The people who decide about a report, and the report."""

    session: Session
    officer: Person = field(init=False)
    sergeant: Person = field(init=False)
    fcr: Person = field(init=False)
    ddm: Person = field(init=False)
    deputy: Person = field(init=False)

    def __post_init__(self) -> None:
        """Put the people and the offence list there."""
        session = self.session
        load_shipped(session, now=NOW)
        self.sergeant = a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR])
        self.officer = a_person(session, name="Demo Officer", supervisor=self.sergeant)
        self.fcr = a_person(
            session,
            name="Demo Registrar",
            roles=[Role.FCR],
            accreditations=[AccreditationKind.REGISTER],
        )
        self.deputy = a_person(
            session,
            name="Demo Deputy",
            roles=[Role.DEPUTY_FCR],
            accreditations=[AccreditationKind.DDM_COURSE],
        )
        self.ddm = a_person(
            session,
            name="Demo Decider",
            roles=[Role.DDM],
            accreditations=[AccreditationKind.DDM_COURSE],
        )

    def report(self, **details: Any) -> Incident:
        """Add a report of rape that the officer deals with."""
        usual = {"opening_code": OpeningCode.RAPE, "officer": self.officer}
        incident = an_incident(self.session, **{**usual, **details})
        incident.victim_name = "Demo Victim"
        self.session.flush()
        return incident

    def actor(self, person: Person, now: datetime = NOW) -> Actor:
        """Return somebody as they act."""
        return as_actor(self.session, person, today=now.date())

    def open(self, incident: Incident, key: str = "rape_report", now: datetime = NOW) -> Case:
        """Open a case about the report as the officer."""
        return open_incident_case(
            self.session, self.actor(self.officer, now), key, incident.id, now=now
        )

    def take(
        self,
        case: Case,
        trigger: str,
        answers: Mapping[str, str] | None = None,
        *,
        who: Person | None = None,
        now: datetime = NOW,
    ) -> None:
        """Take a step, as the officer unless somebody else is named."""
        actor = self.actor(who or self.officer, now)
        take_step(self.session, actor, case.reference, trigger, answers or {}, now=now)

    def assessed(self, incident: Incident, answers: Mapping[str, str], now: datetime = NOW) -> Case:
        """Return a rape report whose three-step test is answered."""
        case = self.open(incident, now=now)
        self.take(case, "assess", answers, now=now)
        return case

    def an_n100(self, incident: Incident, ground: str, answers: Mapping[str, str]) -> Case:
        """Return an N100 that was created with a ground."""
        report = self.assessed(incident, answers)
        self.take(report, "create_reported", {"ground": ground, "reason": WHY})
        return self.n100_of(incident)

    def n100_of(self, incident: Incident) -> Case:
        """Return the N100 of a report."""
        found = select(Case).where(Case.incident_id == incident.id, Case.workflow == "n100")
        return self.session.scalars(found).one()
