"""What the rules on rape reports and reported incidents look at, besides the report itself."""

from dataclasses import fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain import recording_questions as q
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.questions import NO, YES
from fcr_app.domain.reported_facts import ReportedFacts
from fcr_app.models import ReportedIncident
from fcr_app.services import recording_facts
from fcr_app.services.joined import Asking, Joined


def build_rape_report(session: Session, joined: Joined, asking: Asking) -> RecordingFacts:
    """Build the facts of a rape report."""
    facts = recording_facts.build(session, joined, asking)
    return replace(facts, also={q.LATE: _late(facts), q.CASE_STATE: joined.case.state})


def build_reported(session: Session, joined: Joined, asking: Asking) -> ReportedFacts:
    """Build the facts of a reported incident: N100 or N300."""
    facts = recording_facts.build(session, joined, asking)
    held = session.scalar(
        select(ReportedIncident).where(ReportedIncident.case_id == joined.case.id)
    )
    known = {field.name: getattr(facts, field.name) for field in fields(facts)}
    code = held.code if held else ""
    known["also"] = {q.LATE: _late(facts), **({q.RECORDED_CODE: code} if code else {})}
    return ReportedFacts(
        **known,
        code=code,
        reference_held=held.force_reference if held else "",
        reference_at=held.force_reference_at if held else None,
        transferred_at=held.transferred_at if held else None,
    )


def _late(facts: RecordingFacts) -> str:
    """Say whether a record made now needs its reason for being late.

    A report that was settled in time needs none: it was an N100 until it was confirmed, and the
    delay from the confirmation is measured on its own.
    """
    settled, limit = facts.incident.settled_at, facts.incident.record_by_at
    in_time = settled is not None and (limit is None or settled <= limit)
    late = facts.incident.late_by(facts.now) is not None
    return YES if late and not in_time else NO
