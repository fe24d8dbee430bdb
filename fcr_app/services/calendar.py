"""Bank holidays, read once and kept for a while: every decision asks for them."""

from datetime import date, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from fcr_app.models import BankHoliday

#: A newly proclaimed holiday counts at the latest after this long.
KEPT_FOR = timedelta(minutes=10)

_kept: WeakKeyDictionary[Engine, tuple[datetime, frozenset[date]]] = WeakKeyDictionary()


def bank_holidays(session: Session, now: datetime) -> frozenset[date]:
    """Return the bank holidays of England and Wales."""
    engine = session.get_bind().engine
    kept = _kept.get(engine)
    if kept is None or not kept[0] <= now < kept[0] + KEPT_FOR:
        kept = (now, frozenset(session.scalars(select(BankHoliday.on_date))))
        _kept[engine] = kept
    return kept[1]


def forget_bank_holidays(session: Session) -> None:
    """Read them again when they are next asked for; other processes do so within minutes."""
    _kept.pop(session.get_bind().engine, None)
