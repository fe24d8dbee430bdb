"""Which authority rule a request falls under, with its source, and who meets it."""

from typing import Any

import pytest

from fcr_app.domain import removal_rules as r
from fcr_app.domain.authority import Needed
from fcr_app.domain.facts import ForceFacts
from fcr_app.domain.roles import Actor, Role
from tests.facts_builders import (
    ABH,
    CHIEF,
    DDM_COURSE,
    FCR,
    FGM,
    MURDER,
    RAPE_OF_A_GIRL,
    REGISTER,
    THEFT,
    a_chief_officer,
    a_crime_facts,
    a_ddm,
    a_decision,
    a_deputy_fcr,
    a_force,
    a_registered_fcr,
    an_actor,
    an_officer,
    an_unregistered_fcr,
    cancellation_facts,
)
from tests.reasons import applies, reason

#: For each kind of request, the handbook rule that says whose decision it is.
WHOSE_DECISION = [
    ("C1", THEFT, "low", "CANC-09"),
    ("C2", THEFT, "low", "CANC-04"),
    ("C3", THEFT, "low", "CANC-06"),
    ("C4", THEFT, "medium", "CANC-06"),
    ("C5", ABH, "low", "CANC-07"),
    ("C2", THEFT, "high", "CANC-19"),
    ("C4", THEFT, "high", "CANC-19"),
    ("C5", ABH, "high", "CANC-19"),
    ("C2", RAPE_OF_A_GIRL, "low", "CANC-01"),
    ("C2", RAPE_OF_A_GIRL, "high", "CANC-01"),
    ("C2", MURDER, "low", "CANC-01"),
    ("C1", RAPE_OF_A_GIRL, "low", "CANC-10"),
    ("C3", MURDER, "low", "CANC-10"),
    ("C4", RAPE_OF_A_GIRL, "high", "CANC-10"),
    ("C2", FGM, "low", "CANC-16"),
    ("C2", FGM, "high", "CANC-16"),
    ("C4", FGM, "low", "CANC-16"),
    ("C1", FGM, "low", "CANC-09"),
]


@pytest.mark.parametrize(("code", "offence", "risk", "rule"), WHOSE_DECISION)
def test_exactly_one_authority_rule_applies_and_names_its_source(
    code: str, offence: tuple[str, str], risk: str, rule: str
) -> None:
    facts = cancellation_facts(code=code, asked={"risk": risk}, crime=a_crime_facts(offence))

    assert [guard.cite.rule for guard in r.AUTHORITY_RULES if applies(guard, facts)] == [rule]


def test_with_the_policy_off_other_reasons_on_rape_are_the_ddms() -> None:
    facts = cancellation_facts(
        code="C4",
        crime=a_crime_facts(RAPE_OF_A_GIRL),
        force=ForceFacts(has_registered_fcr=True, registrar_decides_reserved_codes=False),
    )

    assert [g.cite.rule for g in r.AUTHORITY_RULES if applies(g, facts)] == ["CANC-06"]


def test_a_request_without_a_reason_code_is_nobodys_to_decide() -> None:
    facts = cancellation_facts(a_registered_fcr(), asked={"code": ""})

    assert reason(r.the_decider_has_authority, facts) == (
        "The request does not say which reason it is for. Return it to the officer."
    )
    assert r.needed(facts) is None
    assert r.authority_needed(facts) == ""
    assert not r.chief_officer_route(facts)


def test_a_request_without_a_reason_code_falls_under_one_rule_whatever_the_crime() -> None:
    facts = cancellation_facts(asked={"code": ""}, crime=a_crime_facts(RAPE_OF_A_GIRL))

    assert [g.cite.rule for g in r.AUTHORITY_RULES if applies(g, facts)] == ["CANC-04"]


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (a_registered_fcr(), True),
        (a_deputy_fcr(registered=True), True),
        (a_deputy_fcr(), False),
        (an_unregistered_fcr(), False),
        (a_ddm(), False),
        (a_chief_officer(), False),
    ],
)
def test_c2_on_rape_is_the_registered_fcrs(actor: Actor, may: bool) -> None:
    facts = cancellation_facts(actor, crime=a_crime_facts(RAPE_OF_A_GIRL))

    assert (reason(r.the_registered_fcr_decides_rape_and_homicide, facts) == "") is may


@pytest.mark.parametrize(
    ("actor", "c2", "c4"),
    [
        (a_registered_fcr(), True, True),
        (an_unregistered_fcr(), False, True),
        (a_ddm(), False, False),
    ],
)
def test_female_genital_mutilation_is_the_fcrs(actor: Actor, c2: bool, c4: bool) -> None:
    guard, crime = r.the_fcr_decides_female_genital_mutilation, a_crime_facts(FGM)

    assert (reason(guard, cancellation_facts(actor, "C2", crime=crime)) == "") is c2
    assert (reason(guard, cancellation_facts(actor, "C4", crime=crime)) == "") is c4


def test_high_harm_is_the_fcrs() -> None:
    guard = r.the_fcr_decides_where_harm_is_high

    assert reason(guard, cancellation_facts(a_ddm(), asked={"risk": "high"})) == (
        "Only the FCR or deputy FCR may decide this."
    )
    assert reason(guard, cancellation_facts(an_unregistered_fcr(), asked={"risk": "high"})) == ""


@pytest.mark.parametrize(
    ("code", "guard"),
    [
        ("C1", r.a_trained_decider_agrees_transfers),
        ("C2", r.the_decider_has_authority),
        ("C3", r.the_decider_is_trained_in_cancellations),
        ("C4", r.the_decider_is_trained_in_cancellations),
        ("C5", r.a_trained_decider_weighs_self_defence),
    ],
)
@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (a_ddm(), True),
        (a_registered_fcr(), True),
        (a_deputy_fcr(), True),
        (a_ddm(trained=False), False),
        (a_chief_officer(), False),
        (an_officer(99), False),
    ],
)
def test_the_rest_belongs_to_a_trained_ddm_or_the_fcr(
    code: str, guard: Any, actor: Actor, may: bool
) -> None:
    assert (reason(guard, cancellation_facts(actor, code)) == "") is may


def test_rape_under_another_reason_is_the_fcrs_by_policy() -> None:
    crime = a_crime_facts(RAPE_OF_A_GIRL)
    guard = r.the_fcr_decides_rape_and_homicide

    assert reason(guard, cancellation_facts(a_ddm(), "C4", crime=crime))
    assert reason(guard, cancellation_facts(an_unregistered_fcr(), "C4", crime=crime)) == ""


# --- the chief officer -------------------------------------------------------------------


def unregistered(actor: Actor, **facts: Any) -> Any:
    return cancellation_facts(
        actor,
        crime=a_crime_facts(RAPE_OF_A_GIRL),
        force=a_force(has_registered_fcr=False),
        **facts,
    )


def test_a_chief_officer_decides_after_taking_advice() -> None:
    guard = r.the_registrar_has_advised

    assert reason(guard, unregistered(a_chief_officer())).startswith("The registrar’s advice is")
    assert reason(guard, unregistered(a_chief_officer(), advice_attached=True)) == ""


def test_a_chief_officer_who_is_also_a_deputy_takes_advice_all_the_same() -> None:
    both = an_actor(CHIEF, Role.CHIEF_OFFICER, Role.DEPUTY_FCR, holds=(DDM_COURSE,))

    assert reason(r.the_registrar_has_advised, unregistered(both))


def test_advice_is_for_the_chief_officers_route_alone() -> None:
    guard = r.the_registrar_has_advised
    as_ddm = an_actor(CHIEF, Role.CHIEF_OFFICER, Role.DDM, holds=(DDM_COURSE,))
    as_registrar = an_actor(FCR, Role.CHIEF_OFFICER, Role.FCR, holds=(REGISTER,))

    assert not applies(guard, cancellation_facts(as_ddm))
    assert not applies(guard, unregistered(as_registrar))
    assert not applies(guard, unregistered(a_ddm()))


def test_nobody_advises_themselves() -> None:
    both = an_actor(CHIEF, Role.CHIEF_OFFICER, Role.DEPUTY_FCR, holds=(DDM_COURSE,))

    assert reason(r.the_adviser_is_not_the_decider, unregistered(both)).startswith("You decide")
    assert reason(r.the_adviser_is_not_the_decider, unregistered(an_unregistered_fcr())) == ""


def test_the_chief_officers_route_opens_only_for_reserved_crimes_without_a_registered_fcr() -> None:
    reserved = a_crime_facts(RAPE_OF_A_GIRL)
    nobody = a_force(has_registered_fcr=False)

    assert r.chief_officer_route(cancellation_facts(crime=reserved, force=nobody))
    assert not r.chief_officer_route(cancellation_facts(crime=reserved))
    assert not r.chief_officer_route(cancellation_facts(force=nobody))
    assert not r.chief_officer_route(cancellation_facts(crime=a_crime_facts(FGM), force=nobody))


# --- exceptions, and what is stored ------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (a_registered_fcr(), True),
        (an_unregistered_fcr(), True),
        (a_deputy_fcr(), True),
        (an_actor(FCR, Role.FCR), False),
        (a_ddm(), False),
        (a_chief_officer(), False),
    ],
)
def test_an_exception_to_telling_a_victim_is_the_fcrs(actor: Actor, may: bool) -> None:
    assert (reason(r.the_fcr_approves_exceptions, cancellation_facts(actor)) == "") is may


@pytest.mark.parametrize(
    ("facts", "needed"),
    [
        ({}, Needed.DDM),
        ({"decision": a_decision(by_registrar=False)}, Needed.DDM),
        ({"decision": a_decision(by_registrar=True)}, Needed.FCR),
        ({"settled_by_registrar": True}, Needed.FCR),
        (
            {"decision": a_decision(by_registrar=True), "crime": a_crime_facts(RAPE_OF_A_GIRL)},
            Needed.REGISTERED_FCR_OR_CHIEF,
        ),
    ],
)
def test_after_a_registrar_a_registrar_is_needed(facts: dict[str, Any], needed: Needed) -> None:
    assert r.needed(cancellation_facts(**facts)) is needed
    assert r.authority_needed(cancellation_facts(a_ddm(), **facts)) == needed.value


def test_what_a_registrar_sets_aside_waits_for_a_registrar() -> None:
    facts = cancellation_facts(a_registered_fcr(), decision=a_decision(by_registrar=False))

    assert r.authority_needed(facts) == "fcr"


def test_the_history_says_what_a_step_rests_on() -> None:
    assert r.authority_text(cancellation_facts(a_ddm())).startswith("Designated decision maker. ")
    assert r.authority_text(cancellation_facts(an_officer())) == "Officer"
    assert r.authority_text(cancellation_facts(a_ddm(), asked={"code": ""})).startswith("Desig")


def test_the_history_says_only_what_entitles_to_this_decision() -> None:
    rape = cancellation_facts(a_ddm(), crime=a_crime_facts(RAPE_OF_A_GIRL))
    theft_of_high_harm = cancellation_facts(a_ddm(), asked={"risk": "high"})

    assert r.authority_text(rape) == "Designated decision maker (DDM)"
    assert r.authority_text(theft_of_high_harm) == "Designated decision maker (DDM)"
    assert r.authority_text(unregistered(a_chief_officer())).startswith("Chief officer responsible")


def test_conditions_can_be_read_and_compared() -> None:
    code = r.code_of(cancellation_facts(code="C3"))

    assert code is not None
    assert r.asks_for(code) == r.AsksFor(frozenset({code}))
