"""What an audit found of a record, in sentences: for the reasons of feedback and corrections."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.comparing import crime_words
from fcr_app.domain.audits.questions import EVERY_QUESTION
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.models import (
    AuditAnswer,
    AuditCrime,
    AuditFinding,
    AuditItem,
    AuditReview,
    AuditRun,
)
from fcr_app.services.audits.kept_reviews import crime_of


def found_words(session: Session, finding: AuditFinding) -> str:
    """Return what was found, and the auditor's note: "Audit AUD-2026-0001 found ..."."""
    run = session.get_one(AuditRun, finding.run_id)
    item = session.get_one(AuditItem, finding.item_id)
    error = ErrorType(finding.error_type)
    review = session.scalars(
        select(AuditReview).where(AuditReview.item_id == item.id, AuditReview.counts)
    ).one_or_none()
    parts = [f"Audit {run.reference} found on {item.label}: {error.label.lower()}."]
    crime = session.get(AuditCrime, finding.audit_crime_id or 0)
    question = EVERY_QUESTION.get(finding.question)
    if crime is not None:
        parts.append(f"{crime_words(replace(crime_of(crime), error_type=None))}.")
        parts.append(crime.note)
    elif question is not None and review is not None:
        said = session.scalar(
            select(AuditAnswer.answer).where(
                AuditAnswer.review_id == review.id, AuditAnswer.question == question.name
            )
        )
        parts.append(f"{question.label} {question.says(said or '')}.")
    parts.append(review.note if review else "")
    return "\n".join(part for part in parts if part.strip())
