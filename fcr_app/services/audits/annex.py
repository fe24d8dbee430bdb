"""The restricted annex of a report: who, and which records. Never in the part that is published."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.audits.words import ActionState, Severity
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.london import to_london
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.models import (
    AuditAction,
    AuditCrime,
    AuditFinding,
    AuditItem,
    AuditRun,
    Crime,
    Person,
    Unit,
)


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One error on one record.

    Attributes:
        record: The record's number.
        crime_number: Of the crime that it is recorded as, if it is.
        note: What the auditor wrote of the crime.
    """

    record: str
    crime_number: str
    error: str
    severity: str
    unit: str
    person: str
    correction: str
    due_on: date
    closed_on: date | None
    closed_how: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ReplacedLine:
    """A record that a reserve took the place of."""

    record: str
    by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class OwnerLine:
    """Who an action is for."""

    reference: str
    owner: str
    due_on: date
    state: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Annex:
    """Who examined and approved, and what was found on which record."""

    approver: str
    auditors: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    replaced: tuple[ReplacedLine, ...]
    owners: tuple[OwnerLine, ...]


def annex_of(session: Session, run: AuditRun) -> Annex:
    """Return the restricted annex of an audit."""
    approver = session.get(Person, run.signed_off_by_id) if run.signed_off_by_id else None
    return Annex(
        approver=approver.name if approver else "",
        auditors=_auditors(session, run.id),
        findings=_findings(session, run.id),
        replaced=_replaced(session, run.id),
        owners=_owners(session, run.id),
    )


def _auditors(session: Session, run_id: int) -> tuple[str, ...]:
    in_run = [AuditItem.run_id == run_id, AuditItem.in_sample]
    first = select(AuditItem.auditor_id).where(*in_run)
    second = select(AuditItem.second_auditor_id).where(*in_run)
    names = select(Person.name).where(Person.id.in_(first) | Person.id.in_(second))
    return tuple(session.scalars(names.order_by(Person.name, Person.id)))


def _findings(session: Session, run_id: int) -> tuple[FindingLine, ...]:
    rows = session.execute(
        select(
            AuditFinding,
            AuditItem.label,
            Crime.crime_number,
            Unit.name,
            Person.name,
            AuditCrime.note,
        )
        .join(AuditItem, AuditItem.id == AuditFinding.item_id)
        .outerjoin(AuditCrime, AuditCrime.id == AuditFinding.audit_crime_id)
        .outerjoin(Crime, Crime.id == AuditCrime.crime_id)
        .outerjoin(Unit, Unit.id == AuditFinding.unit_id)
        .outerjoin(Person, Person.id == AuditFinding.person_id)
        .where(AuditFinding.run_id == run_id)
        .order_by(AuditItem.position, AuditFinding.id)
    )
    return tuple(
        FindingLine(
            record=record,
            crime_number=number or "",
            error=ErrorType(row.error_type).full_label,
            severity=Severity(row.severity).label,
            unit=unit or "",
            person=person or "",
            correction=Correction(row.correction).label,
            due_on=row.due_on,
            closed_on=to_london(row.closed_at).date() if row.closed_at else None,
            closed_how=row.closed_how,
            note=note or "",
        )
        for row, record, number, unit, person, note in rows
    )


def _replaced(session: Session, run_id: int) -> tuple[ReplacedLine, ...]:
    instead = aliased(AuditItem)
    rows = session.execute(
        select(AuditItem.label, instead.label, AuditItem.replaced_why)
        .join(instead, instead.id == AuditItem.replaced_by_id)
        .where(AuditItem.run_id == run_id)
        .order_by(AuditItem.position)
    )
    return tuple(ReplacedLine(record=record, by=by, why=why) for record, by, why in rows)


def _owners(session: Session, run_id: int) -> tuple[OwnerLine, ...]:
    rows = session.execute(
        select(AuditAction, Person.name)
        .outerjoin(Person, Person.id == AuditAction.owner_id)
        .where(AuditAction.run_id == run_id)
        .order_by(AuditAction.due_on, AuditAction.id)
    )
    return tuple(
        OwnerLine(
            reference=row.reference,
            owner=name or "Nobody yet",
            due_on=row.due_on,
            state=ActionState(row.state).label,
            evidence=row.evidence,
        )
        for row, name in rows
    )
