"""What the rules on moving a recorded rape to N100 look at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.n100_move import N100MoveFacts
from fcr_app.models import IncidentCrime
from fcr_app.services.cancellation_facts import crime_facts
from fcr_app.services.joined import Asking, Joined


def build(session: Session, joined: Joined, asking: Asking) -> N100MoveFacts:
    """Build the facts of a move."""
    offence_class = joined.offence.offence_class if joined.offence else ""
    return N100MoveFacts(
        actor=asking.actor,
        now=asking.now,
        opened_by_id=joined.case.opened_by_id,
        request=joined.case.answers,
        answers=asking.answers,
        crime=crime_facts(session, joined, offence_class),
        force=joined.force,
        incident_id=_incident_id(session, joined.the_crime.id),
    )


def _incident_id(session: Session, crime_id: int) -> int | None:
    """Return the first report that a crime was recorded from."""
    return session.scalar(
        select(IncidentCrime.incident_id)
        .where(IncidentCrime.crime_id == crime_id)
        .order_by(IncidentCrime.linked_at, IncidentCrime.incident_id)
        .limit(1)
    )
