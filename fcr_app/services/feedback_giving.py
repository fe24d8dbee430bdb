"""Feedback that somebody gives unasked: about a record, to whoever dealt with it (FB-01)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.domain.feedback.suggestions import suggestion
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import Case, FeedbackItem, Person
from fcr_app.services.cases import follow_on, take_step
from fcr_app.services.feedback_raising import Feedback, raise_feedback
from fcr_app.services.feedback_settling import see_record, settle, waiting
from fcr_app.services.feedback_subject import (
    subject_of_case,
    subject_of_crime,
    subject_of_report,
)
from fcr_app.services.log import Record, record_change

SHORTEST_REASONS = 20
LONGEST_REASONS = 4000


@dataclass(frozen=True, kw_only=True)
class Given:
    """Feedback as somebody writes it: about one crime or one report.

    Attributes:
        error: The kind of error; None where the record was right, and well done.
        rule_id: The rule it rests on; what such an error usually breaks where empty.
        right_decision: What would have been right; what it usually is where empty.
        case_reference: A case whose latest decision is meant, in place of a crime or a report.
    """

    to_id: int | None
    error: ErrorType | None
    reasons: str
    crime_id: int | None = None
    incident_id: int | None = None
    source: Source = Source.BY_HAND
    rule_id: str = ""
    right_decision: str = ""
    to_do: str = ""
    correction: Correction = Correction.NONE
    harm: Harm | None = None
    case_id: int | None = None
    step_position: int | None = None
    subject: str = ""
    case_reference: str = ""


def give_feedback(session: Session, actor: Actor, given: Given, *, now: datetime) -> int:
    """Open a feedback case and send it to its reader, whose supervisor is told.

    Returns:
        The item's id.

    Raises:
        NotFound: If there is no such record, or the person may not see it.
        InvalidValues: If it goes to nobody, to oneself, or says too little.
        StepRefused: With every rule of the policy that forbids it.
    """
    if given.case_reference:
        decided = subject_of_case(session, actor, given.case_reference, now=now)
        given = replace(
            given,
            crime_id=decided.crime_id,
            incident_id=decided.incident_id,
            case_id=decided.case_id,
            step_position=decided.step_position,
            subject=decided.words,
        )
    subject = (
        subject_of_crime(session, actor, given.crime_id)
        if given.crime_id is not None
        else subject_of_report(session, actor, given.incident_id or 0)
    )
    if problems := _problems(session, actor, given):
        raise InvalidValues(problems)
    case = raise_feedback(session, actor, _filled(given, subject.words), follow_on, now=now)
    assert case is not None  # noqa: S101 - the reader is here, as was just looked at
    kind = Record.CRIME if given.crime_id is not None else Record.INCIDENT
    record_change(
        session, actor, "feedback:given", kind, given.crime_id or given.incident_id, now=now
    )
    return session.scalars(
        select(FeedbackItem.id).where(FeedbackItem.feedback_case_id == case.id)
    ).one()


@supports(inspection("FB-01"), how="An audit finding is told to whoever made the decision")
def feed_back_finding(session: Session, actor: Actor, given: Given, *, now: datetime) -> int:
    """Give feedback on what an audit found; see :func:`give_feedback`. Returns the item's id."""
    return give_feedback(session, actor, replace(given, source=Source.AUDIT_FINDING), now=now)


def see_corrections(
    session: Session,
    *,
    now: datetime,
    crime_id: int | None = None,
    incident_id: int | None = None,
) -> None:
    """Look at the feedback on a crime or a report after its record was changed directly.

    Steps of cases do it by themselves. Whatever else puts a record right calls this.
    """
    session.flush()
    see_record(session, take_step, crime_id, incident_id, now=now)


@supports(force_policy("FB-01"), how="The timetable sees what was put right, however it happened")
def see_all_corrections(
    session: Session, *, now: datetime, limit: int, after: int = 0
) -> tuple[int, int | None]:
    """Look at some of the feedback that waits for its record, the first sent first.

    Args:
        after: The id of the last item of the batch before.

    Returns:
        How many changed, and where the next batch goes on; None after the last one.
    """
    rows = waiting(session, FeedbackItem.id > after, now=now, limit=limit)
    changed = sum(settle(session, row.reference, take_step, now=now) for row in rows)
    return changed, rows[-1].id if len(rows) == limit else None


def reference_of(session: Session, item_id: int) -> str:
    """Return the reference of the case that an item is the detail of."""
    return session.scalars(
        select(Case.reference)
        .join(FeedbackItem, FeedbackItem.feedback_case_id == Case.id)
        .where(FeedbackItem.id == item_id)
    ).one()


def _filled(given: Given, subject: str) -> Feedback:
    """Return feedback with what is usually said of such an error where nothing was."""
    usual, to_id = suggestion(given.error), given.to_id
    assert to_id is not None  # noqa: S101 - as was just looked at
    return Feedback(
        to_id=to_id,
        source=given.source,
        subject=given.subject or subject,
        reasons=given.reasons.strip(),
        error=given.error,
        positive=given.error is None,
        rule_id=given.rule_id or (usual.rule if usual else ""),
        right_decision=given.right_decision.strip() or (usual.right_decision if usual else ""),
        to_do=given.to_do.strip(),
        correction=given.correction,
        harm=given.harm or (usual.harm if usual else Harm.NONE),
        crime_id=given.crime_id,
        incident_id=given.incident_id,
        case_id=given.case_id,
        step_position=given.step_position,
    )


def _problems(session: Session, actor: Actor, given: Given) -> list[InvalidValue]:
    problems = []
    reader = session.get(Person, given.to_id) if given.to_id else None
    if reader is None or not reader.active:
        problems.append(InvalidValue("Enter a colleague who is still here.", field="to"))
    elif reader.id == actor.id:
        problems.append(InvalidValue("Feedback goes to somebody else.", field="to"))
    said = len(given.reasons.strip())
    if not SHORTEST_REASONS <= said <= LONGEST_REASONS:
        problems.append(
            InvalidValue(
                f"Say what was right or wrong, and what to do, in {SHORTEST_REASONS} to "
                f"{LONGEST_REASONS:,} characters.",
                field="reasons",
            )
        )
    return problems
