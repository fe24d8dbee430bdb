"""The other force's number, and telling the victim before the crime is removed."""

from datetime import timedelta
from typing import Any

import pytest

from fcr_app.domain import removal_rules as r
from fcr_app.domain.facts import DecisionFacts, ExceptionState, VictimFacts
from tests.facts_builders import DDM, NOW, a_decision, a_victim, cancellation_facts, told
from tests.reasons import applies, reason

NUMBER: dict[str, Any] = {
    "reference_held": "DCP/26/4711",
    "reference_received_at": NOW - timedelta(minutes=30),
}


def moment(**ago: float) -> str:
    return (NOW - timedelta(**ago)).isoformat()


@pytest.mark.parametrize(("came", "met"), [(0, True), (30, True), (-1, False)])
def test_the_other_forces_number_has_come_already(came: float, met: bool) -> None:
    facts = cancellation_facts(code="C1", says={"reference_at": moment(minutes=came)})

    assert (reason(r.the_number_is_not_from_the_future, facts) == "") is met


def test_a_number_without_a_time_is_for_the_question_to_refuse() -> None:
    assert reason(r.the_number_is_not_from_the_future, cancellation_facts(code="C1")) == ""


@pytest.mark.parametrize(
    ("victim", "met"), [("1", True), ("", True), ("2", False), ("none", False)]
)
def test_who_is_told_is_a_victim_of_this_crime(victim: str, met: bool) -> None:
    facts = cancellation_facts(says={"victim": victim})

    assert (reason(r.the_victim_is_of_this_crime, facts) == "") is met


def test_a_victim_whom_the_record_does_not_name_has_a_place() -> None:
    nameless = (VictimFacts(id=None, name="The victim, not on record"),)
    facts = cancellation_facts(says={"victim": "none"}, victims=nameless)

    assert reason(r.the_victim_is_of_this_crime, facts) == ""


DECIDED = DecisionFacts(
    decided_at=NOW - timedelta(minutes=60, seconds=-30), decided_by_id=DDM, by_registrar=False
)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (10, ""),
        (0, ""),
        (60, ""),  # the clock on the wall shows minutes: decided in the same one
        (61, "The decision was made at 09:00 on 24 November 2026."),
        (-1, "They can’t have been told in the future."),
    ],
)
def test_the_victim_is_told_after_the_decision_and_not_in_the_future(ago: int, words: str) -> None:
    facts = cancellation_facts(says={"told_at": moment(minutes=ago)}, decision=DECIDED)

    said = reason(r.the_telling_is_of_this_decision, facts)

    assert said.startswith(words) if words else said == ""


def test_a_telling_without_a_time_is_for_the_question_to_refuse() -> None:
    assert reason(r.the_telling_is_of_this_decision, cancellation_facts(decision=DECIDED)) == ""


# --- a transfer --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "says", "words"),
    [
        (NUMBER, {"told_at": moment(minutes=10), "given_reference": "yes"}, ""),
        (NUMBER, {"told_at": moment(minutes=30), "given_reference": "yes"}, ""),
        ({}, {"told_at": moment(minutes=10)}, "The receiving force’s number is not held yet."),
        (
            {"reference_held": "DCP/26/4711"},
            {"told_at": moment(minutes=10)},
            "The receiving force’s number is not held yet.",
        ),
        (NUMBER, {"told_at": moment(minutes=31)}, "They were told before the receiving force’s"),
        (
            NUMBER,
            {"told_at": moment(minutes=10), "given_reference": "no"},
            "Give the victim the receiving force’s number",
        ),
        (NUMBER, {}, ""),
    ],
)
def test_the_number_is_held_first_and_given_to_the_victim(
    facts: dict[str, Any], says: dict[str, str], words: str
) -> None:
    said = reason(
        r.the_number_comes_before_the_telling, cancellation_facts(code="C1", says=says, **facts)
    )

    assert said.startswith(words) if words else said == ""


def test_a_transfer_is_complete_when_every_victim_told_has_the_number() -> None:
    given, not_given = told(a_victim(1)), told(a_victim(2), given_reference=False)
    excepted = a_victim(3, exception=ExceptionState.APPROVED)

    def said(victims: tuple[VictimFacts, ...], **facts: Any) -> str:
        facts = facts or NUMBER
        return reason(
            r.the_transfer_is_complete, cancellation_facts(code="C1", victims=victims, **facts)
        )

    assert said((given, excepted)) == ""
    assert said((given, not_given)) == "Not given the receiving force’s number: Demo Victim 2."
    assert said((given,), reference_held="") == (
        "The receiving force’s number is not held yet. Record it first."
    )


@pytest.mark.parametrize(
    "guard", [r.the_number_comes_before_the_telling, r.the_transfer_is_complete]
)
def test_the_rules_on_the_number_are_for_transfers(guard: Any) -> None:
    assert applies(guard, cancellation_facts(code="C1"))
    assert not applies(guard, cancellation_facts(code="C2"))


# --- before it is removed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("victims", "words"),
    [
        ((told(a_victim()),), ""),
        ((a_victim(exception=ExceptionState.APPROVED),), ""),
        ((), ""),
        ((a_victim(),), "Not told yet: Demo Victim 1."),
        ((a_victim(exception=ExceptionState.PROPOSED),), "Not told yet: Demo Victim 1."),
        (
            (told(a_victim()), a_victim(2), a_victim(3)),
            "Not told yet: Demo Victim 2, Demo Victim 3",
        ),
        ((VictimFacts(id=None, name="-"),), "No victim is on record. Add the victim, or ask the"),
        ((VictimFacts(id=None, name="-", exception=ExceptionState.APPROVED),), ""),
    ],
)
def test_every_victim_is_told_or_excepted_by_the_fcr(
    victims: tuple[VictimFacts, ...], words: str
) -> None:
    said = reason(
        r.every_victim_was_told, cancellation_facts(victims=victims, decision=a_decision())
    )

    assert said.startswith(words) if words else said == ""


@pytest.mark.parametrize("code", ["C1", "C2", "C3", "C4", "C5"])
def test_a_decider_who_is_not_satisfied_removes_nothing(code: str) -> None:
    assert reason(
        r.the_decider_is_satisfied, cancellation_facts(code=code, says={"satisfied_told": "no"})
    ).startswith("Until you are satisfied")
    assert (
        reason(
            r.the_decider_is_satisfied,
            cancellation_facts(code=code, says={"satisfied_told": "yes"}),
        )
        == ""
    )
