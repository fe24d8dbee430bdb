"""What every test may ask for. A test of the database runs twice: on SQLite and PostgreSQL."""

import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fcr_app.extensions import db
from tests.databases import PostgresqlServer, SqliteServer, application
from tests.web.checked_client import CheckedClient

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> SqliteServer:
    return SqliteServer(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    with PostgresqlServer.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of an empty, migrated database that no other test sees."""
    # Asked for by name, so that a run of SQLite tests alone never starts PostgreSQL.
    server = request.getfixturevalue(f"{request.param}_server")
    database: AbstractContextManager[str] = server.new_database()
    with database as url:
        yield url


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """Give the real application on a real database."""
    app = application(database_url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give the database session that code under test gets from ``db.session``.

    On SQLite it holds the write lock from its first statement: commit before using ``client``.
    """
    with app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser with no cookies, which checks every page it is given."""
    app.test_client_class = CheckedClient
    return app.test_client()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse any connection that would leave this machine."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"A test tried to reach {address}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here_only)
