"""Walks a decision not to record through its policy without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from fcr_app.domain import effects as e
from fcr_app.domain.facts import CrimeStatus, DecisionFacts
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incident_facts import IncidentFacts, RecordingFacts
from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.not_recording.after_rules import OFFENCE_CURRENT, OFFENCE_ID
from fcr_app.domain.not_recording.questions import LATE
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Holding, Outcome
from fcr_app.workflows.not_recorded import NOT_RECORDED, State
from tests.facts_builders import NOW, OFFICER, a_crime_facts, a_force
from tests.recording_builders import a_report

WHY = "What was reported is an argument about a boundary; no part of an offence is in it."
GOING_ON = "The statement was taken this morning and read with the account."


def a_passer_by_report(**facts: Any) -> IncidentFacts:
    """Make a report of violence by somebody who passed."""
    usual: dict[str, Any] = {
        "reporter_type": ReporterType.THIRD_PARTY,
        "opening_code": OpeningCode.VIOLENCE,
    }
    return a_report(**{**usual, **facts})


@dataclass
class NotRecordedCase:
    """A decision not to record, the report it is about, and what has become of both."""

    report: IncidentFacts = field(default_factory=a_passer_by_report)
    now: datetime = NOW
    state: State = State.DRAFT
    request: dict[str, str] = field(default_factory=dict)
    decision: DecisionFacts | None = None
    decisions: list[tuple[str, int]] = field(default_factory=list)
    holder_id: int | None = None
    told_of: set[datetime] = field(default_factory=set)
    excused: set[datetime] = field(default_factory=set)

    def facts(self, actor: Actor, answers: Mapping[str, str]) -> RecordingFacts:
        """Return what the rules look at when somebody acts."""
        return RecordingFacts(
            actor=actor,
            now=self.now,
            opened_by_id=OFFICER,
            holder_id=self.holder_id,
            request=self.request,
            answers=answers,
            incident=self.report,
            force=a_force(),
            decision=self.decision,
            also={
                LATE: "yes" if self.report.late_by(self.now) else "",
                OFFENCE_ID: "1" if answers.get("offence") else "",
                OFFENCE_CURRENT: "yes",
            },
        )

    def good_answers(self, trigger: str) -> dict[str, str]:
        """Return answers that a step takes where everything is in order."""
        told = {
            "told_at": self.now.isoformat(),
            "told_how": "phone",
            "told_whom": "The reporter",
            "told_by": "The officer who deals with it",
            "told_what": "That no crime is recorded, and how to appeal.",
        }
        excuse = {
            "exception_ground": "untraced",
            "exception_reason": "The caller gave no name and no number.",
        }
        record = {"offence": "105A 105/01", "late_reason": "The appeal came in after the limit."}
        return {
            "decide": {"ground": "no_crime", "rationale": WHY, "warning_rationale": GOING_ON},
            "withdraw": {},
            "record_telling": told,
            "record_second_telling": told,
            "ask_to_be_excused": excuse,
            "excuse": excuse,
            "excuse_second_telling": excuse,
            "appeal": {
                "appeal_by": "victim",
                "appeal_at": self.now.isoformat(),
                "appeal_grounds": "He pushed me; I said so on the telephone.",
            },
            "add_information": {"new_information": "A neighbour brought a recording of it."},
            "uphold": {**record, "rationale": WHY},
            "dismiss": {"rationale": WHY},
            "record_crime": record,
            "note_record": {},
        }[trigger]

    def take(
        self, trigger: str, actor: Actor, answers: Mapping[str, str] | None = None
    ) -> Outcome[RecordingFacts]:
        """Take a step, or raise as the engine does, and let an hour pass."""
        says = self.good_answers(trigger) if answers is None else answers
        asked = {question.name for question in NOT_RECORDED.may_be_asked(trigger)}
        heard = {name: text for name, text in says.items() if name in asked}
        facts = self.facts(actor, heard)
        outcome = NOT_RECORDED.decide(trigger, self.state, facts)
        if outcome.step.sets_request:
            self.request = dict(heard)
        for effect in outcome.effects:
            self._carry_out(effect, actor)
        self.state = State(outcome.state)
        if outcome.step.holding is not Holding.KEEP:
            self.holder_id = actor.id if outcome.step.holding is Holding.TAKE else None
        self.now += timedelta(hours=1)
        return outcome

    def _carry_out(self, effect: e.Effect, actor: Actor) -> None:
        match effect:
            case e.RecordDecision(outcome=outcome):
                self.decisions.append((outcome, actor.id))
                self.decision = DecisionFacts(
                    decided_at=self.now, decided_by_id=actor.id, by_registrar=False
                )
            case e.SettleReport(code=code):
                self.report = replace(
                    self.report, closing_code=ClosingCode(code), settled_at=self.now
                )
            case e.ReopenReport():
                self.report = replace(self.report, closing_code=None, settled_at=None)
            case e.RecordReportedCrime():
                self.report = replace(
                    self.report,
                    closing_code=ClosingCode.CRIME_RECORDED,
                    settled_at=self.now,
                    crimes=(a_crime_facts(status=CrimeStatus.RECORDED),),
                )
            case e.RecordVictimNotice():
                self.told_of.add(self._decided_at())
            case e.RecordException(approved=True):
                self.excused.add(self._decided_at())
            case _:
                pass  # reaches people, not the case

    def _decided_at(self) -> datetime:
        assert self.decision is not None
        return self.decision.decided_at
