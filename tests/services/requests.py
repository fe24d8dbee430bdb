"""Answers for a request of each code, and the walk of a case through its steps."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.models import Case, Crime
from fcr_app.services.cases import open_case, take_step
from tests.builders import NOW

LONG = "CCTV from the shop shows the owner handing the bag over herself."

C1 = {
    "code": "C1",
    "location_basis": "victim",
    "location_evidence": LONG,
    "receiving_force": "Demonstration Neighbour Police",
}
C2 = {
    "code": "C2",
    "information": LONG,
    "available_on": "2026-11-23",
    "information_source": "CCTV, exhibit DEMO/1",
    "verified_how": "The recording is held in the property store.",
    "effect": "It shows that nothing was taken by force.",
    "victim_withdrew": "no",
    "risk": "low",
}
C3 = {
    "code": "C3",
    "duplicate_kind": "same",
    "duplicate_evidence": "Same victim, same time and same place on both records.",
}
C4 = {
    "code": "C4",
    "mistake": "A lost property report was recorded as theft by a wrong form.",
    "victim_withdrew": "no",
    "risk": "low",
}
C5 = {**C2, "code": "C5"}
DECISION = {
    "is_additional": "yes",
    "is_verifiable": "yes",
    "is_information": "yes",
    "is_elsewhere": "yes",
    "is_same": "yes",
    "is_mistake": "yes",
    "is_self_defence": "yes",
    "rationale": "The exhibit was looked at and settles the question.",
}


def submitted(
    session: Session, officer: Actor, crime: Crime, answers: dict[str, str], *, now: datetime = NOW
) -> Case:
    """Open a request about a crime and send it."""
    case = open_case(session, officer, "cancellation", crime.id, now=now)
    session.flush()
    take_step(session, officer, case.reference, "submit", answers, now=now)
    session.flush()
    return case


def told(victim_id: int | None, at: datetime, **more: str) -> dict[str, str]:
    """Return the answers that record that a victim was told."""
    return {
        "victim": str(victim_id or "none"),
        "told_at": at.isoformat(),
        "told_how": "phone",
        "told_whom": "The victim",
        "told_by": "The officer in the case",
        "told_what": "The decision to cancel and the reason for it.",
        **more,
    }


def minutes(count: int) -> timedelta:
    """Return some minutes."""
    return timedelta(minutes=count)
