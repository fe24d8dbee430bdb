"""How Alembic reaches our tables. Run by the ``flask db`` commands, inside the application."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

import click
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, TypeDecorator

import fcr_app.models  # noqa: F401 - so that every table is known
from fcr_app.extensions import Base, db


def number_the_migration(
    _context: MigrationContext,
    _revision: str | Iterable[str | None] | Iterable[str],
    directives: list[MigrationScript],
) -> None:
    """Name a new migration 0002 after 0001, where Alembic would invent twelve letters."""
    last = ScriptDirectory.from_config(context.config).get_current_head() or "0"
    for directive in directives:
        directive.rev_id = f"{int(last) + 1:04}"


def say_what_was_applied(
    ctx: MigrationContext,  # noqa: ARG001 - Alembic calls with these names
    step: MigrationInfo,
    heads: Collection[Any],  # noqa: ARG001
    run_args: Mapping[str, Any],  # noqa: ARG001
) -> None:
    """Tell the operator which change was made."""
    click.echo(f"Database: {'applied' if step.is_upgrade else 'undid'} {step.up_revision_id}.")


def write_plain_types(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones they store.

    A migration that imported our code would change meaning whenever that code did.
    """
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def migrate(connection: Connection) -> None:
    """Make every outstanding change in one transaction: all of it happens, or none."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        process_revision_directives=number_the_migration,
        render_item=write_plain_types,
        on_version_apply=say_what_was_applied,
        # SQLite can alter little, so a table is copied, dropped and renamed.
        render_as_batch=True,
        # Alembic assumes SQLite can't undo a change of table. It can: extensions.py begins
        # transactions itself.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_sqlite(connection: Connection) -> None:
    """Migrate with foreign keys unchecked, then check them all.

    Otherwise dropping a table, to rename its copy, would delete the rows that refer to it. The
    setting is silently ignored inside a transaction, so it goes straight to the driver.
    """
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        migrate(connection)
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.close()
    if broken:
        raise click.ClickException(f"The migration left rows that refer to nothing: {broken}")


with db.engine.connect() as database:
    (migrate_sqlite if database.dialect.name == "sqlite" else migrate)(database)
