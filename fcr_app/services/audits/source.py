"""What an auditor reads beside the questions: the record that was drawn, and what belongs to it.

Nothing of another auditor, of a finding or of feedback is in it, so that it can be read blind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import AuditItem, Case, IncidentCrime
from fcr_app.services import case_parts
from fcr_app.services.audits.source_words import (
    Event,
    Section,
    of_crime,
    of_listed,
    of_report,
)
from fcr_app.services.case_view import title_of
from fcr_app.services.crime_page import crime_page
from fcr_app.services.incident_page import incident_page
from fcr_app.services.loading import load
from fcr_app.services.log import Record, record_view

#: More reports of a crime, crimes of a report or cases than a person reads beside questions.
MOST_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class Source:
    """A record and what belongs to it, section by section."""

    sections: tuple[Section, ...]


def source_of(session: Session, actor: Actor, item: AuditItem, *, now: datetime) -> Source:
    """Return what an auditor reads, and log that they looked at each record of it.

    Raises:
        NotFound: If the person may not see a record that was drawn.
    """
    record_view(session, actor, "audit-item:read", Record.AUDIT, item.run_id, now=now)
    if item.audited_id is not None and _says_nothing(item):
        item = session.get_one(AuditItem, item.audited_id)
    sections = [*_of_case(session, actor, item.case_id, now)] if item.case_id else []
    report_ids, crime_ids = _together(session, item)
    for report_id in report_ids:
        page = incident_page(session, actor, report_id, now=now)
        sections += of_report(page)
    for crime_id in crime_ids:
        sections += of_crime(crime_page(session, actor, crime_id, now=now))
    for case_id in _cases_of(session, item, report_ids, crime_ids):
        sections += _of_case(session, actor, case_id, now)
    sections += of_listed(item.listed)
    return Source(sections=tuple(sections))


def _says_nothing(item: AuditItem) -> bool:
    return item.case_id is None and item.crime_id is None and item.incident_id is None


def _together(session: Session, item: AuditItem) -> tuple[list[int], list[int]]:
    """Return the reports and the crimes that belong to a record, the record itself first."""
    reports = [item.incident_id] if item.incident_id else []
    crimes = [item.crime_id] if item.crime_id else []
    if item.case_id:
        about = session.execute(
            select(Case.incident_id, Case.crime_id).where(Case.id == item.case_id)
        ).one()
        reports += [about[0]] if about[0] and about[0] not in reports else []
        crimes += [about[1]] if about[1] and about[1] not in crimes else []
    pairs = session.execute(
        select(IncidentCrime.incident_id, IncidentCrime.crime_id)
        .where(IncidentCrime.incident_id.in_(reports) | IncidentCrime.crime_id.in_(crimes))
        .order_by(IncidentCrime.linked_at, IncidentCrime.crime_id)
    ).all()
    reports += sorted({report for report, _ in pairs} - set(reports))
    crimes += sorted({crime for _, crime in pairs} - set(crimes))
    return reports[:MOST_SHOWN], crimes[:MOST_SHOWN]


def _cases_of(
    session: Session, item: AuditItem, reports: Sequence[int], crimes: Sequence[int]
) -> Sequence[int]:
    """Return the cases about the reports and crimes, without what is for one person."""
    return session.scalars(
        select(Case.id)
        .where(
            Case.incident_id.in_(reports) | Case.crime_id.in_(crimes),
            Case.addressee_id.is_(None),
            Case.id != (item.case_id or 0),
        )
        .order_by(Case.id)
        .limit(MOST_SHOWN)
    ).all()


def _of_case(session: Session, actor: Actor, case_id: int, now: datetime) -> Iterator[Section]:
    reference = session.scalars(select(Case.reference).where(Case.id == case_id)).one()
    try:
        loaded = load(session, actor, reference, now=now)
    except NotFound:  # a draft is seen by whoever writes it alone
        return
    record_view(session, actor, "case:read", Record.CASE, case_id, now=now)
    workflow = loaded.workflow
    asked = case_parts.answered(workflow, loaded.case.answers, loaded)
    events = tuple(
        Event(
            at=event.at,
            what=event.what,
            who=event.who,
            lines=tuple((one.title, one.text) for one in event.answers),
        )
        for event in case_parts.read_timeline(session, loaded)
    )
    state = workflow.labels[workflow.state(loaded.case.state)]
    yield Section(
        title=f"{workflow.title} {reference}",
        rows=(
            ("What", title_of(loaded)),
            ("Stands", state),
            *((one.title, one.text) for one in asked),
        ),
        events=events,
    )
