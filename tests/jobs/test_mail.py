"""E-mails: written with the change, sent once whatever stops, and never saying too much."""

import os
import re
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select

from fcr_app.domain.mail import Delivery, MailChoice, Topic, case_topic, incident_topic
from fcr_app.errors import InvalidValue
from fcr_app.extensions import db
from fcr_app.jobs.send_messages import NAME, send_messages
from fcr_app.models import Message, Notice, Person
from fcr_app.services import outbox, timetable as ledger
from fcr_app.services.tell import Mail, mail_all, tell
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_case, a_person
from tests.databases import application
from tests.jobs.post_office import PostOffice, knows, open_office, tell_of_it
from tests.jobs.test_scheduler import until

ROOT = Path(__file__).parent.parent.parent
NONE = "0 e-mails sent."


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    """Put each test where a job runs."""
    with app.app_context():
        yield


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    """Give a mail server that the application knows."""
    with open_office(app) as office:
        yield office


def tell_some(count: int = 1, *, at: datetime = NOW) -> None:
    """Tell people something, one message each."""
    with transaction() as session:
        for number in range(count):
            person = a_person(session, email=f"demo.{number}@force.example")
            tell(session, [person.id], "Read it.", now=at)


def statuses() -> list[tuple[str, int]]:
    """Return how far each message has come, and in how many attempts."""
    with transaction() as session:
        rows = session.execute(select(Message.status, Message.attempts).order_by(Message.id))
        return [(status, attempts) for status, attempts in rows]


def test_an_e_mail_says_which_case_what_to_do_and_where(office: PostOffice) -> None:
    with transaction() as session:
        person = a_person(session, email="demo.officer@force.example")
        case = a_case(session, opened_by=person)
        about, reference = case_topic(case.id, case.reference), case.reference
        tell(session, [person.id], "Late: tell the victim.", about, now=NOW)

    assert send_messages(NOW) == "1 e-mails sent."
    letter = office.taken[0]
    assert letter["To"] == "demo.officer@force.example"
    assert letter["From"] == "FCR Casework <no-reply@force.example>"
    assert letter["Subject"] == f"Case {reference}: Late: tell the victim."
    assert letter["Message-ID"].endswith("@force.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert [word for word in text.split() if word.startswith("https:")] == [
        f"https://fcr.force.example/cases/{reference}",
        "https://fcr.force.example/account/e-mail",
    ]
    assert "site:" not in text
    assert statuses() == [("sent", 1)]
    assert send_messages(NOW + timedelta(minutes=1)) == NONE


def test_the_links_in_e_mails_are_addresses_of_pages(app: Flask) -> None:
    with app.test_request_context():
        adapter = app.url_map.bind("")
    assert adapter.match(case_topic(1, "CAN-26-000001").path)[0] == "cases.show"
    assert adapter.match(incident_topic(1, "INC-26-000001").path)[0] == "incidents.show"
    assert adapter.match("/account", method="GET")[0] == "account.show"
    assert adapter.match("/learning", method="GET")[0] == "learning.index"
    assert adapter.match("/account/e-mail", method="GET")[0] == "account.mail"
    assert adapter.match("/notices", method="GET")[0] == "notices.index"
    assert adapter.match("/feedback", method="GET")[0] == "feedback.index"


def test_what_is_undone_is_not_told() -> None:
    def change_of_mind() -> None:
        with transaction() as session:
            tell(session, [a_person(session).id], "Read it.", now=NOW)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_of_mind()

    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0
        assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_an_e_mail_is_written_only_to_those_who_want_them_at_once() -> None:
    with transaction() as session:
        people = {choice: a_person(session) for choice in MailChoice}
        for choice, person in people.items():
            person.mail_choice = choice.value
        left = a_person(session, active=False)
        session.flush()
        tell(session, [*(p.id for p in people.values()), left.id], "Read it.", now=NOW)

    with transaction() as session:
        assert session.scalars(select(Message.person_id)).all() == [people[MailChoice.AT_ONCE].id]
        assert session.scalar(select(func.count()).select_from(Notice)) == 4


def test_the_same_is_written_once_to_each_person() -> None:
    with transaction() as session:
        one, two = a_person(session).id, a_person(session).id
        first = Mail(people=[one], message="Read it.", key="case 1 step 2")
        second = Mail(people=[one, two, two], message="Read it again.", key="case 1 step 2")
        mail_all(session, [first, second, Mail(people=[], message="Nobody reads it.")], now=NOW)
        mail_all(session, [second], now=NOW)

    with transaction() as session:
        rows = session.execute(select(Message.person_id, Message.subject).order_by(Message.id))
        assert rows.all() == [
            (one, "FCR Casework: Read it."),
            (two, "FCR Casework: Read it again."),
        ]


def test_a_long_or_broken_subject_fits_one_line(office: PostOffice) -> None:
    with transaction() as session:
        about = Topic(name="Incident\r\nBcc: somebody@else.example", path="/incidents/1")
        tell(session, [a_person(session).id], "word " * 50, about, now=NOW)

    send_messages(NOW)
    subject = office.taken[0]["Subject"]
    assert len(subject) <= 120
    assert subject.endswith("word…")
    assert office.taken[0]["Bcc"] is None


def test_without_a_mail_server_nothing_is_kept_for_later(app: Flask) -> None:
    tell_some(2)
    assert send_messages(NOW) == ("2 e-mails left unsent: there is no mail server (FCR_SMTP_HOST).")
    assert statuses() == [("not_sent", 0), ("not_sent", 0)]
    with open_office(app) as office:
        assert send_messages(NOW) == NONE
    assert office.taken == []


def test_a_mail_server_that_is_down_costs_nothing_but_time(app: Flask) -> None:
    tell_some(2)
    with open_office(app):
        pass  # opened and closed: nobody answers at its port now
    assert send_messages(NOW) == (
        "0 e-mails sent. The mail server does not answer (ConnectionRefusedError); 2 wait."
    )
    assert statuses() == [("waiting", 0), ("waiting", 0)]
    with open_office(app) as office:
        assert send_messages(NOW + timedelta(hours=5)) == "2 e-mails sent."
    assert office.texts()[0].startswith(
        "This was written on 24 November 2026 at 10:00 and could not be sent before."
    )


def test_after_a_stop_it_says_how_many_were_caught_up(office: PostOffice) -> None:
    with transaction() as session:
        ledger.skip_slot(session, NAME, NOW, now=NOW, why=NONE)
    tell_some(2, at=NOW + timedelta(minutes=1))
    later = NOW + timedelta(days=3)
    assert send_messages(later) == ("2 e-mails sent. 2 caught up after a stop of 3 days.")
    assert len(office.taken) == 2


def test_what_is_refused_for_now_is_tried_again_later_and_later(office: PostOffice) -> None:
    tell_some(2)
    office.refuses["demo.0@force.example"] = ["451 Busy"] * 2
    assert send_messages(NOW) == "1 e-mails sent; 1 refused for now."
    assert send_messages(NOW + timedelta(seconds=50)) == NONE
    assert send_messages(NOW + timedelta(minutes=1, seconds=5)) == (
        "0 e-mails sent; 1 refused for now."
    )
    assert send_messages(NOW + timedelta(minutes=5)) == NONE
    assert send_messages(NOW + timedelta(minutes=7)) == "1 e-mails sent."
    assert office.addressed() == ["demo.1@force.example", "demo.0@force.example"]
    assert statuses() == [("sent", 3), ("sent", 1)]


def test_what_is_refused_too_often_or_for_good_is_given_up(office: PostOffice) -> None:
    tell_some(2)
    office.refuses["demo.0@force.example"] = ["550 Nobody of that name"]
    office.refuses["demo.1@force.example"] = ["450 Full"] * 20
    at = NOW
    for pause in (timedelta(), *outbox.BACKOFF):
        at += pause + timedelta(seconds=30)
        send_messages(at)

    assert statuses() == [("given_up", 1), ("given_up", 8)]
    assert office.taken == []
    with transaction() as session:
        found = outbox.troubled(session, limit=10)
        assert [why for _, _, _, why in found] == [
            "The mail server refused it with code 450.",
            "The mail server refused it with code 550.",
        ]


def test_nothing_is_sent_to_somebody_who_has_left_meanwhile(office: PostOffice) -> None:
    tell_some()
    with transaction() as session:
        session.scalars(select(Person)).one().active = False

    assert send_messages(NOW) == "0 e-mails sent; 1 given up."
    assert office.taken == []


def test_a_connection_that_breaks_before_the_text_is_tried_again(office: PostOffice) -> None:
    tell_some()
    office.hangs_up_on_sender = True
    assert send_messages(NOW) == (
        "0 e-mails sent; 1 refused for now. "
        "The mail server does not answer (SMTPServerDisconnected); 1 wait."
    )
    office.hangs_up_on_sender = False
    assert send_messages(NOW + timedelta(minutes=2)) == "1 e-mails sent."
    assert len(office.taken) == 1


def test_a_connection_that_breaks_in_the_text_leaves_it_in_doubt_and_never_sends_it_twice(
    office: PostOffice,
) -> None:
    tell_some()
    office.hangs_up_on_text = True
    assert "1 in doubt, not sent again by itself" in send_messages(NOW)
    office.hangs_up_on_text = False
    assert send_messages(NOW + timedelta(days=1)) == NONE
    assert len(office.taken) == 1
    assert statuses() == [("in_doubt", 1)]


def test_an_operator_may_send_what_is_in_doubt_again_and_it_says_so(office: PostOffice) -> None:
    tell_some()
    office.hangs_up_on_text = True
    send_messages(NOW)
    office.hangs_up_on_text = False
    with transaction() as session:
        (number, status, _, _), *_ = outbox.troubled(session, limit=10)
        assert status is Delivery.IN_DOUBT
        outbox.send_again(session, number, now=NOW)
    with transaction() as session, pytest.raises(InvalidValue, match="waiting"):
        outbox.send_again(session, number, now=NOW)

    assert send_messages(NOW) == "1 e-mails sent."
    first, second = office.taken
    assert second.get_content().startswith("You may have had this before")
    assert first["Message-ID"] == second["Message-ID"]


def test_killed_between_claiming_and_sending_it_sends_each_at_most_once_and_says_so(
    office: PostOffice, database_url: str, app: Flask
) -> None:
    tell_some(3)
    program = (
        "import sys, os, signal\n"
        "from fcr_app import clock\n"
        "from fcr_app.jobs import send_messages as job\n"
        "from tests.databases import application\n"
        "from tests.jobs.post_office import tell_of_it\n"
        "from datetime import datetime\n"
        "def die(*_):\n"
        "    print('claimed', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "kept, job._put_together = job._put_together, die\n"
        "app = application(sys.argv[1])\n"
        "tell_of_it(app, int(sys.argv[2]))\n"
        "with app.app_context():\n"
        "    job.send_messages(datetime.fromisoformat(sys.argv[3]))\n"
    )
    port = str(app.config["FCR_SMTP_PORT"])
    killed = subprocess.run(
        [sys.executable, "-c", program, database_url, port, NOW.isoformat()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "claimed\n"), killed.stderr
    assert sorted(statuses()) == [("sending", 1), ("waiting", 0), ("waiting", 0)]

    assert send_messages(NOW + timedelta(minutes=1)) == "2 e-mails sent."
    assert send_messages(NOW + timedelta(minutes=9)) == NONE
    assert send_messages(NOW + timedelta(minutes=11)) == (
        "0 e-mails sent; 1 in doubt, not sent again by itself (fcr mail status)."
    )
    assert send_messages(NOW + timedelta(days=9)) == NONE
    assert len(office.taken) == 2
    assert len(set(office.addressed())) == 2


def test_killed_in_the_middle_of_many_it_loses_one_at_most_and_doubles_none(
    office: PostOffice, database_url: str, app: Flask
) -> None:
    tell_some(40)
    program = (
        "import sys\n"
        "from datetime import datetime\n"
        "from fcr_app.jobs.send_messages import send_messages\n"
        "from tests.databases import application\n"
        "from tests.jobs.post_office import tell_of_it\n"
        "app = application(sys.argv[1])\n"
        "tell_of_it(app, int(sys.argv[2]))\n"
        "with app.app_context():\n"
        "    send_messages(datetime.fromisoformat(sys.argv[3]))\n"
    )
    port = str(app.config["FCR_SMTP_PORT"])
    with subprocess.Popen(
        [sys.executable, "-c", program, database_url, port, NOW.isoformat()], cwd=ROOT
    ) as sender:
        until(lambda: len(office.taken) >= 5)
        os.kill(sender.pid, signal.SIGKILL)

    send_messages(NOW + timedelta(minutes=1))
    send_messages(NOW + timedelta(minutes=30))
    assert len(set(office.addressed())) == len(office.taken) >= 39
    became = [status for status, _ in statuses()]
    assert became.count("sent") + became.count("in_doubt") == 40
    assert became.count("in_doubt") <= 1


def test_two_that_send_at_once_send_each_once(office: PostOffice, database_url: str) -> None:
    tell_some(30)
    together, outcomes = Barrier(2), list[str]()

    def send(other: Flask) -> None:
        with other.app_context():
            together.wait(timeout=60)
            outcomes.append(send_messages(NOW))
            db.session.remove()
            db.engine.dispose()

    others = [application(database_url) for _ in range(2)]
    for other in others:
        tell_of_it(other, current_app.config["FCR_SMTP_PORT"])
    threads = [Thread(target=send, args=[other]) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 2
    assert sum(int(outcome.split()[0]) for outcome in outcomes) == 30
    assert len(office.taken) == len(set(office.addressed())) == 30


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_it_proves_who_it_is_where_the_mail_server_asks(app: Flask) -> None:
    tell_some()
    check = knows("casework", "a demonstration password")
    with open_office(
        app, authenticator=check, auth_require_tls=False, auth_required=True
    ) as office:
        app.config["FCR_SMTP_USER"] = "casework"
        app.config["FCR_SMTP_PASSWORD"] = "wrong"
        assert "(SMTPAuthenticationError); 1 wait" in send_messages(NOW)
        app.config["FCR_SMTP_PASSWORD"] = "a demonstration password"
        assert send_messages(NOW) == "1 e-mails sent."
    assert len(office.taken) == 1


def test_it_sends_nothing_in_clear_where_it_was_told_to_encrypt(app: Flask) -> None:
    tell_some()
    with open_office(app) as office:
        app.config["FCR_SMTP_STARTTLS"] = True
        assert "(SMTPNotSupportedError); 1 wait" in send_messages(NOW)
    assert office.taken == []


def test_it_trusts_no_mail_server_that_nobody_vouches_for(app: Flask, tmp_path: Path) -> None:
    tell_some()
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        ["/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    with open_office(app, tls_context=context) as office:
        app.config["FCR_SMTP_STARTTLS"] = True
        assert "(SSLCertVerificationError); 1 wait" in send_messages(NOW)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(certificate))
            assert send_messages(NOW) == "1 e-mails sent."
    assert len(office.taken) == 1


def test_people_are_told_in_one_place_only() -> None:
    """Who writes a notice elsewhere forgets the e-mail."""
    writes = [
        path.name
        for path in (ROOT / "fcr_app").rglob("*.py")
        if re.search(r"\b(Notice|Message)\((?!Base)", path.read_text(encoding="utf-8"))
    ]
    assert writes == ["tell.py"]
