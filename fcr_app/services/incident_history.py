"""What happened to a report: written once, and read on its page from the newest to the oldest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.models import Incident, IncidentChange, Person
from fcr_app.services.log import Record, record_change


class What(StrEnum):
    """Something that happens to a report."""

    ENTERED = "entered"
    IMPORTED = "imported"
    CHANGED_IN_SOURCE = "changed_in_source"
    VICTIM = "victim"
    RAPE_DISCLOSED = "rape_disclosed"
    HANDED_OVER = "handed_over"
    LINKED = "linked"
    RECORDED = "recorded"
    SETTLED = "settled"
    CLOSED = "closed"
    REOPENED = "reopened"
    LATE_ACCEPTED = "late_accepted"
    LATE_NOT_ACCEPTED = "late_not_accepted"

    @property
    def label(self) -> str:
        """What happened, for the timeline."""
        return _LABELS[self]


_LABELS = {
    What.ENTERED: "Entered the report",
    What.IMPORTED: "Imported the report",
    What.CHANGED_IN_SOURCE: "Imported it again, changed",
    What.VICTIM: "Something new about the victim",
    What.RAPE_DISCLOSED: "Said that what was disclosed may be rape",
    What.HANDED_OVER: "Changed who deals with it",
    What.LINKED: "Linked a crime",
    What.RECORDED: "Recorded a crime",
    What.SETTLED: "Decided what becomes of it",
    What.CLOSED: "Closed the report",
    What.REOPENED: "Opened the report again",
    What.LATE_ACCEPTED: "Accepted the reason for a late record",
    What.LATE_NOT_ACCEPTED: "Did not accept the reason for a late record",
}


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One fact that changed, in words."""

    title: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One entry of a report's timeline."""

    at: datetime
    who: str
    what: str
    changed: tuple[Changed, ...]
    reason: str


def note(  # noqa: PLR0913 - who did what to which report, when, and why
    session: Session,
    actor: Actor,
    incident: Incident,
    what: What,
    *,
    now: datetime,
    changed: Sequence[Changed] = (),
    reason: str = "",
) -> None:
    """Write down something that happened to a report, for its page and for the log of changes."""
    session.add(
        IncidentChange(
            incident_id=incident.id,
            at=now,
            person_id=actor.id or None,
            what=what.value,
            changed=[[one.title, one.before, one.after] for one in changed],
            reason=reason,
        )
    )
    verb = "collection" if what in (What.ENTERED, What.IMPORTED) else "alteration"
    record_change(
        session,
        actor,
        f"incident:{what.value.replace('_', '-')}",
        Record.INCIDENT,
        incident.id,
        now=now,
        verb=verb,
        detail=", ".join(one.title for one in changed)[:400],
    )


def read_history(session: Session, incident_id: int) -> tuple[Happened, ...]:
    """Return what happened to a report, the newest first."""
    rows = session.execute(
        select(IncidentChange, Person.name)
        .outerjoin(Person, Person.id == IncidentChange.person_id)
        .where(IncidentChange.incident_id == incident_id)
        .order_by(IncidentChange.id.desc())
    )
    return tuple(
        Happened(
            at=row.at,
            who=name or "the system",
            what=What(row.what).label,
            changed=tuple(
                Changed(title=title, before=before, after=after)
                for title, before, after in row.changed
            ),
            reason=row.reason,
        )
        for row, name in rows
    )
