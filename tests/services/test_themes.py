"""Theme pages: what is gathered about a rule, and that no small count can be made out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.feedback.suggestions import SUGGESTIONS
from fcr_app.domain.handbook import HANDBOOK
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.domain.rulings import Topic
from fcr_app.domain.themes import every_theme, theme_at
from fcr_app.errors import AlreadyDone, InvalidValue, NotFound, PermissionRefused
from fcr_app.models import AccessEntry, Crime, Person, Unit
from fcr_app.services.rulings import NewRuling, make_ruling
from fcr_app.services.teaching_examples import add_example, remove_example, said_in_feedback
from fcr_app.services.theme_errors import shown_totals, theme_errors
from fcr_app.services.themes import theme_index, theme_view
from tests.builders import NOW, a_crime, a_person, a_unit, as_actor
from tests.feedback_builders import some_feedback
from tests.services.test_bulletins import published, words
from tests.statements import statements


@pytest.fixture
def fcr(session: Session) -> Actor:
    person = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    return as_actor(session, person)


@pytest.fixture
def force(session: Session) -> Unit:
    return a_unit(session, name="Demo Force")


@pytest.fixture
def crime(session: Session) -> Crime:
    return a_crime(session)


def fed_back(  # noqa: PLR0917 - what, to whom, by whom, about what, when, how often
    session: Session,
    error: str,
    to: Person,
    sender: Actor,
    crime: Crime,
    times: int,
    at: datetime = NOW - timedelta(days=1),
    *,
    rule: str | None = None,
    **more: Any,
) -> None:
    rule = rule if rule is not None else SUGGESTIONS[ErrorType(error)].rule
    giver = session.get_one(Person, sender.id)
    for _ in range(times):
        some_feedback(
            session, to, giver, crime=crime, at=at, error_type=error, rule_id=rule, **more
        )


def test_each_error_has_a_rule_of_the_handbook_or_none() -> None:
    rules = {error: theme_at(error).rule for error in ErrorType}

    assert set(rules.values()) <= {*HANDBOOK, ""}
    assert [error for error, rule in rules.items() if not rule] == [ErrorType.E23]


def test_a_theme_is_found_by_its_key_and_by_beginnings_of_words() -> None:
    assert theme_at("rec-08").errors == (ErrorType.E06,)
    assert theme_at("E06").rule == "REC-08"
    assert theme_at("e23").rule == ""
    with pytest.raises(NotFound):
        theme_at("rec-99")
    found = {theme.key for theme in every_theme() if theme.matches("carer prof")}
    assert found == {"REC-08", "N100-05"}
    assert "E06" in {theme.key for theme in every_theme() if theme.matches("e06")}
    assert "REC-08" in {theme.key for theme in every_theme() if theme.matches("rec-08")}


def test_a_small_total_is_left_out_with_all_about_it(
    session: Session, fcr: Actor, force: Unit, crime: Crime
) -> None:
    fed_back(session, "E06", a_person(session, unit=force), fcr, crime, 4)

    found = theme_errors(session, theme_at("rec-08"), now=NOW)

    assert (found.total, found.months, found.units) == (None, (), ())
    rows = {row.theme.key: row.errors for row in theme_index(session, now=NOW)}
    assert (rows["E06"], rows["REC-08"], rows["E07"]) == (None, None, 0)


def test_errors_are_counted_by_month_and_by_part_of_the_force(
    session: Session, fcr: Actor, force: Unit, crime: Crime
) -> None:
    north = a_unit(session, name="Demo North", parent=force)
    team = a_unit(session, name="Demo North Team", parent=north)
    south = a_unit(session, name="Demo South", parent=force)
    in_team, in_south = a_person(session, unit=team), a_person(session, unit=south)
    # 23:30 UTC on the last day of May is June in London.
    for at, person, times in (
        (NOW, in_team, 6),
        (datetime(2026, 5, 31, 23, 30, tzinfo=UTC), in_south, 7),
        (NOW - timedelta(days=400), in_south, 9),
    ):
        fed_back(session, "E06", person, fcr, crime, times, at)
    fed_back(session, "E07", in_team, fcr, crime, 8)

    with statements(session) as sent:
        found = theme_errors(session, theme_at("rec-08"), now=NOW)

    assert len(sent) <= 3
    assert found.total == 13
    assert {line.label: line.count for line in found.months if line.count} == {
        "June 2026": 7,
        "November 2026": 6,
    }
    assert {line.label: line.count for line in found.units} == {
        "Demo Force": 0,
        "Demo North": 6,
        "Demo South": 7,
    }
    assert not found.left_out


def test_no_small_count_is_given_back_by_subtraction(
    session: Session, fcr: Actor, force: Unit, crime: Crime
) -> None:
    parts = [a_unit(session, name=f"Demo Part {n}", parent=force) for n in range(3)]
    for unit, times in zip(parts, (20, 9, 2), strict=True):
        fed_back(session, "E15", a_person(session, unit=unit), fcr, crime, times)

    found = theme_errors(session, theme_at("e15"), now=NOW)
    shown = {line.label: line.count for line in found.units}

    assert found.total == 31
    assert shown["Demo Part 2"] is None
    # At least one more is left out, or the total less the others would be the small one.
    assert sum(1 for count in shown.values() if count is None) >= 2
    assert found.left_out


def test_no_page_gives_back_what_another_leaves_out(
    session: Session, fcr: Actor, force: Unit, crime: Crime
) -> None:
    person = a_person(session, unit=force)
    # Of 20 errors of a kind 2 rest on another rule: that rule's total is small, so it is left out,
    # and one of the others too, or subtraction would give it back.
    fed_back(session, "E06", person, fcr, crime, 18)
    fed_back(session, "E06", person, fcr, crime, 2, rule="REC-09")

    totals = shown_totals(session, now=NOW)

    assert totals["REC-09"] is None
    assert None in (totals["E06"], totals["REC-08"])


def test_what_was_set_aside_or_taken_back_is_no_error(
    session: Session, fcr: Actor, force: Unit, crime: Crime
) -> None:
    person = a_person(session, unit=force)
    fed_back(session, "E06", person, fcr, crime, 6)
    fed_back(session, "E06", person, fcr, crime, 5, set_aside_at=NOW, closed_at=NOW)
    fed_back(session, "E06", person, fcr, crime, 5, withdrawn_at=NOW, closed_at=NOW)

    assert shown_totals(session, now=NOW)["E06"] == 6


def test_a_theme_gathers_bulletins_rulings_and_examples(session: Session, fcr: Actor) -> None:
    officer = as_actor(session, a_person(session))
    administrator = as_actor(session, a_person(session, roles=[Role.ADMINISTRATOR]))
    published(session, fcr, words(errors=(ErrorType.E10,)))
    published(session, fcr, words(title="For DDMs", roles=(Role.DDM,)))
    make_ruling(
        session,
        fcr,
        NewRuling(
            question="Is a trainer a professional?",
            topic=Topic.RECORD,
            facts="A trainer of a club told of what a member had said.",
            ruling="A trainer in charge of children is one.",
            reasons="The rule names whoever has the care of the victim.",
            rules=("REC-08",),
        ),
        now=NOW,
    )
    example = add_example(
        session, fcr, "rec-08", "A nurse rang: record it at once.", names_nobody=True, now=NOW
    )

    seen = theme_view(session, officer, "rec-08", now=NOW)
    assert [row.title for row in seen.bulletins] == ["A teacher’s report is enough"]
    assert [row.question for row in seen.rulings] == ["Is a trainer a professional?"]
    assert [one.text for one in seen.examples] == ["A nurse rang: record it at once."]
    assert not seen.chooses
    assert len(theme_view(session, officer, "e10", now=NOW).bulletins) == 1
    assert len(theme_view(session, fcr, "rec-08", now=NOW).bulletins) == 2
    other = theme_view(session, administrator, "rec-08", now=NOW)
    assert (other.bulletins, other.rulings) == ((), ())
    rows = {row.theme.key: (row.rulings, row.bulletins) for row in theme_index(session, now=NOW)}
    assert (rows["REC-08"], rows["E10"], rows["E06"]) == ((1, 2), (0, 1), (1, 0))

    with pytest.raises(NotFound):
        remove_example(session, fcr, "rec-09", example, now=NOW)
    remove_example(session, fcr, "rec-08", example, now=NOW)
    assert theme_view(session, officer, "rec-08", now=NOW).examples == ()
    with pytest.raises(AlreadyDone):
        remove_example(session, fcr, "rec-08", example, now=NOW)


def test_an_example_is_checked_and_chosen_by_the_fcr(session: Session, fcr: Actor) -> None:
    text = "A nurse rang: record it at once."
    with pytest.raises(InvalidValue, match="nobody can be made out"):
        add_example(session, fcr, "rec-08", text, names_nobody=False, now=NOW)
    with pytest.raises(InvalidValue, match="at least 20"):
        add_example(session, fcr, "rec-08", "Short.", names_nobody=True, now=NOW)
    officer = as_actor(session, a_person(session))
    with pytest.raises(PermissionRefused):
        add_example(session, officer, "rec-08", text, names_nobody=True, now=NOW)


def test_what_feedback_said_is_offered_to_the_fcr_alone_and_each_look_is_logged(
    session: Session, fcr: Actor, crime: Crime
) -> None:
    person = a_person(session)
    usual = SUGGESTIONS[ErrorType.E06].right_decision
    for said in (usual, "", "The nurse’s call was enough."):
        fed_back(session, "E06", person, fcr, crime, 1, right_decision=said)

    found = said_in_feedback(session, fcr, "rec-08", now=NOW)
    session.flush()

    assert [one.text for one in found] == ["The nurse’s call was enough."]
    looks = select(AccessEntry.id).where(AccessEntry.what == "feedback:read")
    assert len(session.scalars(looks).all()) == 1
    with pytest.raises(PermissionRefused):
        said_in_feedback(session, as_actor(session, person), "rec-08", now=NOW)
