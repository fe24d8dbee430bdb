"""What a person had typed when their sign-in ended: kept for them alone, and not for long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fcr_app.models import KeptWords
from fcr_app.services.housekeeping import WORDS_KEPT

#: More than this is no form that a person typed.
MOST_CHARACTERS = 200_000
LONGEST_PATH = 400

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """A form that was not sent: where it belongs, and when it was kept."""

    id: int
    path: str
    kept_at: datetime


def keep(
    session: Session, person_id: int, path: str, fields: Fields, *, now: datetime
) -> int | None:
    """Keep the fields of a form. Returns None where there is nothing a person could miss."""
    written = {name: list(values) for name, values in fields.items() if any(values)}
    size = sum(len(value) for values in written.values() for value in values)
    if not written or size > MOST_CHARACTERS or len(path) > LONGEST_PATH:
        return None
    kept = KeptWords(person_id=person_id, path=path, form=written, kept_at=now)
    session.add(kept)
    session.flush()
    return kept.id


def find(
    session: Session, person_id: int, kept_id: int, path: str, *, now: datetime
) -> Fields | None:
    """Return kept fields, or None unless they are this person's, this page's and not too old."""
    form: Fields | None = session.scalar(
        select(KeptWords.form).where(
            KeptWords.id == kept_id,
            KeptWords.person_id == person_id,
            KeptWords.path == path,
            KeptWords.kept_at > now - WORDS_KEPT,
        )
    )
    return form


def unsent(session: Session, person_id: int, *, now: datetime) -> list[Unsent]:
    """Return the forms a person has not sent, the latest first."""
    rows = session.execute(
        select(KeptWords.id, KeptWords.path, KeptWords.kept_at)
        .where(KeptWords.person_id == person_id, KeptWords.kept_at > now - WORDS_KEPT)
        .order_by(KeptWords.kept_at.desc())
        .limit(10)
    )
    return [Unsent(id=row.id, path=row.path, kept_at=row.kept_at) for row in rows]


def forget(session: Session, person_id: int, kept_id: int) -> None:
    """Delete kept words that have been sent, or that their owner does not want."""
    session.execute(
        delete(KeptWords).where(KeptWords.id == kept_id, KeptWords.person_id == person_id)
    )
