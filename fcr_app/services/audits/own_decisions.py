"""Nobody reviews what they decided: looked at when a review is begun, whoever was given what."""

from sqlalchemy.orm import Session

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.errors import PermissionRefused
from fcr_app.models import AuditItem
from fcr_app.services.audits.conflicts import may_examine

YOUR_DECISION = (
    "You had a part in this record, so somebody else has to examine it. "
    "Ask the Force Crime Registrar to give it to another auditor."
)


@enforces(force_policy("ROLE-03"), how="Nobody examines a record in an audit that they decided on")
def require_no_part(session: Session, person_id: int, item: AuditItem) -> None:
    """Let a person examine a record.

    Raises:
        PermissionRefused: If they had a part in it.
    """
    if item.id not in may_examine(session, person_id, [item]):
        raise PermissionRefused(YOUR_DECISION)
