"""The register of rulings, and the cases around it, through the browser client."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.domain.rulings import Topic
from fcr_app.models import Case, Crime, Person, Ruling, RulingLink
from fcr_app.services.cases import open_incident_case, take_step
from fcr_app.services.rulings import NewRuling, make_ruling
from tests.builders import PASSWORD, a_crime, a_person, an_incident, an_offence, as_actor
from tests.services import recording_words as say

SEE_OTHER, REFUSED, BAD, FORBIDDEN = 303, 422, 400, 403
RULING = {
    "question": "A push in passing, without injury",
    "topic": "classify",
    "offence_class": "105a",
    "facts": "A stranger in a hurry pushes past somebody on stairs.",
    "ruling": "Assault without injury if the push was meant, or reckless.",
    "reasons": "Unlawful force however slight is enough; haste is no excuse.",
    "rules": "CLS-04, REC 26",
}


@dataclass(frozen=True)
class Who:
    """A person as a test needs them after the commit."""

    id: int
    email: str


@pytest.fixture
def people(session: Session) -> dict[str, Who]:
    made = {
        "officer": a_person(session, name="Demo Officer One", password=PASSWORD),
        "ddm": a_person(
            session,
            name="Demo DDM One",
            roles=[Role.DDM],
            accreditations=[AccreditationKind.DDM_COURSE],
            password=PASSWORD,
        ),
        "fcr": a_person(
            session,
            name="Demo FCR One",
            roles=[Role.FCR],
            accreditations=[AccreditationKind.REGISTER],
            password=PASSWORD,
        ),
    }
    known = {name: Who(person.id, person.email) for name, person in made.items()}
    an_offence(session, offence_class="105A", offence_code="105/01", title="Common assault")
    an_offence(session, offence_class="8Q", offence_code="195/12", title="Stalking")
    session.commit()
    return known


def sign_in(client: FlaskClient, person: Who) -> None:
    client.post("/sign-in", data={"email": person.email, "password": PASSWORD})


def crime_of(session: Session, officer: Who) -> int:
    oic = session.get_one(Person, officer.id)
    crime = a_crime(session, oic=oic, recorded_at=clock.now() - timedelta(days=5))
    crime_id = crime.id
    session.commit()
    return crime_id


def test_the_fcr_makes_a_ruling_links_it_and_supersedes_it(
    session: Session, client: FlaskClient, people: dict[str, Who]
) -> None:
    crime_id = crime_of(session, people["officer"])
    number = session.scalars(select(Crime.crime_number)).one()
    session.commit()
    sign_in(client, people["fcr"])
    year = clock.now().year

    made = client.post("/rulings/new", data={**RULING, "number": number})
    assert (made.status_code, made.location) == (SEE_OTHER, f"/rulings/{year}/1")
    page = client.get(made.location).text
    for words in (f"R {year}/001", RULING["ruling"], "105A Common assault", "REC-26", number):
        assert words in page

    again = client.post(f"/rulings/{year}/1/link", data={"number": "nothing"})
    assert again.status_code == BAD
    assert "No crime, report or case with that number" in again.text

    kept = client.get(f"/rulings/{year}/1/supersede").text
    assert RULING["facts"] in kept
    later = client.post(f"/rulings/{year}/1/supersede", data={**RULING, "question": "Once more"})
    assert later.location == f"/rulings/{year}/2"
    assert "It does not stand any more" in client.get(f"/rulings/{year}/1").text
    assert session.scalars(select(RulingLink.crime_id)).all() == [crime_id]


@pytest.mark.parametrize(
    "wrong",
    [
        ("question", "", "Enter the question"),
        ("topic", "", "Select what it is about"),
        ("facts", "short", "at least 20 characters"),
        ("offence_class", "harassment", "Enter a class as the list writes it"),
        ("rules", "CLS-99", "The handbook has no rule"),
    ],
)
def test_what_is_wrong_with_a_ruling_is_said_at_the_field(
    session: Session, client: FlaskClient, people: dict[str, Who], wrong: tuple[str, str, str]
) -> None:
    field, value, message = wrong
    sign_in(client, people["fcr"])
    answer = client.post("/rulings/new", data={**RULING, field: value})

    assert answer.status_code == BAD
    assert message in answer.text
    assert session.scalar(select(Ruling.id)) is None


def test_everybody_who_works_on_cases_reads_the_register_and_only_registrars_write_it(
    session: Session, client: FlaskClient, people: dict[str, Who]
) -> None:
    fcr = as_actor(session, session.get_one(Person, people["fcr"].id), today=clock.now().date())
    new = NewRuling(
        question="One crime or two?",
        topic=Topic.COUNT,
        facts="Two robberies of one person in an evening.",
        ruling="Two, if the police knew of the first.",
        reasons="A finished sequence is one crime.",
    )
    make_ruling(session, fcr, new, now=clock.now())
    session.commit()
    sign_in(client, people["officer"])

    page = client.get("/rulings?words=robb").text
    assert "One crime or two?" in page
    assert "Make a ruling" not in page
    assert "No ruling matches" in client.get("/rulings?class=8L").text
    assert client.get("/rulings/new").status_code == FORBIDDEN
    assert client.get(f"/rulings/{clock.now().year}/2").status_code == 404


def test_a_report_that_a_ruling_was_applied_to_is_linked_for_who_may_see_it(
    session: Session, client: FlaskClient, people: dict[str, Who]
) -> None:
    report = an_incident(session)  # of nobody: the officer may not see it
    report_id, reference = report.id, report.reference
    session.commit()
    sign_in(client, people["fcr"])
    made = client.post("/rulings/new", data={**RULING, "number": reference})

    linked = f'href="/incidents/{report_id}">Report {reference}</a>'
    assert linked in client.get(made.location).text
    assert client.get(f"/incidents/{report_id}").status_code == 200
    sign_in(client, people["officer"])
    page = client.get(made.location).text
    assert RULING["ruling"] in page
    assert reference not in page
    assert "Nothing that you may see." in page


def test_a_crime_is_reclassified_through_its_pages(
    session: Session, client: FlaskClient, people: dict[str, Who]
) -> None:
    crime_id = crime_of(session, people["officer"])
    sign_in(client, people["officer"])
    assert "Reclassify" in client.get(f"/crimes/{crime_id}").text
    opened = client.post(f"/crimes/{crime_id}/request?workflow=reclassification")
    reason = opened.location
    reference = reason.split("/")[2]
    unknown = client.post(reason, data={"new_offence": "nonsense words"})
    assert unknown.status_code == REFUSED
    assert "No offence in force matches that" in unknown.text

    details = client.post(reason, data={"new_offence": "stalking"})
    assert details.status_code == SEE_OTHER
    asked = client.get(details.location).text
    assert "8Q 195/12 Stalking" in asked
    assert "Is it a course of conduct towards a former partner" in asked
    answers = say.new_class("", ex_partner="no")
    client.post(details.location, data={k: v for k, v in answers.items() if v})
    check = f"/cases/{reference}/request/check"
    assert client.post(check, data={}).status_code == SEE_OTHER
    client.post("/sign-out")

    sign_in(client, people["ddm"])
    page = client.get(f"/cases/{reference}").text
    assert "8Q 195/12 Stalking" in page
    session.expire_all()
    version = session.scalars(select(Case.version)).one()
    session.commit()
    form = {
        "trigger": "reclassify",
        "reclassify-is_shown": "yes",
        "reclassify-rationale": say.REASONS,
        "version": str(version),
    }
    assert client.post(f"/cases/{reference}", data=form).status_code == SEE_OTHER
    crime = client.get(f"/crimes/{crime_id}").text
    for words in ("Classes it has had", "First recorded as", "8Q 195/12 Stalking", say.REASONS):
        assert words in crime


def test_an_appeal_is_upheld_on_its_page(
    session: Session, client: FlaskClient, people: dict[str, Who]
) -> None:
    now = clock.now()
    officer = session.get_one(Person, people["officer"].id)
    actor = as_actor(session, officer, today=now.date())
    report = an_incident(
        session,
        officer=officer,
        first_reported_at=now - timedelta(hours=3),
        opening_code=OpeningCode.OTHER,
    )
    case = open_incident_case(session, actor, "not_recorded", report.id, now=now)
    session.flush()
    reference = case.reference
    take_step(session, actor, reference, "decide", say.NOT_A_CRIME, now=now)
    take_step(session, actor, reference, "appeal", say.appeal(now), now=now)
    session.commit()
    sign_in(client, people["ddm"])

    page = client.get(f"/cases/{reference}").text
    assert "He pushed me against the wall" in page
    assert "Not possible" not in page
    version = session.scalars(select(Case.version)).one()
    session.commit()
    form = {
        "trigger": "uphold",
        "uphold-offence": "nothing like it",
        "uphold-rationale": say.REASONS,
        "version": str(version),
    }
    refused = client.post(f"/cases/{reference}", data=form)
    assert refused.status_code == REFUSED
    assert "No offence in force matches that" in refused.text

    done = client.post(f"/cases/{reference}", data={**form, "uphold-offence": "common assault"})

    assert done.status_code == SEE_OTHER
    assert session.scalar(select(Crime.crime_number)) == f"{report.reference}/1"
