"""A rape recorded elsewhere that is linked to a report: it gets its check and its review too."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import Actor
from fcr_app.models import Case, Crime, Incident
from fcr_app.services.cases import follow_on
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.rape_standing import is_rape, told_of_rape
from fcr_app.services.taken import Follows

RAPE_REPORT = "rape_report"


def mark(
    session: Session, actor: Actor, incident: Incident, disclosed: str, *, now: datetime
) -> None:
    """Keep that a report may be rape, with what was disclosed in its history.

    What it was first opened as stays beside it for ever.
    """
    incident.rape_disclosed_at = now
    opened = OpeningCode(incident.opening_code).label
    changed = [Changed(title="To be decided as", before=opened, after=OpeningCode.RAPE.label)]
    reason = disclosed.strip()
    note(session, actor, incident, What.RAPE_DISCLOSED, now=now, changed=changed, reason=reason)
    session.flush()


@enforces(
    force_policy("N100-12"),
    how="A recorded rape that is linked to a report goes to a supervisor and the FCR",
)
def take_in(
    session: Session, actor: Actor, incident: Incident, crime: Crime, *, now: datetime
) -> None:
    """Have a linked rape checked and reviewed, unless a case is about it already."""
    if not is_rape(session, crime.offence_id):
        return
    already = select(Case.id).where(Case.crime_id == crime.id, Case.incident_id.is_not(None))
    if session.scalar(already.limit(1)):
        return
    if not told_of_rape(incident):
        disclosed = f"Crime {crime.crime_number}, which is recorded as rape, was linked."
        mark(session, actor, incident, disclosed, now=now)
    follows = Follows(workflow_key=RAPE_REPORT, trigger="take_in", answers={}, crime_id=crime.id)
    follow_on(session, actor, incident.id, follows, now=now)
