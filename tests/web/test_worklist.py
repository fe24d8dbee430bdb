"""The worklist through a browser: its cost, its addresses, and how cases change hands."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Case, Force, Person
from fcr_app.web.worklist import age, short_clock, short_when
from tests.builders import NOW, PASSWORD, a_case, a_crime, a_person, a_unit, an_offence
from tests.statements import statements

COURSE = AccreditationKind.DDM_COURSE
MOST_BYTES = 80_000
MOST_STATEMENTS = 6
LONG_TITLE = "Rape of a female aged 16 and over, with every word that a published title may have"


@dataclass(frozen=True)
class Who:
    """A person as a test needs them after the commit."""

    id: int
    email: str


def somebody(session: Session, *roles: Role) -> Who:
    kinds = [COURSE] if {Role.DDM, Role.FCR} & set(roles) else []
    name = f"Demo {roles[0].label} One"
    person = a_person(session, name=name, roles=roles, accreditations=kinds, password=PASSWORD)
    return Who(person.id, person.email)


def sign_in(client: FlaskClient, who: Who) -> None:
    client.post("/sign-in", data={"email": who.email, "password": PASSWORD})


def main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def listed(page: str) -> list[str]:
    return re.findall(r'href="/cases/(CAN-26-\d+)"', main(page))


def fill(session: Session, number: int = 26) -> list[str]:
    """Add more cases than a page holds, each with the longest words it may have."""
    offence = an_offence(session, title=LONG_TITLE * 3)
    requester = a_person(session, name="Demo Officer With A Name As Long As Any That Is Borne")
    unit = a_unit(session, name="Demo Specialist Command, Investigations, South and West")
    cases = [
        a_case(
            session,
            crime=a_crime(session, offence=offence, unit=unit, victims=0),
            opened_by=requester,
            due_at=clock.now() + timedelta(hours=number),
        )
        for number in range(number)
    ]
    return [case.reference for case in cases]


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.SUPERVISOR, Role.DDM, Role.FCR, Role.AUDITOR, Role.CHIEF_OFFICER]
)
def test_a_full_page_stays_light_for_the_database_and_the_line(
    client: FlaskClient, session: Session, role: Role
) -> None:
    fill(session)
    for _ in range(60):
        a_unit(session)
    who = somebody(session, role)
    session.commit()
    sign_in(client, who)
    address = "/work?tab=all&code=C2&clock=week&sort=age&holder=nobody&offence=34B&unit=1"
    client.get("/work")  # what is asked for once a minute has been asked for
    for path in ("/work", "/work?tab=all", "/work?tab=overdue", address):
        with statements(session) as sent:
            page = client.get(path)
        assert page.status_code == 200
        assert len(sent) <= MOST_STATEMENTS
        assert len(page.data) <= MOST_BYTES
    assert len(listed(client.get("/work?tab=all").text)) == (
        0 if role in (Role.OFFICER, Role.SUPERVISOR) else 25
    )


def test_people_start_at_their_own_list(client: FlaskClient, session: Session) -> None:
    references = fill(session, 2)
    who = somebody(session, Role.DDM)
    session.commit()
    sign_in(client, who)
    assert client.get("/").location == "/work"
    page = client.get("/work").text
    assert listed(page) == references
    assert re.search(r'href="/work\?tab=decide" aria-current="page">To decide', page)


def test_pages_lead_on_and_back(client: FlaskClient, session: Session) -> None:
    references = fill(session, 60)
    who = somebody(session, Role.AUDITOR)
    session.commit()
    sign_in(client, who)
    page, seen = client.get("/work?tab=all").text, []
    for _ in range(3):
        seen += listed(page)
        onwards = re.search(r'href="([^"]+)" rel="next"', page)
        if onwards:
            page = client.get(onwards[1].replace("&amp;", "&")).text
    assert seen == references
    back = re.search(r'href="([^"]+)" rel="prev"', page)
    assert back
    assert listed(client.get(back[1].replace("&amp;", "&")).text) == references[25:50]
    assert "back to the first page" in page


def test_filters_are_tags_that_can_be_taken_off_one_by_one(
    client: FlaskClient, session: Session
) -> None:
    unit = a_unit(session, name="Demo Command One")
    holder = somebody(session, Role.DDM)
    case = a_case(session, holder=session.get_one(Person, holder.id))
    case.unit_id = unit.id
    who = somebody(session, Role.AUDITOR)
    session.commit()
    sign_in(client, who)
    path = f"/work?tab=all&state=submitted&code=C2&offence=34B&unit={unit.id}&holder={holder.id}"
    page = client.get(f"{path}&clock=overdue&sort=age").text
    tags = dict(re.findall(r'filter__tag" href="([^"]+)">.*?</span>(.*?)</a>', page))
    assert list(tags.values()) == [
        "Waiting for a decision",
        "C2 additional verifiable information (AVI)",
        "Offence: 34B",
        "Demo Command One",
        "Held by Demo Designated decision maker (DDM) One",
        "Overdue",
    ]
    assert all("sort=age" in address for address in tags)
    assert "No case matches these filters" in page
    without_clock = next(address for address, words in tags.items() if words == "Overdue")
    assert "clock" not in without_clock
    assert listed(client.get(without_clock.replace("&amp;", "&")).text) == [case.reference]


@pytest.mark.parametrize(
    "nonsense",
    [
        "tab=nowhere&sort=sideways&state=gone&code=C9&unit=x&holder=%00&clock=never",
        "after=%27%3B--&before=none-1",
        "after=20261124T101010.000000-99999999999",
        "offence=%00%00&class=%F0%9F%92%A9",
        "unit=999999999&holder=999999999",
        "offence=" + "x" * 4000,
        "after=00010101T000000.000000-1&tab=all",
        "after=99991231T235959.999999-1&tab=all",
    ],
)
def test_nonsense_in_the_address_is_no_error(
    client: FlaskClient, session: Session, nonsense: str
) -> None:
    fill(session, 2)
    who = somebody(session, Role.DDM)
    session.commit()
    sign_in(client, who)
    assert client.get(f"/work?{nonsense}").status_code == 200


@pytest.mark.parametrize(
    ("role", "tab", "words"),
    [
        (Role.DDM, "decide", "Nothing waits for your decision"),
        (Role.OFFICER, "mine", "Nothing waits for you"),
        (Role.SUPERVISOR, "team", "Your team has no open cases"),
        (Role.OFFICER, "overdue", "Nothing is overdue"),
        (Role.AUDITOR, "all", "There are no open cases that you may see"),
        (Role.OFFICER, "mine&after=none-999999", "There is nothing further on"),
    ],
)
def test_an_empty_list_says_why(
    client: FlaskClient, session: Session, role: Role, tab: str, words: str
) -> None:
    who = somebody(session, role)
    session.commit()
    sign_in(client, who)
    assert words in client.get(f"/work?tab={tab}").text


# --- changing hands ----------------------------------------------------------------------


@pytest.fixture
def case(session: Session) -> str:
    """Give the reference of a case that waits for a decision."""
    session.add(Force(name="Demo Force"))
    reference = a_case(session, due_at=NOW + timedelta(days=900)).reference
    session.commit()
    return reference


def holder(session: Session, reference: str) -> int | None:
    session.expire_all()
    found = session.scalars(select(Case).where(Case.reference == reference)).one().claimed_by_id
    session.commit()
    return found


def test_a_case_is_claimed_and_let_go_from_its_page(
    client: FlaskClient, session: Session, case: str
) -> None:
    ddm = somebody(session, Role.DDM)
    session.commit()
    sign_in(client, ddm)
    assert f'action="/work/{case}/claim"' in client.get("/work").text

    claimed = client.post(f"/work/{case}/claim", follow_redirects=True)
    assert f"You hold {case}." in claimed.text
    assert "You hold it: nobody else can decide it" in claimed.text
    assert holder(session, case) == ddm.id

    released = client.post(f"/work/{case}/release", follow_redirects=True)
    assert f"You let {case} go." in released.text
    assert holder(session, case) is None


def test_the_most_urgent_case_is_one_press_away(
    client: FlaskClient, session: Session, case: str
) -> None:
    ddm = somebody(session, Role.DDM)
    session.commit()
    sign_in(client, ddm)
    assert client.post("/work/next").location == f"/cases/{case}"
    assert holder(session, case) == ddm.id
    nothing = client.post("/work/next", follow_redirects=True)
    assert "No unclaimed case waits that you could decide." in nothing.text


def test_who_may_not_claim_is_told_why_on_the_case(
    client: FlaskClient, session: Session, case: str
) -> None:
    person = a_person(session, roles=[Role.DDM], password=PASSWORD)
    untrained = Who(person.id, person.email)
    session.commit()
    sign_in(client, untrained)
    page = client.post(f"/work/{case}/claim", follow_redirects=True)
    assert "Your DDM course is not in force today." in page.text
    assert holder(session, case) is None


def test_the_fcr_reassigns_a_case(client: FlaskClient, session: Session, case: str) -> None:
    ddm, fcr = somebody(session, Role.DDM), somebody(session, Role.FCR)
    session.commit()
    sign_in(client, fcr)
    page = client.get(f"/work/{case}/reassign")
    assert "Nobody holds it now." in page.text
    assert "Demo Designated decision maker (DDM) One (holds 0 cases)" in page.text

    refused = client.post(f"/work/{case}/reassign", data={"person": ""})
    assert refused.status_code == 400
    assert "Select who should decide it." in refused.text
    for odd in ("999999", "x", "²"):
        refused = client.post(f"/work/{case}/reassign", data={"person": odd})
        assert refused.status_code == 400
        assert "Select somebody from the list" in refused.text

    done = client.post(
        f"/work/{case}/reassign", data={"person": str(ddm.id)}, follow_redirects=True
    )
    assert "and has been told" in done.text
    assert holder(session, case) == ddm.id


@pytest.mark.parametrize("path", ["claim", "release"])
def test_a_case_one_may_not_see_cannot_be_touched(
    client: FlaskClient, session: Session, case: str, path: str
) -> None:
    officer = somebody(session, Role.OFFICER)
    session.commit()
    sign_in(client, officer)
    assert client.post(f"/work/{case}/{path}").status_code == 404
    assert client.get(f"/work/{case}/reassign").status_code == 403


# --- words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "words", "when"),
    [
        (timedelta(hours=3, minutes=20), "in 3 hours 20 min", "13:20"),
        (timedelta(hours=1), "in 1 hour 0 min", "11:00"),
        (timedelta(minutes=9), "in 9 min", "10:09"),
        (timedelta(hours=14), "in 14 hours 0 min", "today"),
        (timedelta(hours=38), "in 1 day", "tomorrow"),
        (timedelta(days=6, hours=14), "in 6 days", "Mon 30 Nov"),
        (timedelta(days=60), "in 60 days", "23 Jan 2027"),
        (-timedelta(minutes=77), "1 hour late", "08:43"),
        (-timedelta(hours=10), "10 hours late", "yesterday"),
        (-timedelta(days=1, hours=2), "1 day late", "yesterday 08:00"),
        (-timedelta(days=3), "3 days late", "Sat 21 Nov"),
    ],
)
def test_a_clock_in_a_row_is_short(due: timedelta, words: str, when: str) -> None:
    assert (short_clock(NOW + due, NOW), short_when(NOW + due, NOW)) == (words, when)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(minutes=59), "New"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(hours=24), "1 day"),
        (timedelta(days=40), "40 days"),
    ],
)
def test_an_age_in_a_row_is_short(since: timedelta, words: str) -> None:
    assert age(NOW - since, NOW) == words
