"""Closes the findings of audits: by itself once the record shows the correction, or with a reason.

Nobody types that a record was put right. What shows it is asked as for feedback.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import (
    AuditCrime,
    AuditFinding,
    AuditItem,
    Case,
    FeedbackItem,
    IncidentCrime,
)
from fcr_app.services.audits.finding_list import open_on
from fcr_app.services.feedback_corrections import SHOWN
from fcr_app.services.log import Record, record_change

SHORTEST_WHY, LONGEST_WHY = 20, 300
CLOSED_ALREADY = "This finding is closed already. Reload the page."
ONLY_REGISTRARS = "Only the FCR or a deputy closes a finding by hand."


@supports(inspection("FB-01"), how="An audit’s finding closes once its record shows it put right")
def see_findings(
    session: Session,
    *,
    now: datetime,
    crime_id: int | None = None,
    incident_id: int | None = None,
) -> int:
    """Close the findings on a crime or a report that its record shows to be put right.

    Takes one statement where there is no open finding.

    Returns:
        How many were closed.
    """
    about: list[ColumnElement[bool]] = []
    if crime_id is not None:
        about += [AuditItem.crime_id == crime_id, _of_a_named(crime_id)]
        about.append(AuditItem.incident_id.in_(_reports_of(crime_id)))
    if incident_id is not None:
        about.append(AuditItem.incident_id == incident_id)
    return sum(_see(session, one, now) for one in open_on(session, or_(false(), *about)))


def see_some_findings(
    session: Session, *, now: datetime, limit: int, after: int = 0
) -> tuple[int, int | None]:
    """Look at some of the open findings, the first opened first.

    Args:
        after: The id of the last finding of the batch before.

    Returns:
        How many were closed, and where the next batch goes on; None after the last one.
    """
    rows = open_on(session, AuditFinding.id > after, limit=limit)
    closed = sum(_see(session, one, now) for one in rows)
    return closed, rows[-1].id if len(rows) == limit else None


def close_finding(  # noqa: PLR0913 - who closes which, why, when, and what they saw
    session: Session,
    actor: Actor,
    finding_id: int,
    why: str,
    *,
    now: datetime,
    version: int | None = None,
) -> AuditFinding:
    """Close a finding that nothing on the record can put right, with the reason.

    Raises:
        InvalidValue: If the reason is too short or too long.
        NotFound: If there is no such finding.
        PermissionRefused: If they are no registrar.
        SomeoneElseChangedIt: If it is closed already, or changed since they looked at it.
    """
    finding = to_act_on(session, actor, finding_id, version=version)
    why = why.strip()
    if not SHORTEST_WHY <= len(why) <= LONGEST_WHY:
        message = f"Say in {SHORTEST_WHY} to {LONGEST_WHY} characters why nothing can put it right."
        raise InvalidValue(message, field="why")
    finding.closed_at, finding.closed_how = now, why
    record_change(session, actor, "audit-finding:close", Record.AUDIT, finding.run_id, now=now)
    return finding


def to_act_on(
    session: Session, actor: Actor, finding_id: int, *, version: int | None = None
) -> AuditFinding:
    """Return an open finding for a registrar who acts on it.

    Raises:
        NotFound: If there is no such finding.
        PermissionRefused: If they are no registrar.
        SomeoneElseChangedIt: If it is closed, or changed since they looked at it.
    """
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused(ONLY_REGISTRARS)
    finding = session.get(AuditFinding, finding_id, with_for_update=True)
    if finding is None:
        raise NotFound("There is no such finding.")
    if finding.closed_at is not None or (version is not None and version != finding.version):
        raise SomeoneElseChangedIt(CLOSED_ALREADY)
    return finding


def crime_of(session: Session, finding: AuditFinding) -> int | None:
    """Return the recorded crime that a finding is about, if it is about one."""
    if finding.audit_crime_id is not None:
        named = session.get_one(AuditCrime, finding.audit_crime_id).crime_id
        if named is not None:
            return named
    item = session.get_one(AuditItem, finding.item_id)
    if item.crime_id is None and item.case_id is not None:
        return session.scalar(select(Case.crime_id).where(Case.id == item.case_id))
    return item.crime_id


def report_of(session: Session, finding: AuditFinding) -> int | None:
    """Return the report that a finding is about, or that its crime was recorded from."""
    item = session.get_one(AuditItem, finding.item_id)
    if item.incident_id is not None:
        return item.incident_id
    if item.case_id is not None:
        found = session.scalar(select(Case.incident_id).where(Case.id == item.case_id))
        if found is not None:
            return found
    crime_id = crime_of(session, finding)
    linked = select(IncidentCrime.incident_id).where(IncidentCrime.crime_id == crime_id)
    return session.scalar(linked.order_by(IncidentCrime.linked_at).limit(1))


def _see(session: Session, finding: AuditFinding, now: datetime) -> bool:
    shown = _shown(session, finding)
    if not shown:
        return False
    finding.closed_at, finding.closed_how = now, shown[:LONGEST_WHY]
    session.flush()
    return True


def _shown(session: Session, finding: AuditFinding) -> str:
    correction = Correction(finding.correction)
    if correction is Correction.NONE:
        return _feedback_done(session, finding)
    # Never added: it says to the questions of feedback what the finding is about.
    asked = FeedbackItem(
        crime_id=crime_of(session, finding),
        incident_id=report_of(session, finding),
        created_at=finding.opened_at,
    )
    found = session.scalars(SHOWN[correction](asked)).all()
    taken = _taken(session, finding) if correction is Correction.RECORD_CRIME else ()
    return next((one for one in sorted(found) if one not in taken), "")


def _taken(session: Session, finding: AuditFinding) -> Sequence[str]:
    """Return what closed other findings on the record: one crime makes good one that is missing."""
    return session.scalars(
        select(AuditFinding.closed_how).where(
            AuditFinding.item_id == finding.item_id,
            AuditFinding.id != finding.id,
            AuditFinding.correction == Correction.RECORD_CRIME.value,
            AuditFinding.closed_at.is_not(None),
        )
    ).all()


def _feedback_done(session: Session, finding: AuditFinding) -> str:
    """Return what shows that whoever it goes back to has learnt of it; empty before."""
    reference = session.scalar(
        select(Case.reference)
        .join(FeedbackItem, FeedbackItem.feedback_case_id == Case.id)
        .where(FeedbackItem.id == finding.feedback_item_id, FeedbackItem.closed_at.is_not(None))
    )
    return f"The feedback {reference} is closed" if reference else ""


def _of_a_named(crime_id: int) -> ColumnElement[bool]:
    named = select(AuditCrime.id).where(AuditCrime.crime_id == crime_id)
    return AuditFinding.audit_crime_id.in_(named.correlate(None))


def _reports_of(crime_id: int) -> Select[int]:
    linked = select(IncidentCrime.incident_id).where(IncidentCrime.crime_id == crime_id)
    return linked.correlate(None)
