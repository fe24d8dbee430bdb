"""The bank holidays as an administrator keeps them: some are proclaimed for one year only."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, NotFound
from fcr_app.models import BankHoliday
from fcr_app.services.bank_holidays import SATURDAY
from fcr_app.services.calendar import forget_bank_holidays
from fcr_app.services.log import Record, record_change

LONGEST_NAME = 80
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def holidays_of(session: Session, year: int) -> Sequence[BankHoliday]:
    """Return the bank holidays of one year, in order."""
    return session.scalars(
        select(BankHoliday)
        .where(BankHoliday.on_date >= date(year, 1, 1), BankHoliday.on_date <= date(year, 12, 31))
        .order_by(BankHoliday.on_date)
    ).all()


def add_holiday(session: Session, actor: Actor, day: date, name: str, *, now: datetime) -> None:
    """Add a day on which nobody is at work; deadlines worked out from now on skip it.

    Raises:
        InvalidValue: If the day or the name can't be used.
    """
    name = " ".join(name.split())
    if not EARLIEST <= day < LATEST:
        raise InvalidValue("Check the year.", field="day")
    if day.weekday() >= SATURDAY:
        raise InvalidValue(
            "That is a weekend, which is no working day already. Enter the weekday that is off "
            "instead.",
            field="day",
        )
    if session.get(BankHoliday, day):
        raise InvalidValue("That day is a bank holiday already.", field="day")
    if not name or len(name) > LONGEST_NAME:
        raise InvalidValue(
            f"Enter what the day is called, in {LONGEST_NAME} characters or fewer.", field="name"
        )
    session.add(BankHoliday(on_date=day, name=name))
    _changed(session, actor, "bank-holiday:added", day, now)


def remove_holiday(session: Session, actor: Actor, day: date, *, now: datetime) -> None:
    """Make a bank holiday a working day again.

    Raises:
        NotFound: If it is none.
    """
    holiday = session.get(BankHoliday, day)
    if holiday is None:
        raise NotFound("That day is not a bank holiday.")
    session.delete(holiday)
    _changed(session, actor, "bank-holiday:removed", day, now)


def _changed(session: Session, actor: Actor, what: str, day: date, now: datetime) -> None:
    forget_bank_holidays(session)
    record_change(session, actor, what, Record.REFERENCE, None, now=now, detail=str(day))
