"""Carries out what a recording decision does: a crime, a new class, an N100."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from fcr_app.domain import recording_effects as re, recording_questions as q
from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces
from fcr_app.domain.crimes import EnhancedGround, Flag
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incidents import ReporterType, Vulnerability
from fcr_app.domain.rape_offences import Age, OffenceCode
from fcr_app.errors import InvalidValue
from fcr_app.models import Incident, Offence
from fcr_app.services.crime_classes import change_class
from fcr_app.services.crimes import NewVictim
from fcr_app.services.incident_crimes import NewRecord, record_crime, settle
from fcr_app.services.log import Record, record_change
from fcr_app.services.taken import Follows, Taken

#: Why a crime is recorded late whose report was settled in time as no crime yet.
WAS_AN_N100 = "It was a reported incident, created in time, until now."


def record_from_report(taken: Taken) -> int:
    """Record the crime that the answers amount to, and return its id."""
    incident = the_incident(taken)
    new = NewRecord(
        offence_id=offence_id(taken),
        victims=_victims(taken, incident),
        flags=_flags(taken),
        late_reason=taken.answer(q.LATE_REASON) or WAS_AN_N100,
    )
    return record_crime(taken.session, taken.facts.actor, incident, new, now=taken.now)


def the_incident(taken: Taken) -> Incident:
    """Return the report that the case is about."""
    incident = taken.loaded.incident
    assert incident is not None  # noqa: S101 - these workflows are about reports
    return incident


def offence_id(taken: Taken) -> int:
    """Return the id of the offence that the answers amount to.

    Raises:
        InvalidValue: If the offence list in use does not have it.
    """
    said = q.offence_said(taken.facts.known)
    assert said is not None  # noqa: S101 - the step asks everything that settles it
    found = taken.session.scalar(
        select(Offence.id).where(
            Offence.offence_class == said.offence_class, Offence.offence_code == said.offence_code
        )
    )
    if found is None:
        raise _not_listed(said)
    return found


def _not_listed(said: OffenceCode) -> InvalidValue:
    return InvalidValue(
        f"Offence {said} is not in the offence list. Ask an administrator to load the list."
    )


def _victims(taken: Taken, incident: Incident) -> tuple[NewVictim, ...]:
    if not incident.victim_name.strip():
        return ()
    child = taken.facts.known.get(q.AGE.name, Age.ADULT) != Age.ADULT
    parent = incident.reporter_type == ReporterType.PARENT_OR_CARER
    speaks_for = (incident.reporter.strip() if parent else "") or "Not known yet"
    return (
        NewVictim(
            name=incident.victim_name,
            is_child=child,
            speaks_for=speaks_for if child else "",
            enhanced_ground=EnhancedGround.UNDER_18 if child else EnhancedGround.SERIOUS_CRIME,
        ),
    )


def _flags(taken: Taken) -> frozenset[Flag]:
    domestic = Vulnerability.DOMESTIC_ABUSE in taken.facts.incident.vulnerabilities
    return frozenset({Flag.DOMESTIC_ABUSE} if domestic else set())


def _record(taken: Taken, _effect: re.RecordFromReport) -> None:
    taken.loaded.case.crime_id = record_from_report(taken)


@enforces(crr26("CLS-01", "13"), how="A review that changes the class leaves the first one alone")
def _recode(taken: Taken, _effect: re.RecodeCrime) -> None:
    """Give a crime another class; its first class is kept."""
    crime = taken.loaded.crime
    assert crime is not None  # noqa: S101 - the crime was recorded by an earlier step
    change_class(
        taken.session,
        crime,
        offence_id(taken),
        by_id=taken.facts.actor.id,
        reason=taken.answer(q.RATIONALE),
        case_id=taken.loaded.case.id,
        now=taken.now,
    )
    record_change(
        taken.session, taken.facts.actor, "crime:recoded", Record.CRIME, crime.id, now=taken.now
    )


def _open_n100(taken: Taken, effect: re.OpenN100) -> None:
    answers = {**taken.facts.request, **taken.facts.answers}
    follows = Follows(workflow_key="n100", trigger=effect.trigger, answers=answers)
    actor, incident = taken.facts.actor, the_incident(taken)
    taken.follow_on(taken.session, actor, incident.id, follows, now=taken.now)


def _settle_no_rape(taken: Taken, _effect: re.SettleNoRape) -> None:
    """Settle the report with the first crime that stands, if one was recorded from it."""
    incident = the_incident(taken)
    recorded = [
        crime
        for crime in taken.facts.incident.crimes
        if crime.status is CrimeStatus.RECORDED
        and crime.recorded_at
        and crime.recorded_at >= incident.first_reported_at
    ]
    if recorded and incident.settled_at is None:
        actor, code = taken.facts.actor, ClosingCode.CRIME_RECORDED
        settle(taken.session, actor, incident, code, now=taken.now)
        incident.settled_at = min(crime.recorded_at for crime in recorded)


HANDLERS: dict[type, Callable[[Taken, Any], None]] = {
    re.RecordFromReport: _record,
    re.RecodeCrime: _recode,
    re.SettleNoRape: _settle_no_rape,
    re.OpenN100: _open_n100,
}
