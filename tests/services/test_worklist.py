"""What a worklist shows, to whom, in which order, and how it pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from fcr_app.domain.authority import Needed
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.models import Case, Deputy, Person
from fcr_app.services.paging import PAGE_SIZE, Cursor, read_cursor
from fcr_app.services.visibility import visible_cases
from fcr_app.services.worklist import (
    SHOWN,
    Sort,
    Tab,
    Worklist,
    read_asked,
    tabs_of,
    worklist,
)
from fcr_app.services.worklist_rows import asks
from tests.builders import (
    NOW,
    TODAY,
    a_case,
    a_crime,
    a_person,
    a_unit,
    an_incident,
    an_offence,
    as_actor,
)

COURSE = AccreditationKind.DDM_COURSE
EVERYBODY = [[role] for role in Role if role is not Role.SYSTEM]


def an_auditor(session: Session) -> Actor:
    return as_actor(session, a_person(session, roles=[Role.AUDITOR]))


def a_ddm(session: Session) -> Person:
    return a_person(session, roles=[Role.DDM], accreditations=[COURSE])


def shown(session: Session, actor: Actor, **said: str) -> Worklist:
    session.flush()
    return worklist(session, actor, read_asked(said, actor), now=NOW)


def references(found: Worklist) -> list[str]:
    return [row.reference for row in found.page.rows]


def walked(session: Session, actor: Actor, said: Mapping[str, str]) -> Iterator[Worklist]:
    """Go through a list from its first page to its last."""
    page = shown(session, actor, **said)
    yield page
    while page.page.after:
        page = shown(session, actor, **said, after=page.page.after)
        yield page


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


# --- order and paging --------------------------------------------------------------------


def a_long_list(session: Session, *, seed: int = 1) -> list[Case]:
    """Add cases among which moments are often the same, and often missing."""
    random = Random(seed)  # noqa: S311 - a repeatable muddle, not a secret
    requester = a_person(session)
    return [
        a_case(
            session,
            opened_by=requester,
            due_at=random.choice([None, NOW, NOW + timedelta(hours=random.randrange(4))]),
            opened_at=NOW - timedelta(days=random.randrange(4)),
        )
        for _ in range(3 * PAGE_SIZE + 7)
    ]


@pytest.mark.parametrize("sort", Sort)
def test_paging_shows_every_case_exactly_once_and_in_order(session: Session, sort: Sort) -> None:
    cases = a_long_list(session)
    keys = {
        Sort.DUE: lambda case: (case.due_at is None, case.due_at or NOW, case.id),
        Sort.AGE: lambda case: (case.opened_at, case.id),
        Sort.CHANGED: lambda case: (-case.entered_at.timestamp(), -case.id),
    }
    expected = [case.reference for case in sorted(cases, key=keys[sort])]

    pages = list(walked(session, an_auditor(session), {"tab": "all", "sort": sort.value}))

    assert [reference for page in pages for reference in references(page)] == expected
    assert [len(page.page.rows) for page in pages] == [25, 25, 25, 7]


@pytest.mark.parametrize("sort", Sort)
def test_going_back_shows_the_pages_one_came_by(session: Session, sort: Sort) -> None:
    a_long_list(session)
    actor = an_auditor(session)
    said = {"tab": "all", "sort": sort.value}
    pages = list(walked(session, actor, said))

    for earlier, later in pairwise(pages):
        back = shown(session, actor, **said, before=later.page.before)
        assert references(back) == references(earlier)
        assert (back.page.before == "") == (earlier is pages[0])
        assert back.page.after == earlier.page.after


def test_rows_that_come_go_and_move_never_make_another_show_twice_or_not_at_all(
    session: Session,
) -> None:
    cases = a_long_list(session)
    actor, random = an_auditor(session), Random(2)  # noqa: S311 - a repeatable muddle
    touched: set[str] = set()
    seen: list[str] = []
    for page in walked(session, actor, {"tab": "all"}):
        seen += references(page)
        moved, gone = random.sample(cases, 2)
        touched |= {moved.reference, gone.reference}
        session.execute(
            update(Case).where(Case.id == moved.id).values(due_at=NOW - timedelta(days=1))
        )
        session.execute(update(Case).where(Case.id == gone.id).values(open=False))
        touched.add(a_case(session, due_at=NOW).reference)

    still = [reference for reference in seen if reference not in touched]
    assert len(still) == len(set(still))
    assert set(still) == {case.reference for case in cases} - touched


@pytest.mark.parametrize(
    "bad",
    ["x", "1", "none", "none-", "-5", "20261399T000000.000000-4", "none-99999999999999", "'; --"],
)
def test_a_bad_cursor_gives_the_first_page(session: Session, bad: str) -> None:
    a_long_list(session)
    actor = an_auditor(session)
    first = references(shown(session, actor, tab="all"))
    for way in ("after", "before"):
        assert references(shown(session, actor, tab="all", **{way: bad})) == first


def test_a_cursor_of_another_order_gives_the_first_page(session: Session) -> None:
    a_long_list(session)
    actor = an_auditor(session)
    first = references(shown(session, actor, tab="all", sort="age"))
    assert references(shown(session, actor, tab="all", sort="age", after="none-4")) == first


def test_a_cursor_says_the_same_when_it_is_read_back() -> None:
    at = datetime(2026, 11, 24, 10, 0, 0, 123456, tzinfo=UTC)
    assert read_cursor(str(Cursor(at, 7)), "") == Cursor(at, 7)
    assert read_cursor("", str(Cursor(None, 7))) == Cursor(None, 7, backwards=True)


def test_a_page_takes_two_statements_whoever_asks_and_however_the_list_is_narrowed(
    session: Session,
) -> None:
    a_long_list(session)
    unit = a_unit(session)
    said = {"offence": "34B", "unit": str(unit.id), "holder": "1", "clock": "week", "code": "C2"}
    for roles in EVERYBODY:
        actor = as_actor(session, a_person(session, roles=roles, unit=unit))
        for tab in tabs_of(actor):
            for more in ({}, said):
                session.flush()
                with statements(session) as sent:
                    shown(session, actor, tab=tab.value, **more)
                assert len(sent) == 2


def test_counts_stop_at_a_thousand(session: Session) -> None:
    requester, crime = a_person(session), a_crime(session)
    session.flush()
    pattern = {
        "workflow": "cancellation",
        "incident_id": an_incident(session).id,
        "state": "draft",
        "open": True,
        "opened_by_id": requester.id,
        "opened_at": NOW,
        "entered_at": NOW,
    }
    session.execute(
        insert(Case),
        [{**pattern, "reference": f"CAN-26-{number}"} for number in range(1000)],
    )
    actor = as_actor(session, requester)
    assert shown(session, actor).counts == {"mine": "1,000", "overdue": "0", "all": "1,000"}

    a_case(session, crime=crime, opened_by=requester, state="draft")
    assert shown(session, actor).counts["mine"] == "1,000+"


# --- who sees what -----------------------------------------------------------------------


def a_muddle(session: Session, seed: int) -> tuple[list[Person], list[Case]]:
    """Add people of every role in a tree of units, and cases they are and are not close to."""
    random = Random(seed)  # noqa: S311 - a repeatable muddle, not a secret
    root = a_unit(session)
    units = [root, a_unit(session, parent=root), a_unit(session)]
    units.append(a_unit(session, parent=units[1]))
    people: list[Person] = []
    for roles in EVERYBODY * 2:
        boss = random.choice([None, *people])
        people.append(
            a_person(session, roles=roles, unit=random.choice([None, *units]), supervisor=boss)
        )
    cases = []
    for _ in range(40):
        oic, requester, other = random.sample(people, 3)
        crime = a_crime(
            session,
            oic=oic,
            people={Part.CONTRIBUTOR: other} if random.random() < 0.5 else {},
            unit=random.choice([None, *units]),
        )
        state = random.choice(["submitted", "draft", "approved_pending_victim", "removed"])
        late = NOW + timedelta(days=random.randrange(-2, 3))
        holder = random.choice([None, *people])
        cases.append(
            a_case(
                session,
                crime=crime,
                opened_by=requester,
                state=state,
                due_at=late,
                holder=holder,
                needs=random.choice(list(Needed)) if state == "submitted" else None,
            )
        )
    return people, cases


@pytest.mark.parametrize("seed", range(4))
def test_no_list_and_no_count_holds_a_case_the_person_may_not_see(
    session: Session, seed: int
) -> None:
    people, cases = a_muddle(session, seed)
    for person in people:
        actor = as_actor(session, person)
        visible = set(session.scalars(select(Case.reference).where(visible_cases(actor))))
        for tab in tabs_of(actor):
            pages = list(walked(session, actor, {"tab": tab.value}))
            listed = [reference for page in pages for reference in references(page)]
            assert len(listed) == len(set(listed))
            assert set(listed) <= visible
            assert pages[0].counts[tab.value] == f"{len(listed)}"
        open_ones = {case.reference for case in cases if case.open}
        everything = {
            row for page in walked(session, actor, {"tab": "all"}) for row in references(page)
        }
        assert everything == visible & open_ones


def test_the_administrator_sees_nothing(session: Session) -> None:
    a_case(session)
    actor = as_actor(session, a_person(session, roles=[Role.ADMINISTRATOR]))
    found = shown(session, actor, tab="all", state="submitted")
    assert references(found) == []
    assert set(found.counts.values()) == {"0"}


def test_people_start_with_what_they_can_act_on(session: Session) -> None:
    ddm = a_ddm(session)
    mine = a_case(session, due_at=NOW + timedelta(days=3), holder=ddm)
    free = a_case(session, due_at=NOW + timedelta(days=2))
    a_case(session, holder=a_ddm(session))
    a_case(session, needs=Needed.REGISTERED_FCR)
    found = shown(session, as_actor(session, ddm))
    assert found.asked.tab is Tab.DECIDE
    assert references(found) == [free.reference, mine.reference]

    officer = a_person(session)
    returned = a_case(session, opened_by=officer, state="returned")
    a_case(session, opened_by=officer)
    pending = a_case(session, crime=a_crime(session, oic=officer), state="approved_pending_victim")
    found = shown(session, as_actor(session, officer))
    assert found.asked.tab is Tab.MINE
    assert references(found) == [returned.reference, pending.reference]


def test_a_deputy_sees_what_they_cover_for_as_theirs(session: Session) -> None:
    away, cover = a_ddm(session), a_ddm(session)
    case = a_case(session, holder=away)
    assert references(shown(session, as_actor(session, cover), tab="mine")) == []

    session.add(Deputy(person_id=away.id, deputy_id=cover.id, starts_on=TODAY, ends_on=TODAY))
    session.flush()
    assert references(shown(session, as_actor(session, cover), tab="mine")) == [case.reference]


def test_a_supervisor_sees_the_team_by_unit_requester_and_officer(session: Session) -> None:
    unit = a_unit(session)
    boss = a_person(session, roles=[Role.SUPERVISOR], unit=unit)
    officer = a_person(session, supervisor=boss)
    expected = [
        a_case(session, crime=a_crime(session, unit=a_unit(session, parent=unit))),
        a_case(session, opened_by=officer),
        a_case(session, crime=a_crime(session, oic=officer)),
    ]
    a_case(session)
    found = shown(session, as_actor(session, boss), tab="team")
    assert references(found) == [case.reference for case in expected]


# --- filters -----------------------------------------------------------------------------


def test_filters_narrow_alone_and_together(session: Session) -> None:
    unit = a_unit(session)
    below = a_unit(session, parent=unit)
    rape = an_offence(session, offence_class="19C", offence_code="019/08", title="Rape")
    rape.offence_group = "Sexual offences"
    ddm, actor = a_ddm(session), an_auditor(session)
    one = a_case(
        session,
        crime=a_crime(session, offence=rape, unit=below),
        asked="C4",
        holder=ddm,
        due_at=NOW - timedelta(hours=1),
    )
    two = a_case(session, state="returned", due_at=NOW + timedelta(hours=1))
    gone = a_case(session, state="removed")
    on_one: list[dict[str, str]] = [
        {"code": "C4"},
        {"offence": "19c"},
        {"offence": "Sexual offences"},
        {"unit": str(unit.id)},
        {"unit": str(below.id)},
        {"holder": str(ddm.id)},
        {"clock": "overdue"},
        {"state": "submitted"},
    ]
    for said in on_one:
        assert references(shown(session, actor, tab="all", **said)) == [one.reference], said
    together = {name: value for said in on_one for name, value in said.items()}
    found = shown(session, actor, tab="all", **together)
    assert references(found) == [one.reference]
    assert (found.counts[SHOWN], found.counts["all"]) == ("1", "2")
    assert found.choices.holder == ddm.name

    on_two: list[dict[str, str]] = [{"holder": "nobody"}, {"clock": "today"}, {"clock": "week"}]
    for said in on_two:
        assert references(shown(session, actor, tab="all", **said)) == [two.reference], said
    assert references(shown(session, actor, tab="all", state="removed")) == [gone.reference]
    assert references(shown(session, actor, tab="all", state="submitted", code="C1")) == []
    assert references(shown(session, as_actor(session, ddm), holder="me")) == [one.reference]


def test_days_and_weeks_are_londons(session: Session) -> None:
    summer = datetime(2026, 6, 24, 10, 0, tzinfo=UTC)  # a Wednesday
    actor = an_auditor(session)
    last_minute = a_case(session, due_at=datetime(2026, 6, 24, 22, 59, tzinfo=UTC))
    midnight = a_case(session, due_at=datetime(2026, 6, 24, 23, 0, tzinfo=UTC))
    sunday = a_case(session, due_at=datetime(2026, 6, 28, 22, 59, tzinfo=UTC))
    a_case(session, due_at=datetime(2026, 6, 28, 23, 0, tzinfo=UTC))

    def due(clock: str) -> list[str]:
        asked = read_asked({"tab": "all", "clock": clock}, actor)
        return references(worklist(session, actor, asked, now=summer))

    assert due("today") == [last_minute.reference]
    assert due("week") == [last_minute.reference, midnight.reference, sunday.reference]


def test_what_makes_no_sense_in_an_address_counts_as_not_said(session: Session) -> None:
    actor = an_auditor(session)
    asked = read_asked(
        {
            "tab": "decide",
            "sort": "x",
            "state": "gone",
            "code": "C9",
            "unit": "1 or 1=1",
            "holder": "٣",
            "clock": "soon",
        },
        actor,
    )
    assert (asked.tab, asked.sort, list(asked.filters)) == (Tab.MINE, Sort.DUE, [])


def test_units_are_offered_as_a_tree(session: Session) -> None:
    root = a_unit(session, name="Demo Force")
    other = a_unit(session, name="Demo Command Two")
    below = a_unit(session, name="Demo Unit", parent=root)
    found = shown(session, an_auditor(session)).choices.units
    assert found == (
        (str(root.id), "Demo Force", 0),
        (str(below.id), "Demo Unit", 1),
        (str(other.id), "Demo Command Two", 0),
    )


# --- words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "offence", "words"),
    [
        ("C2", "Rape of a female aged 16", "Cancel: C2 AVI, rape of a female aged 16"),
        ("C1", "GBH with intent", "Transfer: C1 other force, GBH with intent"),
        ("", "", "Not sent yet, no offence class yet"),
        ("C2", "Modern Slavery", "Cancel: C2 AVI, Modern Slavery"),
        ("C4", "A" + "a" * 100, "Cancel: C4 error, a" + "a" * 88 + "…"),
    ],
)
def test_a_row_says_what_is_asked(code: str, offence: str, words: str) -> None:
    assert asks("cancellation", code, offence) == words
