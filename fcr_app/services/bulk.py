"""Puts many rows with known ids into the database at once. For demonstration loads only."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from fcr_app.extensions import Base

Row = dict[str, Any]


class Batch:
    """Rows of several tables, put in so that whatever a row points to is there before it."""

    def __init__(self) -> None:
        self.rows: defaultdict[type[Base], list[Row]] = defaultdict(list)

    def add(self, table: type[Base], **values: object) -> Row:
        """Add a row; it may be changed until the batch is sent."""
        self.rows[table].append(values)
        return values

    def send(self, session: Session) -> int:
        """Insert everything; return how many rows there were."""
        order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
        for model in sorted(self.rows, key=lambda model: order[model.__tablename__]):
            session.execute(insert(_table(model)), self.rows[model])
        sent = sum(len(rows) for rows in self.rows.values())
        self.rows.clear()
        return sent


def last_id(session: Session, model: type[Base]) -> int:
    """Return the highest id of a table; 0 while it is empty."""
    return session.scalar(select(func.max(_table(model).c.id))) or 0


def settle(session: Session, models: Iterable[type[Base]]) -> None:
    """Tell the database what it now holds: which ids come next, and how its rows are spread."""
    if session.get_bind().dialect.name == "postgresql":
        # Rows that bring their ids leave the sequences behind.
        for model in models:
            name = model.__tablename__
            session.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608 - ours
                    f"(SELECT coalesce(max(id), 1) FROM {name}))"
                )
            )
    session.execute(text("ANALYZE"))


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]
