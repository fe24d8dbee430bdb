"""The case pages through the browser client: what each person sees, and what comes back."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import AccessEntry, Case, Decision, Person, SignIn, Victim
from fcr_app.services.actors import load_actor
from fcr_app.services.cases import open_case, take_step
from tests.builders import PASSWORD, a_crime, a_person
from tests.services import requests as say

REFUSED, CONFLICT, SEE_OTHER, NOT_FOUND = 422, 409, 303, 404


@dataclass(frozen=True)
class Who:
    """A person as a test needs them after the commit, without asking the database again."""

    id: int
    email: str


@pytest.fixture
def people(session: Session) -> dict[str, Who]:
    """Make an officer with a crime and a request about it, a DDM, and an officer far away."""
    people = {
        "officer": a_person(session, name="Demo Officer One", password=PASSWORD),
        "stranger": a_person(session, name="Demo Officer Two", password=PASSWORD),
        "administrator": a_person(session, roles=[Role.ADMINISTRATOR], password=PASSWORD),
        "ddm": a_person(
            session,
            name="Demo DDM One",
            roles=[Role.DDM],
            accreditations=[AccreditationKind.DDM_COURSE],
            password=PASSWORD,
        ),
    }
    known = {name: Who(person.id, person.email) for name, person in people.items()}
    session.commit()
    return known


def officer_crime(session: Session, people: dict[str, Who]) -> int:
    """Make a crime whose officer is the one of the story."""
    oic = session.get_one(Person, people["officer"].id)
    crime = a_crime(session, oic=oic, recorded_at=clock.now() - timedelta(days=5))
    return crime.id


@pytest.fixture
def case(session: Session, people: dict[str, Who]) -> str:
    """Make a request that waits for a decision, and return its reference."""
    now = clock.now()
    officer = load_actor(session, people["officer"].id, today=now.date())
    case = open_case(session, officer, "cancellation", officer_crime(session, people), now=now)
    session.flush()
    reference = case.reference
    answers = {**say.C2, "available_on": (now - timedelta(days=1)).date().isoformat()}
    take_step(session, officer, reference, "submit", answers, now=now)
    session.commit()
    return reference


def sign_in(client: FlaskClient, person: Who) -> None:
    client.post("/sign-in", data={"email": person.email, "password": PASSWORD})


def version(session: Session, reference: str) -> int:
    session.expire_all()
    found = session.scalars(select(Case.version).where(Case.reference == reference)).one()
    session.commit()
    return found


def said(page: str) -> str:
    """Return what a page says: its main part, without the frame and its nonces."""
    return page.partition("<main")[2].partition("</main>")[0]


APPROVAL = {
    "trigger": "approve",
    "approve-is_additional": "yes",
    "approve-is_verifiable": "yes",
    "approve-is_information": "yes",
    "approve-rationale": "The exhibit was looked at and settles the question.",
}


def test_a_decider_sees_the_request_the_rules_and_the_decision_on_one_page(
    client: FlaskClient, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["ddm"])
    page = client.get(f"/cases/{case}").text
    for words in (say.LONG, "CANC-05", "Needs your judgement", "Your decision", "Save and next"):
        assert words in page


def test_the_officer_sees_no_decision_form(
    client: FlaskClient, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["officer"])
    page = client.get(f"/cases/{case}").text
    assert "Your decision" not in page
    assert "Withdraw the request" in page


def test_a_victim_told_of_a_decision_that_no_longer_stands_is_shown_as_such(
    client: FlaskClient, session: Session, people: dict[str, Who], case: str
) -> None:
    now = clock.now()
    officer, ddm = (load_actor(session, people[w].id, today=now.date()) for w in ("officer", "ddm"))
    take_step(session, ddm, case, "approve", say.DECISION, now=now)
    victim_id = session.scalars(select(Victim.id)).one()
    take_step(session, officer, case, "record_notice", say.told(victim_id, now), now=now)
    session.commit()
    sign_in(client, people["ddm"])
    assert "Told of the earlier decision" not in said(client.get(f"/cases/{case}").text)

    why = {"rationale": "The information does not settle the question yet."}
    take_step(session, ddm, case, "set_aside", why, now=now)
    session.commit()
    page = said(client.get(f"/cases/{case}").text)
    assert "Nothing to tell until it is decided" in page
    assert "Told of the earlier decision" in page


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_case_one_may_not_see_looks_like_one_that_does_not_exist(
    client: FlaskClient, people: dict[str, Who], case: str, who: str
) -> None:
    sign_in(client, people[who])
    hidden = client.get(f"/cases/{case}")
    missing = client.get("/cases/CAN-26-999999")
    assert hidden.status_code == missing.status_code
    assert hidden.status_code in (403, NOT_FOUND)
    assert said(hidden.text) == said(missing.text)


def test_each_look_is_logged_with_who_and_which(
    client: FlaskClient, session: Session, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["ddm"])
    client.get(f"/cases/{case}")
    entry = session.scalars(select(AccessEntry).where(AccessEntry.what == "case:read")).one()
    assert (entry.person_id, entry.verb) == (people["ddm"].id, "consultation")


def test_a_decision_is_saved_and_says_what_comes_next(
    client: FlaskClient, session: Session, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["ddm"])
    sent = client.post(f"/cases/{case}", data=APPROVAL, follow_redirects=True)
    assert "Approved in principle. The crime stays recorded until the victim is told." in sent.text
    assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_a_refused_step_gives_every_reason_and_the_words_back(
    client: FlaskClient, session: Session, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["ddm"])
    half = {**APPROVAL, "approve-is_verifiable": "no", "approve-is_additional": ""}
    page = client.post(f"/cases/{case}", data=half)
    assert page.status_code == REFUSED
    assert "Select yes if the information is additional." in page.text
    assert "CANC-13" in page.text
    assert APPROVAL["approve-rationale"] in page.text
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_no_choice_is_asked_for_plainly(
    client: FlaskClient, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["ddm"])
    page = client.post(f"/cases/{case}", data={})
    assert page.status_code == REFUSED
    assert "Select your decision." in page.text


def test_a_double_click_decides_once(
    client: FlaskClient, session: Session, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["ddm"])
    form = {**APPROVAL, "form_key": "a" * 32, "version": str(version(session, case))}
    first, second = (client.post(f"/cases/{case}", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (SEE_OTHER, SEE_OTHER)
    assert "already sent" in client.get(f"/cases/{case}").text
    assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_somebody_who_comes_second_is_told_what_happened_and_keeps_their_words(
    client: FlaskClient, session: Session, people: dict[str, Who], case: str
) -> None:
    seen = version(session, case)
    now = clock.now()
    officer = load_actor(session, people["officer"].id, today=now.date())
    take_step(session, officer, case, "withdraw", {}, now=now)
    session.commit()
    sign_in(client, people["ddm"])
    page = client.post(f"/cases/{case}", data={**APPROVAL, "version": str(seen)})
    assert page.status_code == CONFLICT
    assert "Withdrew the request" in page.text
    assert APPROVAL["approve-rationale"] in page.text
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


@pytest.mark.parametrize("trigger", ["remove", "reinstate", "no-such-step", "submit"])
def test_a_step_that_is_not_possible_now_is_a_plain_page(
    client: FlaskClient, people: dict[str, Who], case: str, trigger: str
) -> None:
    sign_in(client, people["ddm"])
    for page in (client.get(f"/cases/{case}/{trigger}"), client.post(f"/cases/{case}/{trigger}")):
        assert page.status_code in (CONFLICT, NOT_FOUND)
        assert "Traceback" not in page.text


def test_a_request_is_saved_as_it_goes(
    client: FlaskClient, session: Session, people: dict[str, Who]
) -> None:
    crime_id = officer_crime(session, people)
    session.commit()
    sign_in(client, people["officer"])
    started = client.post(f"/crimes/{crime_id}/request")
    reference = started.headers["Location"].split("/")[2]
    client.post(f"/cases/{reference}/request/reason", data={"code": "C2"})
    page = client.post(
        f"/cases/{reference}/request/details",
        data={
            "information": "Short",
            "available_on-day": "31",
            "available_on-month": "2",
            "available_on-year": "2026",
        },
    )
    assert page.status_code == REFUSED
    assert "The date the information became available must be a real date" in page.text
    assert 'value="31"' in page.text
    session.expire_all()
    draft = session.scalars(select(Case.draft).where(Case.reference == reference)).one()
    assert draft["code"] == "C2"
    assert draft["information"] == "Short"


def test_what_is_being_written_is_saved_without_a_word(
    client: FlaskClient, session: Session, people: dict[str, Who]
) -> None:
    crime_id = officer_crime(session, people)
    session.commit()
    sign_in(client, people["officer"])
    reference = client.post(f"/crimes/{crime_id}/request").headers["Location"].split("/")[2]
    client.post(f"/cases/{reference}/request/reason", data={"code": "C2"})
    unfinished = {"information": "The shop says", "available_on-day": "3", "quietly": "yes"}
    answer = client.post(f"/cases/{reference}/request/details", data=unfinished)
    assert (answer.status_code, answer.text) == (204, "")
    page = client.get(f"/cases/{reference}/request/details").text
    assert "The shop says" in page
    assert "There is a problem" not in page


def test_a_second_request_about_the_same_crime_is_refused_plainly(
    client: FlaskClient, session: Session, people: dict[str, Who]
) -> None:
    crime_id = officer_crime(session, people)
    session.commit()
    sign_in(client, people["officer"])
    client.post(f"/crimes/{crime_id}/request")
    again = client.post(f"/crimes/{crime_id}/request")
    assert again.status_code == CONFLICT
    assert "open already" in again.text


def test_words_sent_after_a_time_out_are_back_on_the_case_page(
    client: FlaskClient, session: Session, people: dict[str, Who], case: str
) -> None:
    sign_in(client, people["ddm"])
    session.execute(update(SignIn).values(seen_at=clock.now() - timedelta(hours=2)))
    session.commit()
    late = client.post(f"/cases/{case}", data=APPROVAL)
    assert "/sign-in" in late.headers["Location"]
    data = {"email": people["ddm"].email, "password": PASSWORD}
    page = client.post("/sign-in", data=data, follow_redirects=True).text
    assert "You were signed out before this was sent" in page
    assert APPROVAL["approve-rationale"] in page
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
