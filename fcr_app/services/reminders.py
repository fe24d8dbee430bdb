"""Tells the registrars, unasked, that a history is broken."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.london import to_london
from fcr_app.models import Notice
from fcr_app.services.notices import registrars_on
from fcr_app.services.tell import LONGEST_NOTICE, tell


def alarm_registrars(session: Session, broken: str, *, now: datetime) -> None:
    """Tell every registrar that a history does not verify, once until they have read it."""
    message = f"A case’s history does not verify. {broken}"[:LONGEST_NOTICE]
    unread = set(
        session.scalars(
            select(Notice.person_id).where(Notice.message == message, Notice.read_at.is_(None))
        )
    )
    whom = set(registrars_on(session, to_london(now).date())) - unread
    tell(session, whom, message, now=now)
