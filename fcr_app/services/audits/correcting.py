"""Opens what puts a finding right, and its feedback, with everything known of it filled in."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.domain.feedback.suggestions import suggestion
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, PermissionRefused
from fcr_app.models import (
    AuditCrime,
    AuditFinding,
    AuditItem,
    AuditRun,
    Case,
    Incident,
)
from fcr_app.services.audits.finding_closing import crime_of, report_of, to_act_on
from fcr_app.services.audits.finding_words import found_words
from fcr_app.services.cases import open_case, open_incident_case, save_draft
from fcr_app.services.feedback_giving import Given, feed_back_finding
from fcr_app.services.log import Record, record_change

NOTHING_TO_OPEN = (
    "Nothing on the record can put this right. Give feedback, or close it and say why."
)
NOT_HERE = (
    "This system holds no record to put right here. Put it right where the record is, then close "
    "the finding and say how."
)
GIVEN_ALREADY = "Feedback on this finding was given already."


class Where(StrEnum):
    """What a correction opens."""

    RECORD = "record"
    REQUEST = "request"
    REINSTATE = "reinstate"
    CASE = "case"
    CRIME = "crime"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """Where somebody goes to put a finding right, and what is filled in there.

    Attributes:
        reference: Of the case, where it is one.
        record_id: Of the crime or the report, where it is one.
        fields: Names and words of the form's fields.
    """

    where: Where
    reference: str = ""
    record_id: int = 0
    fields: dict[str, str] = field(default_factory=dict)


@supports(inspection("FB-01"), how="A finding opens what puts its record right, already filled in")
def open_correction(session: Session, actor: Actor, finding_id: int, *, now: datetime) -> Opened:
    """Open what puts a finding right: a form that is filled in, or a case with a draft.

    Raises:
        InvalidValue: If nothing on the record can put it right, or it is not held here.
        NotFound: If there is no such finding, or the person may not see its record.
        PermissionRefused: If they are no registrar.
        SomeoneElseChangedIt: If it is closed, or a case that would put it right was just opened.
    """
    finding = to_act_on(session, actor, finding_id)
    correction = Correction(finding.correction)
    if correction is Correction.NONE:
        raise InvalidValue(NOTHING_TO_OPEN)
    crime_id, report_id = crime_of(session, finding), report_of(session, finding)
    why = found_words(session, finding)
    record_change(session, actor, "audit-finding:correct", Record.AUDIT, finding.run_id, now=now)
    if correction is Correction.RECORD_CRIME and report_id is not None:
        return _record(session, finding, report_id, why)
    if correction is Correction.RECORD_N100 and report_id is not None:
        return _case(session, actor, finding, "rape_report", report_id, now)
    if correction is Correction.RECLASSIFY and crime_id is not None:
        return _reclassify(session, actor, finding, crime_id, why, now)
    if correction is Correction.REINSTATE and crime_id is not None:
        return _reinstate(session, finding, crime_id, why)
    if crime_id is not None:
        return Opened(where=Where.CRIME, record_id=crime_id)
    if report_id is not None:
        return Opened(where=Where.REPORT, record_id=report_id)
    raise InvalidValue(NOT_HERE)


def feedback_proposed(session: Session, finding: AuditFinding) -> Given:
    """Return feedback on a finding with everything filled in, to be read and sent."""
    error = ErrorType(finding.error_type)
    usual = suggestion(error)
    assert usual is not None  # noqa: S101 - each kind of error has its own
    crime_id, report_id = crime_of(session, finding), report_of(session, finding)
    correction = Correction(finding.correction)
    on_crime = crime_id is not None and not (correction.about_a_report and report_id is not None)
    run, item = (
        session.get_one(AuditRun, finding.run_id),
        session.get_one(AuditItem, finding.item_id),
    )
    return Given(
        to_id=finding.person_id,
        error=error,
        reasons=found_words(session, finding),
        crime_id=crime_id if on_crime else None,
        incident_id=None if on_crime else report_id,
        source=Source.AUDIT_FINDING,
        rule_id=usual.rule,
        right_decision=usual.right_decision,
        to_do=usual.to_do,
        correction=correction,
        harm=Harm(finding.severity),
        subject=f"Audit {run.reference}: {item.label}",
    )


def give_feedback_on(  # noqa: PLR0913 - who says what of which finding, when, and what they saw
    session: Session,
    actor: Actor,
    finding_id: int,
    given: Given | None = None,
    *,
    now: datetime,
    version: int | None = None,
) -> int:
    """Give the feedback of a finding: as proposed, or as somebody changed it.

    Returns:
        The feedback item's id.

    Raises:
        InvalidValue: If feedback was given already, or the record is not held here.
        InvalidValues: If it goes to nobody, to oneself, or says too little.
        NotFound: If there is no such finding.
        PermissionRefused: If they may not act on findings or give feedback.
        SomeoneElseChangedIt: If it is closed, or changed since they looked at it.
        StepRefused: With every rule of feedback that forbids it.
    """
    finding = to_act_on(session, actor, finding_id, version=version)
    if not may(actor, Permission.GIVE_FEEDBACK):
        raise PermissionRefused("You may not give feedback.")
    if finding.feedback_item_id is not None:
        raise InvalidValue(GIVEN_ALREADY)
    proposed = feedback_proposed(session, finding)
    if proposed.crime_id is None and proposed.incident_id is None:
        raise InvalidValue(NOT_HERE)
    said = replace(
        given or proposed,
        crime_id=proposed.crime_id,
        incident_id=proposed.incident_id,
        subject=proposed.subject,
    )
    finding.feedback_item_id = feed_back_finding(session, actor, said, now=now)
    session.flush()
    return finding.feedback_item_id


def _record(session: Session, finding: AuditFinding, report_id: int, why: str) -> Opened:
    report = session.get_one(Incident, report_id)
    crime = session.get(AuditCrime, finding.audit_crime_id or 0)
    fields = {
        "offence": crime.offence_class if crime else "",
        "summary": report.account,
        "victim_name": report.victim_name,
        "victim_kind": "person" if report.victim_name else "",
        "flags": "domestic_abuse" if crime and crime.domestic else "",
        "late_reason": why,
    }
    return Opened(
        where=Where.RECORD,
        record_id=report_id,
        fields={name: text for name, text in fields.items() if text},
    )


def _case(  # noqa: PLR0913, PLR0917 - who opens which case, of which report, when
    session: Session, actor: Actor, finding: AuditFinding, key: str, report_id: int, now: datetime
) -> Opened:
    running = _open_case(session, key, Case.incident_id == report_id)
    case = running or open_incident_case(session, actor, key, report_id, now=now)
    session.flush()
    finding.correction_case_id = case.id
    return Opened(where=Where.CASE, reference=case.reference)


def _reclassify(  # noqa: PLR0913, PLR0917 - who opens it, on what, why, when
    session: Session,
    actor: Actor,
    finding: AuditFinding,
    crime_id: int,
    why: str,
    now: datetime,
) -> Opened:
    running = _open_case(session, "reclassification", Case.crime_id == crime_id)
    if running is not None:
        finding.correction_case_id = running.id
        return Opened(where=Where.CASE, reference=running.reference)
    case = open_case(session, actor, "reclassification", crime_id, now=now)
    session.flush()
    crime = session.get(AuditCrime, finding.audit_crime_id or 0)
    said = {
        "new_offence": crime.offence_class if crime else "",
        "why_reclassify": "wrong_from_the_start",
        "what_shows_it": why,
    }
    save_draft(session, actor, case.reference, said, now=now)
    finding.correction_case_id = case.id
    return Opened(where=Where.REQUEST, reference=case.reference)


def _reinstate(session: Session, finding: AuditFinding, crime_id: int, why: str) -> Opened:
    """Return the removal that is to be taken back: the case that removed the crime."""
    case = session.scalars(
        select(Case)
        .where(Case.crime_id == crime_id, Case.workflow == "cancellation", Case.state == "removed")
        .order_by(Case.id.desc())
        .limit(1)
    ).one_or_none()
    if case is None:
        return Opened(where=Where.CRIME, record_id=crime_id)
    finding.correction_case_id = case.id
    return Opened(where=Where.REINSTATE, reference=case.reference, fields={"rationale": why})


def _open_case(session: Session, key: str, about_it: ColumnElement[bool]) -> Case | None:
    return session.scalars(
        select(Case).where(Case.workflow == key, Case.open, about_it).order_by(Case.id).limit(1)
    ).one_or_none()
