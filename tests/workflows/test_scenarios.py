"""The handbook's acceptance scenarios for removing crimes, with their numbers (section 10)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fcr_app.domain.facts import CrimeStatus, ForceFacts, Part
from fcr_app.domain.guards import Verdict
from fcr_app.domain.measures import Removal, told_too_late, victims_told_first
from fcr_app.domain.reclassification_rules import (
    RECLASSIFICATION_TO_N100,
    ReclassificationFacts,
)
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import Actor
from fcr_app.errors import StepRefused
from fcr_app.workflows.cancellation import State
from tests.facts_builders import (
    ABH,
    GOOD_ANSWERS,
    MODERN_SLAVERY,
    NOW,
    OFFICER,
    RAPE_OF_A_GIRL,
    REASONS,
    REQUESTS,
    ROBBERY,
    SATISFIED,
    SERGEANT,
    WOUNDING,
    a_chief_officer,
    a_crime_facts,
    a_ddm,
    a_deputy_fcr,
    a_registered_fcr,
    a_supervisor,
    a_survivor,
    a_victim,
    an_officer,
    an_unregistered_fcr,
)
from tests.in_memory_case import InMemoryCase


def a_case(code: str, says: dict[str, str] | None = None, **case: Any) -> InMemoryCase:
    """Open a request and send it."""
    walked = InMemoryCase(**case)
    walked.take("submit", an_officer(), {**REQUESTS[code], **(says or {})})
    return walked


def tell(case: InMemoryCase, **more: str) -> None:
    """Tell the victim now, and write it down."""
    answers = {**GOOD_ANSWERS["record_notice"], "told_at": case.now.isoformat(), **more}
    case.take("record_notice", an_officer(), answers)


def refusals(case: InMemoryCase, trigger: str, actor: Actor, says: dict[str, str]) -> list[str]:
    """Return the rules by which a step is refused; the case stays as it was."""
    state = case.state
    with pytest.raises(StepRefused) as refused:
        case.take(trigger, actor, says)
    assert case.state is state
    return [refusal.rule for refusal in refused.value.refusals]


RAPE = a_crime_facts(RAPE_OF_A_GIRL)


def test_scenario_4_cctv_found_after_recording_a_rape_is_c2_by_a_registered_fcr() -> None:
    case = a_case("C2", {"information": "CCTV proves the place and time impossible."}, crime=RAPE)

    assert refusals(case, "approve", a_ddm(), SATISFIED) == ["CANC-01"]
    case.take("approve", a_registered_fcr(), SATISFIED)
    tell(case)
    case.take("remove", a_registered_fcr(), {"satisfied_told": "yes"})

    assert case.crime.status is CrimeStatus.CANCELLED


def test_scenario_5_a_transfer_takes_the_number_then_the_victim_then_the_removal() -> None:
    case = a_case("C1")
    approved = case.take("approve_transfer", a_ddm(), SATISFIED)

    number = {"receiving_reference": "DCP/26/4711", "reference_at": case.now.isoformat()}
    numbered = case.take("record_reference", an_officer(), number)

    assert approved.state is State.APPROVED_PENDING_TRANSFER_REFERENCE
    assert numbered.state is State.APPROVED_PENDING_VICTIM
    tell(case, given_reference="yes")
    case.take("remove", a_ddm(), {"satisfied_told": "yes"})

    assert case.crime.status is CrimeStatus.TRANSFERRED


def test_scenario_6_c2_on_the_rape_of_a_child_is_the_registered_fcrs_alone() -> None:
    case = a_case("C2", crime=RAPE)

    assert refusals(case, "approve", a_ddm(), SATISFIED) == ["CANC-01"]
    assert refusals(case, "approve", a_deputy_fcr(), SATISFIED) == ["CANC-01"]

    outcome = case.take("approve", a_registered_fcr(), SATISFIED)
    tell(case)
    case.take("remove", a_registered_fcr(), {"satisfied_told": "yes"})

    assert {check.verdict for check in outcome.checks} == {Verdict.MET}
    assert case.state is State.REMOVED  # and nobody approved it a second time


def test_scenario_6_a_deputy_who_is_on_the_register_in_person_may() -> None:
    case = a_case("C2", crime=RAPE)

    case.take("approve", a_deputy_fcr(registered=True), SATISFIED)

    assert case.decision is not None
    assert case.decision.by_registrar


def test_scenario_7_without_a_registered_fcr_the_chief_officer_decides_on_advice() -> None:
    case = a_case("C2", crime=RAPE, force=ForceFacts(has_registered_fcr=False))

    assert refusals(case, "approve", an_unregistered_fcr(), SATISFIED) == ["CANC-01"]
    assert refusals(case, "approve", a_chief_officer(), SATISFIED) == ["CANC-02"]

    case.take("advise", an_unregistered_fcr(), GOOD_ANSWERS["advise"])
    case.take("approve", a_chief_officer(), SATISFIED)

    assert case.state is State.APPROVED_PENDING_VICTIM


def test_scenario_7_advice_on_an_earlier_request_is_not_advice_on_this_one() -> None:
    case = a_case("C2", crime=RAPE, force=ForceFacts(has_registered_fcr=False))
    case.take("advise", an_unregistered_fcr(), GOOD_ANSWERS["advise"])
    case.take("return", a_chief_officer(), GOOD_ANSWERS["return"])
    case.take("submit", an_officer(), REQUESTS["C2"])

    assert refusals(case, "approve", a_chief_officer(), SATISFIED) == ["CANC-02"]


def test_scenario_8_a_sergeant_who_reviewed_the_crime_is_not_independent() -> None:
    reviewed = a_crime_facts(
        involved=frozenset({(OFFICER, Part.OFFICER_IN_CASE), (SERGEANT, Part.SUPERVISOR)})
    )
    case = a_case("C4", crime=reviewed)
    trained_sergeant = replace(a_ddm(SERGEANT), roles=a_ddm().roles | a_supervisor().roles)

    says = GOOD_ANSWERS["approve_and_remove"]
    assert refusals(case, "approve_and_remove", trained_sergeant, says) == ["CANC-05"]
    assert case.crime.status is CrimeStatus.RECORDED


RETRACTED = {"victim_withdrew": "yes", "withdrawal_concern": "no"}


def test_scenario_9_a_retraction_under_threat_is_refused_and_outcome_16_suggested() -> None:
    robbery = a_crime_facts(ROBBERY)
    case = InMemoryCase(crime=robbery)
    with pytest.raises(StepRefused, match="outcome 14 or 16") as refused:
        case.take(
            "submit",
            an_officer(),
            {**REQUESTS["C2"], "victim_withdrew": "yes", "withdrawal_concern": "yes"},
        )
    assert [refusal.rule for refusal in refused.value.refusals] == ["CANC-15"]

    unseen = a_case("C2", RETRACTED, crime=robbery)  # the officer saw no sign; the decider does
    with pytest.raises(StepRefused, match="outcome 16"):
        unseen.take("approve", a_ddm(), {**SATISFIED, "pressure": "yes"})


def test_scenario_9_a_retraction_is_no_mistake_either() -> None:
    case = a_case("C4", RETRACTED)

    says = {**GOOD_ANSWERS["approve_and_remove"], "pressure": "yes"}
    assert refusals(case, "approve_and_remove", a_ddm(), says) == ["CANC-15"]


def test_scenario_10_self_defence_does_not_fit_wounding_and_fits_actual_bodily_harm() -> None:
    with pytest.raises(StepRefused, match="C5 is not possible for class 8N, code 008/01"):
        a_case("C5", crime=a_crime_facts(WOUNDING))

    case = a_case("C5", crime=a_crime_facts(ABH))
    case.take("approve", a_ddm(), SATISFIED)

    assert case.state is State.APPROVED_PENDING_VICTIM


def test_scenario_11_a_transfer_is_not_removed_until_the_victim_has_the_number() -> None:
    case = a_case("C1")
    case.take("approve_transfer", a_ddm(), SATISFIED)
    number = {"receiving_reference": "DCP/26/4711", "reference_at": case.now.isoformat()}
    case.take("record_reference", an_officer(), number)

    assert refusals(case, "remove", a_ddm(), {"satisfied_told": "yes"}) == ["VIC-01"]
    says = {**GOOD_ANSWERS["record_notice"], "told_at": case.now.isoformat()}
    assert refusals(case, "record_notice", an_officer(), {**says, "given_reference": "no"}) == [
        "TRF-02"
    ]
    assert case.crime.status is CrimeStatus.RECORDED


def test_scenario_11_a_victim_told_after_the_removal_fails_the_audit() -> None:
    late = a_victim(told_at=NOW + timedelta(days=1))
    removal = Removal(
        crime_number="DEMO/1/26", code=RemovalCode.C1, removed_at=NOW, victims=(late,)
    )

    assert told_too_late([removal]) == (removal,)
    assert victims_told_first([removal]).rate == 0


def test_scenario_12_a_duplicate_of_a_cancelled_record_is_refused() -> None:
    case = InMemoryCase(survivor=a_survivor(status=CrimeStatus.CANCELLED))

    assert refusals(case, "submit", an_officer(), REQUESTS["C3"]) == ["CANC-20"]


def test_scenario_12_a_record_cancelled_since_the_request_was_sent_is_refused_too() -> None:
    case = a_case("C3")
    case.survivor = a_survivor(status=CrimeStatus.CANCELLED)

    says = GOOD_ANSWERS["approve_and_remove"]
    assert refusals(case, "approve_and_remove", a_ddm(), says) == ["CANC-20"]


def test_scenario_13_information_from_before_the_record_warns_and_suggests_c4() -> None:
    case = InMemoryCase()
    early = {**REQUESTS["C2"], "available_on": "2026-11-20"}

    assert refusals(case, "submit", an_officer(), early) == ["CANC-22"]
    outcome = case.take(
        "submit", an_officer(), {**early, "warning_rationale": "It reached the officer later."}
    )

    assert [check.cite.rule for check in outcome.warnings] == ["CANC-22"]
    assert "C4 (recorded in error)" in outcome.warnings[0].reason
    assert case.state is State.SUBMITTED


def test_scenario_14_only_negative_conclusive_grounds_cancel_modern_slavery() -> None:
    slavery = a_crime_facts(MODERN_SLAVERY)
    reasonable = {**REQUESTS["C2"], "grounds_decision": "negative_reasonable"}

    assert refusals(InMemoryCase(crime=slavery), "submit", an_officer(), reasonable) == ["CANC-17"]
    case = a_case("C2", {"grounds_decision": "negative_conclusive"}, crime=slavery)
    case.take("approve", a_ddm(), SATISFIED)

    assert case.state is State.APPROVED_PENDING_VICTIM


@pytest.mark.parametrize(("actor", "may"), [(a_registered_fcr(), True), (a_ddm(), False)])
def test_scenario_18_a_rape_recorded_in_error_two_hours_ago_may_become_an_n100(
    actor: Actor, may: bool
) -> None:
    facts = ReclassificationFacts(
        actor=actor,
        now=NOW,
        opened_by_id=OFFICER,
        answers={"not_investigated": "yes"},
        crime=a_crime_facts(RAPE_OF_A_GIRL, recorded_at=NOW - timedelta(hours=2)),
    )

    verdicts = [
        check.verdict for guard in RECLASSIFICATION_TO_N100 if (check := guard.check(facts))
    ]

    assert (set(verdicts) == {Verdict.MET}) is may


# --- what the scenarios leave out, and a registrar would ask -----------------------------


def test_what_the_victim_says_when_told_can_still_stop_the_removal() -> None:
    case = a_case("C2")
    case.take("approve", a_ddm(), SATISFIED)
    tell(case, victim_reply="I was told to say that.")

    case.take("set_aside", a_ddm(), {"rationale": REASONS})
    case.take("refuse", a_ddm(), {"rationale": REASONS})

    assert case.state is State.REFUSED
    assert case.crime.status is CrimeStatus.RECORDED


def test_a_crime_found_to_be_rape_after_the_approval_is_the_fcrs_to_remove() -> None:
    case = a_case("C2")
    case.take("approve", a_ddm(), SATISFIED)
    tell(case)
    case.crime = replace(RAPE, involved=case.crime.involved)
    case.holder_id = None

    assert refusals(case, "remove", a_ddm(), {"satisfied_told": "yes"}) == ["CANC-01"]
    case.take("remove", a_registered_fcr(), {"satisfied_told": "yes"})

    assert case.state is State.REMOVED


def test_a_crime_found_to_be_wounding_after_the_approval_does_not_leave_as_self_defence() -> None:
    case = a_case("C5", crime=a_crime_facts(ABH))
    case.take("approve", a_ddm(), SATISFIED)
    tell(case)
    case.crime = a_crime_facts(WOUNDING)

    assert refusals(case, "remove", a_ddm(), {"satisfied_told": "yes"}) == ["CANC-07"]


def test_whoever_approves_holds_the_case_until_it_is_removed() -> None:
    case = a_case("C2")
    case.take("approve", a_ddm(), SATISFIED)
    tell(case)

    assert refusals(case, "remove", a_ddm(77), {"satisfied_told": "yes"}) == ["ROLE-01"]
    case.take("remove", a_ddm(), {"satisfied_told": "yes"})

    assert case.holder_id is None


def test_a_victim_told_of_one_decision_is_told_again_of_the_next() -> None:
    case = a_case("C2")
    case.take("approve", a_ddm(), SATISFIED)
    tell(case)
    case.take("set_aside", a_ddm(), {"rationale": REASONS})
    case.take("approve", a_ddm(), SATISFIED)

    assert refusals(case, "remove", a_ddm(), {"satisfied_told": "yes"}) == ["VIC-01"]


def test_a_decision_can_not_change_what_was_asked() -> None:
    case = a_case("C2")

    case.take("approve", a_ddm(), {**SATISFIED, "code": "C4"})

    assert case.request["code"] == "C2"


def test_a_victim_who_can_not_be_traced_is_excused_by_the_fcr_alone() -> None:
    case = a_case("C2")
    case.take("approve", a_ddm(), SATISFIED)
    case.take("propose_exception", an_officer(), GOOD_ANSWERS["propose_exception"])
    assert refusals(case, "remove", a_ddm(), {"satisfied_told": "yes"}) == ["VIC-01"]

    case.take("approve_exception", an_unregistered_fcr(), GOOD_ANSWERS["approve_exception"])
    case.take("remove", a_ddm(), {"satisfied_told": "yes"})

    assert case.state is State.REMOVED


def test_a_crime_removed_by_the_fcr_is_put_back_by_the_fcr() -> None:
    case = a_case("C3")
    case.take("approve_and_remove", a_registered_fcr(), SATISFIED)

    assert refusals(case, "reinstate", a_ddm(), {"rationale": REASONS}) == ["ROLE-02"]
    case.take("reinstate", a_deputy_fcr(), {"rationale": REASONS})

    assert case.state is State.REINSTATED
    assert case.crime.status is CrimeStatus.RECORDED


def test_a_decider_who_is_not_satisfied_that_the_victim_was_told_removes_nothing() -> None:
    case = a_case("C4")
    case.take("approve", a_ddm(), SATISFIED)
    tell(case)

    assert refusals(case, "remove", a_ddm(), {"satisfied_told": "no"}) == ["VIC-01"]
