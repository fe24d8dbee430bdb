"""Actions on their pages: added, carried out, checked, closed; refused with the words kept."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import Role
from fcr_app.models import AuditAction
from tests.builders import PASSWORD, a_person

OK, BAD, NOT_FOUND, NOT_ALLOWED, SEE_OTHER = 200, 400, 404, 403, 303
WHAT = "Tell every victim whose crime is cancelled, and write down when."
SAID = "The letter is sent by the system since 3 November."


@pytest.fixture(autouse=True)
def _people(session: Session) -> None:
    for who, role in (
        ("fcr", Role.FCR), ("deputy", Role.DEPUTY_FCR), ("sergeant", Role.SUPERVISOR),
        ("ddm", Role.DDM), ("officer", Role.OFFICER), ("chief", Role.CHIEF_OFFICER),
    ):  # fmt: skip
        a_person(
            session, name=f"Demo {who.title()}", email=f"{who}@demo.example", password=PASSWORD,
            roles=[role], staff_number=f"D-{who}",
        )  # fmt: skip
    session.commit()


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


def form(**said: str) -> dict[str, str]:
    due = clock.now().date() + timedelta(days=40)
    day = {"due_on-day": f"{due.day}", "due_on-month": f"{due.month}", "due_on-year": f"{due.year}"}
    return {"recommended": WHAT, "source": "An inspection", "owner": "D-sergeant", **day, **said}


def add(client: FlaskClient) -> str:
    sign_in(client, "fcr")
    return client.post("/audits/actions/new", data=form()).location


def version(session: Session) -> int:
    session.rollback()
    found = session.scalars(select(AuditAction.version)).one()
    session.rollback()
    return found


def test_an_action_goes_from_the_recommendation_to_the_checked_evidence(
    client: FlaskClient, session: Session
) -> None:
    address = add(client)
    assert "Demo Sergeant" in client.get(address).text

    sign_in(client, "sergeant")
    assert "An audit recommended something" in client.get("/notices").text
    assert WHAT in client.get("/audits/actions").text
    begun = client.post(f"{address}/moves/begin", data={"text": SAID, "version": version(session)})
    assert begun.status_code == SEE_OTHER
    finish = f"{address}/moves/finish"
    short = client.post(finish, data={"text": "Done.", "version": version(session)})
    assert short.status_code == BAD
    assert ">Done.</textarea>" in short.text.replace("\r\n", "").replace("\n", "")
    stale = client.post(finish, data={"text": SAID, "version": 1})
    assert stale.status_code == 409
    assert client.post(finish, data={"text": SAID}).status_code == SEE_OTHER

    sign_in(client, "deputy")
    assert WHAT in client.get("/audits/actions?list=to_check").text
    page = client.get(address).text
    assert SAID in page
    assert "Send it back" in page
    assert client.post(f"{address}/moves/close", data={"text": SAID}).status_code == SEE_OTHER
    assert "Checked the evidence and closed it" in client.get(address).text
    assert WHAT in client.get("/audits/actions?list=closed").text


def test_what_is_refused_comes_back_as_it_was_typed(client: FlaskClient, session: Session) -> None:
    sign_in(client, "fcr")
    assert client.get("/audits/actions/new?run=AUD-2026-0007").text.count("AUD-2026-0007") >= 1

    refused = client.post("/audits/actions/new", data=form(run="AUD-1999-0001", owner="D-officer"))

    assert refused.status_code == BAD
    assert "There is no audit with this reference" in refused.text
    assert "Their roles do not let them" in refused.text
    assert WHAT in refused.text
    assert not session.scalars(select(AuditAction)).all()


def test_another_owner_is_chosen_with_a_reason(client: FlaskClient, session: Session) -> None:
    address = add(client)
    given = form(owner="D-ddm", why="The sergeant leaves at the end of the month.")
    changed = client.post(f"{address}/change", data={**given, "version": version(session)})
    assert changed.status_code == SEE_OTHER
    page = client.get(address).text
    assert "Who does it: Demo Sergeant, now Demo Ddm" in page
    assert client.post(f"{address}/change", data={**given, "version": 1}).status_code == 409


def test_others_do_not_see_it_and_nobody_without_the_permission_gets_there(
    client: FlaskClient,
) -> None:
    address = add(client)
    for who, status in (("ddm", NOT_FOUND), ("officer", NOT_ALLOWED), ("chief", OK)):
        sign_in(client, who)
        assert client.get(address).status_code == status
        assert client.get("/audits/actions/new").status_code == NOT_ALLOWED
    sign_in(client, "sergeant")
    assert client.get(f"{address}/moves/nonsense").status_code == NOT_FOUND
    assert client.post(f"{address}/moves/close", data={"text": SAID}).status_code == 409


def test_lists_narrow_and_say_when_they_are_empty(client: FlaskClient) -> None:
    sign_in(client, "ddm")
    assert "Nothing is yours to do" in client.get("/audits/actions").text
    add(client)
    assert "Nothing matches these filters" in client.get("/audits/actions?late=yes").text
    assert "Nothing matches" in client.get("/audits/actions?run=AUD-2026-0001").text
    assert WHAT in client.get("/audits/actions?owner=x&list=nonsense&after=nonsense").text
    assert "Nothing closed yet" in client.get("/audits/actions?list=closed").text
