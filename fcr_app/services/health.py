"""Whether the service can do its work, for whatever watches it."""

from datetime import datetime

from alembic.migration import MigrationContext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from fcr_app.services.timetable import lease_expires_at


def database_is_ready(session: Session, newest_migration: str | None) -> bool:
    """Say whether the database answers and has every table as this code expects it."""
    try:
        context = MigrationContext.configure(session.connection())
        applied = context.get_current_revision()
    except SQLAlchemyError:
        return False
    return applied == newest_migration


def timetable_runs(session: Session, *, now: datetime) -> bool:
    """Say whether some process runs the timetable at this moment."""
    expires_at = lease_expires_at(session)
    return expires_at is not None and now < expires_at
