"""Puts the application together: settings, extensions, pages, commands."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from fcr_app import api, cli, jobs, web
from fcr_app.extensions import csrf, db, login_manager, migrate
from fcr_app.web.application import Casework

ROOT = Path(__file__).parent.parent


def create_app(settings: Mapping[str, object]) -> Flask:
    """Make the application.

    Args:
        settings: Flask configuration keys, as ``config.Config.as_mapping()`` gives them.
    """
    app = Casework(__name__, template_folder=str(ROOT / "templates"))
    app.config.from_mapping(settings)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    csrf.init_app(app)
    login_manager.init_app(app)
    web.register(app)
    api.register(app)
    cli.register(app)
    jobs.register(app)
    return app
