"""The migrations make exactly the tables that the models describe, and can be undone with rows."""

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, inspect, select, text

from fcr_app import clock
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.extensions import Base, db
from fcr_app.jobs.tell_clocks import tell_clocks
from fcr_app.services.demo import seed
from fcr_app.services.transaction import transaction
from tests.databases import MIGRATIONS
from tests.jobs.late import TOO_LATE, a_late_case

#: Tables that the demonstration force has no reason to fill.
FILLED_IN_USE = frozenset(
    {
        "access_log",
        "calendar_feed_misses",
        "calendar_feeds",
        "diary_days",
        "api_answers",
        "api_failures",
        "api_tokens",
        "clock_alerts",
        "equality_answers",
        "equality_codes",
        "import_files",
        "import_mappings",
        "import_problems",
        "import_runs",
        "job_runs",
        "kept_words",
        "learning_tasks",
        "leases",
        "offence_wordings",
        "registrar_advice",
        "sign_in_attempts",
        "sign_ins",
    }
)


def revisions() -> list[str]:
    """Return every migration, the oldest first."""
    script = ScriptDirectory(str(MIGRATIONS))
    return [revision.revision for revision in script.walk_revisions()][::-1]


def fill() -> None:
    """Put rows into the tables, through the services."""
    with transaction() as session:
        seed(session, SYSTEM_ACTOR, now=clock.now())


def test_the_newest_migration_makes_the_tables_the_models_describe(app: Flask) -> None:
    with app.app_context():
        flask_migrate.check(directory=str(MIGRATIONS))


@pytest.mark.parametrize("revision", revisions())
def test_a_migration_goes_up_down_and_up_again_with_rows_in_the_tables(
    app: Flask, revision: str
) -> None:
    before = {new: old for old, new in zip(["base", *revisions()], revisions(), strict=False)}
    with app.app_context():
        fill()
        counts = {
            table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
        db.session.rollback()
        assert {name for name, count in counts.items() if not count} <= FILLED_IN_USE

        flask_migrate.downgrade(directory=str(MIGRATIONS), revision=before[revision])
        if before[revision] == "base":
            assert inspect(db.engine).get_table_names() == ["alembic_version"]
        flask_migrate.upgrade(directory=str(MIGRATIONS))
        flask_migrate.check(directory=str(MIGRATIONS))
        fill()


def test_nobody_is_told_again_of_a_clock_after_going_down_to_reminders_and_up(app: Flask) -> None:
    alerts = text("SELECT clock, level, spoke FROM clock_alerts ORDER BY level")
    reminders = text("SELECT count(late_for) FROM notices")
    expected = [("cancellation:submitted", "amber", 0), ("cancellation:submitted", "red", 1)]
    with app.app_context():
        with transaction() as session:
            a_late_case(session)
        assert tell_clocks(TOO_LATE) == "1 clocks spoke; 2 notices written."
        assert db.session.execute(alerts).all() == expected
        db.session.rollback()

        flask_migrate.downgrade(directory=str(MIGRATIONS), revision="0003")
        assert db.session.scalar(reminders) == 2
        db.session.rollback()
        flask_migrate.upgrade(directory=str(MIGRATIONS))
        assert db.session.execute(alerts).all() == expected
        db.session.rollback()
        assert tell_clocks(TOO_LATE) == "0 clocks spoke; 0 notices written."
