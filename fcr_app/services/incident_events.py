"""Something new about a report: it asks again whether a crime is to be recorded (REC-06).

Whatever changes what is known about a report calls :func:`something_new`. Whoever waits for an
answer about it is told: the officer, and whoever holds a case about it.
"""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.mail import case_topic, incident_topic
from fcr_app.domain.reported_incidents import State
from fcr_app.domain.roles import Actor
from fcr_app.models import Case, Incident
from fcr_app.services.tell import tell
from fcr_app.services.visibility import OPEN_TO_ALL
from fcr_app.workflows import workflow_by_key

#: Settled, and yet the question is asked again with everything new (N100-03).
ASKED_AGAIN = (State.AGREED.value,)


@supports(crr26("REC-06", "7"), how="Who deals with a report is told when something new is known")
def something_new(
    session: Session, actor: Actor, incident: Incident, what: str, *, now: datetime
) -> None:
    """Tell whoever has to answer the recording question that something new is known.

    Args:
        what: What is new, in words that follow a colon: "the victim was traced". Never a name,
            and nothing of what was reported.
    """
    cases = session.execute(
        select(Case.id, Case.reference, Case.workflow, Case.claimed_by_id).where(
            Case.incident_id == incident.id,
            or_(Case.open, Case.state.in_(ASKED_AGAIN)),
            OPEN_TO_ALL,
        )
    ).all()
    said = f"Report {incident.reference}: {what}."
    for case in cases:
        title = workflow_by_key(case.workflow).title
        words = f"{said} Look again at {case.reference} ({title}): is a crime to be recorded now?"
        whom = {incident.officer_id, case.claimed_by_id} - {None, actor.id}
        about = case_topic(case.id, case.reference)
        tell(session, [person for person in whom if person], words, about, now=now)
    if not cases:
        tell_officer(session, actor, incident, f"{said} Is a crime to be recorded now?", now=now)


def tell_officer(
    session: Session, actor: Actor, incident: Incident, words: str, *, now: datetime
) -> None:
    """Tell whoever deals with a report something about it, unless they did it themselves."""
    if incident.officer_id and incident.officer_id != actor.id:
        about = incident_topic(incident.id, incident.reference)
        tell(session, [incident.officer_id], words, about, now=now)
