"""Holds an answer of the interface to its own specification: status, type, headers and shape."""

from contextvars import Context
from functools import cache
from typing import Any

import jsonschema_rs
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from fcr_app.api.area import ROOT
from tests.databases import application

SPECIFICATION = f"{ROOT}/openapi.json"


def hold_to_the_specification(app: Flask, method: str, answer: TestResponse) -> None:
    """Fail where an operation answered what its specification does not say."""
    path = answer.request.path
    try:
        rule, _ = app.url_map.bind("localhost").match(path, method=method, return_rule=True)
    except HTTPException:
        return  # no such operation, so nothing is said of it
    spec = _specification()
    said = spec["paths"].get(_as_written(str(rule.rule)), {}).get(method.lower())
    if said is None:
        return
    promised = said["responses"].get(str(answer.status_code))
    assert promised, f"{said['operationId']} does not say that it answers {answer.status_code}."
    promised = _found(spec, promised)
    content = promised.get("content", {})
    assert (answer.mimetype or "") in content, (said["operationId"], answer.mimetype)
    assert set(promised.get("headers", ())) <= set(answer.headers.keys()), said["operationId"]
    if answer.is_json:
        schema = {**content[answer.mimetype]["schema"], "components": spec["components"]}
        wrong = [
            error.message
            for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(answer.get_json())
        ]
        assert not wrong, (said["operationId"], wrong)


@cache
def _specification() -> Any:
    """Return it; it is the same whatever the database."""
    client = application("sqlite://").test_client()
    return Context().run(client.get, SPECIFICATION).get_json()


def _found(spec: Any, said: Any) -> Any:
    while "$ref" in said:
        part: Any = spec
        for name in said["$ref"].removeprefix("#/").split("/"):
            part = part[name]
        said = part
    return said


def _as_written(rule: str) -> str:
    """Return a rule of Flask's as OpenAPI writes it."""
    return "".join(
        part if index % 2 == 0 else "{" + part.partition(":")[2] + "}"
        for index, part in enumerate(rule.replace(">", "<").split("<"))
    )
