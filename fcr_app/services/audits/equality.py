"""Counts the crimes of an audit by what is known of their victims."""

from collections import defaultdict

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.audit_figures.equality import SHOWN, EqualityCell
from fcr_app.domain.audits.words import Group, Verdict
from fcr_app.domain.equality.items import Item
from fcr_app.models import (
    AuditCrime,
    AuditItem,
    AuditReview,
    EqualityAnswer,
    EqualityRecord,
    Victim,
)


def equality_cells(session: Session, run_id: int) -> list[EqualityCell]:
    """Return the crimes that should exist by group of each characteristic that is shown.

    A crime counts once: with the victim of its report, or else the first of its own victims. One
    statement for each characteristic, whatever the number of records.
    """
    return [cell for item in SHOWN for cell in _of(session, run_id, item)]


def _of(session: Session, run_id: int, item: Item) -> list[EqualityCell]:
    of_report = (
        select(EqualityRecord.id)
        .where(EqualityRecord.incident_id == AuditItem.incident_id)
        .correlate(AuditItem)
        .scalar_subquery()
    )
    crime_id = func.coalesce(AuditCrime.crime_id, AuditItem.crime_id)
    of_crime = (
        select(func.min(Victim.equality_record_id))
        .where(Victim.crime_id == crime_id)
        .correlate(AuditItem, AuditCrime)
        .scalar_subquery()
    )
    is_recorded = or_(
        AuditCrime.verdict == Verdict.RECORDED.value,
        and_(
            AuditCrime.verdict == Verdict.WRONG_CLASS.value,
            AuditCrime.offence_group != Group.RAPE.value,
        ),
    )
    group = func.coalesce(EqualityAnswer.group, "")
    rows = session.execute(
        select(group, is_recorded, func.count())
        .select_from(AuditItem)
        .join(AuditReview, and_(AuditReview.item_id == AuditItem.id, AuditReview.counts))
        .join(AuditCrime, AuditCrime.review_id == AuditReview.id)
        .outerjoin(
            EqualityAnswer,
            and_(
                EqualityAnswer.record_id == func.coalesce(of_report, of_crime),
                EqualityAnswer.item == item.value,
                EqualityAnswer.superseded_at.is_(None),
            ),
        )
        .where(
            AuditItem.run_id == run_id,
            AuditItem.in_sample,
            AuditCrime.verdict != Verdict.OVER_RECORDED.value,
        )
        .group_by(group, is_recorded)
        .order_by(group)
    )
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, recorded, count in rows:
        found[name][0 if recorded else 1] += count
    return [
        EqualityCell(item=item, group=name, recorded=counts[0], missing=counts[1])
        for name, counts in found.items()
    ]
