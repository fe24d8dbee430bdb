"""What a person said, as the rules hear it."""

from datetime import UTC, date, datetime

from fcr_app.domain.facts import Part
from fcr_app.domain.removal_questions import (
    AVAILABLE_ON,
    CODE,
    CRIME_CLASS,
    GROUNDS_DECISION,
    RATIONALE,
    RISK,
    TOLD_AT,
    WITHDRAWAL_CONCERN,
)
from tests.facts_builders import (
    DDM,
    MODERN_SLAVERY,
    NOW,
    OFFICER,
    RAPE_OF_A_GIRL,
    a_crime_facts,
    cancellation_facts,
)


def test_what_is_said_now_wins_over_what_was_said() -> None:
    facts = cancellation_facts(asked={"risk": "low"}, says={"risk": "high"})

    assert facts.said(RISK) == "high"


def test_an_answer_is_heard_without_the_space_around_it() -> None:
    assert cancellation_facts(says={"rationale": "  sure \n"}).said(RATIONALE) == "sure"
    assert cancellation_facts().said(RATIONALE) == ""


def test_an_answer_to_a_question_no_longer_asked_is_none() -> None:
    changed_mind = cancellation_facts(
        code="C3", asked={"risk": "high", "victim_withdrew": "yes", "withdrawal_concern": "yes"}
    )

    assert changed_mind.said(CODE) == "C3"
    assert changed_mind.said(RISK) == ""
    assert changed_mind.said(WITHDRAWAL_CONCERN) == ""


def test_the_crimes_class_comes_from_the_record_whatever_anybody_says() -> None:
    facts = cancellation_facts(
        crime=a_crime_facts(MODERN_SLAVERY),
        asked={CRIME_CLASS: "49", "grounds_decision": "negative_reasonable"},
        says={CRIME_CLASS: "49"},
    )

    assert facts.known[CRIME_CLASS] == "106"
    assert facts.said(GROUNDS_DECISION) == "negative_reasonable"


def test_grounds_decisions_are_asked_about_for_modern_slavery_alone() -> None:
    facts = cancellation_facts(
        crime=a_crime_facts(RAPE_OF_A_GIRL), asked={"grounds_decision": "negative_reasonable"}
    )

    assert facts.said(GROUNDS_DECISION) == ""


def test_dates_and_moments_are_read_or_none() -> None:
    facts = cancellation_facts(
        asked={"available_on": "2026-11-23"}, says={"told_at": "2026-11-24T09:00:00+00:00"}
    )

    assert facts.date_said(AVAILABLE_ON) == date(2026, 11, 23)
    assert facts.moment_said(TOLD_AT) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert cancellation_facts().moment_said(TOLD_AT) is None


def test_today_is_the_day_in_london() -> None:
    late_in_summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert cancellation_facts(now=late_in_summer).today == date(2026, 7, 2)
    assert cancellation_facts(now=NOW).today == date(2026, 11, 24)


def test_the_officers_in_the_case_are_those_who_have_it_now() -> None:
    crime = a_crime_facts(
        involved=frozenset({(OFFICER, Part.OFFICER_IN_CASE), (DDM, Part.FORMER_OFFICER_IN_CASE)})
    )

    assert crime.officer_ids == {OFFICER}


def test_every_part_in_an_investigation_has_words() -> None:
    assert all(part.label[0].isupper() and "_" not in part.label for part in Part)
