"""Who may do what to a request for another class."""

from dataclasses import replace
from typing import Any

import pytest

from fcr_app.domain.facts import CrimeStatus, Part
from fcr_app.domain.guards import Verdict
from fcr_app.domain.new_class import NewClassFacts, OffenceFacts
from fcr_app.domain.roles import SYSTEM_ACTOR, Actor
from fcr_app.domain.rulings import RulingFacts
from fcr_app.errors import FcrError
from fcr_app.workflows.reclassification import RECLASSIFICATION, State
from fcr_app.workflows.ruling_request import RULING_ON_A_CRIME, State as Asked
from tests.facts_builders import (
    NOW,
    OFFICER,
    RAPE_OF_A_GIRL,
    SERGEANT,
    SOMEBODY,
    THEFT,
    a_chief_officer,
    a_crime_facts,
    a_ddm,
    a_deputy_fcr,
    a_force,
    a_registered_fcr,
    a_supervisor,
    an_administrator,
    an_auditor,
    an_officer,
    an_unregistered_fcr,
)
from tests.services import recording_words as say

STALKING = OffenceFacts(id=9, offence_class="8Q", offence_code="195/12")
HARASSMENT = OffenceFacts(id=8, offence_class="8L", offence_code="195/94")
REQUESTER, OTHER, DDM, FCR, DEPUTY = "who asked", "another officer", "DDM", "FCR", "deputy"
PEOPLE: dict[str, Actor] = {
    REQUESTER: an_officer(),
    OTHER: an_officer(SOMEBODY),
    "supervisor": a_supervisor(SERGEANT),
    DDM: a_ddm(),
    "DDM whose course has run out": a_ddm(20, trained=False),
    FCR: a_registered_fcr(),
    DEPUTY: a_deputy_fcr(),
    "FCR not on the register": an_unregistered_fcr(21),
    "chief officer": a_chief_officer(),
    "auditor": an_auditor(),
    "administrator": an_administrator(),
    "the clock": SYSTEM_ACTOR,
}
DECIDES = {"reclassify", "refuse", "return"}
REGISTRARS = (FCR, DEPUTY, "FCR not on the register")

ORDINARY: dict[State, dict[str, set[str]]] = {
    State.DRAFT: {REQUESTER: {"submit", "withdraw"}},
    State.RETURNED: {REQUESTER: {"submit", "withdraw"}},
    State.SUBMITTED: {REQUESTER: {"withdraw"}, **dict.fromkeys((DDM, *REGISTRARS), DECIDES)},
    State.REFUSED: {},
    State.RECLASSIFIED: {},
    State.WITHDRAWN: {},
}
#: Into or out of rape: the FCR and deputies alone, unless the force leaves it to DDMs.
RESERVED = {State.SUBMITTED: {REQUESTER: {"withdraw"}, **dict.fromkeys(REGISTRARS, DECIDES)}}


def facts(actor: Actor, says: dict[str, str], **more: Any) -> NewClassFacts:
    usual: dict[str, Any] = {
        "actor": actor,
        "now": NOW,
        "opened_by_id": OFFICER,
        "request": say.new_class("8Q 195/12", ex_partner="no"),
        "answers": says,
        "crime": a_crime_facts(THEFT),
        "force": a_force(),
        "offence": STALKING,
    }
    return NewClassFacts(**{**usual, **more})


GOOD = {
    "submit": say.new_class("8Q 195/12", ex_partner="no"),
    "withdraw": {},
    "reclassify": say.RECLASSIFY,
    "refuse": {"rationale": say.REASONS},
    "return": {"to_mend": "Say which messages you mean, and of which days."},
}


def may_do(state: State, actor: Actor, **more: Any) -> set[str]:
    done = set()
    for step in RECLASSIFICATION.steps_from(state):
        try:
            RECLASSIFICATION.decide(step.trigger, state, facts(actor, GOOD[step.trigger], **more))
        except FcrError:
            continue
        done.add(step.trigger)
    return done


RAPE: dict[str, Any] = {"crime": a_crime_facts(RAPE_OF_A_GIRL)}
BECOMES_RAPE: dict[str, Any] = {
    "offence": OffenceFacts(id=9, offence_class="19C", offence_code="019/08"),
    "force": replace(a_force(), registrar_decides_reserved_codes=False),
}
LEFT_TO_DDMS = {**RAPE, "force": replace(a_force(), registrar_decides_reserved_codes=False)}


@pytest.mark.parametrize(
    ("state", "expected", "more"),
    [
        *(pytest.param(s, e, {}, id=f"ordinary: {s}") for s, e in ORDINARY.items()),
        *(pytest.param(s, e, RAPE, id=f"rape: {s}") for s, e in RESERVED.items()),
        pytest.param(
            State.SUBMITTED, ORDINARY[State.SUBMITTED], LEFT_TO_DDMS, id="rape, left to DDMs"
        ),
        # What a DDM made rape would have gone round the three-step test and the FCR's review.
        pytest.param(
            State.SUBMITTED, RESERVED[State.SUBMITTED], BECOMES_RAPE, id="becomes rape, whatever"
        ),
    ],
)
def test_who_may_do_what(state: State, expected: dict[str, set[str]], more: dict[str, Any]) -> None:
    found = {who: may_do(state, actor, **more) for who, actor in PEOPLE.items()}

    assert {who: triggers for who, triggers in found.items() if triggers} == expected


@pytest.mark.parametrize("part", list(Part))
def test_nobody_who_took_part_in_the_investigation_decides(part: Part) -> None:
    ddm = a_ddm()
    crime = a_crime_facts(THEFT, involved=frozenset({(ddm.id, part)}))

    assert may_do(State.SUBMITTED, ddm, crime=crime) == set()


def test_the_line_manager_does_not_decide_unless_the_force_lets_them() -> None:
    ddm = a_ddm()
    crime = a_crime_facts(THEFT, line_manager_ids=frozenset({ddm.id}))
    lets = a_force(line_manager_may_decide=True)

    assert may_do(State.SUBMITTED, ddm, crime=crime) == set()
    assert may_do(State.SUBMITTED, ddm, crime=crime, force=lets) == DECIDES


def stopped(offence: OffenceFacts | None, says: dict[str, str], **more: Any) -> dict[str, Verdict]:
    """Return the rules that a request does not meet, by name."""
    (step,) = [step for step in RECLASSIFICATION.steps if step.trigger == "submit"]
    answers = {**say.new_class("8Q 195/12"), **says}
    checks = step.checks(facts(an_officer(), answers, offence=offence, request={}, **more))
    return {c.name: c.verdict for c in checks if c.verdict is not Verdict.MET}


N100 = OffenceFacts(id=1, offence_class="N100", offence_code="100/01", reported_incident=True)
OLD = OffenceFacts(id=2, offence_class="9Z", offence_code="125/01", current=False)
SAME = OffenceFacts(id=3, offence_class=THEFT[0], offence_code=THEFT[1])
MURDER = OffenceFacts(id=4, offence_class="1", offence_code="001/01")


@pytest.mark.parametrize(
    ("offence", "rule"),
    [
        (None, "the_new_class_is_on_the_list_in_force"),
        (OLD, "the_new_class_is_on_the_list_in_force"),
        (N100, "a_crime_does_not_become_a_reported_incident"),
        (SAME, "the_new_class_is_another_one"),
    ],
)
def test_only_another_offence_in_force_is_a_new_class(
    offence: OffenceFacts | None, rule: str
) -> None:
    assert stopped(offence, {}) == {rule: Verdict.NOT_MET}


@pytest.mark.parametrize("status", [CrimeStatus.CANCELLED, CrimeStatus.TRANSFERRED])
def test_a_crime_that_is_gone_keeps_its_class(status: CrimeStatus) -> None:
    found = stopped(STALKING, {}, crime=a_crime_facts(THEFT, status=status))

    assert found == {"only_a_recorded_crime_has_its_class_changed": Verdict.NOT_MET}


@pytest.mark.parametrize(
    ("says", "rulings", "stops"),
    [
        ({"ex_partner": "yes"}, (), True),
        ({"ex_partner": "no"}, (), False),
        ({"ex_partner": "yes"}, (RulingFacts(number="R 2026/001", offence_class="8L"),), False),
        ({"ex_partner": "yes"}, (RulingFacts(number="R 2026/001", offence_class="8Q"),), True),
    ],
)
def test_harassment_of_a_former_partner_needs_the_fcr(
    says: dict[str, str], rulings: tuple[RulingFacts, ...], stops: bool
) -> None:
    found = stopped(HARASSMENT, says, rulings=rulings)

    assert ("conduct_towards_a_former_partner_is_stalking" in found) is stops


def test_conduct_that_escalated_does_not_become_harassment_without_a_reason() -> None:
    crime = a_crime_facts(("8Q", "195/12"))
    found = stopped(HARASSMENT, {"escalated": "yes", "ex_partner": "no"}, crime=crime)

    assert found == {"conduct_that_escalated_is_classed_upward": Verdict.WARNING}


def test_homicide_warns_until_the_contact_is_on_record() -> None:
    advised = {
        "advised_by": "Demo Detective One",
        "advised_at": NOW.isoformat(),
        "advised_what": "Record it as murder.",
    }
    tomorrow = {**advised, "advised_at": "2026-11-26T10:00:00+00:00"}

    assert stopped(MURDER, {}) == {"homicide_is_recorded_after_advice": Verdict.WARNING}
    assert stopped(MURDER, advised) == {}
    assert stopped(MURDER, tomorrow) == {"advice_was_not_sought_in_the_future": Verdict.NOT_MET}


RULE = {**say.RULE}
ASKING: dict[Asked, dict[str, set[str]]] = {
    Asked.DRAFT: {REQUESTER: {"ask", "withdraw"}},
    Asked.ASKED: {
        REQUESTER: {"withdraw"},
        **{who: {"rule", "apply_earlier", "decline"} for who in REGISTRARS},
    },
    Asked.RULED: {},
    Asked.DECLINED: {},
    Asked.WITHDRAWN: {},
}
ANSWERS = {
    "ask": say.ASK,
    "withdraw": {},
    "rule": RULE,
    "apply_earlier": {"earlier_ruling": "R 2026/001", "rationale": say.REASONS},
    "decline": {"rationale": say.REASONS},
}


@pytest.mark.parametrize("state", list(Asked))
def test_who_may_do_what_to_a_question(state: Asked) -> None:
    found: dict[str, set[str]] = {}
    for who, actor in PEOPLE.items():
        for step in RULING_ON_A_CRIME.steps_from(state):
            told = facts(actor, ANSWERS[step.trigger])
            try:
                RULING_ON_A_CRIME.decide(step.trigger, state, told)
            except FcrError:
                continue
            found.setdefault(who, set()).add(step.trigger)

    assert found == ASKING[state]


@pytest.mark.parametrize(
    ("says", "rule"),
    [
        ({"ruling_class": "harassment"}, "the_class_of_a_ruling_can_be_one"),
        ({"ruling_rules": "CLS-99"}, "the_rules_of_a_ruling_are_in_the_handbook"),
    ],
)
def test_a_ruling_names_classes_and_rules_that_exist(says: dict[str, str], rule: str) -> None:
    (step,) = [step for step in RULING_ON_A_CRIME.steps if step.trigger == "rule"]
    checks = step.checks(facts(a_registered_fcr(), {**RULE, **says}))

    assert [c.name for c in checks if c.verdict is Verdict.NOT_MET] == [rule]
