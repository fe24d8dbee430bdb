"""The only writer of the logs the law asks for: looks in one, changes in the other."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fcr_app.domain.roles import Actor
from fcr_app.models import AccessEntry, ChangeEntry


class Record(StrEnum):
    """What kind of record was looked at or changed."""

    CASE = "case"
    CRIME = "crime"
    INCIDENT = "incident"
    RULING = "ruling"
    BULLETIN = "bulletin"
    EQUALITY = "equality"
    APPOINTMENT = "appointment"
    PERSON = "person"
    LEARNING = "learning"
    AUDIT = "audit"
    IMPORT = "import"
    REFERENCE = "reference"
    FORCE = "force"
    LOG = "log"


def record_view(  # noqa: PLR0913 - a log entry has this many parts
    session: Session,
    actor: Actor,
    what: str,
    record: Record,
    record_id: int | None,
    *,
    now: datetime,
    recipient: str = "",
) -> None:
    """Log that somebody looked at a record; with a recipient, that a copy was handed over.

    Args:
        what: As ``case:read`` or ``letter:print``.
        recipient: Who gets the copy. Makes the entry a disclosure.
    """
    entry = AccessEntry(
        at=now,
        person_id=actor.id or None,
        verb="disclosure" if recipient else "consultation",
        what=what,
        record_kind=record.value,
        record_id=record_id,
        recipient=recipient,
        address=actor.address,
    )
    if session.connection().info.get("reading"):
        session.info.setdefault("looks", []).append(entry)
    else:
        session.add(entry)


def write_looks(session: Session) -> None:
    """Log what a reading transaction looked at, once it is over and before anything is shown.

    SQLite refuses to write in a transaction that began by reading if anybody else has saved
    since ("database is locked", at once), so the looking ends before the writing starts.
    """
    looks = session.info.pop("looks", [])
    if looks:
        session.commit()
        session.add_all(looks)


def record_change(  # noqa: PLR0913 - a log entry has this many parts
    session: Session,
    actor: Actor,
    what: str,
    record: Record,
    record_id: int | None,
    *,
    now: datetime,
    verb: str = "alteration",
    detail: str = "",
) -> None:
    """Log that somebody changed a record.

    Args:
        what: As ``case:approve`` or ``person:role-granted``.
        verb: ``collection``, ``alteration``, ``combination`` or ``erasure``.
        detail: Never personal data.
    """
    session.add(
        ChangeEntry(
            at=now,
            person_id=actor.id or None,
            verb=verb,
            what=what,
            record_kind=record.value,
            record_id=record_id,
            detail=detail,
            address=actor.address,
        )
    )


def record_changes(  # noqa: PLR0913 - a log entry has this many parts
    session: Session,
    actor: Actor,
    what: str,
    record: Record,
    record_ids: Iterable[int],
    *,
    now: datetime,
    verb: str = "alteration",
    detail: str = "",
) -> None:
    """Log the same change of many records, one entry each, in one statement."""
    entries = [
        {
            "at": now,
            "person_id": actor.id or None,
            "verb": verb,
            "what": what,
            "record_kind": record.value,
            "record_id": record_id,
            "detail": detail,
            "address": actor.address,
        }
        for record_id in record_ids
    ]
    if entries:
        session.execute(insert(ChangeEntry), entries)
