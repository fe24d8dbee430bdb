"""Walks one appointment through its policy without a database, and makes facts for its rules.

Does what ``fcr_app/services/diary_effects.py`` does with tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from fcr_app.domain.diary import Became, Place, questions as q
from fcr_app.domain.diary.days import Span
from fcr_app.domain.diary.facts import AppointmentFacts, DiaryFacts, OffenceFacts, OfficerFacts
from fcr_app.domain.diary.rules import records_with_this_step
from fcr_app.domain.effects import KeepOutcome, KeepSlot, RecordFromAppointment
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.incidents import ReporterType, Route
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Outcome
from fcr_app.workflows.diary import DIARY, State
from tests.facts_builders import OFFICER, SERGEANT, a_force

#: A Monday morning in winter, when London time is UTC.
REPORTED_AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LIMIT = REPORTED_AT + timedelta(hours=24)
WHY = "Nobody has said yet who was there or what was done to whom."
NOT_YET = {"enough": "no", "still_insufficient": WHY}
OFFENCE = "8N 008/06"
LATE = "The victim was in hospital until this morning."
ENOUGH = {"enough": "yes", "offence": OFFENCE, "late_reason": LATE}
RECORD = {"record_offence": OFFENCE, "record_late_reason": LATE}
REASONS = {"rationale": "The account does not say yet whether anything was done."}


def slot(at: datetime, **more: str) -> dict[str, str]:
    """Return the answers that ask for a slot."""
    return {"starts_at": at.isoformat(), "length": "60", "place": "station", **more}


def an_incident_facts(**facts: object) -> IncidentFacts:
    """Make a report of violence, made on Monday at 10, that nobody has settled."""
    report = IncidentFacts(
        id=1,
        reference="INC-26-000001",
        first_reported_at=REPORTED_AT,
        route=Route.NON_EMERGENCY,
        reporter_type=ReporterType.VICTIM,
        opening_code=OpeningCode.VIOLENCE,
        officer_id=OFFICER,
        involved=frozenset({OFFICER}),
        supervisor_ids=frozenset({SERGEANT}),
    )
    return replace(report, **facts)  # type: ignore[arg-type] # what a test says of a report


@dataclass
class InMemoryAppointment:
    """An appointment, the report it is about, and what has become of both."""

    incident: IncidentFacts = field(default_factory=an_incident_facts)
    opener_id: int = OFFICER
    now: datetime = REPORTED_AT + timedelta(minutes=5)
    state: State = State.TO_BOOK
    appointment: AppointmentFacts | None = None

    def facts(self, actor: Actor, answers: Mapping[str, str]) -> DiaryFacts:
        """Return what the rules look at when somebody acts."""
        named = answers.get("record_offence") or answers.get("offence")
        return DiaryFacts(
            actor=actor,
            now=self.now,
            opened_by_id=self.opener_id,
            answers=answers,
            incident=self.incident,
            force=a_force(),
            appointment=self.appointment,
            officer=OfficerFacts(id=OFFICER, name="Demo Officer One"),
            offence=OffenceFacts(id=1, label=OFFENCE) if named == OFFENCE else None,
            record_required=self.state is State.RECORD_FIRST,
        )

    def take(
        self, trigger: str, actor: Actor, answers: Mapping[str, str] | None = None
    ) -> Outcome[DiaryFacts]:
        """Take a step, or raise as the engine does."""
        asked = {question.name for question in DIARY.may_be_asked(trigger)}
        heard = {name: text for name, text in (answers or {}).items() if name in asked}
        facts = self.facts(actor, heard)
        outcome = DIARY.decide(trigger, self.state, facts)
        for effect in outcome.effects:
            match effect:
                case RecordFromAppointment(if_enough=if_enough):
                    if not if_enough or records_with_this_step(facts):
                        self._record()
                case KeepSlot():
                    self._keep(facts)
                case KeepOutcome(became=became):
                    assert self.appointment is not None
                    self.appointment = replace(self.appointment, became=became)
                case _:
                    pass
        self.state = State(outcome.state)
        return outcome

    def _record(self) -> None:
        if self.incident.settled_at is None:
            self.incident = replace(
                self.incident, settled_at=self.now, closing_code=ClosingCode.CRIME_RECORDED
            )

    def _keep(self, facts: DiaryFacts) -> None:
        assert facts.wanted is not None
        self.appointment = AppointmentFacts(
            span=Span(facts.wanted.start, facts.wanted.end),
            place=Place(facts.said(q.PLACE) or "station"),
            officer_id=OFFICER,
            became=Became.TO_COME,
            past_limit=self.incident.settled_at is None and facts.wanted_is_late,
            insufficient=facts.said(q.INSUFFICIENT),
        )
