"""Who an error in a record most likely goes back to: the unit and the person, to be changed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.models import AuditItem, Case, CaseStep, Crime, Incident, Person
from fcr_app.workflows import workflow_by_key


@dataclass(frozen=True)
class Responsible:
    """A unit and a person, where the record names them."""

    unit_id: int | None = None
    person_id: int | None = None


def responsible_for(session: Session, item: AuditItem) -> Responsible:
    """Return who decided in a case, or else who dealt with the report or the crime."""
    if item.case_id is not None and (found := _who_decided(session, item.case_id)):
        return found
    if item.incident_id is not None:
        row = session.execute(
            select(Incident.unit_id, Incident.officer_id).where(Incident.id == item.incident_id)
        ).one()
    elif item.crime_id is not None:
        row = session.execute(
            select(Crime.unit_id, Crime.oic_id).where(Crime.id == item.crime_id)
        ).one()
    else:
        return Responsible()
    return Responsible(row[0], row[1])


def _who_decided(session: Session, case_id: int) -> Responsible | None:
    key = session.scalars(select(Case.workflow).where(Case.id == case_id)).one()
    decisions = [step.trigger for step in workflow_by_key(key).steps if step.decision]
    row = session.execute(
        select(Person.unit_id, Person.id)
        .join(CaseStep, CaseStep.actor_id == Person.id)
        .where(CaseStep.case_id == case_id, CaseStep.trigger.in_(decisions))
        .order_by(CaseStep.position.desc())
        .limit(1)
    ).one_or_none()
    return Responsible(row[0], row[1]) if row else None
