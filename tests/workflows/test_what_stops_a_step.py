"""For each rule, the steps it stops: the case is in order but for one thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from fcr_app.domain import removal_rules as r
from fcr_app.domain.facts import CancellationFacts, CrimeStatus, Part
from fcr_app.domain.guards import Guard
from fcr_app.domain.roles import Actor
from fcr_app.errors import StepRefused
from fcr_app.workflows.cancellation import CANCELLATION, State
from tests.facts_builders import (
    ABH,
    DDM,
    FCR,
    FGM,
    GOOD_ANSWERS,
    MODERN_SLAVERY,
    RAPE_OF_A_GIRL,
    REQUESTS,
    SOMEBODY,
    WOUNDING,
    a_chief_officer,
    a_crime_facts,
    a_ddm,
    a_decision,
    a_force,
    a_registered_fcr,
    a_survivor,
    a_victim,
    an_actor,
    an_officer,
    facts_in_order,
    told,
)

S = State
#: Where each step starts that is tried here.
STARTS = {
    "submit": S.DRAFT,
    "withdraw": S.SUBMITTED,
    "approve": S.SUBMITTED,
    "approve_transfer": S.SUBMITTED,
    "approve_and_remove": S.SUBMITTED,
    "refuse": S.SUBMITTED,
    "return": S.SUBMITTED,
    "advise": S.SUBMITTED,
    "record_reference": S.APPROVED_PENDING_TRANSFER_REFERENCE,
    "record_notice": S.APPROVED_PENDING_VICTIM,
    "propose_exception": S.APPROVED_PENDING_VICTIM,
    "approve_exception": S.APPROVED_PENDING_VICTIM,
    "remove": S.APPROVED_PENDING_VICTIM,
    "set_aside": S.APPROVED_PENDING_VICTIM,
    "reinstate": S.REMOVED,
}
BY_THE_REQUESTER = ("submit", "withdraw")
TELLING = ("record_reference", "record_notice", "propose_exception")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong, and the steps it stops."""

    guard: Guard[CancellationFacts]
    code: str = "C2"
    stops: str
    who: Actor | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


APPROVING = {
    "C1": "approve_transfer",
    "C2": "approve",
    "C3": "approve approve_and_remove",
    "C4": "approve approve_and_remove",
    "C5": "approve",
}
DECIDING = "refuse return set_aside"


def in_the_request(guard: Any, code: str = "C2", also: str = "", **fault: Any) -> Fault:
    """Make a fault that stops the request from being sent, and from being approved."""
    return Fault(guard=guard, code=code, stops=f"submit {APPROVING[code]} {also}", **fault)


def in_the_test(guard: Any, code: str, question: str) -> Fault:
    """Make a fault that the decider sees: a test is not met."""
    return Fault(guard=guard, code=code, stops=APPROVING[code], says={question: "no"})


def in_the_decider(guard: Any, code: str = "C2", also: str = "remove", **fault: Any) -> Fault:
    """Make a fault in who decides: it stops every way of deciding."""
    return Fault(guard=guard, code=code, stops=f"{APPROVING[code]} {DECIDING} {also}", **fault)


def for_codes(make: Any, codes: str, guard: Any, **fault: Any) -> list[Fault]:
    """Make the same fault for several codes."""
    return [make(guard, code, **fault) for code in codes.split()]


CLOSE = a_crime_facts(involved=frozenset({(DDM, Part.CONTRIBUTOR)}))
RAPE = a_crime_facts(RAPE_OF_A_GIRL)
UNREGISTERED = a_force(has_registered_fcr=False)
WITHDREW = {"victim_withdrew": "yes", "withdrawal_concern": "no"}

FAULTS = [
    # the request
    *for_codes(
        in_the_request,
        "C1 C2 C3",
        r.the_crime_still_stands,
        also="remove",
        facts={"crime": a_crime_facts(status=CrimeStatus.CANCELLED)},
    ),
    *for_codes(
        in_the_request,
        "C1 C2 C3",
        r.the_crime_has_a_class,
        facts={"crime": a_crime_facts(("", ""))},
    ),
    *for_codes(
        in_the_request,
        "C1 C2 C3",
        r.no_other_request_is_open,
        also="set_aside",
        facts={"other_open_request": True},
    ),
    in_the_request(r.the_information_is_not_from_the_future, asked={"available_on": "2026-12-24"}),
    in_the_request(r.the_information_came_after_the_record, asked={"available_on": "2026-11-20"}),
    in_the_request(
        r.the_information_is_more_than_opinion, asked={"effect": "The suspect denies it all."}
    ),
    *for_codes(
        in_the_request,
        "C2 C4",
        r.no_withdrawal_under_pressure,
        asked={**WITHDREW, "withdrawal_concern": "yes"},
    ),
    in_the_request(
        r.modern_slavery_needs_conclusive_grounds,
        also="remove",
        asked={"grounds_decision": "negative_reasonable"},
        facts={"crime": a_crime_facts(MODERN_SLAVERY)},
    ),
    in_the_request(r.the_survivor_is_live, "C3", also="remove", facts={"survivor": None}),
    in_the_request(
        r.the_survivor_is_not_leaving,
        "C3",
        also="remove",
        facts={"survivor": a_survivor(leaves_by_open_request=True)},
    ),
    in_the_request(r.nothing_rests_on_a_duplicate, "C3", facts={"rests_on_it": "DEMO/3/26"}),
    *for_codes(
        in_the_request,
        "C1 C2 C4",
        r.something_rests_on_this_crime,
        says={"warning_rationale": ""},
        facts={"rests_on_it": "DEMO/3/26"},
    ),
    in_the_request(
        r.self_defence_fits_the_class,
        "C5",
        also="remove",
        facts={"crime": a_crime_facts(WOUNDING)},
    ),
    Fault(guard=r.only_the_requester, stops="submit withdraw", who=an_officer(SOMEBODY)),
    # the tests
    in_the_test(r.the_location_is_shown, "C1", "is_elsewhere"),
    in_the_test(r.the_information_is_additional, "C2", "is_additional"),
    in_the_test(r.the_information_is_verifiable, "C2", "is_verifiable"),
    in_the_test(r.the_information_settles_it, "C2", "is_information"),
    in_the_test(r.the_two_belong_together, "C3", "is_same"),
    in_the_test(r.it_was_a_genuine_mistake, "C4", "is_mistake"),
    in_the_test(r.self_defence_is_shown, "C5", "is_self_defence"),
    Fault(
        guard=r.the_decider_sees_no_pressure,
        stops="approve",
        asked=WITHDREW,
        says={"pressure": "yes"},
    ),
    Fault(
        guard=r.the_decider_sees_no_pressure,
        code="C4",
        stops="approve_and_remove",
        asked=WITHDREW,
        says={"pressure": "yes"},
    ),
    Fault(
        guard=r.the_victim_of_a_mistake_may_be_told,
        code="C4",
        stops="approve_and_remove",
        says={"warning_rationale": ""},
        facts={"victims": (a_victim(),)},
    ),
    # who decides
    *for_codes(
        in_the_decider,
        "C1 C2 C3",
        r.the_decider_is_independent,
        also="remove reinstate",
        facts={"crime": CLOSE},
    ),
    Fault(
        guard=r.the_decider_is_independent,
        stops="approve_exception",
        who=a_registered_fcr(DDM),
        facts={"crime": CLOSE},
    ),
    in_the_decider(r.the_registered_fcr_decides_rape_and_homicide, facts={"crime": RAPE}),
    *for_codes(
        in_the_decider, "C1 C3 C4", r.the_fcr_decides_rape_and_homicide, facts={"crime": RAPE}
    ),
    *for_codes(
        in_the_decider,
        "C2 C4",
        r.the_fcr_decides_female_genital_mutilation,
        facts={"crime": a_crime_facts(FGM)},
    ),
    *for_codes(
        in_the_decider, "C2 C4", r.the_fcr_decides_where_harm_is_high, asked={"risk": "high"}
    ),
    in_the_decider(r.the_decider_has_authority, who=a_ddm(trained=False)),
    in_the_decider(r.the_decider_is_trained_in_cancellations, "C3", who=a_ddm(trained=False)),
    in_the_decider(r.a_trained_decider_weighs_self_defence, "C5", who=a_ddm(trained=False)),
    in_the_decider(r.a_trained_decider_agrees_transfers, "C1", who=a_ddm(trained=False)),
    in_the_decider(
        r.the_registrar_has_advised,
        who=a_chief_officer(),
        facts={"crime": RAPE, "force": UNREGISTERED},
    ),
    *for_codes(
        in_the_decider,
        "C1 C2 C3",
        r.only_a_registrar_supersedes_a_registrar,
        also="remove reinstate",
        facts={"decision": a_decision(by_registrar=True, by=FCR)},
    ),
    *for_codes(in_the_decider, "C1 C2 C3", r.nobody_else_holds_it, facts={"holder_id": SOMEBODY}),
    Fault(guard=r.the_decider_is_trained, stops="reinstate", who=a_ddm(trained=False)),
    Fault(
        guard=r.the_adviser_is_not_the_decider,
        stops="advise",
        who=an_actor(FCR, *a_registered_fcr().roles, *a_chief_officer().roles),
        facts={"crime": RAPE, "force": UNREGISTERED},
    ),
    Fault(
        guard=r.the_fcr_approves_exceptions,
        stops="approve_exception",
        who=an_actor(FCR, *a_registered_fcr().roles),
    ),
    # the other force's number, and the victim
    Fault(
        guard=r.the_number_is_not_from_the_future,
        code="C1",
        stops="record_reference",
        who=an_officer(),
        says={"reference_at": "2026-12-24T10:00:00+00:00"},
    ),
    Fault(
        guard=r.the_victim_is_of_this_crime,
        stops="record_notice propose_exception",
        who=an_officer(),
        says={"victim": "99"},
    ),
    Fault(
        guard=r.the_victim_is_of_this_crime,
        stops="approve_exception",
        who=a_registered_fcr(),
        says={"victim": "99"},
    ),
    Fault(
        guard=r.the_telling_is_of_this_decision,
        stops="record_notice",
        who=an_officer(),
        says={"told_at": "2026-11-20T10:00:00+00:00"},
    ),
    Fault(
        guard=r.the_number_comes_before_the_telling,
        code="C1",
        stops="record_notice",
        who=an_officer(),
        facts={"reference_held": ""},
    ),
    Fault(guard=r.every_victim_was_told, stops="remove", facts={"victims": (a_victim(),)}),
    Fault(
        guard=r.the_transfer_is_complete,
        code="C1",
        stops="remove",
        facts={"victims": (told(a_victim(), given_reference=False),)},
    ),
    Fault(guard=r.the_decider_is_satisfied, stops="remove", says={"satisfied_told": "no"}),
]


def decide(trigger: str, fault: Fault) -> None:
    """Take a step in a case where only the fault is wrong."""
    usual = an_officer() if trigger in BY_THE_REQUESTER else a_ddm()
    answers = {
        **(REQUESTS[fault.code] if trigger == "submit" else GOOD_ANSWERS[trigger]),
        **(fault.asked if trigger == "submit" else {}),
        **fault.says,
    }
    facts: dict[str, Any] = {
        "crime": a_crime_facts(ABH) if fault.code == "C5" else a_crime_facts(),
        **fault.facts,
    }
    CANCELLATION.decide(
        trigger,
        STARTS[trigger],
        facts_in_order(
            STARTS[trigger],
            fault.who or usual,
            fault.code,
            asked=fault.asked,
            says=answers,
            **({"decision": a_decision()} if trigger == "set_aside" else {}) | facts,
        ),
    )


@pytest.mark.parametrize(
    ("trigger", "fault"),
    [
        pytest.param(trigger, fault, id=f"{trigger}, {fault.guard.name}, {fault.code}")
        for fault in FAULTS
        for trigger in fault.stops.split()
    ],
)
def test_a_rule_stops_the_steps_it_is_written_for(trigger: str, fault: Fault) -> None:
    with pytest.raises(StepRefused) as refused:
        decide(trigger, fault)

    cites = [rule for refusal in refused.value.refusals for rule in refusal.rule.split(", ")]
    assert fault.guard.cite.rule in cites


def test_every_rule_of_every_step_is_tried_here() -> None:
    tried = {(trigger, fault.guard.name) for fault in FAULTS for trigger in fault.stops.split()}
    written = {
        (step.trigger, guard.name)
        for step in CANCELLATION.steps
        for guard in step.guards
        if can_apply(step.trigger, guard)
    }

    assert written - tried == set()


def can_apply(trigger: str, guard: Guard[CancellationFacts]) -> bool:
    """Say whether a rule written on a step can apply to any case the step is offered for."""
    step = CANCELLATION.step(trigger, STARTS[trigger])
    return any(
        step.offered(facts) and guard.when(facts)
        for code in REQUESTS
        for facts in faulty_facts(trigger, code)
    )


def faulty_facts(trigger: str, code: str) -> list[CancellationFacts]:
    """Return the faulty cases of a code, in the state that a step starts in."""
    return [
        facts_in_order(
            STARTS[trigger], fault.who or a_ddm(), code, asked=fault.asked, **fault.facts
        )
        for fault in FAULTS
        if fault.code == code
    ]
