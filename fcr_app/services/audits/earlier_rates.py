"""What the last audit of the same line found in each stratum, for Neyman’s allocation."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import Verdict
from fcr_app.models import AuditCrime, AuditItem, AuditReview, AuditRun


def earlier_rates(session: Session, line_key: str) -> dict[str, float]:
    """Return the recording rate of each stratum in the last audit of a line that was signed off."""
    last = (
        select(AuditRun.id)
        .where(AuditRun.line_key == line_key, AuditRun.state == "signed_off", AuditRun.statistical)
        .order_by(AuditRun.period_ends_on.desc(), AuditRun.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    right = AuditCrime.verdict == Verdict.RECORDED.value
    rows = session.execute(
        select(AuditItem.stratum, func.count().filter(right), func.count())
        .select_from(AuditItem)
        .join(AuditReview, AuditReview.item_id == AuditItem.id)
        .join(AuditCrime, AuditCrime.review_id == AuditReview.id)
        .where(
            AuditItem.run_id == last,
            AuditItem.in_sample,
            AuditReview.counts,
            AuditCrime.verdict != Verdict.OVER_RECORDED.value,
        )
        .group_by(AuditItem.stratum)
    )
    return {stratum: recorded / count for stratum, recorded, count in rows}
