"""Feedback that nobody acknowledges, and a missing crime that nobody records, speak up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Role
from fcr_app.jobs.see_corrections import see_corrections
from fcr_app.jobs.tell_clocks import tell_clocks
from fcr_app.models import Notice, Person
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_person, an_incident, as_actor

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def given(correction: Correction) -> str:
    """Give feedback on a report; return the case's reference."""
    with transaction() as session:
        sergeant = a_person(session, name="Demo Sergeant", roles=[Role.SUPERVISOR])
        officer = a_person(session, name="Demo Officer", supervisor=sergeant)
        fcr = a_person(session, name="Demo Registrar", roles=[Role.FCR])
        report = an_incident(session, officer=officer)
        said = Given(
            to_id=officer.id,
            error=ErrorType.E06,
            reasons="A social worker’s report is the victim’s own. Record it at once.",
            correction=correction,
            incident_id=report.id,
        )
        return reference_of(session, give_feedback(session, as_actor(session, fcr), said, now=NOW))


def told(about: str) -> list[tuple[str, str]]:
    """Return who was told by a clock, and how urgent it was."""
    with transaction() as session:
        rows = session.execute(
            select(Person.name, Notice.level)
            .join(Notice, Notice.person_id == Person.id)
            .where(Notice.level != "", Notice.message.contains(about))
            .order_by(Notice.id, Person.name)
        )
        return [(name, level) for name, level in rows]


def test_a_missing_crime_has_24_hours_from_the_feedback() -> None:
    given(Correction.RECORD_CRIME)
    missing = "record what feedback says is missing"
    tell_clocks(NOW + 11 * HOUR)
    assert told(missing) == []

    tell_clocks(NOW + 12 * HOUR)
    assert set(told(missing)) == {("Demo Officer", "amber"), ("Demo Sergeant", "amber")}

    tell_clocks(NOW + 24 * HOUR)
    red = [name for name, level in told(missing) if level == "red"]
    assert set(red) == {"Demo Officer", "Demo Sergeant", "Demo Registrar"}
    before = told(missing)
    tell_clocks(NOW + 25 * HOUR)
    assert told(missing) == before


def test_feedback_that_nobody_acknowledges_is_told_up_the_line() -> None:
    given(Correction.NONE)
    what = "acknowledge feedback"
    tell_clocks(NOW + timedelta(days=8))
    assert set(told(what)) == {("Demo Officer", "red"), ("Demo Sergeant", "red")}

    tell_clocks(NOW + timedelta(days=12))
    last = [name for name, level in told(what) if level == "long_red"]
    assert set(last) == {"Demo Officer", "Demo Sergeant", "Demo Registrar"}
    assert told("record what feedback") == []


def test_the_timetable_says_how_much_it_saw() -> None:
    given(Correction.RECORD_CRIME)

    assert see_corrections(NOW + HOUR) == (
        "0 items of feedback changed, 0 findings of audits closed."
    )
