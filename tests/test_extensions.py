"""How each database is set up, on every connection."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def test_each_connection_is_set_up_and_stays_so(session: Session) -> None:
    engines: dict[str, dict[str, str | int]] = {
        "sqlite": {
            "PRAGMA journal_mode": "wal",
            "PRAGMA foreign_keys": 1,
            "PRAGMA wal_autocheckpoint": 4000,
        },
        "postgresql": {"SHOW jit": "off"},
    }
    wanted = engines[session.get_bind().dialect.name]

    session.execute(text("SELECT 1"))
    session.rollback()

    assert {said: session.execute(text(said)).scalar_one() for said in wanted} == wanted
