"""What is said of whether feedback works, read from the records; and what is not said."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from fcr_app.models import Crime, FeedbackItem, Person, Unit
from fcr_app.reports.repeat_errors_chart import repeat_errors_chart
from fcr_app.reports.repeat_errors_words import effect_csv, ratio_words, verdict
from fcr_app.services.repeat_errors import Effect, effect_of_feedback
from tests.builders import NOW, a_crime, a_person, a_unit, an_incident
from tests.feedback_builders import some_feedback
from tests.statements import statements

DAY = timedelta(days=1)
#: 30 days to find an error, 90 after, 180 in which feedback is given, 90 before.
FIXED = NOW - 300 * DAY
MOST = 6


@pytest.fixture
def fcr(session: Session) -> Person:
    return a_person(session, name="Demo FCR")


def staff(session: Session, count: int, unit: Unit | None = None) -> list[Person]:
    people = [a_person(session, name=f"Demo Officer {one}", unit=unit) for one in range(count)]
    for person in people:
        person.created_at = NOW - 500 * DAY
    session.flush()
    return people


def told(
    session: Session,
    fcr: Person,
    to: Person,
    after_fixed: float,
    *,
    error: str = "E06",
    told_after: int = 2,
) -> FeedbackItem:
    """Add feedback on an error made so many days after the fixed day."""
    made_at = FIXED + after_fixed * DAY
    crime = a_crime(session, oic=to, recorded_at=made_at, victims=0)
    return item(session, fcr, to, made_at + told_after * DAY, error=error, crime=crime)


def item(
    session: Session,
    fcr: Person,
    to: Person,
    at: datetime,
    *,
    error: str = "E06",
    crime: Crime | None = None,
) -> FeedbackItem:
    about = {"crime": crime} if crime else {"incident": an_incident(session)}
    due_at = at + 7 * DAY
    return some_feedback(session, to, fcr, at=at, due_at=due_at, error_type=error, **about)


def a_year(session: Session, fcr: Person, people: list[Person], error: str = "E06") -> None:
    """Let everybody make two errors before, one that they are told of, and one after that."""
    for person in people:
        for day in (-60, -30, 10, 50):
            told(session, fcr, person, day, error=error)


def looked(session: Session, days: int | None = None) -> Effect:
    return effect_of_feedback(session, days=days, now=NOW)


def test_the_same_error_before_and_after_by_kind_and_by_unit(session: Session, fcr: Person) -> None:
    north, south = a_unit(session, name="Demo North"), a_unit(session, name="Demo South")
    first, second = staff(session, 12, north), staff(session, 11, south)
    item(session, fcr, first[0], NOW - 420 * DAY)
    a_year(session, fcr, first)
    a_year(session, fcr, second, error="E13")

    with statements(session) as sent:
        effect = looked(session)

    assert len(sent) <= MOST
    assert effect.total
    assert (effect.total.people, effect.total.repeats_before, effect.total.repeats_after) == (
        23, 46, 23,
    )  # fmt: skip
    assert effect.total.ratio
    assert effect.total.ratio.value == pytest.approx(0.5)
    assert [(line.label[:3], line.people) for line in effect.by_error] == [("E06", 12), ("E13", 11)]
    assert [line.label for line in effect.by_unit] == ["Demo North", "Demo South"]
    assert verdict(effect.total).startswith("After feedback the same error was seen less often")
    assert effect.per_record is None


def test_nothing_is_said_of_few_people_and_small_groups_stand_together(
    session: Session, fcr: Person
) -> None:
    unit = a_unit(session, name="Demo North")
    many, few = staff(session, 11, unit), staff(session, 9)
    item(session, fcr, many[0], NOW - 420 * DAY)
    a_year(session, fcr, few)
    assert looked(session).total is None
    assert verdict(looked(session).total).startswith("There is too little")

    a_year(session, fcr, many)
    effect = looked(session)

    assert effect.total
    assert effect.total.people == 20
    assert effect.by_unit == []


def test_it_waits_until_the_window_before_is_of_a_time_with_feedback(
    session: Session, fcr: Person
) -> None:
    assert (looked(session).kept_since, looked(session).possible_on) == (None, None)
    people = staff(session, 12)
    a_year(session, fcr, people)

    effect = looked(session)

    # The first was told 58 days before the fixed day; the window before begins 90 days before it.
    assert effect.total is None
    assert effect.possible_on == (NOW + 32 * DAY).date()
    assert looked(session, 180).possible_on == (NOW + 212 * DAY).date()
    assert looked(session, 45).days == 90


def test_who_came_later_or_has_left_and_what_counts_not_is_left_out(
    session: Session, fcr: Person
) -> None:
    people = staff(session, 14)
    item(session, fcr, people[0], NOW - 420 * DAY)
    a_year(session, fcr, people[:12])
    people[0].active = False
    people[1].created_at = NOW - 100 * DAY
    for person in people[12:]:
        told(session, fcr, person, 10, error="")
    session.flush()

    effect = looked(session)

    assert effect.total
    assert effect.total.people == 10


def test_errors_on_reports_are_dated_by_when_those_came_in(session: Session, fcr: Person) -> None:
    people = staff(session, 10)
    item(session, fcr, people[0], NOW - 420 * DAY)
    for person in people:
        one = item(session, fcr, person, FIXED + 20 * DAY)
        report = an_incident(session, first_reported_at=FIXED + 18 * DAY)
        one.incident_id = report.id
        late = item(session, fcr, person, FIXED + 60 * DAY)
        late.incident_id = an_incident(session, first_reported_at=FIXED + 19 * DAY).id
    session.flush()

    effect = looked(session)

    # The second was told of after the first, but made before anybody was told: it is no repeat.
    assert effect.total
    assert (effect.total.repeats_before, effect.total.repeats_after) == (0, 0)
    assert effect.total.ratio is None
    assert ratio_words(None) == "too few repeats to say"


def test_errors_are_set_against_records_where_there_are_enough(
    session: Session, fcr: Person
) -> None:
    people = staff(session, 10)
    item(session, fcr, people[0], NOW - 420 * DAY)
    a_year(session, fcr, people)
    for person in people:
        for _ in range(4):
            a_crime(session, oic=person, recorded_at=FIXED - 40 * DAY, victims=0)
            an_incident(session, officer=person, first_reported_at=FIXED + 40 * DAY)
            an_incident(session, officer=person, first_reported_at=FIXED + 41 * DAY)

    effect = looked(session)

    # 6 records before and 9 after, so half as many errors are a third as often.
    assert effect.per_record
    assert effect.per_record.value == pytest.approx(1 / 3)
    assert effect.people_per_record == 10


def test_the_file_and_the_chart_say_what_the_page_says(session: Session, fcr: Person) -> None:
    people = staff(session, 12)
    item(session, fcr, people[0], NOW - 420 * DAY)
    a_year(session, fcr, people)
    effect = looked(session)

    lines = "".join(effect_csv(effect)).splitlines()
    chart = repeat_errors_chart(effect.by_error, "error", "Demo & more")

    assert lines[1] == "all,All together,,12,90,24,12,0.500,0.228,1.040"
    assert lines[2].startswith("by kind of error,E06 A report by a professional")
    assert "Demo &amp; more" in chart
    assert "0.50 (0.23 to 1.04)" in chart
    assert "style" not in chart
    assert repeat_errors_chart([], "error", "Nothing") == ""
    assert verdict(effect.total).startswith("These figures do not show whether")


def test_more_often_and_nothing_before_are_said_too(session: Session, fcr: Person) -> None:
    people = staff(session, 12)
    item(session, fcr, people[0], NOW - 420 * DAY)
    for person in people:
        for day in (10, 40, 50):
            told(session, fcr, person, day)
    nothing_before = looked(session)
    for person in people[:6]:
        told(session, fcr, person, -20)
    more = looked(session)

    assert nothing_before.total
    assert ratio_words(nothing_before.total.ratio).startswith("none before; at least ")
    assert verdict(more.total).startswith("After feedback the same error was seen more often")
    assert ",,6.000," not in "".join(effect_csv(nothing_before))
    assert repeat_errors_chart(nothing_before.by_error, "error", "Nothing") == ""
