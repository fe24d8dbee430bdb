"""The migrations make exactly the tables that the models describe, and can be undone with rows."""

from datetime import UTC, datetime

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import bindparam, func, inspect, select, text

from fcr_app import clock
from fcr_app.domain.roles import SYSTEM_ACTOR
from fcr_app.extensions import Base, db
from fcr_app.jobs.tell_clocks import tell_clocks
from fcr_app.models import Case, FeedbackItem, IncidentCrime, Person
from fcr_app.services import history
from fcr_app.services.demo import seed
from fcr_app.services.equality.records import begin_records
from fcr_app.services.transaction import transaction
from tests.builders import a_crime, a_person, a_victim, an_incident
from tests.databases import MIGRATIONS
from tests.jobs.late import TOO_LATE, a_late_case

#: The last migration under which feedback had no case of its own.
BEFORE_FEEDBACK_CASES = "0017"
#: Tables that the demonstration force has no reason to fill.
FILLED_IN_USE = frozenset(
    {
        "access_log",
        "audit_actions",
        "audit_answers",
        "audit_crimes",
        "audit_findings",
        "audit_frames",
        "audit_items",
        "audit_line_auditors",
        "audit_lines",
        "audit_lists",
        "audit_plan_months",
        "audit_plans",
        "audit_report_requests",
        "audit_reports",
        "audit_reviews",
        "audit_runs",
        "audit_steps",
        "calendar_feed_misses",
        "calendar_feeds",
        "diary_days",
        "api_answers",
        "api_failures",
        "api_tokens",
        "clock_alerts",
        "equality_codes",
        "equality_report_drafts",
        "equality_reports",
        "equality_crime_counts",
        "equality_known_counts",
        "equality_months",
        "equality_report_counts",
        "import_files",
        "import_mappings",
        "import_problems",
        "import_runs",
        "job_runs",
        "kept_words",
        "learning_actions",
        "learning_entries",
        "learning_plans",
        "leases",
        "offence_wordings",
        "one_to_one_notes",
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


def test_a_learning_task_becomes_a_plan_that_its_supervisor_sees_to(app: Flask) -> None:
    plans = text(
        "SELECT person_id, error_type, item_count, owner_id, review_on, outcome "
        "FROM learning_plans ORDER BY id"
    )
    with app.app_context():
        fill()
        flask_migrate.downgrade(directory=str(MIGRATIONS), revision="0014")
        officer, supervisor = db.session.execute(
            select(Person.id, Person.supervisor_id).where(Person.supervisor_id.is_not(None))
        ).first() or (0, 0)
        task = text(
            "INSERT INTO learning_tasks (person_id, error_type, item_count, opened_at, due_at, "
            "closed_at, closed_by_id, outcome) VALUES (:person, 'E06', 3, :opened, :opened, "
            ":closed, :by, :outcome)"
        ).bindparams(bindparam("opened", type_=Person.created_at.type))
        opened = datetime(2026, 1, 5, 9, tzinfo=UTC)
        still = {"person": officer, "opened": opened, "closed": None, "by": None, "outcome": ""}
        ended = {**still, "closed": "2026-02-03 10:00:00+00:00", "by": supervisor}
        db.session.execute(task, still)
        db.session.execute(task, {**ended, "outcome": "Sat with crime management."})
        db.session.commit()

        flask_migrate.upgrade(directory=str(MIGRATIONS))

        assert [(*row[:4], str(row[4]), row[5]) for row in db.session.execute(plans)][-2:] == [
            (officer, "E06", 3, supervisor, "2026-03-06", ""),
            (officer, "E06", 3, supervisor, "2026-02-03", "Sat with crime management."),
        ]
        db.session.rollback()


def test_victims_from_before_get_a_record_each_and_share_it_with_their_report(app: Flask) -> None:
    with app.app_context():
        with transaction() as session:
            report = an_incident(session, officer=a_person(session))
            report.victim_name, report.victim_key = "Demo Victim", "victim demo"
            for number in range(2):
                crime = a_crime(session, victims=0)
                a_victim(session, crime, name="Demo Victim")
                a_victim(session, crime, name=f"Somebody Else {number}")
                a_victim(session, crime, name="Demo Shop", kind="business")
                session.add(
                    IncidentCrime(incident_id=report.id, crime_id=crime.id, linked_at=clock.now())
                )
        flask_migrate.downgrade(directory=str(MIGRATIONS), revision="0010")
        flask_migrate.upgrade(directory=str(MIGRATIONS))

        rows = db.session.execute(
            text(
                "SELECT v.name, v.equality_record_id, r.incident_id, r.counted_on FROM victims v "
                "LEFT JOIN equality_records r ON r.id = v.equality_record_id ORDER BY v.id"
            )
        ).all()
        records = {name: {row[1] for row in rows if row[0] == name} for name, *_ in rows}
        assert len(records["Demo Victim"]) == 1
        assert records["Demo Shop"] == {None}
        others = records["Somebody Else 0"] | records["Somebody Else 1"]
        assert len(others) == 2
        assert {row[2] for row in rows if row[0] == "Demo Victim"} == {1}
        assert {row[2] for row in rows if row[0].startswith("Somebody")} == {None}
        kept = db.session.execute(text("SELECT count(*) FROM equality_records")).scalar()
        assert kept == 3
        # The next record does not take a number that is taken.
        with transaction() as session:
            crime = a_crime(session, victims=1)
            begin_records(session, [crime.id], now=clock.now())


def test_feedback_from_before_it_was_a_case_is_brought_over_whole(app: Flask) -> None:
    """What the older table held is there, in a case with a history that verifies."""
    kept = text(
        "SELECT id, to_id, from_id, error_type, reasons, rules, created_at, due_at, "
        "acknowledged_at, reply, step_position FROM feedback_items ORDER BY id"
    )
    with app.app_context():
        fill()
        db.session.rollback()
        flask_migrate.downgrade(directory=str(MIGRATIONS), revision=BEFORE_FEEDBACK_CASES)
        before = db.session.execute(kept).all()
        db.session.rollback()
        flask_migrate.upgrade(directory=str(MIGRATIONS))

        assert db.session.execute(kept).all() == before
        assert before
        assert [walked.broken for walked in history.verify(db.session())][-1] == ""
        rows = db.session.execute(
            select(FeedbackItem, Case).join(Case, Case.id == FeedbackItem.feedback_case_id)
        ).all()
        assert len(rows) == len(before)
        for item, case in rows:
            read = item.acknowledged_at is not None
            assert case.state == ("feedback_closed" if read else "feedback_sent")
            assert (case.open, case.history_length) == (not read, 3 if read else 2)
            assert (case.addressee_id, case.opened_by_id) == (item.to_id, item.from_id)
            assert case.due_at == (None if read else item.due_at)
            assert case.answers["reasons"] == item.reasons
        assert {item.source for item, _ in rows} >= {"returned_or_refused", "by_hand"}
