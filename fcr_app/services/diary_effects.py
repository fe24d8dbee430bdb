"""What the steps of an appointment do: keep its slot, keep what came of it, record the crime."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fcr_app.domain import effects as e
from fcr_app.domain.diary import Became, questions as q
from fcr_app.domain.diary.facts import DiaryFacts
from fcr_app.domain.diary.rules import records_with_this_step
from fcr_app.models import Appointment, Incident
from fcr_app.services.incident_crimes import NewRecord, record_crime
from fcr_app.services.loading import Loaded
from fcr_app.services.log import Record, record_change
from fcr_app.services.taken import Taken


def keep_slot(session: Session, loaded: Loaded, *, now: datetime) -> None:
    """Enter the slot that was asked for in the diary, in the place of an earlier one."""
    facts: DiaryFacts = loaded.facts
    wanted, officer = facts.wanted, facts.officer
    assert wanted is not None  # noqa: S101 - the question asked for it
    assert officer is not None  # noqa: S101 - a rule asked for it
    incident = _incident(loaded)
    slot = session.get(Appointment, loaded.case.id)
    moved = slot is not None
    if slot is None:
        slot = Appointment(case_id=loaded.case.id, incident_id=incident.id, insufficient="")
    else:
        slot.rebooked_from, slot.sequence = slot.starts_at, slot.sequence + 1
    slot.starts_at, slot.ends_at = wanted.start, wanted.end
    slot.officer_id, slot.unit_id = officer.id, officer.unit_id or incident.unit_id
    slot.place = facts.said(q.PLACE) or slot.place
    slot.outcome, slot.changed_at = Became.TO_COME.value, now
    # A crime may have been recorded with this very step, and then nothing is late about it.
    slot.past_limit = incident.settled_at is None and facts.wanted_is_late
    slot.insufficient = (
        facts.said(q.INSUFFICIENT) or facts.said(q.STILL_INSUFFICIENT) or slot.insufficient
    )
    session.add(slot)
    what = "appointment:moved" if moved else "appointment:booked"
    verb = "alteration" if moved else "collection"
    record_change(
        session, facts.actor, what, Record.APPOINTMENT, loaded.case.id, now=now, verb=verb
    )


def keep_outcome(session: Session, loaded: Loaded, became: Became, *, now: datetime) -> None:
    """Enter what became of an appointment. It changes nothing about the report (DIA-04)."""
    slot = session.get_one(Appointment, loaded.case.id)
    slot.outcome, slot.changed_at, slot.sequence = became.value, now, slot.sequence + 1
    if said := loaded.facts.said(q.STILL_INSUFFICIENT):
        slot.insufficient = said
    record_change(
        session,
        loaded.facts.actor,
        f"appointment:{became.value}",
        Record.APPOINTMENT,
        loaded.case.id,
        now=now,
    )


def record(session: Session, loaded: Loaded, *, if_enough: bool, now: datetime) -> None:
    """Record a crime from the report, which alone settles it; only if there is enough."""
    facts: DiaryFacts = loaded.facts
    if if_enough and not records_with_this_step(facts):
        return
    assert facts.offence is not None  # noqa: S101 - a rule asked for it
    new = NewRecord(offence_id=facts.offence.id, late_reason=facts.late_reason)
    record_crime(session, facts.actor, _incident(loaded), new, now=now)


def _incident(loaded: Loaded) -> Incident:
    incident = loaded.incident
    assert incident is not None  # noqa: S101 - the workflow is about a report
    return incident


def _keep_slot(taken: Taken, _effect: e.KeepSlot) -> None:
    keep_slot(taken.session, taken.loaded, now=taken.now)


def _keep_outcome(taken: Taken, effect: e.KeepOutcome) -> None:
    keep_outcome(taken.session, taken.loaded, effect.became, now=taken.now)


def _record(taken: Taken, effect: e.RecordFromAppointment) -> None:
    record(taken.session, taken.loaded, if_enough=effect.if_enough, now=taken.now)


HANDLERS: dict[type, Callable[[Taken, Any], None]] = {
    e.KeepSlot: _keep_slot,
    e.KeepOutcome: _keep_outcome,
    e.RecordFromAppointment: _record,
}
