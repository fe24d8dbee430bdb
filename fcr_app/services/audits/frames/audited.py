"""The frame of an audit of the auditors: records whose review was done in a period."""

from fcr_app.models import AuditItem, AuditRun
from fcr_app.services.audits.frames.shape import WHOLE, Asked, Source, found, within

#: An audit of auditors is not audited by the next one.
AUDIT_OF_AUDITORS = "A18"


def audited(asked: Asked) -> Source:
    """Return how records are found whose first review was done in a period."""
    statement = (
        found(
            AuditItem.id,
            AuditRun.reference.op("||")(", ").op("||")(AuditItem.label),
            WHOLE,
            crime_id=AuditItem.crime_id,
            incident_id=AuditItem.incident_id,
            case_id=AuditItem.case_id,
            audited_id=AuditItem.id,
        )
        .select_from(AuditItem)
        .join(AuditRun, AuditRun.id == AuditItem.run_id)
        .where(
            within(AuditItem.done_at, asked.span),
            AuditItem.in_sample,
            AuditRun.code != AUDIT_OF_AUDITORS,
            AuditRun.state != "abandoned",
        )
    )
    return Source(
        parts=(("item", statement),),
        taken="Records of audits whose first review was done",
        left_out="Records of audits of the auditors, and of audits that were given up.",
    )
