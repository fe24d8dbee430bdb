"""Frames of rape: each matter once, as a report, an N100 or a crime; and of N100s alone."""

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.rules import RAPE_CLASSES
from fcr_app.models import Case, Crime, Incident, IncidentCrime, Offence, ReportedIncident, Unit
from fcr_app.services.audits.frames.shape import (
    Asked,
    Source,
    divided_by,
    found,
    within,
    within_or_month,
)


def rapes(asked: Asked) -> Source:
    """Return how reports of rape are found, and N100s and crimes that came without one.

    A matter is in once: under its report where there is one that tells of rape, whenever that
    was made, so that it is examined with the month of the report.
    """
    return Source(
        parts=(
            ("incident", _rape_reports(asked)),
            ("case", _n100s(asked).where(~_under_a_report(Case.incident_id))),
            ("crime", _rape_crimes(asked)),
        ),
        taken="Reports of rape, N100s and crimes of rape; reported, coded or recorded",
        left_out=(
            "N100s and crimes that came from a report of rape, which are examined with that "
            "report; reports closed as the same report again; crimes cancelled or transferred "
            "since."
        ),
    )


def n100s(asked: Asked) -> Source:
    """Return how N100s are found."""
    return Source(parts=(("case", _n100s(asked)),), taken="N100s created")


def _tells_of_rape() -> ColumnElement[bool]:
    return or_(
        Incident.opening_code == OpeningCode.RAPE.value, Incident.rape_disclosed_at.is_not(None)
    )


def _rape_reports(asked: Asked) -> Select[Any]:
    return (
        found(
            Incident.id,
            Incident.reference,
            divided_by(asked.strata, {}),
            incident_id=Incident.id,
        )
        .select_from(Incident)
        .outerjoin(Unit, Unit.id == Incident.unit_id)
        .where(
            within(Incident.first_reported_at, asked.span),
            _tells_of_rape(),
            Incident.closing_code != ClosingCode.DUPLICATE.value,
        )
    )


def _n100s(asked: Asked) -> Select[Any]:
    return (
        found(
            Case.id,
            Case.reference,
            divided_by(asked.strata, {}),
            crime_id=Case.crime_id,
            incident_id=Case.incident_id,
            case_id=Case.id,
        )
        .select_from(ReportedIncident)
        .join(Case, Case.id == ReportedIncident.case_id)
        .outerjoin(Unit, Unit.id == Case.unit_id)
        .where(ReportedIncident.kind == "n100", within(ReportedIncident.coded_at, asked.span))
    )


def _rape_crimes(asked: Asked) -> Select[Any]:
    reported = (
        select(IncidentCrime.crime_id)
        .join(Incident, Incident.id == IncidentCrime.incident_id)
        .where(IncidentCrime.crime_id == Crime.id, _tells_of_rape())
    )
    return (
        found(Crime.id, Crime.crime_number, divided_by(asked.strata, {}), crime_id=Crime.id)
        .select_from(Crime)
        .join(Offence, Offence.id == Crime.offence_id)
        .outerjoin(Unit, Unit.id == Crime.unit_id)
        .where(
            within_or_month(Crime.recorded_at, Crime.recorded_month, asked.span),
            Offence.offence_class.in_(sorted(RAPE_CLASSES)),
            Crime.status == CrimeStatus.RECORDED.value,
            ~reported.exists(),
        )
    )


def _under_a_report(incident_id: Any) -> ColumnElement[bool]:
    told = select(Incident.id).where(Incident.id == incident_id, _tells_of_rape())
    return told.exists()
