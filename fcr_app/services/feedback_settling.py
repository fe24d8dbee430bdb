"""Sees a record put right, and closes the feedback that waited for just that.

Called after each step of a case and each record made by hand, and again by the timetable, so that
nothing that happened is missed for long.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain import effects as e, recording_effects as re
from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.domain.feedback import questions as q
from fcr_app.domain.feedback.effects import ChangeFeedback
from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.models import Case, FeedbackItem
from fcr_app.services.audits.finding_closing import see_findings
from fcr_app.services.feedback_corrections import sent_before
from fcr_app.services.loading import load
from fcr_app.services.taken import Taken
from fcr_app.workflows.feedback import FEEDBACK, TO_CORRECT

#: What a step can do that puts a record right.
PUTS_RIGHT = (
    e.RecordReportedCrime,
    e.RecordFromAppointment,
    e.ReclassifyCrime,
    e.ReinstateCrime,
    e.RecordVictimNotice,
    re.RecordFromReport,
    re.RecodeCrime,
    re.OpenN100,
    re.MoveToN100,
    re.CreateReported,
    re.ConvertReported,
)
KEYS = frozenset(workflow.key for workflow in FEEDBACK)


class TakeStep(Protocol):
    """Takes a step of a case: ``cases.take_step``, which this is called by."""

    def __call__(  # noqa: PLR0913 - as the step it stands for
        self,
        session: Session,
        actor: Actor,
        reference: str,
        trigger: str,
        answers: dict[str, str],
        *,
        now: datetime,
    ) -> Any:
        """Return what it did."""


def see_what_a_step_did(taken: Taken, take_step: TakeStep) -> None:
    """Look at the feedback that a step can have put right, or that it was a step of."""
    case, now = taken.loaded.case, taken.now
    if case.workflow in KEYS:
        by_system = taken.facts.actor.id == SYSTEM_ACTOR.id
        if not by_system and (taken.outcome.state in TO_CORRECT or _changes(taken)):
            settle(taken.session, case.reference, take_step, now=now)
    elif any(isinstance(effect, PUTS_RIGHT) for effect in taken.outcome.effects):
        taken.session.flush()
        see_record(taken.session, take_step, case.crime_id, case.incident_id, now=now)


def _changes(taken: Taken) -> bool:
    return any(isinstance(effect, ChangeFeedback) for effect in taken.outcome.effects)


def see_record(
    session: Session,
    take_step: TakeStep,
    crime_id: int | None,
    incident_id: int | None,
    *,
    now: datetime,
) -> None:
    """Look at all feedback, and findings of audits, that wait for a record to be put right."""
    about: list[ColumnElement[bool]] = []
    if crime_id is not None:
        about.append(FeedbackItem.crime_id == crime_id)
    if incident_id is not None:
        about.append(FeedbackItem.incident_id == incident_id)
    for row in waiting(session, or_(*about), now=now):
        settle(session, row.reference, take_step, now=now)
    see_findings(session, crime_id=crime_id, incident_id=incident_id, now=now)


def waiting(
    session: Session, which: ColumnElement[bool], *, now: datetime, limit: int | None = None
) -> Sequence[Row[int, str]]:
    """Return the ids and references of feedback that waits for its record, the first sent first."""
    return session.execute(
        select(FeedbackItem.id, Case.reference)
        .join(Case, Case.id == FeedbackItem.feedback_case_id)
        .where(sent_before(now), which)
        .order_by(FeedbackItem.id)
        .limit(limit)
    ).all()


@enforces(
    force_policy("FB-01"),
    how="Feedback closes by itself when the record shows the correction, and no way before",
)
def settle(session: Session, reference: str, take_step: TakeStep, *, now: datetime) -> bool:
    """Note on feedback what its record shows, and close it where nothing is left to do.

    Returns:
        Whether anything changed.
    """
    session.flush()
    loaded = load(session, SYSTEM_ACTOR, reference, now=now)
    facts: FeedbackFacts = loaded.facts
    workflow, state = loaded.workflow, loaded.workflow.state(loaded.case.state)
    if facts.outstanding or state in workflow.settled:
        return False
    changed = False
    shown = facts.seen.get(facts.correction)
    if shown and not _noted(session, loaded.case.id):
        said = {q.SEEN.name: shown[:200]}
        take_step(session, SYSTEM_ACTOR, reference, "see_correction", said, now=now)
        changed = True
    if state in TO_CORRECT:
        take_step(session, SYSTEM_ACTOR, reference, "close_corrected", {}, now=now)
        changed = True
    return changed


def _noted(session: Session, case_id: int) -> bool:
    noted = select(FeedbackItem.corrected_at).where(FeedbackItem.feedback_case_id == case_id)
    return session.scalar(noted) is not None
