"""The pages of figures about protected characteristics: who opens them, and what they refuse."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Role
from fcr_app.models import AccessEntry
from tests.builders import PASSWORD, a_person

OK, BAD_INPUT, NOT_ALLOWED = 200, 400, 403
COMPLETENESS, USE = "/figures/equality/completeness", "/figures/equality/use"
REPORTS = "/figures/equality/reports"
SEE = {Role.FCR, Role.DEPUTY_FCR, Role.AUDITOR, Role.CHIEF_OFFICER}
WRITE = {Role.FCR, Role.DEPUTY_FCR}
SignIn = Callable[[Role], FlaskClient]
PEOPLE = [role for role in Role if role is not Role.SYSTEM]


@pytest.fixture
def sign_in(session: Session, client: FlaskClient) -> SignIn:
    """Give a way to come in with a role."""

    def come_in(role: Role) -> FlaskClient:
        email = f"{role.value}@demo.example"
        a_person(session, email=email, password=PASSWORD, roles=[role])
        session.commit()
        client.post("/sign-in", data={"email": email, "password": PASSWORD})
        return client

    return come_in


@pytest.mark.parametrize("role", PEOPLE, ids=lambda role: role.value)
def test_figures_are_for_those_who_answer_for_them(sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)

    for path in (COMPLETENESS, f"{COMPLETENESS}.csv", USE, f"{USE}.csv", REPORTS):
        assert client.get(path).status_code == (OK if role in SEE else NOT_ALLOWED), path
    assert client.get(f"{REPORTS}/new").status_code == (OK if role in WRITE else NOT_ALLOWED)


@pytest.mark.parametrize("path", [COMPLETENESS, USE])
@pytest.mark.parametrize(
    ("months", "problem"),
    [
        ("from=lately", "Enter a month as year and month"),
        ("from=2026-05&to=2026-01", "The last month must not be before the first"),
        ("from=1990-01&to=2026-01", "Ask for no more than 60 months"),
    ],
)
def test_months_that_can_not_be_are_said_and_kept(
    sign_in: SignIn,
    path: str,
    months: str,
    problem: str,
) -> None:
    answer = sign_in(Role.CHIEF_OFFICER).get(f"{path}?{months}")

    assert answer.status_code == BAD_INPUT
    assert problem in answer.text
    assert f'value="{months.partition("=")[2].partition("&")[0]}"' in answer.text


def test_small_counts_are_for_registrars_and_the_look_is_logged(
    sign_in: SignIn, session: Session
) -> None:
    client = sign_in(Role.FCR)

    assert "Small counts are shown" in client.get(f"{USE}?item=religion&small=shown").text
    looks = select(AccessEntry.what).where(AccessEntry.what.startswith("equality:small-counts"))
    assert session.scalars(looks).all() == ["equality:small-counts:religion"]


def test_nobody_else_sees_small_counts(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR)

    assert client.get(f"{USE}?small=shown").status_code == NOT_ALLOWED
    assert "Show small counts" not in client.get(USE).text


def test_what_officers_saw_is_compared_with_nothing(sign_in: SignIn) -> None:
    page = sign_in(Role.FCR).get(f"{USE}?item=ethnicity_observed").text

    assert "Ethnicity, as they define it" in page
    assert "Ethnicity, as an officer saw it" not in page
