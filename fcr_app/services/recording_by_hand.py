"""Recording a crime from a report by hand, and what that puts right (REC-02, FB-01)."""

from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.models import Incident
from fcr_app.services.feedback_giving import see_corrections
from fcr_app.services.incident_crimes import NewRecord, record_by_hand


def record_and_put_right(
    session: Session, actor: Actor, incident: Incident, new: NewRecord, *, now: datetime
) -> int:
    """Record a crime that somebody chose themselves, and close the feedback that waited for it.

    Returns:
        The crime's id.

    Raises:
        InvalidValue: If it may not be recorded this way, or is late and nobody says why.
        InvalidValues: If something about the crime can't be so.
    """
    crime_id = record_by_hand(session, actor, incident, new, now=now)
    see_corrections(session, incident_id=incident.id, now=now)
    return crime_id
