"""A supervisor's team, one person's page, and notes that only two people can read."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import AppendOnly, InvalidValue, InvalidValues, NotFound, PermissionRefused
from fcr_app.models import AccessEntry, Case, Message, OneToOneNote, Person
from fcr_app.services.feedback_giving import Given, give_feedback
from fcr_app.services.one_to_one import correct_note, notes_about, write_note
from fcr_app.services.team import Age, team_view
from fcr_app.services.team_person import person_page
from tests.builders import NOW, TODAY, a_crime, a_person, a_unit, as_actor
from tests.statements import statements

REASONS = "A social worker’s report is the victim’s own. Record it at once."
TALK = "We talked about reports by professionals."
#: However many people and items there are.
MOST_FOR_THE_PAGE = 10


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    north, south = a_unit(session, name="Demo North"), a_unit(session, name="Demo South")
    sergeant = a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR], unit=north)
    register = [AccreditationKind.REGISTER]
    return {
        "sergeant": sergeant,
        "zoe": a_person(session, name="Demo Zulu", supervisor=sergeant, unit=north),
        "alf": a_person(session, name="Demo Alpha", supervisor=sergeant, unit=north),
        "other": a_person(session, name="Demo Other", roles=[Role.SUPERVISOR], unit=south),
        "stranger": a_person(session, name="Demo Stranger", unit=south),
        "fcr": a_person(session, name="Demo FCR", roles=[Role.FCR], accreditations=register),
    }


def give(
    session: Session,
    people: dict[str, Person],
    to: str,
    error: ErrorType | None = ErrorType.E06,
    *,
    days_ago: int = 0,
) -> None:
    crime = a_crime(session, oic=people[to])
    item = Given(to_id=people[to].id, error=error, reasons=REASONS, crime_id=crime.id)
    give_feedback(session, as_actor(session, people["fcr"]), item, now=NOW - timedelta(days_ago))


def actor(session: Session, people: dict[str, Person], who: str) -> Actor:
    return as_actor(session, people[who])


def test_a_supervisor_sees_what_is_open_in_the_team_by_its_clock(
    session: Session, people: dict[str, Person]
) -> None:
    give(session, people, "zoe", days_ago=60)
    give(session, people, "zoe", days_ago=10)
    give(session, people, "alf")
    give(session, people, "stranger")
    settled = session.scalars(
        select(Case).where(Case.workflow == "feedback").order_by(Case.id)
    ).all()
    settled[0].open = False

    team = team_view(session, actor(session, people, "sergeant"), now=NOW)

    assert [item.person for item in team.items.rows] == ["Demo Zulu", "Demo Alpha"]
    assert team.ages == {Age.IN_TIME: 1, Age.LATE: 1, Age.LONG_LATE: 0}
    assert [one.name for one in team.people] == ["Demo Alpha", "Demo Zulu"]
    assert team.units == ()
    later = team_view(session, actor(session, people, "sergeant"), now=NOW + timedelta(days=30))
    assert later.ages == {Age.IN_TIME: 0, Age.LATE: 0, Age.LONG_LATE: 2}


def test_what_comes_up_counts_a_year_of_errors_and_nothing_that_was_right(
    session: Session, people: dict[str, Person]
) -> None:
    give(session, people, "zoe", ErrorType.E13, days_ago=370)
    give(session, people, "zoe", ErrorType.E13)
    give(session, people, "zoe", None)
    for who in ("zoe", "alf"):
        give(session, people, who)

    themes = team_view(session, actor(session, people, "sergeant"), now=NOW).themes

    assert [(one.error, one.count) for one in themes] == [(ErrorType.E06, 2), (ErrorType.E13, 1)]


def test_who_could_do_with_help_stands_in_the_order_of_names(
    session: Session, people: dict[str, Person]
) -> None:
    for _ in range(3):
        give(session, people, "zoe")
    for _ in range(2):
        give(session, people, "alf", ErrorType.E13)
    give(session, people, "alf")
    give(session, people, "stranger")

    help_ = team_view(session, actor(session, people, "sergeant"), now=NOW).help

    found = [(one.person, one.error, one.plan_id is not None) for one in help_]
    assert found == [("Demo Alpha", ErrorType.E13, False), ("Demo Zulu", ErrorType.E06, True)]


def test_the_fcr_sees_the_force_or_a_unit_and_a_supervisor_can_not_choose(
    session: Session, people: dict[str, Person]
) -> None:
    give(session, people, "zoe")
    give(session, people, "stranger")
    fcr, south = actor(session, people, "fcr"), people["stranger"].unit_id

    whole = team_view(session, fcr, now=NOW)
    part = team_view(session, fcr, now=NOW, unit_id=south)
    own = team_view(session, actor(session, people, "sergeant"), now=NOW, unit_id=south)

    assert len(whole.items.rows) == 2
    assert [unit.name for unit in whole.units] == ["Demo North", "Demo South"]
    assert [item.person for item in part.items.rows] == ["Demo Stranger"]
    assert [item.person for item in own.items.rows] == ["Demo Zulu"]
    with pytest.raises(NotFound):
        team_view(session, fcr, now=NOW, unit_id=99_999)


def test_the_page_asks_no_more_of_the_database_for_a_larger_team(
    session: Session, people: dict[str, Person]
) -> None:
    for _ in range(5):
        give(session, people, "zoe")
        give(session, people, "alf")
    sergeant = actor(session, people, "sergeant")
    session.flush()

    with statements(session) as sent:
        team_view(session, sergeant, now=NOW)

    assert len(sent) <= MOST_FOR_THE_PAGE, sent


def test_a_person_sees_their_page_and_so_do_their_supervisor_and_the_fcr(
    session: Session, people: dict[str, Person]
) -> None:
    for _ in range(3):
        give(session, people, "zoe")
    about = people["zoe"].id

    own, theirs, fcrs = (
        person_page(session, actor(session, people, who), about, now=NOW)
        for who in ("zoe", "sergeant", "fcr")
    )

    assert [page.own for page in (own, theirs, fcrs)] == [True, False, False]
    assert [page.reads_notes for page in (own, theirs, fcrs)] == [True, True, False]
    assert {(len(page.items.rows), len(page.plans)) for page in (own, theirs, fcrs)} == {(3, 1)}
    for who in ("alf", "other"):
        with pytest.raises(NotFound):
            person_page(session, actor(session, people, who), about, now=NOW)
    session.flush()
    looks = session.scalars(select(AccessEntry.person_id).where(AccessEntry.what == "team:person"))
    assert set(looks) == {people["sergeant"].id, people["fcr"].id}


def test_a_note_is_between_two_people_and_each_look_is_logged(
    session: Session, people: dict[str, Person]
) -> None:
    sergeant, zoe = actor(session, people, "sergeant"), actor(session, people, "zoe")
    write_note(session, sergeant, zoe.id, TODAY, TALK, now=NOW)

    seen = {
        who: len(notes_about(session, actor(session, people, who), zoe.id, now=NOW).notes)
        for who in people
    }

    assert {who for who, count in seen.items() if count} == {"sergeant", "zoe"}
    session.flush()
    looks = session.scalars(
        select(AccessEntry.person_id).where(AccessEntry.what == "one-to-one:read")
    )
    assert set(looks) == {sergeant.id, zoe.id}
    assert (
        session.scalars(select(Message).where(Message.body.contains("note of a talk"))).all() == []
    )
    # The next supervisor begins anew.
    people["zoe"].supervisor_id = people["other"].id
    session.flush()
    page = person_page(session, actor(session, people, "other"), zoe.id, now=NOW)
    assert (page.reads_notes, page.notes.notes) == (True, ())


def test_a_note_is_put_right_by_another_and_never_changed(
    session: Session, people: dict[str, Person]
) -> None:
    sergeant, zoe = actor(session, people, "sergeant"), actor(session, people, "zoe")
    first = write_note(session, sergeant, zoe.id, TODAY, TALK, now=NOW)

    correct_note(session, sergeant, first, TODAY, f"{TALK} And of late records.", now=NOW)

    right, wrong = notes_about(session, sergeant, zoe.id, now=NOW).notes
    assert (right.corrects_id, right.corrected, right.may_correct) == (first, False, True)
    assert (wrong.text, wrong.corrected, wrong.may_correct) == (TALK, True, False)
    with pytest.raises(InvalidValue, match="put right already"):
        correct_note(session, sergeant, first, TODAY, TALK, now=NOW)
    with pytest.raises(NotFound):
        correct_note(session, zoe, first, TODAY, TALK, now=NOW)
    session.flush()
    session.get_one(OneToOneNote, first).text = "Never said."
    with pytest.raises(AppendOnly):
        session.flush()


def test_only_the_supervisor_writes_and_says_something_of_a_day_that_was(
    session: Session, people: dict[str, Person]
) -> None:
    zoe = people["zoe"].id
    for who in ("fcr", "other", "zoe"):
        with pytest.raises(PermissionRefused):
            write_note(session, actor(session, people, who), zoe, TODAY, TALK, now=NOW)
    sergeant = actor(session, people, "sergeant")
    with pytest.raises(InvalidValues) as refused:
        write_note(session, sergeant, zoe, TODAY + timedelta(days=1), "No", now=NOW)

    assert [problem.field for problem in refused.value.problems] == ["held_on", "text"]
    with pytest.raises(InvalidValues):
        write_note(session, sergeant, zoe, date(1999, 1, 1), TALK, now=NOW)


def test_long_lists_come_in_pages(session: Session, people: dict[str, Person]) -> None:
    sergeant, zoe = actor(session, people, "sergeant"), people["zoe"].id
    for number in range(27):
        give(session, people, "zoe", None)
        write_note(session, sergeant, zoe, TODAY, f"Talk number {number}.", now=NOW)

    first = person_page(session, sergeant, zoe, now=NOW)
    rest = person_page(
        session,
        sergeant,
        zoe,
        now=NOW,
        after=first.items.after,
        notes_before=first.notes.next_before,
    )
    team = team_view(session, sergeant, now=NOW)
    further = team_view(session, sergeant, now=NOW, after=team.items.after)

    assert (len(first.items.rows), len(first.notes.notes)) == (25, 25)
    assert (len(rest.items.rows), len(rest.notes.notes)) == (2, 2)
    assert (rest.items.after, rest.notes.next_before) == ("", None)
    assert (len(team.items.rows), len(further.items.rows)) == (25, 2)
