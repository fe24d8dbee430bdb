"""Recording a crime from a report: what settles the report and stops its clock (REC-02, REC-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import crr26, force_policy
from fcr_app.domain.citing import enforces
from fcr_app.domain.crimes import Flag
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.numbers import number_key
from fcr_app.domain.recording_clock import late_by, record_by
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue
from fcr_app.models import Crime, Incident, IncidentCrime, LateRecord
from fcr_app.services.crimes import NewCrime, NewVictim, enter_crime
from fcr_app.services.equality.records import share_with_report
from fcr_app.services.incident_history import Changed, What, note
from fcr_app.services.rape_standing import is_rape, rape_is_answered, told_of_rape

SHORTEST_REASON = 20
BY_THE_TEST = "Rape is recorded by its three-step test, so that a supervisor and the FCR see it."


@dataclass(frozen=True, kw_only=True)
class NewRecord:
    """A crime as it is recorded from a report.

    Attributes:
        crime_number: Made from the report's reference where it is empty.
        late_reason: Why it is recorded after the limit; needed only then (REC-11).
    """

    offence_id: int
    crime_number: str = ""
    victims: Sequence[NewVictim] = ()
    flags: frozenset[Flag] = frozenset()
    summary: str = ""
    late_reason: str = ""


@enforces(crr26("REC-11", "10"), how="A record after the limit is refused without its reason")
def record_crime(
    session: Session, actor: Actor, incident: Incident, new: NewRecord, *, now: datetime
) -> int:
    """Record a crime from a report, settle the report, and return the crime's id.

    Raises:
        InvalidValue: If it is late and nobody says why.
        InvalidValues: If something about the crime can't be so.
    """
    late = late_with_reason(incident, now, new.late_reason)
    crime_id = enter_crime(
        session,
        actor,
        NewCrime(
            crime_number=new.crime_number.strip() or next_number(session, incident),
            incident_reference=incident.reference,
            reported_at=incident.first_reported_at,
            recorded_at=now,
            offence_id=new.offence_id,
            unit_id=incident.unit_id,
            oic_id=incident.officer_id,
            victims=new.victims,
            flags=new.flags,
            location=incident.location,
            summary=new.summary or incident.account,
        ),
        now=now,
    )
    _link(session, actor, incident, crime_id, now=now)
    number = session.get_one(Crime, crime_id).crime_number
    note(
        session,
        actor,
        incident,
        What.RECORDED,
        now=now,
        changed=[Changed(title="Crime", after=number)],
        reason=new.late_reason.strip() if late else "",
    )
    settle_with_crime(session, actor, incident, crime_id, new.late_reason, at=now)
    return crime_id


def late_with_reason(incident: Incident, at: datetime, reason: str) -> bool:
    """Say whether a record made at a moment is late.

    Raises:
        InvalidValue: If it is late and nobody says why.
    """
    if late_by(incident.first_reported_at, at) is None:
        return False
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidValue(
            "This is recorded after its limit. Say why, in at least "
            f"{SHORTEST_REASON} characters (REC-11).",
            field="late_reason",
        )
    return True


def settle_with_crime(  # noqa: PLR0913 - who settles what with which crime, when, and why late
    session: Session,
    actor: Actor,
    incident: Incident,
    crime_id: int,
    late_reason: str,
    *,
    at: datetime,
) -> None:
    """Settle a report with a crime, and keep the reason where that came after its limit.

    A report that tells of rape is settled by no other crime alone: its clock goes on (N100-01).

    Args:
        at: When the crime was recorded.

    Raises:
        InvalidValue: If it is late and nobody says why.
    """
    late = late_with_reason(incident, at, late_reason)
    if not told_of_rape(incident) or rape_is_answered(session, incident):
        if incident.settled_at is None:
            incident.settled_at = at
        incident.closing_code = ClosingCode.CRIME_RECORDED.value
    limit_at = record_by(incident.first_reported_at)
    if late and limit_at is not None:
        session.add(
            LateRecord(
                incident_id=incident.id,
                crime_id=crime_id,
                limit_at=limit_at,
                recorded_at=at,
                reason=late_reason.strip(),
                given_by_id=actor.id or None,
            )
        )
    session.flush()


@enforces(
    force_policy("N100-12"),
    how="A rape is recorded from its report by the three-step test, so that the FCR sees it",
)
def record_by_hand(
    session: Session, actor: Actor, incident: Incident, new: NewRecord, *, now: datetime
) -> int:
    """Record a crime that somebody chose themselves, and return its id.

    Raises:
        InvalidValue: If it is rape, which has a policy of its own; if it is late and nobody says
            why.
        InvalidValues: If something about the crime can't be so.
    """
    if is_rape(session, new.offence_id):
        raise InvalidValue(f"{BY_THE_TEST} {_what_to_do(incident)} (N100-12)", field="offence")
    return record_crime(session, actor, incident, new, now=now)


def enter_by_hand(session: Session, actor: Actor, new: NewCrime, *, now: datetime) -> int:
    """Enter a crime that another system recorded, and return its id.

    Raises:
        InvalidValue: If it is rape and the report that it names is here to be decided on.
        InvalidValues: If something about the crime can't be so.
    """
    key = number_key(new.incident_reference)
    if key and is_rape(session, new.offence_id):
        named = session.scalar(select(Incident.id).where(Incident.reference_key == key))
        if named is not None:
            raise InvalidValue(
                f"{BY_THE_TEST} The report that you name is here. Decide on its page. (N100-12)",
                field="offence",
            )
    return enter_crime(session, actor, new, now=now)


def _what_to_do(incident: Incident) -> str:
    if told_of_rape(incident) or incident.opening_code == OpeningCode.SEXUAL:
        return "Use “Decide on a report of rape” on the report’s page."
    if incident.closing_code == ClosingCode.CRIME_RECORDED:
        return "Enter what was told as a report of its own, and decide on that."
    return "Say on the report’s page that what was disclosed may be rape."


def next_number(session: Session, incident: Incident) -> str:
    """Return a crime number made from the report's: its reference and how many came before."""
    before = session.scalar(select(func.count()).where(IncidentCrime.incident_id == incident.id))
    return f"{incident.reference}/{(before or 0) + 1}"


def link_crime(
    session: Session, actor: Actor, incident: Incident, crime_id: int, *, now: datetime
) -> None:
    """Link a crime to a report; doing it twice changes nothing."""
    if _link(session, actor, incident, crime_id, now=now):
        number = session.get_one(Crime, crime_id).crime_number
        changed = [Changed(title="Crime", after=number)]
        note(session, actor, incident, What.LINKED, now=now, changed=changed)


def _link(
    session: Session, actor: Actor, incident: Incident, crime_id: int, *, now: datetime
) -> bool:
    """Link a crime to a report. Says whether it was not linked before."""
    if session.get(IncidentCrime, (incident.id, crime_id)) is not None:
        return False
    session.add(
        IncidentCrime(
            incident_id=incident.id,
            crime_id=crime_id,
            linked_at=now,
            linked_by_id=actor.id or None,
        )
    )
    session.flush()
    share_with_report(session, incident, crime_id)
    return True


def settle(
    session: Session, actor: Actor, incident: Incident, code: ClosingCode, *, now: datetime
) -> None:
    """Answer the question whether a crime is to be recorded, which stops the report's clock.

    The first record stops it for good; a later decision changes only how it was settled.
    """
    if incident.settled_at is None:
        incident.settled_at = now
    incident.closing_code = code.value
    changed = [Changed(title="How it was settled", after=code.label)]
    note(session, actor, incident, What.SETTLED, now=now, changed=changed)


def reopen(session: Session, actor: Actor, incident: Incident, *, now: datetime) -> None:
    """Take back that a report was settled without a crime: its clock counts from the beginning."""
    incident.settled_at, incident.closing_code, incident.duplicate_of_id = None, "", None
    note(session, actor, incident, What.REOPENED, now=now)
