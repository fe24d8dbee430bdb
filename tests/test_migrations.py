"""The migrations make exactly the tables that the models describe, and can be undone."""

import flask_migrate
from flask import Flask
from sqlalchemy import inspect

from fcr_app.extensions import db
from tests.databases import MIGRATIONS


def test_the_newest_migration_makes_the_tables_the_models_describe(app: Flask) -> None:
    with app.app_context():
        flask_migrate.check(directory=str(MIGRATIONS))


def test_every_migration_can_be_undone_and_done_again(app: Flask) -> None:
    with app.app_context():
        flask_migrate.downgrade(directory=str(MIGRATIONS), revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]

        flask_migrate.upgrade(directory=str(MIGRATIONS))
        flask_migrate.check(directory=str(MIGRATIONS))
