"""Everything the page of a report shows, for one person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import About
from fcr_app.errors import NotFound
from fcr_app.models import Case, Crime, Incident, LateRecord, Person, Unit
from fcr_app.services.bulletins_here import bulletins_on_report
from fcr_app.services.crime_page import state_label
from fcr_app.services.equality.access import may_ask_about_report
from fcr_app.services.equality.links import record_of_victim
from fcr_app.services.incident_history import read_history
from fcr_app.services.incident_view import CaseRow, IncidentPage, LateRow, Opener, clock_rule
from fcr_app.services.incidents import NOT_THERE
from fcr_app.services.log import Record, record_view
from fcr_app.services.recording_facts import incident_facts
from fcr_app.services.visibility import visible_cases, visible_crimes, visible_incidents
from fcr_app.workflows import WORKFLOWS, workflow_by_key


def incident_page(
    session: Session, actor: Actor, incident_id: int, *, now: datetime
) -> IncidentPage:
    """Return what the page of a report shows, and log that it was looked at.

    Raises:
        NotFound: If there is no such report, or the person may not see it.
    """
    officer, received_by, entered_by = aliased(Person), aliased(Person), aliased(Person)
    original = aliased(Incident)
    row = session.execute(
        select(
            Incident,
            Unit.name.label("unit"),
            officer.name.label("officer"),
            received_by.name.label("received_by"),
            entered_by.name.label("entered_by"),
            Crime.crime_number,
            original.reference.label("original"),
            original.id.in_(
                select(Incident.id).where(visible_incidents(actor)).correlate(None)
            ).label("sees_original"),
        )
        .outerjoin(Unit, Unit.id == Incident.unit_id)
        .outerjoin(officer, officer.id == Incident.officer_id)
        .outerjoin(received_by, received_by.id == Incident.received_by_id)
        .outerjoin(entered_by, entered_by.id == Incident.entered_by_id)
        .outerjoin(Crime, Crime.id == Incident.found_in_crime_id)
        .outerjoin(original, original.id == Incident.duplicate_of_id)
        .where(Incident.id == incident_id, visible_incidents(actor))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    incident = row[0]
    record_view(session, actor, "incident:read", Record.INCIDENT, incident.id, now=now)
    facts = incident_facts(session, incident)
    cases = _cases(session, actor, incident.id)
    may_change = may(actor, Permission.ENTER_INCIDENTS)
    return IncidentPage(
        row=incident,
        facts=facts,
        now=now,
        rule=clock_rule(incident.first_reported_at),
        unit=row.unit or "",
        officer=row.officer or "",
        received_by=row.received_by or "",
        entered_by=row.entered_by or "",
        found_in=row.crime_number or "",
        original=row.original or "",
        seen_crimes=_seen_crimes(session, actor, incident, facts),
        sees_original=bool(row.sees_original),
        cases=cases,
        openers=_openers(actor, facts, cases) if may_change else (),
        late=_late(session, incident.id),
        history=read_history(session, incident.id),
        may_change=may_change,
        equality_record=record_of_victim(session, actor, incident.id),
        may_begin_equality=may_ask_about_report(session, actor, incident.id),
        bulletins=bulletins_on_report(session, actor, facts, now=now),
    )


def _seen_crimes(
    session: Session, actor: Actor, incident: Incident, facts: IncidentFacts
) -> frozenset[int]:
    """Return which of the crimes that a report names a person may open."""
    named = {crime.id for crime in facts.crimes} | {incident.found_in_crime_id or 0}
    found = select(Crime.id).where(Crime.id.in_(named), visible_crimes(actor))
    return frozenset(session.scalars(found)) if named - {0} else frozenset()


def _cases(session: Session, actor: Actor, incident_id: int) -> list[CaseRow]:
    rows = session.execute(
        select(Case.reference, Case.workflow, Case.state, Case.open, Case.opened_at, Person.name)
        .join(Person, Person.id == Case.opened_by_id)
        .where(Case.incident_id == incident_id, visible_cases(actor))
        .order_by(Case.id.desc())
    )
    return [
        CaseRow(
            reference=row.reference,
            title=workflow_by_key(row.workflow).title,
            state=state_label(row.workflow, row.state),
            open=row.open,
            opened_at=row.opened_at,
            opened_by=row.name,
        )
        for row in rows
    ]


def _openers(actor: Actor, facts: IncidentFacts, cases: Sequence[CaseRow]) -> tuple[Opener, ...]:
    """Return the kinds of case that suit the report, may be opened by the person, and wait."""
    running = {case.title for case in cases if case.open}
    return tuple(
        Opener(key=workflow.key, label=workflow.opener or workflow.title)
        for workflow in WORKFLOWS
        if workflow.about is About.INCIDENT
        and not workflow.private
        and workflow.suits(facts)
        and not (workflow.one_at_a_time and workflow.title in running)
        and any(step.may_be_taken_by(actor) for step in workflow.steps_from(workflow.initial))
    )


def _late(session: Session, incident_id: int) -> list[LateRow]:
    rows = session.execute(
        select(LateRecord, Crime.crime_number)
        .join(Crime, Crime.id == LateRecord.crime_id)
        .where(LateRecord.incident_id == incident_id)
        .order_by(LateRecord.id)
    )
    return [
        LateRow(
            crime_number=number,
            by=late.recorded_at - late.limit_at,
            reason=late.reason,
            verdict=late.verdict,
            remark=late.remark,
        )
        for late, number in rows
    ]
