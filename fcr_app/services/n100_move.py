"""Moves a recorded rape to N100 (CLS-03)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain import recording_effects as re
from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.n100_move import MOVE_ASKS
from fcr_app.domain.recording_questions import RATIONALE
from fcr_app.models import Crime, Incident, IncidentCrime
from fcr_app.services.incident_crimes import settle
from fcr_app.services.log import Record, record_change
from fcr_app.services.taken import Follows, Taken


@enforces(
    crr26("N100-14", "63"),
    how="A moved rape counts no more, keeps its first class, and is followed by its N100",
)
def move(taken: Taken, _effect: re.MoveToN100) -> None:
    """Take a rape out of the statistics, and create the N100 that it was from the start."""
    session, actor, facts = taken.session, taken.facts.actor, taken.facts
    crime = taken.loaded.crime
    assert crime is not None  # noqa: S101 - the workflow is about a crime
    crime.status = CrimeStatus.MOVED_TO_N100.value
    crime.removed_at = taken.now
    session.flush()
    incident = session.get_one(Incident, facts.incident_id)
    if not _others(session, incident, crime):
        settle(session, actor, incident, ClosingCode.N100, now=taken.now)
    answers = {q.name: taken.answer(q) for q in (MOVE_ASKS[0], RATIONALE)}
    follows = Follows(workflow_key="n100", trigger="move_in", answers=answers, crime_id=crime.id)
    taken.follow_on(session, actor, incident.id, follows, now=taken.now)
    record_change(session, actor, "crime:moved-to-n100", Record.CRIME, crime.id, now=taken.now)


def _others(session: Session, incident: Incident, moved: Crime) -> bool:
    """Say whether another crime recorded from the report still stands."""
    standing = (
        select(Crime.id)
        .join(IncidentCrime, IncidentCrime.crime_id == Crime.id)
        .where(
            IncidentCrime.incident_id == incident.id,
            Crime.id != moved.id,
            Crime.status == CrimeStatus.RECORDED.value,
        )
    )
    return session.scalar(standing.limit(1)) is not None


HANDLERS: dict[type, Any] = {re.MoveToN100: move}
