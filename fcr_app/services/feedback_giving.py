"""Feedback that somebody gives unasked: about a record, to whoever dealt with it (FB-01)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.domain.rules import FEEDBACK_DAYS
from fcr_app.domain.working_days import end_of_working_day
from fcr_app.errors import InvalidValue, InvalidValues, NotFound
from fcr_app.models import Crime, FeedbackItem, Incident, Person
from fcr_app.services.calendar import bank_holidays
from fcr_app.services.learning import look_for_repeats
from fcr_app.services.log import Record, record_change
from fcr_app.services.tell import tell
from fcr_app.services.visibility import visible_crimes, visible_incidents

SHORTEST_REASONS = 20
LONGEST_REASONS = 4000


@dataclass(frozen=True, kw_only=True)
class Given:
    """Feedback as somebody writes it: about one crime or one report.

    Attributes:
        error: The kind of error; None where the record was right, and well done.
    """

    to_id: int | None
    error: ErrorType | None
    reasons: str
    crime_id: int | None = None
    incident_id: int | None = None


def subject_of(session: Session, actor: Actor, given: Given) -> tuple[str, int | None]:
    """Return the number of what feedback is about, and who dealt with it.

    Raises:
        NotFound: If there is no such crime or report, or the person may not see it.
    """
    if given.crime_id is not None:
        row = session.execute(
            select(Crime.crime_number, Crime.oic_id).where(
                Crime.id == given.crime_id, visible_crimes(actor)
            )
        ).one_or_none()
    else:
        row = session.execute(
            select(Incident.reference, Incident.officer_id).where(
                Incident.id == given.incident_id, visible_incidents(actor)
            )
        ).one_or_none()
    if row is None:
        raise NotFound("There is no such record, or you may not see it.")
    return row[0], row[1]


def give_feedback(session: Session, actor: Actor, given: Given, *, now: datetime) -> int:
    """Give feedback, tell its reader, and look whether it is the same error again.

    Returns:
        The item's id.

    Raises:
        NotFound: If there is no such record, or the person may not see it.
        InvalidValues: If it goes to nobody, to oneself, or says too little.
    """
    number, _ = subject_of(session, actor, given)
    if problems := _problems(session, actor, given):
        raise InvalidValues(problems)
    days = FEEDBACK_DAYS.on(to_london(now).date())
    item = FeedbackItem(
        crime_id=given.crime_id,
        incident_id=given.incident_id,
        to_id=given.to_id,
        from_id=actor.id,
        subject=f"Feedback on {number}"[:120],
        error_type=given.error.value if given.error else "",
        reasons=given.reasons.strip(),
        rules=given.error.full_label if given.error else "",
        created_at=now,
        due_at=end_of_working_day(now, days, bank_holidays(session, now)),
    )
    session.add(item)
    message = "A colleague gave you feedback on a record. It is under Feedback."
    whom = [given.to_id] if given.to_id else []
    tell(session, whom, message, Topic(name="Feedback", path="/feedback"), now=now)
    session.flush()
    kind = Record.CRIME if given.crime_id is not None else Record.INCIDENT
    record_change(
        session, actor, "feedback:given", kind, given.crime_id or given.incident_id, now=now
    )
    if given.error is not None and given.to_id is not None:
        look_for_repeats(session, given.to_id, given.error, now=now)
    return item.id


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
