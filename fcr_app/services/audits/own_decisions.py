"""Who had a part in a record, and so does not examine it: nobody reviews what they decided."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import CompoundSelect, Select

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.errors import PermissionRefused
from fcr_app.models import (
    AuditItem,
    AuditReview,
    Case,
    CaseStep,
    Crime,
    CrimePerson,
    Incident,
    IncidentChange,
    IncidentCrime,
)

YOUR_DECISION = (
    "You had a part in this record, so somebody else has to examine it. "
    "Ask the Force Crime Registrar to give it to another auditor."
)


def people_in(session: Session, items: Sequence[AuditItem]) -> Mapping[int, frozenset[int]]:
    """Return who had a part in each record: by the item's id, the ids of people.

    They dealt with the crime, the report or a case about either, or audited it. The report of a
    crime belongs to the crime, and its crimes to the report. Takes one statement for any number.
    """
    found: dict[int, set[int]] = defaultdict(set)
    if items:
        for item_id, person_id in session.execute(_parts([item.id for item in items])):
            if person_id is not None:
                found[item_id].add(person_id)
    return {item.id: frozenset(found[item.id]) for item in items}


@enforces(force_policy("ROLE-03"), how="Nobody examines a record in an audit that they decided on")
def require_no_part(session: Session, person_id: int, item: AuditItem) -> None:
    """Let a person examine a record.

    Raises:
        PermissionRefused: If they had a part in it.
    """
    if person_id in people_in(session, [item])[item.id]:
        raise PermissionRefused(YOUR_DECISION)


def _parts(ids: Sequence[int]) -> CompoundSelect[int, int | None]:
    """Return the statement for pairs of an item and somebody who had a part in its record."""
    of_crimes = (
        select(AuditItem.id.label("item_id"), AuditItem.crime_id.label("crime_id"))
        .where(AuditItem.id.in_(ids), AuditItem.crime_id.is_not(None))
        .union(
            select(AuditItem.id, IncidentCrime.crime_id)
            .join(IncidentCrime, IncidentCrime.incident_id == AuditItem.incident_id)
            .where(AuditItem.id.in_(ids))
        )
        .cte("crimes_of_items")
    )
    of_reports = (
        select(AuditItem.id.label("item_id"), AuditItem.incident_id.label("incident_id"))
        .where(AuditItem.id.in_(ids), AuditItem.incident_id.is_not(None))
        .union(
            select(AuditItem.id, IncidentCrime.incident_id)
            .join(IncidentCrime, IncidentCrime.crime_id == AuditItem.crime_id)
            .where(AuditItem.id.in_(ids))
        )
        .cte("reports_of_items")
    )
    of_cases = (
        select(AuditItem.id.label("item_id"), AuditItem.case_id.label("case_id"))
        .where(AuditItem.id.in_(ids), AuditItem.case_id.is_not(None))
        .union(
            select(of_crimes.c.item_id, Case.id)
            .join(Case, Case.crime_id == of_crimes.c.crime_id)
            .where(Case.addressee_id.is_(None)),
            select(of_reports.c.item_id, Case.id)
            .join(Case, Case.incident_id == of_reports.c.incident_id)
            .where(Case.addressee_id.is_(None)),
        )
        .cte("cases_of_items")
    )
    crime, report, case = of_crimes.c, of_reports.c, of_cases.c
    parts: list[Select[int, int | None]] = [
        select(crime.item_id, Crime.oic_id).join(Crime, Crime.id == crime.crime_id),
        select(crime.item_id, CrimePerson.person_id).join(
            CrimePerson, CrimePerson.crime_id == crime.crime_id
        ),
        select(case.item_id, Case.opened_by_id).join(Case, Case.id == case.case_id),
        select(case.item_id, CaseStep.actor_id).join(CaseStep, CaseStep.case_id == case.case_id),
        select(report.item_id, IncidentChange.person_id).join(
            IncidentChange, IncidentChange.incident_id == report.incident_id
        ),
        *(
            select(report.item_id, column).join(Incident, Incident.id == report.incident_id)
            for column in (Incident.officer_id, Incident.received_by_id, Incident.entered_by_id)
        ),
        # In an audit of audits, whoever examined it.
        select(AuditItem.id, AuditReview.auditor_id)
        .join(AuditReview, AuditReview.item_id == AuditItem.audited_id)
        .where(AuditItem.id.in_(ids)),
    ]
    return union_all(*parts)
