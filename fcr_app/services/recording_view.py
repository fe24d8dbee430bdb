"""What the case page shows of a recording decision: where the answers lead, why it is an N100."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain import recording_questions as q, recording_rules as r
from fcr_app.domain.guards import Check
from fcr_app.domain.incident_facts import RecordingFacts
from fcr_app.domain.rape_offences import title_of_class
from fcr_app.models import Crime, ReportedIncident
from fcr_app.services.case_parts import Event, checks_then
from fcr_app.services.loading import Loaded

#: The workflows whose decisions the three-step test leads to.
TESTED = frozenset({"rape_report", "n100"})
#: The step of a rape report that does what the answers lead to.
TRIGGERS = {
    r.Leads.RECORD: "record",
    r.Leads.N100: "create_reported",
    r.Leads.NOT_RAPE: "not_rape",
}
#: Steps at which the ground for a reported incident is looked at.
LOOKED_AT = frozenset({"create", "add_event"})


@dataclass(frozen=True, kw_only=True)
class Led:
    """Where the answers lead, with the rule, and the crime where they lead to one.

    Attributes:
        trigger: The step that does it.
    """

    label: str
    trigger: str
    why: str
    rule: str
    source: str
    offence: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportedView:
    """A reported incident as its review page shows it.

    Attributes:
        open_for: How long it has been one: until now, or until it became a crime.
        converted_after: From the confirmation to the record.
        grounds: Every rule on its ground, as found when it was created or last asked again.
    """

    name: str
    code: str
    means: str
    ground: str
    reason: str
    open_for: timedelta
    overridden: bool
    moved: bool
    to_force: str
    force_reference: str
    victim_told_at: datetime | None
    transferred_at: datetime | None
    crime_id: int | None
    crime_number: str
    converted_after: timedelta | None
    grounds: tuple[Check, ...]


def led(loaded: Loaded) -> Led | None:
    """Return where the answers of a rape report lead; None before there are any."""
    facts = loaded.facts
    if not isinstance(facts, RecordingFacts) or loaded.workflow.key not in TESTED:
        return None
    proposed = r.proposal(facts)
    if proposed is None:
        return None
    said = q.offence_said(facts.known) if proposed.leads is r.Leads.RECORD else None
    return Led(
        label=proposed.label,
        trigger=TRIGGERS[proposed.leads],
        why=proposed.why,
        rule=proposed.cite.rule,
        source=f"{proposed.cite.source.value}{proposed.cite.where}",
        offence=f"{title_of_class(said)}: {said}" if said else "",
    )


def reported_view(
    session: Session, loaded: Loaded, timeline: tuple[Event, ...]
) -> ReportedView | None:
    """Return a reported incident as its page shows it; None for any other case."""
    row = session.execute(
        select(ReportedIncident, Crime.crime_number)
        .outerjoin(Crime, Crime.id == ReportedIncident.converted_crime_id)
        .where(ReportedIncident.case_id == loaded.case.id)
    ).one_or_none()
    if row is None:
        return None
    held, number = row[0], row[1]
    answers = loaded.case.answers
    seconds = held.conversion_seconds
    return ReportedView(
        name=held.kind.upper(),
        code=held.code,
        means=_means(loaded.workflow, held.code),
        ground=q.GROUND.shown({q.GROUND.name: held.ground}),
        reason=answers.get(q.REASON.name, ""),
        open_for=(held.converted_at or loaded.facts.now) - held.coded_at,
        overridden=held.verdict == "overridden",
        moved=held.moved_from_crime_id is not None,
        to_force=held.to_force,
        force_reference=held.force_reference,
        victim_told_at=held.victim_told_at,
        transferred_at=held.transferred_at,
        crime_id=held.converted_crime_id,
        crime_number=number or "",
        converted_after=timedelta(seconds=seconds) if seconds is not None else None,
        grounds=_grounds(loaded, timeline),
    )


def _means(workflow: Any, code: str) -> str:
    """Return what a code means, from the question that asks for it."""
    asked = (question for step in workflow.steps for question in step.asks)
    question = next((one for one in asked if one.name == "code"), None)
    return question.shown({"code": code}) if question else code


def _grounds(loaded: Loaded, timeline: tuple[Event, ...]) -> tuple[Check, ...]:
    done = {step.done for step in loaded.workflow.steps if step.trigger in LOOKED_AT}
    looked_at = [event for event in timeline if event.what in done and event.rules]
    return checks_then(loaded, looked_at[-1].rules) if looked_at else ()
