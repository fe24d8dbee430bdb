"""A part of the interface: each operation says in one place what it takes, gives and needs.

From that come the checks before it runs, the reading of its request, and its documentation: what
is documented and what is done can't differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, json
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from fcr_app.api import problems
from fcr_app.api.access import ApiAccess
from fcr_app.api.once import HEADER, PATTERN, once
from fcr_app.api.versions import tag
from fcr_app.domain.permissions import Permission
from fcr_app.domain.scopes import Scope
from fcr_app.errors import FcrError

View = TypeVar("View", bound=Callable[..., Response])

ROOT = "/api/v1"
CREATED = 201

KEY_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "description": "Sent again with the same key, the write is done once and answered alike.",
    "schema": {"type": "string", "pattern": PATTERN},
}
VERSION_PARAMETER = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of what was read, so that nothing newer is overwritten.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}
NAME_PARAMETER = {
    "in": "header",
    "name": "Content-Disposition",
    "description": 'What the file is called: attachment; filename="crimes.csv"',
    "schema": {"type": "string"},
}
_VERSION_HEADER = {
    "ETag": {"description": "The version of what was sent.", "schema": {"type": "string"}}
}
_FILE_HEADER = {
    "Content-Disposition": {
        "description": "What the file is called.",
        "schema": {"type": "string"},
    }
}
_PLACE_HEADER = {"Location": {"description": "Where the new one is.", "schema": {"type": "string"}}}


@dataclass(frozen=True)
class Media:
    """A file: what kind it is of."""

    type: str

    @property
    def schema(self) -> dict[str, str]:
        """What is said of its content."""
        return {"type": "string", "format": "binary"}

    @property
    def content(self) -> dict[str, Any]:
        """It as a body is documented."""
        return {self.type: {"schema": self.schema}}


CSV = Media("text/csv")
PDF = Media("application/pdf")


class Parser(FlaskParser):
    """Reads requests strictly: what is not JSON, or not asked for, is refused."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}

    def load_json(self, req: Any, schema: Schema) -> Any:  # noqa: ARG002 - as webargs calls it
        """Return the body.

        Raises:
            UnsupportedMediaType: If it does not say that it is JSON.
            BadRequest: If it is not.
        """
        if req.mimetype != "application/json":
            raise UnsupportedMediaType
        try:
            found = json.loads(req.get_data(cache=True))
        except (ValueError, RecursionError) as error:
            raise BadRequest from error
        return missing if found is None else found


class Area(Blueprint):  # type: ignore[misc] # flask-smorest publishes no types
    """Operations that belong together."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, title: str, about: str) -> None:
        super().__init__(
            f"api-{title.lower().replace(' ', '-')}",
            __name__,
            url_prefix=ROOT,
            description=about,
        )
        self.title = title
        self.register_error_handler(FcrError, problems.for_our_error)
        self.register_error_handler(HTTPException, problems.for_http_error)

    def reads(self, rule: str, **said: Any) -> Callable[[View], View]:
        """Make a view answer GET."""
        return self._operation("GET", rule, scope=Scope.READ, **said)

    def looks(self, rule: str, **said: Any) -> Callable[[View], View]:
        """Make a view answer POST, though it changes nothing: names stay out of addresses."""
        return self._operation("POST", rule, scope=Scope.READ, **said)

    def writes(self, rule: str, *, method: str = "POST", **said: Any) -> Callable[[View], View]:
        """Make a view answer a request that changes something."""
        return self._operation(method, rule, scope=Scope.WRITE, **said)

    def manages(self, rule: str, *, method: str = "POST", **said: Any) -> Callable[[View], View]:
        """Make a view answer a request that lends a way in, or changes accounts or settings."""
        return self._operation(method, rule, scope=Scope.ADMINISTER, **said)

    def uploads(self, rule: str, **said: Any) -> Callable[[View], View]:
        """Make a view take a file, which may be larger than other bodies."""
        return self._operation("POST", rule, scope=Scope.WRITE, large=True, **said)

    def _operation(  # noqa: PLR0913 - all that there is to say about an operation
        self,
        method: str,
        rule: str,
        *,
        scope: Scope,
        needs: Permission | None,
        gives: type[Schema] | Media,
        takes: type[Schema] | Media | None = None,
        asks: type[Schema] | None = None,
        status: int = 200,
        versioned: bool = False,
        overwrites: bool = False,
        conflicts: bool = False,
        shown_once: str = "",
        large: bool = False,
        may_lack: bool = False,
    ) -> Callable[[View], View]:
        """Make a view an operation.

        Args:
            needs: What the person's roles must allow; None where any role will do.
            gives: What the answer holds: fields, or a file of some media type.
            takes: What the body holds; likewise.
            asks: What the address may ask for.
            versioned: The answer carries an ETag.
            overwrites: The request must carry If-Match.
            conflicts: It may be refused as things stand; what changes something always may.
            may_lack: There may be nothing to read, though the address names no record.
            large: The body may be as large as an upload to the pages.
            shown_once: The field of the answer that is secret, and not kept.
        """
        keyed = method == "POST" and scope is not Scope.READ

        def register(view: View) -> View:
            headers = {
                **(_VERSION_HEADER if versioned else {}),
                **(_PLACE_HEADER if status == CREATED else {}),
            }
            made: Any = self._answering(status, gives, headers)(view)
            if isinstance(takes, Media):
                made = self.doc(requestBody={"required": True, "content": takes.content})(made)
            elif takes:
                made = self.arguments(takes)(made)
            if asks:
                made = self.arguments(asks, location="query")(made)
            for code in _refused_with(
                names="<" in rule or may_lack,
                body=bool(takes),
                asks=bool(asks or keyed),
                overwrites=overwrites,
                conflicts=conflicts or method != "GET",
            ):
                made = self.alt_response(code, f"Problem{code}")(made)
            made = self.doc(
                operationId=f"{self.name.removeprefix('api-')}-{view.__name__}",
                security=[{"token": []}],
                **{"x-scope": scope.value, "x-permission": needs.label if needs else ""},
            )(made)
            made = once(made, shown_once=shown_once) if keyed else made
            made.fcr_api_access = ApiAccess(scope=scope, needs=needs, large=large)
            made.fcr_parameters = _headers_of(keyed=keyed, overwrites=overwrites, named=large)
            self.add_url_rule(
                rule,
                view.__name__,
                made,
                methods=[method],
                tags=[self.title],
                parameters=None,
            )
            return view

        return register

    def _answering(self, status: int, gives: type[Schema] | Media, headers: Any) -> Any:
        if isinstance(gives, Media):
            return self.response(
                status, gives.schema, content_type=gives.type, headers=_FILE_HEADER
            )
        return self.response(status, gives, headers=headers or None)

    def _store_endpoint_docs(
        self, endpoint: str, obj: Any, parameters: Any, tags: Any, **options: Any
    ) -> None:
        """Document the headers that an operation looks at, besides what the library knows."""
        super()._store_endpoint_docs(endpoint, obj, parameters, tags, **options)
        headers = getattr(obj, "fcr_parameters", [])
        for method, info in self._docs[endpoint].items():
            if headers and method != "parameters":
                arguments = info.setdefault("arguments", {})
                arguments.setdefault("parameters", []).extend(headers)


def _headers_of(*, keyed: bool, overwrites: bool, named: bool) -> list[dict[str, Any]]:
    said = ((keyed, KEY_PARAMETER), (overwrites, VERSION_PARAMETER), (named, NAME_PARAMETER))
    return [header for looked_at, header in said if looked_at]


def _refused_with(
    *, names: bool, body: bool, asks: bool, overwrites: bool, conflicts: bool
) -> Iterator[int]:
    """Yield every status with which an operation can be refused."""
    yield from (401, 403, 429)
    if names or asks or body:
        yield 404
    if conflicts:
        yield 409
    if body:
        yield from (400, 413, 415)
    if body or asks:
        yield 422
    if overwrites:
        yield from (412, 428)


def file_reply(content: bytes | str, media: Media, name: str) -> Response:
    """Answer with a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=media.type, headers=headers)


def reply(
    schema: type[Schema],
    found: object,
    *,
    status: int = 200,
    version: int | None = None,
    place: str = "",
) -> Response:
    """Answer with what was found. Inside the transaction: it may still read the database."""
    said: Mapping[str, Any] = schema().dump(found)
    answer = Response(json.dumps(said, sort_keys=False), status, mimetype="application/json")
    if version is not None:
        answer.headers["ETag"] = tag(version)
    if place:
        answer.headers["Location"] = place
    return answer
