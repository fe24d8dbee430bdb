"""Actions: whose they are, what may happen to them, and that all of it stays readable."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.actions import ActionMove, ActionWords
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import (
    InvalidValue,
    InvalidValues,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import AuditAction, Notice, Person
from fcr_app.services.audits.action_changes import change_action
from fcr_app.services.audits.action_list import ActionFilters, Listed, action_page
from fcr_app.services.audits.action_view import one_action
from fcr_app.services.audits.actions import NewAuditAction, add_action, move_action
from fcr_app.services.audits.late_actions import tell_of_late_actions
from tests.builders import NOW, TODAY, a_person, as_actor
from tests.statements import statements

SAID = "Guidance of 3 November was read by all five teams."
MORE = "Now all six of them have read it."
NEXT_MONTH = TODAY + timedelta(days=30)


class People:
    """Who acts: a registrar, their deputy, a supervisor who owns the action, and a stranger."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.made = {
            "fcr": a_person(session, name="Demo FCR", roles=[Role.FCR]),
            "deputy": a_person(session, name="Demo Deputy", roles=[Role.DEPUTY_FCR]),
            "owner": a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR]),
            "other": a_person(session, name="Demo DDM", roles=[Role.DDM]),
            "auditor": a_person(session, name="Demo Auditor", roles=[Role.AUDITOR]),
            "officer": a_person(session, name="Demo Officer", roles=[Role.OFFICER]),
        }

    def __getitem__(self, who: str) -> Actor:
        return as_actor(self.session, self.made[who])

    def person(self, who: str) -> Person:
        """Return one of them as a row."""
        return self.made[who]


@pytest.fixture
def people(session: Session) -> People:
    return People(session)


def add(
    session: Session,
    people: People,
    *,
    due_on: date | None = NEXT_MONTH,
    owner: str = "owner",
    recommended: str = "Tell every victim whose crime is cancelled.",
) -> AuditAction:
    words = ActionWords(recommended=recommended, measure="", source="An inspection", due_on=due_on)
    new = NewAuditAction(words=words, owner_id=people.person(owner).id)
    return add_action(session, people["fcr"], new, now=NOW)


def test_actions_are_numbered_and_their_owner_is_told(session: Session, people: People) -> None:
    first, second = add(session, people), add(session, people)

    assert (first.reference, second.reference) == ("ACT-2026-0001", "ACT-2026-0002")
    told = session.scalars(select(Notice).where(Notice.person_id == first.owner_id)).all()
    assert [one.path for one in told] == [f"/audits/actions/{one.id}" for one in (first, second)]


def test_an_action_is_carried_out_by_its_owner_and_closed_by_another(
    session: Session, people: People
) -> None:
    action = add(session, people)

    move_action(session, people["owner"], action.id, ActionMove.BEGIN, SAID, now=NOW)
    move_action(session, people["owner"], action.id, ActionMove.FINISH, SAID, now=NOW)
    assert (action.state, action.evidence) == ("done", SAID)
    assert [m.move for m in one_action(session, people["owner"], action.id, now=NOW).moves] == []
    move_action(session, people["deputy"], action.id, ActionMove.SEND_BACK, SAID, now=NOW)
    assert action.state == "in_progress"
    move_action(session, people["owner"], action.id, ActionMove.FINISH, MORE, now=NOW)
    move_action(session, people["fcr"], action.id, ActionMove.CLOSE, SAID, now=NOW)

    view = one_action(session, people["auditor"], action.id, now=NOW)
    assert (view.action.state.value, view.closed_by) == ("closed", "Demo FCR")
    assert view.evidence == MORE
    assert [step.trigger for step in view.steps] == [
        "add", "begin", "finish", "send_back", "finish", "close",
    ]  # fmt: skip
    assert SAID in [step.reason for step in view.steps]
    move_action(session, people["fcr"], action.id, ActionMove.REOPEN, SAID, now=NOW)
    assert (action.state, action.closed_at) == ("in_progress", None)


def test_nobody_closes_what_they_own(session: Session, people: People) -> None:
    action = add(session, people, owner="fcr")
    move_action(session, people["fcr"], action.id, ActionMove.FINISH, SAID, now=NOW)

    with pytest.raises(StepNotAvailable):
        move_action(session, people["fcr"], action.id, ActionMove.CLOSE, SAID, now=NOW)
    move_action(session, people["deputy"], action.id, ActionMove.CLOSE, SAID, now=NOW)


@pytest.mark.parametrize("move", [ActionMove.CLOSE, ActionMove.SEND_BACK])
def test_an_owner_does_not_check_their_own_evidence(
    session: Session, people: People, move: ActionMove
) -> None:
    action = add(session, people)
    move_action(session, people["owner"], action.id, ActionMove.FINISH, SAID, now=NOW)

    with pytest.raises(StepNotAvailable):
        move_action(session, people["owner"], action.id, move, SAID, now=NOW)


def test_only_the_owner_and_those_who_see_audits_see_an_action(
    session: Session, people: People
) -> None:
    action = add(session, people)

    for who in ("owner", "auditor", "fcr"):
        assert one_action(session, people[who], action.id, now=NOW).action.id == action.id
    for who in ("other", "officer"):
        with pytest.raises(NotFound):
            one_action(session, people[who], action.id, now=NOW)
        with pytest.raises(NotFound):
            move_action(session, people[who], action.id, ActionMove.BEGIN, SAID, now=NOW)
    with pytest.raises(StepNotAvailable):
        move_action(session, people["auditor"], action.id, ActionMove.BEGIN, SAID, now=NOW)


def test_what_is_refused_changes_nothing(session: Session, people: People) -> None:
    action = add(session, people)

    with pytest.raises(InvalidValue, match="20 to"):
        move_action(session, people["owner"], action.id, ActionMove.FINISH, "Done", now=NOW)
    assert (action.state, action.evidence) == ("open", "")
    with pytest.raises(SomeoneElseChangedIt):
        move_action(
            session, people["owner"], action.id, ActionMove.BEGIN, SAID, now=NOW,
            version=action.version + 1,
        )  # fmt: skip
    with pytest.raises(PermissionRefused):
        change_action(
            session, people["owner"], action.id, owner_id=action.owner_id, due_on=NEXT_MONTH,
            why=SAID, now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"recommended": "Too short"}, "recommended"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY + timedelta(days=800)}, "due_on"),
        ({"owner": "officer"}, "owner"),
    ],
)
def test_what_can_not_be_an_action_is_said_at_its_field(
    session: Session, people: People, given: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidValues) as refused:
        add(session, people, **given)  # type: ignore[arg-type]  # each a real argument

    assert [one.field for one in refused.value.problems] == [field]


def test_another_owner_and_another_day_stay_readable(session: Session, people: People) -> None:
    action = add(session, people)
    later = NEXT_MONTH + timedelta(days=14)

    change_action(
        session, people["fcr"], action.id, owner_id=people.person("other").id, due_on=later,
        why="The team leader changed in November.", now=NOW,
    )  # fmt: skip

    step = one_action(session, people["fcr"], action.id, now=NOW).steps[-1]
    assert step.reason == "The team leader changed in November."
    assert step.changed == [
        ["Who does it", "Demo Sergeant", "Demo DDM"],
        ["By when", "24 December 2026", "7 January 2027"],
    ]
    assert session.scalars(
        select(Notice.message).where(Notice.person_id == people.person("other").id)
    ).all() == ["Something to do was handed over to you."]
    with pytest.raises(InvalidValues, match="Nothing was changed"):
        change_action(
            session, people["fcr"], action.id, owner_id=action.owner_id, due_on=later,
            why=SAID, now=NOW,
        )  # fmt: skip


def test_lists_page_by_day_and_narrow(session: Session, people: People) -> None:
    made = [add(session, people, due_on=TODAY + timedelta(days=n % 7)) for n in range(30)]
    made[3].due_on = made[4].due_on = TODAY - timedelta(days=2)
    session.flush()

    def page(who: str = "fcr", listed: Listed | None = None, **asked: object) -> list[int]:
        filters = ActionFilters(**asked)  # type: ignore[arg-type]  # each a real filter
        found = action_page(session, people[who], listed, filters, now=NOW)
        seen = [row.id for row in found.page.rows]
        while found.page.after:
            found = action_page(
                session, people[who], listed, filters, now=NOW, after=found.page.after
            )
            seen += [row.id for row in found.page.rows]
        return seen

    expected = [one.id for one in sorted(made, key=lambda one: (one.due_on, one.id))]
    assert page() == expected
    assert page("owner") == expected
    assert page("other") == []
    assert page(late=True) == [made[3].id, made[4].id]
    assert page(owner_id=people.person("fcr").id) == []
    assert page(listed=Listed.TO_CHECK) == []
    # Whoever sees only their own can't ask for the list of all.
    assert page("other", listed=Listed.OPEN) == []
    # And back again.
    first = action_page(session, people["fcr"], None, ActionFilters(), now=NOW)
    second = action_page(
        session, people["fcr"], None, ActionFilters(), now=NOW, after=first.page.after
    )
    back = action_page(
        session, people["fcr"], None, ActionFilters(), now=NOW, before=second.page.before
    )
    assert back.page.rows == first.page.rows
    assert not back.page.before


def test_whoever_has_to_know_is_told_once_that_an_action_is_overdue(
    session: Session, people: People
) -> None:
    late = add(session, people, due_on=TODAY)
    add(session, people, due_on=NEXT_MONTH)
    done = add(session, people, due_on=TODAY)
    move_action(session, people["owner"], done.id, ActionMove.FINISH, SAID, now=NOW)

    def told() -> list[str]:
        message = "An action is overdue."
        return sorted(
            session.scalars(
                select(Person.name)
                .join(Notice, Notice.person_id == Person.id)
                .where(Notice.message == message)
            )
        )

    assert tell_of_late_actions(session, now=NOW) == 0
    tomorrow = NOW + timedelta(days=1)
    assert tell_of_late_actions(session, now=tomorrow) == 1
    assert tell_of_late_actions(session, now=tomorrow) == 0
    assert told() == ["Demo Deputy", "Demo FCR", "Demo Sergeant"]
    # Another day is another promise.
    change_action(
        session, people["fcr"], late.id, owner_id=late.owner_id, due_on=TODAY + timedelta(days=5),
        why=SAID, now=tomorrow,
    )  # fmt: skip
    assert tell_of_late_actions(session, now=NOW + timedelta(days=5)) == 0
    assert tell_of_late_actions(session, now=NOW + timedelta(days=6)) == 1
    assert tell_of_late_actions(session, now=NOW + timedelta(days=7)) == 0


def test_a_list_takes_as_many_statements_however_long_it_is(
    session: Session, people: People
) -> None:
    def taken() -> int:
        fcr = people["fcr"]
        session.expire_all()
        with statements(session) as sent:
            action_page(session, fcr, None, ActionFilters(late=True), now=NOW)
        return len(sent)

    add(session, people)
    few = taken()
    for _ in range(20):
        add(session, people)

    assert taken() == few == 3
