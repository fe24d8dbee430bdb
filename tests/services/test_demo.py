"""The demonstration force: every kind of case can be seen, and it never meets a real one."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR, Role
from fcr_app.errors import NotADemonstration
from fcr_app.extensions import Base
from fcr_app.models import Case, Crime, FeedbackItem, Force, Incident, NoticeException, Person
from fcr_app.services import history
from fcr_app.services.demo import seed
from fcr_app.services.demo_crimes import in_words
from fcr_app.services.demo_force import sign_ins
from fcr_app.workflows import WORKFLOWS
from fcr_app.workflows.cancellation import State
from tests.builders import NOW, a_person, as_actor


def rows_in_each_table(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_a_case_of_every_policy_is_seen_in_every_state(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)

    seen = {(key, state) for key, state in session.execute(select(Case.workflow, Case.state))}
    for workflow in WORKFLOWS:
        # Of a policy that nobody opens a case of by itself, none is ever left as a draft.
        states = set(workflow.states) - ({workflow.initial} if workflow.private else set())
        missing = {state for state in states if (workflow.key, state.value) not in seen}
        assert missing == set(), workflow.key
    asked = set(session.scalars(select(Case.asked).where(Case.workflow == "cancellation")))
    assert asked == {"", "C1", "C2", "C3", "C4", "C5"}
    assert [walked.broken for walked in history.verify(session)][-1] == ""


def test_what_waits_in_it_is_of_now_and_has_its_clock(session: Session) -> None:
    """An open case that anybody waits for has a limit, and was last touched in the last weeks."""
    seed(session, SYSTEM_ACTOR, now=NOW)

    with_a_limit = {
        (workflow.key, deadline.state.value)
        for workflow in WORKFLOWS
        for deadline in workflow.deadlines
    }
    for case in session.scalars(select(Case).where(Case.open)):
        about = f"{case.workflow} {case.state} {case.reference}"
        assert case.entered_at >= NOW - timedelta(days=30), about
        if (case.workflow, case.state) in with_a_limit:
            assert case.due_at is not None, about


def test_rape_is_disclosed_on_a_report_that_was_opened_as_something_else(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)

    disclosed = select(Case.state).join(Incident, Incident.id == Case.incident_id)
    states = session.scalars(disclosed.where(Incident.rape_disclosed_at.is_not(None))).all()
    assert sorted(states) == ["draft", "rape_recorded_to_review"]


def test_the_cases_a_visitor_looks_for_are_there(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)

    waiting = set(session.scalars(select(Case.needs).where(Case.state == State.SUBMITTED)))
    assert waiting == {"ddm", "fcr", "registered_fcr_or_chief"}
    late = select(func.count()).where(Case.open, Case.due_at < NOW)
    assert session.scalar(late.select_from(Case))
    claimed = select(func.count()).where(Case.state == State.SUBMITTED, Case.claimed_by_id > 0)
    assert session.scalar(claimed.select_from(Case)) == 1
    assert session.scalar(select(func.count()).select_from(FeedbackItem))
    assert session.scalars(select(NoticeException.approved)).all() == [False]


def test_a_second_seeding_changes_nothing(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)
    session.flush()
    before = rows_in_each_table(session)

    seed(session, SYSTEM_ACTOR, now=NOW)
    session.flush()

    assert rows_in_each_table(session) == before
    assert before["people"] == len(sign_ins())
    assert before["crimes"] >= 40


def test_every_role_can_be_tried(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)

    assert {role for person in sign_ins() for role in person.roles} == set(Role) - {Role.SYSTEM}
    for person in sign_ins():
        stored = session.scalars(select(Person).where(Person.email == person.email)).one()
        assert as_actor(session, stored).roles == set(person.roles)
        assert stored.password_hash is not None
        assert stored.password_hash.startswith("$argon2id$")


def test_nobody_in_it_could_be_taken_for_a_real_person(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)

    assert all(name.startswith("Demo ") for name in session.scalars(select(Person.name)))


def test_a_real_force_is_left_alone(session: Session) -> None:
    session.add(Force(id=1, name="A real force"))
    session.flush()
    before = rows_in_each_table(session)

    with pytest.raises(NotADemonstration, match="real force"):
        seed(session, SYSTEM_ACTOR, now=NOW)

    assert rows_in_each_table(session) == before


def test_people_without_a_force_are_left_alone_too(session: Session) -> None:
    a_person(session)

    with pytest.raises(NotADemonstration):
        seed(session, SYSTEM_ACTOR, now=NOW)

    assert session.scalar(select(func.count()).select_from(Crime)) == 0


def test_numbers_are_written_in_words() -> None:
    assert [in_words(number) for number in (1, 19, 20, 21, 99)] == [
        "One", "Nineteen", "Twenty", "Twenty-one", "Ninety-nine",
    ]  # fmt: skip
