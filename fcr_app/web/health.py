"""For load balancers and monitoring: is the process alive, can it serve, does the clock run?

Open to anybody, so the answers hold no detail.
"""

from functools import cache

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app
from sqlalchemy.exc import SQLAlchemyError

from fcr_app import clock
from fcr_app.services.health import database_is_ready, timetable_runs
from fcr_app.services.transaction import snapshot
from fcr_app.web.access import public

bp = Blueprint("health", __name__)

NOT_READY = 503


@bp.get("/healthz")
@public
def alive() -> dict[str, str]:
    """Say that the process answers; nothing else is asked."""
    return {"status": "alive"}


@bp.get("/readyz")
@public
def ready() -> tuple[dict[str, str], int]:
    """Say whether pages can be served: the database answers and its tables are the newest.

    That nobody runs the timetable is told, but is no reason to send people away: reminders would
    be late, and without pages nobody could work at all.
    """
    migrations = str(current_app.extensions["migrate"].directory)
    try:
        with snapshot() as session:
            if not database_is_ready(session, newest_migration(migrations)):
                return {"status": "not ready"}, NOT_READY
            runs = timetable_runs(session, now=clock.now())
    except SQLAlchemyError:
        return {"status": "not ready"}, NOT_READY
    return {"status": "ready", "timetable": "running" if runs else "stopped"}, 200


@cache
def newest_migration(directory: str) -> str | None:
    """Return the id of the newest migration in the code, read once."""
    return ScriptDirectory(directory).get_current_head()
