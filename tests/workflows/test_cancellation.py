"""Who may do what to a request for removal: tables that a registrar could sign.

Each is tried in a case where everything else is in order, so that only the person decides.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from fcr_app.domain.effects import (
    Audience,
    GiveFeedback,
    RecordDecision,
    RecordVictimNotice,
    ReinstateCrime,
    RemoveCrime,
)
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.domain.workflow import Holding
from fcr_app.errors import FcrError, StepRefused
from fcr_app.workflows.cancellation import CANCELLATION, State, days_to_tell
from tests.facts_builders import (
    ABH,
    GOOD_ANSWERS,
    RAPE_OF_A_GIRL,
    REQUESTS,
    SERGEANT,
    SOMEBODY,
    THEFT,
    a_chief_officer,
    a_crime_facts,
    a_ddm,
    a_decision,
    a_deputy_fcr,
    a_force,
    a_registered_fcr,
    a_supervisor,
    a_victim,
    an_administrator,
    an_auditor,
    an_officer,
    cancellation_facts,
    facts_in_order,
)

REQUESTER, OTHER_OFFICER, OTHER_SERGEANT = "who asked", "another officer", "another supervisor"
TRAINED_DDM, REGISTERED_FCR, DEPUTY = "DDM", "registered FCR", "deputy not on the register"
CHIEF = "chief officer"

PEOPLE: dict[str, Actor] = {
    REQUESTER: an_officer(),
    OTHER_OFFICER: an_officer(SOMEBODY),
    OTHER_SERGEANT: a_supervisor(SERGEANT),
    TRAINED_DDM: a_ddm(),
    "DDM whose course has run out": a_ddm(SOMEBODY, trained=False),
    REGISTERED_FCR: a_registered_fcr(),
    DEPUTY: a_deputy_fcr(),
    CHIEF: a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
OFFICERS = (REQUESTER, OTHER_OFFICER, OTHER_SERGEANT)
#: A DDM without a course asks, records and tells like anybody; that is no decision.
UNTRAINED = "DDM whose course has run out"
DECIDING = (TRAINED_DDM, REGISTERED_FCR, DEPUTY)

Table = dict[State, dict[str, set[str]]]


def everybody(people: tuple[str, ...], *triggers: str) -> dict[str, set[str]]:
    return {who: set(triggers) for who in people}


TELL = ("record_notice", "propose_exception")

#: A theft, asked for under C2 with low harm, decided by a DDM.
ORDINARY: Table = {
    State.DRAFT: {REQUESTER: {"submit", "withdraw"}},
    State.SUBMITTED: {
        REQUESTER: {"withdraw"},
        **everybody(DECIDING, "approve", "refuse", "return"),
    },
    State.RETURNED: {REQUESTER: {"submit", "withdraw"}},
    State.REFUSED: everybody(DECIDING, "set_aside"),
    State.APPROVED_PENDING_VICTIM: {
        **everybody((*OFFICERS, UNTRAINED), *TELL),
        TRAINED_DDM: {*TELL, "remove", "set_aside"},
        REGISTERED_FCR: {*TELL, "approve_exception", "remove", "set_aside"},
        DEPUTY: {*TELL, "approve_exception", "remove", "set_aside"},
    },
    State.REMOVED: everybody(DECIDING, "reinstate"),
    State.WITHDRAWN: {},
    State.REINSTATED: {},
}
#: The same, decided by the FCR: no DDM overturns or carries out the FCR's decision.
DECIDED_BY_THE_FCR: Table = {
    State.SUBMITTED: {
        REQUESTER: {"withdraw"},
        **everybody((REGISTERED_FCR, DEPUTY), "approve", "refuse", "return"),
    },
    State.REFUSED: everybody((REGISTERED_FCR, DEPUTY), "set_aside"),
    State.APPROVED_PENDING_VICTIM: {
        **everybody((*OFFICERS, UNTRAINED, TRAINED_DDM), *TELL),
        **everybody((REGISTERED_FCR, DEPUTY), *TELL, "approve_exception", "remove", "set_aside"),
    },
    State.REMOVED: everybody((REGISTERED_FCR, DEPUTY), "reinstate"),
}
#: C1: the other force's number comes before the victim is told.
TRANSFER: Table = {
    State.SUBMITTED: {
        REQUESTER: {"withdraw"},
        **everybody(DECIDING, "approve_transfer", "refuse", "return"),
    },
    State.APPROVED_PENDING_TRANSFER_REFERENCE: {
        **everybody((*OFFICERS, UNTRAINED), "record_reference"),
        **everybody(DECIDING, "record_reference", "set_aside"),
    },
}
#: C3 and C4 may be removed at once: no rule makes telling a condition.
AT_ONCE: Table = {
    State.SUBMITTED: {
        REQUESTER: {"withdraw"},
        **everybody(DECIDING, "approve", "approve_and_remove", "refuse", "return"),
    },
}
#: C5 is decided by a trained DDM or the FCR.
SELF_DEFENCE: Table = {
    State.SUBMITTED: {
        REQUESTER: {"withdraw"},
        **everybody(DECIDING, "approve", "refuse", "return"),
    },
}
#: C2 on the rape of a child, with an FCR on the register.
RESERVED: Table = {
    State.SUBMITTED: {
        REQUESTER: {"withdraw"},
        REGISTERED_FCR: {"approve", "refuse", "return"},
    },
    State.REFUSED: {REGISTERED_FCR: {"set_aside"}},
    State.APPROVED_PENDING_VICTIM: {
        **everybody((*OFFICERS, UNTRAINED, TRAINED_DDM), *TELL),
        DEPUTY: {*TELL, "approve_exception"},
        REGISTERED_FCR: {*TELL, "approve_exception", "remove", "set_aside"},
    },
    State.REMOVED: everybody((REGISTERED_FCR, DEPUTY), "reinstate"),
}
#: The same with nobody on the register, before and after the registrar has advised.
UNADVISED: Table = {
    State.SUBMITTED: {REQUESTER: {"withdraw"}, DEPUTY: {"advise"}},
}
ADVISED: Table = {
    State.SUBMITTED: {
        REQUESTER: {"withdraw"},
        DEPUTY: {"advise"},
        CHIEF: {"approve", "refuse", "return"},
    },
    State.REFUSED: {CHIEF: {"set_aside"}},
    State.APPROVED_PENDING_VICTIM: {
        **everybody((*OFFICERS, UNTRAINED, TRAINED_DDM), *TELL),
        DEPUTY: {*TELL, "approve_exception"},
        CHIEF: {"remove", "set_aside"},
    },
}

RAPE: dict[str, Any] = {"crime": a_crime_facts(RAPE_OF_A_GIRL)}
NOBODY_REGISTERED: dict[str, Any] = {**RAPE, "force": a_force(has_registered_fcr=False)}
BY_THE_FCR: dict[str, Any] = {"decision": a_decision(by_registrar=True)}

#: Each table with the case it is about: the reason code, and what else is true of the case.
WHO_MAY_DO_WHAT: list[tuple[str, Table, str, dict[str, Any]]] = [
    ("ordinary", ORDINARY, "C2", {}),
    ("decided by the FCR", DECIDED_BY_THE_FCR, "C2", BY_THE_FCR),
    ("transfer", TRANSFER, "C1", {}),
    ("duplicate", AT_ONCE, "C3", {}),
    ("mistake", AT_ONCE, "C4", {}),
    ("self-defence", SELF_DEFENCE, "C5", {"crime": a_crime_facts(ABH)}),
    ("rape", RESERVED, "C2", {**RAPE, **BY_THE_FCR}),
    ("rape, nobody registered", UNADVISED, "C2", NOBODY_REGISTERED),
    ("rape, chief officer advised", ADVISED, "C2", {**NOBODY_REGISTERED, "advice_attached": True}),
]


def may_do(state: State, actor: Actor, code: str, more: Mapping[str, Any]) -> set[str]:
    """Return the triggers that succeed for a person, with good answers."""
    done = set()
    for step in CANCELLATION.steps_from(state):
        answers = REQUESTS[code] if step.sets_request else GOOD_ANSWERS[step.trigger]
        facts = facts_in_order(state, actor, code, says=answers, **more)
        try:
            CANCELLATION.decide(step.trigger, state, facts)
        except FcrError:
            continue
        done.add(step.trigger)
    return done


@pytest.mark.parametrize(
    ("state", "expected", "code", "more"),
    [
        pytest.param(state, expected, code, more, id=f"{name}: {state}")
        for name, table, code, more in WHO_MAY_DO_WHAT
        for state, expected in table.items()
    ],
)
def test_who_may_do_what(
    state: State, expected: dict[str, set[str]], code: str, more: dict[str, Any]
) -> None:
    people = dict(PEOPLE)
    if "force" in more:
        del people[REGISTERED_FCR]  # nobody is on the register

    found = {who: may_do(state, actor, code, more) for who, actor in people.items()}

    assert {who: triggers for who, triggers in found.items() if triggers} == expected


# --- what follows from a step ------------------------------------------------------------


def effects_of(trigger: str) -> list[type]:
    (step,) = [step for step in CANCELLATION.steps if step.trigger == trigger]
    return [type(effect) for effect in step.effects]


def test_only_two_steps_remove_a_crime_and_one_puts_it_back() -> None:
    removing = [step.trigger for step in CANCELLATION.steps if RemoveCrime() in step.effects]
    restoring = [step.trigger for step in CANCELLATION.steps if ReinstateCrime() in step.effects]

    assert removing == ["approve_and_remove", "remove"]
    assert restoring == ["reinstate"]


def test_every_decision_is_recorded_as_what_it_was() -> None:
    recorded = {
        step.trigger: effect.outcome
        for step in CANCELLATION.steps
        for effect in step.effects
        if isinstance(effect, RecordDecision)
    }

    assert recorded == {
        "approve_transfer": "approved",
        "approve": "approved",
        "approve_and_remove": "approved",
        "refuse": "refused",
        "set_aside": "set_aside",
        "reinstate": "reinstated",
    }


@pytest.mark.parametrize(
    ("trigger", "to", "only_with_remark"),
    [
        ("refuse", Audience.REQUESTER, False),
        ("return", Audience.REQUESTER, False),
        ("approve", Audience.REQUESTER, True),
        ("approve_transfer", Audience.REQUESTER, True),
        ("approve_and_remove", Audience.REQUESTER, True),
        ("reinstate", Audience.DECIDER, False),
    ],
)
def test_whoever_decided_before_gets_the_reasons(
    trigger: str, to: Audience, only_with_remark: bool
) -> None:
    given = [
        effect
        for step in CANCELLATION.steps
        if step.trigger == trigger
        for effect in step.effects
        if isinstance(effect, GiveFeedback)
    ]

    assert [(effect.to, effect.only_with_remark) for effect in given] == [(to, only_with_remark)]


def test_telling_a_victim_is_kept() -> None:
    assert effects_of("record_notice")[0] is RecordVictimNotice


def test_whoever_decides_in_principle_takes_the_case_and_an_end_lets_it_go() -> None:
    holding = {
        kind: {step.trigger for step in CANCELLATION.steps if step.holding is kind}
        for kind in Holding
    }

    assert holding[Holding.TAKE] == {"approve", "approve_transfer"}
    assert holding[Holding.RELEASE] == {
        "submit",
        "withdraw",
        "approve_and_remove",
        "refuse",
        "return",
        "remove",
        "set_aside",
        "reinstate",
    }


def test_nobody_has_anything_to_do_once_it_is_settled() -> None:
    assert CANCELLATION.settled == {
        State.REFUSED,
        State.REMOVED,
        State.WITHDRAWN,
        State.REINSTATED,
    }
    assert CANCELLATION.awaiting == {State.SUBMITTED}


# --- the clocks --------------------------------------------------------------------------


@pytest.mark.parametrize(("enhanced", "days"), [(False, 5), (True, 1)])
def test_victims_with_enhanced_rights_are_told_within_one_working_day(
    enhanced: bool, days: int
) -> None:
    victims = (a_victim(), a_victim(2, enhanced=enhanced))

    assert days_to_tell(cancellation_facts(victims=victims)) == days


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (State.SUBMITTED, "2026-12-02"),
        (State.RETURNED, "2026-12-09"),
        (State.APPROVED_PENDING_TRANSFER_REFERENCE, "2026-12-09"),
        (State.APPROVED_PENDING_VICTIM, "2026-12-02"),
    ],
)
def test_every_open_state_has_its_clock(state: State, due: str) -> None:
    deadline = CANCELLATION.deadline(state)

    assert deadline is not None
    due_at = deadline.due_at(cancellation_facts(), frozenset())
    assert due_at is not None
    assert due_at.date().isoformat() == due


@pytest.mark.parametrize("state", [State.DRAFT, State.REFUSED, State.REMOVED, State.WITHDRAWN])
def test_no_clock_runs_where_nobody_waits(state: State) -> None:
    assert CANCELLATION.deadline(state) is None


# --- what a refusal says -----------------------------------------------------------------


def test_a_decision_page_lists_every_rule_at_once() -> None:
    facts = cancellation_facts(
        an_officer(), crime=a_crime_facts(THEFT), other_open_request=True, settled_by_registrar=True
    )
    (step,) = [step for step in CANCELLATION.steps if step.trigger == "approve"]

    rules = [check.cite.rule for check in step.checks(facts)]

    assert {"CANC-04", "CANC-05", "CANC-13", "CANC-14", "CANC-18", "CANC-22", "ROLE-02"} <= set(
        rules
    )


def test_a_refused_decision_names_every_reason_at_once() -> None:
    facts = cancellation_facts(
        a_ddm(),
        opened_by_id=a_ddm().id,
        asked={"risk": "high", "available_on": "2026-12-24"},
        says={"is_additional": "no", "rationale": "Short."},
        other_open_request=True,
    )

    with pytest.raises(StepRefused) as refused:
        CANCELLATION.decide("approve", State.SUBMITTED, facts)

    assert [refusal.rule for refusal in refused.value.refusals] == [
        "",
        "",
        "",
        "CANC-05",
        "CANC-19",
        "CANC-22",
        "CANC-14",
        "CANC-13",
    ]
