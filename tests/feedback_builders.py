"""Feedback in its typed row and its case, for tests of what reads them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.models import Case, Crime, FeedbackItem, Incident, Person
from tests.builders import NOW, a_crime


def some_feedback(
    session: Session,
    to: Person,
    sender: Person,
    *,
    case: Case | None = None,
    crime: Crime | None = None,
    incident: Incident | None = None,
    at: datetime = NOW,
    state: str = "feedback_sent",
    **columns: Any,
) -> FeedbackItem:
    """Add feedback as it stands after it was sent, without its history."""
    if case is None and crime is None and incident is None:
        crime = a_crime(session)
    crime_id = crime.id if crime else case.crime_id if case else None
    private = Case(
        reference=f"FB-{session.query(Case).count():06}",
        workflow="feedback" if incident is None else "report_feedback",
        state=state,
        open=columns.get("closed_at") is None,
        crime_id=None if incident else crime_id,
        incident_id=incident.id if incident else None,
        unit_id=to.unit_id,
        opened_by_id=sender.id,
        addressee_id=to.id,
        opened_at=at,
        entered_at=at,
        due_at=at,
        answers={},
        draft={},
        history_length=0,
        history_head="",
    )
    session.add(private)
    session.flush()
    item = FeedbackItem(
        feedback_case_id=private.id,
        case_id=case.id if case else None,
        crime_id=private.crime_id,
        incident_id=private.incident_id,
        to_id=to.id,
        from_id=sender.id,
        unit_id=to.unit_id,
        **{
            "source": "by_hand",
            "subject": "Demonstration",
            "reasons": "Demonstration",
            "created_at": at,
            "due_at": at,
            **columns,
        },
    )
    session.add(item)
    session.flush()
    return item
