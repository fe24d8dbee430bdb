"""The appeals against a decision not to record, as the page of the case shows them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.models import Appeal, Person
from fcr_app.services.loading import Loaded


@dataclass(frozen=True, kw_only=True)
class AppealView:
    """An appeal: by the "victim" or the "reporter"."""

    made_by: str
    received_at: datetime
    grounds: str
    recorded_by: str


def read_appeals(session: Session, loaded: Loaded) -> tuple[AppealView, ...]:
    """Return the appeals of a case, the latest first; only one workflow has any."""
    if loaded.workflow.key != "not_recorded":
        return ()
    rows = session.execute(
        select(Appeal, Person.name)
        .join(Person, Person.id == Appeal.recorded_by_id)
        .where(Appeal.case_id == loaded.case.id)
        .order_by(Appeal.id.desc())
    )
    return tuple(
        AppealView(
            made_by=appeal.made_by,
            received_at=appeal.received_at,
            grounds=appeal.grounds,
            recorded_by=name,
        )
        for appeal, name in rows
    )
