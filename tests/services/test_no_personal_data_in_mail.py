"""No victim's name and no word of anybody's account leaves the building by e-mail.

A case is filled with words that stand nowhere else, taken through its life, left to run late and
summed up in digests. None of those words may be in the outbox or in what the mail server took.
"""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.mail import MailChoice
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.jobs.send_digests import send_digests
from fcr_app.jobs.send_messages import send_messages
from fcr_app.jobs.tell_clocks import tell_clocks
from fcr_app.models import Case, Message, Notice, Person, Victim
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.claims import reassign
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_crime, a_person, a_victim, an_incident, as_actor
from tests.jobs.post_office import PostOffice, open_office
from tests.services import requests as say

#: In every field that a person can write in, and in every name of somebody outside the force.
SECRET = "Xylophonia Quetzalcoatl"


def people(session: Session, choice: MailChoice) -> dict[str, Person]:
    """Add the people of a case, who all want e-mails in one way."""
    supervisor = a_person(session, name="Demo Supervisor", roles=[Role.SUPERVISOR])
    course, register = AccreditationKind.DDM_COURSE, AccreditationKind.REGISTER
    found = {
        "supervisor": supervisor,
        "officer": a_person(session, supervisor=supervisor),
        "ddm": a_person(session, name="Demo DDM", roles=[Role.DDM], accreditations=[course]),
        "ddm2": a_person(session, name="Demo DDM Two", roles=[Role.DDM], accreditations=[course]),
        "fcr": a_person(session, name="Demo FCR", roles=[Role.FCR], accreditations=[register]),
    }
    for person in found.values():
        person.mail_choice = choice.value
    session.flush()
    return found


def live(session: Session, who: dict[str, Person], secret: str) -> None:
    """Take a case about somebody through a return, a decision and a reinstatement."""
    crime = a_crime(session, oic=who["officer"], victims=0)
    crime.summary = crime.location = f"{secret}, Flat 3"
    victim = a_victim(session, crime, name=secret)
    report = an_incident(session, officer=who["officer"], account=f"{secret} rang us.")
    report.victim_name = report.reporter = secret
    actors = {name: as_actor(session, person) for name, person in who.items()}
    case = open_case(session, actors["officer"], "cancellation", crime.id, now=NOW)
    session.flush()
    told = say.told(victim.id, NOW + timedelta(minutes=14))
    life = (
        ("officer", "submit", say.C2),
        ("ddm", "return", {"to_mend": f"Ask {secret} where the recording is kept, and by whom."}),
        ("officer", "submit", say.C2),
        ("ddm", "approve", {**say.DECISION, "remark": f"{secret} was heard, clearly enough."}),
        ("officer", "record_notice", {**told, "told_what": f"{secret} was told of the decision."}),
    )
    for minute, (name, trigger, answers) in enumerate(life):
        words = {key: text.replace("CCTV", secret) for key, text in answers.items()}
        now = NOW + timedelta(minutes=10 + minute)
        if trigger == "approve":
            reassign(session, actors["fcr"], case.reference, who["ddm"].id, now=now)
        take_step(session, actors[name], case.reference, trigger, words, now=now)
        session.flush()


def outgoing(office: PostOffice) -> list[str]:
    """Return every text that could leave the building, or did."""
    with transaction() as session:
        rows = session.execute(select(Message.subject, Message.body, Message.last_error))
        written = [" ".join(row) for row in rows]
        notices = list(session.scalars(select(Notice.message)))
    sent = [f"{letter} {letter.get_content()}" for letter in office.taken]
    assert written
    assert sent
    return written + notices + sent


@pytest.mark.parametrize("choice", [MailChoice.AT_ONCE, MailChoice.DAILY])
def test_no_word_of_a_case_is_in_any_e_mail(app: Flask, choice: MailChoice) -> None:
    with app.app_context(), open_office(app) as office:
        with transaction() as session:
            live(session, people(session, choice), SECRET)
        for days in (1, 2, 9, 12):
            now = NOW + timedelta(days=days)
            tell_clocks(now)
            send_digests(now)
            send_messages(now)
        with transaction() as session:
            assert session.scalars(select(Victim.name)).all() == [SECRET]
            states = session.scalars(select(Case.state).order_by(Case.id)).all()
            assert states[0] == "approved_pending_victim"
        texts = outgoing(office)
        assert any("Late: " in text or "late, was due" in text for text in texts)
    for part in SECRET.split():
        assert [text for text in texts if part.lower() in text.lower()] == []


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(secret=st.text(alphabet="bcdfghjkmpqvwxz", min_size=14, max_size=30))
def test_whatever_a_victim_is_called_the_name_is_in_no_e_mail(app: Flask, secret: str) -> None:
    with app.app_context(), open_office(app) as office:
        with transaction() as session:
            live(session, people(session, MailChoice.AT_ONCE), secret)
        tell_clocks(NOW + timedelta(days=9))
        send_messages(NOW + timedelta(days=9))
        assert [text for text in outgoing(office) if secret in text] == []
