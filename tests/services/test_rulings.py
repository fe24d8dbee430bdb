"""The register of rulings: numbers, search, links, who sees what, on both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.domain.rulings import Topic
from fcr_app.errors import (
    InvalidValue,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepRefused,
)
from fcr_app.models import Case, ChangeEntry, Crime, Person, Ruling, RulingLink, RulingWord
from fcr_app.services.case_view import case_view
from fcr_app.services.cases import open_case, open_incident_case, take_step
from fcr_app.services.ruling_list import Register, read_sought, register
from fcr_app.services.ruling_view import ruling_view
from fcr_app.services.rulings import (
    NewRuling,
    Target,
    find_target,
    link_ruling,
    make_ruling,
    number_of,
)
from tests.builders import NOW, a_crime, a_person, an_incident, an_offence, as_actor
from tests.services import recording_words as say
from tests.services.requests import minutes
from tests.statements import statements


@pytest.fixture
def officer(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo Officer One"))


@pytest.fixture
def fcr(session: Session) -> Actor:
    return say.a_fcr(session)


def new(question: str = "Is it one crime or two?", **more: object) -> NewRuling:
    usual: dict[str, object] = {
        "question": question,
        "topic": Topic.COUNT,
        "offence_class": "34B",
        "facts": "Two robberies of one victim, an hour apart, by the same group.",
        "ruling": "Two crimes, since the first was over.",
        "reasons": "Police knew of the first before the second began.",
        "rules": ("CNT-02",),
    }
    return NewRuling(**{**usual, **more})  # type: ignore[arg-type] # as a test says


def found(session: Session, **said: str) -> list[str]:
    return [row.question for row in register(session, read_sought(said)).page.rows]


def test_numbers_count_from_one_in_each_london_year(session: Session, fcr: Actor) -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    numbers = [
        number_of(make_ruling(session, fcr, new(), now=now))
        for now in (NOW, NOW + minutes(1), at, at + timedelta(hours=1))
    ]

    assert numbers == ["R 2026/001", "R 2026/002", "R 2026/003", "R 2027/001"]


@pytest.mark.parametrize(
    ("role", "held"),
    [
        (Role.DDM, AccreditationKind.DDM_COURSE),
        (Role.OFFICER, AccreditationKind.REGISTER),
        (Role.FCR, None),
        (Role.AUDITOR, None),
    ],
)
def test_only_a_registrar_with_authority_in_force_rules(
    session: Session, role: Role, held: AccreditationKind | None
) -> None:
    who = say.somebody(session, role, *([held] if held else []))
    with pytest.raises(PermissionRefused):
        make_ruling(session, who, new(), now=NOW)


def test_a_deputy_with_a_course_rules(session: Session) -> None:
    deputy = say.somebody(session, Role.DEPUTY_FCR, AccreditationKind.DDM_COURSE)

    assert "course" in make_ruling(session, deputy, new(), now=NOW).authority


def test_a_ruling_is_superseded_once_and_never_edited(session: Session, fcr: Actor) -> None:
    first = make_ruling(session, fcr, new(), now=NOW)
    second = make_ruling(session, fcr, new("Again", supersedes_id=first.id), now=NOW)
    with pytest.raises(SomeoneElseChangedIt, match="R 2026/002"):
        make_ruling(session, fcr, new(supersedes_id=first.id), now=NOW)
    view = ruling_view(session, fcr, 2026, 1, now=NOW)
    assert view.superseded_by is not None
    assert view.superseded_by.number == number_of(second)
    session.commit()

    for table in ("rulings", "ruling_rules", "ruling_words"):
        with pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - one of ours
        session.rollback()
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text("UPDATE rulings SET ruling = 'x'"))


def test_the_register_is_searched_by_words_class_rule_year_and_topic(
    session: Session, fcr: Actor
) -> None:
    make_ruling(session, fcr, new("One crime or two"), now=NOW - timedelta(days=400))
    make_ruling(
        session,
        fcr,
        new(
            "Messages to a former partner",
            topic=Topic.CLASSIFY,
            offence_class="8L",
            ruling="It is harassment, as nobody was in fear.",
            rules=("CLS-04", "REC-25"),
        ),
        now=NOW,
    )

    assert found(session) == ["Messages to a former partner", "One crime or two"]
    assert found(session, words="HARASS fear") == ["Messages to a former partner"]
    assert found(session, words="harass burglary") == []
    assert found(session, words="8l") == ["Messages to a former partner"]
    assert found(session, **{"class": "8l"}) == ["Messages to a former partner"]
    assert found(session, rule="rec 25") == ["Messages to a former partner"]
    assert found(session, year="2025") == ["One crime or two"]
    assert found(session, topic="count") == ["One crime or two"]
    assert found(session, year="abc", topic="nonsense") == found(session)


def test_a_long_register_is_paged_by_key_in_few_statements(session: Session, fcr: Actor) -> None:
    for number in range(60):
        make_ruling(session, fcr, new(f"Question {number:02}"), now=NOW + minutes(number))
    session.commit()
    seen, after = list[str](), ""
    while True:
        with statements(session) as sent:
            got: Register = register(session, read_sought({"words": "question"}), after=after)
        assert len(sent) <= 3
        seen += [row.question for row in got.page.rows]
        assert got.matching == "60"
        if not (after := got.page.after):
            break
    assert seen == [f"Question {number:02}" for number in reversed(range(60))]
    back = register(session, read_sought({}), before=got.page.before)
    assert [row.question for row in back.page.rows] == seen[25:50]


def test_links_show_only_what_a_person_may_see(
    session: Session, officer: Actor, fcr: Actor
) -> None:
    ruling = make_ruling(session, fcr, new(), now=NOW)
    mine = a_crime(session, oic=session.get_one(Person, officer.id))
    other, report = a_crime(session), an_incident(session)
    for target in (
        Target(crime_id=mine.id),
        Target(crime_id=other.id),
        Target(incident_id=report.id),
    ):
        assert link_ruling(session, fcr, ruling.id, target, now=NOW)
        assert not link_ruling(session, fcr, ruling.id, target, now=NOW)

    assert [link.number for link in ruling_view(session, officer, 2026, 1, now=NOW).linked] == [
        mine.crime_number
    ]
    assert len(ruling_view(session, fcr, 2026, 1, now=NOW).linked) == 3
    with pytest.raises(PermissionRefused):
        link_ruling(session, officer, ruling.id, Target(crime_id=mine.id), now=NOW)


def test_what_a_ruling_is_linked_to_is_found_by_its_number(session: Session, fcr: Actor) -> None:
    crime, report = a_crime(session), an_incident(session)
    case = open_case(session, fcr, "reclassification", crime.id, now=NOW)

    assert find_target(session, fcr, crime.crime_number.lower()) == Target(crime_id=crime.id)
    assert find_target(session, fcr, report.reference) == Target(incident_id=report.id)
    assert find_target(session, fcr, case.reference) == Target(case_id=case.id)
    with pytest.raises(InvalidValue, match="No crime, report or case"):
        find_target(session, fcr, "nothing")


def test_there_is_no_ruling_but_those_made(session: Session, fcr: Actor) -> None:
    with pytest.raises(NotFound):
        ruling_view(session, fcr, 2026, 1, now=NOW)


def crime_of(session: Session, officer: Actor, offence_class: str, code: str) -> Crime:
    offence = an_offence(session, offence_class=offence_class, offence_code=code)
    return a_crime(session, oic=session.get_one(Person, officer.id), offence=offence)


def shown(session: Session, who: Actor, case: Case) -> list[str]:
    view = case_view(session, who, case.reference, now=NOW + minutes(60))
    return [ruling.question for ruling in view.rulings]


def test_a_case_shows_the_rulings_on_its_class_and_question_and_those_linked_to_it(
    session: Session, officer: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer, "8L", "195/94")
    classify = {"topic": Topic.CLASSIFY, "offence_class": "8L"}
    old = make_ruling(session, fcr, new("Superseded", **classify), now=NOW - timedelta(days=9))
    make_ruling(
        session, fcr, new("In its place", supersedes_id=old.id, **classify),
        now=NOW - timedelta(days=8),
    )  # fmt: skip
    make_ruling(session, fcr, new("Newer", **classify), now=NOW - timedelta(days=2))
    make_ruling(
        session, fcr, new("Another question", topic=Topic.CANCEL, offence_class="8L"), now=NOW
    )
    make_ruling(
        session, fcr, new("Another class", topic=Topic.CLASSIFY, offence_class="49"), now=NOW
    )
    make_ruling(session, fcr, new("Any class", topic=Topic.CLASSIFY, offence_class=""), now=NOW)
    linked = make_ruling(session, fcr, new("Linked", topic=Topic.LOCATION), now=NOW)
    link_ruling(session, fcr, linked.id, Target(crime_id=crime.id), now=NOW)

    reclassify = open_case(session, officer, "reclassification", crime.id, now=NOW)
    cancel = open_case(session, officer, "cancellation", crime.id, now=NOW)
    session.flush()

    assert shown(session, officer, reclassify) == ["Linked", "Newer", "In its place", "Any class"]
    assert shown(session, officer, cancel) == ["Linked", "Another question"]


def test_a_report_shows_the_rulings_on_what_it_may_turn_out_to_be(
    session: Session, officer: Actor, fcr: Actor
) -> None:
    report = an_incident(
        session,
        officer=session.get_one(Person, officer.id),
        opening_code=OpeningCode.STALKING,
    )
    make_ruling(session, fcr, new("Messages", topic=Topic.RECORD, offence_class="8Q"), now=NOW)
    make_ruling(session, fcr, new("Thefts", topic=Topic.RECORD, offence_class="49"), now=NOW)
    case = open_incident_case(session, officer, "not_recorded", report.id, now=NOW)
    session.flush()

    assert shown(session, officer, case) == ["Messages"]


def take(actor: Actor, case: Case, trigger: str, answers: Mapping[str, str], at: int) -> None:
    session = Session.object_session(case)
    assert session is not None
    take_step(session, actor, case.reference, trigger, answers, now=NOW + minutes(at))
    session.flush()


def test_a_question_about_a_crime_is_answered_by_a_ruling_linked_to_it(
    session: Session, officer: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer, "8L", "195/94")
    case = open_case(session, officer, "ruling_request", crime.id, now=NOW)
    session.flush()
    take(officer, case, "ask", say.ASK, 1)
    assert (case.state, case.needs) == ("ruling_asked", "fcr")

    take(fcr, case, "rule", say.RULE, 10)

    ruling = session.scalars(select(Ruling)).one()
    links = session.execute(select(RulingLink.crime_id, RulingLink.case_id)).all()
    assert case.state == "ruled"
    assert (ruling.offence_class, ruling.topic) == ("8L", "classify")
    assert sorted(links, key=str) == sorted([(None, case.id), (crime.id, None)], key=str)
    words = set(session.scalars(select(RulingWord.word)))
    assert {"messages", "harassment", "8l", "cls", "25"} <= words
    assert "ruling:made" in session.scalars(select(ChangeEntry.what)).all()


def test_a_question_about_a_report_is_answered_by_an_earlier_ruling_or_declined(
    session: Session, officer: Actor, fcr: Actor
) -> None:
    make_ruling(session, fcr, new(), now=NOW)
    report = an_incident(session, officer=session.get_one(Person, officer.id))
    case = open_incident_case(session, officer, "report_ruling", report.id, now=NOW)
    session.flush()
    take(officer, case, "ask", say.ASK, 1)
    answer = {"earlier_ruling": "r 2026/7", "rationale": say.REASONS}
    with pytest.raises(StepRefused, match="no ruling of that number"):
        take(fcr, case, "apply_earlier", answer, 5)
    session.rollback()


def test_an_earlier_ruling_is_linked_to_the_report(
    session: Session, officer: Actor, fcr: Actor
) -> None:
    make_ruling(session, fcr, new(), now=NOW)
    report = an_incident(session, officer=session.get_one(Person, officer.id))
    case = open_incident_case(session, officer, "report_ruling", report.id, now=NOW)
    session.flush()
    take(officer, case, "ask", say.ASK, 1)

    take(fcr, case, "apply_earlier", {"earlier_ruling": "2026/1", "rationale": say.REASONS}, 5)

    assert case.state == "ruled"
    assert session.scalars(select(RulingLink.incident_id)).all().count(report.id) == 1
