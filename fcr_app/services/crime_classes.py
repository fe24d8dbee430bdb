"""The classes a crime has had: changing the present one, and reading them all (CLS-01, CLS-02)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from fcr_app.models import Case, Crime, CrimeClass, Offence, Person
from fcr_app.services.crime_choices import offence_label


@dataclass(frozen=True, kw_only=True)
class ClassChange:
    """A change of class, as the page of the crime shows it.

    Attributes:
        reference: The case that decided it; empty for an import.
    """

    before: str
    after: str
    at: datetime
    who: str
    reason: str
    reference: str


def change_class(  # noqa: PLR0913 - what becomes of which crime, by whom, why and when
    session: Session,
    crime: Crime,
    offence_id: int,
    *,
    by_id: int,
    reason: str,
    case_id: int,
    now: datetime,
) -> None:
    """Give a crime another class and keep the one before it; its first class never changes."""
    assert crime.offence_id is not None  # noqa: S101 - rules refuse a crime without a class
    session.add(
        CrimeClass(
            crime_id=crime.id,
            from_offence_id=crime.offence_id,
            to_offence_id=offence_id,
            at=now,
            by_id=by_id,
            reason=reason,
            case_id=case_id,
        )
    )
    crime.offence_id = offence_id


def class_changes(session: Session, crime_id: int) -> tuple[ClassChange, ...]:
    """Return every change of a crime's class, the latest first."""
    before, after = aliased(Offence), aliased(Offence)
    rows = session.execute(
        select(CrimeClass, before, after, Person.name, Case.reference)
        .join(before, before.id == CrimeClass.from_offence_id)
        .join(after, after.id == CrimeClass.to_offence_id)
        .outerjoin(Person, Person.id == CrimeClass.by_id)
        .outerjoin(Case, Case.id == CrimeClass.case_id)
        .where(CrimeClass.crime_id == crime_id)
        .order_by(CrimeClass.id.desc())
    ).all()
    return tuple(
        ClassChange(
            before=_label(old),
            after=_label(new),
            at=change.at,
            who=name or "The system",
            reason=change.reason,
            reference=reference or "",
        )
        for change, old, new, name, reference in rows
    )


def _label(offence: Offence) -> str:
    return offence_label(
        offence.offence_class, offence.offence_code, offence.class_title, offence.title
    )
