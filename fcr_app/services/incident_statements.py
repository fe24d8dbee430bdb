"""The statements behind a case about a report of a crime, built once (see case_statements)."""

from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, Select, String, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from fcr_app.models import (
    Case,
    CaseStep,
    Crime,
    Decision,
    Force,
    Incident,
    IncidentCrime,
    IncidentFlag,
    Offence,
    Person,
)
from fcr_app.services.case_statements import registered_fcr_on


@cache
def incident_case_statement() -> Select[*tuple[Any, ...]]:
    """Read a case, its report and what surrounds them.

    Values: ``reference``, ``today`` (London date), ``form_key`` (or None).
    """
    latest, holder, officer = aliased(Decision), aliased(Person), aliased(Person)
    return (
        select(
            Case,
            Incident,
            Crime,
            Offence,
            latest,
            Force.line_manager_may_decide,
            Force.registrar_decides_reserved_codes,
            holder.name.label("holder_name"),
            officer.supervisor_id.label("supervisor_id"),
            registered_fcr_on(bindparam("today", type_=Date)).label("has_registered_fcr"),
            exists()
            .where(
                CaseStep.case_id == Case.id,
                CaseStep.form_key == bindparam("form_key", type_=String),
            )
            .label("form_key_used"),
        )
        .join(Incident, Incident.id == Case.incident_id)
        .outerjoin(Crime, Crime.id == Case.crime_id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .outerjoin(
            latest,
            latest.id
            == select(func.max(Decision.id))
            .where(Decision.case_id == Case.id)
            .correlate(Case)
            .scalar_subquery(),
        )
        .outerjoin(holder, holder.id == Case.claimed_by_id)
        .outerjoin(officer, officer.id == Incident.officer_id)
        .outerjoin(Force, Force.id == 1)
        .where(Case.reference == bindparam("reference", type_=String))
        .execution_options(populate_existing=True)
    )


@cache
def flags_statement() -> Select[*tuple[Any, ...]]:
    """Read what makes the victim of a report vulnerable. Value: ``incident_id``."""
    return select(IncidentFlag.flag).where(
        IncidentFlag.incident_id == bindparam("incident_id", type_=Integer)
    )


@cache
def crimes_statement() -> Select[*tuple[Any, ...]]:
    """Read the crimes recorded from a report, the oldest first. Value: ``incident_id``."""
    return (
        select(
            Crime.id,
            Crime.crime_number,
            Crime.status,
            Crime.recorded_at,
            Offence.offence_class,
            Offence.offence_code,
            Offence.victim_or_state,
        )
        .join(IncidentCrime, IncidentCrime.crime_id == Crime.id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .where(IncidentCrime.incident_id == bindparam("incident_id", type_=Integer))
        .order_by(IncidentCrime.linked_at, Crime.id)
    )
