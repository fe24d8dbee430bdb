"""History is written once. The ORM refuses to change it here, the database by trigger."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Mapper

from fcr_app.errors import AppendOnly


class AppendOnlyMixin:
    """Marks a table whose rows are never changed and never deleted."""


@event.listens_for(AppendOnlyMixin, "before_update", propagate=True)
@event.listens_for(AppendOnlyMixin, "before_delete", propagate=True)
def refuse(_mapper: Mapper[Any], _connection: object, target: object) -> None:
    """Stop a flush that would change history.

    Raises:
        AppendOnly: Always.
    """
    raise AppendOnly(f"{type(target).__name__} rows are history: add a new one instead.")
