"""The specification (OpenAPI 3.1), made from what each operation says of itself."""

from functools import cached_property
from threading import Lock
from typing import Any

from flask import Blueprint, Flask, Response, json
from flask_smorest import Api
from marshmallow import class_registry
from werkzeug.routing import BaseConverter

from fcr_app.api import problems
from fcr_app.api.access import ApiAccess
from fcr_app.api.area import ROOT, Area
from fcr_app.api.problems import KINDS, MEDIA_TYPE
from fcr_app.api.schemas.base import LARGEST_ID, ProblemAnswer
from fcr_app.errors import FcrError
from fcr_app.extensions import csrf

TITLE = "FCR Casework"
VERSION = "1.0"
OPENAPI = "3.1.0"
PATH = f"{ROOT}/openapi.json"

ABOUT = """What people do in the pages, done by a program in their name: by the same services, with
the same permissions and refusals. A token narrows what its person may do and never adds to it."""


class IdConverter(BaseConverter):
    """The number of a record, no larger than any can be.

    All of it is in the pattern: a number refused later would answer "not with this method".
    """

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


class ReferenceConverter(BaseConverter):
    """The reference of a case: CAN-26-000001."""

    regex = "[A-Z0-9]{2,8}-[0-9]{2}-[0-9]{6,9}"


class TriggerConverter(BaseConverter):
    """A name of ours: of a step or of a policy."""

    regex = "[a-z][a-z0-9_]{0,39}"


class ThemeConverter(BaseConverter):
    """A rule of the handbook, or a kind of error: rec-08, e06."""

    regex = "[a-z][a-z0-9-]{1,11}"


class Interface(Api):  # type: ignore[misc] # flask-smorest publishes no types
    """Every operation, and what is said about all of them."""

    #: Each operation names every answer it can give; there is no other.
    DEFAULT_ERROR_RESPONSE_NAME = None
    ERROR_SCHEMA = ProblemAnswer

    def __init__(self, app: Flask) -> None:
        app.url_map.converters |= {
            "id": IdConverter,
            "reference": ReferenceConverter,
            "trigger": TriggerConverter,
            "theme": ThemeConverter,
        }
        options = {
            "title": TITLE,
            "version": VERSION,
            "openapi_version": OPENAPI,
            "info": {"description": " ".join(ABOUT.split())},
            "x-problems": [
                {
                    "slug": kind.slug,
                    "type": kind.type,
                    "status": kind.status,
                    "title": kind.title,
                    "meaning": kind.meaning,
                }
                for kind in KINDS
            ],
        }
        super().__init__(app, spec_kwargs=options)
        self._areas: list[Area] = []
        self._describing = Lock()

    def _register_error_handlers(self) -> None:
        """Leave the errors of pages to the pages; each area answers its own."""

    def _register_doc_blueprint(self) -> None:
        """Leave out the library's pages: :meth:`serve` serves the specification."""

    def _register_pagination_header(self) -> None:
        """Leave out the library's own way of paging; ours is in the body."""

    def _describe(self) -> None:
        for converter in (ReferenceConverter, TriggerConverter, ThemeConverter):
            self.register_converter(converter, _pattern)
        self.register_converter(IdConverter, _id)
        self.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
        for status in sorted({kind.status for kind in KINDS}):
            titles = [kind.title for kind in KINDS if kind.status == status]
            content = {MEDIA_TYPE: {"schema": ProblemAnswer}}
            self.spec.components.response(
                f"Problem{status}", {"description": ". ".join(titles), "content": content}
            )

    def register_blueprint(self, area: Area) -> None:
        """Bind an area; it is documented under its title when somebody asks for that."""
        csrf.exempt(area)  # no cookie is ever read, so there is nothing to forge
        self._app.register_blueprint(area)
        self._areas.append(area)

    def described(self) -> dict[str, Any]:
        """Return the specification, in which each schema says what its class says of itself.

        It is put together once, when it is first asked for: that takes as long as everything
        else that an application does to start, and a command never asks.
        """
        with self._describing:
            return self._described

    @cached_property
    def _described(self) -> dict[str, Any]:
        self._describe()
        for area in self._areas:
            area.register_views_in_doc(self, self._app, self.spec, name=area.name, parameters=None)
            self.spec.tag({"name": area.title, "description": area.description})
        found: dict[str, Any] = self.spec.to_dict()
        for name, schema in found["components"]["schemas"].items():
            schema["description"] = (class_registry.get_class(name).__doc__ or "").strip()
        return found

    def serve(self) -> None:
        """Serve the specification, and where to begin. They hold nothing secret."""
        root = Blueprint("api", __name__)
        root.register_error_handler(FcrError, problems.for_our_error)

        def openapi() -> Response:
            said = json.dumps(self.described(), sort_keys=False, indent=2)
            return Response(said, mimetype="application/json")

        def start() -> dict[str, Any]:
            return {"specification": PATH, "documentation": problems.DOCUMENTED_AT}

        views: tuple[tuple[Any, str], ...] = ((openapi, PATH), (start, ROOT))
        for view, rule in views:
            view.fcr_api_access = ApiAccess()
            root.add_url_rule(rule, view.__name__, view)
        self._app.register_blueprint(root)


def _pattern(converter: BaseConverter) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{converter.regex}$"}


def _id(_converter: BaseConverter) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
