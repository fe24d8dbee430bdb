"""Walks one request through the policy without a database: folds each step's effects into facts.

Does what ``fcr_app/services`` does with tables, so that the rules alone can be tried at length.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from fcr_app.domain import effects as e, removal_questions as q, removal_rules as r
from fcr_app.domain.authority import Needed, authority_of
from fcr_app.domain.facts import (
    CancellationFacts,
    CrimeFacts,
    CrimeStatus,
    DecisionFacts,
    ExceptionState,
    ForceFacts,
    SurvivorFacts,
    VictimFacts,
)
from fcr_app.domain.questions import YES
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import Actor
from fcr_app.domain.workflow import Holding, Outcome
from fcr_app.workflows.cancellation import CANCELLATION, State
from tests.facts_builders import (
    NOW,
    OFFICER,
    a_crime_facts,
    a_force,
    a_survivor,
    a_victim,
)


@dataclass
class InMemoryCase:
    """A request, the crime it is about, and what has become of both."""

    crime: CrimeFacts = field(default_factory=a_crime_facts)
    requester_id: int = OFFICER
    force: ForceFacts = field(default_factory=a_force)
    victims: tuple[VictimFacts, ...] = (a_victim(),)
    survivor: SurvivorFacts | None = field(default_factory=a_survivor)
    now: datetime = NOW
    state: State = State.DRAFT
    request: dict[str, str] = field(default_factory=dict)
    decision: DecisionFacts | None = None
    holder_id: int | None = None
    advice_attached: bool = False
    reference_held: str = ""
    reference_received_at: datetime | None = None
    settled_by_registrar: bool = False
    removed_at: datetime | None = None

    def facts(self, actor: Actor, answers: Mapping[str, str]) -> CancellationFacts:
        """Return what the rules look at when somebody acts."""
        return CancellationFacts(
            actor=actor,
            now=self.now,
            opened_by_id=self.requester_id,
            holder_id=self.holder_id,
            request=self.request,
            answers=answers,
            crime=self.crime,
            force=self.force,
            survivor=self.survivor,
            victims=self.victims,
            decision=self.decision,
            advice_attached=self.advice_attached,
            reference_held=self.reference_held,
            reference_received_at=self.reference_received_at,
            settled_by_registrar=self.settled_by_registrar,
        )

    def take(
        self, trigger: str, actor: Actor, answers: Mapping[str, str] | None = None
    ) -> Outcome[CancellationFacts]:
        """Take a step, or raise as the engine does, and let ten minutes pass."""
        asked = {question.name for question in CANCELLATION.may_be_asked(trigger)}
        heard = {name: text for name, text in (answers or {}).items() if name in asked}
        facts = self.facts(actor, heard)
        outcome = CANCELLATION.decide(trigger, self.state, facts)
        if outcome.step.sets_request:
            self.request = {question.name: facts.said(question) for question in q.REQUEST}
            self.advice_attached = False
        for effect in outcome.effects:
            self._carry_out(effect, facts)
        self.state = State(outcome.state)
        if outcome.step.holding is not Holding.KEEP:
            self.holder_id = actor.id if outcome.step.holding is Holding.TAKE else None
        self.now += timedelta(minutes=10)
        return outcome

    def _carry_out(self, effect: e.Effect, facts: CancellationFacts) -> None:
        match effect:
            case e.RecordDecision():
                self._decide(facts)
            case e.RemoveCrime():
                transferred = r.code_of(facts) is RemovalCode.C1
                gone = CrimeStatus.TRANSFERRED if transferred else CrimeStatus.CANCELLED
                self.crime = replace(self.crime, status=gone)
                self.removed_at = self.now
            case e.ReinstateCrime():
                self.crime = replace(self.crime, status=CrimeStatus.RECORDED)
            case e.RecordVictimNotice():
                self._change_victim(
                    facts,
                    told_at=facts.moment_said(q.TOLD_AT),
                    given_reference=facts.said(q.GIVEN_REFERENCE) == YES,
                )
            case e.RecordException(approved=approved):
                self._except_victim(facts, approved=approved)
            case e.RecordTransferReference():
                self.reference_held = facts.said(q.REFERENCE)
                self.reference_received_at = facts.moment_said(q.REFERENCE_AT)
            case e.RecordAdvice():
                self.advice_attached = True
            case e.Notify() | e.GiveFeedback():
                pass  # reaches people, not the case

    def _decide(self, facts: CancellationFacts) -> None:
        held = authority_of(facts.actor, r.needed(facts) or Needed.DDM, facts.force)
        self.decision = DecisionFacts(
            decided_at=self.now,
            decided_by_id=facts.actor.id,
            by_registrar=held is not None and held.registrar,
        )
        # A notice and an exception are about one decision and no other.
        self.victims = tuple(
            VictimFacts(id=victim.id, name=victim.name, enhanced=victim.enhanced)
            for victim in self.victims
        )

    def _except_victim(self, facts: CancellationFacts, *, approved: bool) -> None:
        told = next(v for v in self.victims if str(v.id) == facts.said(q.WHICH_VICTIM))
        if approved:
            self._change_victim(facts, exception=ExceptionState.APPROVED)
        elif told.exception is ExceptionState.NONE:
            self._change_victim(facts, exception=ExceptionState.PROPOSED)

    def _change_victim(self, facts: CancellationFacts, **change: Any) -> None:
        self.victims = tuple(
            replace(victim, **change) if str(victim.id) == facts.said(q.WHICH_VICTIM) else victim
            for victim in self.victims
        )
