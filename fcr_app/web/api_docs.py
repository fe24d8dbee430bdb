"""The interface for programs, as a page that people read: made from its own specification."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, render_template

from fcr_app.web.access import public

bp = Blueprint("api_docs", __name__)

Spec = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Value:
    """A parameter or a field: what it is called, and what it may be.

    Attributes:
        kind: In words: "text, 3 to 80 letters".
        link: The schema it is made of, if it is one.
        must: A program must send it.
    """

    name: str
    kind: str
    link: str
    must: bool
    about: str


@dataclass(frozen=True, kw_only=True)
class Header:
    """A header that an operation looks at."""

    name: str
    required: bool


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing a program can do.

    Attributes:
        queries: What may stand after the question mark. What stands in the path says itself.
        takes: The schema of the body; empty where there is none, or it is a file.
        takes_file: The media type of that file.
    """

    anchor: str
    method: str
    path: str
    summary: str
    scope: str
    permission: str
    queries: Sequence[Value]
    headers: Sequence[Header]
    takes: str
    takes_file: str
    gives: str
    gives_file: str
    statuses: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Area:
    """Operations that belong together."""

    title: str
    about: str
    operations: Sequence[Operation]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a body or a part of one holds."""

    name: str
    about: str
    values: Sequence[Value]


@bp.get("/help/api")
@public
def show() -> str:
    """Show what programs can do, and how."""
    spec = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"].described()
    return render_template(
        "help/api.html",
        about=spec["info"]["description"],
        areas=list(_areas(spec)),
        shapes=list(_shapes(spec)),
        problems=spec["x-problems"],
    )


def _areas(spec: Spec) -> Iterator[Area]:
    for tag in spec["tags"]:
        found = list(_operations(spec, tag["name"]))
        yield Area(title=tag["name"], about=tag["description"], operations=found)


def _operations(spec: Spec, tag: str) -> Iterator[Operation]:
    for path, item in spec["paths"].items():
        for method, said in item.items():
            if method != "parameters" and tag in said["tags"]:
                yield _operation(path, method, said)


def _operation(path: str, method: str, said: Spec) -> Operation:
    good = next(code for code in said["responses"] if code.startswith("2"))
    parameters = said.get("parameters", [])
    return Operation(
        anchor=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        scope=said["x-scope"],
        permission=said["x-permission"],
        queries=[_query(one) for one in parameters if one["in"] == "query"],
        headers=[
            Header(name=one["name"], required=one.get("required", False))
            for one in parameters
            if one["in"] == "header"
        ],
        takes=_made_of(said.get("requestBody", {})),
        takes_file=_file_in(said.get("requestBody", {})),
        gives=_made_of(said["responses"][good]),
        gives_file=_file_in(said["responses"][good]),
        statuses=[(code, HTTPStatus(int(code)).phrase) for code in sorted(said["responses"])],
    )


def _made_of(body: Spec) -> str:
    content = body.get("content", {}).get("application/json", {})
    return _name(content.get("schema", {}).get("$ref", ""))


def _file_in(body: Spec) -> str:
    return next((kind for kind in body.get("content", {}) if kind != "application/json"), "")


def _query(said: Spec) -> Value:
    about = said.get("description", "")
    return _value(said["name"], said["schema"], must=said.get("required", False), about=about)


def _shapes(spec: Spec) -> Iterator[Shape]:
    for name, schema in sorted(spec["components"]["schemas"].items()):
        # What is answered is always all there, so only what is sent says what must be.
        needed = schema.get("required", []) if name.endswith("Given") else []
        yield Shape(
            name=name,
            about=schema.get("description", ""),
            values=[
                _value(field, said, must=field in needed)
                for field, said in schema.get("properties", {}).items()
            ],
        )


def _value(name: str, schema: Spec, *, must: bool, about: str = "") -> Value:
    return Value(
        name=name,
        kind=kind_in_words(schema),
        link=_link(schema),
        must=must,
        about=about or schema.get("description", ""),
    )


def _link(schema: Spec) -> str:
    inner = schema.get("items", schema)
    one_of = inner.get("anyOf") or inner.get("allOf") or [inner]
    return next((_name(part["$ref"]) for part in one_of if "$ref" in part), "")


def kind_in_words(schema: Spec) -> str:
    """Return what a value may be: "text, at most 80 letters", "one of read, write"."""
    if "enum" in schema:
        return "one of " + ", ".join(
            str(v) if v not in ("", None) else "nothing" for v in schema["enum"]
        )
    if "items" in schema:
        return f"list of {kind_in_words(schema['items'])}"
    if link := _link(schema):
        return link
    kinds = schema.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    words = {
        "string": {"date-time": "moment", "date": "day"}.get(schema.get("format", ""), "text"),
        "integer": "whole number",
        "boolean": "true or false",
        "null": "nothing",
        "object": "names and texts",
    }
    return " or ".join(words.get(kind, kind) for kind in kinds) + _limits(schema)


def _limits(schema: Spec) -> str:
    if "maxLength" in schema:
        return f", {schema.get('minLength', 0)} to {schema['maxLength']:,} letters"
    if "pattern" in schema:
        return f" like {schema['pattern']}"
    return f" from {schema['minimum']}" if "minimum" in schema else ""


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
