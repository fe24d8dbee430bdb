"""What the history of a loaded case says of each step, in the words of the real policy.

A step is decided by the workflow once for each kind of case, and what it wrote is used for all
cases of that kind: a load can't contain a history that the policy would not allow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from fcr_app.domain.facts import (
    CancellationFacts,
    CrimeFacts,
    CrimeStatus,
    DecisionFacts,
    ForceFacts,
    Part,
    SurvivorFacts,
    VictimFacts,
)
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import Accreditation, AccreditationKind, Actor, Role
from fcr_app.domain.workflow import Holding
from fcr_app.models import Case
from fcr_app.services.cases import written
from fcr_app.services.demo_load_crimes import LoadedOffence
from fcr_app.services.demo_load_people import EVIDENCE, HELD_FOR, HELD_UNTIL
from fcr_app.services.demo_load_words import SAID, request_for, sample_values
from fcr_app.services.loading import Loaded
from fcr_app.workflows.cancellation import CANCELLATION, State

OFFICER, MANAGER, DECIDER = 1, 2, 3


@dataclass(frozen=True)
class Kind:
    """What makes the histories of two cases read alike."""

    code: RemovalCode
    risk: str
    offence: LoadedOffence
    enhanced: bool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one step writes, whoever takes it and whenever.

    Attributes:
        columns: Those of the step that do not change from case to case.
        days: Working days until the new state should be over; None where no clock runs.
    """

    columns: Mapping[str, Any]
    state: State
    needs: str
    days: int | None
    holding: Holding


class Scribe:
    """Asks the policy what each step writes, once for each kind of case."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.entry = cache(self._entry)

    def _entry(self, trigger: str, state: State, kind: Kind) -> Entry:
        """Return what a step writes.

        Raises:
            StepRefused: If the policy has changed so that a load would be against it.
        """
        facts = self._facts(trigger, state, kind)
        outcome = CANCELLATION.decide(trigger, state, facts)
        loaded = Loaded(
            case=Case(state=state.value),
            workflow=CANCELLATION,
            facts=facts,
            crime=None,
            offence=None,
            request=None,
            decision=None,
            form_key_used=False,
        )
        columns = written(loaded, outcome, None)
        # These two differ from case to case.
        del columns["actor_id"], columns["rule_set"]
        deadline = CANCELLATION.deadline(outcome.state)
        return Entry(
            columns=columns,
            state=State(outcome.state),
            needs=CANCELLATION.needs(facts) if outcome.state in CANCELLATION.awaiting else "",
            days=deadline.working_days(facts) if deadline and deadline.working_days else None,
            holding=outcome.step.holding,
        )

    def _facts(self, trigger: str, state: State, kind: Kind) -> CancellationFacts:
        offence, earlier = kind.offence, self.now - timedelta(days=1)
        varies = sample_values(self.now)
        facts = CancellationFacts(
            actor=self._actor(Role.OFFICER, OFFICER),
            now=self.now,
            opened_by_id=OFFICER,
            request={} if state is State.DRAFT else {**request_for(kind.code, kind.risk), **varies},
            crime=CrimeFacts(
                id=1,
                number="LD/1",
                status=CrimeStatus.RECORDED,
                offence_class=offence.offence_class,
                offence_code=offence.offence_code,
                victim_based=offence.has_victim,
                recorded_at=self.now - timedelta(days=5),
                involved=frozenset({(OFFICER, Part.OFFICER_IN_CASE)}),
                line_manager_ids=frozenset({MANAGER}),
            ),
            force=ForceFacts(has_registered_fcr=True),
            survivor=SurvivorFacts(
                id=2, number="LD/2", status=CrimeStatus.RECORDED, leaves_by_open_request=False
            ),
            victims=self._victims(trigger, kind),
            decision=None
            if state in (State.DRAFT, State.SUBMITTED)
            else DecisionFacts(decided_at=earlier, decided_by_id=DECIDER, by_registrar=False),
            reference_held="DEMO-1",
            reference_received_at=earlier,
        )
        if trigger == "submit":
            return replace(facts, answers={**request_for(kind.code, kind.risk), **varies})
        needs = CANCELLATION.needs(facts)
        role = Role.DDM if needs == "ddm" else Role.FCR
        asked_of_officer = trigger in ("withdraw", "record_reference", "record_notice")
        actor = facts.actor if asked_of_officer else self._actor(role, DECIDER)
        return replace(facts, actor=actor, answers={**SAID[trigger], **varies})

    def _victims(self, trigger: str, kind: Kind) -> tuple[VictimFacts, ...]:
        if not kind.offence.has_victim:
            return ()
        told = self.now - timedelta(hours=1) if trigger == "remove" else None
        victim = VictimFacts(
            id=1,
            name="Demo Victim",
            enhanced=kind.enhanced,
            told_at=told,
            given_reference=bool(told),
        )
        return (victim,)

    def _actor(self, role: Role, person_id: int) -> Actor:
        kinds = {Role.DDM: AccreditationKind.DDM_COURSE, Role.FCR: AccreditationKind.REGISTER}
        held = tuple(
            Accreditation(
                kind=kind,
                starts_on=(self.now - HELD_FOR).date(),
                ends_on=(self.now + HELD_UNTIL).date(),
                evidence=EVIDENCE[kind],
            )
            for of_role, kind in kinds.items()
            if of_role is role
        )
        return Actor(id=person_id, name="Demo", roles=frozenset({role}), accreditations=held)
