"""What makes a request complete, rule by rule."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fcr_app.domain import removal_rules as r
from fcr_app.domain.facts import CrimeStatus
from tests.facts_builders import (
    ABH,
    MODERN_SLAVERY,
    THEFT,
    WOUNDING,
    a_crime_facts,
    a_survivor,
    cancellation_facts,
)
from tests.reasons import applies, reason

ALL_CODES = ["C1", "C2", "C3", "C4", "C5"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "words"), [(CrimeStatus.CANCELLED, "cancelled"), (CrimeStatus.TRANSFERRED, "transf")]
)
def test_a_crime_that_has_left_can_not_leave_again(status: CrimeStatus, words: str) -> None:
    gone = cancellation_facts(crime=a_crime_facts(status=status))

    assert f"is already {words}" in reason(r.the_crime_still_stands, gone)
    assert reason(r.the_crime_still_stands, cancellation_facts()) == ""


def test_a_crime_needs_a_class_because_the_class_says_who_decides() -> None:
    unclassed = cancellation_facts(crime=a_crime_facts(("", "")))

    assert reason(r.the_crime_has_a_class, unclassed).startswith("This crime has no offence class")
    assert reason(r.the_crime_has_a_class, cancellation_facts()) == ""


def test_there_is_one_open_request_for_a_crime() -> None:
    assert reason(r.no_other_request_is_open, cancellation_facts(other_open_request=True))
    assert reason(r.no_other_request_is_open, cancellation_facts()) == ""


# --- additional verifiable information ---------------------------------------------------


@pytest.mark.parametrize(
    ("became_available", "met"),
    [("2026-11-23", True), ("2026-11-24", True), ("2026-11-25", False)],
)
def test_information_does_not_come_from_the_future(became_available: str, met: bool) -> None:
    facts = cancellation_facts(asked={"available_on": became_available})

    assert (reason(r.the_information_is_not_from_the_future, facts) == "") is met


@pytest.mark.parametrize(
    ("became_available", "met"),
    [("2026-11-20", False), ("2026-11-21", False), ("2026-11-22", True)],
)
def test_information_from_before_the_record_warns_and_suggests_c4(
    became_available: str, met: bool
) -> None:
    facts = cancellation_facts(asked={"available_on": became_available})

    said = reason(r.the_information_came_after_the_record, facts)

    assert (said == "") is met
    assert met or "the reason is C4 (recorded in error), not C2" in said


def test_the_day_of_the_record_is_the_day_in_london() -> None:
    late = a_crime_facts(recorded_at=at("2026-07-01T23:30"))  # 2 July in London
    facts = cancellation_facts(crime=late, asked={"available_on": "2026-07-02"})

    assert reason(r.the_information_came_after_the_record, facts)


def test_a_record_without_a_time_can_not_be_compared() -> None:
    facts = cancellation_facts(crime=a_crime_facts(recorded_at=None))

    assert reason(r.the_information_came_after_the_record, facts) == ""


@pytest.mark.parametrize("field", ["information", "effect"])
def test_opinion_is_named_with_the_outcome_to_use_instead(field: str) -> None:
    facts = cancellation_facts(asked={field: "The suspect denies it and the victim won’t engage."})

    assert reason(r.the_information_is_more_than_opinion, facts) == (
        "The request seems to rest on a suspect’s denial (consider outcome 15); a victim who does "
        "not engage (consider outcome 14 or 16). Use an outcome instead unless there is more."
    )


def test_real_information_is_not_taken_for_opinion() -> None:
    assert reason(r.the_information_is_more_than_opinion, cancellation_facts()) == ""


def test_two_answers_are_not_read_as_one_sentence() -> None:
    facts = cancellation_facts(
        asked={"information": "CCTV of the victim", "effect": "It does not support the report"}
    )

    assert reason(r.the_information_is_more_than_opinion, facts) == ""


INFORMATION_RULES = [
    (r.the_information_is_not_from_the_future, {"C2", "C5"}),
    (r.the_information_came_after_the_record, {"C2"}),
    (r.the_information_is_more_than_opinion, {"C2", "C5"}),
    (r.the_survivor_is_live, {"C3"}),
    (r.the_survivor_is_not_leaving, {"C3"}),
    (r.nothing_rests_on_a_duplicate, {"C3"}),
    (r.something_rests_on_this_crime, {"C1", "C2", "C4", "C5"}),
    (r.self_defence_fits_the_class, {"C5"}),
]


@pytest.mark.parametrize("code", ALL_CODES)
@pytest.mark.parametrize(
    ("guard", "codes"),
    INFORMATION_RULES,
    # Named in a fixed order: a set prints differently in each process, and tests run in two.
    ids=[guard.name for guard, _ in INFORMATION_RULES],
)
def test_each_rule_is_for_its_own_codes(guard: Any, codes: set[str], code: str) -> None:
    assert applies(guard, cancellation_facts(code=code)) is (code in codes)


# --- fear and pressure -------------------------------------------------------------------


@pytest.mark.parametrize("code", ["C2", "C4", "C5"])
def test_a_withdrawal_with_a_sign_of_fear_keeps_the_crime_recorded(code: str) -> None:
    said = {"victim_withdrew": "yes", "withdrawal_concern": "yes"}

    assert "Consider outcome 14 or 16" in reason(
        r.no_withdrawal_under_pressure, cancellation_facts(code=code, asked=said)
    )


def test_a_withdrawal_without_a_sign_of_fear_may_go_on() -> None:
    said = {"victim_withdrew": "yes", "withdrawal_concern": "no"}

    assert reason(r.no_withdrawal_under_pressure, cancellation_facts(asked=said)) == ""


def test_nobody_is_held_by_an_answer_they_took_back() -> None:
    said = {"victim_withdrew": "no", "withdrawal_concern": "yes"}

    assert not applies(r.no_withdrawal_under_pressure, cancellation_facts(asked=said))


# --- modern slavery ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decided", "recorded_at", "words"),
    [
        ("none", "2026-11-01T12:00", ""),
        ("positive_reasonable", "2026-11-01T12:00", ""),
        ("negative_reasonable", "2026-11-01T12:00", "A negative reasonable grounds decision does"),
        ("positive_conclusive", "2026-11-01T12:00", "The Competent Authority found conclusive"),
        ("negative_conclusive", "2026-11-01T12:00", ""),
        ("negative_conclusive", "2020-04-01T12:00", "The crime was not recorded after 1 April 202"),
        ("negative_conclusive", "2020-04-01T23:30", ""),  # 2 April in London
        ("negative_conclusive", "2020-04-02T12:00", ""),
    ],
)
def test_only_negative_conclusive_grounds_cancel_modern_slavery(
    decided: str, recorded_at: str, words: str
) -> None:
    facts = cancellation_facts(
        crime=a_crime_facts(MODERN_SLAVERY, recorded_at=at(recorded_at)),
        asked={"grounds_decision": decided},
    )

    said = reason(r.modern_slavery_needs_conclusive_grounds, facts)

    assert said.startswith(words) if words else said == ""


def test_without_the_day_of_the_record_conclusive_grounds_can_not_be_used() -> None:
    facts = cancellation_facts(
        crime=a_crime_facts(MODERN_SLAVERY, recorded_at=None),
        asked={"grounds_decision": "negative_conclusive"},
    )

    assert reason(r.modern_slavery_needs_conclusive_grounds, facts).startswith("The record does")


@pytest.mark.parametrize(("code", "offence"), [("C2", THEFT), ("C4", MODERN_SLAVERY)])
def test_grounds_decisions_are_about_c2_on_modern_slavery(
    code: str, offence: tuple[str, str]
) -> None:
    facts = cancellation_facts(code=code, crime=a_crime_facts(offence))

    assert not applies(r.modern_slavery_needs_conclusive_grounds, facts)


# --- duplicates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("survivor", "words"),
    [
        (a_survivor(), ""),
        (None, "No crime with that number is recorded here."),
        (a_survivor(id=1), "A crime can’t be a duplicate of itself."),
        (a_survivor(status=CrimeStatus.CANCELLED), "Crime DEMO/2/26 is itself cancelled"),
        (a_survivor(status=CrimeStatus.TRANSFERRED), "Crime DEMO/2/26 is itself transferred"),
    ],
)
def test_a_duplicate_leaves_another_live_crime_standing(survivor: Any, words: str) -> None:
    said = reason(r.the_survivor_is_live, cancellation_facts(code="C3", survivor=survivor))

    assert said.startswith(words) if words else said == ""


def test_the_crime_that_stays_is_not_leaving_itself() -> None:
    leaving = cancellation_facts(code="C3", survivor=a_survivor(leaves_by_open_request=True))

    assert reason(r.the_survivor_is_not_leaving, leaving).startswith("Crime DEMO/2/26 is itself as")
    assert reason(r.the_survivor_is_not_leaving, cancellation_facts(code="C3")) == ""
    unknown = cancellation_facts(code="C3", survivor=None)
    assert reason(r.the_survivor_is_not_leaving, unknown) == ""  # the other rule says so


def test_duplicates_make_no_chains() -> None:
    chain = cancellation_facts(code="C3", rests_on_it="DEMO/3/26")

    assert "as a duplicate of this one" in reason(r.nothing_rests_on_a_duplicate, chain)
    assert reason(r.nothing_rests_on_a_duplicate, cancellation_facts(code="C3")) == ""


def test_a_crime_that_others_were_folded_into_leaves_with_a_warning() -> None:
    facts = cancellation_facts(rests_on_it="DEMO/3/26")

    assert not r.something_rests_on_this_crime.blocking
    assert "Crime DEMO/3/26 was removed" in reason(r.something_rests_on_this_crime, facts)


# --- self-defence ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offence", "possible"),
    [
        (ABH, True),
        (("104", "008/73"), True),
        (("105A", "105/01"), True),
        (WOUNDING, False),
        (("8S", "008/06"), False),  # the same code, on a constable
        (("8T", "008/06"), False),
        (("105B", "008/57"), False),
        (("8N", "008/77"), False),
        (("5D", "005/01"), False),
        (THEFT, False),
    ],
)
def test_self_defence_fits_three_kinds_of_assault(offence: tuple[str, str], possible: bool) -> None:
    facts = cancellation_facts(code="C5", crime=a_crime_facts(offence))

    assert (reason(r.self_defence_fits_the_class, facts) == "") is possible
