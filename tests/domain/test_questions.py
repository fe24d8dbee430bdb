"""A question checks the shape of an answer and says how to mend it."""

from datetime import UTC, date, datetime

import pytest

from fcr_app.domain.questions import (
    YES_NO,
    Kind,
    Option,
    Question,
    read_date,
    read_moment,
)

REASONS = Question(
    name="reasons", label="Your reasons", thing="your reasons", min_length=20, max_length=50
)
RISK = Question(
    name="risk",
    label="How serious?",
    thing="how serious it is",
    kind=Kind.CHOICE,
    options=(Option("low", "Low"), Option("high", "High")),
    summary="Harm",
)
DAY = Question(name="day", label="When?", thing="the date", kind=Kind.DATE)
MOMENT = Question(name="moment", label="When?", thing="when they were told", kind=Kind.MOMENT)
VICTIM = Question(name="victim", label="Which victim?", thing="the victim", kind=Kind.VICTIM)
FORCE = Question(name="force", label="Force?", thing="the force", kind=Kind.TEXT, max_length=10)
REMARK = Question(name="remark", label="A remark", thing="a remark", optional=True)


@pytest.mark.parametrize(
    ("question", "answer", "message"),
    [
        (REASONS, "", "Enter your reasons."),
        (REASONS, "   \n ", "Enter your reasons."),
        (REASONS, "Too short", "Your reasons must be at least 20 characters."),
        (REASONS, "x" * 51, "Your reasons must be 50 characters or fewer."),
        (REASONS, "Looked at twice\x00, and sure", "Your reasons has a character in it that"),
        (RISK, "", "Select how serious it is."),
        (RISK, "medium", "Select how serious it is."),
        (DAY, "", "Enter the date."),
        (DAY, "2026-02-30", "The date must be a real date, like 24 11 2026."),
        (MOMENT, "2026-11-24T10:00", "When they were told must be a real date and time"),
        (MOMENT, "soon", "When they were told must be a real date and time"),
        (MOMENT, "9999-12-31T23:59-12:00", "When they were told must be a real date and time"),
        (VICTIM, "", "Select the victim."),
        (FORCE, "Demonstration Police", "The force must be 10 characters or fewer."),
    ],
)
def test_a_wrong_answer_is_told_what_is_wrong_at_its_field(
    question: Question, answer: str, message: str
) -> None:
    problem = question.problem({question.name: answer})

    assert problem is not None
    assert problem.reason.startswith(message)
    assert problem.field == question.name
    assert problem.rule == ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (REASONS, "The recording settles it."),
        (REASONS, "  The recording settles it.  "),
        (RISK, "high"),
        (DAY, "2026-11-24"),
        (MOMENT, "2026-11-24T10:00:00+00:00"),
        (VICTIM, "12"),
        (FORCE, "Demo"),
        (REMARK, ""),
        (REMARK, "Well done."),
    ],
)
def test_a_good_answer_passes(question: Question, answer: str) -> None:
    assert question.problem({question.name: answer}) is None


def test_a_question_nobody_answered_is_asked_for() -> None:
    problem = REASONS.problem({})

    assert problem is not None
    assert problem.reason == "Enter your reasons."


def test_a_choice_is_shown_as_its_label_and_other_answers_as_they_are() -> None:
    assert RISK.shown({"risk": "high"}) == "High"
    assert FORCE.shown({"force": " Demo "}) == "Demo"
    assert FORCE.shown({}) == ""


def test_lists_of_answers_use_the_short_name_where_there_is_one() -> None:
    assert RISK.title == "Harm"
    assert DAY.title == "When?"


def test_a_moment_is_read_as_utc_and_never_guessed() -> None:
    assert read_moment("2026-07-01T12:00+01:00") == datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
    assert read_moment("2026-07-01T12:00") is None
    assert read_moment("0001-01-01T00:00+14:00") is None
    assert read_moment("") is None


def test_a_date_is_real_or_none() -> None:
    assert read_date("2028-02-29") == date(2028, 2, 29)
    assert read_date("2027-02-29") is None


def test_yes_and_no_are_the_usual_choice() -> None:
    assert [(option.value, option.label) for option in YES_NO] == [("yes", "Yes"), ("no", "No")]
