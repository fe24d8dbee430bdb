"""What a review of a record says, what it must say, and which errors it names."""

from datetime import UTC, datetime, timedelta

import pytest

from fcr_app.domain.audits.comparing import differences, pairs
from fcr_app.domain.audits.finding import findings_of
from fcr_app.domain.audits.judging import ReviewGiven, band_of, completed, problems
from fcr_app.domain.audits.questions import (
    EVERY_QUESTION,
    ItemQuestion,
    asks_for_crimes,
    questions_of,
)
from fcr_app.domain.audits.words import Band, CountedAs, Group, Safeguarding, Verdict
from fcr_app.domain.recording_errors import ErrorType
from tests.audit_builders import a_crime_given, a_review

CANCELLATION = questions_of("A3", CountedAs.CANCELLATION)
N100 = questions_of("A2", CountedAs.N100)
RIGHT = {
    "cancelled_rightly": "yes",
    "avi": "yes",
    "removal_code": "yes",
    "authority": "yes",
    "rationale": "yes",
    "victim_told": "yes",
}
REPORTED = datetime(2026, 10, 24, 11, 0, tzinfo=UTC)


def fields(
    given: ReviewGiven, questions: tuple[ItemQuestion, ...] = (), *, with_crimes: bool = True
) -> list[str]:
    return [one.field for one in problems(given, questions, with_crimes=with_crimes)]


def test_names_and_answers_fit_where_they_are_kept() -> None:
    for one in EVERY_QUESTION.values():
        assert len(one.name) <= 30
        assert all(len(option.value) <= 20 for option in one.options)
        assert set(one.wrong) <= {option.value for option in one.options}


def test_a_whole_review_of_a_cancellation_has_nothing_missing() -> None:
    assert fields(ReviewGiven(answers=RIGHT), CANCELLATION, with_crimes=False) == []


def test_each_question_that_is_asked_is_answered() -> None:
    asked = fields(ReviewGiven(answers={}), CANCELLATION, with_crimes=False)
    assert asked == [f"answer-{one.name}" for one in CANCELLATION]


@pytest.mark.parametrize(
    "said",
    [
        {**RIGHT, "avi": "missing"},
        {**RIGHT, "cancelled_rightly": "no"},
    ],
)
def test_a_cancellation_and_its_parts_say_the_same(said: dict[str, str]) -> None:
    assert fields(ReviewGiven(answers=said), CANCELLATION, with_crimes=False) == ["answer-avi"]


def test_a_question_that_is_not_asked_any_more_keeps_no_answer() -> None:
    said = {"n100_due": "yes", "n100_exists": "no", "n100_reason": "yes"}
    assert "n100_reason" not in completed(ReviewGiven(answers=said), N100).answers


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"n100_due": "yes", "n100_exists": "yes", "n100_reason": "yes"}, []),
        ({"n100_due": "yes", "n100_exists": "no"}, [ErrorType.E07]),
        ({"n100_due": "rape", "n100_exists": "yes", "n100_reason": "no"},
         [ErrorType.E08, ErrorType.E26]),
        ({"n100_due": "rape", "n100_exists": "no"}, []),
    ],
)  # fmt: skip
def test_an_n100_that_is_missing_or_hides_a_rape_is_a_finding(
    said: dict[str, str], errors: list[ErrorType]
) -> None:
    assert [one.error for one in findings_of(ReviewGiven(answers=said), N100)] == errors


def test_from_none_to_many_crimes_are_said_of_a_record() -> None:
    assert fields(a_review(answers={})) == []
    many = [a_crime_given() for _ in range(12)]
    assert fields(a_review(*many, answers={})) == []
    assert fields(a_review(*[a_crime_given()] * 61, answers={})) == ["crime-1"]


def test_where_no_crimes_are_counted_none_is_said() -> None:
    assert fields(a_review(a_crime_given(), answers={}), with_crimes=False) == ["crime-1"]
    assert not asks_for_crimes(CountedAs.CANCELLATION)


def test_what_a_crime_needs_depends_on_its_verdict() -> None:
    def needed(verdict: Verdict | None) -> list[str]:
        bare = a_crime_given(verdict, band=None, offence_group=None)  # type: ignore[arg-type] # None is the case
        return [one.rpartition("-")[2] for one in fields(a_review(bare, answers={}))]

    assert needed(None) == ["verdict"]
    assert needed(Verdict.RECORDED) == ["offence_group", "band"]
    assert needed(Verdict.MISSING) == ["offence_group", "error_type", "safeguarding"]
    assert needed(Verdict.WRONG_CLASS) == ["offence_group", "error_type", "band"]
    assert needed(Verdict.OVER_RECORDED) == ["offence_group"]


def test_a_crime_is_not_judged_twice() -> None:
    assert fields(a_review(*[a_crime_given(crime_id=7)] * 2, answers={})) == ["crime-1"]


@pytest.mark.parametrize(
    ("taken", "band"),
    [
        (timedelta(hours=24), Band.IN_TIME),
        (timedelta(hours=24, seconds=1), Band.TO_72_HOURS),
        (timedelta(hours=72), Band.TO_72_HOURS),
        (timedelta(hours=72, seconds=1), Band.TO_7_DAYS),
        (timedelta(days=7), Band.TO_7_DAYS),
        (timedelta(days=7, seconds=1), Band.LATER),
        (timedelta(hours=-1), Band.UNKNOWN),
    ],
)
def test_a_band_is_elapsed_time_and_its_limit_is_within(taken: timedelta, band: Band) -> None:
    # Over the night in which the clocks went back: 24 hours stay 24 hours.
    assert band_of(REPORTED, REPORTED + taken) is band


def test_without_both_times_no_band_can_be_determined() -> None:
    assert band_of(None, REPORTED) is Band.UNKNOWN
    assert band_of(REPORTED, None) is Band.UNKNOWN


def test_a_crime_that_is_late_is_a_finding_though_it_is_recorded() -> None:
    late = a_review(a_crime_given(band=Band.LATER), answers={})
    assert [one.error for one in findings_of(late, ())] == [ErrorType.E13]
    assert findings_of(a_review(a_crime_given(), answers={}), ()) == ()


def test_a_crime_in_the_wrong_class_that_is_late_is_two_findings() -> None:
    both = a_crime_given(Verdict.WRONG_CLASS, band=Band.LATER, error_type=ErrorType.E24)
    found = findings_of(a_review(both, answers={}), ())
    assert [(one.error, one.correction.value) for one in found] == [
        (ErrorType.E24, "reclassify"),
        (ErrorType.E13, "none"),
    ]


def test_reviews_that_say_the_same_do_not_differ_whatever_the_order() -> None:
    missing = a_crime_given(
        Verdict.MISSING, error_type=ErrorType.E04, safeguarding=Safeguarding.DONE
    )
    rape = a_crime_given(crime_id=3, offence_group=Group.RAPE)
    one, other = a_review(missing, rape, note="Mine"), a_review(rape, missing, note="Theirs")
    assert differences(one, other, ()) == ()


def test_reviews_differ_in_answers_in_crimes_and_in_their_number() -> None:
    first = ReviewGiven(answers=RIGHT, crimes=(a_crime_given(crime_id=1), a_crime_given()))
    second = ReviewGiven(
        answers={**RIGHT, "avi": "missing"},
        crimes=(a_crime_given(crime_id=1, band=Band.LATER),),
    )
    found = differences(first, second, CANCELLATION)
    assert [(one.first, one.second) for one in found] == [
        ("Yes", "There is none"),
        (
            "Recorded, Violence against the person, Within 24 hours",
            "Recorded, Violence against the person, After more than 7 days",
        ),
        ("Recorded, Violence against the person, Within 24 hours", "Not named"),
    ]
    assert len(pairs(first, second)) == 2
