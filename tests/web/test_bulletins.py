"""Bulletins and themes through the browser client."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.models import Bulletin, BulletinReceipt
from tests.builders import PASSWORD, a_person, a_unit, an_incident

SEE_OTHER, BAD, FORBIDDEN, NOT_THERE, CONFLICT = 303, 400, 403, 404, 409
EMAIL = {"officer": "officer@demo.example", "fcr": "fcr@demo.example", "ddm": "ddm@demo.example"}
TEXT = "Record what a teacher reports; do not wait for the pupil."


@pytest.fixture
def report(session: Session) -> int:
    unit = a_unit(session, name="Demo North")
    officer = a_person(session, unit=unit, password=PASSWORD, email=EMAIL["officer"])
    a_person(
        session,
        roles=[Role.FCR],
        accreditations=[AccreditationKind.REGISTER],
        password=PASSWORD,
        email=EMAIL["fcr"],
    )
    a_person(session, roles=[Role.DDM], password=PASSWORD, email=EMAIL["ddm"])
    report = an_incident(session, officer=officer)
    report_id = report.id
    session.commit()
    return report_id


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": EMAIL[who], "password": PASSWORD})


def typed(**more: object) -> Mapping[str, object]:
    today = to_london(clock.now()).date()
    return {
        "title": "A teacher’s report is enough",
        "rule": "REC-08",
        "text": TEXT,
        "roles": ["officer"],
        "places": ["report"],
        "step": "",
        "errors_answered": ["E06"],
        "starts_on-day": str(today.day),
        "starts_on-month": str(today.month),
        "starts_on-year": str(today.year),
        **more,
    }


def write(client: FlaskClient) -> str:
    made = client.post("/bulletins/new", data=typed())
    assert made.status_code == SEE_OTHER, made.text
    return str(made.location)


def test_the_fcr_publishes_and_an_officer_reads_it_where_it_bears(
    session: Session, client: FlaskClient, report: int
) -> None:
    sign_in(client, "fcr")
    place = write(client)
    draft = client.get(place).text
    assert "Nobody is told before you publish it" in draft
    assert "REC-08: Crime Recording Rules" in client.get(f"{place}/publish").text
    assert client.post(f"{place}/publish").location == place

    sign_in(client, "officer")
    beside = client.get(f"/incidents/{report}").text
    assert "Reminders from the FCR" in beside
    assert f'href="{place}"' in beside
    assert f'href="{place}"' in client.get("/notices").text
    assert TEXT in client.get(place).text
    assert f'href="{place}"' in client.get(f"/incidents/{report}/crimes/new").text
    assert client.post(f"{place}/read").location == place
    assert "You said that you have read this" in client.get(place).text
    assert client.post(f"{place}/read").status_code == CONFLICT
    assert session.scalars(select(BulletinReceipt.number)).all() == [1]
    session.commit()

    sign_in(client, "fcr")
    assert "<strong>1 of 1</strong>" in client.get(f"{place}/receipts").text
    for page in ("edit", "publish", "receipts", "withdraw"):
        assert client.get(f"{place}/{page}").status_code == 200, page

    sign_in(client, "ddm")
    assert client.get(place).status_code == NOT_THERE
    assert client.get(f"{place}/receipts").status_code == FORBIDDEN
    assert client.get("/bulletins/new").status_code == FORBIDDEN


def test_a_correction_and_a_withdrawal(client: FlaskClient, report: int) -> None:
    del report
    sign_in(client, "fcr")
    place = write(client)
    client.post(f"{place}/publish")
    shown = client.get(f"{place}/edit").text
    assert TEXT in shown
    assert client.post(f"{place}/edit", data=typed(title="Clearer")).location == place
    assert "A correction is written and not published yet" in client.get(place).text

    missing = client.post(f"{place}/publish", data={"why": "", "read_again": "no"})
    assert missing.status_code == BAD
    assert "Say why" in missing.text
    client.post(f"{place}/publish", data={"why": "It was not clear.", "read_again": "no"})
    page = client.get(place).text
    assert "It was not clear." in page
    assert "Earlier editions" in page

    assert client.post(f"{place}/withdraw", data={"reason": ""}).status_code == BAD
    gone = client.post(f"{place}/withdraw", data={"reason": "It was wrong.", "replaced_by": "0"})
    assert gone.location == place
    assert "does not stand any more" in client.get(place).text
    for one in ("unread", "standing", "withdrawn", "draft", "nonsense"):
        assert client.get("/bulletins", query_string={"list": one}).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Enter a title."),
        ("title", "x" * 121, "Use 120 characters or fewer."),
        ("text", "Too short", "in at least 20 characters"),
        ("rule", "", "Choose a rule of the handbook."),
        ("roles", [], "Select who it is for."),
        ("classes", "harassment", "is no class of the list"),
        ("starts_on-day", "32", "Enter a real date"),
        ("unit_ids", ["999"], "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_words_come_back(  # noqa: PLR0917 - fixtures
    session: Session, client: FlaskClient, report: int, field: str, value: object, message: str
) -> None:
    del report
    sign_in(client, "fcr")

    answer = client.post("/bulletins/new", data=typed(**{field: value}))

    assert answer.status_code == BAD
    assert "There is a problem" in answer.text
    assert message in answer.text or field == "unit_ids"
    assert field == "text" or TEXT in answer.text
    assert session.scalars(select(Bulletin.id)).all() == []


def test_a_theme_has_a_page_a_handout_and_examples(client: FlaskClient, report: int) -> None:
    del report
    sign_in(client, "fcr")
    add = "/themes/rec-08/examples/new"
    unchecked = client.post(add, data={"text": "A nurse rang: record it at once."})
    assert unchecked.status_code == BAD
    assert "A nurse rang" in unchecked.text
    client.post(add, data={"text": "A nurse rang: record it at once.", "names_nobody": "y"})

    sign_in(client, "officer")
    page = client.get("/themes/rec-08").text
    for words in ("A nurse rang", "Enforced", "page 8", "Errors fed back"):
        assert words in page
    assert "Remove" not in page
    assert client.get("/themes/REC-08").status_code == 200
    assert client.get("/themes/nothing").status_code == NOT_THERE
    found = client.get("/themes", query_string={"words": "professional carer"}).text
    assert "REC-08" in found
    assert "CANC-01" not in found
    assert "No rule or error matches" in client.get("/themes?words=zzz").text
    handout = client.get("/themes/rec-08/handout")
    assert handout.mimetype == "application/pdf"
    assert handout.data.startswith(b"%PDF")
    assert client.get("/themes/e23/handout").data.startswith(b"%PDF")
    assert client.get(add).status_code == FORBIDDEN
    assert client.post("/themes/rec-08/examples/1/remove").status_code == FORBIDDEN

    sign_in(client, "fcr")
    assert client.post("/themes/rec-08/examples/1/remove").location == "/themes/rec-08"
    assert "A nurse rang" not in client.get("/themes/rec-08").text
