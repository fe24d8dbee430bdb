"""A program that asks the interface for somebody, as a script in a force would."""

from collections.abc import Mapping
from contextvars import Context
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fcr_app import clock
from fcr_app.domain.scopes import Scope
from fcr_app.models import Person
from fcr_app.services import api_tokens
from fcr_app.services.actors import load_actor
from tests.api.promised import hold_to_the_specification

ROOT = "/api/v1"
FAILED = 500


class Program:
    """Sends requests with one person's token, each in a context of its own."""

    def __init__(self, app: Flask, session: Session, token: str) -> None:
        self.app = app
        self.session = session
        self.token = token

    def get(self, path: str, **query: object) -> TestResponse:
        """Read something."""
        return self.send("GET", path, query_string=query)

    def post(self, path: str, body: object = None, **headers: str) -> TestResponse:
        """Send something."""
        return self.send("POST", path, json=body, headers=headers)

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> TestResponse:
        """Send a request. An underscore in a header's name stands for a hyphen.

        What the test has read or written is saved first: SQLite has one write lock. The answer is
        held to the specification.
        """
        self.session.commit()
        said = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        said = {"Authorization": f"Bearer {self.token}", **said} if self.token else said
        if more.get("json") is None:
            more.pop("json", None)
        client = self.app.test_client()
        answer = Context().run(client.open, ROOT + path, method=method, headers=said, **more)
        if answer.status_code < FAILED:  # what a test breaks on purpose is promised nothing
            hold_to_the_specification(self.app, method, answer)
        return answer


def a_token(
    session: Session,
    person: Person,
    *,
    scope: Scope = Scope.WRITE,
    days: int = 7,
    ago: timedelta = timedelta(),
) -> str:
    """Make a token of a person, and save it."""
    now = clock.now() - ago
    actor = load_actor(session, person.id, today=now.date(), address="test")
    token = api_tokens.create(session, actor, name="Demo program", scope=scope, days=days, now=now)
    session.commit()
    return token


def a_program(
    app: Flask, session: Session, person: Person, *, scope: Scope = Scope.WRITE
) -> Program:
    """Return a program that acts for a person."""
    return Program(app, session, a_token(session, person, scope=scope))
