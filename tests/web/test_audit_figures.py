"""The page of an audit's figures, its intervals, and what a year recorded."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import AuditRun, AuditStep
from tests.audited_run import Examined, Found, an_audit
from tests.builders import PASSWORD, a_person

OK, BAD, NOT_FOUND, NOT_ALLOWED, SEE_OTHER = 200, 400, 404, 403, 303
YEAR = {"total": "803,000", "violence": "198,500", "sexual": "", "source": "A published table"}


@pytest.fixture(autouse=True)
def _people(session: Session) -> None:
    for who, role in (
        ("fcr", Role.FCR), ("auditor", Role.AUDITOR), ("chief", Role.CHIEF_OFFICER),
        ("ddm", Role.DDM), ("officer", Role.OFFICER),
    ):  # fmt: skip
        a_person(
            session, name=f"Demo {who.title()}", email=f"{who}@demo.example", password=PASSWORD,
            roles=[role],
        )  # fmt: skip
    session.commit()


def sign_in(client: FlaskClient, who: str) -> None:
    client.post("/sign-out")
    client.post("/sign-in", data={"email": f"{who}@demo.example", "password": PASSWORD})


def a_run(session: Session, state: str = "moderating") -> str:
    verdicts = ["recorded"] * 36 + ["missing"] * 4
    records = [Examined(crimes=[Found(verdict=one)]) for one in verdicts]
    reference = an_audit(session, records, state=state).reference
    session.commit()
    return reference


def test_the_interval_can_be_switched(client: FlaskClient, session: Session) -> None:
    address = f"/audits/runs/{a_run(session)}/figures"
    sign_in(client, "auditor")

    usual, as_printed, exact = (
        client.get(f"{address}{asked}").text for asked in ("", "?interval=wald", "?interval=exact")
    )

    assert "76.9% to 96.0% (Wilson)" in usual
    assert "± 9.30 (Wald, as the inspectorate prints it)" in as_printed
    assert "76.3% to 97.2% (Clopper–Pearson)" in exact
    assert "These figures may change" in usual


def test_an_unknown_interval_is_the_usual_one(client: FlaskClient, session: Session) -> None:
    address = f"/audits/runs/{a_run(session)}/figures"
    sign_in(client, "chief")

    assert "(Wilson)" in client.get(f"{address}?interval=stratified").text


@pytest.mark.parametrize("who", ["ddm", "officer"])
def test_only_those_who_see_audits_see_figures(
    client: FlaskClient, session: Session, who: str
) -> None:
    address = f"/audits/runs/{a_run(session)}/figures"
    sign_in(client, who)

    assert client.get(address).status_code == NOT_ALLOWED


def test_what_a_year_recorded_is_stated_with_its_source(
    client: FlaskClient, session: Session
) -> None:
    reference = a_run(session)
    address = f"/audits/runs/{reference}/figures"
    sign_in(client, "fcr")
    assert "Nobody stated how many crimes were recorded" in client.get(address).text

    said = {**YEAR, "version": "1"}
    assert client.post(f"{address}/year", data=said).status_code == SEE_OTHER

    page = client.get(address).text
    assert "All crimes: over 89,200 are not recorded each year." in page
    assert "A published table" in page
    run = session.scalars(select(AuditRun).where(AuditRun.reference == reference)).one()
    assert run.recorded_a_year_of == {"violence": 198_500}
    assert session.scalars(select(AuditStep.said)).all() == ["Stated what was recorded in a year"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"total": "many"}, "Enter a whole number, such as 803,000."),
        ({"total": "0"}, "Enter a number of crimes above nought."),
        ({"total": ""}, "Enter the number of all crimes as well."),
        ({"total": "1,000"}, "Its parts are more than all crimes together."),
        ({"source": " "}, "Say where the numbers come from."),
    ],
)
def test_numbers_that_can_t_be_are_refused_with_the_words_kept(
    client: FlaskClient, session: Session, said: dict[str, str], problem: str
) -> None:
    address = f"/audits/runs/{a_run(session)}/figures/year"
    sign_in(client, "fcr")

    answer = client.post(address, data={**YEAR, **said, "version": "1"})

    assert answer.status_code == BAD
    assert problem in answer.text
    assert 'value="198,500"' in answer.text
    assert session.scalars(select(AuditRun.recorded_a_year)).all() == [None]


def test_figures_that_were_signed_off_stand(client: FlaskClient, session: Session) -> None:
    address = f"/audits/runs/{a_run(session, 'signed_off')}/figures"
    sign_in(client, "fcr")

    assert "State what was recorded" not in client.get(address).text
    answer = client.post(f"{address}/year", data={**YEAR, "version": "1"})
    assert "its figures stand" in answer.text


def test_an_auditor_states_nothing(client: FlaskClient, session: Session) -> None:
    address = f"/audits/runs/{a_run(session)}/figures/year"
    sign_in(client, "auditor")

    assert client.get(address).status_code == NOT_ALLOWED


def test_there_are_no_figures_of_no_audit(client: FlaskClient) -> None:
    sign_in(client, "fcr")

    assert client.get("/audits/runs/AUD-2026-9999/figures").status_code == NOT_FOUND


def test_an_audit_is_signed_off_with_its_figures_and_opened_again(
    client: FlaskClient, session: Session
) -> None:
    reference = a_run(session)
    address = f"/audits/runs/{reference}"
    sign_in(client, "fcr")
    page = client.get(f"{address}/sign-off").text
    assert "recording rate: 36 of 40 (95% interval 76.9% to 96.0%)" in page

    said = {"conclusion": "Most crimes that were reported are recorded.", "grade": "Good",
            "limits": "It is one quarter.", "hours_spent": "36.5", "version": "1"}  # fmt: skip
    assert client.post(f"{address}/sign-off", data=said).status_code == SEE_OTHER

    run = session.scalars(select(AuditRun)).one()
    assert (run.state, run.conclusion, run.grade) == ("signed_off", said["conclusion"], "Good")
    assert (run.hours_spent, run.limits) == (36.5, "It is one quarter.")
    assert run.signed_off_at is not None
    session.rollback()
    assert (
        "Good (given by the FCR, not worked out from the rate)"
        in client.get(f"{address}/figures").text
    )

    why = {"why_reopened": "Two crimes were counted twice, as an officer wrote."}
    version = {"version": str(session.scalars(select(AuditRun.version)).one())}
    session.rollback()
    assert client.post(f"{address}/reopen", data=why | version).status_code == SEE_OTHER
    run = session.scalars(select(AuditRun)).one()
    assert (run.state, run.signed_off_at, run.signed_off_by_id) == ("moderating", None, None)
    assert run.conclusion == said["conclusion"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"conclusion": ""}, "conclusion"),
        ({"hours_spent": "a week"}, "Enter a number of hours, such as 36.5."),
    ],
)
def test_what_can_t_be_signed_stays_open(
    client: FlaskClient, session: Session, said: dict[str, str], problem: str
) -> None:
    address = f"/audits/runs/{a_run(session)}/sign-off"
    sign_in(client, "fcr")

    answer = client.post(
        address,
        data={"conclusion": "Most crimes are recorded, as before.", "version": "1", **said},
    )

    assert answer.status_code == 422
    assert problem in answer.text
    assert session.scalars(select(AuditRun.state)).all() == ["moderating"]


def test_an_auditor_signs_nothing_off(client: FlaskClient, session: Session) -> None:
    address = f"/audits/runs/{a_run(session)}/sign-off"
    sign_in(client, "auditor")

    assert client.get(address).status_code == NOT_ALLOWED
