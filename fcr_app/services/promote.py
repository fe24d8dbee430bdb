"""Copies what is searched, counted or enforced out of the answers into typed columns."""

from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain import removal_questions as q
from fcr_app.domain.facts import CancellationFacts
from fcr_app.models import CancellationRequest
from fcr_app.services.loading import Loaded


def request(session: Session, loaded: Loaded, now: datetime) -> None:
    """Make what was just sent the request that the case holds."""
    case, facts = loaded.case, loaded.facts
    step = next(s for s in loaded.workflow.steps if s.sets_request)
    asked = {question.name for question in step.questions(facts)}
    case.answers = {name: text for name, text in facts.answers.items() if name in asked}
    case.draft = {}
    if isinstance(facts, CancellationFacts):
        _cancellation(session, loaded, facts, now)


def _cancellation(
    session: Session, loaded: Loaded, facts: CancellationFacts, now: datetime
) -> None:
    sent = loaded.request
    if sent is None:
        sent = CancellationRequest(case_id=loaded.case.id, receiving_reference="")
        session.add(sent)
    sent.code = facts.said(q.CODE)
    sent.risk = facts.said(q.RISK)
    sent.available_on = facts.date_said(q.AVAILABLE_ON)
    sent.survivor_id = facts.survivor.id if facts.survivor else None
    sent.receiving_force = facts.said(q.RECEIVING_FORCE)
    sent.grounds_decision = facts.said(q.GROUNDS_DECISION)
    sent.sent_at = now
