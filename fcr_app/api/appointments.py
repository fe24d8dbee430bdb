"""The diary: what is in it, the daily list, the slots that are free.

Booking a slot, and what becomes of it, are steps of its case like any others.
"""

from datetime import date
from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.appointments import (
    AppointmentsAnswer,
    DailyAnswer,
    DailyAsked,
    DiaryAsked,
    SlotsAnswer,
    SlotsAsked,
)
from fcr_app.domain.diary.days import day_of
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue
from fcr_app.services.diary import FIRST_YEAR, LAST_YEAR, Asked, diary
from fcr_app.services.diary_booking import booking
from fcr_app.services.diary_daily import daily
from fcr_app.services.diary_slots import Wanted
from fcr_app.services.transaction import transaction

area = Area("Appointments", "The diary. Booking a slot is a step of its case.")

WORK = Permission.WORK_ON_CASES


@area.reads("/appointments", needs=WORK, asks=DiaryAsked, gives=AppointmentsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read a week or a day of the diary, of anybody, a unit or an officer."""
    now = clock.now()
    on = _turned_to(asked["on"], day_of(now), field="on")
    wanted = Asked(view=asked["view"], on=on, unit=asked["unit"], officer=asked["officer"])
    with transaction() as session:
        found = diary(session, current_actor(), wanted, now=now)
    said = {"days": wanted.days, "items": found.slots, "more": found.more}
    return reply(AppointmentsAnswer, said)


@area.reads("/appointments/daily", needs=WORK, asks=DailyAsked, gives=DailyAnswer)
def daily_list(asked: dict[str, str]) -> Response:
    """Read one page of the appointments about a crime that is not recorded (DIA-05)."""
    with transaction() as session:
        found = daily(
            session,
            current_actor(),
            now=clock.now(),
            after=asked["after"],
            before=asked["before"],
        )
    counts = {band.value: count for band, count in found.counts.items()}
    return reply(DailyAnswer, {"counts": counts, "page": found.page})


@area.reads(
    "/appointments/<reference:reference>/slots",
    needs=WORK,
    asks=SlotsAsked,
    gives=SlotsAnswer,
    conflicts=True,
)
def slots(asked: dict[str, Any], reference: str) -> Response:
    """Read the slots that are free on the coming days, each marked if it is after the limit."""
    now = clock.now()
    today = day_of(now)
    since = max(_turned_to(asked["since"], today, field="since"), today)
    wanted = Wanted(whom=asked["whom"], minutes=asked["minutes"], since=since)
    with transaction() as session:
        found = booking(session, current_actor(), reference, wanted, now=now)
    return reply(SlotsAnswer, {"items": [one for day in found.days for one in day.offers]})


def _turned_to(asked: date | None, today: date, *, field: str) -> date:
    """Return a day that the diary can be turned to; today where none is asked for."""
    if asked is None:
        return today
    if not FIRST_YEAR <= asked.year < LAST_YEAR:
        raise InvalidValue(f"The year must be from {FIRST_YEAR} to {LAST_YEAR - 1}.", field=field)
    return asked
