"""The overview and the records behind its numbers, in a browser and for a program."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Person
from tests.api.programs import a_program
from tests.audited_run import Examined, Found, an_audit
from tests.builders import NOW, PASSWORD, a_case, a_crime, a_person, a_unit, an_incident
from tests.feedback_builders import some_feedback

OK, NOT_ALLOWED, NOT_FOUND, INVALID = 200, 403, 404, 422
OCTOBER = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
FEWEST_LINKS = 4


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def force(session: Session) -> dict[str, int]:
    """Add one of everybody, with something late, something recorded, an error and an audit."""
    unit = a_unit(session, name="Demo North")
    sergeant = a_person(
        session, name="Demo Sergeant", email="sergeant@demo.example", password=PASSWORD,
        roles=[Role.SUPERVISOR], unit=unit,
    )  # fmt: skip
    officer = a_person(
        session, name="Demo Alphaville", email="officer@demo.example", password=PASSWORD,
        supervisor=sergeant, unit=unit,
    )  # fmt: skip
    others = {
        who: a_person(
            session,
            name=f"Demo {who}",
            email=f"{who}@demo.example",
            password=PASSWORD,
            roles=[role],
            accreditations=held,
        )
        for who, role, held in (
            ("fcr", Role.FCR, [AccreditationKind.REGISTER]),
            ("chief", Role.CHIEF_OFFICER, []),
            ("ddm", Role.DDM, [AccreditationKind.DDM_COURSE]),
        )
    }
    late = NOW - timedelta(days=2)
    a_case(session, crime=a_crime(session, unit=unit), opened_by=officer, due_at=late)
    an_incident(session, unit=unit, officer=officer, first_reported_at=late)
    a_crime(session, unit=unit, oic=officer, recorded_at=OCTOBER)
    some_feedback(session, officer, others["fcr"], error_type="E06", at=OCTOBER)
    an_audit(session, [Examined(crimes=[Found()]), Examined(crimes=[Found(verdict="missing")])])
    found = {
        who: person.id
        for who, person in {**others, "officer": officer, "sergeant": sergeant}.items()
    }
    session.commit()
    return found


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


def links_of(page: str) -> set[tuple[str, int]]:
    """Return where each number leads, with the number."""
    found = re.findall(r'<a class="govuk-link" href="([^"]+)">([\d,]+)<span', page)
    return {(href.replace("&amp;", "&"), int(number.replace(",", ""))) for href, number in found}


def rows_of(page: str) -> int:
    """Return how many records a list shows."""
    table = page.partition("<tbody")[2].partition("</tbody>")[0]
    return len(re.findall("<tr", table))


@pytest.mark.usefixtures("force")
@pytest.mark.parametrize("who", ["fcr", "chief", "sergeant", "ddm"])
def test_each_number_leads_to_a_list_with_as_many_records(client: FlaskClient, who: str) -> None:
    sign_in(client, who)
    page = client.get("/overview").text
    links = links_of(page)

    assert len(links) >= FEWEST_LINKS
    for href, number in links:
        answer = client.get(href)
        assert (answer.status_code, rows_of(answer.text)) == (OK, number), href


@pytest.mark.usefixtures("force")
def test_the_chief_officer_sees_the_force_and_no_names(client: FlaskClient) -> None:
    sign_in(client, "chief")
    page = client.get("/overview").text
    recorded = client.get("/overview/records?figure=recorded").text

    assert "What is known about victims" in page
    assert "50.0%" in page
    for text in (page, recorded):
        assert "Alphaville" not in text
        assert "Demo Victim" not in text
    assert client.get("/overview/records?figure=feedback").status_code == NOT_FOUND


@pytest.mark.usefixtures("force")
def test_who_decides_and_supervises_nothing_has_no_overview(client: FlaskClient) -> None:
    sign_in(client, "officer")

    assert client.get("/overview").status_code == NOT_ALLOWED
    assert client.get("/overview/records?figure=recorded").status_code == NOT_ALLOWED
    assert "/overview" not in client.get("/work").text


@pytest.mark.usefixtures("force")
def test_what_makes_no_sense_in_an_address_is_left_out(client: FlaskClient) -> None:
    sign_in(client, "sergeant")

    assert "My team" in client.get("/overview?view=force&months=7").text
    assert "December 2025 to November 2026" in client.get("/overview?months=12").text
    for query in ("", "figure=x", "figure=recorded&month=2026-13", "figure=errors&error=E99"):
        assert client.get(f"/overview/records?{query}").status_code == NOT_FOUND, query


def test_an_empty_force_says_what_would_fill_the_page(
    client: FlaskClient, session: Session
) -> None:
    a_person(session, email="chief@demo.example", password=PASSWORD, roles=[Role.CHIEF_OFFICER])
    session.commit()
    sign_in(client, "chief")

    page = client.get("/overview").text
    assert "No audit has been signed off yet" in page
    assert "No crime was recorded in these months" in page


def test_a_program_reads_the_same_numbers(
    app: Flask, session: Session, force: dict[str, int]
) -> None:
    program = a_program(app, session, session.get_one(Person, force["fcr"]))

    found = program.get("/overview").get_json()

    assert (found["view"], found["last_month"]) == ("force", "2026-11-01")
    assert found["recorded"][-2]["bands"]["in_time"] == 1
    assert [(one["error"], one["in_feedback"]) for one in found["causes"]] == [("E06", 1)]
    assert [(one["k"], one["n"]) for one in found["rates"][0]["points"]] == [(1, 2)]
    late = {one["what"]: one["late"] for one in found["waiting"]}
    assert late["Waiting for a decision"] == 1
    behind = program.get("/overview/records", figure="errors", error="E06").get_json()
    assert (behind["count"], behind["more"], len(behind["rows"])) == (1, False, 1)
    assert program.get("/overview", months="5").status_code == INVALID
    assert program.get("/overview", view="team").status_code == INVALID
    chief = a_program(app, session, session.get_one(Person, force["chief"]))
    assert chief.get("/overview/records", figure="errors").status_code == NOT_FOUND
