"""Who had a hand in a record, and so may not examine it: nobody audits what they decided."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.models import (
    AuditItem,
    AuditReview,
    Case,
    CaseStep,
    Crime,
    CrimeClass,
    CrimePerson,
    Decision,
    Incident,
    IncidentChange,
    IncidentCrime,
    LateRecord,
    ReportedIncident,
)

#: Ids in one statement, which names them once for each way of having a hand in a record.
AT_A_TIME = 500


@enforces(force_policy("ROLE-03"), how="Nobody is given a record that they had a hand in")
def had_a_hand(
    session: Session, records: Iterable[Any], people: Collection[int]
) -> dict[int, set[str]]:
    """Return the records that each of some people had a hand in, by identifier.

    They decided on it, recorded or classified it, or it was theirs to deal with; so with the
    report of a crime and the crimes of a report. Of an audited record, they audited it.

    Args:
        records: Each with ``identifier``, ``crime_id``, ``incident_id``, ``case_id`` and
            ``audited_id``: rows of ``AuditItem``, or records of a frame.
    """
    listed = list(records)
    barred: dict[int, set[str]] = defaultdict(set)
    for about, ways in _WAYS.items():
        identifiers = defaultdict(set)
        for record in listed:
            if (about_id := getattr(record, about)) is not None:
                identifiers[about_id].add(record.identifier)
        for some in _some_at_a_time(sorted(identifiers)):
            found = union_all(*(_among(way, some, people) for way in ways))
            for about_id, person_id in session.execute(found):
                barred[person_id] |= identifiers[about_id]
    return barred


def may_examine(session: Session, person_id: int, items: Sequence[AuditItem]) -> set[int]:
    """Return the ids of those items that a person may examine: they had no hand in them."""
    barred = had_a_hand(session, items, [person_id]).get(person_id, set())
    return {item.id for item in items if item.identifier not in barred}


def _some_at_a_time(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), AT_A_TIME):
        yield ids[first : first + AT_A_TIME]


#: What a record is about, and who had a hand in it.
Way = tuple[Any, Any, Select[Any]]


def _way(about: Any, person: Any, *joins: tuple[Any, Any]) -> Way:
    statement = select(about, person).select_from(about.class_)
    for table, on in joins:
        statement = statement.join(table, on)
    return about, person, statement


def _among(way: Way, ids: Sequence[int], people: Collection[int]) -> Select[Any]:
    about, person, statement = way
    return statement.where(about.in_(ids), person.in_(people)).distinct()


def _by_cases(about: Any, *joins: tuple[Any, Any]) -> tuple[Way, ...]:
    """Return the ways by cases: asked for, took a step, decided, checked.

    Not by those that are for one person: who gave feedback decided nothing.
    """
    case = Case.addressee_id.is_(None)
    ways = (
        _way(about, Case.opened_by_id, *joins),
        _way(about, CaseStep.actor_id, *joins, (CaseStep, CaseStep.case_id == Case.id)),
        _way(about, Decision.decided_by_id, *joins, (Decision, Decision.case_id == Case.id)),
        _way(
            about,
            ReportedIncident.checked_by_id,
            *joins,
            (ReportedIncident, ReportedIncident.case_id == Case.id),
        ),
    )
    return tuple((about, person, statement.where(case)) for about, person, statement in ways)


def _by_crime(about: Any, *joins: tuple[Any, Any]) -> tuple[Way, ...]:
    return (
        _way(about, Crime.oic_id, *joins),
        _way(about, CrimePerson.person_id, *joins, (CrimePerson, CrimePerson.crime_id == Crime.id)),
        _way(about, CrimeClass.by_id, *joins, (CrimeClass, CrimeClass.crime_id == Crime.id)),
    )


def _by_report(about: Any, *joins: tuple[Any, Any]) -> tuple[Way, ...]:
    change = (IncidentChange, IncidentChange.incident_id == Incident.id)
    return (
        _way(about, Incident.officer_id, *joins),
        _way(about, Incident.received_by_id, *joins),
        _way(about, Incident.entered_by_id, *joins),
        _way(about, IncidentChange.person_id, *joins, change),
    )


_CRIME_OF = (Crime, Crime.id == IncidentCrime.crime_id)
_REPORT_OF = (Incident, Incident.id == IncidentCrime.incident_id)
#: For what a record is about: the ways in which somebody had a hand in it.
_WAYS: dict[str, tuple[Way, ...]] = {
    "crime_id": (
        *_by_crime(Crime.id),
        *_by_cases(Case.crime_id),
        _way(IncidentCrime.crime_id, IncidentCrime.linked_by_id),
        _way(LateRecord.crime_id, LateRecord.reviewed_by_id),
        *_by_report(IncidentCrime.crime_id, _REPORT_OF),
        *_by_cases(IncidentCrime.crime_id, (Case, Case.incident_id == IncidentCrime.incident_id)),
    ),
    "incident_id": (
        *_by_report(Incident.id),
        *_by_cases(Case.incident_id),
        _way(IncidentCrime.incident_id, IncidentCrime.linked_by_id),
        _way(LateRecord.incident_id, LateRecord.reviewed_by_id),
        *_by_crime(IncidentCrime.incident_id, _CRIME_OF),
        *_by_cases(IncidentCrime.incident_id, (Case, Case.crime_id == IncidentCrime.crime_id)),
    ),
    "case_id": _by_cases(Case.id),
    "audited_id": (
        _way(AuditItem.id, AuditItem.auditor_id),
        _way(AuditItem.id, AuditItem.second_auditor_id),
        _way(AuditReview.item_id, AuditReview.auditor_id),
    ),
}
