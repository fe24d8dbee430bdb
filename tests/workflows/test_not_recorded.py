"""Who may do what to a decision not to record, and what must never happen to one."""

from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import ReporterType
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor, Role
from fcr_app.errors import FcrError
from fcr_app.workflows.not_recorded import NOT_RECORDED, State, no_rape_and_not_settled
from tests.facts_builders import (
    DDM_COURSE,
    OFFICER,
    SERGEANT,
    SOMEBODY,
    a_chief_officer,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    a_supervisor,
    an_actor,
    an_administrator,
    an_auditor,
    an_officer,
)
from tests.not_recording_case import NotRecordedCase, a_passer_by_report
from tests.recording_builders import a_report

REQUESTER, OTHER, SUPERVISOR = "who decided", "another officer", "the officer’s supervisor"
UNTRAINED = "DDM whose course has run out"
PEOPLE: dict[str, Actor] = {
    REQUESTER: an_officer(),
    OTHER: an_officer(SOMEBODY),
    SUPERVISOR: a_supervisor(SERGEANT),
    "DDM": a_ddm(),
    UNTRAINED: a_ddm(20, trained=False),
    "FCR": a_registered_fcr(),
    "deputy": a_deputy_fcr(),
    "chief officer": a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
WORKERS = (REQUESTER, OTHER, SUPERVISOR, "DDM", UNTRAINED, "FCR", "deputy")


def everybody(*triggers: str, **more: set[str]) -> dict[str, set[str]]:
    return {who: set(triggers) | more.get(who, set()) for who in WORKERS}


EXCUSES, AGAIN = {"excuse"}, {"excuse_second_telling"}
WHO_MAY_DO_WHAT: dict[State, dict[str, set[str]]] = {
    State.DRAFT: {REQUESTER: {"decide", "withdraw"}},
    State.TO_TELL: everybody(
        "record_telling",
        "ask_to_be_excused",
        "appeal",
        "add_information",
        FCR=EXCUSES,
        deputy=EXCUSES,
    ),
    State.TOLD: everybody("appeal", "add_information"),
    State.APPEALED: {who: {"uphold", "dismiss"} for who in ("DDM", "FCR", "deputy")},
    State.DISMISSED: everybody("record_second_telling", FCR=AGAIN, deputy=AGAIN),
    State.CLOSED: everybody("add_information"),
    State.TO_DECIDE_AGAIN: {**everybody("record_crime"), REQUESTER: {"decide", "record_crime"}},
    State.RECORDED: {},
    State.WITHDRAWN: {},
}
#: How a case comes into each state.
WAYS: dict[State, list[tuple[str, str]]] = {
    State.DRAFT: [],
    State.TO_TELL: [(REQUESTER, "decide")],
    State.TOLD: [(REQUESTER, "decide"), (OTHER, "record_telling")],
    State.APPEALED: [(REQUESTER, "decide"), (OTHER, "appeal")],
    State.DISMISSED: [(REQUESTER, "decide"), (OTHER, "appeal"), ("DDM", "dismiss")],
    State.CLOSED: [
        (REQUESTER, "decide"),
        (OTHER, "appeal"),
        ("DDM", "dismiss"),
        (OTHER, "record_second_telling"),
    ],
    State.TO_DECIDE_AGAIN: [(REQUESTER, "decide"), (OTHER, "add_information")],
    State.RECORDED: [(REQUESTER, "decide"), (OTHER, "appeal"), ("FCR", "uphold")],
    State.WITHDRAWN: [(REQUESTER, "withdraw")],
}


def case_in(state: State) -> NotRecordedCase:
    case = NotRecordedCase()
    for who, trigger in WAYS[state]:
        case.take(trigger, PEOPLE[who])
    assert case.state is state
    return case


@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what(state: State) -> None:
    found: dict[str, set[str]] = {}
    for who, actor in PEOPLE.items():
        for step in NOT_RECORDED.steps_from(state):
            try:
                case_in(state).take(step.trigger, actor)
            except FcrError:
                continue
            found.setdefault(who, set()).add(step.trigger)

    assert found == WHO_MAY_DO_WHAT[state]


def test_every_way_of_every_table_is_tried() -> None:
    assert set(WAYS) == set(WHO_MAY_DO_WHAT) == set(State)


@pytest.mark.parametrize("trained", [OFFICER, SERGEANT])
def test_training_makes_nobody_independent_of_the_report(trained: int) -> None:
    close = an_actor(trained, Role.OFFICER, Role.DDM, holds=(DDM_COURSE,))
    with pytest.raises(FcrError):
        case_in(State.APPEALED).take("dismiss", close)


def test_it_suits_a_report_that_nothing_settled_and_that_is_no_rape() -> None:
    assert no_rape_and_not_settled(a_passer_by_report())
    assert not no_rape_and_not_settled(a_report(opening_code=OpeningCode.RAPE))
    assert not no_rape_and_not_settled(a_report(settled_at=NotRecordedCase().now))


def test_a_crime_that_was_recorded_meanwhile_closes_the_case() -> None:
    case = case_in(State.TO_DECIDE_AGAIN)
    other = case_in(State.RECORDED)
    with pytest.raises(FcrError):
        case.take("note_record", PEOPLE[OTHER])
    case.report = other.report

    case.take("note_record", PEOPLE[OTHER])

    assert case.state is State.RECORDED


CAST = tuple(PEOPLE.values())
TRIGGERS = sorted({step.trigger for step in NOT_RECORDED.steps})


class RandomCase(RuleBasedStateMachine):
    """Anybody tries anything, in any order, with good answers."""

    reached: ClassVar[set[State]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.case = NotRecordedCase()

    @rule(
        who=st.sampled_from(CAST),
        trigger=st.sampled_from(TRIGGERS),
        spoilt=st.sampled_from(["", "", "", "told_at", "appeal_at", "rationale"]),
    )
    def somebody_tries_something(self, who: Actor, trigger: str, spoilt: str) -> None:
        """Try any step in any state, with answers good or spoilt."""
        self.attempt(who, trigger, spoilt)

    @rule(step=st.integers(0, 20), first=st.integers(0, len(CAST) - 1))
    def somebody_does_what_can_be_done(self, step: int, first: int) -> None:
        """Ask people in turn until one of them may go on, so that cases get far."""
        steps = list(NOT_RECORDED.steps_from(self.case.state))
        if steps:
            trigger = steps[step % len(steps)].trigger
            any(self.attempt(who, trigger) for who in (*CAST[first:], *CAST[:first]))

    def attempt(self, who: Actor, trigger: str, spoilt: str = "") -> bool:
        """Take a step if the policy lets it through; what is refused changes nothing."""
        before = (self.case.state, self.case.report, list(self.case.decisions))
        answers = self.case.good_answers(trigger)
        if spoilt in answers:
            answers[spoilt] = "1999-01-01T10:00:00+00:00"
        try:
            outcome = self.case.take(trigger, who, answers)
        except FcrError:
            assert (self.case.state, self.case.report, self.case.decisions) == before
            return False
        self.reached.add(self.case.state)
        if outcome.step.decision:
            self.an_appeal_was_decided(who)
        return True

    def an_appeal_was_decided(self, who: Actor) -> None:
        """Nobody decides about their own decision or report, and nobody without training."""
        (outcome, first), _ = self.case.decisions[-2:]
        assert outcome == "not_recorded"
        assert who.id != first
        assert who.id not in self.case.report.involved
        assert who.accreditations

    @invariant()
    def nothing_rests_until_somebody_was_told(self) -> None:
        """Not recorded and at rest means: told of the decision that stands, or excused."""
        if self.case.state in (State.TOLD, State.CLOSED):
            assert self.case.decision is not None
            told = self.case.told_of | self.case.excused
            assert self.case.decision.decided_at in told

    @invariant()
    def the_report_and_the_case_agree(self) -> None:
        """The report is settled without a crime exactly while the decision stands."""
        not_recorded = self.case.report.closing_code is ClosingCode.NOT_RECORDED
        stands = {State.TO_TELL, State.TOLD, State.APPEALED, State.DISMISSED, State.CLOSED}
        assert not_recorded == (self.case.state in stands)
        assert bool(self.case.report.crimes) == (self.case.state is State.RECORDED)


def test_what_must_never_happen_never_does() -> None:
    RandomCase.reached.clear()

    run_state_machine_as_test(
        RandomCase,
        settings=settings(
            max_examples=300,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert RandomCase.reached == set(State) - {State.DRAFT}


@pytest.mark.parametrize("reporter", [ReporterType.PROFESSIONAL, ReporterType.PARENT_OR_CARER])
def test_a_qualifying_report_is_never_left_for_want_of_the_victims_word(
    reporter: ReporterType,
) -> None:
    case = NotRecordedCase(report=a_passer_by_report(reporter_type=reporter))
    answers = {
        "ground": "no_confirm",
        "enquiries": "She was asked twice, alone, and does not speak of it.",
        "necessary": "no",
        "rationale": "She does not say that anything happened, and nobody saw it.",
    }
    with pytest.raises(FcrError, match="counts as the victim’s own"):
        case.take("decide", PEOPLE[REQUESTER], answers)
