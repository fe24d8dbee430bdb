"""Reports on their pages: asked for, watched, read; copies logged with who gets them."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import AuditRun
from fcr_app.models.logs import AccessEntry
from fcr_app.reports.audits.making import make_waiting
from tests.audit_builders import a_line, a_plan, a_run
from tests.builders import NOW, PASSWORD, a_person
from tests.reports.audits.making_reports import Press, made

OK, BAD, NOT_FOUND, NOT_ALLOWED, SEE_OTHER = 200, 400, 404, 403, 303
ADDRESS = "/audits/reports"


@pytest.fixture
def run(session: Session) -> AuditRun:
    people = {
        who: a_person(
            session, name=f"Demo {who.title()}", email=f"{who}@demo.example", password=PASSWORD,
            roles=[role],
        )
        for who, role in (
            ("fcr", Role.FCR), ("auditor", Role.AUDITOR), ("chief", Role.CHIEF_OFFICER),
            ("ddm", Role.DDM),
        )
    }  # fmt: skip
    line = a_line(session, a_plan(session, people["fcr"]))
    run = a_run(
        session, line, reference="AUD-2026-9001", state="signed_off", signed_off_at=NOW,
        signed_off_by_id=people["fcr"].id,
    )  # fmt: skip
    session.commit()
    return run


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


def ask(client: FlaskClient, key: str = "AUD-2026-9001", why: str = "") -> str:
    sign_in(client, "fcr")
    said = {"kind": "run", "key": key, "why": why}
    return client.post(f"{ADDRESS}/new", data=said).location


def a_report(client: FlaskClient) -> str:
    making = ask(client)
    make_waiting(Press().makers)
    return client.get(making).location


@pytest.mark.usefixtures("run")
def test_a_page_is_never_held_up_by_the_making(client: FlaskClient) -> None:
    making = ask(client)

    page = client.get(making)
    assert "Waiting" in page.text
    assert page.headers["Refresh"] == "3"
    assert "Audit report, AUD-2026-9001" in client.get(ADDRESS).text

    make_waiting(Press().makers)
    done = client.get(making)
    assert done.status_code == SEE_OTHER
    shown = client.get(done.location).text
    assert made().public_html in shown
    assert "CR/1" not in shown


@pytest.mark.usefixtures("run")
def test_a_failure_says_why_and_leads_to_asking_again(client: FlaskClient) -> None:
    making = ask(client)
    make_waiting(Press(problem=ValueError("secret")).makers)

    page = client.get(making)
    assert "could not be made" in page.text
    assert "secret" not in page.text
    assert "Refresh" not in page.headers
    assert "Not made" in client.get(ADDRESS).text
    form = client.get(f"{ADDRESS}/new?run=2026-08&kind=plan_monthly").text
    assert re.search(r'value="plan_monthly"[^>]* checked', form)
    assert 'value="2026-08"' in form


@pytest.mark.usefixtures("run")
def test_what_is_refused_is_said_at_its_field(client: FlaskClient) -> None:
    address = a_report(client)
    said = {"kind": "run", "key": "AUD-2026-9001", "why": "Again"}
    again = client.post(f"{ADDRESS}/new", data=said)
    assert again.status_code == BAD
    assert "There is a report of it" in again.text
    assert "AUD-2026-9001" in again.text
    for kind, key in (("plan_monthly", "October"), ("run", "AUD-1"), ("", "")):
        answer = client.post(f"{ADDRESS}/new", data={"kind": kind, "key": key})
        assert answer.status_code == BAD
    asked = client.post(f"{ADDRESS}/new", data={**said, "why": "Two findings were put right."})
    make_waiting(Press().makers)
    found = client.get(asked.location, follow_redirects=True)
    assert "Nothing has changed since edition 1" in found.text
    assert client.get(asked.location).location == address


def copies(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    found = session.execute(
        select(AccessEntry.what, AccessEntry.recipient)
        .where(AccessEntry.record_kind == "audit")
        .order_by(AccessEntry.id)
    )
    rows = [(what, recipient) for what, recipient in found]
    session.rollback()
    return rows


@pytest.mark.usefixtures("run")
def test_every_copy_is_logged_with_who_gets_it(client: FlaskClient, session: Session) -> None:
    address = a_report(client)
    sign_in(client, "chief")
    for ending, content in (
        ("pdf", made().public_pdf), ("xlsx", made().spreadsheet),
    ):  # fmt: skip
        taken = client.get(f"{address}/files/{ending}")
        assert taken.data == content
        name = f"audit-report-AUD-2026-9001-edition-1.{ending}"
        assert taken.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    page = client.get(f"{address}/files/html").text
    assert page.startswith("<!DOCTYPE html>")
    assert made().public_html in page
    assert copies(session) == [("audit-report:copy", "Demo Chief")] * 3
    assert client.get(f"{address}/files/exe").status_code == NOT_FOUND
    assert client.get(f"{address}/annex").status_code == NOT_ALLOWED
    assert "Restricted annex" not in client.get(address).text

    sign_in(client, "auditor")
    assert made().annex_html in client.get(f"{address}/annex").text
    nobody = client.post(f"{address}/annex", data={"recipient": " "})
    assert nobody.status_code == BAD
    assert "Enter who gets this copy" in nobody.text
    taken = client.post(f"{address}/annex", data={"recipient": "Professional Standards"})
    assert taken.data == made().annex_pdf
    assert "OFFICIAL-SENSITIVE-" in taken.headers["Content-Disposition"]
    assert copies(session)[-1] == ("audit-annex:copy", "Professional Standards")
    assert ("audit-annex:read", "") in copies(session)


@pytest.mark.usefixtures("run")
def test_who_may_not_see_audits_gets_to_no_report(client: FlaskClient) -> None:
    address = a_report(client)
    sign_in(client, "ddm")
    for page in (ADDRESS, address, f"{address}/files/pdf", f"{address}/annex", f"{ADDRESS}/new"):
        assert client.get(page).status_code == NOT_ALLOWED
    sign_in(client, "chief")
    assert client.get(f"{ADDRESS}/new").status_code == NOT_ALLOWED
    for page in (f"{ADDRESS}/999", f"{ADDRESS}/requests/999"):
        assert client.get(page).status_code == NOT_FOUND
