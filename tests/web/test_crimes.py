"""The pages of crimes: reading one, entering one, adding to one."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry, Crime, CrimeFlag, CrimePerson, Person, Victim
from tests.builders import PASSWORD, a_crime, a_person, a_unit, a_victim, an_offence

BAD_INPUT, SEE_OTHER, FORBIDDEN, NOT_FOUND, CONFLICT = 400, 303, 403, 404, 409


@dataclass(frozen=True)
class Force:
    """What the tests need to know of the people, without asking the database again."""

    crime: int
    officer: str
    officer_number: str
    stranger: str
    fcr: str
    auditor: str


@pytest.fixture
def force(session: Session) -> Force:
    """Make a crime of one officer, another officer, and people who see every crime."""
    officer = a_person(session, name="Demo Officer One", staff_number="P1", password=PASSWORD)
    stranger = a_person(session, name="Demo Officer Two", password=PASSWORD)
    fcr = a_person(session, name="Demo FCR One", roles=[Role.FCR], password=PASSWORD)
    auditor = a_person(session, roles=[Role.AUDITOR], password=PASSWORD)
    a_unit(session, name="Demo North")
    an_offence(session, offence_class="34A", title="Robbery of business property")
    crime = a_crime(
        session, number="DEMO 1/26", oic=officer, recorded_at=clock.now() - timedelta(days=5)
    )
    a_victim(
        session, crime, name="Demo Shop", kind="business", speaks_for="Demo Manager",
        enhanced_ground="vulnerable",
    )  # fmt: skip
    force = Force(
        crime.id, officer.email, officer.staff_number, stranger.email, fcr.email, auditor.email
    )
    session.commit()
    return force


def sign_in(client: FlaskClient, email: str) -> None:
    client.post("/sign-in", data={"email": email, "password": PASSWORD})


def a_form(**changes: str) -> dict[str, str]:
    """Return a crime as somebody types it."""
    return {
        "crime_number": "DEMO 2/26",
        "incident_reference": "CAD 7",
        "reported_at-day": "1", "reported_at-month": "7", "reported_at-year": "2026",
        "reported_at-time": "9.05",
        "recorded_at-day": "1", "recorded_at-month": "7", "recorded_at-year": "2026",
        "recorded_at-time": "1430",
        "offence": "34B 034/01",
        "oic": "P1",
        "unit": "0",
        "victim_kind": "person",
        "victim_name": "Demo Victim",
        "victim_ground": "",
        "flags": "knife",
    } | changes  # fmt: skip


def entered(session: Session) -> list[str]:
    numbers = session.scalars(select(Crime.crime_number).order_by(Crime.id)).all()
    session.rollback()
    return list(numbers)


def test_the_page_of_a_crime_shows_it_whole(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    page = client.get(f"/crimes/{force.crime}")

    for words in (
        "Crime DEMO 1/26",
        "34B 034/01 Robbery of personal property",
        "Demo Officer One (P1)",
        "Demo Shop",
        "Speaks for them: Demo Manager",
        "Enhanced rights",
        "From report to record",
        "Ask to cancel or transfer",
        "Add a victim",
    ):
        assert words in page.text
    assert len(page.data) < 80_000


def test_looking_at_a_crime_is_logged(client: FlaskClient, session: Session, force: Force) -> None:
    sign_in(client, force.officer)
    client.get(f"/crimes/{force.crime}")
    looked = session.scalars(select(AccessEntry)).one()
    assert (looked.what, looked.record_id) == ("crime:read", force.crime)


def test_somebody_who_only_reads_is_offered_nothing_to_change(
    client: FlaskClient, force: Force
) -> None:
    sign_in(client, force.auditor)
    page = client.get(f"/crimes/{force.crime}")
    assert "Add a victim" not in page.text
    assert "Ask to cancel" not in page.text
    assert client.get(f"/crimes/{force.crime}/victims/new").status_code == FORBIDDEN


@pytest.mark.parametrize("path", ["", "/victims/new", "/people/new", "/class"])
def test_a_crime_one_may_not_see_looks_like_one_that_does_not_exist(
    client: FlaskClient, force: Force, path: str
) -> None:
    sign_in(client, force.stranger)
    hidden = client.get(f"/crimes/{force.crime}{path}")
    missing = client.get(f"/crimes/999{path}")
    assert hidden.status_code == missing.status_code == NOT_FOUND
    assert "There is no such crime, or you may not see it." in hidden.text


def test_a_crime_is_entered_in_london_time(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    sent = client.post("/crimes/new", data=a_form(), follow_redirects=True)

    assert "Crime DEMO 2/26 was entered." in sent.text
    assert "1 July 2026 at 09:05" in sent.text
    crime = session.scalars(select(Crime).where(Crime.crime_number == "DEMO 2/26")).one()
    assert crime.reported_at is not None
    assert crime.reported_at.isoformat() == "2026-07-01T08:05:00+00:00"
    assert session.scalars(select(CrimeFlag.flag)).all() == ["knife"]


def test_an_officer_is_proposed_as_officer_in_the_case_and_a_registrar_is_not(
    client: FlaskClient, force: Force
) -> None:
    sign_in(client, force.officer)
    assert 'id="oic" name="oic" type="text" value="P1"' in client.get("/crimes/new").text
    client.post("/sign-out")
    sign_in(client, force.fcr)
    assert 'id="oic" name="oic" type="text" value=""' in client.get("/crimes/new").text


def test_somebody_who_takes_no_part_is_told_that_they_can_not_open_it(
    client: FlaskClient, force: Force
) -> None:
    sign_in(client, force.stranger)
    sent = client.post("/crimes/new", data=a_form(), follow_redirects=True)
    assert sent.status_code == 200
    assert "You take no part in it, so you can’t open it." in sent.text


def test_everything_that_is_wrong_is_said_at_once_and_the_words_come_back(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    wrong = a_form(
        crime_number="", offence="nonsense", oic="nobody",
        **{"reported_at-time": "25:00", "recorded_at-year": "26"},
    )  # fmt: skip
    page = client.post("/crimes/new", data=wrong)

    assert page.status_code == BAD_INPUT
    for message, box in (
        ("Enter the crime number.", "crime_number"),
        ("Enter a real time of day, such as 14:05.", "reported_at-day"),
        ("Enter a real date", "recorded_at-day"),
        ("No offence matches that.", "offence"),
        ("No person matches that.", "oic"),
    ):
        assert message in page.text
        assert f'href="#{box}"' in page.text
    assert 'value="nonsense"' in page.text
    assert entered(session) == ["DEMO 1/26"]


def test_what_the_service_refuses_is_said_at_the_field(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    again = client.post("/crimes/new", data=a_form(crime_number="demo1/26"))
    assert again.status_code == BAD_INPUT
    assert "A crime with this number is here already." in again.text
    early = client.post("/crimes/new", data=a_form(**{"recorded_at-time": "08:00"}))
    assert "the same as or after the time it was reported" in early.text
    child = client.post("/crimes/new", data=a_form(victim_is_child="y"))
    assert "Enter the child’s parent or guardian." in child.text
    assert 'href="#victim_speaks_for"' in child.text


def test_words_that_mean_several_offences_are_asked_about(
    client: FlaskClient, session: Session, force: Force
) -> None:
    business = an_offence(session, offence_class="34A").id
    session.commit()
    sign_in(client, force.officer)
    page = client.post("/crimes/new", data=a_form(offence="robbery"))
    assert page.status_code == BAD_INPUT
    assert "Select which offence you mean." in page.text
    assert 'href="#offence-pick"' in page.text

    picked = a_form(offence="robbery", **{"offence-pick": str(business)})
    assert client.post("/crimes/new", data=picked).status_code == SEE_OTHER
    crime = session.scalars(select(Crime).where(Crime.crime_number == "DEMO 2/26")).one()
    assert crime.offence_id == business


def test_a_choice_that_was_not_offered_is_not_taken(client: FlaskClient, force: Force) -> None:
    sign_in(client, force.officer)
    page = client.post("/crimes/new", data=a_form(offence="robbery", **{"offence-pick": "999"}))
    assert page.status_code == BAD_INPUT


REPEATED = {
    "reported_at-day": "25", "reported_at-month": "10", "reported_at-time": "01:30",
    "recorded_at-day": "26", "recorded_at-month": "10",
}  # fmt: skip


def test_in_the_repeated_hour_it_asks_which_one_it_was(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    page = client.post("/crimes/new", data=a_form(**REPEATED))
    assert page.status_code == BAD_INPUT
    assert "01:30 came twice on 25 October 2026" in page.text
    assert 'href="#reported_at-which"' in page.text

    answered = a_form(**REPEATED, **{"reported_at-which": "second"})
    assert client.post("/crimes/new", data=answered).status_code == SEE_OTHER
    crime = session.scalars(select(Crime).where(Crime.crime_number == "DEMO 2/26")).one()
    assert crime.reported_at is not None
    assert crime.reported_at.isoformat() == "2026-10-25T01:30:00+00:00"


def test_the_hour_that_the_clocks_skip_is_refused_plainly(
    client: FlaskClient, force: Force
) -> None:
    sign_in(client, force.officer)
    skipped = {"reported_at-day": "29", "reported_at-month": "3", "reported_at-time": "01:30"}
    page = client.post("/crimes/new", data=a_form(**skipped))
    assert "01:30 on 29 March 2026 did not happen: the clocks went forward." in page.text


def test_a_crime_may_have_no_victim_who_is_named(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    client.post("/crimes/new", data=a_form(victim_kind="none", victim_name=""))
    crime = session.scalars(select(Crime.id).where(Crime.crime_number == "DEMO 2/26")).one()
    assert session.scalars(select(Victim).where(Victim.crime_id == crime)).all() == []


def test_a_character_that_is_not_text_is_taken_out(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.officer)
    client.post("/crimes/new", data=a_form(location="Demo\0 Street"))
    location = session.scalar(select(Crime.location).where(Crime.crime_number == "DEMO 2/26"))
    assert location == "Demo Street"


def test_a_victim_is_added(client: FlaskClient, session: Session, force: Force) -> None:
    sign_in(client, force.officer)
    path = f"/crimes/{force.crime}/victims/new"
    wrong = client.post(path, data={"kind": "business", "name": "Demo Café"})
    assert wrong.status_code == BAD_INPUT
    assert "Enter who to contact at the business." in wrong.text
    assert "Demo Café" in wrong.text

    page = client.post(path, data={"kind": "person", "name": "Demo Other"}, follow_redirects=True)
    assert "The victim was added." in page.text
    names = session.scalars(select(Victim.name).order_by(Victim.id)).all()
    assert names[-1] == "Demo Other"


def test_a_new_officer_in_the_case_takes_over(
    client: FlaskClient, session: Session, force: Force
) -> None:
    sign_in(client, force.fcr)
    path = f"/crimes/{force.crime}/people/new"
    nobody = client.post(path, data={"person": "Demo Officer", "part": "oic"})
    assert "Select which person you mean." in nobody.text

    page = client.post(
        path, data={"person": "demo officer two", "part": "oic"}, follow_redirects=True
    )
    assert "The colleague was added." in page.text
    rows = session.execute(
        select(Person.name, CrimePerson.part).join(Person, Person.id == CrimePerson.person_id)
    )
    assert {(row.name, row.part) for row in rows} == {
        ("Demo Officer One", Part.FORMER_OFFICER_IN_CASE.value),
        ("Demo Officer Two", Part.OFFICER_IN_CASE.value),
    }


def test_a_crime_without_a_class_gets_one_from_a_registrar(
    client: FlaskClient, session: Session, force: Force
) -> None:
    crime = session.get_one(Crime, force.crime)
    crime.offence_id = crime.first_offence_id = None
    crime.offence_text = "Robbery"
    session.commit()
    path = f"/crimes/{force.crime}/class"

    sign_in(client, force.officer)
    assert "Give the crime its class" not in client.get(f"/crimes/{force.crime}").text
    assert client.get(path).status_code == FORBIDDEN
    client.post("/sign-out")

    sign_in(client, force.fcr)
    assert "Give the crime its class" in client.get(f"/crimes/{force.crime}").text
    stale = client.post(path, data={"offence": "34B 034/01", "version": "1"})
    assert stale.status_code == CONFLICT
    assert "34B 034/01" in stale.text
    done = client.post(path, data={"offence": "34B 034/01", "version": "2"}, follow_redirects=True)
    assert "The class was saved." in done.text
    assert client.get(path).status_code == CONFLICT
