"""Reference data a page at a time, for programs that keep a copy."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.errors import NotFound
from fcr_app.models import Offence

PER_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class OffencePage:
    """Some offences, and how to get the next ones.

    Attributes:
        after: What to ask for next; None on the last page.
    """

    items: Sequence[Offence]
    after: int | None


def offence_page(session: Session, *, after: int | None, current: bool | None) -> OffencePage:
    """Return a page of offences, in the order they were added.

    Args:
        after: The id of the last one of the page before.
        current: Only those in force, or only those no longer; None for all.
    """
    found = select(Offence).order_by(Offence.id).limit(PER_PAGE + 1)
    if after is not None:
        found = found.where(Offence.id > after)
    if current is not None:
        found = found.where(Offence.current == current)
    rows = session.scalars(found).all()
    more = len(rows) > PER_PAGE
    items = rows[:PER_PAGE]
    return OffencePage(items=items, after=items[-1].id if more else None)


def get_offence(session: Session, offence_id: int) -> Offence:
    """Return one offence.

    Raises:
        NotFound: If there is no such offence.
    """
    offence = session.get(Offence, offence_id)
    if offence is None:
        raise NotFound("There is no such offence.")
    return offence
