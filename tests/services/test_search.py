"""What a search finds, for whom, and what it writes down."""

from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import InvalidValue
from fcr_app.models import AccessEntry
from fcr_app.services.loading import load
from fcr_app.services.search import Found, Hit, is_a_number, log_search, search
from fcr_app.services.search_statement import MOST_SHOWN, Kind
from tests.builders import (
    NOW,
    a_case,
    a_crime,
    a_person,
    a_unit,
    a_victim,
    an_incident,
    an_offence,
    as_actor,
)


@pytest.fixture
def everywhere(session: Session) -> Actor:
    """Give somebody who sees everything."""
    return as_actor(session, a_person(session, name="Demo Auditor", roles=[Role.AUDITOR]))


def find(session: Session, actor: Actor, typed: str, *, names: bool = True) -> Found:
    session.flush()
    return search(session, actor, typed, names=names)


def numbers(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.crime_number for hit in hits]


@pytest.mark.parametrize(
    "typed", ["CAN-26-7", "can-26-70000", " can - 26 - 700001 ", "CAN-26-700001"]
)
def test_a_case_is_found_by_the_beginning_of_its_reference(
    session: Session, everywhere: Actor, typed: str
) -> None:
    case = a_case(session, asked="C4")
    case.reference = "CAN-26-700001"
    a_case(session)
    found = find(session, everywhere, typed)
    assert [(hit.reference, hit.asks, hit.state) for hit in found.cases] == [
        (
            "CAN-26-700001",
            "Cancel: C4 error, robbery of personal property",
            "Waiting for a decision",
        )
    ]


@pytest.mark.parametrize("typed", ["99/0001", "99 / 00012/26", "99/00012/26x", "inc 7", "INC7700"])
def test_a_crime_is_found_by_its_number_or_its_incident_once(
    session: Session, everywhere: Actor, typed: str
) -> None:
    crime = a_crime(session, number="99/00012/26")
    crime.incident_reference, crime.incident_key = "Inc 7700", "INC7700"
    a_crime(session, number="98/00012/26")
    found = find(session, everywhere, typed)
    assert numbers(found.crimes) == ([] if typed.endswith("x") else ["99/00012/26"])


@pytest.mark.parametrize("typed", ["INC-26-7700", "inc-26-770001"])
def test_a_report_is_found_by_its_reference_by_those_who_see_it(
    session: Session, everywhere: Actor, typed: str
) -> None:
    an_incident(session, reference="INC-26-770001")
    stranger = as_actor(session, a_person(session))
    hit = find(session, everywhere, typed).reports[0]

    assert (hit.report, hit.offence, hit.state) == (
        "INC-26-770001",
        "Violence",
        "Nothing decided yet",
    )
    assert find(session, stranger, typed).nothing
    assert find(session, everywhere, "INC-26-770001").only_report == hit


def test_a_crime_comes_with_its_open_case_where_the_person_may_see_it(
    session: Session, everywhere: Actor
) -> None:
    crime = a_crime(session, number="DEMO 77/26")
    a_case(session, crime=crime, state="refused")
    assert find(session, everywhere, "DEMO77").crimes[0].reference == ""
    case = a_case(session, crime=crime)
    assert find(session, everywhere, "DEMO77").crimes[0].reference == case.reference


@pytest.mark.parametrize(
    "typed", ["Okonjo", "okonjo", "OKON", "Okonjo Demo", "Okonjo, Demo", "Demo Okonjo", "Ökonjo"]
)
def test_victims_and_staff_are_found_by_name_either_way_round(
    session: Session, everywhere: Actor, typed: str
) -> None:
    officer = a_person(session, name="Demo Okonjo")
    asked = a_case(session, opened_by=officer)
    held = a_case(session, holder=officer)
    crime = a_crime(session, number="DEMO 1/26", victims=0)
    a_victim(session, crime, name="Demo Okonjo")
    found = find(session, everywhere, typed)
    assert {hit.reference for hit in found.work} == {asked.reference, held.reference}
    assert {hit.who for hit in found.work} == {"Demo Okonjo"}
    assert [(hit.who, hit.crime_number) for hit in found.victims] == [("Demo Okonjo", "DEMO 1/26")]


def test_staff_are_found_by_their_whole_number(session: Session, everywhere: Actor) -> None:
    officer = a_person(session, staff_number="ZX81")
    case = a_case(session, opened_by=officer)
    assert [hit.reference for hit in find(session, everywhere, "zx81").work] == [case.reference]
    assert find(session, everywhere, "zx8").nothing


def test_a_case_one_asked_for_and_holds_is_found_once(session: Session, everywhere: Actor) -> None:
    officer = a_person(session, name="Demo Twice")
    a_case(session, opened_by=officer, holder=officer)
    assert len(find(session, everywhere, "Twice").work) == 1


def test_names_are_left_alone_unless_they_are_asked_for(
    session: Session, everywhere: Actor
) -> None:
    a_case(session, opened_by=a_person(session, name="Demo Okonjo"))
    a_victim(session, a_crime(session), name="Demo Okonjo")
    assert find(session, everywhere, "Okonjo", names=False).nothing


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
def test_nothing_is_found_that_the_person_may_not_see(session: Session, role: Role) -> None:
    unit = a_unit(session)
    me = a_person(session, name="Demo Me", roles=[role], unit=unit)
    requester = a_person(session, name="Demo Okonjo")
    mine = a_crime(session, number="SEEN 1", oic=me, victims=0)
    theirs = a_crime(session, number="SEEN 2", victims=0)
    for crime in (mine, theirs):
        a_victim(session, crime, name="Demo Victim Zed")
        crime.incident_key = "INC9"
        a_case(session, crime=crime, opened_by=requester)
    actor = as_actor(session, me)
    for typed in ("SEEN", "INC9"):
        assert numbers(find(session, actor, typed).crimes) == ["SEEN 1"]
    assert numbers(find(session, actor, "Okonjo").work) == ["SEEN 1"]
    assert numbers(find(session, actor, "Zed").victims) == ["SEEN 1"]
    assert numbers(find(session, actor, "CAN").cases) == ["SEEN 1"]


def test_a_supervisor_opens_what_they_found(session: Session) -> None:
    boss = a_person(session, roles=[Role.SUPERVISOR], unit=a_unit(session))
    crime = a_crime(session, oic=a_person(session, supervisor=boss))
    case = a_case(session, crime=crime)
    actor = as_actor(session, boss)
    found = find(session, actor, case.reference).only_case
    assert found is not None
    assert load(session, actor, found.reference, now=NOW).case is case


def test_long_results_say_that_there_is_more(session: Session, everywhere: Actor) -> None:
    offence = an_offence(session)
    for number in range(MOST_SHOWN + 1):
        a_crime(session, number=f"MORE {number:02}", offence=offence, victims=0)
    found = find(session, everywhere, "more")
    assert len(found.crimes) == MOST_SHOWN
    assert found.more == {Kind.CRIME}
    assert numbers(found.crimes) == sorted(numbers(found.crimes))


@pytest.mark.parametrize("typed", ["", " ", "x", "1 ", "\x00\x00"])
def test_too_little_to_look_for_is_refused(session: Session, everywhere: Actor, typed: str) -> None:
    with pytest.raises(InvalidValue, match="Enter at least 3 characters of a number, or 2"):
        find(session, everywhere, typed)


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", "%%%", "___", "\x00abc", "ß" * 90, "☃ ☃", "\u200babc"]
)
def test_odd_words_find_nothing_and_break_nothing(
    session: Session, everywhere: Actor, typed: str
) -> None:
    a_case(session)
    assert find(session, everywhere, typed).nothing


def test_a_whole_number_leads_to_its_record(session: Session, everywhere: Actor) -> None:
    crime = a_crime(session, number="WHOLE 1/26")
    case = a_case(session, crime=crime)
    by_number = find(session, everywhere, "whole1/26")
    assert by_number.only_crime is not None
    assert by_number.only_case is None
    by_reference = find(session, everywhere, case.reference.lower())
    assert by_reference.only_case is not None
    assert find(session, everywhere, "WHOLE 1").only_crime is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("CAN-26-000001", True),
        ("01/1234/26", True),
        ("CAD 1234", True),
        ("Okonjo", False),
        ("Demo Victim 12", False),
    ],
)
def test_a_number_is_told_from_a_name(words: str, number: bool) -> None:
    assert is_a_number(words) is number


@pytest.mark.parametrize(
    ("typed", "logged"),
    [
        ("DEMO 7/26", "search:DEMO7/26"),
        ("Okonjo", "search:name"),
        ("Demo Okonjo 7", "search:name"),
        ("ZX81", "search:name"),
    ],
)
def test_names_are_never_written_down(
    session: Session, everywhere: Actor, typed: str, logged: str
) -> None:
    a_case(session, opened_by=a_person(session, staff_number="ZX81"))
    log_search(session, everywhere, find(session, everywhere, typed), now=NOW)
    session.flush()
    assert session.scalars(select(AccessEntry.what)).one() == logged


@pytest.mark.parametrize("role", [Role.DDM, Role.SUPERVISOR])
def test_a_search_is_one_statement_that_reads_no_table_from_end_to_end(
    session: Session, role: Role
) -> None:
    person = a_person(session, roles=[role], accreditations=[AccreditationKind.DDM_COURSE])
    actor = as_actor(session, person)
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, sql: str, given: Any, *_: object) -> None:
        sent.append((sql, given))

    engine = session.get_bind().engine
    session.connection()
    event.listen(engine, "before_cursor_execute", note)
    search(session, actor, "DEMO 12", names=True)
    event.remove(engine, "before_cursor_execute", note)

    ((sql, given),) = sent
    if engine.dialect.name == "postgresql":
        session.execute(text("SET enable_seqscan = off"))  # it would be right on empty tables
        explain, whole = "EXPLAIN ", "Seq Scan on "
    else:
        explain, whole = "EXPLAIN QUERY PLAN ", "SCAN "
    plan = session.connection().exec_driver_sql(explain + sql, given).all()
    lines = [str(line[-1]) for line in plan]
    for table in ("cases", "crimes", "victims", "people"):
        assert not [line for line in lines if f"{whole}{table}" in line]
