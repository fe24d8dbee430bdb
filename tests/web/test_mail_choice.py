"""How a person says when they want e-mails, and what a clock's notice looks like."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.escalation import Level
from fcr_app.domain.mail import MailChoice, Topic
from fcr_app.models import ChangeEntry, Person
from fcr_app.services.tell import tell
from tests.builders import NOW, PASSWORD, a_person


@pytest.fixture
def person_id(session: Session, client: FlaskClient) -> int:
    """Sign an officer in."""
    person = a_person(session, password=PASSWORD)
    email, person_id = person.email, person.id
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    return person_id


def chosen(session: Session, person_id: int) -> str:
    """Return when somebody wants e-mails."""
    session.rollback()
    return session.scalars(select(Person.mail_choice).where(Person.id == person_id)).one()


def test_e_mails_come_at_once_until_a_person_chooses(
    client: FlaskClient, session: Session, person_id: int
) -> None:
    assert MailChoice.AT_ONCE.label in client.get("/account").text
    page = client.get("/account/e-mail").text
    assert 'value="at_once" checked' in " ".join(page.split())

    answer = client.post("/account/e-mail", data={"choice": "daily"})
    assert (answer.status_code, answer.location) == (303, "/account")
    assert chosen(session, person_id) == "daily"
    assert MailChoice.DAILY.label in client.get("/account").text
    assert 'value="daily" checked' in " ".join(client.get("/account/e-mail").text.split())
    session.rollback()
    logged = session.scalars(select(ChangeEntry).where(ChangeEntry.what == "person:mail-chosen"))
    assert [(entry.person_id, entry.record_id) for entry in logged] == [(person_id, person_id)]


@pytest.mark.parametrize("choice", ["", "hourly"])
def test_what_is_no_choice_is_refused(
    client: FlaskClient, session: Session, person_id: int, choice: str
) -> None:
    answer = client.post("/account/e-mail", data={"choice": choice})
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert chosen(session, person_id) == "at_once"


def test_a_notice_says_how_urgent_its_clock_is_and_leads_to_its_page(
    client: FlaskClient, session: Session, person_id: int
) -> None:
    topic = Topic(name="Report INC-26-000001", path="/incidents/1")
    tell(session, [person_id], "Red.", topic, now=NOW, level=Level.RED.value)
    tell(session, [person_id], "Soon.", topic, now=NOW, level=Level.AMBER.value)
    session.commit()

    page = client.get("/notices").text
    assert '<strong class="govuk-tag govuk-tag--red">Late</strong> Red.' in page
    assert '<strong class="govuk-tag govuk-tag--yellow">Due soon</strong> Soon.' in page
    assert '<a class="govuk-link" href="/incidents/1">Report INC-26-000001</a>' in page
