"""What is served about the interface: the specification, where to begin, the page that explains."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app.api.access import access_of
from fcr_app.api.problems import KINDS
from tests.api.programs import a_program
from tests.builders import a_person
from tests.databases import application

APP = application("sqlite://")
SPECIFICATION = APP.test_client().get("/api/v1/openapi.json").get_json()


def operations() -> list[dict[str, object]]:
    return [
        operation
        for item in SPECIFICATION["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    ]


def test_it_is_openapi_3_1_with_a_name_for_every_operation() -> None:
    names = [operation["operationId"] for operation in operations()]

    assert SPECIFICATION["openapi"] == "3.1.0"
    assert len(set(names)) == len(names)
    assert all(operation["summary"] for operation in operations())
    assert all(operation["security"] == [{"token": []}] for operation in operations())


def test_everything_that_is_sent_says_what_it_is() -> None:
    for name, schema in SPECIFICATION["components"]["schemas"].items():
        assert schema["description"], name


def test_where_to_begin_leads_on(client: FlaskClient) -> None:
    said = client.get("/api/v1").get_json()

    assert client.get(said["specification"]).get_json() == SPECIFICATION
    assert client.get(said["documentation"]).status_code == 200


def test_the_page_names_every_operation_every_problem_and_every_shape(
    client: FlaskClient,
) -> None:
    page = client.get("/help/api").text

    for path in SPECIFICATION["paths"]:
        assert f"<code>{path}</code>" in page
    for kind in KINDS:
        assert f'id="{kind.slug}"' in page
    for name in SPECIFICATION["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert not re.search(r"\bNone\b(?! of)|Undefined|&lt;bound", page)


def test_the_address_of_nothing_and_the_wrong_method_are_problems_too(
    app: Flask, session: Session
) -> None:
    program = a_program(app, session, a_person(session))

    nothing = program.get("/nothing/\xe9")
    assert (nothing.status_code, nothing.mimetype) == (404, "application/problem+json")
    assert nothing.get_json()["instance"] == "/api/v1/nothing/%C3%A9"
    wrong = program.send("DELETE", "/me")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert wrong.get_json()["type"] == "/help/api#method-not-allowed"


def test_what_breaks_inside_is_told_in_no_words_of_its_own(app: Flask, session: Session) -> None:
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    program = a_program(app, session, a_person(session))
    access = access_of(app, "api-reference.units")

    def broken() -> str:
        raise RuntimeError("Demo Secret")

    broken.fcr_api_access = access  # type: ignore[attr-defined] # as access_of() reads
    app.view_functions["api-reference.units"] = broken
    answer = program.get("/units")

    assert (answer.status_code, answer.get_json()["type"]) == (500, "/help/api#failed")
    assert "Secret" not in answer.text
