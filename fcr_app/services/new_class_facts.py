"""What the rules on the class of a crime look at."""

from sqlalchemy.orm import Session

from fcr_app.domain.new_class import NewClassFacts, OffenceFacts
from fcr_app.domain.new_class_questions import NEW_OFFENCE
from fcr_app.models import Offence
from fcr_app.services.cancellation_facts import crime_facts
from fcr_app.services.joined import Asking, Joined
from fcr_app.services.offence_answers import offence_of
from fcr_app.services.ruling_list import standing_rulings


def build(session: Session, joined: Joined, asking: Asking) -> NewClassFacts:
    """Build the facts of a request for another class."""
    case = joined.case
    said = {**case.answers, **asking.answers}.get(NEW_OFFENCE.name, "")
    offence_class = joined.offence.offence_class if joined.offence else ""
    return NewClassFacts(
        actor=asking.actor,
        now=asking.now,
        opened_by_id=case.opened_by_id,
        holder_id=case.claimed_by_id,
        holder_name=joined.holder_name,
        request=case.answers,
        answers=asking.answers,
        crime=crime_facts(session, joined, offence_class),
        force=joined.force,
        offence=_facts_of(offence_of(session, said)),
        decision=joined.decision_facts,
        rulings=standing_rulings(session, joined.the_crime.id),
    )


def _facts_of(offence: Offence | None) -> OffenceFacts | None:
    if offence is None:
        return None
    return OffenceFacts(
        id=offence.id,
        offence_class=offence.offence_class,
        offence_code=offence.offence_code,
        current=offence.current,
        reported_incident=offence.reported_incident,
    )
