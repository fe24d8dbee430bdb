"""By when feedback is to be acknowledged, and a record put right after it (FB-01)."""

from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.feedback.items import MISSING, Correction
from fcr_app.domain.london import to_london
from fcr_app.domain.rules import CORRECTION_DAYS, FEEDBACK_DAYS, MISSING_CRIME_LIMIT
from fcr_app.domain.working_days import end_of_working_day
from fcr_app.services.calendar import bank_holidays


def acknowledge_by(session: Session, now: datetime) -> datetime:
    """Return by when feedback that is sent now is to be acknowledged."""
    days = FEEDBACK_DAYS.on(to_london(now).date())
    return end_of_working_day(now, days, bank_holidays(session, now))


def correct_by(session: Session, correction: Correction, now: datetime) -> datetime | None:
    """Return by when a record is to be put right from now on; None where nothing is wrong with it.

    What is missing altogether has 24 hours of elapsed time, anything else working days.
    """
    today = to_london(now).date()
    if correction is Correction.NONE:
        return None
    if correction in MISSING:
        return now + MISSING_CRIME_LIMIT.on(today)
    return end_of_working_day(now, CORRECTION_DAYS.on(today), bank_holidays(session, now))
