"""Whether rape told of on a report has its answer: the crime, an N100, or the FCR's word."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.rules import RAPE_CLASSES
from fcr_app.models import Case, Crime, Incident, IncidentCrime, Offence, ReportedIncident
from fcr_app.workflows.rape_report import RAPE_REPORT, State

N100, CANCELLED = "n100", "cancelled"


def told_of_rape(incident: Incident) -> bool:
    """Say whether a report was opened as rape, or rape was disclosed on it since."""
    return incident.rape_disclosed_at is not None or incident.opening_code == OpeningCode.RAPE


def is_rape(session: Session, offence_id: int | None) -> bool:
    """Say whether an offence is one of the classes of rape."""
    offence = session.get(Offence, offence_id) if offence_id else None
    return offence is not None and offence.offence_class in RAPE_CLASSES


def has_n100(session: Session, incident_id: int) -> bool:
    """Say whether an N100 of a report stands."""
    wanted = exists().where(
        Case.incident_id == incident_id,
        ReportedIncident.case_id == Case.id,
        ReportedIncident.kind == N100,
        ReportedIncident.verdict != CANCELLED,
    )
    return bool(session.scalar(select(wanted)))


def agreed_no_rape(session: Session, incident_id: int) -> bool:
    """Say whether the FCR agreed that a report is not about rape, and nobody asks it again."""
    mine = (Case.incident_id == incident_id, Case.workflow == RAPE_REPORT.key)
    agreed = exists().where(*mine, Case.state == State.NOT_RAPE.value)
    asked = exists().where(*mine, Case.open)
    return bool(session.scalar(select(agreed))) and not session.scalar(select(asked))


def rape_is_answered(session: Session, incident: Incident) -> bool:
    """Say whether a report that tells of rape has its crime, its N100, or the FCR's word."""
    recorded = (
        select(Crime.id)
        .join(IncidentCrime, IncidentCrime.crime_id == Crime.id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .where(
            IncidentCrime.incident_id == incident.id,
            Crime.status == CrimeStatus.RECORDED.value,
            # One that came in without a class may be rape.
            or_(Offence.id.is_(None), Offence.offence_class.in_(RAPE_CLASSES)),
        )
    )
    return (
        session.scalar(recorded.limit(1)) is not None
        or has_n100(session, incident.id)
        or agreed_no_rape(session, incident.id)
    )
