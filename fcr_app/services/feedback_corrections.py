"""What the record shows to have been put right since feedback was sent.

Nobody types that a record was corrected: a crime that was recorded is there, a victim who was told
is on record as told. Each correction is one question to the tables.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, literal, or_, select, union_all
from sqlalchemy.orm import Session

from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.feedback.items import Correction
from fcr_app.models import (
    Case,
    Crime,
    CrimeClass,
    Decision,
    EqualityRecord,
    FeedbackItem,
    IncidentCrime,
    ReportedIncident,
    Victim,
    VictimNotice,
)

STANDS = Crime.status == CrimeStatus.RECORDED.value


def seen_on_record(session: Session, item: FeedbackItem) -> dict[Correction, str]:
    """Return each correction that happened after an item was sent, with what shows it."""
    asked = [
        select(literal(correction.value).label("correction"), part.subquery().c.shown)
        for correction, show in SHOWN.items()
        for part in [show(item).limit(1)]
    ]
    rows = session.execute(union_all(*asked))
    return {Correction(row.correction): row.shown for row in rows}


def possible_on(session: Session, item: FeedbackItem) -> frozenset[Correction]:
    """Return the corrections that there can be on what an item is about."""
    found = {Correction.COMPLETE_EQUALITY}
    if item.incident_id is not None:
        found |= {one for one in Correction if one.about_a_report}
    if item.crime_id is not None:
        found |= {Correction.RECLASSIFY, Correction.TELL_VICTIM}
        status = session.scalar(select(Crime.status).where(Crime.id == item.crime_id))
        if status != CrimeStatus.RECORDED.value:
            found.add(Correction.REINSTATE)
    return frozenset(found)


def _crime_recorded(item: FeedbackItem) -> Select[Any]:
    return (
        select(("Crime " + Crime.crime_number + " was recorded").label("shown"))
        .join(IncidentCrime, IncidentCrime.crime_id == Crime.id)
        .where(
            IncidentCrime.incident_id == item.incident_id,
            Crime.created_at > item.created_at,
            STANDS,
        )
    )


def _n100_created(item: FeedbackItem) -> Select[Any]:
    return (
        select(("N100 " + Case.reference + " was created").label("shown"))
        .join(ReportedIncident, ReportedIncident.case_id == Case.id)
        .where(
            Case.incident_id == item.incident_id,
            ReportedIncident.kind == "n100",
            ReportedIncident.coded_at > item.created_at,
            ReportedIncident.verdict != "cancelled",
        )
    )


def _reclassified(item: FeedbackItem) -> Select[Any]:
    return (
        select(("Crime " + Crime.crime_number + " has another class").label("shown"))
        .join(CrimeClass, CrimeClass.crime_id == Crime.id)
        .where(Crime.id == item.crime_id, CrimeClass.at > item.created_at)
    )


def _reinstated(item: FeedbackItem) -> Select[Any]:
    return (
        select(("Crime " + Crime.crime_number + " was reinstated").label("shown"))
        .join(Case, Case.crime_id == Crime.id)
        .join(Decision, Decision.case_id == Case.id)
        .where(
            Crime.id == item.crime_id,
            STANDS,
            Decision.outcome == "reinstated",
            Decision.decided_at > item.created_at,
        )
    )


def _victim_told(item: FeedbackItem) -> Select[Any]:
    return _told("The victim was told, on record in ", Case.crime_id == item.crime_id, item)


def _reporter_told(item: FeedbackItem) -> Select[Any]:
    about = (Case.incident_id == item.incident_id) & (Case.workflow == "not_recorded")
    return _told("Whoever reported it was told, on record in ", about, item)


def _told(words: str, about: ColumnElement[bool], item: FeedbackItem) -> Select[Any]:
    return (
        select((literal(words) + Case.reference).label("shown"))
        .join(VictimNotice, VictimNotice.case_id == Case.id)
        .where(about, VictimNotice.recorded_at > item.created_at)
    )


def _equality_complete(item: FeedbackItem) -> Select[Any]:
    """Ask for a record that was completed since, where none is incomplete."""
    complete = _records(item) & (EqualityRecord.completed_at > item.created_at)
    incomplete = _records(item) & EqualityRecord.completed_at.is_(None)
    left = exists(select(EqualityRecord.id).where(incomplete).correlate(None))
    return (
        select(literal("The equality record is complete").label("shown"))
        .select_from(EqualityRecord)
        .where(complete, ~left)
    )


def _records(item: FeedbackItem) -> ColumnElement[bool]:
    """Return the condition on ``EqualityRecord`` that it is of a victim of what an item is about.

    A crime's victims; of a report, its own.
    """
    if item.crime_id is None:
        return EqualityRecord.incident_id == item.incident_id
    of_the_crime = select(Victim.equality_record_id).where(Victim.crime_id == item.crime_id)
    return or_(false(), EqualityRecord.id.in_(of_the_crime.correlate(None)))


SHOWN: dict[Correction, Callable[[FeedbackItem], Select[Any]]] = {
    Correction.RECORD_CRIME: _crime_recorded,
    Correction.RECORD_N100: _n100_created,
    Correction.RECLASSIFY: _reclassified,
    Correction.REINSTATE: _reinstated,
    Correction.TELL_VICTIM: _victim_told,
    Correction.TELL_REPORTER: _reporter_told,
    Correction.COMPLETE_EQUALITY: _equality_complete,
}


def sent_before(now: datetime) -> ColumnElement[bool]:
    """Return the condition on ``FeedbackItem`` that it waits for its record, sent by a moment."""
    return (
        FeedbackItem.correct_by_at.is_not(None)
        & FeedbackItem.corrected_at.is_(None)
        & FeedbackItem.closed_at.is_(None)
        & (FeedbackItem.created_at < now)
    )
