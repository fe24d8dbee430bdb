"""Feedback names the error; the same one again opens one task for whoever can help."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.errors import AppendOnly, InvalidValue, InvalidValues, NotFound, PermissionRefused
from fcr_app.models import (
    FeedbackItem,
    Force,
    LearningAction,
    LearningEntry,
    LearningPlan,
    Notice,
    Person,
    Unit,
)
from fcr_app.services.feedback_giving import Given, give_feedback
from fcr_app.services.learning_changes import (
    NewAction,
    add_action,
    close_plan,
    finish_action,
    hand_over,
    review,
)
from fcr_app.services.learning_plans import Listed, one_plan, plan_page
from fcr_app.services.thresholds import Thresholds, change_thresholds, thresholds
from tests.builders import NOW, TODAY, a_crime, a_person, a_unit, as_actor

LIST = Listed.PEOPLE
REASONS = "A social worker’s report is the victim’s own. Record it at once."


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    supervisor = a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR])
    return {
        "supervisor": supervisor,
        "officer": a_person(session, name="Demo Officer", supervisor=supervisor),
        "fcr": a_person(
            session, name="Demo FCR", roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER]
        ),
        "other": a_person(session, name="Demo Other", roles=[Role.SUPERVISOR]),
    }


def given(
    session: Session,
    people: dict[str, Person],
    *,
    error: ErrorType | None = ErrorType.E06,
    days_ago: int = 0,
) -> None:
    crime = a_crime(session, oic=people["officer"])
    item = Given(to_id=people["officer"].id, error=error, reasons=REASONS, crime_id=crime.id)
    fcr = as_actor(session, people["fcr"])
    give_feedback(session, fcr, item, now=NOW - timedelta(days=days_ago))


def test_the_third_of_the_same_error_opens_one_task_and_tells_who_can_help(
    session: Session, people: dict[str, Person]
) -> None:
    given(session, people, days_ago=40)
    given(session, people, days_ago=20)
    assert session.scalars(select(LearningPlan)).all() == []

    given(session, people)
    given(session, people)

    task = session.scalars(select(LearningPlan)).one()
    assert (task.person_id, task.error_type, task.item_count) == (people["officer"].id, "E06", 3)
    told = session.scalars(select(Notice.person_id).where(Notice.message.contains("same error")))
    assert set(told) == {people["supervisor"].id, people["fcr"].id}


@pytest.mark.parametrize(
    ("days_ago", "errors"),
    [
        ((91, 20, 0), (ErrorType.E06,) * 3),
        ((40, 20, 0), (ErrorType.E06, ErrorType.E06, ErrorType.E13)),
        ((40, 20, 0), (ErrorType.E06, ErrorType.E06, None)),
    ],
    ids=["too long ago", "another error", "well done"],
)
def test_what_is_not_the_same_error_in_time_opens_none(
    session: Session,
    people: dict[str, Person],
    days_ago: tuple[int, ...],
    errors: tuple[ErrorType | None, ...],
) -> None:
    for days, error in zip(days_ago, errors, strict=True):
        given(session, people, error=error, days_ago=days)

    assert session.scalars(select(LearningPlan)).all() == []


def test_a_supervisor_sees_their_people_the_fcr_everybody_and_everybody_what_is_about_them(
    session: Session, people: dict[str, Person]
) -> None:
    for _ in range(3):
        given(session, people)
    task = session.scalars(select(LearningPlan)).one()

    seen = {
        name: [one.id for one in plan_page(session, as_actor(session, person), LIST).page.rows]
        for name, person in people.items()
    }

    assert seen == {"supervisor": [task.id], "officer": [task.id], "fcr": [task.id], "other": []}
    with pytest.raises(NotFound):
        one_plan(session, as_actor(session, people["other"]), task.id, now=NOW)
    own = one_plan(session, as_actor(session, people["officer"]), task.id, now=NOW)
    assert (own.own, own.may_manage) == (True, False)
    assert [error.given_at for error in own.errors] == [NOW] * 3


def test_a_task_is_closed_with_what_came_of_it_and_the_next_three_open_another(
    session: Session, people: dict[str, Person]
) -> None:
    for _ in range(3):
        given(session, people)
    supervisor = as_actor(session, people["supervisor"])
    task = session.scalars(select(LearningPlan)).one()

    with pytest.raises(InvalidValue, match="Say what came of it"):
        close_plan(session, supervisor, task.id, " ", now=NOW)
    close_plan(session, supervisor, task.id, "Went through the rule together.", now=NOW)
    with pytest.raises(InvalidValue, match="closed this plan already"):
        close_plan(session, supervisor, task.id, "Went through it again.", now=NOW)

    assert plan_page(session, supervisor, LIST).page.rows == ()
    closed = plan_page(session, supervisor, Listed.CLOSED).page.rows
    assert [one.outcome for one in closed] == ["Went through the rule together."]
    given(session, people)
    assert len(session.scalars(select(LearningPlan)).all()) == 2


def test_feedback_goes_to_somebody_else_and_says_enough(
    session: Session, people: dict[str, Person]
) -> None:
    fcr = as_actor(session, people["fcr"])
    crime = a_crime(session)
    to_oneself = Given(to_id=fcr.id, error=None, reasons="Good.", crime_id=crime.id)

    with pytest.raises(InvalidValues) as refused:
        give_feedback(session, fcr, to_oneself, now=NOW)

    assert [problem.field for problem in refused.value.problems] == ["to", "reasons"]
    assert session.scalars(select(FeedbackItem)).all() == []
    stranger = as_actor(session, people["other"])
    with pytest.raises(NotFound):
        give_feedback(session, stranger, to_oneself, now=NOW)


def a_plan(session: Session, people: dict[str, Person]) -> LearningPlan:
    for _ in range(3):
        given(session, people)
    return session.scalars(select(LearningPlan).where(LearningPlan.person_id.is_not(None))).one()


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def test_whose_plan_it_is_is_told_that_it_is_help(
    session: Session, people: dict[str, Person]
) -> None:
    a_plan(session, people)

    told = session.scalars(select(Notice).where(Notice.message.contains("measures nobody"))).one()
    assert told.person_id == people["officer"].id


def test_a_plan_is_agreed_reviewed_extended_and_handed_over_and_all_of_it_stays(
    session: Session, people: dict[str, Person]
) -> None:
    plan = a_plan(session, people)
    sergeant, officer = (as_actor(session, people[who]) for who in ("supervisor", "officer"))
    assert (plan.owner_id, plan.review_on) == (sergeant.id, days(60))
    new = NewAction(text="A morning beside crime management.", due_on=days(7))

    action = add_action(session, sergeant, plan.id, new, now=NOW)
    assert plan.due_at.date() == days(61)  # the end of the review's day
    review(session, sergeant, plan.id, "It goes well so far.", days(90), now=NOW)
    hand_over(session, sergeant, plan.id, people["other"].id, "She leads training.", now=NOW)
    finish_action(session, officer, plan.id, action, "Very useful.", now=NOW)
    session.flush()

    view = one_plan(session, as_actor(session, people["other"]), plan.id, now=NOW)
    (done,) = view.actions
    assert (done.owner, done.done_on, done.remark) == ("Demo Officer", TODAY, "Very useful.")
    assert [(e.kind, e.review_on, e.owner) for e in view.entries] == [
        ("reviewed", days(90), ""),
        ("handed_over", None, "Demo Other"),
    ]
    assert (view.plan.owner, view.plan.actions, view.plan.actions_done) == ("Demo Other", 1, 1)
    assert view.may_manage
    session.scalars(select(LearningEntry)).all()[0].text = "Never said."
    with pytest.raises(AppendOnly):
        session.flush()


def test_nobody_changes_a_plan_about_themselves_and_others_do_not_see_it(
    session: Session, people: dict[str, Person]
) -> None:
    plan = a_plan(session, people)
    people["officer"].supervisor_id = None
    plan.owner_id = people["fcr"].id
    session.flush()
    new = NewAction(text="A morning beside crime management.", due_on=days(7))

    with pytest.raises(PermissionRefused):
        add_action(session, as_actor(session, people["officer"]), plan.id, new, now=NOW)
    with pytest.raises(NotFound):
        add_action(session, as_actor(session, people["other"]), plan.id, new, now=NOW)
    with pytest.raises(NotFound):
        finish_action(session, as_actor(session, people["other"]), plan.id, 1, "", now=NOW)
    assert session.scalars(select(LearningAction)).all() == []


def test_what_can_not_be_agreed_is_refused_with_every_reason(
    session: Session, people: dict[str, Person]
) -> None:
    plan = a_plan(session, people)
    sergeant = as_actor(session, people["supervisor"])

    nothing = NewAction(text="No", due_on=days(-1), owner_id=99_999)
    with pytest.raises(InvalidValues) as action:
        add_action(session, sergeant, plan.id, nothing, now=NOW)
    with pytest.raises(InvalidValues) as looked:
        review(session, sergeant, plan.id, "No", date.max, now=NOW)
    refused = []
    for owner in (None, people["officer"].id, a_person(session).id):
        with pytest.raises(InvalidValues) as over:
            hand_over(session, sergeant, plan.id, owner, "Because of that.", now=NOW)
        refused += [str(problem) for problem in over.value.problems]

    assert [p.field for p in action.value.problems] == ["text", "due_on", "owner"]
    assert [p.field for p in looked.value.problems] == ["text", "review_on"]
    assert [said.split()[0] for said in refused] == ["Enter", "Nobody", "Their"]


def test_an_action_is_done_once(session: Session, people: dict[str, Person]) -> None:
    plan = a_plan(session, people)
    sergeant = as_actor(session, people["supervisor"])
    new = NewAction(text="A morning beside crime management.", due_on=days(7))
    action = add_action(session, sergeant, plan.id, new, now=NOW)
    with pytest.raises(InvalidValue, match="at most"):
        finish_action(session, sergeant, plan.id, action, "x" * 4001, now=NOW)

    finish_action(session, sergeant, plan.id, action, "", now=NOW)

    with pytest.raises(InvalidValue, match="already"):
        finish_action(session, sergeant, plan.id, action, "", now=NOW)


def a_team(session: Session, people: dict[str, Person]) -> Unit:
    """Put the supervisor over a unit of two officers."""
    borough = a_unit(session)
    unit = a_unit(session, parent=borough)
    people["supervisor"].unit_id = borough.id
    people["officer"].unit_id = unit.id
    people["second"] = a_person(session, name="Demo Second", unit=unit)
    session.flush()
    return unit


def test_a_unit_at_its_threshold_has_one_training_task_that_its_head_sees_to(
    session: Session, people: dict[str, Person]
) -> None:
    unit = a_team(session, people)
    second = {**people, "officer": people["second"]}
    for _ in range(2):
        given(session, people)
    for _ in range(3):
        given(session, second)
    assert session.scalars(select(LearningPlan).where(LearningPlan.unit_id > 0)).all() == []

    for _ in range(2):
        given(session, people)

    task = session.scalars(select(LearningPlan).where(LearningPlan.unit_id > 0)).one()
    assert (task.unit_id, task.item_count, task.owner_id) == (
        unit.id, 6, people["supervisor"].id,
    )  # fmt: skip
    told = session.scalars(select(Notice.person_id).where(Notice.message.contains("in a unit")))
    assert set(told) == {people["supervisor"].id, people["fcr"].id}
    sergeant = as_actor(session, people["supervisor"])
    view = one_plan(session, sergeant, task.id, now=NOW)
    assert (view.plan.of_unit, view.plan.subject) == (True, unit.name)
    assert {error.to for error in view.errors} == {""}
    assert [row.id for row in plan_page(session, sergeant, Listed.UNITS).page.rows] == [task.id]
    other = as_actor(session, people["other"])
    assert plan_page(session, other, Listed.UNITS).page.rows == ()


def test_the_fcr_sets_how_many_errors_open_a_plan(
    session: Session, people: dict[str, Person]
) -> None:
    session.add(Force(id=1, name="Demonstration Constabulary"))
    session.flush()
    fcr = as_actor(session, people["fcr"])
    shipped = Thresholds(learning_count=3, learning_days=90, training_count=6, training_days=90)
    assert thresholds(session, NOW) == shipped
    two = Thresholds(learning_count=2, learning_days=30, training_count=4, training_days=60)

    change_thresholds(session, fcr, two, now=NOW)
    given(session, people, days_ago=31)
    given(session, people)
    assert session.scalars(select(LearningPlan)).all() == []
    given(session, people)

    assert thresholds(session, NOW) == two
    assert session.scalars(select(LearningPlan)).one().item_count == 2
    far = Thresholds(learning_count=1, learning_days=6, training_count=6, training_days=731)
    with pytest.raises(InvalidValues) as refused:
        change_thresholds(session, fcr, far, now=NOW)
    assert [p.field for p in refused.value.problems] == [
        "learning_count", "learning_days", "training_days",
    ]  # fmt: skip
    with pytest.raises(PermissionRefused):
        change_thresholds(session, as_actor(session, people["supervisor"]), two, now=NOW)


def test_without_a_force_there_is_nothing_to_set(
    session: Session, people: dict[str, Person]
) -> None:
    with pytest.raises(NotFound):
        change_thresholds(
            session, as_actor(session, people["fcr"]), thresholds(session, NOW), now=NOW
        )
