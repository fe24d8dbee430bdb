"""Who may send a request, who is too close to decide it, and whose decision stands."""

from dataclasses import replace

import pytest

from fcr_app.domain import removal_rules as r
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import Actor, Role
from tests.facts_builders import (
    DDM,
    FCR,
    OFFICER,
    SOMEBODY,
    a_crime_facts,
    a_ddm,
    a_decision,
    a_deputy_fcr,
    a_registered_fcr,
    an_actor,
    an_officer,
    cancellation_facts,
)
from tests.reasons import reason


def test_only_the_requester_sends_or_withdraws_the_request() -> None:
    assert reason(r.only_the_requester, cancellation_facts(an_officer())) == ""
    assert reason(r.only_the_requester, cancellation_facts(an_officer(SOMEBODY))) == (
        "Only the person who made this request may do this."
    )


def test_a_decider_with_a_part_in_the_investigation_is_not_independent() -> None:
    crime = a_crime_facts(involved=frozenset({(DDM, Part.CONTRIBUTOR)}))

    assert reason(r.the_decider_is_independent, cancellation_facts(a_ddm(), crime=crime)) == (
        "You are not independent of this investigation: you contributed to the investigation. "
        "Somebody else has to decide it."
    )


def test_a_decider_without_any_part_is_independent() -> None:
    assert reason(r.the_decider_is_independent, cancellation_facts(a_ddm())) == ""


@pytest.mark.parametrize(
    ("actor", "trained"),
    [
        (a_ddm(), True),
        (a_registered_fcr(), True),
        (a_deputy_fcr(), True),
        (a_ddm(trained=False), False),
        (an_actor(FCR, Role.FCR), False),
        (an_officer(SOMEBODY), False),
    ],
)
def test_a_crime_is_put_back_by_a_trained_ddm_or_the_fcr(actor: Actor, trained: bool) -> None:
    assert (reason(r.the_decider_is_trained, cancellation_facts(actor)) == "") is trained


def test_a_case_that_nobody_has_claimed_may_be_decided() -> None:
    assert reason(r.nobody_else_holds_it, cancellation_facts(a_ddm())) == ""


def test_whoever_has_claimed_a_case_decides_it() -> None:
    mine = cancellation_facts(a_ddm(), holder_id=DDM)
    another = cancellation_facts(a_ddm(), holder_id=SOMEBODY, holder_name="Demo DDM Two")

    assert reason(r.nobody_else_holds_it, mine) == ""
    assert reason(r.nobody_else_holds_it, another) == (
        "Demo DDM Two holds this case. Ask them to release it, or the FCR to reassign it."
    )
    assert reason(r.nobody_else_holds_it, replace(another, holder_name="")).startswith("Somebody")


def test_a_deputy_decides_what_the_person_they_cover_for_has_claimed() -> None:
    covering = replace(a_ddm(), deputises_for=frozenset({SOMEBODY}))

    assert reason(r.nobody_else_holds_it, cancellation_facts(covering, holder_id=SOMEBODY)) == ""


@pytest.mark.parametrize("actor", [a_registered_fcr(), a_deputy_fcr()], ids=["FCR", "deputy"])
def test_a_registrar_may_decide_after_a_registrar(actor: Actor) -> None:
    facts = cancellation_facts(
        actor, decision=a_decision(by_registrar=True), settled_by_registrar=True
    )

    assert reason(r.only_a_registrar_supersedes_a_registrar, facts) == ""


def test_nobody_else_decides_after_a_registrar() -> None:
    facts = cancellation_facts(a_ddm(), decision=a_decision(by_registrar=True, by=FCR))

    assert reason(r.only_a_registrar_supersedes_a_registrar, facts) == (
        "The FCR made this decision. Only the FCR can set it aside."
    )


def test_asking_again_does_not_get_round_the_registrar() -> None:
    facts = cancellation_facts(a_ddm(), settled_by_registrar=True)

    assert reason(r.only_a_registrar_supersedes_a_registrar, facts).startswith(
        "The FCR refused an earlier request about this crime, or put the crime back."
    )


def test_a_ddm_may_decide_after_a_ddm() -> None:
    facts = cancellation_facts(a_ddm(OFFICER + 50), decision=a_decision(by_registrar=False))

    assert reason(r.only_a_registrar_supersedes_a_registrar, facts) == ""
    assert reason(r.only_a_registrar_supersedes_a_registrar, cancellation_facts(a_ddm())) == ""
