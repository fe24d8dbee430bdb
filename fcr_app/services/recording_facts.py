"""What the rules on recording a crime look at, read in three statements."""

from sqlalchemy.orm import Session

from fcr_app.domain.facts import CrimeFacts, CrimeStatus, ForceFacts
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incident_facts import IncidentFacts, RecordingFacts
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.london import to_london
from fcr_app.models import Incident
from fcr_app.services.incident_statements import (
    crimes_statement,
    flags_statement,
    incident_case_statement,
)
from fcr_app.services.joined import Asking, Joined
from fcr_app.services.visibility import sees_every_case, visible_cases


def joined(session: Session, reference: str, asking: Asking) -> Joined | None:
    """Read a case and its report in one statement; None if it can't be seen."""
    statement = incident_case_statement()
    if not sees_every_case(asking.actor):
        statement = statement.where(visible_cases(asking.actor))
    row = session.execute(
        statement,
        {
            "reference": reference,
            "today": to_london(asking.now).date(),
            "form_key": asking.form_key,
        },
    ).one_or_none()
    if row is None:
        return None
    case, incident, crime, offence, decision, *_ = row
    return Joined(
        case=case,
        incident=incident,
        crime=crime,
        offence=offence,
        request=None,
        decision=decision,
        supervisor_id=row.supervisor_id,
        force=ForceFacts(
            has_registered_fcr=bool(row.has_registered_fcr),
            line_manager_may_decide=bool(row.line_manager_may_decide),
            registrar_decides_reserved_codes=row.registrar_decides_reserved_codes is not False,
        ),
        holder_name=row.holder_name or "",
        form_key_used=bool(row.form_key_used),
    )


def build(session: Session, joined: Joined, asking: Asking) -> RecordingFacts:
    """Build the facts that every workflow about a report has."""
    case = joined.case
    supervisors = frozenset({joined.supervisor_id} - {None})
    incident = incident_facts(session, joined.the_incident, supervisors)
    return RecordingFacts(
        actor=asking.actor,
        now=asking.now,
        opened_by_id=case.opened_by_id,
        holder_id=case.claimed_by_id,
        holder_name=joined.holder_name,
        request=case.answers,
        answers=asking.answers,
        incident=incident,
        force=joined.force,
        crime=next((crime for crime in incident.crimes if crime.id == case.crime_id), None),
        decision=joined.decision_facts,
    )


def incident_facts(
    session: Session, incident: Incident, supervisor_ids: frozenset[int | None] = frozenset()
) -> IncidentFacts:
    """Build the facts of one report, with its vulnerabilities and its crimes."""
    flags = session.scalars(flags_statement(), {"incident_id": incident.id})
    touched = {incident.officer_id, incident.received_by_id, incident.entered_by_id}
    return IncidentFacts(
        id=incident.id,
        reference=incident.reference,
        first_reported_at=incident.first_reported_at,
        route=Route(incident.route),
        reporter_type=ReporterType(incident.reporter_type),
        opening_code=OpeningCode(incident.opening_code),
        rape_disclosed_at=incident.rape_disclosed_at,
        sarc_case=SarcCase(incident.sarc_case) if incident.sarc_case else None,
        closing_code=ClosingCode(incident.closing_code) if incident.closing_code else None,
        settled_at=incident.settled_at,
        other_force=incident.other_force,
        other_force_reference=incident.other_force_reference,
        victim_traced=Known(incident.victim_traced),
        victim_confirmed=Known(incident.victim_confirmed),
        victim_willing=Known(incident.victim_willing),
        vulnerabilities=frozenset(Vulnerability(flag) for flag in flags),
        account=incident.account,
        officer_id=incident.officer_id,
        involved=frozenset(person for person in touched if person),
        supervisor_ids=frozenset(person for person in supervisor_ids if person),
        crimes=_crimes(session, incident.id),
    )


def _crimes(session: Session, incident_id: int) -> tuple[CrimeFacts, ...]:
    rows = session.execute(crimes_statement(), {"incident_id": incident_id})
    return tuple(
        CrimeFacts(
            id=row.id,
            number=row.crime_number,
            status=CrimeStatus(row.status),
            offence_class=row.offence_class or "",
            offence_code=row.offence_code or "",
            victim_based=row.victim_or_state is None or "V" in row.victim_or_state,
            recorded_at=row.recorded_at,
        )
        for row in rows
    )
