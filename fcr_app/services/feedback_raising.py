"""The one way feedback comes into being: a case for one person, with its item, sent at once.

Whatever it comes out of (a decision, a review, an audit, somebody's own reading) goes through
here, in the transaction of that.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import enforces
from fcr_app.domain.feedback import questions as q
from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.domain.feedback.sources import SOURCES, rule_text
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.models import Case, FeedbackItem, IncidentCrime, Person
from fcr_app.services.feedback_limits import acknowledge_by, correct_by
from fcr_app.services.learning import look_for_repeats
from fcr_app.services.taken import FollowOn, Follows, Taken


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What is said to whom about which decision: about a crime, or else about a report.

    Attributes:
        subject: The decision in a few words: "Your request was refused".
        positive: It was done right, and well done.
        rules: The rules in whole sentences, a line each; the one rule where empty.
        case_id: The case whose step is meant, if it is about one.
    """

    to_id: int
    source: Source
    subject: str
    reasons: str
    error: ErrorType | None = None
    positive: bool = False
    rule_id: str = ""
    rules: str = ""
    right_decision: str = ""
    to_do: str = ""
    correction: Correction = Correction.NONE
    harm: Harm = Harm.NONE
    crime_id: int | None = None
    incident_id: int | None = None
    case_id: int | None = None
    step_position: int | None = None

    @property
    def answers(self) -> dict[str, str]:
        """What the step that sends it says."""
        kind = self.error.value if self.error else q.RIGHT if self.positive else q.NO_ERROR
        return {
            q.ERROR.name: kind,
            q.REASONS.name: self.reasons,
            q.RULE.name: self.rule_id if self.rule_id in SOURCES else "",
            q.RIGHT_DECISION.name: self.right_decision,
            q.TO_DO.name: self.to_do,
            q.CORRECTION.name: self.correction.value,
            q.HARM.name: self.harm.value,
        }


@enforces(
    inspection("FB-01"),
    how="Whoever decided is told, and their supervisor, in the same moment as the finding is kept",
)
def raise_feedback(  # noqa: PLR0913 - who says what, by which way in, when, within what
    session: Session,
    actor: Actor,
    feedback: Feedback,
    follow_on: FollowOn,
    *,
    now: datetime,
    within: Taken | None = None,
) -> Case | None:
    """Open a feedback case and send it; None where whoever decided has left.

    Raises:
        NotFound: If the person may not see what it is about.
        StepRefused: With every rule of the policy that forbids it.
    """
    reader = session.get(Person, feedback.to_id)
    if reader is None or not reader.active:
        return None
    item = _item(session, actor, feedback, reader, now)

    def begun(case: Case) -> None:
        item.feedback_case_id = case.id
        session.add(item)

    follows = Follows(
        workflow_key="feedback" if feedback.incident_id is None else "report_feedback",
        trigger="send",
        answers=feedback.answers,
        crime_id=feedback.crime_id,
        addressee_id=reader.id,
        unit_id=reader.unit_id,
        begun=begun,
        within=within,
    )
    case = follow_on(session, actor, feedback.incident_id, follows, now=now)
    if feedback.error is not None:
        look_for_repeats(session, reader.id, feedback.error, now=now)
    return case


def _item(
    session: Session, actor: Actor, feedback: Feedback, reader: Person, now: datetime
) -> FeedbackItem:
    """Return the typed row of a case that is about to be opened."""
    error = feedback.error
    named = [error.full_label if error else "", rule_text(feedback.rule_id)]
    rules = feedback.rules or "\n".join(line for line in named if line)
    return FeedbackItem(
        case_id=feedback.case_id,
        step_position=feedback.step_position,
        crime_id=feedback.crime_id,
        incident_id=feedback.incident_id or _report_of(session, feedback.crime_id),
        source=feedback.source.value,
        positive=feedback.positive,
        error_type=error.value if error else "",
        harm=feedback.harm.value,
        rule_id=feedback.rule_id,
        to_id=reader.id,
        from_id=actor.id,
        unit_id=reader.unit_id,
        subject=feedback.subject[:120],
        reasons=feedback.reasons,
        rules=rules,
        right_decision=feedback.right_decision,
        to_do=feedback.to_do,
        correction=feedback.correction.value,
        created_at=now,
        due_at=acknowledge_by(session, now),
        correct_by_at=correct_by(session, feedback.correction, now),
        corrected_by="",
        reply="",
    )


def _report_of(session: Session, crime_id: int | None) -> int | None:
    """Return the report that a crime was recorded from; a missing crime is recorded there too."""
    found = select(IncidentCrime.incident_id).where(IncidentCrime.crime_id == crime_id)
    return session.scalar(found.order_by(IncidentCrime.linked_at).limit(1))
