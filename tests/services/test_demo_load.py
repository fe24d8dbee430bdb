"""The loaded force: the same every time, and as true as if people had worked on it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import SYSTEM_ACTOR, Role
from fcr_app.errors import NotADemonstration
from fcr_app.extensions import Base, db
from fcr_app.models import (
    Case,
    Crime,
    EqualityRecord,
    Force,
    Incident,
    IncidentCrime,
    LateRecord,
    Person,
)
from fcr_app.services import history
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.demo import seed
from fcr_app.services.demo_load import Plan, load
from fcr_app.services.demo_load_people import email_of
from fcr_app.services.demo_load_words import APPROVAL
from fcr_app.workflows.cancellation import State
from tests.builders import NOW, TODAY, as_actor
from tests.databases import PostgresqlServer, SqliteServer, application

SMALL = Plan(crimes=300, open_cases=200, seed=7, on=TODAY)
#: The salt of the password differs, and so it should.
SALTED = {"password_hash"}


def loaded(session: Session, plan: Plan = SMALL) -> None:
    for _ in load(session, SYSTEM_ACTOR, plan, now=NOW):
        pass


def everything(session: Session) -> dict[str, list[Any]]:
    """Return every row of every table, but for the salt."""
    rows = {}
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if column.name not in SALTED]
        ordered = select(*columns).order_by(*table.primary_key.columns)
        rows[table.name] = [tuple(row) for row in session.execute(ordered)]
    return rows


def force_in_a_new_database(server: SqliteServer | PostgresqlServer) -> dict[str, list[Any]]:
    with server.new_database() as url, application(url).app_context():
        loaded(db.session())
        rows = everything(db.session())
        db.session.remove()
        db.engine.dispose()
        return rows


def test_the_same_plan_makes_the_same_rows(
    sqlite_server: SqliteServer, postgresql_server: PostgresqlServer
) -> None:
    first = force_in_a_new_database(sqlite_server)

    assert force_in_a_new_database(sqlite_server) == first
    assert force_in_a_new_database(postgresql_server) == first


def test_another_seed_makes_another_force(session: Session) -> None:
    loaded(session)
    first = everything(session)["crimes"]
    session.rollback()
    loaded(session, Plan(crimes=300, open_cases=200, seed=8, on=TODAY))

    assert everything(session)["crimes"] != first


def test_it_holds_what_was_asked_for(session: Session) -> None:
    loaded(session)

    assert session.scalar(select(func.count()).select_from(Crime)) == 300
    assert session.scalar(select(func.count()).where(Case.open).select_from(Case)) == 200
    states = set(session.scalars(select(Case.state)))
    assert states == {state.value for state in State} - {State.REINSTATED}
    assert session.scalars(select(Force.demonstration)).one()


def test_crimes_come_from_reports_some_of_them_late_and_some_reports_led_to_none(
    session: Session,
) -> None:
    loaded(session)
    reports = session.scalars(select(Incident)).all()
    closed = Counter(report.closing_code for report in reports)
    assert set(closed) == {"crime_recorded", "not_a_crime_report"}
    crimes = session.scalars(select(IncidentCrime.crime_id)).all()
    assert len(set(crimes)) == len(crimes) == closed["crime_recorded"]
    late = select(func.count()).where(Incident.settled_at > Incident.record_by_at)
    assert session.scalar(late) == session.scalar(select(func.count()).select_from(LateRecord))
    with_record = session.scalars(
        select(EqualityRecord.incident_id).where(EqualityRecord.incident_id.is_not(None))
    ).all()
    assert len(with_record) == len(reports)
    assert set(with_record) == {report.id for report in reports}


def test_its_history_verifies(session: Session) -> None:
    loaded(session)

    end = list(history.verify(session))[-1]

    assert end.broken == ""
    assert end.cases >= 200
    assert end.rows > end.cases


def test_work_on_it_goes_on_as_on_any_other(session: Session) -> None:
    loaded(session)
    ddm = as_actor(
        session, session.scalars(select(Person).where(Person.email == email_of(Role.DDM, 1))).one()
    )
    waiting = session.scalars(
        select(Case)
        .where(
            Case.state == State.SUBMITTED,
            Case.needs == "ddm",
            Case.asked == "C2",
            Case.claimed_by_id.is_(None),
        )
        .limit(1)
    ).one()

    take_step(session, ddm, waiting.reference, "approve", APPROVAL, now=NOW + timedelta(hours=1))
    session.flush()

    assert waiting.state == State.APPROVED_PENDING_VICTIM
    assert list(history.verify(session))[-1].broken == ""


def test_new_cases_and_people_get_new_ids(session: Session) -> None:
    loaded(session)
    free = select(Case.crime_id).where(Case.open)
    crime = session.scalars(select(Crime).where(Crime.id.not_in(free)).limit(1)).one()
    officer = session.get_one(Person, crime.oic_id)

    case = open_case(session, as_actor(session, officer), "cancellation", crime.id, now=NOW)
    session.flush()

    assert case.id == session.scalar(select(func.max(Case.id)))


def test_a_removed_crime_was_removed_by_its_case(session: Session) -> None:
    loaded(session)

    removed = session.scalars(
        select(Case.crime_id).where(Case.state == State.REMOVED).order_by(Case.crime_id)
    ).all()

    assert removed
    gone = select(Crime.id).where(Crime.status != "recorded").order_by(Crime.id)
    assert session.scalars(gone).all() == removed


def test_it_can_be_loaded_beside_the_seeded_demonstration(session: Session) -> None:
    seed(session, SYSTEM_ACTOR, now=NOW)
    session.flush()

    loaded(session)

    assert list(history.verify(session))[-1].broken == ""


def test_a_second_load_is_refused(session: Session) -> None:
    loaded(session)

    with pytest.raises(NotADemonstration, match="already"):
        loaded(session)


def test_a_real_force_is_never_loaded_into(session: Session) -> None:
    session.add(Force(id=1, name="A real force"))
    session.flush()

    with pytest.raises(NotADemonstration):
        loaded(session)

    assert session.scalar(select(func.count()).select_from(Crime)) == 0
