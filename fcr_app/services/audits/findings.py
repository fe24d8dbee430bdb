"""Keeps the findings of an audit in step with the review that counts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.finding import Found, findings_of
from fcr_app.domain.audits.questions import questions_of
from fcr_app.domain.audits.words import CountedAs
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import AuditCrime, AuditFinding, AuditItem, AuditReview, AuditRun
from fcr_app.services.audits.kept_reviews import done_reviews
from fcr_app.services.audits.responsible import Responsible, responsible_for
from fcr_app.services.audits.second import is_settled
from fcr_app.services.feedback_limits import correct_by

#: Days that somebody has who is told of an error that nothing on the record puts right.
DAYS_TO_BE_TOLD = 28
TAKEN_BACK = "The FCR’s moderation took the finding back."


def find(session: Session, actor: Actor, item: AuditItem, run: AuditRun, *, now: datetime) -> None:
    """Open a finding for each error of the review that counts, once it is clear what counts.

    A finding that is named again stays, with whatever was done about it. One that is not is
    dropped, or closed where somebody acted on it already.
    """
    session.flush()
    if not is_settled(item):
        return
    review = session.scalars(
        select(AuditReview).where(AuditReview.item_id == item.id, AuditReview.counts)
    ).one()
    given = done_reviews(session, [review])[review.id]
    wanted = findings_of(given, questions_of(run.code, CountedAs(run.counted_as)))
    here = session.scalars(select(AuditFinding).where(AuditFinding.item_id == item.id)).all()
    if not wanted and not here:
        return
    rows = session.scalars(
        select(AuditCrime).where(AuditCrime.review_id == review.id).order_by(AuditCrime.position)
    ).all()
    left = list(here)
    whose = responsible_for(session, item)
    for one in wanted:
        row = rows[one.crime - 1] if one.crime else None
        same = _same(left, one, row)
        if same is None:
            session.add(_opened(session, actor, item, one, row, whose, now))
        else:
            left.remove(same)
            same.audit_crime_id = row.id if row else None
            same.severity, same.correction = one.severity.value, one.correction.value
    for finding in left:
        _take_back(session, finding, now)
    session.flush()


def _same(
    findings: Sequence[AuditFinding], one: Found, row: AuditCrime | None
) -> AuditFinding | None:
    """Return the finding that is named again: of the same crime, or else of the same error."""
    alike = [
        finding
        for finding in findings
        if finding.question == one.question and finding.error_type == one.error.value
    ]
    of_the_row = [one for one in alike if row is not None and one.audit_crime_id == row.id]
    return next(iter([*of_the_row, *alike]), None)


def _opened(  # noqa: PLR0913, PLR0917 - a finding has this many parts
    session: Session,
    actor: Actor,
    item: AuditItem,
    one: Found,
    row: AuditCrime | None,
    whose: Responsible,
    now: datetime,
) -> AuditFinding:
    by = correct_by(session, one.correction, now) if one.correction is not Correction.NONE else None
    return AuditFinding(
        run_id=item.run_id,
        item_id=item.id,
        audit_crime_id=row.id if row else None,
        question=one.question,
        error_type=one.error.value,
        severity=one.severity.value,
        correction=one.correction.value,
        unit_id=one.unit_id or whose.unit_id,
        person_id=one.person_id or whose.person_id,
        opened_at=now,
        opened_by_id=actor.id or None,
        due_on=to_london(by or now + timedelta(days=DAYS_TO_BE_TOLD)).date(),
    )


def _take_back(session: Session, finding: AuditFinding, now: datetime) -> None:
    touched = finding.feedback_item_id or finding.correction_case_id or finding.closed_at
    if not touched:
        session.delete(finding)
        return
    finding.audit_crime_id = None
    if finding.closed_at is None:
        finding.closed_at, finding.closed_how = now, TAKEN_BACK
