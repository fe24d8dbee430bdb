"""Random people try random steps on random reports of rape; what must never happen never does."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from fcr_app.domain import recording_effects as re, recording_questions as q, recording_rules as r
from fcr_app.domain.effects import RecordDecision
from fcr_app.domain.incidents import ReporterType, Route, SarcCase
from fcr_app.domain.recording_rules.asked import reported_for_the_victim
from fcr_app.domain.reported_incidents import State
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.domain.workflow import Outcome, Workflow
from fcr_app.errors import FcrError
from fcr_app.workflows.n100 import N100
from fcr_app.workflows.rape_report import RAPE_REPORT, State as Report
from tests.builders import NOW
from tests.facts_builders import DDM_COURSE, OFFICER, REGISTER, an_actor
from tests.recording_builders import (
    CONFIRMED,
    CONTRARY,
    ELSEWHERE,
    NOT_RAPE,
    UNTRACED,
    WHY,
    a_report,
    recording_facts,
    reported_facts,
)
from tests.workflows import test_n100, test_rape_report

CAST = (
    an_actor(OFFICER, Role.OFFICER),
    an_actor(12, Role.OFFICER, Role.DDM, holds=(DDM_COURSE,)),
    an_actor(13, Role.SUPERVISOR),
    an_actor(14, Role.FCR, holds=(REGISTER,)),
    an_actor(15, Role.DEPUTY_FCR),
    an_actor(16, Role.DEPUTY_FCR, holds=(DDM_COURSE,)),
    an_actor(17, Role.AUDITOR, Role.ADMINISTRATOR, holds=(REGISTER,)),
)
actors = st.sampled_from(CAST)
TESTS = (CONFIRMED, UNTRACED, CONTRARY, ELSEWHERE, NOT_RAPE)
SAID: dict[str, list[str]] = {
    "doubt": ["yes", "no"],
    "doubt_why": [WHY],
    "necessary": ["yes", "no"],
    "tracing": [WHY],
    "victim_says": ["confirms", "unconfirmed", "untraced", "denies", "not_rape"],
    "ground": [ground.value for ground in q.Ground],
    "code": [q.CONFIRMATION, q.EVIDENCE, q.ANOTHER_FORCE],
    "event": ["confirmed", "traced", "contrary"],
    "cancel_ground": ["genuine_error", "victim_asked"],
    "warning_rationale": ["", WHY],
    "contrary": ["yes", "no"],
}
#: Asked only of some, and good for them.
WHATEVER = {"doubt": "no", "doubt_why": WHY, "necessary": "no", "tracing": WHY}
GROUND_OF = {"untraced": "untraced", "unconfirmed": "unconfirmed"}
mischief = st.dictionaries(st.sampled_from(sorted(SAID)), st.integers(0, 9), max_size=3)


def spoilt(answers: Mapping[str, str], wrong: Mapping[str, int]) -> dict[str, str]:
    """Return answers with some of them changed."""
    return {**answers, **{name: str(SAID[name][n % len(SAID[name])]) for name, n in wrong.items()}}


class RandomReport(RuleBasedStateMachine):
    """One report, its rape report and its N100, and people who try everything."""

    reached: ClassVar[Counter[str]] = Counter()

    @initialize(
        reporter=st.sampled_from(list(ReporterType)),
        sarc=st.sampled_from([None, None, *SarcCase]),
        answers=st.sampled_from(TESTS),
        dealt=st.frozensets(st.sampled_from([actor.id for actor in CAST]), max_size=2),
    )
    def something_is_reported(
        self,
        reporter: ReporterType,
        sarc: SarcCase | None,
        answers: Mapping[str, str],
        dealt: frozenset[int],
    ) -> None:
        """Begin with any report, and any answers to the three-step test."""
        route = Route.SARC if sarc else Route.NON_EMERGENCY
        self.report = a_report(reporter, sarc_case=sarc, route=route, involved=dealt | {OFFICER})
        self.answers = dict(answers)
        self.now = NOW
        self.state: StrEnum = Report.DRAFT
        self.request: dict[str, str] = {}
        self.n100: StrEnum | None = None
        self.code = ""
        self.reference = self.transferred = False
        self.n100_opener = OFFICER

    @rule(actor=actors, place=st.integers(0, 30), wrong=mischief)
    def somebody_tries_a_step_of_the_report(
        self, actor: Actor, place: int, wrong: dict[str, int]
    ) -> None:
        """Try a step of the rape report."""
        steps = list(RAPE_REPORT.steps_from(self.state))
        if not steps:
            return
        step = steps[place % len(steps)]
        self.try_report(actor, step.trigger, wrong)

    @rule(first=st.integers(0, len(CAST) - 1), place=st.integers(0, 30))
    def somebody_does_what_comes_next(self, first: int, place: int) -> None:
        """Ask people in turn until one of them may go on, so that reports get far."""
        people = (*CAST[first:], *CAST[:first])
        going_on: list[Any] = (
            list(N100.steps_from(self.n100))
            if self.n100
            else [
                step
                for step in RAPE_REPORT.steps_from(self.state)
                if step.trigger not in ("discard", "reassess")
            ]
        )
        start = place % max(len(going_on), 1)
        for step in (*going_on[start:], *going_on[:start]):
            for actor in people:
                before = (self.state, self.n100, self.now)
                if self.n100 is None:
                    self.try_report(actor, step.trigger, {})
                else:
                    self.try_n100(actor, step.trigger, {})
                if (self.state, self.n100) != before[:2]:
                    return

    def try_report(self, actor: Actor, trigger: str, wrong: dict[str, int]) -> None:
        """Try one step of the rape report, with answers good or spoilt."""
        step = RAPE_REPORT.step(trigger, self.state)
        good = {**WHATEVER, **self.answers}
        if trigger != "assess":
            good |= test_rape_report.GOOD[trigger]
        if trigger == "create_reported":
            good["ground"] = GROUND_OF.get(self.answers["victim_says"], "untraced")
            good["ground"] = "contrary" if self.answers.get("contrary") == "yes" else good["ground"]
            elsewhere = self.answers.get("where") == "other_force"
            good["ground"] = "elsewhere" if elsewhere else good["ground"]
        asked = {one.name for one in RAPE_REPORT.may_be_asked(step.trigger)}
        says = {n: t for n, t in spoilt(good, wrong).items() if n in asked}
        facts = recording_facts(
            actor,
            report=self.report,
            asked=self.request,
            says=says,
            state=self.state.value,
            now=self.now,
        )
        outcome = self.attempt(RAPE_REPORT, step.trigger, self.state, facts)
        if outcome is None:
            return
        if step.sets_request:
            self.request = {n: t for n, t in says.items() if t}
        for effect in outcome.effects:
            if isinstance(effect, re.OpenN100):
                self.an_n100_is_opened(actor, effect, {**self.request, **says})
        if re.RecordFromReport() in outcome.effects and step.trigger == "record":
            assert r.proposal(facts) is not None
        self.state = outcome.state
        self.reached[outcome.state.value] += 1

    def an_n100_is_opened(self, actor: Actor, effect: re.OpenN100, said: Mapping[str, str]) -> None:
        """Create it as the service does: by its own first step, which has to let it through."""
        asked = {one.name for one in N100.may_be_asked(effect.trigger)}
        says = {name: text for name, text in said.items() if name in asked}
        facts = reported_facts(
            actor, report=self.report, says=says, code="", now=self.now, opened_by_id=actor.id
        )
        outcome = N100.decide(effect.trigger, State.DRAFT, facts)
        self.it_was_created(actor, outcome, facts)
        self.n100, self.code = outcome.state, r.code_of(facts)
        self.n100_opener = actor.id

    def it_was_created(self, actor: Actor, outcome: Outcome[Any], facts: Any) -> None:
        """Nobody but the FCR makes an N100 of what a professional reports for the victim."""
        by_fcr = outcome.step.trigger == "override"
        if by_fcr:
            assert actor.has(*REGISTRARS)
            assert actor.accreditations
            assert RecordDecision("overridden") in outcome.effects
        elif reported_for_the_victim(facts):
            assert r.code_of(facts) == q.ANOTHER_FORCE
        self.reached["overridden" if by_fcr else r.code_of(facts)] += 1

    @rule(actor=actors, place=st.integers(0, 30), wrong=mischief)
    def somebody_tries_a_step_of_the_n100(
        self, actor: Actor, place: int, wrong: dict[str, int]
    ) -> None:
        """Try a step of the N100, once there is one."""
        steps = list(N100.steps_from(self.n100)) if self.n100 else []
        if not steps or self.n100 is None:
            return
        self.try_n100(actor, steps[place % len(steps)].trigger, wrong)

    def try_n100(self, actor: Actor, trigger: str, wrong: dict[str, int]) -> None:
        """Try one step of the N100, with answers good or spoilt."""
        assert self.n100 is not None
        step = N100.step(trigger, self.n100)
        moment = {"told_transfer_at", "force_reference_at", "confirmed_at"}
        good = dict(test_n100.GOOD[step.trigger])
        good |= {name: self.now.isoformat() for name in moment & set(good)}
        asked = {one.name for one in N100.may_be_asked(step.trigger)}
        facts = reported_facts(
            actor,
            report=self.report,
            asked=self.request,
            says={n: t for n, t in spoilt(good, wrong).items() if n in asked},
            code=self.code,
            now=self.now,
            opened_by_id=self.n100_opener,
            reference_held="DCP/26/1" if self.reference else "",
            reference_at=self.now - timedelta(minutes=1) if self.reference else None,
            transferred_at=self.now if self.transferred else None,
        )
        outcome = self.attempt(N100, step.trigger, self.n100, facts)
        if outcome is not None:
            self.it_lived_on(actor, outcome, facts)

    def it_lived_on(self, actor: Actor, outcome: Outcome[Any], facts: Any) -> None:
        """It ends as a crime or with the FCR's word, and goes elsewhere only in order."""
        if outcome.state in (State.AGREED, State.CANCELLED) and outcome.state is not self.n100:
            assert actor.has(*REGISTRARS)
            assert actor.accreditations
            assert actor.id != self.n100_opener
            assert actor.id not in self.report.involved
        if outcome.state is State.CANCELLED:
            assert facts.answers["cancel_ground"] == "genuine_error"
        if outcome.state is State.CONVERTED:
            assert re.ConvertReported() in outcome.effects
            assert q.offence_said(facts.known) is not None
        if re.KeepTransfer() in outcome.effects:
            assert self.code == q.ANOTHER_FORCE
            assert self.reference
            self.transferred = True
        if re.KeepEvent() in outcome.effects:
            assert outcome.state is State.OPEN
            assert not reported_for_the_victim(facts) or r.code_of(facts) == q.ANOTHER_FORCE
        self.reference = self.reference or re.KeepForceReference() in outcome.effects
        self.code = r.code_of(facts) or self.code
        self.n100 = outcome.state
        self.reached[outcome.state.value] += 1

    def attempt(
        self, workflow: Workflow[Any], trigger: str, state: StrEnum, facts: Any
    ) -> Outcome[Any] | None:
        """Take a step if the policy lets it through, and let a minute pass."""
        self.now += timedelta(minutes=1)
        try:
            return workflow.decide(trigger, state, replace(facts, now=self.now))
        except FcrError:
            return None


def test_what_must_never_happen_never_does() -> None:
    RandomReport.reached.clear()

    run_state_machine_as_test(
        RandomReport,
        settings=settings(
            max_examples=400,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    ends = {Report.RECORDED, Report.NOT_RAPE, Report.N100_CREATED, Report.DISCARDED}
    lived = {State.AGREED, State.CONVERTED, State.CANCELLED}
    codes = {q.CONFIRMATION, q.EVIDENCE, q.ANOTHER_FORCE, "overridden"}
    missed = {str(one) for one in (*ends, *lived, *codes)} - set(RandomReport.reached)
    assert not missed, "the random cases never got far enough"
