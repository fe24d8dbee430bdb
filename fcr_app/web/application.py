"""The Flask application with two habits of ours: strict templates, and a log without names."""

import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

from flask import Flask, request
from flask.templating import Environment
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
)

#: Macros from elsewhere, which count on a missing parameter being nothing.
BORROWED = ("govuk_frontend_jinja", "govuk_frontend_wtf")


class TemplateEnvironment(Environment):
    """Refuses an unknown name in our templates, and lets borrowed ones have theirs."""

    def __init__(self, app: Flask, **options: Any) -> None:
        options.setdefault("undefined", StrictUndefined)
        # Pages go to phones on a bad line; without these a tenth of each is blank.
        options.setdefault("trim_blocks", True)
        options.setdefault("lstrip_blocks", True)
        super().__init__(app, **options)
        self.lenient = self.overlay(undefined=Undefined)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name for it
    ) -> Template:
        """Find a template; a borrowed one works by its authors' rules."""
        borrowed = isinstance(name, str) and name.startswith(BORROWED)
        if borrowed and self.undefined is StrictUndefined:
            return self.lenient.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


class Casework(Flask):
    """The application."""

    jinja_environment = TemplateEnvironment  # type: ignore[assignment] # Flask types it as its own

    def __init__(self, import_name: str, *, template_folder: str) -> None:
        super().__init__(import_name, template_folder=template_folder)
        packages: Mapping[str, BaseLoader] = {name: PackageLoader(name) for name in BORROWED}
        self.jinja_loader = ChoiceLoader(
            [FileSystemLoader(template_folder), PrefixLoader(packages)]
        )

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        """Log where an unexpected error happened, and nothing that a person typed.

        An error's own message may quote the values of a statement or a form, so it stays out.
        """
        kind, _, trace = exc_info
        self.logger.error(
            "%s in %s %s\n%s",
            kind.__name__ if kind else "Error",
            request.method,
            request.endpoint,
            "".join(traceback.format_tb(trace)),
        )
