"""The policies and the coverage of the handbook, as people read them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app.domain.handbook import FAMILIES, HANDBOOK
from fcr_app.domain.roles import Role
from fcr_app.workflows import POLICIES
from tests.builders import PASSWORD, a_person


@pytest.fixture(autouse=True)
def _signed_in(session: Session, client: FlaskClient) -> None:
    email = a_person(session, roles=[Role.OFFICER], password=PASSWORD).email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})


@pytest.mark.parametrize("key", [workflow.key for workflow in POLICIES])
def test_a_policy_has_its_picture_with_a_name_and_words_for_it(
    client: FlaskClient, key: str
) -> None:
    page = client.get(f"/policy/{key}").text

    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert f'aria-labelledby="{key}-diagram-title {key}-diagram-words"' in page
    assert "leads to" in page


def test_every_rule_of_the_handbook_is_listed_with_what_is_done_about_it(
    client: FlaskClient,
) -> None:
    page = client.get("/policy/coverage").text

    assert all(f'scope="row">{rule_id}<' in page for rule_id in HANDBOOK)
    assert all(family.name in page for family in FAMILIES)
    assert 'href="/policy/cancellation#rule-the-decider-is-independent"' in page


def test_the_rules_can_be_narrowed(client: FlaskClient) -> None:
    page = client.get("/policy/coverage?family=CANC&handling=warned").text

    assert 'scope="row">CANC-18<' in page
    assert 'scope="row">CANC-01<' not in page
    assert 'scope="row">VIC-03<' not in page
    assert "Show every rule" in page


def test_no_rule_like_that_is_said_so(client: FlaskClient) -> None:
    page = client.get("/policy/coverage?family=VER&handling=warned").text

    assert "No rule is like that" in page


def test_words_that_no_filter_knows_narrow_nothing_or_to_nothing(client: FlaskClient) -> None:
    assert "CANC-01" in client.get("/policy/coverage?handling=perhaps").text
    assert "No rule is like that" in client.get("/policy/coverage?family=<b>").text


def test_the_coverage_is_found_from_the_rules(client: FlaskClient) -> None:
    assert 'href="/policy/coverage"' in client.get("/policy").text
