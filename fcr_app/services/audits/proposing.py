"""What the record itself proposes, so that an auditor says only what is wrong: its crimes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.groups import group_of
from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven, band_of
from fcr_app.domain.audits.questions import asks_for_crimes
from fcr_app.domain.audits.words import CountedAs
from fcr_app.domain.crimes import Flag
from fcr_app.models import AuditItem, AuditRun, Crime, CrimeFlag, IncidentCrime, Offence


def proposed(session: Session, item: AuditItem, run: AuditRun) -> ReviewGiven:
    """Return the recorded crimes of a record with what is known of each, and no verdict.

    Of a report those recorded from it or linked to it; of a crime itself.
    """
    if not asks_for_crimes(CountedAs(run.counted_as)):
        return ReviewGiven(answers={})
    linked = select(IncidentCrime.crime_id).where(IncidentCrime.incident_id == item.incident_id)
    wanted = Crime.id == item.crime_id if item.crime_id else Crime.id.in_(linked)
    rows = session.execute(
        select(Crime, Offence).outerjoin(Offence, Offence.id == Crime.offence_id).where(wanted)
    ).all()
    domestic = set(
        session.scalars(
            select(CrimeFlag.crime_id).where(
                CrimeFlag.crime_id.in_([crime.id for crime, _ in rows]),
                CrimeFlag.flag == Flag.DOMESTIC_ABUSE.value,
            )
        )
    )
    return ReviewGiven(
        answers={},
        crimes=tuple(
            _as_recorded(crime, offence, domestic=crime.id in domestic)
            for crime, offence in sorted(rows, key=lambda row: row[0].id)
        ),
    )


def _as_recorded(crime: Crime, offence: Offence | None, *, domestic: bool) -> CrimeGiven:
    return CrimeGiven(
        crime_id=crime.id,
        offence_class=offence.offence_class if offence else "",
        offence_group=group_of(offence.offence_class, offence.offence_group) if offence else None,
        domestic=domestic,
        band=band_of(crime.reported_at, crime.recorded_at),
        unit_id=crime.unit_id,
        person_id=crime.oic_id,
    )
