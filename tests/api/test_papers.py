"""Letters and logs through the interface: what is handed out, to whom, and that it is logged."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import AccessEntry, Case, Person, Victim
from fcr_app.services.cases import take_step
from tests.api.programs import a_program
from tests.builders import a_crime, a_person, a_victim, as_actor
from tests.services import requests as say
from tests.services.requests import submitted


@pytest.fixture
def officer(session: Session) -> Person:
    return a_person(session, name="Demo Officer Greenwood")


def a_letter(session: Session, officer: Person) -> str:
    """Return the path of the letter about a request that was approved."""
    held = [AccreditationKind.DDM_COURSE]
    ddm = a_person(session, name="Demo Decider", roles=[Role.DDM], accreditations=held)
    crime = a_crime(session, victims=0)
    crime.oic_id = officer.id
    victim: Victim = a_victim(session, crime)
    now = clock.now() - timedelta(hours=1)
    case: Case = submitted(session, as_actor(session, officer), crime, say.C2, now=now)
    take_step(session, as_actor(session, ddm), case.reference, "approve", say.DECISION, now=now)
    return f"/cases/{case.reference}/letters/{victim.id}"


def test_a_letter_is_read_and_printed_and_each_copy_is_logged(
    app: Flask, session: Session, officer: Person
) -> None:
    path = a_letter(session, officer)
    program = a_program(app, session, officer)

    read = program.get(path).get_json()
    printed = program.post(f"{path}/pdf", {"copy": "file", "added": "We are sorry."})

    assert read["to"][0] in read["html"]
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")
    assert printed.data.startswith(b"%PDF")
    assert "file-copy.pdf" in printed.headers["Content-Disposition"]
    looks = session.execute(select(AccessEntry.what, AccessEntry.recipient)).all()
    assert ("letter:read", "") in looks
    assert ("letter:print", "The case file") in looks
    named = program.post(f"{path}/pdf", {"added": "Officer Greenwood was wrong."})
    assert (named.status_code, named.get_json()["refusals"][0]["field"]) == (422, "added")


def test_a_letter_is_not_read_by_whoever_may_not_see_its_case(
    app: Flask, session: Session, officer: Person
) -> None:
    path = a_letter(session, officer)
    stranger = a_program(app, session, a_person(session, name="Demo Stranger"))

    assert stranger.get(path).status_code == 404
    assert stranger.post(f"{path}/pdf", {}).status_code == 404


def test_the_log_of_a_case_is_read_and_given_out_with_who_gets_it(
    app: Flask, session: Session, officer: Person
) -> None:
    path = a_letter(session, officer).partition("/letters")[0]
    a_program(app, session, officer).get(path)
    fcr = a_program(app, session, a_person(session, name="Demo FCR", roles=[Role.FCR]))

    looks = fcr.get(f"{path}/log", show="looks").get_json()["items"]
    copy = fcr.post(f"{path}/log/copy", {"recipient": "Demo Standards, Office 1"})

    assert ("Demo Officer Greenwood", "Looked") in [(one["who"], one["verb"]) for one in looks]
    assert copy.mimetype == "text/csv"
    assert "Demo Officer Greenwood" in copy.text
    assert fcr.post(f"{path}/log/copy", {"recipient": " "}).status_code == 422
    got = select(AccessEntry.recipient).where(AccessEntry.verb == "disclosure")
    assert session.scalars(got).all() == ["Demo Standards, Office 1"]
    assert a_program(app, session, officer).get(f"{path}/log").status_code == 403
