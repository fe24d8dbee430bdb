"""What somebody is about to give feedback on: a crime, a report, or a decision in a case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import About
from fcr_app.errors import NotFound
from fcr_app.models import CaseStep, Crime, Incident, Person
from fcr_app.services.loading import load
from fcr_app.services.visibility import visible_crimes, visible_incidents

NOT_THERE = "There is no such record, or you may not see it."


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What feedback is about, and who most likely made the decision.

    Attributes:
        words: The decision in a few words: "Feedback on DEMO/1".
        staff_number: Of who dealt with it, or decided it last; empty where nobody is named, or
            it is the person themselves.
        step_position: The step of the case that is meant.
    """

    number: str
    words: str
    staff_number: str = ""
    crime_id: int | None = None
    incident_id: int | None = None
    case_id: int | None = None
    step_position: int | None = None


def subject_of_crime(session: Session, actor: Actor, crime_id: int) -> Subject:
    """Return a crime as what feedback is about.

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
    """
    row = session.execute(
        select(Crime.crime_number, Crime.oic_id).where(Crime.id == crime_id, visible_crimes(actor))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    return Subject(
        number=row.crime_number,
        words=f"Feedback on {row.crime_number}",
        staff_number=_staff_number(session, actor, row.oic_id),
        crime_id=crime_id,
    )


def subject_of_report(session: Session, actor: Actor, incident_id: int) -> Subject:
    """Return a report as what feedback is about.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
    """
    row = session.execute(
        select(Incident.reference, Incident.officer_id).where(
            Incident.id == incident_id, visible_incidents(actor)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    return Subject(
        number=row.reference,
        words=f"Feedback on {row.reference}",
        staff_number=_staff_number(session, actor, row.officer_id),
        incident_id=incident_id,
    )


def subject_of_case(session: Session, actor: Actor, reference: str, *, now: datetime) -> Subject:
    """Return the latest decision in a case, or else its latest step, as what feedback is about.

    Raises:
        NotFound: If there is no such case, the person may not see it, or it is feedback itself.
    """
    loaded = load(session, actor, reference, now=now)
    if loaded.workflow.private:
        raise NotFound(NOT_THERE)
    done = {step.trigger: step.done for step in loaded.workflow.steps}
    decisions = {step.trigger for step in loaded.workflow.steps if step.decision}
    steps = session.scalars(
        select(CaseStep)
        .where(CaseStep.case_id == loaded.case.id, CaseStep.actor_id.is_not(None))
        .order_by(CaseStep.position)
    ).all()
    step = next((s for s in reversed(steps) if s.trigger in decisions), steps[-1])
    on_report = loaded.workflow.about is About.INCIDENT
    return Subject(
        number=reference,
        words=f"{done.get(step.trigger, 'What was opened')}, {reference}",
        staff_number=_staff_number(session, actor, step.actor_id),
        crime_id=None if on_report else loaded.case.crime_id,
        incident_id=loaded.case.incident_id if on_report else None,
        case_id=loaded.case.id,
        step_position=step.position,
    )


def _staff_number(session: Session, actor: Actor, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id not in (None, actor.id) else None
    return person.staff_number if person is not None and person.active else ""
