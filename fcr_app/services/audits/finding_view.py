"""One finding, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.feedback.sources import rule_text
from fcr_app.domain.feedback.suggestions import suggestion
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import AuditFinding
from fcr_app.services.audits.finding_closing import crime_of, report_of
from fcr_app.services.audits.finding_list import FindingRow, finding_rows, row_of
from fcr_app.services.audits.finding_words import found_words
from fcr_app.services.log import Record, record_view


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """A finding with what is said about such an error.

    Attributes:
        words: What the audit found, in sentences.
        rule: The rule that such an error breaks, with its source; empty where there is none.
        crime_id: The recorded crime it is about, if it is about one.
        incident_id: The report it is about, if it is about one.
    """

    row: FindingRow
    words: str
    rule: str
    right_decision: str
    crime_id: int | None
    incident_id: int | None

    @property
    def correctable(self) -> bool:
        """Whether something on the record puts it right."""
        return self.row.correction is not Correction.NONE

    @property
    def held_here(self) -> bool:
        """Whether this system holds the record."""
        return self.crime_id is not None or self.incident_id is not None


def finding_view(session: Session, actor: Actor, finding_id: int, *, now: datetime) -> FindingView:
    """Return one finding, and log that it was looked at.

    Raises:
        NotFound: If there is no such finding.
    """
    row = session.execute(finding_rows().where(AuditFinding.id == finding_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such finding.")
    finding = row[0]
    record_view(session, actor, "audit-finding:read", Record.AUDIT, finding.run_id, now=now)
    shown = row_of(row, to_london(now).date())
    usual = suggestion(shown.error)
    return FindingView(
        row=shown,
        words=found_words(session, finding),
        rule=rule_text(usual.rule) if usual else "",
        right_decision=usual.right_decision if usual else "",
        crime_id=crime_of(session, finding),
        incident_id=report_of(session, finding),
    )
