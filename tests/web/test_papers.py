"""Letters, logs, feedback, notices, policies and health, through the browser client."""

import csv
import io
import re
import subprocess
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.glossary import GLOSSARY
from fcr_app.models import AccessEntry, FeedbackItem, Notice, Person
from fcr_app.services.timetable import hold_lease
from fcr_app.workflows import WORKFLOWS
from tests.web import papers
from tests.web.papers import Story, sign_in

BAD, NOT_ALLOWED, NOT_FOUND, NOT_READY, SEE_OTHER = 400, 403, 404, 503, 303


@pytest.fixture
def story(session: Session) -> Story:
    return papers.tell(session)


def pdf_text(document: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-", "-"],  # noqa: S607 - poppler is on the path where tests run
        input=document,
        stdout=subprocess.PIPE,
        check=True,
    )
    return " ".join(done.stdout.decode().split())


def looks(session: Session) -> list[tuple[str, str, str]]:
    """Return what was looked at, beside the case page."""
    session.rollback()
    entries = session.execute(
        select(AccessEntry.verb, AccessEntry.what, AccessEntry.recipient).order_by(AccessEntry.id)
    ).all()
    session.rollback()
    return [(verb, what, recipient) for verb, what, recipient in entries]


# --- letters -----------------------------------------------------------------------------


def letter(story: Story) -> str:
    return f"/cases/{story.approved}/letter/{story.adult}"


def test_a_letter_names_nobody_but_the_person_it_is_for(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "officer")
    for copy in ("letter", "file"):
        answer = client.post(letter(story), data={"copy": copy, "added": "It lay at home."})
        assert answer.mimetype == "application/pdf"
        words = pdf_text(answer.data)
        assert "Dear Demo Victim Larkin" in words
        assert "It lay at home." in words
        for other in story.others:
            assert not re.search(rf"\b{other}\b", words), other
    assert ("disclosure", "letter:print", "Demo Victim Larkin") in looks(session)
    assert ("disclosure", "letter:print", "The case file") in looks(session)


def test_the_page_shows_the_letter_and_logs_the_look(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "officer")
    page = client.get(letter(story)).text
    assert "Letter to Demo Victim Larkin" in page
    assert "We have decided to cancel this crime." in page
    assert ("consultation", "letter:read", "") in looks(session)

    child = client.get(f"/cases/{story.approved}/letter/{story.child}").text
    assert "Letter to Demo Parent Fen" in child
    assert "The victim is a child" in child


def test_words_that_name_somebody_come_back_with_the_reason(
    client: FlaskClient, story: Story
) -> None:
    sign_in(client, story, "officer")
    answer = client.post(letter(story), data={"copy": "letter", "added": "PC Ashdown saw it."})
    assert answer.status_code == BAD
    assert "seem to name somebody else: “Ashdown”" in answer.text
    assert 'href="#added"' in answer.text
    assert "PC Ashdown saw it.</textarea>" in answer.text


def test_a_stranger_finds_no_letter(client: FlaskClient, story: Story) -> None:
    sign_in(client, story, "stranger")
    assert client.get(letter(story)).status_code == NOT_FOUND
    assert client.post(letter(story), data={"copy": "letter"}).status_code == NOT_FOUND


# --- who looked --------------------------------------------------------------------------


def log(story: Story) -> str:
    return f"/cases/{story.approved}/log"


def test_the_registrar_sees_who_looked_and_who_changed(client: FlaskClient, story: Story) -> None:
    sign_in(client, story, "officer")
    client.get(letter(story))
    sign_in(client, story, "fcr")
    page = client.get(log(story)).text
    assert "section 62(4)" in page
    for entry in ("Opened the case", "Sent for decision", "Looked at a letter to a victim"):
        assert entry in page
    assert "Sent for decision" not in client.get(f"{log(story)}?show=looks").text
    assert "Looked at a letter" not in client.get(f"{log(story)}?show=changes").text


def test_nobody_else_sees_the_log(client: FlaskClient, story: Story) -> None:
    for who in ("officer", "supervisor", "ddm"):
        sign_in(client, story, who)
        assert client.get(log(story)).status_code == NOT_ALLOWED


def test_a_copy_of_the_log_needs_a_recipient_who_is_logged(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "fcr")
    refused = client.post(log(story), data={"recipient": " "})
    assert refused.status_code == BAD
    assert "Enter who gets this copy." in refused.text

    given = client.post(log(story), data={"recipient": "Professional Standards"})
    assert given.mimetype == "text/csv"
    assert "OFFICIAL-SENSITIVE" in given.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(given.data.decode("utf-8-sig"))))
    assert rows[0][:2] == ["When (UTC)", "Who"]
    assert [row[4] for row in rows[1:]] == [
        "Approved in principle",
        "Sent for decision",
        "Opened the case",
    ]
    assert looks(session)[-1] == ("disclosure", "log:export", "Professional Standards")


def test_what_a_spreadsheet_would_run_is_only_shown(
    client: FlaskClient, session: Session, story: Story
) -> None:
    session.add(
        AccessEntry(
            at=clock.now(), verb="disclosure", what="letter:print", record_kind="case",
            record_id=1, recipient="=HYPERLINK(1)",
        )
    )  # fmt: skip
    session.commit()
    sign_in(client, story, "fcr")
    given = client.post(log(story), data={"recipient": "Audit"}).data.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in given


def test_a_long_log_goes_on_where_it_stopped(
    client: FlaskClient, session: Session, story: Story
) -> None:
    now = clock.now()
    session.add_all(
        AccessEntry(
            at=now + timedelta(seconds=n // 4), verb="consultation", what="case:read",
            record_kind="case", record_id=1, address=f"look-{n:03}",
        )
        for n in range(120)
    )  # fmt: skip
    session.commit()
    sign_in(client, story, "fcr")
    seen: list[str] = []
    address = f"{log(story)}?show=looks"
    while address:
        page = client.get(address).text
        seen += re.findall(r"look-\d{3}", page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"look-{n:03}" for n in reversed(range(120))]


# --- feedback ----------------------------------------------------------------------------


def item_of(session: Session) -> int:
    session.rollback()
    found = session.scalars(select(FeedbackItem.id)).one()
    session.rollback()
    return found


def test_the_reasons_reach_the_officer_who_reads_them(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "officer")
    page = client.get("/feedback").text
    assert "To answer <span" in page
    assert "Your request was refused" in page
    assert "The recording does not show who held the bag before." in page
    assert ("consultation", "feedback:read", "") in looks(session)

    case = client.get(f"/feedback/{item_of(session)}").location
    page = client.get(case).text
    assert f"in case {story.refused}" in page
    assert "Crime Recording Rules for Front line Officers and Staff 2026/27, page 25" in page
    answer = client.post(f"{case}/read", data={"reply": "I see. It should have been outcome 16."})
    assert answer.status_code == SEE_OTHER
    assert "I see. It should have been outcome 16." in client.get(case).text
    assert "Your request was refused" in client.get("/feedback?list=closed").text


def test_a_reply_that_is_too_long_comes_back(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "officer")
    words = "word " * 250
    case = client.get(f"/feedback/{item_of(session)}").location
    answer = client.post(f"{case}/read", data={"reply": words})
    assert "Your reply must be 1,000 characters or fewer." in answer.text
    assert words.strip() in answer.text


def test_a_supervisor_sees_what_is_open_in_the_team_and_can_not_answer_it(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "supervisor")
    page = client.get("/feedback?list=team").text
    assert "To: </span>Demo Officer Greenwood" in page
    case = client.get(f"/feedback/{item_of(session)}").location
    assert "I have read it" not in client.get(case).text
    client.post(f"{case}/read", data={"reply": ""})
    session.rollback()
    assert session.scalars(select(FeedbackItem.acknowledged_at)).one() is None


def test_nobody_else_sees_the_feedback(client: FlaskClient, session: Session, story: Story) -> None:
    sign_in(client, story, "officer")
    case = client.get(f"/feedback/{item_of(session)}").location
    sign_in(client, story, "stranger")
    assert "The recording does not show" not in client.get("/feedback").text
    assert client.get(f"/feedback/{item_of(session)}").status_code == NOT_FOUND
    assert client.get(case).status_code == NOT_FOUND


# --- notices -----------------------------------------------------------------------------


def test_notices_are_read_one_by_one_or_all(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "officer")
    page = client.get("/notices").text
    assert "2 not read." in page
    assert "Your request was refused." in page
    first = re.findall(r"/notices/(\d+)/read", page)[0]
    client.post(f"/notices/{first}/read")
    assert "1 not read." in client.get("/notices").text
    client.post("/notices/read")
    assert "You have read them all." in client.get("/notices").text

    session.rollback()
    officer = select(Person.id).where(Person.email == story.emails["officer"]).scalar_subquery()
    of_officer = Notice.person_id == officer
    theirs = session.scalars(select(Notice.id).where(of_officer)).first()
    session.execute(text("update notices set read_at = null"))
    session.commit()
    sign_in(client, story, "stranger")
    client.post(f"/notices/{theirs}/read")
    client.post("/notices/read")
    session.rollback()
    assert session.scalars(select(Notice.read_at).where(of_officer)).all() == [None, None]


def test_a_notice_about_a_case_that_is_closed_to_its_reader_does_not_lead_there(
    client: FlaskClient, session: Session, story: Story
) -> None:
    sign_in(client, story, "officer")
    notice = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    stranger = session.execute(
        text("select id from people where name = 'Demo Officer Weald'")
    ).scalar_one()
    assert notice is not None
    notice.person_id = stranger
    session.commit()
    sign_in(client, story, "stranger")
    page = client.get("/notices").text
    assert "1 not read." in page
    assert "Case CAN" not in page


def test_a_long_list_of_notices_has_pages(
    client: FlaskClient, session: Session, story: Story
) -> None:
    owner = session.scalars(select(Person.id).where(Person.email == story.emails["officer"])).one()
    session.add_all(
        Notice(person_id=owner, message=f"Notice {n:03}.", created_at=clock.now())
        for n in range(60)
    )
    session.commit()
    sign_in(client, story, "officer")
    seen: list[str] = []
    address = "/notices"
    while address:
        page = client.get(address).text
        seen += re.findall(r"Notice (\d{3})\.</p>", page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        address = following[1] if following else ""
    assert seen == [f"{n:03}" for n in reversed(range(60))]


# --- policies, words, health -------------------------------------------------------------


def test_each_policy_is_a_page_with_every_rule_and_its_source(
    client: FlaskClient, story: Story
) -> None:
    sign_in(client, story, "officer")
    index = client.get("/policy").text
    for workflow in WORKFLOWS:
        assert f"/policy/{workflow.key}" in index
        page = client.get(f"/policy/{workflow.key}").text
        for step in workflow.steps:
            assert step.label in page
            for guard in step.guards:
                assert guard.sentence.replace("'", "&#39;") in page
                assert f"{guard.cite.source.value}{guard.cite.where}" in page
    assert client.get("/policy/nothing").status_code == NOT_FOUND


def test_the_glossary_is_open_to_everybody(client: FlaskClient) -> None:
    page = client.get("/help/glossary").text
    for term in GLOSSARY:
        assert term.word in page


def test_health_is_told_without_details(client: FlaskClient, session: Session) -> None:
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready", "timetable": "stopped"}

    hold_lease(session, "test", now=clock.now(), lasts=timedelta(minutes=1))
    session.commit()
    assert client.get("/readyz").json == {"status": "ready", "timetable": "running"}


def test_a_database_that_is_behind_is_not_ready(client: FlaskClient, session: Session) -> None:
    session.execute(text("update alembic_version set version_num = '0000'"))
    session.commit()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (NOT_READY, {"status": "not ready"})
    assert client.get("/healthz").json == {"status": "alive"}
