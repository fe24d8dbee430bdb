"""Feedback given on a page, and the learning plan that the third of the same error opens."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import FeedbackItem, Force, Person
from tests.builders import PASSWORD, a_crime, a_person, an_incident

OK, BAD, NOT_FOUND, NOT_ALLOWED, SEE_OTHER = 200, 400, 404, 403, 303
REASONS = "A social worker’s report counts as the victim’s own. Record it at once."


@pytest.fixture
def crime_id(session: Session) -> int:
    """Make a supervisor, their officer, the FCR and a crime of the officer's."""
    supervisor = a_person(
        session, name="Demo Sergeant", email="sergeant@demo.example",
        password=PASSWORD, roles=[Role.SUPERVISOR],
    )  # fmt: skip
    officer = a_person(
        session, name="Demo Officer", email="officer@demo.example",
        password=PASSWORD, staff_number="D100", supervisor=supervisor,
    )  # fmt: skip
    a_person(
        session, name="Demo FCR", email="fcr@demo.example", password=PASSWORD,
        roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER],
    )  # fmt: skip
    crime: int = a_crime(session, oic=officer).id
    session.commit()
    return crime


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


#: What the form holds besides what it is about.
GIVEN = {"to": "D100", "rule": "REC-08", "correction": "none", "harm": "low"}


def give(client: FlaskClient, crime_id: int, error: str = "E06") -> int:
    said = {**GIVEN, "error": error, "reasons": REASONS}
    return client.post(f"/crimes/{crime_id}/feedback", data=said).status_code


def test_scenario_20_three_of_the_same_error_open_a_learning_task(
    client: FlaskClient, crime_id: int
) -> None:
    sign_in(client, "fcr")
    for _ in range(2):
        assert give(client, crime_id) == SEE_OTHER
    assert "Nobody needs help" in client.get("/learning").text

    assert give(client, crime_id) == SEE_OTHER

    assert "Demo Officer: A report by a professional" in client.get("/learning").text
    sign_in(client, "sergeant")
    assert "same error (E06)" in client.get("/notices").text
    page = client.get("/learning").text
    task = re.search(r"/learning/(\d+)", page)
    assert task
    closing = f"{task[0]}/closing"
    too_short = client.post(closing, data={"outcome": "No"})
    assert too_short.status_code == BAD
    assert ">No</textarea>" in too_short.text.replace("\r\n", "").replace("\n", "")
    done = client.post(closing, data={"outcome": "A morning with crime management."})
    assert done.status_code == SEE_OTHER
    assert "A morning with crime management." in client.get("/learning?list=closed").text


def test_feedback_reaches_its_reader_with_the_error_named(
    client: FlaskClient, session: Session, crime_id: int
) -> None:
    sign_in(client, "fcr")
    give(client, crime_id)
    sign_in(client, "officer")

    page = client.get("/feedback").text

    assert "E06 A report by a professional or parent not recorded" in page
    assert REASONS in page
    item = session.scalars(select(FeedbackItem.id)).one()
    session.rollback()
    case = client.get(f"/feedback/{item}").location
    page = client.get(case).text
    assert "REC-08 A professional or carer’s report" in page
    assert "What would have been right" in page
    agreed = client.post(f"{case}/agree", data={"reply": "Understood."})
    assert agreed.status_code == SEE_OTHER
    assert "Understood." in client.get(case).text


def test_the_form_holds_what_feedback_on_an_error_usually_says(
    client: FlaskClient, crime_id: int
) -> None:
    sign_in(client, "fcr")
    first = client.get(f"/crimes/{crime_id}/feedback").text
    assert "Continue" in first
    assert "E06 A report by a professional" in first

    page = client.get(f"/crimes/{crime_id}/feedback?about=E06").text

    assert 'value="D100"' in page
    assert "counts as the victim’s own" in page
    assert '<option value="REC-08" selected' in page
    assert '<option value="record_crime" selected' in page
    refused = client.post(
        f"/crimes/{crime_id}/feedback",
        data={**GIVEN, "error": "E06", "reasons": REASONS, "correction": "record_crime"},
    )
    assert refused.status_code == BAD
    assert "can’t be done on this record" in refused.text
    assert REASONS in refused.text


@pytest.mark.usefixtures("crime_id")
def test_feedback_on_a_report_has_a_page_for_whoever_it_concerns(
    client: FlaskClient, session: Session
) -> None:
    officer = session.scalars(select(Person).where(Person.staff_number == "D100")).one()
    report_id = an_incident(session, officer=officer).id
    session.commit()
    sign_in(client, "fcr")
    said = {**GIVEN, "error": "E06", "reasons": REASONS, "correction": "record_crime"}
    assert client.post(f"/incidents/{report_id}/feedback", data=said).status_code == SEE_OTHER
    item = session.scalars(select(FeedbackItem.id)).one()
    session.rollback()
    case = client.get(f"/feedback/{item}").location
    assert "Record the crime from report" in client.get(case).text
    sign_in(client, "officer")
    page = client.get(case).text
    assert "Record the crime from report" in page
    assert "I dispute it" in page
    assert "Uphold" not in page


def test_the_fcr_narrows_all_feedback(client: FlaskClient, crime_id: int) -> None:
    sign_in(client, "fcr")
    give(client, crime_id)
    everything = client.get("/feedback/all").text
    assert "E06 A report by a professional" in everything
    one = "/feedback/all?error=E06&source=by_hand&state=feedback_sent&overdue="
    assert "Feedback on" in client.get(one).text
    others = ("error=E01", "source=late_record", "state=feedback_closed", "overdue=yes")
    for none in others:
        assert "Nothing matches these filters" in client.get(f"/feedback/all?{none}").text
    sign_in(client, "officer")
    assert client.get("/feedback/all").status_code == NOT_ALLOWED


def test_a_form_that_can_not_be_taken_gives_the_words_back(
    client: FlaskClient, session: Session, crime_id: int
) -> None:
    sign_in(client, "fcr")

    answer = client.post(
        f"/crimes/{crime_id}/feedback",
        data={**GIVEN, "to": "nobody here", "error": "E06", "reasons": "Bad"},
    )

    assert answer.status_code == BAD
    assert "nobody here" in answer.text
    assert "Bad</textarea>" in answer.text
    somebody = client.post(
        f"/crimes/{crime_id}/feedback", data={**GIVEN, "error": "E06", "reasons": "Bad"}
    )
    assert "Say what was right or wrong" in somebody.text
    assert session.scalars(select(FeedbackItem)).all() == []


def test_who_may_not_give_feedback_or_see_the_record(client: FlaskClient, crime_id: int) -> None:
    sign_in(client, "officer")
    assert client.get(f"/crimes/{crime_id}/feedback").status_code == NOT_ALLOWED
    assert client.get("/learning/thresholds").status_code == NOT_ALLOWED
    assert "Nobody needs help" in client.get("/learning").text
    sign_in(client, "sergeant")
    assert client.get("/crimes/987654/feedback").status_code == NOT_FOUND
    assert client.get("/learning/987654").status_code == NOT_FOUND


def day(name: str, when: date) -> dict[str, str]:
    parts = {"day": when.day, "month": when.month, "year": when.year}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


def test_a_plan_is_agreed_reviewed_and_handed_over_on_its_pages(
    client: FlaskClient, crime_id: int
) -> None:
    sign_in(client, "fcr")
    for _ in range(3):
        give(client, crime_id)
    sign_in(client, "sergeant")
    found = re.search(r"/learning/\d+", client.get("/learning").text)
    assert found
    plan = found[0]
    ahead = clock.now().date() + timedelta(days=20)
    for page in ("actions/new", "review", "owner", "closing"):
        assert client.get(f"{plan}/{page}").status_code == OK, page

    action = {"text": "A morning beside crime management.", "owner": "", **day("due_on", ahead)}
    wrong = client.post(f"{plan}/actions/new", data={**action, "text": "No"})
    assert (wrong.status_code, "No</textarea>" in wrong.text) == (BAD, True)
    assert client.post(f"{plan}/actions/new", data=action).status_code == SEE_OTHER
    said = {"text": "It goes well so far.", **day("review_on", ahead)}
    assert client.post(f"{plan}/review", data=said).status_code == SEE_OTHER
    over = {"owner": "fcr@demo.example", "text": "The FCR trains them."}
    assert client.post(f"{plan}/owner", data=over).status_code == SEE_OTHER

    sign_in(client, "officer")
    page = client.get(plan).text
    assert "Learning plan for you" in page.replace("</span>", "")
    assert "Handed over to Demo FCR" in page
    assert "Hand over</a>" not in page
    done = re.search(plan + r"/actions/\d+", page)
    assert done
    assert client.get(done[0]).status_code == OK
    assert client.post(done[0], data={"remark": "Useful."}).status_code == SEE_OTHER
    assert client.post(done[0], data={"remark": "Again."}).status_code == BAD
    assert "Useful." in client.get(plan).text
    assert client.get(f"{plan}/review").status_code == NOT_ALLOWED


@pytest.mark.usefixtures("crime_id")
def test_the_fcr_changes_when_a_plan_opens(client: FlaskClient, session: Session) -> None:
    session.add(Force(id=1, name="Demonstration Constabulary"))
    session.commit()
    sign_in(client, "fcr")
    assert 'value="90"' in client.get("/learning/thresholds").text
    assert "Shipped as 6." in client.get("/learning/thresholds").text
    numbers = {"learning_count": "1", "learning_days": "30", "training_count": "4"}

    wrong = client.post("/learning/thresholds", data={**numbers, "training_days": "x"})
    low = client.post("/learning/thresholds", data={**numbers, "training_days": "60"})
    right = {**numbers, "learning_count": "2", "training_days": "60"}

    assert (wrong.status_code, low.status_code) == (BAD, BAD)
    assert client.post("/learning/thresholds", data=right).status_code == SEE_OTHER
    assert "2 times in 30 days" in client.get("/learning").text
