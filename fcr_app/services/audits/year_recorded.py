"""How many crimes were recorded in a year: what a rate is multiplied by (reference, 1.3)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.groups import FRAUD, group_of
from fcr_app.domain.audits.recurrence import Span, months_later
from fcr_app.domain.audits.words import Group
from fcr_app.domain.facts import CrimeStatus
from fcr_app.models import Crime, Offence
from fcr_app.services.audits.frames.shape import within_or_month

_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class YearRecorded:
    """Crimes recorded in the 12 months to the end of a period, without fraud.

    Attributes:
        by_family: Of them, by family of offences; rape is among the sexual ones.
        source: Where the numbers come from, in words.
    """

    count: int
    by_family: dict[str, int] = field(default_factory=dict)
    source: str


def year_recorded(session: Session, period: Span) -> YearRecorded:
    """Count the crimes that this system has as recorded in a year, in one statement."""
    first = months_later(period.ends_on + timedelta(days=1), -_MONTHS)
    year = Span(first, period.ends_on)
    rows = session.execute(
        select(Offence.offence_class, Offence.offence_group, func.count())
        .select_from(Crime)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .where(
            within_or_month(Crime.recorded_at, Crime.recorded_month, year),
            Crime.status == CrimeStatus.RECORDED.value,
        )
        .group_by(Offence.offence_class, Offence.offence_group)
    ).all()
    by_family: Counter[str] = Counter()
    for offence_class, listed, count in rows:
        if not (listed or "").lower().startswith(FRAUD):
            group = group_of(offence_class or "", listed or "")
            by_family[(Group.SEXUAL if group is Group.RAPE else group).value] += count
    return YearRecorded(
        count=by_family.total(),
        by_family=dict(sorted(by_family.items())),
        source=f"Counted in this system: recorded from {year}, without fraud.",
    )
