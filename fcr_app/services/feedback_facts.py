"""What the rules on feedback look at, read in three statements besides the case's own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.models import FeedbackItem, Person
from fcr_app.services.feedback_corrections import possible_on, seen_on_record
from fcr_app.services.joined import Asking, Joined
from fcr_app.workflows.feedback import State


def build(session: Session, joined: Joined, asking: Asking) -> FeedbackFacts:
    """Build the facts of an item of feedback, with what the record shows now."""
    case = joined.case
    assert case.addressee_id is not None  # noqa: S101 - a case of this policy has one
    item, supervisor_id = session.execute(
        select(FeedbackItem, Person.supervisor_id)
        .join(Person, Person.id == FeedbackItem.to_id)
        .where(FeedbackItem.feedback_case_id == case.id)
    ).one()
    # What is about to be sent has nothing to show for it yet.
    sent = case.state != State.DRAFT
    seen = seen_on_record(session, item) if sent else {}
    return FeedbackFacts(
        actor=asking.actor,
        now=asking.now,
        opened_by_id=case.opened_by_id,
        holder_id=case.claimed_by_id,
        holder_name=joined.holder_name,
        request=case.answers,
        answers=asking.answers,
        addressee_id=case.addressee_id,
        supervisor_id=supervisor_id,
        seen=seen,
        # What was put right could be, though it can't be a second time.
        possible=possible_on(session, item) | frozenset(seen),
        correct_by_at=item.correct_by_at,
    )
