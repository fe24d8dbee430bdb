"""Frames of crimes: recorded, cancelled, transferred, reclassified; and of their victims."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from fcr_app.domain.audits.frame_choices import Narrowed
from fcr_app.domain.audits.groups import GROUP_OF_CLASS, GROUP_OF_LISTED
from fcr_app.domain.audits.words import Group, Strata
from fcr_app.domain.crimes import VictimKind
from fcr_app.domain.facts import CrimeStatus
from fcr_app.models import Crime, CrimeClass, IncidentCrime, Offence, Unit, Victim
from fcr_app.services.audits.frames.shape import (
    Asked,
    Source,
    divided_by,
    found,
    narrow,
    one_of,
    within,
    within_or_month,
)

_ONLY_RECORDED = "Crimes that were cancelled, transferred or moved to N100 since."
_STANDS = Crime.status == CrimeStatus.RECORDED.value


def offence_group() -> ColumnElement[str]:
    """Return the offence group of a crime, as ``domain.audits.groups`` has it."""
    listed = func.lower(Offence.offence_group)
    return case(
        *((Offence.offence_class == one, group.value) for one, group in GROUP_OF_CLASS.items()),
        *((listed == one, group.value) for one, group in GROUP_OF_LISTED.items()),
        else_=Group.OTHER.value,
    )


def recorded(asked: Asked) -> Source:
    """Return how recorded crimes are found."""
    return Source(
        parts=(("crime", _crimes(asked).where(_recorded_in(asked), _STANDS)),),
        taken="Crimes recorded",
        left_out=_ONLY_RECORDED,
    )


def recorded_directly(asked: Asked) -> Source:
    """Return how crimes are found that were recorded without a report."""
    from_a_report = select(IncidentCrime.crime_id).where(IncidentCrime.crime_id == Crime.id)
    statement = _crimes(asked).where(
        _recorded_in(asked), _STANDS, Crime.incident_key == "", ~from_a_report.exists()
    )
    return Source(
        parts=(("crime", statement),),
        taken="Crimes recorded that name no report and are linked to none; recorded",
        left_out=_ONLY_RECORDED,
    )


def cancelled(asked: Asked) -> Source:
    """Return how cancelled crimes are found, by the day of the cancellation."""
    return Source(
        parts=(("crime", _removed(asked, CrimeStatus.CANCELLED)),),
        taken="Crimes cancelled (C2 to C5)",
        left_out="Transfers to other forces (C1), and rapes that were moved to N100.",
    )


def transferred(asked: Asked) -> Source:
    """Return how crimes are found that were transferred to another force."""
    return Source(
        parts=(("crime", _removed(asked, CrimeStatus.TRANSFERRED)),),
        taken="Crimes transferred to another force (C1)",
    )


def reclassified(asked: Asked) -> Source:
    """Return how crimes are found whose class was changed."""
    changed = select(CrimeClass.crime_id).where(within(CrimeClass.at, asked.span))
    return Source(
        parts=(("crime", _crimes(asked).where(Crime.id.in_(changed))),),
        taken="Crimes whose class was changed",
        left_out="Nothing. A crime whose class was changed twice is in once.",
    )


def victims(asked: Asked) -> Source:
    """Return how the victims of recorded crimes are found who are people."""
    begun = found(Victim.id, Crime.crime_number, _divided(asked), crime_id=Crime.id)
    statement = _of_crimes(
        asked, begun.select_from(Crime).join(Victim, Victim.crime_id == Crime.id)
    ).where(_recorded_in(asked), _STANDS, Victim.kind == VictimKind.PERSON.value)
    return Source(
        parts=(("victim", statement),),
        taken="Victims of crimes recorded",
        left_out=f"Businesses and other organisations. {_ONLY_RECORDED}",
    )


def _crimes(asked: Asked) -> Select[Any]:
    begun = found(Crime.id, Crime.crime_number, _divided(asked), crime_id=Crime.id)
    return _of_crimes(asked, begun.select_from(Crime))


def _of_crimes(asked: Asked, begun: Select[Any]) -> Select[Any]:
    return narrow(
        begun.outerjoin(Offence, Offence.id == Crime.offence_id).outerjoin(
            Unit, Unit.id == Crime.unit_id
        ),
        one_of(offence_group(), asked.to(Narrowed.GROUPS)),
    )


def _removed(asked: Asked, status: CrimeStatus) -> Select[Any]:
    return narrow(
        _crimes(asked).where(within(Crime.removed_at, asked.span), Crime.status == status.value),
        one_of(Crime.removal_code, asked.to(Narrowed.REMOVAL_CODES)),
    )


def _recorded_in(asked: Asked) -> ColumnElement[bool]:
    return within_or_month(Crime.recorded_at, Crime.recorded_month, asked.span)


def _divided(asked: Asked) -> Any:
    columns = {
        Strata.OFFENCE_GROUP: offence_group(),
        Strata.REMOVAL_CODE: func.coalesce(Crime.removal_code, ""),
    }
    return divided_by(asked.strata, columns)
