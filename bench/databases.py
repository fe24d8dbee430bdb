"""Throw-away databases that keep what is committed, as real ones do."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import PostgresqlServer, migrate

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
ENGINES = (SQLITE, POSTGRESQL)


class DurablePostgresqlServer(PostgresqlServer):
    """PostgreSQL as it is delivered, which waits for the disk at every commit."""

    settings = ()


@contextmanager
def database(engine: str) -> Iterator[str]:
    """Give the address of an empty, migrated database; remove it afterwards."""
    if engine == SQLITE:
        with tempfile.TemporaryDirectory(prefix="fcr-bench-") as folder:
            url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
            migrate(url)
            yield url
        return
    with DurablePostgresqlServer.running() as server, server.new_database() as url:
        yield url
