"""The Flask extensions, unbound, and the base class of every table.

Models inherit :class:`Base` rather than ``db.Model``, which mypy can't type; both
share one metadata (see docs/decisions).
"""

import sqlite3
from datetime import UTC, datetime
from typing import Any

import psycopg
from flask import has_request_context, request
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both engines; a naive one is refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC. SQLite keeps no zone, so it is dropped there after converting."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive datetime can't be stored; make it aware first.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy passes it
    ) -> datetime | None:
        """Return aware UTC whatever the engine gave."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: Later than any deadline. What "no deadline" is stored as.
_END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)


class Deadline(UtcDateTime):
    """A moment by which something is due, or None where no clock runs.

    None is stored as the end of time, so it sorts last on both engines and a list can be paged
    by its index. In SQL never ask whether such a column is null; ``due_at < now`` just works.
    """

    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store no deadline as the end of time."""
        return super().process_bind_param(value or _END_OF_TIME, dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the end of time as no deadline."""
        moment = super().process_result_value(value, dialect)
        return None if moment == _END_OF_TIME else moment


def search_key(length: int) -> String:
    """Return the type of a column that is searched by its beginning.

    PostgreSQL sorts by the language of the database, unless told, and then an index can't find
    what a word begins with. SQLite sorts by the letters' numbers already.
    """
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What every table shares: fixed constraint names, and aware UTC times."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={datetime: UtcDateTime},
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
csrf = CSRFProtect()
login_manager = LoginManager()

#: Where programs ask. Pages keep away from such requests, and the interface from all others.
FOR_PROGRAMS = "/api/"


def from_a_program() -> bool:
    """Say whether the request is one to the interface for programs."""
    return request.path.startswith(FOR_PROGRAMS)


#: Requests that only read: SQLite may serve them beside a writer.
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@event.listens_for(Engine, "connect")
def prepare_sqlite(connection: Any, _record: object) -> None:
    """Turn on what SQLite leaves off: write-ahead log, foreign keys, patience.

    The log is copied into the database when it has 16 MB rather than 4. Decisions change the same
    pages of indexes again and again, and each copying writes such a page once: a decision then
    writes 250 kB instead of 460 (docs/performance.md), and a third as many of them wait for it.

    ``isolation_level = None`` stops the driver from opening transactions by its own rules, so that
    :func:`begin_sqlite` decides.
    """
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "wal_autocheckpoint=4000",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-32000",
        "mmap_size=268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "connect")
def prepare_postgresql(connection: Any, _record: object) -> None:
    """Turn off what costs PostgreSQL more than it gains: compiling a statement before it runs.

    It guesses what a statement will cost, too high where most of it is never needed, and then
    compiles for a second what would have run in fifty milliseconds (measured on a search).
    """
    if not isinstance(connection, psycopg.Connection):
        return
    connection.execute("SET jit = off")
    connection.commit()  # or the first rollback would take it back


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start of a writing transaction.

    A deferred transaction that reads first and writes later fails with "database is locked"
    under load (416 of 800 in a trial); an immediate one waits its turn (0 of 800).
    """
    if connection.dialect.name != "sqlite":
        return
    reading = connection.get_execution_options().get("reading") or (
        has_request_context() and request.method in READING_METHODS
    )
    connection.info["reading"] = reading
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
