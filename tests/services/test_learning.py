"""Feedback names the error; the same one again opens one task for whoever can help."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.errors import InvalidValue, InvalidValues, NotFound
from fcr_app.models import FeedbackItem, LearningTask, Notice, Person
from fcr_app.services.feedback_giving import Given, give_feedback
from fcr_app.services.learning import close_task, learning_page, learning_task
from tests.builders import NOW, a_crime, a_person, as_actor

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
    assert session.scalars(select(LearningTask)).all() == []

    given(session, people)
    given(session, people)

    task = session.scalars(select(LearningTask)).one()
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

    assert session.scalars(select(LearningTask)).all() == []


def test_a_supervisor_sees_their_own_people_and_the_fcr_everybody(
    session: Session, people: dict[str, Person]
) -> None:
    for _ in range(3):
        given(session, people)
    task = session.scalars(select(LearningTask)).one()

    seen = {
        name: [one.id for one in learning_page(session, as_actor(session, person)).tasks]
        for name, person in people.items()
    }

    assert seen == {"supervisor": [task.id], "officer": [], "fcr": [task.id], "other": []}
    with pytest.raises(NotFound):
        learning_task(session, as_actor(session, people["other"]), task.id)


def test_a_task_is_closed_with_what_came_of_it_and_the_next_three_open_another(
    session: Session, people: dict[str, Person]
) -> None:
    for _ in range(3):
        given(session, people)
    supervisor = as_actor(session, people["supervisor"])
    task = session.scalars(select(LearningTask)).one()

    with pytest.raises(InvalidValue, match="Say what came of it"):
        close_task(session, supervisor, task.id, " ", now=NOW)
    close_task(session, supervisor, task.id, "Went through the rule together.", now=NOW)
    with pytest.raises(InvalidValue, match="closed this task already"):
        close_task(session, supervisor, task.id, "Went through it again.", now=NOW)

    assert learning_page(session, supervisor).tasks == ()
    closed = learning_page(session, supervisor, closed=True).tasks
    assert [one.outcome for one in closed] == ["Went through the rule together."]
    given(session, people)
    assert len(session.scalars(select(LearningTask)).all()) == 2


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
