"""What every page promises, checked by walking every route there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from fcr_app import errors
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import FcrError
from fcr_app.extensions import FOR_PROGRAMS
from fcr_app.web.access import STATIC_ENDPOINT, Access, access_of, check_access, public, signed_in
from fcr_app.web.error_pages import page_for
from tests.builders import PASSWORD, a_person
from tests.databases import application

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
#: In memory: reading the routes needs no table.
APP = application("sqlite://")
VALUES = {"int": 1, "string": "nothing", "path": "nothing"}


def routes(app: Flask = APP) -> list[Rule]:
    """Return the pages; what programs ask for has its own walk in tests/api."""
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != STATIC_ENDPOINT and not rule.rule.startswith(FOR_PROGRAMS)
    ]
    return sorted(rules, key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def access(rule: Rule) -> Access:
    found = access_of(APP, rule.endpoint)
    assert found, f"{rule.endpoint} does not say who may open it"
    return found


def requests(rule: Rule) -> Iterator[tuple[str, str]]:
    """Return the method and an address for each way to ask for a route."""
    kinds = {name: re.search(r"<(\w+)[^<]*:" + name + ">", rule.rule) for name in rule.arguments}
    values = {name: VALUES[kind[1]] for name, kind in kinds.items() if kind}
    address = APP.url_map.bind("localhost").build(rule.endpoint, values)
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        yield method, address


every_route = pytest.mark.parametrize("rule", routes(), ids=lambda rule: f"{rule.endpoint}")


@every_route
def test_a_page_says_who_may_open_it(rule: Rule) -> None:
    assert isinstance(access(rule), Access)


@every_route
def test_an_address_is_kebab_case_with_typed_parameters(rule: Rule) -> None:
    for part in rule.rule.strip("/").split("/"):
        fixed = re.sub(r"<[a-z]+(\([^)]*\))?:[a-z_]+>", "", part)
        assert re.fullmatch(r"[a-z0-9.-]*", fixed), part


def test_a_page_can_not_say_twice_who_may_open_it() -> None:
    with pytest.raises(TypeError, match="says twice"):
        public(signed_in(lambda: ""))


def test_a_page_that_says_nothing_is_refused_to_everybody() -> None:
    app = application("sqlite://")
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with app.test_request_context("/forgotten"), pytest.raises(errors.PermissionRefused):
        check_access()


def test_nobody_in_particular_is_led_to_sign_in_from_every_page_that_is_not_public(
    client: FlaskClient,
) -> None:
    for rule in routes():
        if access(rule).public:
            continue
        for method, address in requests(rule):
            answer = client.open(address, method=method)
            assert (answer.status_code, answer.location) == (303, "/sign-in"), (method, address)


def test_a_person_with_no_role_gets_nowhere_that_needs_a_permission(
    session: Session, client: FlaskClient
) -> None:
    email = a_person(session, roles=[], password=PASSWORD).email
    session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    for rule in routes():
        if access(rule).needs is None:
            continue
        for method, address in requests(rule):
            assert client.open(address, method=method).status_code == 403, (method, address)


def test_an_administrator_gets_to_no_page_about_crimes_or_cases() -> None:
    administrator = Actor(id=1, name="Demo", roles=frozenset({Role.ADMINISTRATOR}))
    manages = {Permission.MANAGE_PEOPLE, Permission.MANAGE_REFERENCE}

    assert {permission for permission in Permission if may(administrator, permission)} == manages


@pytest.mark.parametrize("permission", list(Permission))
def test_a_permission_says_what_it_is_for_and_has_a_role(permission: Permission) -> None:
    assert permission.label
    assert permission.roles


def children(kind: type[FcrError]) -> Iterator[type[FcrError]]:
    for child in kind.__subclasses__():
        yield child
        yield from children(child)


@pytest.mark.parametrize("kind", sorted({*children(FcrError)}, key=str))
def test_an_error_has_a_page(kind: type[FcrError]) -> None:
    page = page_for(kind.__new__(kind))

    assert page.heading
    assert 400 <= page.status <= 500


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_has_nothing_that_our_policy_forbids(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    # What is printed has a style sheet in it, and no browser's policy applies to paper.
    printed = path.relative_to(TEMPLATES).parts[0] == "reports"

    assert not re.search(r"\|\s*safe\b", text)
    assert "autoescape false" not in text
    assert not re.search(r"\son[a-z]+=", text)
    assert printed or not re.search(r"\sstyle=|<style", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(src|href)=["']https?://""", text)


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_form_that_changes_something_carries_the_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for form in re.findall(r"<form\b.*?</form>", text, flags=re.DOTALL):
        if re.search(r'method="post"', form):
            assert "csrf_field()" in form, form[:100]
