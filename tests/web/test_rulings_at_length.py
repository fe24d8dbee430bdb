"""The register at 20,000 rulings: few statements, a small page, on both databases."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Ruling, RulingWord
from fcr_app.services.ruling_list import read_sought, register
from fcr_app.services.rulings_here import Subject, rulings_here
from tests.builders import NOW, PASSWORD, a_person
from tests.statements import statements

RULINGS = 20_000
MOST_STATEMENTS = 6
MOST_BYTES = 80_000
CLASSES = ("8L", "8Q", "34B", "")
WORDS = ("messages", "threats", "property", "vehicles", "doors")


def fill(session: Session, made_by: int) -> None:
    rulings, words = [], []
    for number in range(1, RULINGS + 1):
        word = WORDS[number % len(WORDS)]
        rulings.append(
            {
                "id": number,
                "year": 2020,
                "serial": number,
                "question": f"Question {number} about {word}, {'and what goes with them, ' * 6}",
                "topic": "classify",
                "offence_class": CLASSES[number % len(CLASSES)],
                "facts": "Facts in brief, naming nobody.",
                "ruling": "It is recorded as what it is.",
                "reasons": "The rules say so.",
                "made_by_id": made_by,
                "made_at": NOW - timedelta(minutes=number),
                "authority": "Demo",
                "rule_set": "crr-2026-27",
                "supersedes_id": number - 1 if number % 100 == 0 else None,
            }
        )
        words += [{"word": said, "ruling_id": number} for said in (word, str(number), "question")]
    session.execute(insert(Ruling), rulings)
    session.execute(insert(RulingWord), words)
    session.commit()


def test_the_register_stays_quick_and_small_at_20_000_rulings(
    session: Session, client: FlaskClient
) -> None:
    fcr = a_person(
        session,
        roles=[Role.FCR],
        accreditations=[AccreditationKind.REGISTER],
        password=PASSWORD,
    )
    email = fcr.email
    fill(session, fcr.id)
    client.post("/sign-in", data={"email": email, "password": PASSWORD})

    for query in ("", "?words=threa", "?words=question+threats&class=8L&year=2020"):
        with statements(session) as sent:
            page = client.get(f"/rulings{query}")
        assert page.status_code == 200
        assert len(page.data) < MOST_BYTES, query
        assert len(sent) <= MOST_STATEMENTS, sent
        assert "1,000+" in page.text or "class" in query

    assert register(session, read_sought({"words": "19999"})).matching == "1"
    subject = Subject(
        workflow_key="reclassification",
        classes=frozenset({"8L"}),
        crime_id=None,
        incident_id=None,
        case_id=1,
    )
    with statements(session) as sent:
        shown = rulings_here(session, subject)
    assert (len(sent), len(shown)) == (1, 5)
    assert {ruling.offence_class for ruling in shown} == {"8L"}
