"""Frames of reports of crime: by their codes, as referrals, with an appointment."""

from typing import Any

from sqlalchemy import Select, func, select

from fcr_app.domain.audits.frame_choices import Narrowed
from fcr_app.domain.audits.words import Strata
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incidents import Route
from fcr_app.models import Appointment, Incident, Unit
from fcr_app.services.audits.frames.shape import (
    Asked,
    Source,
    divided_by,
    found,
    narrow,
    one_of,
    within,
)

#: How a referral comes in.
REFERRED = (Route.PUBLIC_PROTECTION, Route.MASH, Route.SARC, Route.SCHOOL, Route.PARTNER)
_NO_DUPLICATES = "Reports closed as the same report again, which are examined with the first one."
_DIVIDED: dict[Strata, Any] = {
    Strata.OPENING_CODE: Incident.opening_code,
    Strata.CLOSING_CODE: Incident.closing_code,
    Strata.ROUTE: Incident.route,
}


def reports(asked: Asked) -> Source:
    """Return how reports are found by opening and closing code and route."""
    closing = asked.to(Narrowed.CLOSING_CODES)
    statement = narrow(
        _reported(asked),
        one_of(Incident.opening_code, asked.to(Narrowed.OPENING_CODES)),
        one_of(Incident.closing_code, closing),
        one_of(Incident.route, asked.to(Narrowed.ROUTES)),
    )
    if ClosingCode.DUPLICATE.value in closing:
        return Source(parts=(("incident", statement),), taken="Reports first made")
    return Source(
        parts=(("incident", statement.where(_not_a_duplicate())),),
        taken="Reports first made",
        left_out=_NO_DUPLICATES,
    )


def referrals(asked: Asked) -> Source:
    """Return how referrals by public protection, MASH and partners are found."""
    routes = asked.to(Narrowed.ROUTES) or [route.value for route in REFERRED]
    statement = narrow(
        _reported(asked).where(_not_a_duplicate(), Incident.route.in_(routes)),
        one_of(Incident.opening_code, asked.to(Narrowed.OPENING_CODES)),
    )
    said = ", ".join(Route(route).label for route in routes)
    return Source(
        parts=(("incident", statement),),
        taken=f"Reports by these routes: {said}; first made",
        left_out=_NO_DUPLICATES,
    )


def with_appointment(asked: Asked) -> Source:
    """Return how reports are found that had an appointment after the limit to record."""
    late = (
        select(Appointment.incident_id, func.max(Appointment.case_id).label("case_id"))
        .join(Incident, Incident.id == Appointment.incident_id)
        .where(
            within(Appointment.starts_at, asked.span),
            Appointment.starts_at > Incident.record_by_at,
            Appointment.outcome != "cancelled",
        )
        .group_by(Appointment.incident_id)
        .subquery("late")
    )
    statement = narrow(
        found(
            Incident.id,
            Incident.reference,
            divided_by(asked.strata, _DIVIDED),
            incident_id=Incident.id,
            case_id=late.c.case_id,
        )
        .select_from(late)
        .join(Incident, Incident.id == late.c.incident_id)
        .outerjoin(Unit, Unit.id == Incident.unit_id),
        one_of(Incident.opening_code, asked.to(Narrowed.OPENING_CODES)),
    )
    return Source(
        parts=(("incident", statement),),
        taken="Reports with an appointment after the 24 hours to record; the appointment was",
        left_out="Appointments that were cancelled. A report with several is in once.",
    )


def _reported(asked: Asked) -> Select[Any]:
    return (
        found(
            Incident.id,
            Incident.reference,
            divided_by(asked.strata, _DIVIDED),
            incident_id=Incident.id,
        )
        .select_from(Incident)
        .outerjoin(Unit, Unit.id == Incident.unit_id)
        .where(within(Incident.first_reported_at, asked.span))
    )


def _not_a_duplicate() -> Any:
    return Incident.closing_code != ClosingCode.DUPLICATE.value
