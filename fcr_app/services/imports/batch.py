"""What writing a batch of any kind needs: who imports what, and rows in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.models import Person, Unit
from fcr_app.services.imports.reading import Problem

#: PostgreSQL and SQLite both take this many values in one statement with ease.
MOST_KEYS = 1000


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who imports, what, and when.

    Attributes:
        source: The name of the import, kept on each record.
    """

    actor: Actor
    source: str
    now: datetime
    dry_run: bool


@dataclass
class Stored:
    """What a batch did."""

    added_count: int = 0
    changed_count: int = 0
    unchanged_count: int = 0
    problems: list[Problem] = field(default_factory=list)


def insert_rows(session: Session, table: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    """Add rows to a table in one statement; none at all is fine."""
    entries = list(rows)
    if entries:
        session.execute(insert(table.__table__), entries)


def people_by_number(session: Session) -> dict[str, int]:
    """Return people's ids by staff number in capitals and by e-mail address in lower case."""
    people: dict[str, int] = {}
    for person_id, staff_number, email in session.execute(
        select(Person.id, Person.staff_number, Person.email)
    ):
        people |= {staff_number.upper(): person_id, email.lower(): person_id}
    return people


def units_by_name(session: Session) -> dict[str, int]:
    """Return units' ids by name in lower case."""
    return {name.lower(): i for i, name in session.execute(select(Unit.id, Unit.name))}
