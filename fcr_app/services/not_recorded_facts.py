"""What the rules on not recording a crime look at, besides what every report has."""

from dataclasses import replace

from sqlalchemy.orm import Session

from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.not_recording.after_rules import OFFENCE_CLASS, OFFENCE_CURRENT, OFFENCE_ID
from fcr_app.domain.not_recording.questions import LATE, OFFENCE
from fcr_app.services import recording_facts
from fcr_app.services.joined import Asking, Joined
from fcr_app.services.offence_answers import offence_of


def build(session: Session, joined: Joined, asking: Asking) -> RecordingFacts:
    """Build the facts of a decision not to record."""
    facts = recording_facts.build(session, joined, asking)
    offence = offence_of(session, asking.answers.get(OFFENCE.name, ""))
    usable = offence is not None and offence.current and not offence.reported_incident
    return replace(
        facts,
        also={
            LATE: "yes" if facts.incident.late_by(asking.now) is not None else "",
            OFFENCE_ID: str(offence.id) if offence else "",
            OFFENCE_CLASS: offence.offence_class if offence else "",
            OFFENCE_CURRENT: "yes" if usable else "",
        },
    )
