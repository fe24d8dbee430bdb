"""What the decider has to be satisfied of, code by code."""

from typing import Any

import pytest

from fcr_app.domain import removal_rules as r
from fcr_app.domain.facts import ExceptionState
from fcr_app.domain.guards import Verdict
from tests.facts_builders import NOW, a_victim, cancellation_facts
from tests.reasons import applies, reason

#: Each test the decider makes: its rule, the question that settles it, and the code it is for.
TESTS = [
    (r.the_information_is_additional, "is_additional", "C2"),
    (r.the_information_is_verifiable, "is_verifiable", "C2"),
    (r.the_information_settles_it, "is_information", "C2"),
    (r.the_location_is_shown, "is_elsewhere", "C1"),
    (r.the_two_belong_together, "is_same", "C3"),
    (r.it_was_a_genuine_mistake, "is_mistake", "C4"),
    (r.self_defence_is_shown, "is_self_defence", "C5"),
]
every_test = pytest.mark.parametrize(
    ("guard", "question", "code"), TESTS, ids=lambda v: str(v)[:40]
)


@every_test
def test_a_no_keeps_the_crime_recorded(guard: Any, question: str, code: str) -> None:
    assert "Refuse the request or return it." in reason(
        guard, cancellation_facts(code=code, says={question: "no"})
    )


@every_test
def test_a_yes_meets_it(guard: Any, question: str, code: str) -> None:
    assert reason(guard, cancellation_facts(code=code, says={question: "yes"})) == ""


@every_test
def test_until_the_decider_answers_it_needs_their_judgement(
    guard: Any, question: str, code: str
) -> None:
    check = guard.check(cancellation_facts(code=code, asked={question: "yes"}))

    assert check.verdict is Verdict.JUDGEMENT
    assert check.field == question


@every_test
def test_it_is_asked_for_one_code_alone(guard: Any, question: str, code: str) -> None:
    codes = {
        other
        for other in ("C1", "C2", "C3", "C4", "C5")
        if applies(guard, cancellation_facts(code=other, says={question: "yes"}))
    }

    assert codes == {code}


WITHDREW = {"victim_withdrew": "yes", "withdrawal_concern": "no"}


@pytest.mark.parametrize("code", ["C2", "C4", "C5"])
def test_the_decider_looks_for_pressure_behind_a_withdrawal(code: str) -> None:
    concerned = cancellation_facts(code=code, asked=WITHDREW, says={"pressure": "yes"})
    at_ease = cancellation_facts(code=code, asked=WITHDREW, says={"pressure": "no"})

    assert "consider outcome 16" in reason(r.the_decider_sees_no_pressure, concerned)
    assert reason(r.the_decider_sees_no_pressure, at_ease) == ""


def test_pressure_is_not_asked_about_where_nobody_withdrew() -> None:
    assert not applies(r.the_decider_sees_no_pressure, cancellation_facts())


def test_a_victim_of_a_mistake_who_would_not_be_told_is_worth_a_second_thought() -> None:
    guard = r.the_victim_of_a_mistake_may_be_told

    assert not guard.blocking
    assert reason(guard, cancellation_facts(code="C4")).startswith("There is a victim who would")


def test_a_victim_of_a_mistake_who_knows_or_can_not_be_told_is_no_worry() -> None:
    victims = (a_victim(told_at=NOW), a_victim(2, exception=ExceptionState.APPROVED))
    facts = cancellation_facts(code="C4", victims=victims)

    assert reason(r.the_victim_of_a_mistake_may_be_told, facts) == ""


def test_the_worry_is_about_mistakes_with_a_victim() -> None:
    guard = r.the_victim_of_a_mistake_may_be_told

    assert not applies(guard, cancellation_facts(code="C4", victims=()))
    assert not applies(guard, cancellation_facts(code="C3"))
