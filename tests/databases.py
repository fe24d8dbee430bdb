"""Real databases for the tests: each test gets one of its own, already migrated.

Migrating takes a second; copying a migrated template takes a fraction of that.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Self

import flask_migrate
import psycopg
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from config import Config
from fcr_app import create_app
from fcr_app.extensions import db
from fcr_app.web.application import TemplateEnvironment

MIGRATIONS = Path(__file__).parent.parent / "migrations"


class CompiledTemplates(BytecodeCache):
    """Templates as Python, kept from one application to the next: they are the same for all."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before; Jinja checks that the source is still the same."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


def application(database_url: str) -> Flask:
    """Return the real application, on this database, with the settings of a test."""
    config = Config(
        database_url=database_url, secret_key="only for tests " * 3, cookie_secure=False
    )
    app = create_app({**config.as_mapping(), "TESTING": True, "WTF_CSRF_ENABLED": False})
    templates = app.jinja_env
    assert isinstance(templates, TemplateEnvironment)
    templates.bytecode_cache = templates.lenient.bytecode_cache = COMPILED
    return app


def migrate(database_url: str) -> None:
    """Make every table, as an operator would."""
    with application(database_url).app_context():
        flask_migrate.upgrade(directory=str(MIGRATIONS))
        db.engine.dispose()


class SqliteServer:
    """A folder of SQLite databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.sqlite3"
        self.numbers = count()
        migrate(f"sqlite:///{self.template}")

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """Copy the template; give its address; delete the copy."""
        path = self.folder / f"{next(self.numbers)}.sqlite3"
        shutil.copyfile(self.template, path)
        yield f"sqlite:///{path}"
        for leftover in self.folder.glob(f"{path.name}*"):
            leftover.unlink()


class PostgresqlServer:
    """A throw-away PostgreSQL server, which nobody outside this machine can reach.

    It answers on a socket in its own folder, not on a port, so any number can run at once.
    """

    #: Nothing here has to survive a power cut, so do not wait for the disk.
    settings: Sequence[str] = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count()

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """Create the server, start it, and remove every trace of it afterwards."""
        # Not pytest's own folder, which is closed to other users and too long for a socket.
        folder = Path(tempfile.mkdtemp(prefix="fcr-pg-"))
        server = cls(folder)
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres", "postgres")
            server.start()
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
            shutil.rmtree(folder)

    def start(self) -> None:
        """Create the cluster, start it and migrate the template."""
        data = f"{self.folder}/data"
        self.run(
            "initdb", "-D", data, "-U", "fcr", "-A", "trust", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8",
        )  # fmt: skip
        options = [f"-k {self.folder}", "-h ''"]  # this folder's socket; no port at all
        options += [f"-c {setting}" for setting in self.settings]
        self.run(
            "pg_ctl", "-D", data, "-w", "-l", f"{self.folder}/log", "-o", " ".join(options), "start"
        )
        self.execute("create database template")
        migrate(self.url("template"))

    def url(self, name: str) -> str:
        """Return the address of one database."""
        return f"postgresql+psycopg://fcr@/{name}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one administrative statement, outside any transaction."""
        with psycopg.connect(
            host=str(self.folder), user="fcr", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """Copy the template; give its address; drop the copy."""
        name = f"test_{next(self.numbers)}"
        self.execute(f"create database {name} template template")
        yield self.url(name)
        self.execute(f"drop database {name} with (force)")

    @staticmethod
    def run(program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs; as root it insists on being somebody else."""
        other_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        result = subprocess.run(
            [*other_user, postgresql_program(program), *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            # pg_ctl leaves the server holding its output, so a pipe would never close.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"PostgreSQL's {program} failed: {[program, *arguments]}")


def postgresql_program(name: str) -> str:
    """Find one of PostgreSQL's programs, the newest version first.

    Raises:
        RuntimeError: PostgreSQL is not installed. A test that needs it never skips itself.
    """
    on_path = shutil.which(name)
    if on_path:
        return on_path
    # Debian keeps the server's programs off the path.
    installed = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(installed, key=lambda path: int(path.parts[4]), default=None)
    if newest is None:
        raise RuntimeError(
            f"PostgreSQL's {name} is not on this machine, and the tests run on PostgreSQL as well "
            f"as SQLite. Run script/test, which installs it, or: apt-get install postgresql"
        )
    return str(newest)
