"""One e-mail a day for whoever prefers that, with everything that is open."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from fcr_app.domain.mail import MailChoice
from fcr_app.domain.roles import Role
from fcr_app.jobs import send_digests as writing
from fcr_app.jobs.scheduler import slot_due
from fcr_app.jobs.send_digests import send_digests
from fcr_app.jobs.send_messages import send_messages
from fcr_app.jobs.timetable import job_named
from fcr_app.models import Message, Notice, Person
from fcr_app.services.tell import tell
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_case, a_person
from tests.feedback_builders import some_feedback
from tests.jobs.post_office import PostOffice, open_office

#: 07:00 in London on a Wednesday in winter.
MORNING = datetime(2026, 11, 25, 7, tzinfo=UTC)
NONE = "0 digests written."


@pytest.fixture(autouse=True)
def office(app: Flask) -> Iterator[PostOffice]:
    """Put each test where a job runs, with a mail server."""
    with app.app_context(), open_office(app) as office:
        yield office


def a_reader(choice: MailChoice = MailChoice.DAILY, **details: object) -> Person:
    """Add somebody who has one e-mail a day, with something to read."""
    with transaction() as session:
        person = a_person(session, **details)  # type: ignore[arg-type]
        person.mail_choice = choice.value
        session.flush()
        tell(session, [person.id], "Something happened.", now=NOW)
        return person


def test_it_says_everything_that_is_open_in_one_e_mail(office: PostOffice) -> None:
    with transaction() as session:
        person = a_person(session, name="Demo DDM One", roles=[Role.DDM])
        person.mail_choice = MailChoice.DAILY.value
        other = a_person(session)
        late = a_case(session, holder=person, due_at=datetime(2026, 11, 25, tzinfo=UTC))
        due = a_case(session, holder=person, due_at=datetime(2026, 11, 27, tzinfo=UTC))
        back = a_case(session, opened_by=person, state="returned", due_at=MORNING)
        a_case(session, opened_by=person)  # waits for somebody else to decide it
        a_case(session, holder=other)
        a_case(session, opened_by=person, state="refused")
        some_feedback(session, person, other, case=late)
        session.add(Notice(person_id=person.id, message="Read.", created_at=NOW, read_at=NOW))
        session.flush()
        tell(session, [person.id], "Something happened.", now=NOW)
        references = (late.reference, back.reference, due.reference)

    assert send_digests(MORNING) == "1 digests written."
    assert send_messages(MORNING) == "1 e-mails sent."
    letter = office.taken[0]
    one, two, three = references
    assert letter["Subject"] == "FCR Casework: your day, Wednesday 25 November 2026"
    site = "https://fcr.force.example"
    assert letter.get_content().replace("\r\n", "\n") == (
        "Waiting for you (3)\n"
        f"- {one}: decide the request, late, was due by the end of 24 November 2026. "
        f"{site}/cases/{one}\n"
        f"- {two}: answer the return, late, was due by 07:00 on 25 November 2026. "
        f"{site}/cases/{two}\n"
        f"- {three}: decide the request, due by the end of 26 November 2026. "
        f"{site}/cases/{three}\n\n"
        "Not read yet (1)\n"
        f"- Something happened. {site}/notices\n\n"
        f"Feedback to acknowledge: 1. {site}/feedback\n\n"
        "You get one e-mail a day. You can have them at once instead, or none: "
        f"{site}/account/e-mail\n"
    )


def test_it_is_written_once_a_day_however_often_it_runs() -> None:
    a_reader()
    assert send_digests(MORNING) == "1 digests written."
    assert send_digests(MORNING) == NONE
    assert send_digests(MORNING + timedelta(hours=16)) == NONE
    assert send_digests(MORNING + timedelta(days=1)) == "1 digests written."


def test_it_goes_only_to_those_in_post_who_want_it_and_have_something_open() -> None:
    a_reader(MailChoice.AT_ONCE)
    a_reader(MailChoice.NEVER)
    a_reader(active=False)
    with transaction() as session:
        a_person(session).mail_choice = MailChoice.DAILY.value

    assert send_digests(MORNING) == NONE


def test_many_are_written_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "AT_A_TIME", 2)
    for _ in range(5):
        a_reader()

    assert send_digests(MORNING) == "5 digests written."
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 5


def test_a_long_list_is_cut_short_and_says_so(office: PostOffice) -> None:
    person = a_reader()
    with transaction() as session:
        for number in range(24):
            tell(session, [person.id], f"Number {number}.", now=NOW)

    send_digests(MORNING)
    send_messages(MORNING)
    text = office.texts()[0]
    assert "Not read yet (25)" in text
    assert "- and 5 more" in text
    assert text.count("Number ") == 20


def test_without_a_mail_server_none_is_written(app: Flask) -> None:
    a_reader()
    app.config["FCR_SMTP_HOST"] = ""
    assert send_digests(MORNING) == "No digests: there is no mail server (FCR_SMTP_HOST)."


@pytest.mark.parametrize(
    ("evening", "slot"),
    [
        ((2026, 3, 28, 20), (2026, 3, 29, 6)),  # the night the clocks go forward
        ((2026, 10, 24, 20), (2026, 10, 25, 7)),  # and back
        ((2027, 3, 27, 20), (2027, 3, 28, 6)),
        ((2027, 10, 30, 20), (2027, 10, 31, 7)),
    ],
)
def test_seven_in_london_comes_once_on_the_days_the_clocks_change(
    evening: tuple[int, int, int, int], slot: tuple[int, int, int, int]
) -> None:
    job = job_named("send-digests")
    assert job is not None
    since = datetime(*evening, tzinfo=UTC)
    due = slot_due(job, since=since, now=since + timedelta(hours=20))
    assert due is not None
    assert due.slot_at == datetime(*slot, tzinfo=UTC)
    assert due.slot_at.tzinfo is UTC
    assert due.missed_count == 0
